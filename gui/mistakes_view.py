"""The images that the network is most wrong about, each with what it is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import numbers
from gui.theme import look
from gui.thumbnails import Thumbnails
from model.digits import DigitSet

# More are never in sight.
MOST_SHOWN = 100


@dataclass(frozen=True)
class Mistake:
    """A held-out image, what it is, what it is taken for, and by how much more."""

    image: int
    label: str
    guess: str
    margin: float

    @property
    def words(self) -> str:
        """For a tool tip."""
        return (
            f"held-out image {self.image + 1:,}: {self.label} taken for {self.guess}, "
            f"whose score is {numbers.short(self.margin, 3)} higher"
        )


class MistakesView(QWidget):
    """Images in rows, as many as there is room for, the worst first.

    Signals
    -------
    chosen(object) : the Mistake that was clicked or entered
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits: DigitSet | None = None
        self._mistakes: Sequence[Mistake] = ()
        self._thumbnails = Thumbnails()
        self._cursor = 0
        self._hovered: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Worst mistakes")
        look.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(3 * self._cell().width(), 3 * self._cell().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._cell().width(), self._cell().height())

    @property
    def mistakes(self) -> Sequence[Mistake]:
        """What is listed, the worst first; those beyond `capacity` are out of sight."""
        return self._mistakes

    @property
    def capacity(self) -> int:
        """How many images have room."""
        across, down = self._grid()
        return across * down

    def set_mistakes(self, digits: DigitSet | None, mistakes: Sequence[Mistake]) -> None:
        """Show mistakes made on held-out images of these digits."""
        if digits is not self._digits:
            self._digits = digits
            self._thumbnails.clear()
        self._mistakes = mistakes
        self._cursor = min(self._cursor, max(0, len(mistakes) - 1))
        self._hovered = None
        self.update()

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""
        shown = self._mistakes[: self.capacity]
        words = ", ".join(f"{mistake.label} taken for {mistake.guess}" for mistake in shown)
        at = f"; at {shown[self._cursor].words}" if self._cursor < len(shown) else ""
        self.setAccessibleDescription((words or "none") + at)

    def _restyle(self) -> None:
        self._thumbnails.clear()
        self.updateGeometry()
        self.update()

    # -- geometry ---------------------------------------------------------------------------

    @staticmethod
    def _cell() -> QSize:
        px = look.theme.px
        words = QFontMetricsF(look.theme.font(0.85)).height()
        return QSize(px(54), px(44) + round(words) + px(14))

    def _grid(self) -> tuple[int, int]:
        cell = self._cell()
        return max(1, self.width() // cell.width()), max(1, self.height() // cell.height())

    def place(self, at: int) -> QRect:
        """Where the image numbered ``at`` lies; the whole width is shared out."""
        across, _ = self._grid()
        width, height = self.width() // across, self._cell().height()
        row, column = divmod(at, across)
        return QRect(column * width, row * height, width, height)

    def _at(self, place: QPointF) -> int | None:
        count = min(len(self._mistakes), self.capacity)
        point = place.toPoint()
        return next((at for at in range(count) if self.place(at).contains(point)), None)

    # -- mouse and keys ---------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else hand)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._cursor = at
            self.update()
            self.chosen.emit(self._mistakes[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, _ = self._grid()
        count = min(len(self._mistakes), self.capacity)
        key = Qt.Key(event.key())
        to = {
            Qt.Key.Key_Left: self._cursor - 1,
            Qt.Key.Key_Right: self._cursor + 1,
            Qt.Key.Key_Up: self._cursor - across,
            Qt.Key.Key_Down: self._cursor + across,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(key)
        if to is not None and count:
            self._cursor = min(max(0, to), count - 1)
            self.describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and count:
            self.chosen.emit(self._mistakes[min(self._cursor, count - 1)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            text = "" if at is None else f"{self._mistakes[at].words}\nClick to put it on the bench"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        digits = self._digits
        if digits is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, mistake in enumerate(self._mistakes[: self.capacity]):
            self._paint(painter, digits, at, mistake)

    def _paint(self, painter: QPainter, digits: DigitSet, at: int, mistake: Mistake) -> None:
        theme, px = look.theme, look.theme.px
        place = self.place(at)
        held = self.hasFocus() and at == self._cursor
        if held or at == self._hovered:
            painter.setPen(QPen(theme.color("accent" if held else "outline"), 1.5 * theme.line))
            painter.setBrush(theme.color("accent_wash"))
            painter.drawRoundedRect(QRectF(place).adjusted(2, 1, -2, -1), px(5), px(5))
        pixels = digits.held_out_images[mistake.image].reshape(digits.shape)
        picture = self._thumbnails.picture(mistake.image, pixels, px(44), self.devicePixelRatioF())
        width = picture.width() / picture.devicePixelRatio()
        painter.drawPixmap(round(place.center().x() - width / 2), place.top() + px(5), picture)
        font, bold = theme.font(0.85), theme.font(0.85, _BOLD)
        metrics, metrics_bold = QFontMetricsF(font), QFontMetricsF(bold)
        first, second = f"{mistake.label} → ", mistake.guess
        length = metrics.horizontalAdvance(first) + metrics_bold.horizontalAdvance(second)
        x = place.left() + max(0.0, (place.width() - length) / 2)
        y = place.top() + px(52) + metrics.ascent()
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(QPointF(x, y), first)
        painter.setFont(bold)
        painter.setPen(theme.color("diverges"))
        painter.drawText(QPointF(x + metrics.horizontalAdvance(first), y), second)


_BOLD = QFont.Weight.DemiBold
