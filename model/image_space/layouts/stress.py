"""MDS and Sammon's mapping: distances in the map as in the full space, as far as they can be.

Source of the method, SMACOF: I. Borg and P. Groenen, "Modern Multidimensional Scaling", 2nd
edition, 2005, chapter 8; of the second cost, J. W. Sammon, "A nonlinear mapping for data structure
analysis", IEEE Transactions on Computers C-18, 1969.
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from model.door import say
from model.image_space.inputs import SampleInputs
from model.image_space.layouts.layout import Layout, LayoutSettings
from model.image_space.layouts.pairs import Single, full_distances, inverse, squared_distances
from model.image_space.pca import leading_coordinates
from model.image_space.portions import Portions, part
from model.network import Floats

_USUAL_STEPS = 400


class Stress(Layout):
    """Makes Σ w_ij (d_ij − δ_ij)² smaller at every step, d in the map and δ in the full space.

    It needs no rate: a parabola that lies above the cost everywhere and touches it where the
    points are has its floor at Y − V⁺ S, with S_i = Σ_j w_ij (1 − δ_ij / d_ij) (y_i − y_j), the
    slope but for a factor, and V the same with w_ij alone. The points go there. Pairs with d = 0
    push each other nowhere.
    """

    def __init__(
        self, inputs: SampleInputs, settings: LayoutSettings, dtype: type[np.floating] = np.float32
    ) -> None:
        super().__init__(inputs, settings, _USUAL_STEPS)
        self._dtype = dtype
        self._wanted: Single = np.zeros((0, 0), dtype=np.float32)
        # How much each pair counts, (n, n), unless all count alike.
        self._weights: Single | None = None
        self._scale = 1.0

    def _start(self) -> Portions[Floats]:
        d = self.settings.dimensions
        leading = yield from part(0.0, 0.3, leading_coordinates(self.distinct, d))
        self._wanted = yield from part(0.3, 0.6, full_distances(self.distinct))
        yield from part(0.6, 1.0, self._weigh())
        if self.settings.start == "pca":
            return leading
        return self._random_start() * float(self._wanted.mean() / np.sqrt(2 * d))

    def slope(self, places: Floats) -> tuple[Floats, float]:
        """The slope of the cost along every coordinate, (n_distinct, d), and the cost itself."""
        charges = np.column_stack((places, np.ones(len(places)))).astype(self._dtype)
        slope, cost = np.empty_like(places), 0.0
        for rows, apart in squared_distances(places, self._dtype):
            np.sqrt(apart, out=apart)
            wanted = self._wanted[rows]
            gap = apart - wanted
            apart[apart == 0] = np.inf
            strength = 1 - wanted / apart
            if self._weights is not None:
                strength *= self._weights[rows]
                cost += float(np.vdot(gap * self._weights[rows], gap))
            else:
                cost += float(np.vdot(gap, gap))
            sums = strength @ charges
            slope[rows] = places[rows] * sums[:, -1:] - sums[:, :-1]
        # Every pair was met twice, and both ends of it move.
        return slope * (4 / self._scale), cost / self._scale

    def _moved(self, places: Floats) -> tuple[float, Floats]:
        slope, cost = self.slope(places)
        return cost, places - self._floor(slope * (self._scale / 4))

    @abstractmethod
    def _weigh(self) -> Portions[None]:
        """Find whatever depends on the distances wanted alone."""

    @abstractmethod
    def _floor(self, slope: Floats) -> Floats:
        """V⁺ times (n, d), whose columns have the sum 0."""


class MDS(Stress):
    """Metric multidimensional scaling: every pair counts alike, w = 1.

    The cost is Σ (d − δ)² / Σ δ²: 0 where the map shows every distance as it is, and 1 where all
    points lie on one spot.
    """

    @property
    def cost_name(self) -> str:
        """What ``costs`` is, for a person."""
        return say("stress")

    def _weigh(self) -> Portions[None]:
        self._scale = float(np.square(self._wanted).sum(dtype=np.float64))
        yield 1.0

    def _floor(self, slope: Floats) -> Floats:
        return slope / len(slope)


class Sammon(Stress):
    """Sammon's mapping: small distances count more, w = 1 / δ.

    The cost is Σ (d − δ)² / δ divided by Σ δ, as Sammon's. Where two examples are nearer than a
    thousandth of the average distance, that stands in for δ in w.
    """

    @property
    def cost_name(self) -> str:
        """What ``costs`` is, for a person."""
        return say("Sammon’s stress")

    def _weigh(self) -> Portions[None]:
        n = len(self._wanted)
        self._scale = float(self._wanted.sum(dtype=np.float64))
        nearest = np.float32(1e-3 * self._scale / n**2)
        weights: Single = np.reciprocal(np.maximum(self._wanted, nearest))
        np.fill_diagonal(weights, 0)
        self._weights = weights
        yield 0.03
        laplacian: Floats = np.negative(weights, dtype=np.float64)
        yield 0.06
        np.fill_diagonal(laplacian, -laplacian.sum(axis=1))
        # What moves all points alike has no weight; any will do, as the sums are 0.
        laplacian += laplacian.trace() / n**2
        self._inverse = yield from part(0.1, 1.0, inverse(laplacian))

    def _floor(self, slope: Floats) -> Floats:
        return np.asarray(self._inverse @ slope)
