"""The images that the network is most wrong about, each with what it is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import shortened
from gui.look.theme import look
from gui.widgets.picture_picker import PicturePicker
from model.digits import DigitSet
from model.door import listed, say
from model.examples import Order1D
from model.words import numbers

# More are never in sight.
MAX_SHOWN = 100
_CELL = 54


@dataclass(frozen=True)
class Mistake:
    """A held-out image, what it is, what it is taken for, and by how much more."""

    image: int
    label: str
    guess: str
    margin: float
    guess_output: int

    @property
    def words(self) -> str:
        """For a tool tip."""
        return say(
            "held-out image {number:,}: {label} taken for {guess}, whose score is {margin} higher",
            number=self.image + 1,
            label=self.label,
            guess=self.guess,
            margin=numbers.short(self.margin, 3),
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
        self._order: Order1D | None = None
        # Where names are long, what it is taken for stands below what it is.
        self._in_two_lines = False
        self._mistakes: Sequence[Mistake] = ()
        self._picker = PicturePicker(self, self)
        self._picker.chosen.connect(self._choose)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Worst mistakes"))

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

    @property
    def count(self) -> int:
        """How many images the keyboard can reach."""
        return min(len(self._mistakes), self.capacity)

    def set_mistakes(
        self, digits: DigitSet | None, mistakes: Sequence[Mistake], order: Order1D | None = None
    ) -> None:
        """Show mistakes made on held-out images of these digits, their pixels in an order."""
        if digits is not self._digits or order is not self._order:
            self._digits, self._order = digits, order
            self._picker.forget_pictures()
        self._mistakes = mistakes
        width = QFontMetricsF(look.theme.font(0.85, _BOLD)).horizontalAdvance
        self._in_two_lines = any(
            width(f"{each.label} → {each.guess}") > look.theme.px(_CELL) for each in mistakes
        )
        self._picker.cursor = min(self._picker.cursor, max(0, len(mistakes) - 1))
        self._picker.hovered = None
        self.update()

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""
        shown = self._mistakes[: self.capacity]
        words = listed(
            say("{label} taken for {guess}", label=mistake.label, guess=mistake.guess)
            for mistake in shown
        )
        words, cursor = words or say("none"), self._picker.cursor
        if cursor < len(shown):
            words = say("{words}; at {mistake}", words=words, mistake=shown[cursor].words)
        self.setAccessibleDescription(words)

    # -- geometry ---------------------------------------------------------------------------

    def _cell(self) -> QSize:
        px = look.theme.px
        words = QFontMetricsF(look.theme.font(0.85)).height() * (1 + self._in_two_lines)
        return QSize(px(_CELL), px(44) + round(words) + px(14))

    def _grid(self) -> tuple[int, int]:
        cell = self._cell()
        return max(1, self.width() // cell.width()), max(1, self.height() // cell.height())

    def place(self, at: int) -> QRect:
        """Where the image numbered ``at`` lies; the whole width is shared out."""
        across, _ = self._grid()
        width, height = self.width() // across, self._cell().height()
        row, column = divmod(at, across)
        return QRect(column * width, row * height, width, height)

    def picture_at(self, place: QPointF) -> int | None:
        """The image at a place, if there is one."""
        point = place.toPoint()
        return next((at for at in range(self.count) if self.place(at).contains(point)), None)

    # -- what can be done -------------------------------------------------------------------

    @property
    def strides(self) -> dict[Qt.Key, int]:
        """How many images on or back a key takes."""
        across, _ = self._grid()
        return {Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across}

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.chosen.emit(self._mistakes[at])

    def tip(self, at: int) -> str:
        """What a tool tip says of an image."""
        return say(
            "{mistake}\nClick to put it on the bench and see why", mistake=self._mistakes[at].words
        )

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        digits = self._digits
        if digits is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, mistake in enumerate(self._mistakes[: self.capacity]):
            place = self.place(at)
            self._picker.draw_ground(painter, at, place)
            image = digits.held_out_images[mistake.image]
            pixels = (image if self._order is None else image[self._order]).reshape(digits.shape)
            self._picker.draw_picture(painter, place, mistake.image, pixels, look.theme.px(44))
            self._draw_words(painter, place, mistake)

    def _draw_words(self, painter: QPainter, place: QRect, mistake: Mistake) -> None:
        theme = look.theme
        font, bold = theme.font(0.85), theme.font(0.85, _BOLD)
        metrics, metrics_bold = QFontMetricsF(font), QFontMetricsF(bold)
        y = place.top() + theme.px(52) + metrics.ascent()
        if self._in_two_lines:
            lines = (mistake.label, font, "ink"), (f"→ {mistake.guess}", bold, "diverges")
            for number, (text, line_font, role) in enumerate(lines):
                painter.setFont(line_font)
                painter.setPen(theme.color(role))
                line = QRect(
                    place.left(),
                    place.top() + theme.px(50) + number * round(metrics.height()),
                    place.width(),
                    round(metrics.height()),
                )
                fitting = shortened(text, line_font, place.width() - theme.px(2))
                painter.drawText(line, Qt.AlignmentFlag.AlignCenter, fitting)
            return
        first, second = f"{mistake.label} → ", mistake.guess
        length = metrics.horizontalAdvance(first) + metrics_bold.horizontalAdvance(second)
        x = place.left() + max(0.0, (place.width() - length) / 2)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(QPointF(x, y), first)
        painter.setFont(bold)
        painter.setPen(theme.color("diverges"))
        painter.drawText(QPointF(x + metrics.horizontalAdvance(first), y), second)


_BOLD = QFont.Weight.DemiBold
