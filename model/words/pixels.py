"""What is said beneath the weight images: what the colours mean, a part of the step, or a pixel.

Colours are marked in a sentence by the role of a colour: ``<positive>blue</>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np

from model.door import mark, say
from model.experiment import Experiment
from model.path import State
from model.phase import StepPart
from model.words import numbers

# A text and the role of its colour.
Piece = tuple[str, str]
ColoredText = tuple[Piece, ...]
Fits = Callable[[ColoredText], bool]

Shown = Literal["weight", "weight_delta", "input × weight"]
SHOWN: tuple[Shown, ...] = get_args(Shown)
PictureKind = Literal["weight", "weight_delta", "input × weight", "change"]


# The longest that fits is said.
_LEGENDS: dict[PictureKind, tuple[str, ...]] = {
    "weight": (
        mark(
            "Every weight is a pixel: <positive>blue votes for</>, "
            "<negative>orange votes against</>"
        ),
        mark("<positive>blue votes for</>, <negative>orange votes against</>"),
        mark("<positive>blue for</>, <negative>orange against</>"),
    ),
    "weight_delta": (
        mark(
            "Every weight_delta is a pixel: <positive>blue lowers its weight</>, "
            "<negative>orange raises it</>"
        ),
        mark("<positive>blue lowers its weight</>, <negative>orange raises it</>"),
        mark("<positive>blue lowers</>, <negative>orange raises</>"),
    ),
    "input × weight": (
        mark(
            "Every product is a pixel: <positive>blue adds to the score</>, "
            "<negative>orange takes from it</>"
        ),
        mark("<positive>blue adds to the score</>, <negative>orange takes from it</>"),
        mark("<positive>blue adds</>, <negative>orange takes</>"),
    ),
    "change": (
        mark(
            "Every change is a pixel: <positive>blue raised its weight</>, "
            "<negative>orange lowered it</>"
        ),
        mark("<positive>blue raised its weight</>, <negative>orange lowered it</>"),
        mark("<positive>blue raised</>, <negative>orange lowered</>"),
    ),
}
_HATCHED = mark("{legend} · <frozen>hatched is frozen</>")

_PREDICT = (
    mark("Predict: each score is the sum of input × weight over {n:,} pixels; the network {says}"),
    mark("Predict: each score sums input × weight over {n:,} pixels"),
    mark("Predict: score = sum of input × weight"),
    mark("Predict: the scores"),
)
_COMPARE = (
    mark(
        "Compare: delta = score − target, and every pixel is now its weight_delta, delta × input; "
        "the largest is {most}"
    ),
    mark("Compare: every pixel is its weight_delta, delta × input, up to {most}"),
    mark("Compare: weight_delta = delta × input"),
    mark("Compare: delta × input"),
)
_LEARN = (
    mark(
        "Learn: every pixel is what its weight changed by, −{alpha} × its weight_delta; the "
        "largest change is {most}"
    ),
    mark("Learn: every weight changed by −{alpha} × weight_delta, up to {most}"),
    mark("Learn: change = −{alpha} × weight_delta"),
    mark("Learn: what changed"),
)
_SAYS = mark("says {name}")
_SAYS_NOTHING = mark("says nothing yet")

_PIXEL = (
    mark("{pixel} · input {input} · weight {weight} · weight_delta {weight_delta}"),
    mark("{short} · input {input} · weight {weight} · weight_delta {weight_delta}"),
    mark("input {input} · weight {weight} · weight_delta {weight_delta}"),
    mark("input {input} · weight {weight}"),
    mark("weight {weight}"),
)
_PIXEL_PREDICT = (
    mark("{pixel} · input {input} × weight {weight} = {product}"),
    mark("{short} · input {input} × weight {weight} = {product}"),
    mark("{input} × {weight} = {product}"),
    mark("weight {weight}"),
)
_PIXEL_COMPARE = (
    mark("{pixel} · delta {delta} × input {input} = weight_delta {weight_delta}"),
    mark("{short} · delta {delta} × input {input} = weight_delta {weight_delta}"),
    mark("{delta} × {input} = {weight_delta}"),
)
_PIXEL_LEARN = (
    mark("{pixel} · weight {weight} → {after}: change {change} = −{alpha} × {plain_delta}"),
    mark("{short} · weight {weight} → {after}: change {change}"),
    mark("weight {weight} → {after}"),
    mark("{weight} → {after}"),
)
_FROZEN = mark("<frozen>0, frozen</> (else {value})")
_STAYED = mark("{pixel} · weight {weight}: <frozen>frozen, so it stayed</>")

_colored = re.compile(r"<(\w+)>(.*?)</>").split


def colored(text: str) -> ColoredText:
    """A text whose colours are marked, in pieces; what is not marked is muted."""
    parts = _colored(text)
    pieces = [(parts[0], "muted")]
    for at in range(1, len(parts), 3):
        pieces += [(parts[at + 1], parts[at]), (parts[at + 2], "muted")]
    return tuple(piece for piece in pieces if piece[0])


_NO_WEIGHT_DELTA = (
    mark("No weight_delta without a label: say what the image is"),
    mark("No weight_delta without a label"),
    mark("no label yet"),
)


def legend(kind: PictureKind, any_frozen: bool, is_labelled: bool, fits: Fits) -> ColoredText:
    """What the colours mean, and the hatching where something is frozen; shorter if need be.

    Without a label there are no weight_deltas whose colours could mean something.
    """
    if kind == "weight_delta" and not is_labelled:
        return _longest([say(sentence) for sentence in _NO_WEIGHT_DELTA], fits)
    texts = [say(sentence) for sentence in _LEGENDS[kind]]
    if any_frozen:
        texts = [say(_HATCHED, legend=text) for text in texts]
    return _longest(texts, fits)


def part_words(part: StepPart, experiment: Experiment, state: State, fits: Fits) -> ColoredText:
    """What a part of a step has just made of the pictures; shorter where there is little room."""
    sentences = {
        StepPart.PREDICT: _PREDICT, StepPart.COMPARE: _COMPARE, StepPart.LEARN: _LEARN
    }[part]  # fmt: skip
    largest = float(np.abs(state.used_weight_delta).max())
    most = largest * state.setup.alpha if part is StepPart.LEARN else largest
    slots = {
        "n": state.inputs.size,
        "says": _says(experiment, state),
        "most": numbers.plain(most, 3),
        "alpha": numbers.plain(state.setup.alpha),
    }
    texts = [say(sentence, **slots) for sentence in sentences]
    return tuple((text, "ink") for text, _ in _longest(texts, fits))


def _says(experiment: Experiment, state: State) -> str:
    top = int(np.argmax(state.pred))
    if np.count_nonzero(state.pred == state.pred[top]) > 1:
        return say(_SAYS_NOTHING)
    return say(_SAYS, name=experiment.outputs[top])


def pixel_words(
    experiment: Experiment,
    state: State,
    output: int,
    column: int,
    fits: Fits,
    part: StepPart = StepPart.REST,
) -> ColoredText:
    """The numbers of a pixel of one output, in a part of the step as that part uses them.

    ``state`` is the step that is in sight. The longest wording that fits is chosen.
    """
    name = experiment.inputs[column]
    value, weight = float(state.inputs[column]), float(state.weights[output, column])
    weight_delta = state.weight_delta_of(output, column)
    frozen = bool(state.setup.frozen[output, column])
    change = 0.0 if frozen else state.change_of(output, column)
    slots = {
        "pixel": name,
        "short": name.removeprefix("pixel "),
        "input": _in_color(value, numbers.plain(value, 3), "ink"),
        "weight": _in_color(weight),
        "product": _in_color(value * weight),
        "delta": _in_color(float(state.delta[output])),
        "weight_delta": _delta_words(weight_delta, frozen) if state.is_labelled else "–",
        "plain_delta": _in_color(weight_delta),
        "after": _in_color(weight + change),
        "change": _in_color(change),
        "alpha": numbers.plain(state.setup.alpha),
    }
    return _longest([say(sentence, **slots) for sentence in _wordings(part, frozen)], fits)


def _wordings(part: StepPart, frozen: bool) -> tuple[str, ...]:
    if part is StepPart.PREDICT:
        return _PIXEL_PREDICT
    if part is StepPart.COMPARE:
        return _PIXEL_COMPARE
    if part is StepPart.LEARN:
        return (_STAYED, *_PIXEL_LEARN[2:]) if frozen else _PIXEL_LEARN
    return _PIXEL


def _delta_words(value: float, frozen: bool) -> str:
    if not frozen:
        return _in_color(value)
    return say(_FROZEN, value=numbers.signed(value))


def _in_color(value: float, text: str | None = None, role: str | None = None) -> str:
    """A number with the mark of its colour, by its sign where no role is given."""
    if role is None:
        role = numbers.sign_role(value)
    return f"<{role}>{numbers.signed(value) if text is None else text}</>"


def _longest(texts: Sequence[str], fits: Fits) -> ColoredText:
    """The first that fits, of texts that become shorter, or else the last."""
    wordings = [colored(text) for text in texts]
    return next((pieces for pieces in wordings if fits(pieces)), wordings[-1])
