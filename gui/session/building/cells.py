"""The numbers of the examples as a person reads and writes them: inputs raw, then targets.

A number that is typed is an edit of the path at the step that is looked at. A block that needs
more examples than there are, or that is too large for an edit, begins a new path as other changes
of form do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np

from gui.session.building.forms import rebuild
from gui.session.session import Session
from model.building.errors import BuildError
from model.building.parts import Parts, raw_of
from model.building.rows import check_width, with_block
from model.door import say, say_count
from model.edits import Edit
from model.errors import ExperimentError
from model.network import Floats, Mask

# An edit holds a value for each of its cells, some hundred bytes; beyond, arrays are cheaper.
MAX_EDITED = 10_000


@dataclass(frozen=True)
class Rectangle:
    """Cells beside each other: rows and columns from the first to before the end."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top) * (self.right - self.left)


def n_columns(session: Session) -> int:
    """How many numbers an example has that can be written: its inputs and targets."""
    examples = session.state.setup.examples
    return examples.n_inputs + examples.n_outputs


def number_at(session: Session, row: int, column: int) -> float:
    """The number of an example as it was brought or typed; inputs first, then targets."""
    examples = session.state.setup.examples
    if column >= examples.n_inputs:
        return float(examples.target(row)[column - examples.n_inputs])
    given = float(examples.inputs(row)[column])
    transform = session.experiment.transform
    if transform is None:
        return given
    raw = float(transform.raw[row, column])
    brought = (raw - transform.offset[column]) / transform.scale[column]
    return raw if brought == given else raw_of(transform, column, given)


def numbers_of(session: Session, row: int) -> Floats:
    """All numbers of an example as they were brought or typed, (n_inputs + n_outputs,)."""
    if session.experiment.transform is not None:
        return np.array([number_at(session, row, at) for at in range(n_columns(session))])
    examples = session.state.setup.examples
    return np.concatenate([examples.inputs(row), examples.target(row)])


def hidden_columns(session: Session) -> Mask:
    """Which of the inputs and targets are hidden, (n_inputs + n_outputs,)."""
    hidden = session.parts.veils.numbers
    return np.concatenate([hidden.inputs, hidden.target])


def type_number(session: Session, row: int, column: int, value: float) -> bool:
    """Give a cell another number; what cannot be is told by the notices. Returns whether it is."""
    kind, at, to = _edit_of(session, row, column, value)
    return session.edits.edit(kind, (at,), (to,))


def lay_block(session: Session, row: int, column: int, block: Floats) -> bool:
    """Lay a block of numbers, (n_rows, n_columns), over the examples, its first at a cell.

    Examples are added where it reaches beyond the last one.

    Returns whether it could be done; where not, nothing has changed and the notices say why.
    """
    n_more = row + len(block) - len(session.state.setup.examples)
    label = say(
        "pasted {rows:,} × {columns:,} numbers", rows=block.shape[0], columns=block.shape[1]
    )
    if n_more > 0 or block.size > MAX_EDITED:
        done = rebuild(session, label, lambda parts: with_block(parts, row, column, block))
        if done and n_more > 0:
            session.notices.refuse(
                say_count(
                    "{n:,} example was added for what was pasted.",
                    "{n:,} examples were added for what was pasted.",
                    n_more,
                )
            )
        return done
    try:
        check_width(block.shape[1], n_columns(session) - column)
        if hidden_columns(session)[column : column + block.shape[1]].any():
            raise BuildError(say("What is hidden cannot be changed yet."))
    except ExperimentError as error:
        session.notices.refuse(str(error))
        return False
    cells = product(range(len(block)), range(block.shape[1]))
    numbers = [(row + down, column + right, block[down, right]) for down, right in cells]
    return _type_all(session, numbers, label)


def clear(session: Session, areas: Sequence[Rectangle]) -> bool:
    """Make numbers 0, all but the constant's and those that are hidden.

    Returns whether there was any to be made 0, and it could be.
    """
    kept = hidden_columns(session).copy()
    constant = session.state.setup.constant
    if constant is not None:
        kept[constant] = True
    parts = [part for area in areas for part in _runs(area, kept)]
    n = sum(part.size for part in parts)
    if not n:
        return False
    label = say_count("{n:,} number cleared", "{n:,} numbers cleared", n)
    if n > MAX_EDITED:

        def change(made: Parts) -> Parts:
            for part in parts:
                zeros = np.zeros((part.bottom - part.top, part.right - part.left))
                made = with_block(made, part.top, part.left, zeros)
            return made

        return rebuild(session, label, change)
    cells = [
        (row, column, 0.0)
        for part in parts
        for row in range(part.top, part.bottom)
        for column in range(part.left, part.right)
    ]
    return _type_all(session, cells, label if n > 1 else "")


def _runs(area: Rectangle, kept: Mask) -> Iterator[Rectangle]:
    """The parts of an area without the columns that are kept as they are."""
    free = [at for at in range(area.left, area.right) if not kept[at]]
    for _, group in groupby(enumerate(free), lambda pair: pair[1] - pair[0]):
        columns = [column for _, column in group]
        yield Rectangle(area.top, columns[0], area.bottom, columns[-1] + 1)


def _type_all(session: Session, cells: Sequence[tuple[int, int, float]], label: str) -> bool:
    """Give many cells other numbers, as one entry for undo."""
    found: dict[str, tuple[list[tuple[int, int]], list[float]]] = {}
    for row, column, value in cells:
        kind, at, to = _edit_of(session, row, column, float(value))
        places, values = found.setdefault(kind, ([], []))
        places.append(at)
        values.append(to)
    position = session.playback.position
    edits = [Edit(position, kind, tuple(to), tuple(at)) for kind, (at, to) in found.items()]
    return session.edits.make(edits, label)


def _edit_of(
    session: Session, row: int, column: int, value: float
) -> tuple[str, tuple[int, int], float]:
    """The kind, the cell and the value of an edit that writes a number."""
    n_inputs = session.state.setup.examples.n_inputs
    if column >= n_inputs:
        return "targets", (row, column - n_inputs), value
    transform = session.experiment.transform
    if transform is not None:
        value = (value - float(transform.offset[column])) / float(transform.scale[column])
    return "inputs", (row, column), value
