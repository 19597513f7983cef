"""Numbers and cells by the hundred thousand, kept in arrays.

A tuple of a million cells is a million objects: it takes a fifth of a second to make, and as long
to look through. Few stay a tuple, so that equal ones are equal whoever made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

# More than these are kept in an array: their number alone decides. Of fewer, what a path counts for
# an edit is what it takes; of more, what a file of it takes to be read.
MAX_TUPLE = 10_000
Item = TypeVar("Item")
Cell = tuple[int, int]


class _Packed(Sequence[Item], Generic[Item]):
    """An array, (n,) or (n, k), that reads like a tuple; nobody can write into it."""

    __slots__ = ("array",)

    def __init__(self, array: NDArray[Any]) -> None:
        self.array = array.view()
        self.array.setflags(write=False)

    def _item(self, value: Any) -> Item:
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        found = self.array[place].tolist()
        if isinstance(place, slice):
            return tuple(map(self._item, found))
        return self._item(found)

    def __iter__(self) -> Iterator[Item]:
        return map(self._item, self.array.tolist())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and np.array_equal(self.array, other.array)

    def __hash__(self) -> int:
        return hash((len(self), self[0], self[-1]))

    def __repr__(self) -> str:
        return f"<{len(self):,} from {self[0]} to {self[-1]}>"


class Numbers(_Packed[float]):
    """Numbers, float64 (n,)."""

    def _item(self, value: Any) -> float:
        return float(value)


class Cells(_Packed[Cell]):
    """Cells (row, column), int32 (n, 2), whose rows and columns each lie in one piece."""

    def _item(self, value: Any) -> Cell:
        row, column = value
        return row, column


def packed_numbers(values: Sequence[float] | NDArray[np.float64]) -> Sequence[float]:
    """The numbers as a tuple, or in an array where they are many."""
    if isinstance(values, Numbers):
        return values
    if len(values) > MAX_TUPLE:
        return Numbers(np.array(values, dtype=np.float64))
    return tuple(values.tolist()) if isinstance(values, np.ndarray) else tuple(values)


def packed_cells(cells: Sequence[Cell] | NDArray[np.intp]) -> Sequence[Cell]:
    """The cells as a tuple, or in an array where they are many and no place is beyond all rows."""
    if isinstance(cells, Cells):
        return cells
    if isinstance(cells, np.ndarray):
        if len(cells) > MAX_TUPLE:
            return Cells(cells.astype(np.int32, order="F"))
        return tuple((row, column) for row, column in cells.tolist())
    cells = tuple(cells)
    if len(cells) <= MAX_TUPLE:
        return cells
    try:
        places = np.fromiter(chain.from_iterable(cells), dtype=np.int32, count=2 * len(cells))
    except OverflowError:
        return cells
    return Cells(np.asfortranarray(places.reshape(-1, 2)))


def array_of(values: Sequence[float]) -> NDArray[np.float64]:
    """The numbers as an array, (n,): the one that they are kept in, where they are many."""
    if isinstance(values, Numbers):
        return values.array
    return np.array(values, dtype=np.float64)
