"""What hiding named parts hides: the numbers of a step, and the pictures and lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.experiment import Experiment
from model.network import Mask
from model.path import State
from model.path.hidden import Hidden
from model.words.parts import Part, named

# The numbers of an output, and all that is made of its delta.
_OF_OUTPUT = frozenset({"output", "pred", "score", "target", "label", "delta"})
_HELD_OUT = frozenset(
    {"held_out", "quality", "accuracy", "confusion", "mistakes", "plot:accuracy", "score"}
)
# All that a sentence why, or a program with a slip beside it, is made of.
_REASONS = _OF_OUTPUT | {
    "why", "network", "zones", "alpha", "weight", "image", "input", "pixel", "weight_delta", "next",
    "error", "bowl", "slope", "floor",
}  # fmt: skip
# What has no numbers that could be left out one by one, a panel or a part of one by its name: it
# is covered as a whole as soon as a part of one of these families is hidden.
_COVERED_BY: dict[str, frozenset[str]] = {
    "zones": frozenset({"zones", "alpha"}),
    "why": _REASONS,
    "listing": _REASONS | {"listing"},
    "plot:error": _OF_OUTPUT | {"curves", "plot:error", "error"},
    "plot:weights": frozenset({"curves", "plot:weights", "weight", "image"}),
    "standing": _REASONS | {"curves", "standing", "plot:error", "plot:weights", "image", "label"},
    "two_weights": _REASONS | {
        "two_weights", "plot:two_weights", "curves", "plot:weights", "plot:error", "image",
    },
    "image_input": frozenset({"image_input", "pixel", "label", "target"}),
    "weight_images": _OF_OUTPUT | {"weight_images", "image", "pixel"},
    "dot_product": _OF_OUTPUT | {"dot_product", "weight", "image", "input", "pixel"},
    "pixel_values": frozenset({"pixel_values", "pixel", "image"}),
    "examples": _OF_OUTPUT | {"examples", "pixel"},
    "image_space": _OF_OUTPUT | {
        "image_space", "plot:space", "space_colors", "space_reading", "image", "pixel",
    },
    "pins": _REASONS | {"pins", "curves", "plot:error", "plot:weights"},
    "sweep": _REASONS | {"sweep", "curves", "plot:error"},
    "held_out_error": _REASONS | {
        "held_out_error", "plot:held_out_error", "curves", "plot:error", "image",
    },
    "held_out": _HELD_OUT,
    "quality": _HELD_OUT,
}  # fmt: skip
# Families whose parts are numbers of a step, and what they are called there.
_NUMBERS = {
    "input": ("inputs",), "pixel": ("inputs",), "weight": ("weights",), "image": ("weights",),
    "weight_delta": ("weight_delta",), "slope": ("slope",), "floor": ("floor",),
    "bowl": ("slope", "floor"), "next": ("change",), "pred": ("pred",), "score": ("pred",),
    "target": ("target",), "label": ("target",), "delta": ("delta",), "error": ("error",),
    "output": ("pred", "target", "delta", "error"),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Veils:
    """What is hidden on a bench: numbers of each of its steps, and pictures and lists.

    ``names`` are the names of the hidden parts, each of a family by its own.
    """

    names: frozenset[str]
    numbers: Hidden
    _families: frozenset[str]

    def hides(self, family: str) -> bool:
        """Whether any part of a family is hidden by its own name."""
        return family in self._families

    def covers(self, name: str) -> bool:
        """Whether a picture or list is covered: a panel by its key, or a part of one."""
        return bool(self._families & _COVERED_BY.get(name, frozenset({name})))

    def covers_bowl(self, state: State, output: int, column: int) -> bool:
        """Whether nothing of the bowl of a weight may be seen at a step."""
        if not self.names:
            return False
        hidden = self.numbers.with_what_follows(state)
        return self.covers("curves") or bool(hidden.floor[output, column] | hidden.error[output])

    def hides_slope(self, state: State, output: int, column: int) -> bool:
        """Whether the slope of the error along a weight is hidden at a step."""
        if not self.names:
            return False
        return bool(self.numbers.with_what_follows(state).slope[output, column])


def veils(experiment: Experiment, names: Iterable[str] = ()) -> Veils:
    """What is hidden where these parts or families are.

    Raises ValueError, with one sentence, where the experiment has no part of a name.
    """
    found = [one for name in names for one in named(experiment, name)]
    hidden = Hidden.nothing(*experiment.weights.shape)
    for one in found:
        for number in _NUMBERS.get(one.family, ()):
            _mark(experiment, getattr(hidden, number), one)
    return Veils(
        frozenset(one.name for one in found), hidden, frozenset(one.family for one in found)
    )


def _mark(experiment: Experiment, mask: Mask, one: Part) -> None:
    """Mark the numbers that a part stands for."""
    if one.family == "pixel" and experiment.image_shape is not None:
        mask[np.ravel_multi_index(one.cell, experiment.image_shape)] = True
    else:
        mask[one.cell] = True
