"""What every layout that moves has in common: prepared in portions, then one step at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.image_space.inputs import SampleInputs, distinct_rows
from model.image_space.portions import Portions
from model.network import Floats

Start = Literal["pca", "random"]
LayoutKind = Literal["tsne", "mds", "sammon", "graph"]


@dataclass(frozen=True)
class LayoutSettings:
    """What a person chooses before a run; a changed one needs a new run.

    Attributes
    ----------
    kind : "tsne", "mds", "sammon" or "graph"
    dimensions : 2 or 3
    start : "pca", or "random" by the seed
    seed : int
        The same seed gives the same coordinates, bit for bit on one machine.
    perplexity : float
        Of t-SNE alone: about how many neighbours each point has.
    exaggeration : float
        Of t-SNE alone: how many times as strong neighbours attract each other at first.
    neighbours : int
        Of the graph alone: how many nearest examples each is joined to.
    """

    kind: LayoutKind = "tsne"
    dimensions: int = 2
    start: Start = "pca"
    seed: int = 0
    perplexity: float = 30.0
    exaggeration: float = 12.0
    neighbours: int = 5


class Layout(ABC):
    """A map of n examples that becomes better step by step.

    Made at once; ``prepare`` is then run through to its end, and ``step`` as often as wanted,
    all in one thread at a time. Neither a portion nor a step takes longer than about 50 ms at
    the largest size offered, so whoever asks in between whether to pause or stop is heard soon.
    ``coordinates`` is replaced at each step and never written into: another thread may read it.

    Examples with the very same inputs share a place and count once; of one alone nothing moves.

    Attributes
    ----------
    coordinates : float64 array, shape (n, dimensions)
        Where the points are. All 0 until it is prepared.
    iteration : int
        How many steps were taken.
    costs : list of float
        The cost before each step that was taken, to be drawn as a curve.
    edges : intp array, shape (m, 2), or None
        The pairs of points that are joined, where the layout has lines to be drawn.
    n_steps : int
        After how many steps a run usually ends; more can be taken.
    """

    def __init__(self, inputs: SampleInputs, settings: LayoutSettings, n_steps: int) -> None:
        self.inputs = inputs
        self.settings = settings
        self.n_steps = n_steps
        self.distinct, self._which = distinct_rows(inputs)
        self._places: Floats = np.zeros((self.n_distinct, settings.dimensions))
        self.coordinates = self._places[self._which]
        self.iteration = 0
        self.costs: list[float] = []
        self.edges: NDArray[np.intp] | None = None

    @property
    def n_distinct(self) -> int:
        """How many different examples there are."""
        return len(self.distinct)

    @property
    @abstractmethod
    def cost_name(self) -> str:
        """What ``costs`` is, for a person."""

    def prepare(self) -> Portions[None]:
        """Find neighbours and distances, and put the points where they start."""
        if self.n_distinct > 1:
            self._show((yield from self._start()))

    def step(self) -> float:
        """Move all points once; the cost before."""
        cost = 0.0
        if self.n_distinct > 1:
            cost, places = self._moved(self._places)
            self._show(places)
        self.iteration += 1
        self.costs.append(cost)
        return cost

    @abstractmethod
    def slope(self, places: Floats) -> tuple[Floats, float]:
        """The slope of the cost along every coordinate, (n_distinct, d), and the cost itself."""

    @abstractmethod
    def _start(self) -> Portions[Floats]:
        """Whatever the steps need, and where the distinct points start, (n_distinct, d)."""

    @abstractmethod
    def _moved(self, places: Floats) -> tuple[float, Floats]:
        """The cost at these places (n_distinct, d), and the places after one step."""

    def _show(self, places: Floats) -> None:
        self._places = places
        self.coordinates = places[self._which]

    def _random_start(self) -> Floats:
        """Normal numbers of deviation 1 by the seed, (n_distinct, d)."""
        shape = (self.n_distinct, self.settings.dimensions)
        return np.random.default_rng(self.settings.seed).standard_normal(shape)
