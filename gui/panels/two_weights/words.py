"""What is said of the error over two weights."""

from __future__ import annotations

from collections.abc import Sequence

from gui.session.contour.look import ContourLook
from model.door import listed, mark, say, say_count
from model.experiment import Experiment
from model.path import State
from model.study.two_weights import Cell, ErrorOverTwo
from model.words import numbers
from model.words.names import weight_name

_MAX_NAMED = 3


def weight_title(experiment: Experiment, cell: Cell) -> str:
    """A weight's letter and what it joins: of one output its input, of several both."""
    name, column = weight_name(experiment, *cell), experiment.inputs[cell[1]]
    if len(experiment.outputs) == 1:
        return say("{name} · {input}", name=name, input=column)
    return say(
        "{name} · {input} to {output}", name=name, input=column,
        output=experiment.outputs[cell[0]],
    )  # fmt: skip


def error_name(experiment: Experiment, state: State, shown: ContourLook, one: bool) -> str:
    """Which error the contours are of; ``one`` says that it is that of one example."""
    outputs = sorted({shown.across[0], shown.up[0]})
    slots = {"outputs": " + ".join(experiment.outputs[output] for output in outputs)}
    several = len(experiment.outputs) > 1
    if not one:
        return say(_MEAN_OF if several else _MEAN, **slots)
    if len(state.setup.examples) == 1 and state.example is not None:
        return say(_ALONE_OF if several else _ALONE, **slots)
    if state.example is None:
        return say(_GUEST_OF if several else _GUEST, **slots)
    return say(_ONE_OF if several else _ONE, number=state.example + 1, **slots)


_MEAN, _MEAN_OF = mark("mean error"), mark("mean error of {outputs}")
_ALONE, _ALONE_OF = mark("error"), mark("error of {outputs}")
_GUEST, _GUEST_OF = mark("error of what is drawn"), mark("error of {outputs} for what is drawn")
_ONE, _ONE_OF = (
    mark("error of example {number:,}"),
    mark("error of {outputs} for example {number:,}"),
)


def at_point(names: Sequence[str], point: tuple[float, float], error: float, error_is: str) -> str:
    """Two weights and the error there."""
    return say(
        "{error_is}: {error} at {first} {x}, {second} {y}",
        first=names[0], x=numbers.plain(point[0], 4), second=names[1],
        y=numbers.plain(point[1], 4), error_is=error_is, error=numbers.short(error),
    )  # fmt: skip


def least_words(names: Sequence[str], surface: ErrorOverTwo) -> str:
    """The least error that these two weights can reach, and where."""
    least = numbers.plain(surface.least, 4)
    if surface.floor is not None:
        return say(
            "Least {least}, at {first} {x} and {second} {y}.", least=least, first=names[0],
            x=numbers.short(surface.floor[0]), second=names[1],
            y=numbers.short(surface.floor[1]),
        )  # fmt: skip
    if surface.valley is not None:
        return say("Least {least}, all along the dashed line.", least=least)
    return say("Flat: neither of the two weights changes the error.")


def others_words(experiment: Experiment, shown: ContourLook, step: int) -> str:
    """That the picture depends on the present values of the other weights."""
    outputs = {shown.across[0], shown.up[0]}
    others = [
        weight_name(experiment, output, column)
        for output in sorted(outputs)
        for column in range(len(experiment.inputs))
        if (output, column) not in (shown.across, shown.up)
    ][: _MAX_NAMED + 1]
    if not others:
        return say("No other weight takes part in this error.")
    if len(others) > _MAX_NAMED:
        n = len(outputs) * len(experiment.inputs) - 2
        return say_count(
            "Drawn with the other weight as it is at step {step:,}; the contours follow it.",
            "Drawn with the other {n:,} weights as they are at step {step:,}; the contours follow "
            "them.",
            n, step=step,
        )  # fmt: skip
    return say_count(
        "Drawn with {names} as it is at step {step:,}; the contours follow it.",
        "Drawn with {names} as they are at step {step:,}; the contours follow them.",
        len(others), names=listed(others), step=step,
    )  # fmt: skip
