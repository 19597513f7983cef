"""How the error over two weights is looked at: checked values that a file can hold.

One object that never changes; ``changed`` makes another one, or says in one sentence what cannot
be. Weights are pairs of an output and an input, counted from 0, as everywhere in files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from gui.session.checks.values import checked_values, one_of, truth
from model.door import say
from model.experiment import Experiment

Cell = tuple[int, int]
# Which error: its mean over the examples, or that of the example on the bench.
Over = Literal["mean", "example"]
OVERS: tuple[Over, ...] = get_args(Over)


@dataclass(frozen=True)
class ContourLook:
    """What is shown of the error over two weights.

    ``across`` and ``up`` are the weights along the two axes; ``over`` says whether the error is
    the mean over the examples or that of the example on the bench; ``equal`` whether a unit is as
    long across as it is up.
    """

    across: Cell = (0, 0)
    up: Cell = (0, 0)
    over: Over = "mean"
    equal: bool = False

    @classmethod
    def usual(cls, experiment: Experiment) -> ContourLook:
        """How an experiment is looked at by itself: over two weights that can move the error.

        Of an experiment with a single weight there is nothing to be seen.
        """
        if experiment.weights.size < 2:
            return cls()
        if experiment.image_shape is not None:
            # The first pixels of an image lie in its empty corner: those that vary most do not.
            spread = experiment.setup.examples.base_inputs[:_LOOKED_AT].var(axis=0)
            first, second = sorted(np.argsort(-spread, kind="stable")[:2].tolist())
            return cls((0, first), (0, second))
        n_inputs = experiment.weights.shape[1]
        return cls((0, 0), (0, 1) if n_inputs > 1 else (1, 0))

    def changed(self, experiment: Experiment, wanted: object) -> ContourLook:
        """The same with other values, by the names above, as they are read from a file.

        Raises ValueError, with one sentence that names what cannot be.
        """
        values = checked_values(_CHECKS, experiment, wanted)
        across, up = values.get("across"), values.get("up")
        if across is not None and across == up:
            raise ValueError(say("across and up must be two different weights"))
        # The weight of one axis, asked for on the other one: they change places.
        if across is not None and up is None and across == self.up:
            values["up"] = self.across
        if up is not None and across is None and up == self.across:
            values["across"] = self.up
        return replace(self, **values)

    def values(self, experiment: Experiment) -> dict[str, Any]:
        """What differs from how an experiment is looked at by itself, as a file can hold it."""
        usual = ContourLook.usual(experiment)
        found: dict[str, Any] = {}
        if (self.across, self.up) != (usual.across, usual.up):
            found |= {"across": list(self.across), "up": list(self.up)}
        if self.over != usual.over:
            found["over"] = self.over
        if self.equal:
            found["equal"] = True
        return found


# Examples of a large set that tell which pixels vary.
_LOOKED_AT = 1000


def _cell(experiment: Experiment, value: Any) -> Cell:
    rows, columns = experiment.weights.shape
    good = isinstance(value, list | tuple) and len(value) == 2
    if not good or any(type(place) is not int for place in value):
        raise ValueError(say("must be a pair of an output and an input"))
    row, column = value
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError(say("there is no such weight"))
    return row, column


_CHECKS = {"across": _cell, "up": _cell, "over": one_of(OVERS), "equal": truth}
