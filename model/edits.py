"""Changes a person makes to an experiment, each at one step of its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from model.examples import Array, Examples, sealed
from model.network import Floats
from model.setup import Setup

EditKind = Literal["alpha", "weights", "frozen", "inputs", "targets", "visit", "guest"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)

# What a cell and its value take: two tuples' places, a tuple, a large whole number, a float.
_BYTES_A_CELL = 128
_BYTES_AROUND = 300

# Far beyond any lesson, and near enough that a product of two stays an honest number.
LARGEST_NUMBER = 1e9


class EditError(ValueError):
    """A change that cannot be made; the message says what is wrong in one sentence."""


@dataclass(frozen=True)
class Edit:
    """One change, made when ``step`` updates had been done.

    ``at`` names the cells: (output, input) for weights and frozen, (example, column) for
    inputs and targets, nothing for the others. ``to`` holds a value for each cell; one alpha;
    the example to visit next; or, for a guest on the bench for this one step, its inputs
    followed by its targets.
    """

    step: int
    kind: EditKind
    to: tuple[float, ...]
    at: tuple[tuple[int, int], ...] = ()

    @property
    def nbytes(self) -> int:
        """Bytes that it takes, about; cells may be shared with other edits."""
        return _BYTES_A_CELL * len(self.to) + _BYTES_AROUND


def with_edit(edits: Sequence[Edit], edit: Edit) -> list[Edit]:
    """The edits of one step and another one after them, in as few as do the same: one of a kind.

    Kinds do not get into each other's way at one step, except that a visit sends a guest away.
    """
    gone = ("visit", "guest") if edit.kind == "visit" else (edit.kind,)
    kept = [old for old in edits if old.kind not in gone]
    parts = [*(old for old in edits if old.kind in gone), edit]
    if not edit.at or len(parts) == 1:
        return [*kept, edit]
    cells: dict[tuple[int, int], float] = {}
    for part in parts:
        cells.update(zip(part.at, part.to, strict=True))
    return [*kept, replace(edit, at=tuple(cells), to=tuple(cells.values()))]


def apply_edit(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    """The setup and weights after the edit; the given ones are not changed.

    Raises EditError where a cell does not exist or a value is out of bounds.
    """
    check_edit(setup, edit)
    if edit.kind == "alpha":
        return replace(setup, alpha=edit.to[0]), weights
    if edit.kind == "weights":
        return setup, _with_cells(weights, edit)
    if edit.kind == "frozen":
        return replace(setup, frozen=_with_cells(setup.frozen, edit)), weights
    if edit.kind == "visit":
        moved = setup.schedule.moved_to(edit.step, int(edit.to[0]))
        return replace(setup, schedule=moved, guest=None), weights
    if edit.kind == "guest":
        n = setup.examples.n_inputs
        guest = (edit.step, sealed(np.array(edit.to[:n])), sealed(np.array(edit.to[n:])))
        return replace(setup, guest=guest), weights
    return replace(setup, examples=_with_rows(setup.examples, edit)), weights


def check_edit(setup: Setup, edit: Edit) -> None:
    """Raise EditError unless the edit fits the setup."""
    examples = setup.examples
    if not np.all(np.isfinite(edit.to)) or np.any(np.abs(edit.to) > LARGEST_NUMBER):
        raise EditError(f"{edit.kind}: a number must be finite and at most {LARGEST_NUMBER:,.0f}")
    if edit.kind == "alpha" and not (len(edit.to) == 1 and edit.to[0] > 0):
        raise EditError("alpha must be one number above zero")
    if edit.kind == "visit" and not (len(edit.to) == 1 and edit.to[0] in range(len(examples))):
        raise EditError(f"there are examples 0 to {len(examples) - 1} to visit")
    if edit.kind == "guest" and len(edit.to) != examples.n_inputs + examples.n_outputs:
        raise EditError("a guest needs a number for every input and every target")
    rows, columns = {
        "weights": setup.frozen.shape,
        "frozen": setup.frozen.shape,
        "inputs": examples.base_inputs.shape,
        "targets": examples.base_targets.shape,
    }.get(edit.kind, (0, 0))
    if rows and not len(edit.at) == len(edit.to) > 0:
        raise EditError(f"{edit.kind}: one value for each cell is needed")
    if edit.kind == "frozen" and not set(edit.to) <= {0.0, 1.0}:
        raise EditError("frozen: 1 freezes a weight and 0 lets it go, nothing else")
    for row, column in edit.at:
        if not (0 <= row < rows and 0 <= column < columns):
            raise EditError(f"{edit.kind} has no cell ({row}, {column})")


def _with_rows(examples: Examples, edit: Edit) -> Examples:
    """The examples with an edit of inputs or targets; each example is copied once."""
    rows = {
        index: (examples.inputs(index).copy(), examples.target(index).copy())
        for index in {index for index, _ in edit.at}
    }
    part = 0 if edit.kind == "inputs" else 1
    for (index, column), value in zip(edit.at, edit.to, strict=True):
        rows[index][part][column] = value
    for index, (inputs, target) in rows.items():
        examples = examples.with_row(index, inputs, target)
    return examples


def _with_cells(array: Array, edit: Edit) -> Array:
    changed = array.copy()
    for cell, value in zip(edit.at, edit.to, strict=True):
        changed[cell] = value + 0.0  # -0 as 0, see Path
    return changed
