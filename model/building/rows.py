"""Examples added, removed, repeated and moved, and blocks of numbers laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.building.errors import BuildError
from model.building.parts import Parts, check_numbers
from model.door import say
from model.network import Floats

Places = NDArray[np.intp]


def with_rows(parts: Parts, at: int, inputs: Floats, targets: Floats) -> Parts:
    """The same with more examples, the first of them at place ``at``.

    ``inputs`` (n, n_inputs) are raw: they are scaled as all others are; ``targets`` are
    (n, n_outputs). Raises BuildError for numbers beyond use, and where the constant is not 1.
    """
    _check_constant(parts, inputs)
    check_numbers(inputs)
    check_numbers(targets)
    transform = parts.transform
    new = parts.with_rows(
        _joined(parts.rows, at, parts.given(inputs)),
        _joined(parts.targets, at, targets),
        None if transform is None else _joined(transform.raw, at, inputs),
    )
    here = parts.here
    return replace(new, here=here if here is None or here < at else here + len(inputs))


def empty_rows(parts: Parts, n: int) -> tuple[Floats, Floats]:
    """Raw inputs (n, n_inputs) and targets (n, n_outputs) of rows to be filled: 0, constant 1."""
    inputs = np.zeros((n, len(parts.inputs)))
    if parts.constant is not None:
        inputs[:, parts.constant] = 1.0
    return inputs, np.zeros((n, len(parts.outputs)))


def without_rows(parts: Parts, rows: Sequence[int]) -> Parts:
    """The same without some examples; where that on the bench goes, the next takes its place.

    Raises BuildError where none would be left.
    """
    order = np.delete(np.arange(len(parts.rows)), rows)
    if not len(order):
        raise BuildError(say("An experiment needs an example: leave at least one."))
    here = parts.here
    if here is not None:
        here = min(int(np.searchsorted(order, here)), len(order) - 1)
    return replace(_taken(parts, order), here=here)


def repeated(parts: Parts, rows: Sequence[int]) -> Parts:
    """The same with copies of some examples right after the last of them."""
    after = max(rows) + 1
    order = np.insert(np.arange(len(parts.rows)), after, sorted(rows))
    here = parts.here
    if here is not None and here >= after:
        here += len(rows)
    return replace(_taken(parts, order), here=here)


def order_of_move(n_rows: int, rows: Sequence[int], by: int) -> Places:
    """The order of rows, (n_rows,), in which some have moved one place up (-1) or down (1).

    Those that are at the end already stay, and those beside them: they cannot pass each other.
    """
    order = np.arange(n_rows)
    wanted = sorted(rows, reverse=by > 0)
    barrier = n_rows if by > 0 else -1
    for row in wanted:
        to = row + by
        if to == barrier:
            barrier = row
            continue
        order[[row, to]] = order[[to, row]]
        barrier = to
    return order


def reordered(parts: Parts, order: Places) -> Parts:
    """The same with its examples in another order, (n_examples,): that of each new row."""
    return replace(_taken(parts, order), here=_found(parts.here, order))


def with_block(parts: Parts, row: int, column: int, block: Floats) -> Parts:
    """The same with a block of numbers (n, m) laid over it, first input or target at ``column``.

    Columns are the inputs, raw, and then the targets. Rows that are not there yet are added.
    Raises BuildError where the block has more columns than there are from there on, numbers
    beyond use, or where the constant would not be 1.
    """
    check_numbers(block)
    n_inputs = len(parts.inputs)
    n_more = row + len(block) - len(parts.rows)
    if n_more > 0:
        parts = with_rows(parts, len(parts.rows), *empty_rows(parts, n_more))
    raw, targets = parts.raw.copy(), parts.targets.copy()
    check_width(block.shape[1], n_inputs + targets.shape[1] - column)
    here = slice(row, row + len(block))
    of_inputs = max(0, min(n_inputs - column, block.shape[1]))
    raw[here, column : column + of_inputs] = block[:, :of_inputs]
    start = max(0, column - n_inputs)
    targets[here, start : start + block.shape[1] - of_inputs] = block[:, of_inputs:]
    _check_constant(parts, raw[here])
    rows = parts.rows
    if parts.transform is None:
        rows = raw
    elif of_inputs:
        # Only what is pasted is scaled anew: what stays may be an edit without a raw number.
        rows = rows.copy()
        rows[here, column : column + of_inputs] = parts.given(raw)[
            here, column : column + of_inputs
        ]
    return parts.with_rows(rows, targets, raw)


def check_width(n_columns: int, room: int) -> None:
    """Raise BuildError where a block has more columns than there are from where it is laid."""
    if n_columns > room:
        raise BuildError(
            say("{columns:,} columns were copied, and {room:,} have a place from here on: choose a "
                "cell further to the left, or add inputs first.", columns=n_columns, room=room)
        )  # fmt: skip


def _taken(parts: Parts, order: Places) -> Parts:
    """The rows at these places, each as often as it is named."""
    raw = None if parts.transform is None else parts.transform.raw[order]
    return parts.with_rows(parts.rows[order], parts.targets[order], raw)


def _joined(array: Floats, at: int, new: Floats) -> Floats:
    """Rows with others between them; several times as fast as NumPy's own insert."""
    return np.concatenate([array[:at], new, array[at:]])


def _found(here: int | None, order: Places) -> int | None:
    """Where the example on the bench is in another order."""
    return None if here is None else int(np.flatnonzero(order == here)[0])


def _check_constant(parts: Parts, inputs: Floats) -> None:
    column = parts.constant
    if column is not None and bool((inputs[:, column] != 1.0).any()):
        raise BuildError(
            say("“{name}” is the constant input, which is always 1: leave its column out of what "
                "is pasted.", name=parts.inputs[column])
        )  # fmt: skip
