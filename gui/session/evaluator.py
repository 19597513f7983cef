"""Asks, again and again, what the network of the moment makes of what it does not learn from.

The work is done in slices of less than a millisecond between the window's other events, so
that neither a run nor the window waits for it; nothing is done while nobody wants to know.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session.playback import Playback
from model.accuracy_history import AccuracyHistory, ErrorHistory, ErrorPoint, Point
from model.digits import DigitSet
from model.examples import Examples, Order1D, in_order
from model.experiment import Experiment, HeldOut
from model.network import Floats
from model.path.readable import ReadablePath
from model.path.watch import PathWatch
from model.quality import (
    Answers,
    Quality,
    joined,
    judge,
    quality_of,
    rows_at_once,
    scores_of,
    squared_deltas,
)
from model.words.quality import by_heart

_SLICE_NS = 600_000
# While running, a pass begins at most this often.
_RUNNING_MS = 500
# A drag along the time line shows a result at least this often, if an old one by then.
_PATIENCE_MS = 200
# The error on the examples is judged by the steps of an epoch, but by no more than these.
_MAX_STEPS_JUDGED = 500


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What the network with the weights of one step makes of all held-out images."""

    step: int
    weights: Floats
    quality: Quality

    @property
    def n_images(self) -> int:
        """How many images were asked about."""
        return len(self.quality.answers)


@dataclass(frozen=True, eq=False)
class Measured:
    """How far off the network with the weights of one step is where outputs are numbers."""

    step: int
    weights: Floats
    errors: ErrorPoint


