"""Experiments: what is on the bench, and the JSON file it is kept in.

A file from a stranger is only data. Everything in it is checked before anything is made of
it, and the first fault is told in one sentence that names the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from model.digits import DigitSet, one_hot
from model.edits import Edit
from model.examples import Examples, sealed
from model.network import Floats
from model.setup import Setup

_QUICK_STEPS, _QUICK_EDITS = 20_000, 200
# Runs that can be pinned at once.
MAX_PINS = 24
# What an experiment may hold: weights, and numbers of all its examples together.
MAX_WEIGHTS = 1_000_000
MAX_EXAMPLE_NUMBERS = 10_000_000


# What of a look a file can hold; the values are checked where they are looked at.
VIEW_NAMES = (
    "panel", "panels", "output", "weights", "pixel", "quantity", "scale", "enlarged", "log",
    "one_scale", "hot_and_cold", "pair", "part", "form", "slip", "space", "two_weights",
    "wide", "speed",
)  # fmt: skip


Scaled = Literal["standard", "unit"]
Scale = Literal["none", "standard", "unit"]
SCALED: tuple[Scaled, ...] = get_args(Scaled)
SCALES: tuple[Scale, ...] = get_args(Scale)


@dataclass(frozen=True, eq=False)
class Transform:
    """How the inputs of an experiment were made from the numbers that somebody brought.

    Input j of an example is (raw[j] - offset[j]) / scale[j].

    Attributes
    ----------
    kind : str
        "standard": each input has mean 0 and standard deviation 1 (of all its values, as a whole
        population); "unit": each goes from 0 to 1.
    offset, scale : numpy.ndarray
        (n_inputs,) each.
    raw : numpy.ndarray
        The numbers as they were brought, (n_examples, n_inputs).
    """

    kind: Scaled
    offset: Floats
    scale: Floats
    raw: Floats

    def __post_init__(self) -> None:
        for array in (self.offset, self.scale, self.raw):
            sealed(array)

    @classmethod
    def fitted(cls, kind: Scaled, raw: Floats) -> Transform:
        """The transform of that kind that fits ``raw``, (n_examples, n_inputs).

        An input that is always the same stays as it is.
        """
        low, high = raw.min(axis=0), raw.max(axis=0)
        if kind == "standard":
            offset, scale = raw.mean(axis=0), raw.std(axis=0)
        else:
            offset, scale = low, high - low
        still = (low == high) | (scale == 0.0)
        return cls(kind, np.where(still, 0.0, offset), np.where(still, 1.0, scale), raw)

    @property
    def inputs(self) -> Floats:
        """The inputs of the experiment, (n_examples, n_inputs)."""
        return self.given(self.raw)

    def given(self, raw: Floats) -> Floats:
        """What the network is given of raw inputs, (..., n_inputs)."""
        scaled: Floats = (raw - self.offset) / self.scale
        return scaled


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Examples that are never learned from: the network is only asked about them.

    Attributes
    ----------
    raw : numpy.ndarray
        The inputs as they were brought, (n, n_inputs).
    inputs : numpy.ndarray
        The inputs as the network is given them, (n, n_inputs): scaled as the examples are, by
        what was found of the examples alone.
    targets : numpy.ndarray
        (n, n_outputs).
    """

    raw: Floats
    inputs: Floats
    targets: Floats

    def __post_init__(self) -> None:
        for array in (self.raw, self.inputs, self.targets):
            sealed(array)

    def __len__(self) -> int:
        return len(self.targets)


@dataclass(frozen=True, eq=False)
class Experiment:
    """What is on the bench: names, data, order, starting weights, frozen mask and alpha.

    ``weights`` and ``setup.frozen`` have shape (n_outputs, n_inputs). ``digits`` is set where
    the inputs are images; ``edits``, ``length`` and ``position`` restore a saved path, and
    ``view`` what was looked at, by the names of the window's view. ``transform`` is set where
    the inputs are other numbers than those that were brought, ``held_out`` where some rows are
    never learned from. ``pins`` are runs that are kept to be compared with.
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
    transform: Transform | None = None
    pins: tuple[Pin, ...] = ()
    held_out: HeldOut | None = None

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """(rows, columns) where the inputs of an example form an image."""
        return self.digits.shape if self.digits is not None else None

    def class_name(self, label: int) -> str:
        """What a label of its images is called: as the output for it, if there is one."""
        if label < len(self.outputs):
            return self.outputs[label]
        known = self.digits.classes if self.digits is not None else ()
        return known[label] if label < len(known) else str(label)

    @property
    def constant(self) -> str | None:
        """The name of the input that is always 1, if there is one."""
        column = self.setup.constant
        return None if column is None else self.inputs[column]

    @property
    def is_of_pairs(self) -> bool:
        """Whether examples and starting weights are the same vectors, as to multiply any two.

        Zeros are none: they stand where nothing was given yet.
        """
        rows = self.setup.examples.base_inputs
        return np.array_equal(rows, self.weights) and bool(self.weights.any())

    @property
    def is_quick(self) -> bool:
        """Whether its saved edits are few and early: following them takes no longer than a frame.

        The steps after the last of them are taken when they are wanted. The edits of its pins
        count, too.
        """
        runs = [self.edits, *(pin.edits for pin in self.pins)]
        last = sum(edits[-1].step for edits in runs if edits)
        return last <= _QUICK_STEPS and sum(map(len, runs)) <= _QUICK_EDITS

    def afresh(self) -> Experiment:
        """The same experiment without its saved path, look and pins."""
        nothing = MappingProxyType[str, object]({})
        return replace(self, edits=(), length=0, position=0, view=nothing, pins=())

    def on(self, digits: DigitSet) -> Experiment:
        """The same experiment afresh, on other images of the same size."""
        schedule = replace(self.setup.schedule, n_examples=len(digits.images))
        examples = Examples(digits.images, one_hot(digits.labels, len(self.outputs)))
        setup = replace(self.setup, examples=examples, schedule=schedule)
        return replace(self.afresh(), setup=setup, digits=digits)


@dataclass(frozen=True, eq=False)
class Pin:
    """A run that is kept to be compared with others: all that it takes to make it again.

    Attributes
    ----------
    name : str
        What its line is called; no other pin of a bench has the same.
    base : Experiment
        What it began from, afresh; often the very experiment on the bench.
    edits : tuple of Edit
        The changes made on its way, oldest first.
    length : int
        Its last step.
    mark : int
        From 0, below ``MAX_PINS``: how its line is told from others, and which pin it is whatever
        it is called. No other pin of a bench has the same.
    hidden : bool
        Whether its line is left out of the plots for now.
    """

    name: str
    base: Experiment
    edits: tuple[Edit, ...]
    length: int
    mark: int = 0
    hidden: bool = False
