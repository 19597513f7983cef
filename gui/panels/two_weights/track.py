"""The path of two weights, in no more points than a picture can show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.network import Floats
from model.path import State

# So many of the newest steps are drawn one by one, and so many of all that came before.
_NEWEST, _OLDER = 1500, 1500


def track(
    steps: Floats, weights: Floats, position: int, state: State, cells: Sequence[tuple[int, int]]
) -> tuple[Floats, int]:
    """Points (m, 2) of a path of two weights (n, 2) at ``steps`` (n,), and how many are so far.

    The last of these is ``state``, that of ``position``. Long ago some steps are left out, in
    neighbouring pairs: a path that goes to and fro is still seen to do so.
    """
    n = int(np.searchsorted(steps, position, side="right"))
    so_far = _thinned(weights[:n])
    now = np.array([[state.weights[cell] for cell in cells]])
    if not n or steps[n - 1] != position:
        so_far = np.vstack([so_far, now])
    return np.vstack([so_far, _thinned(weights[n:][::-1])[::-1]]), len(so_far)


def _thinned(points: Floats) -> Floats:
    """All of a few points; of more the newest, and pairs of those before."""
    n_old = len(points) - _NEWEST
    if n_old <= _OLDER:
        return points
    pairs = np.linspace(0, n_old - 2, _OLDER // 2).astype(np.intp)
    kept = np.unique(np.concatenate([pairs, pairs + 1]))
    return np.vstack([points[kept], points[n_old:]])
