"""The repulsion of t-SNE among many points, on nested grids of Gaussians.

Each of n points repels every other one by K(r)² r with K(r) = 1 / (1 + r²): n² terms. But K is the
integral of exp(−t (1 + r²)) over t from 0 to infinity, so that a sum of some Gaussians exp(−t r²)
is as good as K; and a Gaussian is one in x times one in y. So the points are laid on a grid, and
their potential Σ_j K(y_i − y_j) there is, for each Gaussian, the grid times one small matrix from
the left and one from the right. What pushes a point is half its slope downwards, as
dK/dr = −2 K² r. A wide Gaussian needs no fine grid: each lies on one that fits it.

Sources: the sum of Gaussians, G. Beylkin and L. Monzón, "On approximation of functions by
exponential sums", 2005; points laid on a grid by splines, and what to put between its corners,
R. W. Hockney and J. W. Eastwood, "Computer Simulation Using Particles", 1988, chapter 8; grids each
twice as wide as the one before, D. J. Hardy et al., "Multilevel summation with B-spline
interpolation", 2016; t-SNE on a grid, G. C. Linderman et al., "Fast interpolation-based t-SNE",
2019.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

Single = NDArray[np.float32]

# K(r) = Σ weight exp(−t r²), the trapezoid rule over log t: right to 0.0006, while K(0) is 1.
_NODES = np.exp(np.arange(-13.0, 3.0))
_WEIGHTS = _NODES * np.exp(-_NODES)

# How wide the squares of the finest grid are at the most, in units of the map: with 0.5 the forces
# are off by some 3 % of their norm. A map of few squares has narrower ones.
_MAX_SPACING, _MIN_SPACING, _MIN_SQUARES = 0.5, 0.125, 64
_LEVELS = 5
# The sizes of grids are multiples of this, so that they are seldom made again.
_ROUND = 16
# Of the largest number of a matrix: what is as good as 0.
_NOTHING = 1e-5
_ROWS = 32
_FREQUENCIES = 4096


class Mesh:
    """Finds the repulsion; keeps its grids as long as the map fits them."""

    def __init__(self) -> None:
        self._grids: _Grids | None = None

    def repulsion(self, points: Floats) -> tuple[Floats, float]:
        """Σ_j K(r_ij)² (y_i − y_j) of points (n, 2) around 0, and Z = Σ_i Σ_j≠i K(r_ij)."""
        spacing, half = _size_for(points)
        grids = self._grids
        if grids is None or (grids.spacing, grids.half) != (spacing, half):
            self._grids = grids = _Grids(spacing, half)
        side = 2 * half + 1
        column, across = _splines(points[:, 0] / spacing + half)
        row, down = _splines(points[:, 1] / spacing + half)
        corners = (row[:, :, None] * side + column[:, None, :]).reshape(len(points), 16)
        shares = (down[:, :, None] * across[:, None, :]).reshape(len(points), 16)
        laid = np.bincount(corners.ravel(), shares.ravel(), side * side)
        here, x, y = (
            np.einsum("ni,ni->n", grid.ravel().take(corners), shares)
            for grid in grids.potential(laid.astype(np.float32).reshape(side, side))
        )
        # A point's own K(0) = 1 is no pair.
        total = float(here.sum(dtype=np.float64)) - len(points)
        return np.column_stack((x, y)).astype(np.float64) / -2, total


def _size_for(points: Floats) -> tuple[float, int]:
    """Spacing of the finest grid, and how many squares it has from its middle to each side."""
    reach = float(np.abs(points).max())
    spacing = _MAX_SPACING
    while spacing > _MIN_SPACING and 2 * reach < _MIN_SQUARES * spacing:
        spacing /= 2
    # The splines of a point reach two corners beyond its square.
    half = int(reach / spacing) + 3
    return spacing, -(-half // _ROUND) * _ROUND


class _Grids:
    """Nested grids around 0: the corners of the finest are -half..half times ``spacing``."""

    def __init__(self, spacing: float, half: int) -> None:
        self.spacing = spacing
        self.half = half
        halves = [half]
        for _ in range(_LEVELS - 1):
            halves.append((halves[-1] + 2) // 2)
        # From each grid to the next wider one.
        self._coarser = [_coarsening(wide) for wide in halves[:-1]]
        self._gaussians: list[list[_Band]] = [[] for _ in halves]
        for t, weight in zip(_NODES, _WEIGHTS, strict=True):
            # On the widest grid whose squares are no wider than its deviation.
            level = max(
                (i for i in range(1, _LEVELS) if spacing * 2**i <= 1 / np.sqrt(2 * t)), default=0
            )
            width = t * (spacing * 2**level) ** 2
            numbers = _gaussian(width) * np.sqrt(weight)
            self._gaussians[level].append(_Band(numbers, 2 * halves[level] + 1))
        self._slopes = [
            _Band(_slope() / (spacing * 2**level), 2 * wide + 1, sign=-1)
            for level, wide in enumerate(halves)
        ]

    def potential(self, laid: Single) -> tuple[Single, Single, Single]:
        """Σ_j K from the points laid on the finest grid, and its slopes along x and y, there.

        The slopes are found on each grid before it is read at the corners of the finer one: then
        two points push each other alike, and one does not push itself.
        """
        grids = [laid]
        for coarser in self._coarser:
            grids.append(np.asarray(coarser @ grids[-1] @ coarser.T))
        found: list[Single] = []
        for level in reversed(range(_LEVELS)):
            if found:
                finer = self._coarser[level]
                found = [np.asarray(finer.T @ grid @ finer) for grid in found]
            own: Single = np.zeros_like(grids[level])
            for gaussian in self._gaussians[level]:
                own += gaussian.times(gaussian.times(grids[level]).T).T
            slope = self._slopes[level]
            parts = own, slope.times(own.T).T, slope.times(own)
            found = [a + b for a, b in zip(found, parts, strict=True)] if found else list(parts)
        return found[0], found[1], found[2]


class _Band:
    """A square matrix with the same number along each diagonal, and 0 far from the middle one."""

    def __init__(self, numbers: Floats, size: int, sign: float = 1) -> None:
        """``numbers`` of the diagonals from the middle one down; above, times ``sign``."""
        kept = np.abs(numbers) > _NOTHING * np.abs(numbers).max()
        self._reach = min(size, int(np.flatnonzero(kept)[-1]) + 1)
        below = np.subtract.outer(np.arange(size), np.arange(size))
        matrix = numbers[np.minimum(np.abs(below), len(numbers) - 1)]
        self._matrix: Single = np.where(below < 0, sign * matrix, matrix).astype(np.float32)

    def times(self, grid: Single) -> Single:
        """The matrix times a grid (size, m); some rows at once, and only what is not 0."""
        out = np.empty(grid.shape, dtype=np.float32)
        for start in range(0, len(grid), _ROWS):
            low, high = max(0, start - self._reach), start + _ROWS + self._reach
            some = self._matrix[start : start + _ROWS, low:high]
            np.matmul(some, grid[low:high], out=out[start : start + _ROWS])
        return out


def _splines(places: Floats) -> tuple[NDArray[np.intp], Single]:
    """The four corners beside places (n,) on one axis, in squares, and the share of each: (n, 4).

    Shares are a cubic B-spline's; they have the sum 1.
    """
    before = np.floor(places).astype(np.intp)
    f = (places - before).astype(np.float32)
    g = 1 - f
    shares = np.empty((len(f), 4), dtype=np.float32)
    shares[:, 0] = g**3 / 6
    shares[:, 1] = (4 - 6 * f**2 + 3 * f**3) / 6
    shares[:, 2] = (4 - 6 * g**2 + 3 * g**3) / 6
    shares[:, 3] = f**3 / 6
    return before[:, None] + np.arange(-1, 3), shares


def _coarsening(half: int) -> Single:
    """From corners -half..half to every second one: B(x / 2) = Σ_k (1, 4, 6, 4, 1) / 8 B(x − k).

    Exact for the cubic spline B: points that were laid on the finer grid come to lie on the wider
    one as if they had been laid there. Turned round, it reads the wider grid at the finer corners.
    """
    wider = (half + 2) // 2
    corners = np.arange(-wider, wider + 1)
    matrix = np.zeros((2 * wider + 1, 2 * half + 1), dtype=np.float32)
    for k, share in zip(range(-2, 3), (1, 4, 6, 4, 1), strict=True):
        finer = 2 * corners + k + half
        inside = (finer >= 0) & (finer <= 2 * half)
        matrix[np.flatnonzero(inside), finer[inside]] = share / 8
    return matrix


def _gaussian(t: float) -> Floats:
    """What to put between corners 0, 1, … squares apart for exp(−t r²) between two points.

    Both are laid and read by splines, which blur; this makes up for it. Hockney and Eastwood's best
    influence function: what comes out is nearest to the Gaussian on average over where two points
    lie in their squares.
    """
    wanted, had = np.zeros(_FREQUENCIES), np.zeros(_FREQUENCIES)
    for k, twice in _aliases():
        wanted += twice * np.sqrt(np.pi / t) * np.exp(-(k**2) / (4 * t))
        had += twice
    return np.asarray(np.fft.ifft(wanted / had**2).real[: _FREQUENCIES // 2])


def _slope() -> Floats:
    """What to put between corners for the slope of a grid that is read by splines.

    The slope of a cubic spline is no cubic spline: this is the one nearest to it.
    """
    wanted, had = np.zeros(_FREQUENCIES), np.zeros(_FREQUENCIES)
    for k, twice in _aliases():
        wanted += twice * k
        had += twice
    return np.asarray(np.fft.ifft(1j * wanted / had).real[: _FREQUENCIES // 2])


def _aliases() -> list[tuple[Floats, Floats]]:
    """Frequencies that look the same on a grid, and the square of a cubic spline's part of each."""
    frequencies = 2 * np.pi * np.fft.fftfreq(_FREQUENCIES)
    aliases = []
    for alias in range(-4, 5):
        k: Floats = np.asarray(frequencies + 2 * np.pi * alias)
        aliases.append((k, np.sinc(k / (2 * np.pi)) ** 8))
    return aliases
