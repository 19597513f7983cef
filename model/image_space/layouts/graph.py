"""The nearest-neighbour graph, laid out by springs between neighbours and repulsion of all.

Source of the cost: A. Noack, "Energy models for graph clustering", Journal of Graph Algorithms and
Applications 11, 2007, with the powers of T. Fruchterman's and E. Reingold's repulsion and of
M. Jacomy et al., "ForceAtlas2", PLoS ONE 9, 2014.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.image_space.inputs import SampleInputs
from model.image_space.layouts.layout import Layout, LayoutSettings
from model.image_space.layouts.neighbours import neighbours
from model.image_space.layouts.pairs import inverse, squared_distances
from model.image_space.pca import leading_coordinates
from model.image_space.portions import Portions, part
from model.network import Floats

_USUAL_STEPS = 200
# Keeps pieces of the graph that nothing joins from drifting apart for ever.
_TO_THE_MIDDLE = 0.05


class Graph(Layout):
    """Makes ½ Σ_edges d² + ½ g Σ |y|² − Σ_pairs log d smaller: springs, and all push all.

    The cost is that, divided by the number of all pairs. With M, the matrix of the springs and of
    g, the slope of the sum is M Y − F(Y), F_i = Σ_j (y_i − y_j) / d². Where nothing moves,
    Y = M⁻¹ F(Y); each step goes half of the way there, by M⁻¹ times half the slope, because going
    the whole way a map that is too wide becomes as much too narrow.
    """

    def __init__(
        self, inputs: SampleInputs, settings: LayoutSettings, dtype: type[np.floating] = np.float32
    ) -> None:
        super().__init__(inputs, settings, _USUAL_STEPS)
        self._dtype = dtype
        self._joined: NDArray[np.intp] = np.zeros((0, 2), dtype=np.intp)
        self._inverse: Floats = np.zeros((0, 0))

    @property
    def cost_name(self) -> str:
        """What ``costs`` is, for a person."""
        return say("energy for each pair")

    def _start(self) -> Portions[Floats]:
        n, d = self.n_distinct, self.settings.dimensions
        leading = yield from part(0.0, 0.3, leading_coordinates(self.distinct, d))
        k = min(n - 1, self.settings.neighbours)
        near = yield from part(0.3, 0.6, neighbours(self.distinct.rows(slice(None)), k))
        self._joined = _edges(near.rows)
        _, first = np.unique(self._which, return_index=True)
        self.edges = first[self._joined]
        springs = np.zeros((n, n))
        one, other = self._joined.T
        springs[one, other] = springs[other, one] = -1
        np.fill_diagonal(springs, _TO_THE_MIDDLE - springs.sum(axis=1))
        self._inverse = yield from part(0.6, 1.0, inverse(springs))
        places = leading if self.settings.start == "pca" else self._random_start()
        return places * self._fitting_width(places)

    def _fitting_width(self, places: Floats) -> float:
        """By how much to widen places so that springs and repulsion are in balance as a whole."""
        one, other = places[self._joined[:, 0]], places[self._joined[:, 1]]
        springs = np.square(one - other).sum() + _TO_THE_MIDDLE * np.square(places).sum()
        n = len(places)
        return float(np.sqrt(n * (n - 1) / 2 / springs))

    def slope(self, places: Floats) -> tuple[Floats, float]:
        """The slope of the cost along every coordinate, (n_distinct, d), and the cost itself."""
        n = len(places)
        n_pairs = n * (n - 1) / 2
        push, logs = self._repulsion(places)
        one, other = self._joined.T
        apart = places[one] - places[other]
        pull = _TO_THE_MIDDLE * places
        np.add.at(pull, one, apart)
        np.subtract.at(pull, other, apart)
        springs = np.square(apart).sum() + _TO_THE_MIDDLE * np.square(places).sum()
        return (pull - push) / n_pairs, (float(springs) / 2 - logs) / n_pairs

    def _moved(self, places: Floats) -> tuple[float, Floats]:
        slope, cost = self.slope(places)
        n = len(places)
        return cost, places - self._inverse @ slope * (n * (n - 1) / 4)

    def _repulsion(self, places: Floats) -> tuple[Floats, float]:
        """F at places (n, d), (n, d), and Σ_pairs log d; pairs on one spot push nowhere."""
        charges = np.column_stack((places, np.ones(len(places)))).astype(self._dtype)
        push, logs = np.empty_like(places), 0.0
        for rows, squares in squared_distances(places, self._dtype):
            none = squares == 0
            squares[none] = 1
            logs += float(np.log(squares).sum(dtype=np.float64))
            np.reciprocal(squares, out=squares)
            squares[none] = 0
            sums = squares @ charges
            push[rows] = places[rows] * sums[:, -1:] - sums[:, :-1]
        # Every pair was met twice, and log d² is twice log d.
        return push, logs / 4


def _edges(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Every pair of which one is among the nearest (n, k) of the other, once: (m, 2)."""
    n, k = rows.shape
    here, there = np.repeat(np.arange(n), k), rows.ravel()
    codes = np.unique(np.minimum(here, there) * n + np.maximum(here, there))
    return np.column_stack((codes // n, codes % n))
