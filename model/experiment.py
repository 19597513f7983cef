"""Experiments: what is on the bench, and the JSON file it is kept in.

A file from a stranger is only data. Everything in it is checked before anything is made of
it, and the first fault is told in one sentence that names the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from model.digits import DigitSet, one_hot
from model.edits import Edit
from model.examples import Examples
from model.network import Floats
from model.setup import Setup

_QUICK_STEPS, _QUICK_EDITS = 20_000, 200


# What of a look a file can hold; the values are checked where they are looked at.
VIEW_NAMES = (
    "panel", "panels", "output", "weights", "pixel", "quantity", "scale", "enlarged", "log",
    "one_scale", "hot_and_cold", "pair", "part", "form", "slip", "speed",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Experiment:
    """What is on the bench: names, data, order, starting weights, frozen mask and alpha.

    ``weights`` and ``setup.frozen`` have shape (n_outputs, n_inputs). ``digits`` is set where
    the inputs are images; ``edits``, ``length`` and ``position`` restore a saved path, and
    ``view`` what was looked at, by the names of the window's view.
    """

    name: str
    about: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    setup: Setup
    weights: Floats
    digits: DigitSet | None = None
    edits: tuple[Edit, ...] = ()
    length: int = 0
    position: int = 0
    view: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """(rows, columns) where the inputs of an example form an image."""
        return self.digits.shape if self.digits is not None else None

    @property
    def constant(self) -> str | None:
        """The name of the input that is always 1, if there is one."""
        column = self.setup.constant
        return None if column is None else self.inputs[column]

    @property
    def is_of_pairs(self) -> bool:
        """Whether examples and starting weights are the same vectors, as to multiply any two."""
        return np.array_equal(self.setup.examples.base_inputs, self.weights)

    @property
    def is_quick(self) -> bool:
        """Whether its saved edits are few and early: following them takes no longer than a frame.

        The steps after the last of them are taken when they are wanted.
        """
        last = self.edits[-1].step if self.edits else 0
        return last <= _QUICK_STEPS and len(self.edits) <= _QUICK_EDITS

    def afresh(self) -> Experiment:
        """The same experiment without its saved path and look."""
        return replace(self, edits=(), length=0, position=0, view=MappingProxyType({}))

    def on(self, digits: DigitSet) -> Experiment:
        """The same experiment afresh, on other images of the same size."""
        schedule = replace(self.setup.schedule, n_examples=len(digits.images))
        examples = Examples(digits.images, one_hot(digits.labels, len(self.outputs)))
        setup = replace(self.setup, examples=examples, schedule=schedule)
        return replace(self.afresh(), setup=setup, digits=digits)
