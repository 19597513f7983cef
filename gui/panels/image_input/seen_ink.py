"""What was taken as ink, marked in the picture that it came from."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.look.image_colors import ink_image, on_paper
from gui.look.theme import look
from gui.panels.image_input.drawing_paper import DrawingPaper
from model.door import say
from model.ink.picture import PictureInput
from model.network import Floats
from model.words import pictures

# Its longer side as a part of the paper's shorter one; large, the paper's own.
_SHARE = 0.36
_MARK_OPACITY = 150
_BORDER = 2
_TOGGLE_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SeenInk(QWidget):
    """A small print over a corner of the paper; a click or Space makes it as large as the paper.

    It is hidden where nothing on the bench came from a picture.
    """

    def __init__(self, paper: DrawingPaper) -> None:
        super().__init__(paper)
        self._paper = paper
        self._print = QImage()
        self._box = QRectF()
        self._size = (1, 1)
        self.large = False
        self.picture: PictureInput | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(say("What was taken as ink"))
        paper.installEventFilter(self)
        look.follow(self, self._fit)
        self.hide()

    def show_picture(self, gray: Floats, picture: PictureInput) -> None:
        """Show what was taken of a picture, gray (h, w) from 0 (white) to 1 (black)."""
        self.picture = picture
        self.large = False
        self._print = _marked(gray, picture)
        self._size = picture.size
        top, left, bottom, right = picture.box
        self._box = QRectF(left, top, right - left, bottom - top)
        words = " ".join((pictures.taken(picture), *pictures.doubts(picture)))
        self.setAccessibleDescription(words)
        tip = say("{words} Click to see it larger or smaller.", words=words)
        # A plain text would come out as one line as wide as the screen.
        self.setToolTip(f"<p>{tip}</p>")
        self._fit()
        self.show()

    def forget(self) -> None:
        """Show nothing, and keep nothing of the picture."""
        self.picture = None
        self._print = QImage()
        self.hide()

    @Slot()
    def _fit(self) -> None:
        paper = self._paper.paper()
        rows, cols = self._size
        share = 1.0 if self.large else _SHARE
        scale = share * min(paper.width() / cols, paper.height() / rows)
        width, height = max(8, round(cols * scale)), max(8, round(rows * scale))
        right, top = round(paper.right()), round(paper.top())
        self.setGeometry(right - width, top, width, height)
        self.update()

    def _toggle(self) -> None:
        self.large = not self.large
        self._fit()

    # -- mouse, keys and drawing --------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        smaller = event.key() == Qt.Key.Key_Escape and self.large
        if smaller or event.key() in _TOGGLE_KEYS:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, self._print)
        rows, cols = self._size
        width, height = area.width() / cols, area.height() / rows
        box = QRectF(
            self._box.left() * width, self._box.top() * height,
            self._box.width() * width, self._box.height() * height,
        )  # fmt: skip
        painter.setPen(QPen(on_paper("accent"), 1.5 * look.theme.line))
        painter.drawRect(box.intersected(area.adjusted(1, 1, -1, -1)))
        painter.setPen(QPen(look.theme.color("accent" if self.hasFocus() else "outline"), _BORDER))
        painter.drawRect(area.adjusted(1, 1, -1, -1))


def _marked(gray: Floats, picture: PictureInput) -> QImage:
    """The picture with its ink in colour."""
    image = ink_image(gray).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    seen = picture.seen
    mark = QColor(on_paper("accent"))
    mark.setAlpha(_MARK_OPACITY)
    rows, cols = seen.shape
    cover = QImage(cols, rows, QImage.Format.Format_ARGB32_Premultiplied)
    cover.fill(Qt.GlobalColor.transparent)
    colored = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    colored.fill(mark)
    pixels = np.asarray(cover.bits()).view(np.uint32).reshape(rows, cols)
    pixels[seen] = np.asarray(colored.constBits()).view(np.uint32)[0]
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(image.rect()), cover)
    painter.end()
    return image
