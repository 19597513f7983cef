"""The buttons that move through time: a part of a step, a step, back, run, and how fast."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QSlider, QWidget

from gui.look import icons as signs
from gui.look.styling import set_state
from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.time.spoken import StepsTold
from gui.session import Session
from gui.session.pace import SPEEDS
from gui.widgets.buttons import keep_width
from gui.widgets.tips import put_tip
from gui.widgets.whereabouts import rect_in
from model.door import mark, say, say_count
from model.phase import Phase
from model.words.parts import Part

# The degrees of leaving out, each with those before it, and how many there are; see Transport.
_WITHOUT_NUMERALS, _WITHOUT_WORDS, _TIGHT, _WITHOUT_SPEED, _WITHOUT_SLIDER = range(1, 6)
_DEGREES = 6
_PARTS = (mark("Predict"), mark("Compare"), mark("Learn"))
_NUMBERED = (mark("1 Predict"), mark("2 Compare"), mark("3 Learn"))


def speed_text(speed: float) -> str:
    """A speed as a person says it; speed is in steps a second, or math.inf."""
    if math.isinf(speed):
        return say("fastest")
    if speed < 1.0:
        return say("1 step in {seconds:g} s", seconds=1.0 / speed)
    return say_count("{n:,} step/s", "{n:,} steps/s", round(speed))


class Transport(QWidget):
    """A row of buttons of which exactly those can be pressed that would do something now.

    Where there is little room the row first leaves out the numerals of the parts, then the
    words beside the signs of the ways back, then space, then the words for the speed. Where even
    that is too wide, as in the largest text, the slider goes before a word is cut; the speed is
    in the menu and at keys, too.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._session = session
        self._widths: tuple[int, ...] = ()
        self._omitted = -1
        self._measuring = False
        self._shown_running: bool | None = None
        self._shown_speed: float | None = None
        self._tips: dict[QPushButton, str] = {}

        self.reset_button = self._button(
            say("To step 0"), say("Look at step 0 again; every step that was made stays")
        )
        self.back_button = self._button(say("Back"), say("Back by one step"))
        self.predict_button = self._segment(
            say("Predict"), "first", say("Predict: pred is the sum of input × weight")
        )
        self.compare_button = self._segment(
            say("Compare"), "middle",
            say("Compare: delta = pred − target, error = delta², weight_delta = delta × input"),
        )  # fmt: skip
        self.learn_button = self._segment(
            say("Learn"), "last", say("Learn: each weight changes by −alpha × weight_delta")
        )
        self.step_button = self._button(say("Step"), say("Predict, compare and learn once"))
        self.step_button.setObjectName("primary")
        self.step_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.run_button = self._button(say("Run"), say("Take steps until paused"))
        self.run_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.speed_label = QLabel(self)
        self.speed_label.setObjectName("muted")
        self.speed_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.speed_slider.setRange(0, len(SPEEDS) - 1)
        self.speed_slider.setPageStep(1)

        self._lay_out()
        self._connect()
        self._restyle()

    @property
    def _buttons(self) -> dict[str, QPushButton]:
        """The buttons by the names of their commands."""
        return {
            "reset": self.reset_button,
            "back": self.back_button,
            "predict": self.predict_button,
            "compare": self.compare_button,
            "learn": self.learn_button,
            "step": self.step_button,
            "run": self.run_button,
        }

    @property
    def _part_buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        return self.predict_button, self.compare_button, self.learn_button

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.reset_button, self.back_button, *self._part_buttons, self.step_button,
            self.run_button, self.speed_slider,
        ]  # fmt: skip

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.family == "speed":
            return rect_in(self, self.speed_slider)
        return rect_in(self, self._buttons[part.family])

    @property
    def first_stop(self) -> QWidget:
        """What has the focus when the window opens."""
        return self.step_button

    def sizeHint(self) -> QSize:
        return QSize(self._widths[0], super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widths[_WITHOUT_SPEED], super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- building -----------------------------------------------------------------------

    def _button(self, name: str, tip: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        self._tips[button] = tip
        button.setAutoDefault(False)
        return button

    def _segment(self, name: str, place: str, tip: str) -> QPushButton:
        button = self._button(name, tip)
        button.setObjectName("segment")
        button.setProperty("place", place)
        button.setProperty("current", False)
        return button

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(0)
        for button in self._part_buttons:
            parts.addWidget(button)
        speed = QHBoxLayout()
        speed.addWidget(self.speed_slider)
        speed.addWidget(self.speed_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # The width is this widget's own affair: see minimumSizeHint.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.reset_button)
        row.addWidget(self.back_button)
        row.addLayout(parts)
        row.addWidget(self.step_button)
        row.addWidget(self.run_button)
        row.addLayout(speed)
        row.addStretch(1)
        self._row, self._parts_row, self._speed_row = row, parts, speed

    def _connect(self) -> None:
        session = self._session
        for name, button in self._buttons.items():
            button.clicked.connect(session.commands[name].trigger)
        self.speed_slider.valueChanged.connect(self._speed_chosen)
        self._steps_told = StepsTold(session, self)
        self._following = Following(session, self, self._refresh, describe=self._steps_told.tell)
        session.playback.lock_changed.connect(self._following.look_again)
        look.follow(self, self._restyle)

    # -- what can be pressed --------------------------------------------------------------

    def _refresh(self) -> None:
        commands, why_not = self._session.commands, self._session.playback.locked
        for button in self._buttons.values():
            put_tip(button, why_not or self._tips[button])
        able = {button: commands[name].isEnabled() for name, button in self._buttons.items()}
        had_focus = any(button.hasFocus() for button in self._part_buttons)
        for button, can in able.items():
            if can:
                button.setEnabled(True)
        if had_focus:
            self._pass_focus_on(able)
        for button, can in able.items():
            if not can:
                button.setEnabled(False)
        self._show_part_made()
        self._show_running()
        self._show_speed()

    def _pass_focus_on(self, able: dict[QPushButton, bool]) -> None:
        """The part that comes next takes the focus, so that one key goes round the step."""
        for button in self._part_buttons:
            if able[button]:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_part_made(self) -> None:
        """Light the part of the step that was made last."""
        session = self._session
        made = {
            self.predict_button: session.playback.phase is Phase.PREDICTED,
            self.compare_button: session.playback.phase is Phase.COMPARED,
            self.learn_button: session.playback.phase is Phase.READY and session.playback.learned,
        }
        for button, current in made.items():
            if button.property("current") is not current:
                button.setAccessibleDescription(say("made last") if current else "")
                set_state(button, "current", current, [button])

    def _show_running(self) -> None:
        running = self._session.playback.running
        if running is self._shown_running:
            return
        self._shown_running = running
        self.run_button.setText(say("Pause") if running else say("Run"))
        self.run_button.setAccessibleName(self.run_button.text())
        self.run_button.setIcon(self._pause_icon if running else self._run_icon)

    def _show_speed(self) -> None:
        speed = self._session.view.speed
        if speed != self._shown_speed:
            self._shown_speed = speed
            with QSignalBlocker(self.speed_slider):
                self.speed_slider.setValue(SPEEDS.index(speed))
            text = speed_text(speed)
            self.speed_label.setText(text)
            self.speed_slider.setAccessibleName(say("Speed: {speed}", speed=text))
            self.speed_slider.setToolTip(say("Speed of a run: {speed}", speed=text))

    @Slot(int)
    def _speed_chosen(self, place: int) -> None:
        self._session.view.show(speed=SPEEDS[place])

    # -- looks ----------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        ink, on_accent = theme.color("ink"), theme.color("on_accent")
        size, gap = theme.px(11), theme.px(2)
        for button, sign in ((self.reset_button, signs.restart), (self.back_button, signs.left)):
            button.setIcon(signs.icon(sign, size, ink))
            button.setIconSize(QSize(size, size))
        # Behind its text a button leaves no gap before the sign, so the sign brings its own.
        self.step_button.setIcon(signs.icon(signs.right, size, on_accent, gap))
        self._run_icon = signs.icon(signs.fast, size, ink, gap)
        self._pause_icon = signs.icon(signs.bars, size, ink, gap)
        for button in (self.step_button, self.run_button):
            button.setIconSize(QSize(size + gap, size))
        self._shown_running = None
        self._show_running()
        self._speed_row.setSpacing(theme.px(7))
        self._measure()
        self._fit()

    def _measure(self) -> None:
        """Note how wide the row is at each degree of leaving out, widest first."""
        # A style sheet can resize this widget at once; fitting now would spoil the measure.
        self._measuring = True
        widths = []
        # The widest last: it is the one that mostly stays, and needs no other style sheet.
        for degree in reversed(range(_DEGREES)):
            self._omit(degree)
            for row in (self._parts_row, self._speed_row, self._row):
                row.invalidate()
            widths.append(self._row.sizeHint().width() + self._missing_width(degree))
        self._measuring = False
        self._widths = tuple(reversed(widths))
        self._omitted = -1
        self.updateGeometry()

    def _missing_width(self, degree: int) -> int:
        """What the speed and its words take beyond what they take now, as they are or are not.

        They are not shown and hidden to be measured: each time all of the window would be laid out.
        """
        missing, gap = 0, self._speed_row.spacing()
        for widget, goes in (
            (self.speed_label, _WITHOUT_SPEED), (self.speed_slider, _WITHOUT_SLIDER),
        ):  # fmt: skip
            missing += (widget.minimumWidth() + gap) * (widget.isHidden() - (degree >= goes))
        return missing

    def _fit(self) -> None:
        """Leave out no more than the width asks for."""
        if self._measuring:
            return
        fitting = (at for at, width in enumerate(self._widths) if width <= self.width())
        degree = next(fitting, _DEGREES - 1)
        if degree != self._omitted:
            self._omitted = degree
            self._omit(degree)

    def _omit(self, degree: int) -> None:
        theme, tight = look.theme, degree >= _TIGHT
        names = _PARTS if degree >= _WITHOUT_NUMERALS else _NUMBERED
        for button, name in zip(self._part_buttons, names, strict=True):
            button.setText(say(name))
        without_words = degree >= _WITHOUT_WORDS
        self.reset_button.setText("" if without_words else say("To step 0"))
        self.back_button.setText("" if without_words else say("Back"))
        set_state(self, "tight", tight, self._buttons.values())
        self._row.setSpacing(theme.px(6 if tight else 10))
        self.speed_slider.setFixedSize(theme.px(54 if tight else 72), theme.px(18))
        if not self._measuring:
            self.speed_label.setHidden(degree >= _WITHOUT_SPEED)
            self.speed_slider.setHidden(degree >= _WITHOUT_SLIDER)
        self._keep_widths()

    def _keep_widths(self) -> None:
        """Give what changes its text a width that fits all of its texts."""
        keep_width(self.run_button, (say("Run"), say("Pause")))
        metrics = QFontMetricsF(look.theme.font())
        texts = [metrics.horizontalAdvance(speed_text(speed)) for speed in SPEEDS]
        self.speed_label.setFixedWidth(math.ceil(max(texts)) + 2)
