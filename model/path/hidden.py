"""A step some of whose numbers are not to be seen: each of these is NaN, and is written as "?"."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

import numpy as np

from model.network import Floats, Mask
from model.path.path import State


@dataclass(frozen=True, eq=False)
class Hidden:
    """Which numbers of a step are hidden.

    Shapes: inputs (n_inputs,); target, pred, delta, error (n_outputs,); all others (n_outputs,
    n_inputs), ``change`` being what the update adds to a weight, ``floor`` the weight at which
    the error is 0.
    """

    inputs: Mask
    target: Mask
    pred: Mask
    delta: Mask
    error: Mask
    weights: Mask
    weight_delta: Mask
    change: Mask
    slope: Mask
    floor: Mask

    @classmethod
    def nothing(cls, n_outputs: int, n_inputs: int) -> Hidden:
        """No number is hidden; the masks may be filled in."""
        of_outputs = {name: np.zeros(n_outputs, dtype=bool) for name in _OF_OUTPUTS}
        others = {
            field.name: np.zeros((n_outputs, n_inputs), dtype=bool)
            for field in fields(cls)
            if field.name not in (*_OF_OUTPUTS, "inputs")
        }
        return cls(inputs=np.zeros(n_inputs, dtype=bool), **of_outputs, **others)

    @property
    def any(self) -> bool:
        """Whether any number is hidden."""
        return any(bool(mask.any()) for mask in vars(self).values())

    def with_what_follows(self, state: State) -> Hidden:
        """The same, and all that gives one of these numbers away at a step.

        A delta follows from a pred or a target, an error and the weight_deltas from a delta, a
        change and a slope from a weight_delta. Beside a target of 0 a pred is the delta; an input
        of 1 or -1 has the delta for its weight_delta, and an alpha of 1 the weight_delta for its
        change.
        """
        ones = np.abs(state.inputs) == 1.0
        weight_delta = (
            self.weight_delta | self.change if state.setup.alpha == 1.0 else (self.weight_delta)
        )
        delta = self.delta | self.pred | self.target | (weight_delta & ones).any(axis=1)
        weight_delta = weight_delta | delta[:, np.newaxis]
        return Hidden(
            inputs=self.inputs,
            target=self.target,
            pred=self.pred | (delta & (state.target == 0.0)),
            delta=delta,
            error=self.error | delta,
            weights=self.weights,
            weight_delta=weight_delta,
            change=self.change | weight_delta,
            slope=self.slope | weight_delta,
            floor=self.floor | delta[:, np.newaxis] | self.weights | self.inputs,
        )


_OF_OUTPUTS = ("target", "pred", "delta", "error")


@dataclass(frozen=True)
class HiddenState(State):
    """A step with NaN for each number that is hidden."""

    hidden: Hidden = field(kw_only=True)

    @property
    def change(self) -> Floats:
        """What the update adds to each weight, as if none were frozen; NaN where it is hidden."""
        return without(super().change, self.hidden.change)

    @property
    def slope(self) -> Floats:
        """The slope of the error along each weight; NaN where it is hidden."""
        return without(super().slope, self.hidden.slope)

    def change_of(self, output: int, column: int) -> float:
        """change of one weight; NaN where it is hidden."""
        hidden = self.hidden.change[output, column]
        return math.nan if hidden else super().change_of(output, column)

    def slope_of(self, output: int, column: int) -> float:
        """slope along one weight; NaN where it is hidden."""
        hidden = self.hidden.slope[output, column]
        return math.nan if hidden else super().slope_of(output, column)


def hide(state: State, hidden: Hidden) -> State:
    """The step as it may be seen; the step itself where nothing is hidden."""
    if not hidden.any:
        return state
    more = hidden.with_what_follows(state)
    names = ("inputs", "target", "weights", "pred", "delta", "error")
    shown = {name: without(getattr(state, name), getattr(more, name)) for name in names}
    # Of what is hidden it would come out otherwise: an input alone hides no weight_delta.
    own = without(state.weight_delta, more.weight_delta)
    return HiddenState(
        step=state.step, example=state.example, setup=state.setup, hidden=more,
        own_weight_delta=own, **shown,
    )  # fmt: skip


def without(values: Floats, hidden: Mask) -> Floats:
    """The values, and NaN for those that are hidden; of any shape, the same for both."""
    return np.where(hidden, np.nan, values) if hidden.any() else values
