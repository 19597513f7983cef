"""The layouts by name, what each can do, and which settings fit how many examples."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

from model.door import mark, say
from model.image_space.inputs import SampleInputs
from model.image_space.layouts.layout import Layout, LayoutKind, LayoutSettings

MIN_EXAGGERATION, MAX_EXAGGERATION = 1, 100
MAX_NEIGHBOURS = 50


@dataclass(frozen=True)
class LayoutRow:
    """One kind of layout.

    Attributes
    ----------
    name : str
        For a person; to be said.
    factory : str
        "module:Class" of this room, imported when a layout is made: the window comes up without.
    most : dict
        How many points it may have, by the number of dimensions.
    usual : int
        How many it has unless others are asked for.
    """

    name: str
    factory: str
    most: dict[int, int]
    usual: int = 1000

    def make(self, inputs: SampleInputs, settings: LayoutSettings) -> Layout:
        """The layout of some inputs, not yet prepared."""
        module, _, name = self.factory.partition(":")
        found = import_module(f"model.image_space.layouts.{module}")
        return cast("Layout", getattr(found, name)(inputs, settings))


LAYOUTS: dict[LayoutKind, LayoutRow] = {
    "tsne": LayoutRow(mark("t-SNE"), "tsne:TSNE", {2: 10_000, 3: 1000}, 2000),
    "mds": LayoutRow(mark("MDS"), "stress:MDS", {2: 2000, 3: 2000}),
    "sammon": LayoutRow(mark("Sammon’s mapping"), "stress:Sammon", {2: 2000, 3: 2000}),
    "graph": LayoutRow(mark("nearest-neighbour graph"), "graph:Graph", {2: 2000, 3: 2000}),
}


def max_perplexity(n: int) -> float:
    """The largest perplexity for n different examples: a third of the others, and at least 1."""
    return max(1.0, (n - 1) / 3)


def fault(settings: LayoutSettings, n: int) -> str | None:
    """One sentence on what of the settings does not fit n examples; None where all do.

    Of n different ones: 60 images of which all are the same count as one.
    """
    row = LAYOUTS[settings.kind]
    most = row.most.get(settings.dimensions)
    if most is None:
        return say("a layout has two or three dimensions, not {n}", n=settings.dimensions)
    if n > most:
        return say(
            "{layout} in {d} dimensions takes up to {most:,} examples, not {n:,}: "
            "choose a smaller sample",
            layout=say(row.name), d=settings.dimensions, most=most, n=n,
        )  # fmt: skip
    if settings.seed < 0:
        return say("a seed is a whole number from 0")
    return _fault_of_numbers(settings, n)


def _fault_of_numbers(settings: LayoutSettings, n: int) -> str | None:
    if settings.kind == "tsne":
        if not MIN_EXAGGERATION <= settings.exaggeration <= MAX_EXAGGERATION:
            return say(
                "the exaggeration is a number from {least} to {most}",
                least=MIN_EXAGGERATION, most=MAX_EXAGGERATION,
            )  # fmt: skip
        if not settings.perplexity >= 1:
            return say("a perplexity is a number of neighbours, at least 1")
        # Of a single point there are none to be counted.
        if n > 1 and settings.perplexity > max_perplexity(n):
            return say(
                "a perplexity of {wanted:g} needs {needed:,} different examples or more, and there "
                "are {n:,}: choose one of {most:g} or less",
                wanted=settings.perplexity, needed=math.ceil(3 * settings.perplexity) + 1, n=n,
                most=math.floor(10 * max_perplexity(n)) / 10,
            )  # fmt: skip
    if settings.kind == "graph" and not 1 <= settings.neighbours <= MAX_NEIGHBOURS:
        return say("each example is joined to 1 to {most} others", most=MAX_NEIGHBOURS)
    return None


def fitting(settings: LayoutSettings, n: int) -> LayoutSettings:
    """The settings with a perplexity that n different examples have neighbours for."""
    if n == 1:
        return settings
    most = math.floor(10 * max_perplexity(n)) / 10
    return replace(settings, perplexity=min(settings.perplexity, most))


def make_layout(inputs: SampleInputs, settings: LayoutSettings) -> Layout:
    """The layout of these settings, not yet prepared.

    Raises ValueError with the sentence of ``fault``.
    """
    row, n = LAYOUTS[settings.kind], len(inputs)
    # Only as many examples as it can take are looked through for equal ones.
    layout = row.make(inputs, settings) if n <= row.most.get(settings.dimensions, 0) else None
    problem = fault(settings, n if layout is None else layout.n_distinct)
    if layout is None or problem is not None:
        raise ValueError(problem)
    return layout
