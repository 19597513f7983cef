"""What is said beneath the weight images: what the colours mean, or all about one pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from model.experiment import Experiment
from model.path import State
from model.words import numbers

# A text and the role of its colour.
Piece = tuple[str, str]
ColoredText = tuple[Piece, ...]

Shown = Literal["weight", "weight_delta", "input × weight"]
SHOWN: tuple[Shown, ...] = get_args(Shown)

_LEGENDS: dict[Shown, ColoredText] = {
    "weight": (
        ("Every weight is a pixel: ", "muted"),
        ("blue votes for", "positive"),
        (", ", "muted"),
        ("orange votes against", "negative"),
    ),
    "weight_delta": (
        ("Every weight_delta is a pixel: ", "muted"),
        ("blue lowers its weight", "positive"),
        (", ", "muted"),
        ("orange raises it", "negative"),
    ),
    "input × weight": (
        ("Every product is a pixel: ", "muted"),
        ("blue adds to the score", "positive"),
        (", ", "muted"),
        ("orange takes from it", "negative"),
    ),
}


def legend(shown: Shown, any_frozen: bool, fits: Callable[[ColoredText], bool]) -> ColoredText:
    """What the colours mean, and the hatching where something is frozen; shorter if need be."""
    hatching: ColoredText = (
        ((" · ", "muted"), ("hatched is frozen", "frozen")) if any_frozen else ()
    )
    whole = (*_LEGENDS[shown], *hatching)
    return whole if fits(whole) else whole[1:]


def pixel_words(
    experiment: Experiment,
    state: State,
    output: int,
    column: int,
    fits: Callable[[ColoredText], bool],
) -> ColoredText:
    """The input, weight and weight_delta of a pixel of one output.

    Where that does not fit, what the pointer shows anyway is said in fewer words.
    """
    name, weight = experiment.inputs[column], float(state.weights[output, column])
    numbers_of_it: ColoredText = (
        ("input ", "muted"),
        (numbers.plain(float(state.inputs[column]), 3), "ink"),
        (" · weight ", "muted"),
        (numbers.signed(weight), _role(weight)),
        (" · weight_delta ", "muted"),
        *_delta_words(state, output, column),
    )
    short = name.removeprefix("pixel ")
    wordings = [((f"{named} · ", "muted"), *numbers_of_it) for named in (name, short)]
    return next((pieces for pieces in wordings if fits(pieces)), numbers_of_it)


def _delta_words(state: State, output: int, column: int) -> ColoredText:
    delta = float(state.weight_delta[output, column])
    if not state.setup.frozen[output, column]:
        return ((numbers.signed(delta), _role(delta)),)
    return (("0, frozen", "frozen"), (f" (else {numbers.signed(delta)})", "muted"))


def _role(value: float) -> str:
    return "positive" if value > 0 else "negative" if value < 0 else "ink"
