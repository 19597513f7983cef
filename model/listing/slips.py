"""The four slips that are widely printed for these listings, run beside the right rule.

Three of them still lower the total error on the first step: a falling error proves nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np

from model import network
from model.door import mark, say
from model.edits import Edit, apply_edit
from model.listing import rules
from model.network import MAX_ERROR, Floats
from model.setup import Setup

# Steps that a slip is followed for: what it does shows in the first of them.
MAX_SLIP_STEPS = 10_000
# Steps between two weights that are kept; with 7,840 weights all of them take 10 MB.
_APART = 64

Shape = tuple[int, int]


def _never(_: Shape) -> bool:
    return False


def _does_not_fit(shape: Shape) -> bool:
    n_outputs, n_inputs = shape
    return n_outputs != n_inputs or n_outputs == 1


def _several_outputs(shape: Shape) -> bool:
    return shape[0] > 1


@dataclass(frozen=True)
class Slip:
    """One slip: its key, its name, what is wrong about it in a sentence, and its rule.

    ``stops`` says of (n_outputs, n_inputs) whether the listing as it is printed stops there
    with an error; ``runs`` whether its rule can be followed all the same.
    """

    key: str
    name: str
    about: str
    rule: rules.Rule
    stops: Callable[[Shape], bool] = _never
    cannot_run: Callable[[Shape], bool] = _never

    def runs(self, shape: Shape) -> bool:
        """Whether the rule can be followed with weights of (n_outputs, n_inputs)."""
        return not self.cannot_run(shape)


RIGHT = Slip(
    "right", mark("no slip"), mark("weight_delta = delta × input, taken from the weight."),
    rules.right,
)  # fmt: skip

SLIPS: dict[str, Slip] = {
    slip.key: slip
    for slip in (
        Slip(
            "transposed",
            mark("outer(input, delta)"),
            mark("Weights are [output][input], so it must be outer(delta, input)."),
            rules.transposed,
            stops=_does_not_fit,
            cannot_run=_does_not_fit,
        ),
        Slip(
            "input_times_weights",
            mark("input × weights"),
            mark("A weight_delta is input × delta; here the targets never enter."),
            rules.input_times_weights,
        ),
        Slip(
            "one_delta",
            mark("one delta for all"),
            mark("Each output has its own delta; here all get that of the last one."),
            rules.one_delta,
            stops=_several_outputs,
        ),
        Slip(
            "sign",
            mark("a minus lost"),
            mark("0.1 − (−1.19 × 0.01) is 0.1119; here the minus is lost."),
            rules.sign,
        ),
    )
}


NO_SLIP = "none"


def check_slip(key: str) -> str | None:
    """The key of a slip as somebody wrote it; None for “none”.

    Raises ValueError, with one sentence for a person, where there is none of that key.
    """
    if key not in (*SLIPS, NO_SLIP):
        raise ValueError(
            say(
                "there is no slip “{name}”: they are {names}, or {none}",
                name=key[:40],
                names=", ".join(SLIPS),
                none=NO_SLIP,
            )
        )
    return None if key == NO_SLIP else key


@dataclass(frozen=True, eq=False)
class SlipStep:
    """All numbers of one step with a slip, before its update is made.

    Shapes as of ``State``: inputs (n_inputs,); target, pred, delta, error (n_outputs,); weights,
    weight_delta and new_weights (n_outputs, n_inputs), weight_delta as if nothing were frozen.
    ``delta`` is what the rule took for it; ``error`` is that of the predictions.
    """

    step: int
    example: int | None
    inputs: Floats
    target: Floats
    weights: Floats
    pred: Floats
    delta: Floats
    error: Floats
    weight_delta: Floats
    new_weights: Floats

    @property
    def total_error(self) -> float:
        """The errors of all outputs added up."""
        return float(self.error.sum())


@dataclass(frozen=True)
class WrongNumber:
    """The first number in which two paths differ.

    ``term`` is pred, delta, weight_delta or weight (as the update leaves it); ``cell`` is
    (output,) or (output, column).
    """

    step: int
    term: str
    cell: tuple[int, ...]
    right: float
    wrong: float


class SlipPath:
    """The steps that an experiment takes by one rule, one after the other.

    ``setup`` and ``weights`` (n_outputs, n_inputs) are those of step ``start``, with no edit of
    it made; ``edits`` are made at their steps. Raises ValueError where the rule cannot be
    followed with weights of this shape.
    """

    def __init__(
        self, setup: Setup, weights: Floats, slip: Slip, edits: Iterable[Edit] = (), start: int = 0
    ) -> None:
        if not slip.runs((weights.shape[0], weights.shape[1])):
            raise ValueError(f"{slip.key}: {stopped_words(slip)}")
        self.slip = slip
        self.start = start
        self._edits = {step: tuple(here) for step, here in groupby(edits, attrgetter("step"))}
        self._kept: list[tuple[int, Setup, Floats]] = []
        self._errors: list[Floats] = []
        self._ended = False
        self._next = (start, setup, weights)
        self._take()

    @property
    def length(self) -> int:
        """The last step that there is."""
        return self.start + len(self._errors) - 1

    @property
    def ended(self) -> bool:
        """Whether no step can follow: it diverged, has no label, or is as long as it may be."""
        return self._ended

    def extend(self, to: int) -> None:
        """Take steps until ``to``, or until no more can follow."""
        while self.length < to and not self._ended:
            self._take()

    def at(self, step: int) -> SlipStep:
        """All numbers of one step. Raises ValueError where it is not on the path."""
        if not self.start <= step <= self.length:
            raise ValueError(f"step {step} is not on this path of {self.length} steps")
        known = bisect_right(self._kept, step, key=lambda kept: kept[0]) - 1
        at, setup, weights = self._kept[known]
        while at < step:
            weights = _made(setup, weights, at, self.slip).new_weights
            at += 1
            setup, weights = self._edited(at, setup, weights)
        return _made(setup, weights, step, self.slip)

    def total_errors(self, start: int, stop: int) -> Floats:
        """Errors of all outputs added up, of the steps start..stop-1 that there are, (n,)."""
        first = max(0, start - self.start)
        errors = self._errors[first : max(first, stop - self.start)]
        return np.array([error.sum() for error in errors])

    def _edited(self, step: int, setup: Setup, weights: Floats) -> tuple[Setup, Floats]:
        """Setup and weights once the edits of a step are made."""
        for edit in self._edits.get(step, ()):
            setup, weights = apply_edit(setup, weights, edit)
        return setup, weights

    def _take(self) -> None:
        """Add the step that is next."""
        step, setup, weights = self._next
        setup, weights = self._edited(step, setup, weights)
        with np.errstate(all="ignore"):
            made = _made(setup, weights, step, self.slip)
        if not made.error.max() <= MAX_ERROR:
            self._ended = True
            if self._errors:
                return
        if (step - self.start) % _APART == 0:
            self._kept.append((step, setup, weights))
        self._errors.append(made.error)
        self._ended |= not setup.is_labelled(step) or len(self._errors) > MAX_SLIP_STEPS
        self._next = (step + 1, setup, made.new_weights)


def run(
    setup: Setup, weights: Floats, slip: Slip, steps: int, edits: Iterable[Edit] = ()
) -> SlipPath:
    """The first ``steps`` steps by the rule of a slip; fewer where it diverges before.

    Raises ValueError where the rule cannot be followed with weights of this shape.
    """
    path = SlipPath(setup, weights, slip, edits)
    path.extend(steps)
    return path


def first_wrong(right: SlipPath, wrong: SlipPath) -> WrongNumber | None:
    """The first number that differs, in the order in which a step makes them.

    None where none does within the steps that both have.
    """
    for step in range(max(right.start, wrong.start), min(right.length, wrong.length) + 1):
        found = _first_difference(right.at(step), wrong.at(step))
        if found is not None:
            return found
        if step - right.start >= _APART:
            # A slip that has changed nothing by now is none here, as with a single output.
            return None
    return None


def stopped_words(slip: Slip) -> str:
    """Say, in a whole sentence, why a listing with this slip does not run to its end."""
    if slip.key == "transposed":
        return say("Here it stops with an error: the product has not the shape of the weights.")
    return say(
        "Plain Python stops with an error at the next line; with that number for all it runs."
    )


def _made(setup: Setup, weights: Floats, step: int, slip: Slip) -> SlipStep:
    inputs, target = setup.row(step)
    pred = network.predict(weights, inputs)
    if not setup.is_labelled(step):
        target = pred
    delta, error = network.compare(pred, target)
    update = slip.rule(weights, inputs, delta, setup.alpha, setup.frozen)
    return SlipStep(
        step, setup.example(step), inputs, target, weights, pred, update.delta, error,
        update.weight_delta, update.weights,
    )  # fmt: skip


_TERMS = (("pred", "pred"), ("delta", "delta"), ("weight_delta", "weight_delta"),
          ("weight", "new_weights"))  # fmt: skip


def _first_difference(right: SlipStep, wrong: SlipStep) -> WrongNumber | None:
    for term, name in _TERMS:
        ours: Floats = getattr(right, name)
        theirs: Floats = getattr(wrong, name)
        different: Sequence[Sequence[int]] = np.argwhere(ours != theirs).tolist()
        if different:
            cell = tuple(different[0])
            return WrongNumber(right.step, term, cell, float(ours[cell]), float(theirs[cell]))
    return None
