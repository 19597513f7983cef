"""The panel of sweeps: what is tried, how far each run goes, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.sweep.plot import Point, Scale, SweepPlot
from gui.panels.sweep.sweeper import Sweeper, value_words
from gui.session import Session
from gui.widgets.buttons import FlowRow, quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from gui.widgets.text_line import TextLine
from model.door import mark, say, say_count
from model.path.watch import PathWatch
from model.study.question import KIND_NAMES, WHOLE_NUMBERS, Question, SweepKind, kinds_of, usual
from model.study.sweep import Run
from model.words import numbers

_FRAMES = 6.0
# The fields: what they are called, what is beside them, and for which kinds they are there.
_FIELDS: dict[str, tuple[str, str, tuple[SweepKind, ...]]] = {
    "low": (mark("from"), mark("Sweep: first alpha"), ("alpha",)),
    "high": (mark("to"), mark("Sweep: last alpha"), ("alpha",)),
    "seed": (mark("from"), mark("Sweep: first seed"), ("order", "start")),
    "amount": (mark("within ±"), mark("Sweep: range of random weights"), ("start",)),
    "count": (mark("runs"), mark("Sweep: how many runs"), ("alpha", "order", "start")),
    "steps": (mark("steps each"), mark("Sweep: steps of each run"), ("alpha", "order", "start")),
}


class SweepPanel(QWidget):
    """Asks what is to be swept, sweeps, and puts any of the runs on the bench."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sweeper = Sweeper(session, self)
        self._watch = PathWatch()
        self._fits = True
        # Why something was refused, while that is still so.
        self._refusal = ""
        self._question = usual("alpha", session.path.setup_at(0), session.zones, 0)
        self.fields: dict[str, NumberField] = {}
        self._labelled: dict[str, QWidget] = {}
        self._make_controls()
        self.plot = SweepPlot()
        self.line = TextLine(role="muted", lines=2)
        column = QVBoxLayout(self)
        column.addWidget(self.controls)
        column.addWidget(self.plot, 1)
        column.addWidget(self.line)
        self._column = column
        self._sweeper.changed.connect(self._show_runs)
        self.plot.pointed.connect(self._pointed)
        self.plot.chosen.connect(self._chosen)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, forget=self._sweeper.clear,
            describe=self._describe, frames=_FRAMES,
        )  # fmt: skip
        session.playback.lock_changed.connect(self._lock_changed)
        session.playback.zones_found.connect(self._following.look_again)
        look.follow(self, self._restyle)
        self._restyle()

    def _make_controls(self) -> None:
        self.kind_box = ChoiceBox(say("What is swept"), say("What is tried, one after another"))
        self.kind_box.activated.connect(self._kind_chosen)
        for name, (label, accessible, _) in _FIELDS.items():
            field = NumberField(say(accessible))
            field.digits, field.framed, field.may_shrink = None, True, True
            field.finest = 1.0 if name in WHOLE_NUMBERS else 1e-9
            field.edited.connect(partial(self._edited, name))
            self.fields[name] = field
            self._labelled[name] = _beside(say(label), field)
        self.even_box = QCheckBox(say("equally far apart"))
        self.even_box.setToolTip(say("Alphas in equal steps, rather than in equal ratios"))
        self.even_box.clicked.connect(self._even_chosen)
        self.sweep_button = QPushButton(say("Sweep"))
        self.sweep_button.setAutoDefault(False)
        self.sweep_button.clicked.connect(self._pressed)
        self.pin_box = QCheckBox(say("pin it"))
        self.pin_box.setToolTip(say("Pin the run that is put on the bench, too"))
        self.copy_button = quiet_button(say("Copy"), say("Copy the runs of the sweep as text"))
        self.copy_button.clicked.connect(self.copy)
        self.controls = FlowRow(self)
        self.controls.set_widgets(
            [self.kind_box, *self._labelled.values(), self.even_box, self.sweep_button,
             self.pin_box, self.copy_button]
        )  # fmt: skip

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.kind_box, *self.fields.values(), self.even_box, self.sweep_button, self.pin_box,
            self.copy_button, self.plot,
        ]  # fmt: skip

    @property
    def question(self) -> Question:
        """What the controls ask."""
        return self._question

    @property
    def runs(self) -> list[Run]:
        """The runs that are to be seen."""
        return [] if self._session.playback.locked else list(self._sweeper.runs)

    @property
    def busy(self) -> bool:
        """Whether a sweep is on."""
        return self._sweeper.busy

    # -- following -------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """What is asked of another experiment is as usual again."""
        session = self._session
        kinds = kinds_of(session.path.setup_at(0))
        kind = self._question.kind if self._question.kind in kinds else "alpha"
        self._ask_as_usual(kind)
        self.kind_box.offer((known, say(KIND_NAMES[known])) for known in kinds)
        self.kind_box.choose(kind)
        self._show_question()

    def _ask_as_usual(self, kind: SweepKind) -> None:
        session = self._session
        setup, length = session.path.setup_at(0), session.playback.length
        self._question = usual(kind, setup, session.zones, length)

    def _refresh(self) -> None:
        if self._watch.first_change(self._session.path) == 0:
            self._fits = self._sweeper.fits or self._sweeper.question is None
        self._show_runs()

    @Slot()
    def _lock_changed(self) -> None:
        # What a sweep found could be what is asked.
        if self._session.playback.locked:
            self._sweeper.clear()
        self._following.look_again()

    def _describe(self) -> None:
        told = self._summary
        self.plot.setAccessibleDescription(told)

    # -- what is asked -----------------------------------------------------------------------

    def _show_question(self) -> None:
        question = self._question
        for name, (_, _, kinds) in _FIELDS.items():
            self._labelled[name].setVisible(question.kind in kinds)
            self.fields[name].show_value(float(getattr(question, name)))
        self.even_box.setVisible(question.kind == "alpha")
        self.even_box.setChecked(question.even)
        self.controls.lay_out()

    def _edited(self, name: str, value: float, _: object) -> None:
        self._question = self._question.with_number(name, value)
        self._show_question()
        self._show_line()

    @Slot()
    def _kind_chosen(self) -> None:
        self._ask_as_usual(self.kind_box.currentData())
        self._show_question()
        self._show_line()

    @Slot(bool)
    def _even_chosen(self, even: bool) -> None:
        self._question = replace(self._question, even=even)
        self._show_line()

    @Slot()
    def _pressed(self) -> None:
        """Begin, or give up."""
        if self._sweeper.busy:
            self._sweeper.cancel()
        elif self._why_not_begun:
            self._refuse(self._why_not_begun)
        else:
            self._fits = True
            self.plot.point_at(None)
            self._sweeper.begin(self._question)

    @property
    def _why_not_begun(self) -> str:
        return self._session.playback.locked or self._question.fault

    def _refuse(self, sentence: str) -> None:
        self._refusal = sentence
        self._session.notices.refuse(sentence)

    def _forget_refusal(self) -> None:
        """Take back why something was refused, once that is not so any more."""
        if self._refusal and self._refusal not in (self._why_not_begun, self._sweeper.why_not_put):
            self._session.notices.withdraw(self._refusal)
            self._refusal = ""

    # -- what came of it -----------------------------------------------------------------------

    @Slot()
    def _show_runs(self) -> None:
        question = self._sweeper.question
        self.sweep_button.setText(say("Cancel") if self._sweeper.busy else say("Sweep"))
        self.sweep_button.setEnabled(not self._session.playback.locked)
        self.copy_button.setEnabled(bool(self.runs))
        if question is None:
            self.plot.show_points((), self._scale(self._question), "", faded=False)
        else:
            title = say_count("{what} · error after {n:,} step", "{what} · error after {n:,} steps",
                              question.steps, what=say(KIND_NAMES[question.kind]))  # fmt: skip
            points = [Point(_value(question, run), run.error) for run in self.runs]
            self.plot.show_points(points, self._scale(question), title, faded=not self._fits)
        self._show_line()

    def _scale(self, question: Question) -> Scale:
        session = self._session
        if question.kind != "alpha":
            last = question.seed + max(1, question.count - 1)
            return Scale(question.seed, last, whole=True)
        zones = session.zones
        now = session.state.setup.alpha
        usable = 0.0 < question.low < question.high
        low, high = (question.low, question.high) if usable else (now / 10.0, now * 10.0)
        return Scale(low, high, log=not question.even, limit=zones.limit, now=now)

    def _pointed(self, _: object) -> None:
        self._show_line()

    @Slot()
    def _show_line(self) -> None:
        """What is pointed at, or how the sweep stands."""
        self._forget_refusal()
        at, runs = self.plot.at, self.runs
        question = self._sweeper.question
        fault = "" if self._sweeper.busy else self._question.fault
        if fault:
            self.line.set_text(fault)
        elif question is not None and self._fits and at is not None and at < len(runs):
            told = say("{run} Click it, or press Enter: it comes to the bench.",
                       run=_run_words(question, runs[at]))  # fmt: skip
            self.line.set_text(told)
            self.plot.setAccessibleDescription(told)
        else:
            self.line.set_text(self._summary)

    @property
    def _summary(self) -> str:
        question, runs = self._sweeper.question, self.runs
        if self._session.playback.locked:
            return self._session.playback.locked
        if question is None:
            return say(
                "Runs the experiment from its start once for each value, and shows the error at "
                "the end of each run."
            )
        if not self._fits:
            return say("The start of the run has changed since this sweep: sweep once more.")
        if not runs:
            return say("The first run is on its way.")
        done = say("{n:,} of {all:,} runs", n=len(runs), all=question.count)
        ended = [run for run in runs if run.error is not None]
        diverged = len(runs) - len(ended)
        told = done
        if ended:
            best = min(ended, key=lambda run: run.error or 0.0)
            told = say("{done}; the least error is {error}, with {run}", done=done,
                       error=numbers.short(best.error or 0.0),
                       run=value_words(question, best))  # fmt: skip
        if diverged:
            return say_count(
                "{told}; {n:,} diverged.", "{told}; {n:,} diverged.", diverged, told=told
            )
        return say("{told}.", told=told)

    @Slot(int)
    def _chosen(self, at: int) -> None:
        if at >= len(self.runs):
            return
        if self._sweeper.why_not_put:
            self._refuse(self._sweeper.why_not_put)
        else:
            self._sweeper.put(self.runs[at], self.pin_box.isChecked())

    @Slot()
    def copy(self) -> None:
        """Copy the runs as text, all figures, cells apart by tabs."""
        if self._session.parts.veils.covers("sweep"):
            self._session.notices.refuse(say("The sweep is hidden for now."))
            return
        question = self._sweeper.question
        if question is None or not self.runs:
            return
        heading = say_count("error after {n:,} step", "error after {n:,} steps", question.steps)
        lines = [f"{say(KIND_NAMES[question.kind])}\t{heading}"]
        for run in self.runs:
            value = numbers.exact(_value(question, run))
            lines.append(f"{value}\t{_error_words(run, numbers.exact(run.error or 0.0))}")
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(6))
        for field in self.fields.values():
            field.setFixedSize(px(84), px(26))
        self.controls.lay_out()


def _beside(label: str, field: NumberField) -> QWidget:
    """A field with its label, as one piece of a row."""
    piece = QWidget()
    row = QHBoxLayout(piece)
    row.setContentsMargins(0, 0, look.theme.px(6), 0)
    row.setSpacing(look.theme.px(4))
    text = QLabel(label)
    text.setObjectName("muted")
    text.setBuddy(field)
    row.addWidget(text, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(field)
    return piece


def _value(question: Question, run: Run) -> float:
    return run.alpha if question.kind == "alpha" else float(run.seed)


def _error_words(run: Run, error: str) -> str:
    return say("diverged at step {step:,}", step=run.steps) if run.error is None else error


def _run_words(question: Question, run: Run) -> str:
    """One run in a sentence."""
    value = value_words(question, run)
    if run.error is None:
        return say("{value}: diverged at step {step:,}.", value=value, step=run.steps)
    return say_count(
        "{value}: error {error} after {n:,} step.", "{value}: error {error} after {n:,} steps.",
        run.steps, value=value, error=numbers.short(run.error, 6),
    )  # fmt: skip
