"""Makes the runs of a sweep in the background, one after the other, and keeps what came of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.door import say
from model.network import Floats
from model.setup import Setup
from model.study.question import Question, same_start, start_of
from model.study.sweep import Run, SweepCancelled, sweep
from model.words import numbers

# Between two looks at how far it has come.
_LOOK_MS = 80
# The window's thread is let in so often, and for so long, while runs are made beside it.
_WORK_S, _BREATH_S = 0.004, 0.0005

Start = tuple[Setup, Floats]


class Sweeper(QObject):
    """One sweep at a time: ``runs`` are those that have ended, in the order of its values.

    Signals
    -------
    changed : there are more runs, or none any more, or nothing is being made
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.question: Question | None = None
        self._start: Start | None = None
        # Filled by the thread, which appends only.
        self._found: list[Run] = []
        self._told = 0
        self._background = Background((SweepCancelled,), self)
        self._background.finished.connect(self._ended)
        self._background.failed.connect(self._ended)
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether runs are being made."""
        return self._background.busy

    @property
    def runs(self) -> Sequence[Run]:
        """The runs that have ended by now."""
        return self._found[: self._told]

    @property
    def fits(self) -> bool:
        """Whether the run on the bench still begins as those of the sweep do."""
        if self.question is None or self._start is None:
            return False
        return same_start(self.question, self._start, start_of(self._session.path))

    def begin(self, question: Question) -> None:
        """Make the runs that are asked for; what was being made is given up."""
        setup, weights = self._start = start_of(self._session.path)
        self.question = question
        self._found = []
        self._told = 0

        # Of this sweep's own list: what comes of one that was given up goes nowhere.
        note = self._found.append

        def work(cancelled: Cancelled) -> None:
            breath = _Breath(cancelled)
            wanted = question.wanted(setup.alpha, setup.schedule.seed)
            start = None
            if question.kind == "start":
                start = lambda seed: question.weights(seed, setup.frozen.shape)  # noqa: E731
            for run in sweep(setup, weights, wanted, question.steps, breath, start):
                note(run)

        self._background.start(work)
        self._looks.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Make no more; the runs that have ended stay."""
        self._background.drop()
        self._look()
        self._looks.stop()
        self.changed.emit()

    def clear(self) -> None:
        """Forget all of it: another experiment is on the bench."""
        self._background.drop()
        self._looks.stop()
        self.question = self._start = None
        self._found, self._told = [], 0
        self.changed.emit()

    @property
    def why_not_put(self) -> str:
        """Why no run can be put on the bench, in one sentence; empty where any can."""
        if self.question is None:
            return ""
        if not self.fits:
            return say("The start of the run has changed since this sweep: sweep once more.")
        return self._session.why_not_rebuilt if self.question.kind == "order" else ""

    def put(self, run: Run, pinned: bool) -> None:
        """Put a run on the bench with all of its steps, where it can be, and pin it.

        It is an entry for undo, and so is the pin.
        """
        question, session = self.question, self._session
        if question is None or self.why_not_put:
            return
        base = None
        if question.kind == "order":
            setup = session.experiment.setup
            setup = replace(setup, schedule=replace(setup.schedule, seed=run.seed))
            base = replace(session.experiment.afresh(), setup=setup)
        value = run.alpha if question.kind == "alpha" else float(run.seed)
        edits = question.edits(value, session.path.edits_at(0), run_shape(session))
        label = value_words(question, run)
        session.pins.run(edits, run.steps, label, base, pinned)

    @Slot()
    def _look(self) -> None:
        if len(self._found) != self._told:
            self._told = len(self._found)
            self.changed.emit()

    @Slot(object)
    def _ended(self, _: object) -> None:
        self._looks.stop()
        self._told = len(self._found)
        self.changed.emit()


def run_shape(session: Session) -> tuple[int, int]:
    """The shape of the weights, (n_outputs, n_inputs)."""
    n_outputs, n_inputs = session.experiment.weights.shape
    return n_outputs, n_inputs


def value_words(question: Question, run: Run) -> str:
    """What was tried in a run, in two or three words."""
    if question.kind == "alpha":
        return say("alpha {alpha}", alpha=numbers.plain(run.alpha, 4))
    if question.kind == "order":
        return say("order with seed {seed}", seed=run.seed)
    return say("random weights, seed {seed}", seed=run.seed)


class _Breath:
    """Asked often whether to give up; lets other threads in every now and then."""

    def __init__(self, cancelled: Cancelled) -> None:
        self._cancelled = cancelled
        self._began = time.monotonic()

    def __call__(self) -> bool:
        if time.monotonic() - self._began > _WORK_S:
            time.sleep(_BREATH_S)
            self._began = time.monotonic()
        return self._cancelled()
