"""Plays the addition of a dot product: the buttons, the slider and the clock."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from gui.look import icons as signs
from gui.look.theme import look
from gui.widgets.buttons import keep_width
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text_line import TextLine
from model.door import mark, say

# One addition is seen at least this long, and a frame is never shorter.
_FRAME_MS = 33
# Ways to add, and what the chart of the sums shows then.
SUMS = {
    "element": mark("sum after each product"), "row": mark("sum after each row"),
    "pixel": mark("sum after each pixel"), "largest": mark("sum after each pixel"),
}  # fmt: skip
_ALL_ADDED = {
    "element": mark("all {n:,} products"), "row": mark("all {n:,} rows"),
    "pixel": mark("all {n:,} pixels"), "largest": mark("all {n:,} pixels"),
}  # fmt: skip
_SOME_ADDED = {
    "element": mark("{count:,} of {n:,} products"), "row": mark("{count:,} of {n:,} rows"),
    "pixel": mark("{count:,} of {n:,} pixels"), "largest": mark("{count:,} of {n:,} pixels"),
}  # fmt: skip
_WAYS = {
    "row": mark("by row"), "pixel": mark("by pixel"), "largest": mark("largest first")
}  # fmt: skip


def play_seconds(way: str, n: int) -> float:
    """How long it takes to add n times: slow enough to follow, short enough to wait for."""
    if way == "element":
        return min(8.0, 0.8 * n)
    if way == "row":
        return min(6.0, max(4.0, 0.2 * n))
    return min(10.0, 0.1 * n)


class AdditionPlayer(QWidget):
    """How many products have been added so far: played, dragged, or all of them.

    Signals
    -------
    moved : another number of products has been added
    way_chosen(str) : a person wants them added another way, one of "row", "pixel", "largest"
    """

    moved = Signal()
    way_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addition_player")
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._begin = 0
        self._live = False
        self._shown_playing: bool | None = None
        # In little room the sign alone says what the button does; its word takes so many pixels.
        self._brief, self._word_width = False, 0
        self.way = "element"
        self.play_button = QPushButton()
        self.play_button.setAutoDefault(False)
        self.restart_button = QToolButton()
        self.restart_button.setToolTip(say("Begin again with nothing added"))
        self.restart_button.setAccessibleName(say("Restart the addition"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(say("How much has been added"))
        self.slider.setToolTip(say("Drag to add more or less"))
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.says = TextLine()
        self.says.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.way_box = ChoiceBox(
            say("How it is added"), say("A row, a pixel, or the largest vote at a time")
        )
        self.way_box.offer((way, say(text)) for way, text in _WAYS.items())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.play_button, self.restart_button, self.slider, self.says, self.way_box
        ):  # fmt: skip
            self._row.addWidget(widget)
        self._row.setStretch(2, 1)
        self.play_button.clicked.connect(self.toggle)
        self.restart_button.clicked.connect(self.restart)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self.stop)
        self.slider.actionTriggered.connect(self.stop)
        self.way_box.activated.connect(self._way_activated)
        look.follow(self, self._restyle)
        self._restyle()

    # -- what has been added ------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many groups of products have been added; all of them during a run."""
        return self.slider.value()

    @property
    def is_full(self) -> bool:
        """Whether all products have been added."""
        return self.count == self.slider.maximum()

    @property
    def playing(self) -> bool:
        """Whether the addition goes on by itself."""
        return self._timer.isActive()

    def begin(self, way: str, n: int) -> None:
        """Stand for n additions of another kind, all of them made."""
        self.stop()
        self.way = way
        self.way_box.setVisible(way in _WAYS)
        self.way_box.setCurrentIndex(max(0, self.way_box.findData(way)))
        self.slider.setRange(0, n)
        self.slider.setPageStep(max(1, n // 8))
        self.slider.setValue(n)
        self._fit_text()
        self._refresh()

    @Slot(bool)
    def set_live(self, live: bool) -> None:
        """While a run is on, everything is added and there is nothing to press."""
        if live == self._live:
            return
        self.stop()
        self._live = live
        self.slider.setValue(self.slider.maximum())
        self._refresh()

    # -- playing ------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Play on, from the start where all is added; or pause. Without motion, add all."""
        if self.playing:
            self.stop()
            return
        if self.is_full:
            self.slider.setValue(0)
        n = self.slider.maximum()
        if not look.motion:
            self.slider.setValue(n)
            return
        self._begin = self.slider.value()
        self._clock.start()
        self._timer.start(max(_FRAME_MS, round(1000 * play_seconds(self.way, n) / n)))
        self._tick()

    @Slot()
    def restart(self) -> None:
        """Begin again; goes on playing where it played."""
        self.slider.setValue(0)
        self._begin = 0
        self._clock.start()

    @Slot()
    def stop(self) -> None:
        """Leave off where it is."""
        self._timer.stop()
        self._refresh()

    @Slot()
    def _tick(self) -> None:
        n = self.slider.maximum()
        passed = self._clock.elapsed() / (1000 * play_seconds(self.way, n))
        self.slider.setValue(self._begin + 1 + int(passed * n))
        if self.is_full:
            self._timer.stop()
        self._refresh()

    @Slot()
    def _slid(self) -> None:
        self._refresh()
        self.moved.emit()

    @Slot(int)
    def _way_activated(self, index: int) -> None:
        way = str(self.way_box.itemData(index))
        if way != self.way:
            self.way_chosen.emit(way)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    # -- looks --------------------------------------------------------------------------

    def _refresh(self) -> None:
        enabled = not self._live and self.slider.maximum() > 0
        for control in (self.play_button, self.slider, self.way_box):
            control.setEnabled(enabled)
        self.restart_button.setEnabled(enabled and self.count > 0)
        n = self.slider.maximum()
        self.says.set_text(
            say("live") if self._live else say("{count:,} of {n:,}", count=self.count, n=n)
        )
        self.slider.setAccessibleDescription(self._words())
        if self.playing is not self._shown_playing:
            self._shown_playing = self.playing
            if self.playing:
                name, words = say("Pause"), say("Pause the addition")
                tip = say("Pause the addition of the products, one by one")
            else:
                name, words = say("Play"), say("Play the addition")
                tip = say("Play the addition of the products, one by one")
            self.play_button.setText("" if self._brief else name)
            self.play_button.setAccessibleName(words)
            self.play_button.setToolTip(tip)
            self.play_button.setIcon(self._pause_icon if self.playing else self._play_icon)

    def _words(self) -> str:
        sentence = _ALL_ADDED[self.way] if self.is_full else _SOME_ADDED[self.way]
        return say(sentence, n=self.slider.maximum(), count=self.count)

    def _fit_text(self) -> None:
        n = self.slider.maximum()
        metrics = QFontMetricsF(look.theme.font(0.95))
        widest = metrics.horizontalAdvance(say("{count:,} of {n:,}", count=n, n=n))
        self.says.setFixedWidth(round(widest) + look.theme.px(4))

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        ink, size = theme.color("ink"), theme.px(11)
        self._play_icon = signs.icon(signs.right, size, ink)
        self._pause_icon = signs.icon(signs.bars, size, ink)
        self.restart_button.setIcon(signs.icon(signs.restart, size, ink))
        for button in (self.play_button, self.restart_button):
            button.setIconSize(QSize(size, size))
        self._row.setSpacing(theme.px(8))
        self._shown_playing = None
        self._fit_text()
        self.play_button.setIcon(self._pause_icon)
        keep_width(self.play_button, ("",))
        sign = self.play_button.minimumWidth()
        keep_width(self.play_button, (say("Play"), say("Pause")))
        self._word_width = self.play_button.minimumWidth() - sign
        self._brief = False
        self._refresh()
        self._fit_words()

    def minimumSizeHint(self) -> QSize:
        words = 0 if self._brief else self._word_width
        return super().minimumSizeHint() - QSize(words, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Leave out the word on the button where the row would be too wide with it."""
        brief = self.minimumSizeHint().width() + self._word_width > self.width()
        if brief is not self._brief:
            self._brief = brief
            # So that the slider keeps its place.
            keep_width(self.play_button, ("",) if brief else (say("Play"), say("Pause")))
            self._shown_playing = None
            self._refresh()
