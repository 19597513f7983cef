"""The repulsion of t-SNE, every pair by itself."""

from __future__ import annotations

import numpy as np

from model.network import Floats

# Some rows of the matrix of all pairs at once: as many numbers as stay in the processor's cache.
_AT_ONCE = 2**16


def exact_repulsion(points: Floats, dtype: type[np.floating] = np.float32) -> tuple[Floats, float]:
    """Σ_j K(r_ij)² (y_i − y_j) and Z = Σ_i Σ_j≠i K(r_ij), with K(r) = 1 / (1 + r²).

    ``points`` (n, d) around 0; the sums are (n, d) and a number. 1 + r² is one product of
    matrices, (−2 y_i, 1 + |y_i|², 1) · (y_j, 1, |y_j|²); in single precision it is right to some
    1e-7 of the square of how far the map reaches.
    """
    n, d = points.shape
    y = points.astype(dtype)
    lengths = np.einsum("ij,ij->i", y, y)[:, None]
    ones = np.ones_like(lengths)
    left, right = np.hstack((-2 * y, 1 + lengths, ones)), np.hstack((y, ones, lengths)).T.copy()
    charges = np.hstack((y, ones))
    forces, total = np.empty((n, d)), 0.0
    rows = max(1, _AT_ONCE // n)
    for start in range(0, n, rows):
        here = slice(start, start + rows)
        kernel = left[here] @ right
        np.reciprocal(kernel, out=kernel)
        # A point and itself are no pair.
        kernel[np.arange(len(kernel)), np.arange(start, start + len(kernel))] = 0
        total += float(kernel.sum())
        np.square(kernel, out=kernel)
        sums = kernel @ charges
        forces[here] = y[here] * sums[:, d:] - sums[:, :d]
    return forces, total
