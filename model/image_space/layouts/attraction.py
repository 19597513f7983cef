"""The attraction of t-SNE: neighbours pull each other together."""

from __future__ import annotations

import numpy as np

from model.image_space.layouts.affinities import Affinities
from model.network import Floats

# Pairs that are worked on at once: as many as stay in the processor's cache.
_AT_ONCE = 2**15


class Attraction:
    """What a sparse P (n, n) does to n points of a map."""

    def __init__(self, p: Affinities, dtype: type[np.floating] = np.float32) -> None:
        ends = np.append(p.starts, len(p.columns))
        # 0 log 0 is 0: a neighbour may be so far that exp(−beta d²) is 0.
        logs = np.log(p.values, out=np.zeros_like(p.values), where=p.values > 0)
        self._entropy = float(p.values @ logs)
        # Rows are taken together up to so many pairs.
        self._rows: list[slice] = []
        first = 0
        while first < len(p.starts):
            last = max(first + 1, int(np.searchsorted(ends, ends[first] + _AT_ONCE)) - 1)
            self._rows.append(slice(first, last))
            first = last
        self._pairs = [slice(int(ends[r.start]), int(ends[r.stop])) for r in self._rows]
        self._counts = p.counts
        self._starts = p.starts
        self._columns = p.columns
        self._values = p.values.astype(dtype)

    def at(self, places: Floats) -> tuple[Floats, float]:
        """Σ_j p_ij K(r_ij) (y_i − y_j), (n, d), and Σ p log p − Σ p log K, with K(r) = 1/(1+r²)."""
        axes = places.T.astype(self._values.dtype)
        pull, logs = np.empty_like(axes), 0.0
        for rows, pairs in zip(self._rows, self._pairs, strict=True):
            counts, columns, p = self._counts[rows], self._columns[pairs], self._values[pairs]
            away = [np.repeat(y[rows], counts) - y.take(columns) for y in axes]
            inverse = np.ones_like(p)
            for apart in away:
                inverse += apart * apart
            logs += float(p @ np.log(inverse))
            strength = p / inverse
            starts = self._starts[rows] - pairs.start
            for axis, apart in enumerate(away):
                pull[axis, rows] = np.add.reduceat(strength * apart, starts)
        return pull.T.astype(np.float64), self._entropy + logs
