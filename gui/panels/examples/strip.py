"""The examples side by side, however many: only those in sight are ever drawn."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from gui.look.painting import lettering
from gui.look.theme import look
from gui.session import Session
from gui.widgets.cell_area import notches
from gui.widgets.picture_picker import PicturePicker
from model.door import mark, say
from model.network import Floats

# Size of the type below the pictures, relative to the theme's.
_SCALE = 0.85


class _Cell(NamedTuple):
    """How large the place of an example is, and how high its picture, in pixels."""

    width: int
    height: int
    picture: int

    def place(self, at: int, scrolled: int) -> QRect:
        """Where the place numbered ``at`` lies with so many pixels scrolled away."""
        return QRect(at * self.width - scrolled, 0, self.width, self.height)


class ExampleStrip(QWidget):
    """Pictures of examples over a scroll bar.

    Signals
    -------
    chosen(object) : the index of the example that was clicked or entered
    """

    accessible_role = QAccessible.Role.List

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._picker = PicturePicker(self, self)
        self._picker.chosen.connect(self._choose)
        self._picker.moved.connect(self._moved)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Examples"))
        self._shown: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._current: int | None = None
        self._following = True
        self._moving = False
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName(say("Scroll through the examples"))
        self.bar.valueChanged.connect(self._scrolled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._column.addWidget(self.bar)
        look.follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(600), look.theme.px(84))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(200), look.theme.px(64))

    # -- what is shown ----------------------------------------------------------------------

    def set_shown(self, shown: NDArray[np.intp]) -> None:
        """Show these examples, by their index, in rising order."""
        at = self.cursor_example or 0
        self._shown = shown
        self._picker.cursor = min(int(np.searchsorted(shown, at)), max(0, len(shown) - 1))
        self._picker.hovered = None
        self._following = True
        self._set_range()
        self._keep_in_view()
        self.update()

    def forget_pictures(self) -> None:
        """Other examples have the same numbers now."""
        self._picker.forget_pictures()
        self._shown = np.empty(0, dtype=np.intp)
        self._current = None
        self._picker.cursor = 0

    def follow(self, example: int | None) -> None:
        """Mark the current example, and bring it into view unless the user looks elsewhere."""
        if example != self._current:
            self._current = example
            if not self._session.playback.running and not self.bar.isSliderDown():
                self._following = True
            self._keep_in_view()
        self.update()

    @Slot(bool)
    def run_began(self, running: bool) -> None:
        """A run that begins is watched from its start."""
        if running:
            self._following = True

    @property
    def visible_examples(self) -> list[int]:
        """The indices of the examples that are at least partly in sight."""
        first, last = self._in_sight()
        return [int(example) for example in self._shown[first:last]]

    @property
    def cursor_example(self) -> int | None:
        """The index of the example that the keyboard is on."""
        return int(self._shown[self._picker.cursor]) if len(self._shown) else None

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""
        example = self.cursor_example
        at = say("none") if example is None else self.words(example)
        now = self._current
        if now is None:
            current = say("a guest is on the bench")
        else:
            current = say("current: {example}", example=self.words(now))
        self.setAccessibleDescription(
            say("{n:,} shown; at {at}; {current}", n=len(self._shown), at=at, current=current)
        )

    def words(self, example: int) -> str:
        """An example in words."""
        sentence = mark("example {number:,}, labelled {label}")
        if self._edited_row(example) is not None:
            sentence = mark("example {number:,}, labelled {label}, edited")
        return say(sentence, number=example + 1, label=self._label(example))

    def _label(self, example: int) -> str:
        digits = self._session.experiment.digits
        if digits is None:
            return ""
        return self._session.experiment.class_name(int(digits.labels[example]))

    def _edited_row(self, example: int) -> object:
        return self._session.state.setup.examples.edited.get(example)

    def _pixels(self, example: int) -> tuple[Hashable, Floats]:
        """What a picture is kept by, and its pixels (rows, cols).

        An edited example has a picture of its own for each of its versions.
        """
        session = self._session
        shape = session.experiment.image_shape or (1, 1)
        edited = session.state.setup.examples.edited.get(example)
        pixels = session.state.setup.examples.inputs(example)
        key = example if edited is None else (example, pixels.tobytes())
        return key, pixels.reshape(shape)

    @Slot()
    def _restyle(self) -> None:
        self._set_range()

    # -- geometry ---------------------------------------------------------------------------

    @property
    def _cell(self) -> _Cell:
        px, shape = look.theme.px, self._session.experiment.image_shape or (1, 1)
        words = round(lettering(_SCALE).metrics.height())
        room = self.height() - self.bar.sizeHint().height() - words - px(15)
        picture = min(max(px(16), room), px(160))
        width = max(round(picture * shape[1] / shape[0]), px(40)) + px(12)
        return _Cell(width, picture + words + px(13), picture)

    def place(self, at: int) -> QRect:
        """Where the example numbered ``at`` among those shown lies, in sight or not."""
        return self._cell.place(at, self.bar.value())

    def _in_sight(self) -> tuple[int, int]:
        width = self._cell.width
        first = self.bar.value() // width
        return first, min(len(self._shown), first + self.width() // width + 2)

    def picture_at(self, place: QPointF) -> int | None:
        """Which of those shown lies at a place, if any."""
        cell = self._cell
        at = int((place.x() + self.bar.value()) // cell.width)
        inside = 0 <= at < len(self._shown) and 0 <= place.y() < cell.height
        return at if inside else None

    def _set_range(self) -> None:
        width = self._cell.width
        self._moving = True
        self.bar.setRange(0, max(0, len(self._shown) * width - self.width()))
        self.bar.setPageStep(max(width, self.width() // width * width))
        self.bar.setSingleStep(width)
        self._moving = False
        self.bar.setVisible(self.bar.maximum() > 0)

    def _show_place(self, at: int) -> None:
        """Scroll so that the example numbered ``at`` is in sight; far away, to the middle."""
        place = self.place(at)
        if place.left() >= 0 and place.right() < self.width():
            return
        width = place.width()
        start = at * width
        value = self.bar.value()
        if -width <= place.left() < 0:
            value = start
        elif self.width() <= place.right() < self.width() + width:
            value = start + width - self.width()
        else:
            value = start - (self.width() - width) // 2
        self._moving = True
        self.bar.setValue(value)
        self._moving = False

    def _keep_in_view(self) -> None:
        if not self._following or self._current is None:
            return
        at = int(np.searchsorted(self._shown, self._current))
        if at < len(self._shown) and self._shown[at] == self._current:
            self._show_place(at)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        if not self._moving:
            self._following = self._current in self.visible_examples
        self.update()

    # -- mouse and keys ---------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        by = pixels.x() or pixels.y()
        if not by:
            by = round(notches(angle.x() or angle.y()) * 3 * self._cell.width)
        self.bar.setValue(min(max(self.bar.value() - by, 0), self.bar.maximum()))
        event.accept()

    @property
    def count(self) -> int:
        """How many examples the keyboard can reach."""
        return len(self._shown)

    @property
    def strides(self) -> dict[Qt.Key, int]:
        """How many examples on or back a key takes."""
        page = max(1, self.width() // self._cell.width)
        return {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}

    @Slot(int)
    def _moved(self, at: int) -> None:
        self._show_place(at)
        self._following = self._current in self.visible_examples

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.chosen.emit(int(self._shown[at]))

    def tip(self, at: int) -> str:
        """What a tool tip says of one of those shown."""
        return say("{example}\nClick to go to it", example=self.words(int(self._shown[at])))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins where the eye is: at the current example, if it is shown."""
        if event.reason() != Qt.FocusReason.MouseFocusReason and self._current is not None:
            at = int(np.searchsorted(self._shown, self._current))
            if at < len(self._shown) and self._shown[at] == self._current:
                self._picker.cursor = at
                self.describe()
        super().focusInEvent(event)

    # -- drawing ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_range()
        self._keep_in_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._session.experiment.image_shape is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Once for all of them: it asks the style for the height of the bar.
        cell, scrolled = self._cell, self.bar.value()
        for at in range(*self._in_sight()):
            self._paint(painter, at, cell.place(at, scrolled), cell.picture)

    def _paint(self, painter: QPainter, at: int, place: QRect, height: int) -> None:
        theme, px = look.theme, look.theme.px
        example = int(self._shown[at])
        current = example == self._current
        self._picker.draw_ground(painter, at, place)
        if current:
            painter.setPen(QPen(theme.color("accent"), 2 * theme.line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._picker.draw_ring(painter, place)
        self._picker.draw_picture(painter, place, *self._pixels(example), height)
        edited = self._edited_row(example) is not None
        words = QRect(place.left(), place.top() + px(7) + height, place.width(), px(18))
        weight = QFont.Weight.DemiBold if current else QFont.Weight.Normal
        painter.setFont(lettering(_SCALE, weight).font)
        painter.setPen(theme.color("accent" if current else "ink" if edited else "muted"))
        label = self._label(example)
        text = say("{label} edited", label=label) if edited else label
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, text)
