"""The numbers that expressions can name, and how each is found on a bench: a closed table."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from model.actions.spaces import check_space
from model.curves import AlphaZones, Bowl, sums_of_squares
from model.door import say
from model.experiment import Experiment
from model.listing.slips import check_slip
from model.network import Floats
from model.path import State
from model.phase import Phase
from model.quality import judge, quality_of, scores_of
from model.words.names import weight_cell

# In place of an example's number: whatever is shown, an image that was drawn as well.
ON_THE_BENCH = "bench"

Member = Literal["input", "output", "weight", "vector", "example", "slip", "space"]


class ExpressionError(ValueError):
    """A text that is no expression, or names what is not there; one sentence for a person."""


class NoValue(ExpressionError):
    """An expression is well, but has no value now: nothing to divide by, no floor, no answer."""


class Length(Protocol):
    """A path, as far as its length goes."""

    @property
    def length(self) -> int:
        """Its last step."""


class Live(Protocol):
    """A bench at one moment; a session is one."""

    @property
    def experiment(self) -> Experiment:
        """What is on the bench."""

    @property
    def state(self) -> State:
        """All numbers of the step that is looked at."""

    @property
    def zones(self) -> AlphaZones:
        """What alpha does at that step."""

    @property
    def path(self) -> Length:
        """The path."""

    @property
    def phase(self) -> Phase:
        """How far that step has been taken."""

    @property
    def slip(self) -> str | None:
        """The key of the slip that is in the listing."""

    @property
    def space(self) -> str:
        """The name of what is shown of the space of images."""


@dataclass(frozen=True)
class Quantity:
    """One row: ``members`` are what stands behind the name, in round brackets for ``call``.

    ``number`` is called with the bench and the members as they are written; ``truth`` says that
    it is 1 or 0, and stands for yes or no.
    """

    number: Callable[..., float]
    members: tuple[Member, ...] = ()
    call: bool = False
    truth: bool = False

    @property
    def optional(self) -> bool:
        """Whether the member may be left out where there is only one."""
        return self.members == ("output",) and not self.call


# -- members -----------------------------------------------------------------------------------


def _output(live: Live, name: str | None) -> int:
    outputs = live.experiment.outputs
    if name is None:
        if len(outputs) == 1:
            return 0
        raise ExpressionError(
            say(
                "there are several outputs, so say which: {outputs}",
                outputs=", ".join(f"[{_quoted(output)}]" for output in outputs[:6]),
            )
        )
    return _place(outputs, name, say("there is no output “{name}”", name=name[:40]))


def _input(live: Live, name: str) -> int:
    return _place(live.experiment.inputs, name, say("there is no input “{name}”", name=name[:40]))


def _place(names: tuple[str, ...], name: str, fault: str) -> int:
    if name not in names:
        raise ExpressionError(
            say(
                "{fault}, there are {names}",
                fault=fault,
                names=", ".join(_quoted(known) for known in names[:6]),
            )
        )
    return names.index(name)


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f'"{name}"'


def _cell(live: Live, letters: str) -> tuple[int, int]:
    try:
        return weight_cell(live.experiment, letters)
    except ValueError as error:
        raise ExpressionError(str(error)) from error


def _vector(live: Live, name: str) -> Floats:
    """The weights of an output by its name, the inputs of an example by its number, or of now."""
    if name == ON_THE_BENCH and name not in live.experiment.outputs:
        return live.state.inputs
    if not name.isdecimal():
        weights: Floats = live.state.weights[_output(live, name)]
        return weights
    return live.state.setup.examples.inputs(_row(live, name))


def _row(live: Live, number: str) -> int:
    """The index of an example by its number, which counts from 1."""
    last = len(live.state.setup.examples)
    if not number.isdecimal() or not 1 <= int(number) <= last:
        raise ExpressionError(say("there are examples 1 to {last:,}", last=last))
    return int(number) - 1


# -- of an input or weight -----------------------------------------------------------------------


def _x(live: Live, name: str) -> float:
    return float(live.state.inputs[_input(live, name)])


def _of_weight(found: Callable[[State], Floats]) -> Callable[[Live, str], float]:
    def number(live: Live, letters: str) -> float:
        cell = _cell(live, letters)
        return float(found(live.state)[cell])

    return number


def _used_change(state: State) -> Floats:
    return -state.setup.alpha * state.used_weight_delta + 0.0


def _bowl(live: Live, letters: str) -> Bowl:
    output, column = _cell(live, letters)
    state = live.state
    return Bowl(
        float(state.weights[output, column]),
        float(state.inputs[column]),
        float(state.delta[output]),
    )


def _slope(live: Live, letters: str) -> float:
    return _bowl(live, letters).slope


def _floor(live: Live, letters: str) -> float:
    floor = _bowl(live, letters).floor
    if floor is None:
        raise NoValue(say("the bowl of {letters} has no floor: its input is 0", letters=letters))
    return floor


def _frozen(live: Live, letters: str) -> float:
    return float(live.state.setup.frozen[_cell(live, letters)])


# -- of an output --------------------------------------------------------------------------------


def _of_output(found: Callable[[State], Floats]) -> Callable[..., float]:
    def number(live: Live, name: str | None = None) -> float:
        return float(found(live.state)[_output(live, name)])

    return number


def _target(live: Live, name: str | None = None) -> float:
    output = _output(live, name)
    if not live.state.is_labelled:
        raise NoValue(say("the image has no label yet, and so no target"))
    return float(live.state.target[output])


def _s(live: Live, name: str | None = None) -> float:
    state = live.state
    sums = sums_of_squares(state.inputs[None, :], state.setup.frozen)[0]
    return float(sums[_output(live, name)])


def _factor(live: Live, name: str | None = None) -> float:
    return 1.0 - live.state.setup.alpha * _s(live, name)


# -- of the moment -------------------------------------------------------------------------------


def _limit(live: Live) -> float:
    return _known(live.zones.limit)


def _one_step(live: Live) -> float:
    return _known(live.zones.one_step)


def _known(alpha: float | None) -> float:
    if alpha is None:
        raise NoValue(say("alpha has no limit here: nothing can move, or it is being looked for"))
    return alpha


def _total_error(live: Live) -> float:
    return float(live.state.error.sum())


def _example(live: Live) -> float:
    if live.state.example is None:
        raise NoValue(say("what is on the bench is none of the examples"))
    return live.state.example + 1.0


def _held_out(live: Live) -> float:
    digits = live.experiment.digits
    if digits is None or not len(digits.held_out_labels):
        raise ExpressionError(say("no images are held out here"))
    images, order = digits.held_out_images, live.state.setup.order
    scores = scores_of(live.state.weights, images if order is None else images[:, order])
    return quality_of(judge(scores, digits.held_out_labels)).accuracy


def _slipped(live: Live, key: str) -> float:
    try:
        return float(live.slip == check_slip(key))
    except ValueError as error:
        raise ExpressionError(str(error)) from error


def _shows(live: Live, name: str) -> float:
    try:
        return float(live.space == check_space(name))
    except ValueError as error:
        raise ExpressionError(str(error)) from error


# -- of all examples -----------------------------------------------------------------------------


def _every_example(live: Live) -> tuple[Floats, Floats]:
    """Inputs (n, n_inputs) and targets (n, n_outputs) of all examples."""
    examples = live.state.setup.examples
    return examples.rows(np.arange(len(examples), dtype=np.int64))


def _error_of(live: Live, name: str) -> float:
    examples, row = live.state.setup.examples, _row(live, name)
    pred = live.state.weights @ examples.inputs(row)
    return float(((pred - examples.target(row)) ** 2).sum())


def _examples_error(live: Live) -> float:
    inputs, targets = _every_example(live)
    return float(((inputs @ live.state.weights.T - targets) ** 2).sum())


def _blank(live: Live) -> float:
    return float((_every_example(live)[0] == 0).all(axis=0).sum())


# -- of images and vectors -----------------------------------------------------------------------


def _dot(live: Live, first: str, second: str) -> float:
    return float(_vector(live, first) @ _vector(live, second))


def _distance(live: Live, first: str, second: str) -> float:
    return float(np.linalg.norm(_vector(live, first) - _vector(live, second)))


def _ink(live: Live, name: str) -> float:
    return float(np.count_nonzero(live.state.weights[_output(live, name)]))


def _against(live: Live, name: str) -> float:
    return float(np.count_nonzero(live.state.weights[_output(live, name)] < 0))


def _inked(live: Live) -> float:
    return float(np.count_nonzero(live.state.weights.any(axis=1)))


QUANTITIES: dict[str, Quantity] = {
    "x": Quantity(_x, ("input",)),
    "w": Quantity(_of_weight(lambda state: state.weights), ("weight",)),
    "weight_delta": Quantity(_of_weight(lambda state: state.weight_delta), ("weight",)),
    "used": Quantity(_of_weight(lambda state: state.used_weight_delta), ("weight",)),
    "change": Quantity(_of_weight(_used_change), ("weight",)),
    "slope": Quantity(_slope, ("weight",)),
    "floor": Quantity(_floor, ("weight",)),
    "frozen": Quantity(_frozen, ("weight",), truth=True),
    "pred": Quantity(_of_output(lambda state: state.pred), ("output",)),
    "target": Quantity(_target, ("output",)),
    "delta": Quantity(_of_output(lambda state: state.delta), ("output",)),
    "error": Quantity(_of_output(lambda state: state.error), ("output",)),
    "s": Quantity(_s, ("output",)),
    "factor": Quantity(_factor, ("output",)),
    "alpha": Quantity(lambda live: live.state.setup.alpha),
    "limit": Quantity(_limit),
    "one_step": Quantity(_one_step),
    "total_error": Quantity(_total_error),
    "step": Quantity(lambda live: float(live.state.step)),
    "predicted": Quantity(lambda live: float(live.phase >= Phase.PREDICTED), truth=True),
    "compared": Quantity(lambda live: float(live.phase >= Phase.COMPARED), truth=True),
    "slipped": Quantity(_slipped, ("slip",), call=True, truth=True),
    "space": Quantity(_shows, ("space",), call=True, truth=True),
    "length": Quantity(lambda live: float(live.path.length)),
    "example": Quantity(_example),
    "held_out": Quantity(_held_out),
    "error_of": Quantity(_error_of, ("example",), call=True),
    "examples_error": Quantity(_examples_error),
    "blank": Quantity(_blank),
    "dot": Quantity(_dot, ("vector", "vector"), call=True),
    "distance": Quantity(_distance, ("vector", "vector"), call=True),
    "ink": Quantity(_ink, ("output",), call=True),
    "against": Quantity(_against, ("output",), call=True),
    "inked": Quantity(_inked),
    "inputs": Quantity(lambda live: float(len(live.experiment.inputs))),
    "outputs": Quantity(lambda live: float(len(live.experiment.outputs))),
    "weights": Quantity(lambda live: float(live.state.weights.size)),
    "examples": Quantity(lambda live: float(len(live.state.setup.examples))),
}


def measure(live: Live, quantity: str, members: tuple[str, ...]) -> float:
    """The finite number of that name on a bench.

    Raises ExpressionError where a member is not there, NoValue where it has no finite number.
    """
    number = QUANTITIES[quantity].number(live, *members)
    if not math.isfinite(number):
        raise NoValue(say("{quantity} has no finite value", quantity=quantity))
    return number
