"""A row of small images, each with a few words below it, to be pointed at and chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.image_colors import diverging_image, ink_image, largest
from gui.look.painting import lettering, shade, shortened
from gui.look.theme import look
from gui.widgets.picture_picker import PicturePicker
from model.network import Floats


@dataclass(frozen=True, eq=False)
class Shown:
    """One image (rows, cols): what stands below it, what is told of it, whether it is signed."""

    image: Floats
    words: str
    tip: str
    signed: bool = False


class ImageStrip(QWidget):
    """As many images beside each other as there is room for.

    Signals
    -------
    chosen(int) : an image was clicked or entered
    """

    accessible_role = QAccessible.Role.List

    chosen = Signal(int)

    def __init__(self, name: str, side: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._shown: Sequence[Shown] = ()
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picker = PicturePicker(self, self)
        self.picker.chosen.connect(self.chosen)

    def show_images(self, shown: Sequence[Shown]) -> None:
        """Show others."""
        self._shown = shown
        self.picker.cursor = min(self.picker.cursor, max(0, len(shown) - 1))
        self.picker.hovered = None
        self.update()
        self.describe()

    def sizeHint(self) -> QSize:
        px = look.theme.px
        return QSize(px(self._side) * 6, px(self._side) + px(22))

    def minimumSizeHint(self) -> QSize:
        px = look.theme.px
        return QSize(px(self._side), px(self._side) + px(22))

    def accessible_value(self) -> str:
        """The image that the keyboard is at."""
        return self.accessibleDescription()

    # -- what the picker asks ----------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many images there is room for."""
        return min(len(self._shown), max(1, self.width() // self._wide))

    @property
    def _wide(self) -> int:
        return look.theme.px(self._side + 8)

    def place(self, at: int) -> QRect:
        """Where an image and its words lie."""
        return QRect(at * self._wide, 0, self._wide, self.height())

    def picture_at(self, place: QPointF) -> int | None:
        """The image at a place, if there is one."""
        at = int(place.x() // self._wide)
        return at if 0 <= at < self.count else None

    @property
    def strides(self) -> Mapping[Qt.Key, int]:
        """How many images on or back a key takes; there is one row alone."""
        return {}

    def tip(self, at: int) -> str:
        """What is told of an image."""
        return self._shown[at].tip

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""
        at = self.picker.cursor
        self.setAccessibleDescription(self._shown[at].tip if at < len(self._shown) else "")

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, letters = look.theme.px, lettering(0.8)
        side = px(self._side)
        for at in range(self.count):
            shown, place = self._shown[at], self.place(at)
            self.picker.draw_ground(painter, at, place)
            image = (
                diverging_image(shown.image, largest(shown.image))
                if shown.signed
                else ink_image(shown.image)
            )
            unit = side / max(shown.image.shape)
            box = QRectF(0, 0, shown.image.shape[1] * unit, shown.image.shape[0] * unit)
            box.moveCenter(QPointF(place.center().x() + 0.5, px(3) + side / 2))
            painter.drawImage(box, image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(shade("hairline"))
            painter.drawRect(box)
            painter.setFont(letters.font)
            painter.setPen(shade("muted"))
            words = shortened(shown.words, letters.font, place.width() - 2)
            below = QRectF(place.left(), px(3) + side, place.width(), px(18))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
