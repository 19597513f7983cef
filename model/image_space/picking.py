"""Which points of a picture are meant: the nearest to the mouse, and those inside a lasso."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.network import Floats


def nearest(points: NDArray[np.floating], at: tuple[float, float], within: float) -> int | None:
    """The point (n, 2) nearest to ``at``, the last painted of equal ones; None beyond ``within``.

    Points with a NaN (hidden ones) are never found.
    """
    raise NotImplementedError


def inside(points: NDArray[np.floating], polygon: Floats) -> NDArray[np.bool_]:
    """Which points (n, 2) lie inside a closed polygon (m, 2), by the even-odd rule: (n,).

    A polygon of fewer than three corners has nothing inside; nor has NaN.
    """
    raise NotImplementedError
