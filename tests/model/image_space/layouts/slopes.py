"""The slope of a layout's cost, held against differences of the cost itself."""

from __future__ import annotations

import numpy as np

from model.image_space.layouts import Layout
from model.network import Floats


def measured_slope(layout: Layout, places: Floats, step: float = 1e-5) -> Floats:
    """Central differences of the cost at places (n, d), (n, d)."""
    slope = np.empty_like(places)
    for at in np.ndindex(*places.shape):
        costs = []
        for sign in (1, -1):
            moved = places.copy()
            moved[at] += sign * step
            costs.append(layout.slope(moved)[1])
        slope[at] = (costs[0] - costs[1]) / (2 * step)
    return slope
