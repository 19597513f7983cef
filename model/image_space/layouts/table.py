"""The layouts by name, what each can do, and which settings fit how many examples."""

from __future__ import annotations

from dataclasses import dataclass

from model.image_space.inputs import SampleInputs
from model.image_space.layouts.layout import Layout, LayoutKind, LayoutSettings


@dataclass(frozen=True)
class LayoutRow:
    """One kind of layout.

    Attributes
    ----------
    name : str
        For a person.
    most : dict
        How many points it may have, by the number of dimensions.
    usual : int
        How many it has unless others are asked for.
    """

    name: str
    most: dict[int, int]
    usual: int = 1000


LAYOUTS: dict[LayoutKind, LayoutRow] = {
    "tsne": LayoutRow("t-SNE", {2: 10_000, 3: 1000}, 2000),
    "mds": LayoutRow("MDS", {2: 2000, 3: 2000}),
    "sammon": LayoutRow("Sammon’s mapping", {2: 2000, 3: 2000}),
    "graph": LayoutRow("Nearest-neighbour graph", {2: 2000, 3: 2000}),
}


def fault(settings: LayoutSettings, n: int) -> str | None:
    """One sentence on what of the settings does not fit n examples; None where all do.

    The sentence says what would fit: a perplexity of at most (n - 1) / 3, fewer points, fewer
    neighbours than examples.
    """
    raise NotImplementedError


def make_layout(inputs: SampleInputs, settings: LayoutSettings) -> Layout:
    """The layout of these settings, not yet prepared.

    Raises ValueError with the sentence of ``fault``.
    """
    raise NotImplementedError
