"""The marks of edits on the time line: one for those that lie close together.

They are worked out with arrays, a pixel of the line each, so that ten thousand take no longer than
ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from gui.look.theme import look
from model.edits import EDIT_KINDS, Edit
from model.path.readable import ReadablePath

# Marks nearer to each other than this many pixels become one.
NEAR = 6
# The theme's name of the colour of a mark of edits of several kinds.
_MIXED = "muted"


class Mark(NamedTuple):
    """One or more edits at about the same place of the line, in order.

    ``role`` is the theme's name of its colour: that of its kind, where it has but one.
    """

    x: float
    edits: tuple[Edit, ...]
    role: str


@dataclass(frozen=True, eq=False)
class Marks:
    """Marks from left to right.

    Attributes
    ----------
    x : float array, (n,)
        Where they stand, pixels.
    starts : int array, (n + 1,)
        The first edit of each, and the number of all edits.
    kinds : int array, (n,)
        The place in EDIT_KINDS of the kind of its edits; -1 where they are of several.
    """

    path: ReadablePath
    x: NDArray[np.float64]
    starts: NDArray[np.intp]
    kinds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, at: int) -> Mark:
        if not 0 <= at < len(self):
            raise IndexError(at)
        edits = self.path.edits[self.starts[at] : self.starts[at + 1]]
        return Mark(float(self.x[at]), edits, _roles()[self.kinds[at]])

    def __iter__(self) -> Iterator[Mark]:
        return (self[at] for at in range(len(self)))

    def near(self, x: float) -> list[Edit]:
        """The edits of the marks about a place."""
        found = np.flatnonzero(np.abs(self.x - x) <= NEAR)
        return [edit for at in found for edit in self[int(at)].edits]

    def row(self, width: int, thin: int, thick: int) -> QImage | None:
        """The marks as one row of pixels; None where there are none.

        ``thin`` is how wide a mark of one edit is, ``thick`` that of several.
        """
        if not len(self):
            return None
        colors = np.array([look.theme.color(role).rgba() for role in _roles()])
        pixels = np.zeros(width, dtype=np.uint32)
        n = np.where(np.diff(self.starts) > 1, thick, thin)
        first = np.rint(self.x - n / 2).astype(np.intp)
        for offset in range(thick):
            here = (offset < n) & (first + offset >= 0) & (first + offset < width)
            pixels[(first + offset)[here]] = colors[self.kinds[here]]
        return QImage(pixels.tobytes(), width, 1, 4 * width, QImage.Format.Format_ARGB32).copy()


def _roles() -> list[str]:
    """The colours of all kinds, and in the last place that of several."""
    return [*(kind.role for kind in EDIT_KINDS.values()), _MIXED]


def marks_on(path: ReadablePath, left: float, pixels_a_step: float) -> Marks:
    """The marks of a path whose step 0 stands at ``left``."""
    kinds = path.edit_kinds
    if not len(kinds):
        none = np.empty(0)
        return Marks(path, none, np.zeros(1, dtype=np.intp), none.astype(np.int64))
    x = np.asarray(left + path.edit_steps * pixels_a_step, dtype=np.float64)
    # One look at each pixel that has edits, however many they are.
    first_at_pixel = np.flatnonzero(np.diff(np.floor(x), prepend=-1.0)).tolist()
    starts: list[int] = []
    for start in first_at_pixel:
        if not starts or x[start] - x[starts[-1]] >= NEAR:
            starts.append(start)
    lowest, highest = np.minimum.reduceat(kinds, starts), np.maximum.reduceat(kinds, starts)
    return Marks(
        path, x[starts], np.array([*starts, len(kinds)], dtype=np.intp),
        np.where(lowest == highest, lowest, -1),
    )  # fmt: skip
