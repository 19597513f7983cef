"""Cells of an array with a value for each: many are looked up and changed all at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.packed.rows import Cell, Cells, array_of, packed_cells, packed_numbers

Kind = TypeVar("Kind", bound=np.generic)
# Cells are joined by a table of all places from the first to the last, unless they lie farther
# apart than so many on average.
_MAX_ROOM = 8
# So many more are looked for one by one.
_FEW = 8


def lie_within(at: Sequence[Cell], rows: int, columns: int) -> bool:
    """Whether all cells are those of an array of that shape."""
    if isinstance(at, Cells):
        places = zip(at.array.T, (rows, columns), strict=True)
        return all(place.min() >= 0 and place.max() < n for place, n in places)
    return all(0 <= row < rows and 0 <= column < columns for row, column in at)


def with_cells(array: NDArray[Kind], at: Sequence[Cell], to: Sequence[float]) -> NDArray[Kind]:
    """A copy of an array, (rows, columns), with these values in these cells."""
    changed = array.copy(order="C")
    # -0 as 0: an update of nothing would not keep the sign of a frozen -0.
    if isinstance(at, Cells):
        changed.ravel()[_keys(at.array, array.shape[1])] = array_of(to) + 0.0
        return changed
    for cell, value in zip(at, to, strict=True):
        changed[cell] = value + 0.0
    return changed


def values_in(array: NDArray[Kind], at: Sequence[Cell]) -> NDArray[np.float64]:
    """What stands in these cells of an array, (n,)."""
    if isinstance(at, Cells):
        return np.asarray(array.ravel()[_keys(at.array, array.shape[1])], dtype=np.float64)
    return np.array([array[cell] for cell in at], dtype=np.float64)


def joined(
    at: Sequence[Sequence[Cell]], to: Sequence[Sequence[float]]
) -> tuple[Sequence[Cell], Sequence[float]]:
    """Cells with their values, one list after another: each cell once, with its last value.

    They are in the order in which they came first; but a few stand after many.
    """
    if not any(isinstance(cells, Cells) for cells in at):
        found = dict(zip(chain(*at), chain(*to), strict=True))
        return packed_cells(tuple(found)), packed_numbers(tuple(found.values()))
    if len(at) == 2 and at[0] == at[1]:
        return at[1], to[1]
    for many, rest in ((0, slice(1, None)), (-1, slice(-1))):
        cells = at[many]
        if isinstance(cells, Cells) and sum(map(len, at[rest])) <= _FEW:
            few = dict(zip(chain(*at[rest]), chain(*to[rest]), strict=True))
            return _with_few(cells, array_of(to[many]), few, comes_last=many == 0)
    places = np.concatenate([_array_of_cells(cells) for cells in at])
    values = np.concatenate([array_of(numbers) for numbers in to])
    keys = _keys(places, int(places[:, 1].max()) + 1)
    room = int(keys.max()) + 1
    if room > _MAX_ROOM * len(keys):
        keys = np.unique(keys, return_inverse=True)[1]
        room = len(keys)
    # The last of several values for a place stays.
    last, first = np.empty(room), np.empty(room, dtype=np.int64)
    last[keys] = values
    first[keys[::-1]] = np.arange(len(keys))[::-1]
    new = first[keys] == np.arange(len(keys))
    return packed_cells(places[new]), packed_numbers(last[keys[new]])


def _with_few(
    at: Cells, to: NDArray[np.float64], few: dict[Cell, float], comes_last: bool
) -> tuple[Sequence[Cell], Sequence[float]]:
    """Many cells, each once, and a few; whichever comes last says what a cell of both has."""
    added: dict[Cell, float] = {}
    for (row, column), value in few.items():
        there = (at.array[:, 0] == row) & (at.array[:, 1] == column)
        if not there.any():
            added[row, column] = value
        elif comes_last:
            to = np.where(there, value, to)
    if not added:
        return at, packed_numbers(to)
    places = np.concatenate([at.array, np.array(list(added))])
    return packed_cells(places), packed_numbers(np.append(to, list(added.values())))


def _keys(places: NDArray[np.integer], width: int) -> NDArray[np.int64]:
    """The places of cells, (n, 2), in an array of that width whose rows lie one after another."""
    return places[:, 0].astype(np.int64) * width + places[:, 1]


def _array_of_cells(cells: Sequence[Cell]) -> NDArray[np.integer]:
    if isinstance(cells, Cells):
        return cells.array
    return np.array(cells, dtype=np.int64).reshape(-1, 2)
