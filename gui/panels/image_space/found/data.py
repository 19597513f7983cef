"""The examples that are looked at, and what the network of the moment makes of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.examples import Examples
from model.image_space import (
    PCA,
    Portions,
    Sample,
    SampleInputs,
    draw_sample,
    gather,
    principal_components,
    project,
)
from model.image_space.points import Points, classes_of, named_points
from model.network import Floats

# So many numbers are gathered, or products made for components, within a frame.
_AT_ONCE = 2_500_000
_SLICE_ROWS = 10_000
_SLICE_MS = 6
# While many are being scored, the points move only so often.
_TELL_MS = 60
# While an example is being drawn on, its point moves only so often.
_EDITS_MS = 250
# Where the targets are no classes there is one kind of point.
Labels = NDArray[np.intp]
Result = TypeVar("Result")


class SpaceData(QObject):
    """A sample, its inputs, labels and targets, the scores of the moment, and its components.

    ``inputs`` is None while they are being gathered, ``pca`` until it is asked for and found.

    Signals
    -------
    gathered : the inputs of another sample are there
    scored : scores differ from before
    components_found : ``pca`` is there
    """

    gathered = Signal()
    scored = Signal()
    components_found = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.sample: Sample | None = None
        self.inputs: SampleInputs | None = None
        self.targets: Floats = np.zeros((0, 1))
        self.labels: Labels | None = None
        self.pca: PCA | None = None
        self.scores: Floats = np.zeros((0, 1))
        self._examples: Examples | None = None
        self._scored_for: Floats | None = None
        self._left = self._next = 0
        self._told = QElapsedTimer()
        self._told.start()
        self._needed: list[int] | None = None
        self._partly = False
        self._gatherer = Background((), self)
        self._gatherer.finished.connect(self._take_inputs)
        self._finder = Background((), self)
        self._finder.finished.connect(self._take_components)
        self._wants_components = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._score_on)
        self._edited = QTimer(self, singleShot=True, interval=_EDITS_MS)
        self._edited.timeout.connect(self._gather)

    def __len__(self) -> int:
        return 0 if self.inputs is None else len(self.inputs)

    # -- the sample --------------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of everything: another experiment comes."""
        self._gatherer.drop()
        self._finder.drop()
        self._soon.stop()
        self._edited.stop()
        self.sample = self.inputs = self.pca = self.labels = None
        self._examples = self._scored_for = None
        self._wants_components = False

    def pause(self) -> None:
        """Give up what is worked on in the background; whoever needs it asks again."""
        if self._gatherer.busy:
            self._gatherer.drop()
            self.sample = None
        if self._finder.busy:
            self._finder.drop()
            self._wants_components = False

    def wait(self) -> None:
        """Stay until nothing is worked on in the background."""
        self._gatherer.wait()
        self._finder.wait()

    def follow(self, needed: Collection[int] | None = None) -> None:
        """Look at the examples and the weights of the moment; what differs is found anew.

        ``needed`` are the outputs whose scores are shown, None for all: during a run no others
        are worked out.
        """
        running = self._session.playback.running
        self._needed = sorted(needed) if running and needed is not None else None
        look, examples = self._session.view.space, self._session.state.setup.examples
        count = look.drawn(len(examples))
        sample = self.sample
        if sample is None or (len(sample), sample.seed) != (count, look.seed):
            self.sample = draw_sample(len(examples), count, look.seed)
            self._gather()
        elif self._examples is not examples:
            before = self._examples
            same = before is not None and before.base_inputs is examples.base_inputs
            if same and self.inputs is not None:
                self._edited.start()
            else:
                self._gather()
        self._score()

    @Slot()
    def _gather(self) -> None:
        examples, sample = self._session.state.setup.examples, self.sample
        if sample is None:
            return
        self._examples = examples
        self.inputs = self.pca = self._scored_for = None
        self._finder.drop()
        work = partial(_gathered, gather(examples, sample.examples))
        if len(sample) * examples.n_inputs <= _AT_ONCE:
            self._gatherer.drop()
            gathering = gather(examples, sample.examples)
            self._take_inputs(_in_portions(gathering, lambda: False))
        else:
            self._gatherer.start(work)

    @Slot(object)
    def _take_inputs(self, inputs: SampleInputs | None) -> None:
        if inputs is None or self.sample is None or self._examples is None:
            return
        self.inputs = inputs
        self.targets = _targets(self._examples, self.sample)
        self.labels = classes_of(self.targets)
        self.scores = np.zeros(self.targets.shape, dtype=np.float32)
        self._scored_for = None
        if self._wants_components:
            self._wants_components = False
            self.want_components()
        self._score()
        self.gathered.emit()

    def points(self, coordinates: Floats) -> Points:
        """The sample as a table with these coordinates, (n, d)."""
        assert self.sample is not None
        outputs = self._session.experiment.outputs
        return named_points(self.sample.examples, outputs, self.targets, self.scores, coordinates)

    # -- components --------------------------------------------------------------------------

    def want_components(self) -> None:
        """Find the principal components, if they are not there; ``components_found`` tells."""
        if self.pca is not None or self._wants_components:
            return
        if self.inputs is None:
            self._wants_components = True
            return
        work = partial(_in_portions, principal_components(self.inputs))
        n, wide = len(self.inputs), self.inputs.n_inputs
        if n * wide <= _AT_ONCE and wide <= 100:
            self.pca = work(lambda: False)
        else:
            self._wants_components = True
            self._finder.start(work)

    @Slot(object)
    def _take_components(self, pca: PCA | None) -> None:
        self._wants_components = False
        if pca is not None:
            self.pca = pca
            self.components_found.emit()

    # -- scores ------------------------------------------------------------------------------

    @property
    def answers(self) -> Labels:
        """The output with the largest score for each example, (n,)."""
        return self.scores.argmax(axis=1)

    @property
    def errors(self) -> Floats:
        """The error of each example, summed over the outputs, (n,)."""
        return np.square(self.scores - self.targets).sum(axis=1)

    def _score(self) -> None:
        """Begin to score with the weights of the moment, if they are others than last time."""
        weights = self._session.state.weights
        known = self._scored_for is not None and np.array_equal(self._scored_for, weights)
        if self.inputs is None or (known and not (self._partly and self._needed is None)):
            return
        self._scored_for = weights
        self._left = len(self.inputs)
        self._work()

    @Slot()
    def _score_on(self) -> None:
        """Go on; what is there is shown when all is done, or some time has passed."""
        self._work()
        if not self._left or self._told.elapsed() > _TELL_MS:
            self._told.restart()
            self.scored.emit()

    def _work(self) -> None:
        """Score some more rows, round and round: of very many, a part in each frame."""
        inputs, weights = self.inputs, self._scored_for
        if inputs is None or weights is None:
            return
        clock = QElapsedTimer()
        clock.start()
        while self._left and (clock.elapsed() < _SLICE_MS or self._left == len(inputs)):
            start = self._next % len(inputs)
            stop = min(len(inputs), start + _SLICE_ROWS)
            part = SampleInputs(inputs.values[start:stop], inputs.levels)
            if self._needed is None:
                self.scores[start:stop] = project(part, weights)
            elif self._needed:
                self.scores[start:stop, self._needed] = project(part, weights[self._needed])
            self._partly = self._needed is not None
            self._next = stop
            self._left = max(0, self._left - (stop - start))
        if self._left:
            self._soon.start()


def _gathered(gathering: Portions[SampleInputs], cancelled: Cancelled) -> SampleInputs | None:
    """The inputs, with all that is worked out of them once and for all."""
    inputs = _in_portions(gathering, cancelled)
    if inputs is not None and not cancelled():
        # Kept by the inputs once it was asked for, and so not in the window's thread.
        _ = inputs.mean, inputs.squared_lengths, inputs.column(0)
    return inputs


def _in_portions(work: Portions[Result], cancelled: Cancelled) -> Result | None:
    """What comes of the work; None where it was given up."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        if cancelled():
            return None


def _targets(examples: Examples, sample: Sample) -> Floats:
    """The targets of a sample, (n, n_outputs), without touching its inputs."""
    targets: Floats = examples.base_targets[sample.examples]
    for index, (_, target) in examples.edited.items():
        targets[sample.examples == index] = target
    return targets