class Evaluator(QObject):
    """Keeps the newest evaluation, and how accuracy or error went over the steps.

    Of held-out images it is an ``evaluation``; where outputs are numbers, what was ``measured``.

    What is asked for is the moment; ``measure`` adds other steps to the history.

    Signals
    -------
    finished : there is a new evaluation, or a new point of the history
    rested : all is known of a moment that stays, and there is time to measure other steps
    """

    finished = Signal()
    rested = Signal()

    def __init__(self, experiment: Experiment, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._playback = playback
        self._wanted_by: set[int] = set()
        self._history = AccuracyHistory()
        self._watch = PathWatch()
        self._errors = ErrorHistory()
        self._pass: _Pass | _RowsPass | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        self._since_begun = QElapsedTimer()
        self._since_finished = QElapsedTimer()
        self.evaluation: Evaluation | None = None
        self.measured: Measured | None = None
        playback.changed.connect(self._moved)

    @property
    def held_out(self) -> DigitSet | None:
        """The digits whose held-out images are asked about; None where there are none."""
        digits = self._experiment.digits
        if digits is None or not len(digits.held_out_labels):
            return None
        # An experiment may have fewer outputs than there are digits; then no answer is right.
        fits = digits.held_out_labels.max() < len(self._experiment.outputs)
        return digits if fits else None

    @property
    def _asks_rows(self) -> HeldOut | None:
        """The rows that are asked about where outputs are numbers."""
        return self._experiment.held_out

    @property
    def errors(self) -> tuple[ErrorPoint, ...]:
        """The errors of steps on this path, in order, where outputs are numbers; bounded."""
        return self._errors.points

    @property
    def least_error(self) -> ErrorPoint | None:
        """The step with the least held-out error of those that were measured on this path."""
        return self._errors.best

    @property
    def history(self) -> tuple[Point, ...]:
        """Step, accuracy and mean error of evaluations on this path, in order; bounded."""
        return self._history.points

    @property
    def best(self) -> Point | None:
        """The best moment of those that were measured on this path."""
        return self._history.best

    @property
    def by_heart(self) -> str:
        """One sentence where the examples are being learned by heart; else an empty text.

        The held-out accuracy has been falling for long then, while the error on the examples
        fell, too.
        """
        digits = self.held_out
        decline = None if digits is None else self._history.decline(len(digits.held_out_labels))
        if decline is None:
            return ""
        best, last = decline
        path = self._playback.path
        if last.step > path.length:
            return ""
        n = min(path.setup.schedule.n_examples, _MAX_STEPS_JUDGED)
        then, now = _mean_error(path, best.step, n), _mean_error(path, last.step, n)
        if then is None or now is None or now >= then:
            return ""
        return by_heart(best, last, then, now)

    def missing(self, length: int) -> int | None:
        """A step of a path of that length near which nothing was measured; None without one."""
        history = self._history if self._asks_rows is None else self._errors
        return history.missing(length)

    @property
    def busy(self) -> bool:
        """Whether there is work under way or due."""
        return self._timer.isActive()

    def set_wanted(self, asker: object, wanted: bool) -> None:
        """Say that something in sight shows the result, or no longer does."""
        if wanted:
            self._wanted_by.add(id(asker))
            self._moved()
        else:
            self._wanted_by.discard(id(asker))
            if not self._wanted_by:
                self._stop()

    @property
    def is_outdated(self) -> bool:
        """Whether the step of the evaluation has got other weights since."""
        evaluation, state = self.evaluation or self.measured, self._playback.state
        if evaluation is None or evaluation.step != state.step:
            return False
        return not np.array_equal(evaluation.weights, state.weights)

    def measure(self, step: int) -> None:
        """Put another step of the path into the history, as long as nothing newer is due."""
        if self._wanted_by and not self.busy:
            self._pass = self._pass_of(step, for_history=True)
            if self._pass is not None:
                self._timer.start(0)

    def _pass_of(self, step: int, for_history: bool = False) -> _Pass | _RowsPass | None:
        """A way through all that is held out, with the weights of a step; None without any."""
        path, digits, rows = self._playback.path, self.held_out, self._asks_rows
        if digits is not None:
            order = path.setup_at(step).order
            return _Pass(digits, step, path.weights(step), order, for_history)
        if rows is not None:
            examples = path.setup_at(step).examples
            return _RowsPass(rows, examples, step, path.weights(step), for_history)
        return None

    # -- what is due ----------------------------------------------------------------------

    def begin(self, experiment: Experiment) -> None:
        """Ask about another experiment; what is known of the one before is forgotten."""
        self._experiment = experiment
        self._stop()
        self._history.forget_from(0)
        self._errors.forget_from(0)
        self.evaluation = None
        self.measured = None

    @Slot()
    def _moved(self) -> None:
        """Begin a pass, go on with the one under way, or wait until the next is due."""
        if not self._wanted_by or (self.held_out is None and self._asks_rows is None):
            return
        playback = self._playback
        if self._pass is not None and self._pass.for_history:
            self._stop()
        changed = self._watch.first_change(playback.path)
        if changed is not None:
            self._history.forget_from(changed)
            self._errors.forget_from(changed)
            if self.measured is not None and self.measured.step >= changed:
                # The examples may be others by now, with the same weights.
                self.measured = None
            self._stop()
        elif self._pass is not None and (playback.running or self._overdue):
            return
        wait = _RUNNING_MS - self._since_begun.elapsed() if self._since_begun.isValid() else 0
        if playback.running and wait > 0:
            if not self._timer.isActive():
                self._timer.start(wait)
        elif self._is_known():
            self._rest()
        else:
            self._pass = self._pass_of(playback.position)
            self._since_begun.start()
            self._timer.start(0)

    def _rest(self) -> None:
        """The moment is known, or a pass that asks about it is under way."""
        if self._pass is not None:
            return
        self._timer.stop()
        if self.measured is not None:
            self._note(self.measured)
        if self.evaluation is not None:
            # An edit that moved no weight has dropped it from the history.
            self._note(self.evaluation)
        if not self._playback.running:
            self.rested.emit()

    def _note(self, evaluation: Evaluation | Measured) -> None:
        if isinstance(evaluation, Measured):
            # What has grown beyond all use has no place in a plot.
            if all(map(math.isfinite, evaluation.errors)):
                self._errors.add(evaluation.errors)
            return
        quality = evaluation.quality
        self._history.add(Point(evaluation.step, quality.accuracy, quality.error))

    def _is_known(self) -> bool:
        """Whether the weights of the moment are those of the pass, or else of the result."""
        known = self._pass or self.evaluation or self.measured
        state = self._playback.state
        if known is None or known.step != state.step:
            return False
        return np.array_equal(known.weights, state.weights)

    @property
    def _overdue(self) -> bool:
        return self._since_finished.isValid() and self._since_finished.elapsed() > _PATIENCE_MS

    def _stop(self) -> None:
        self._timer.stop()
        self._pass = None

    # -- the work -------------------------------------------------------------------------

    @Slot()
    def _work(self) -> None:
        """One slice; or, after a wait, the begin of the next pass."""
        if self._pass is None:
            self._timer.stop()
            self._moved()
            return
        for_history, evaluation = self._pass.for_history, self._pass.slice()
        if evaluation is None:
            return
        self._stop()
        self._note(evaluation)
        if not for_history:
            if isinstance(evaluation, Measured):
                self.measured = evaluation
            else:
                self.evaluation = evaluation
            self._since_finished.start()
        self.finished.emit()
        self._moved()


def _mean_error(path: ReadablePath, step: int, n_steps: int) -> float | None:
    """Mean error on the examples of the steps just before ``step``; None where there are none."""
    steps, errors = path.errors(max(0, step - n_steps), step)
    return float(errors[:, 1].mean()) if len(steps) else None


class _Pass:
    """One way through all images with the same weights."""

    def __init__(
        self, digits: DigitSet, step: int, weights: Floats, order: Order1D | None,
        for_history: bool = False,
    ) -> None:  # fmt: skip
        self.for_history = for_history
        self.step = step
        self.weights = weights
        # To put the weights in order is less work than to shuffle all images.
        self._ordered = in_order(weights, order)
        self._images = digits.held_out_images
        self._labels = digits.held_out_labels
        self._rows = rows_at_once(weights)
        self._done = 0
        self._parts: list[Answers] = []

    def slice(self) -> Evaluation | None:
        """Do the next few images; the evaluation when all are done and summed up."""
        if self._done == len(self._images):
            return Evaluation(self.step, self.weights, quality_of(joined(self._parts)))
        clock = QElapsedTimer()
        clock.start()
        start = self._done
        scores: list[Floats] = []
        while self._done < len(self._images) and (not scores or clock.nsecsElapsed() < _SLICE_NS):
            scores.append(scores_of(self._ordered, self._images[self._done :][: self._rows]))
            self._done += len(scores[-1])
        self._parts.append(judge(np.concatenate(scores), self._labels[start : self._done]))
        return None


class _RowsPass:
    """One way through all rows that are held out, and then through all examples."""

    def __init__(
        self, held_out: HeldOut, examples: Examples, step: int, weights: Floats, for_history: bool
    ) -> None:
        self.for_history = for_history
        self.step = step
        self.weights = weights
        self._held_out, self._examples = held_out, examples
        self._rows = rows_at_once(weights)
        self._done = 0
        # Of what is held out, and of the examples.
        self._sums = [0.0, 0.0]

    def slice(self) -> Measured | None:
        """Do the next few rows; what was measured when all are done."""
        n_held_out, n = len(self._held_out), len(self._held_out) + len(self._examples)
        clock = QElapsedTimer()
        clock.start()
        began = self._done
        while self._done < n and (self._done == began or clock.nsecsElapsed() < _SLICE_NS):
            which = int(self._done >= n_held_out)
            stop = min(self._done + self._rows, n if which else n_held_out)
            if which:
                indices = np.arange(self._done - n_held_out, stop - n_held_out)
                inputs, targets = self._examples.rows(indices)
            else:
                inputs = self._held_out.inputs[self._done : stop]
                targets = self._held_out.targets[self._done : stop]
            self._sums[which] += squared_deltas(self.weights, inputs, targets)
            self._done = stop
        if self._done < n:
            return None
        n_outputs = len(self.weights)
        error, training = (
            total / (rows * n_outputs)
            for total, rows in zip(self._sums, (n_held_out, n - n_held_out), strict=True)
        )
        return Measured(self.step, self.weights, ErrorPoint(self.step, error, training))
