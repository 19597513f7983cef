"""Changes a person makes to an experiment, each at one step of its path: a table of kinds.

A kind is one row of ``EDIT_KINDS``: which cells it names, what it asks of its values, what it
does, when it says nothing new, and how it is told and marked. Everything else, from undo to the
file, takes the kinds as they stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np

from model.door import mark, say, say_count
from model.examples import moved, pixel_order, sealed
from model.network import Floats
from model.packed.cells import joined, lie_within, values_in, with_cells
from model.packed.rows import Cell, array_of, packed_cells, packed_numbers
from model.setup import Setup

# What a cell and its value take: two tuples' places, a tuple, a large whole number, a float.
_BYTES_A_CELL = 128
_BYTES_AROUND = 300

# Far beyond any lesson, and near enough that a product of two stays an honest number.
MAX_NUMBER = 1e9


class EditError(ValueError):
    """A change that cannot be made; the message says what is wrong in one sentence."""


@dataclass(frozen=True)
class Edit:
    """One change, made when ``step`` updates had been done.

    ``kind`` is a key of ``EDIT_KINDS``. ``at`` names the cells: (output, input) for weights and
    frozen, (example, column) for inputs and targets, nothing for the others. ``to`` holds a
    value for each cell; one alpha; the example to visit next; or, for a guest on the bench for
    this one step, its inputs followed by its targets.
    """

    step: int
    kind: str
    to: Sequence[float]
    at: Sequence[Cell] = ()

    def __post_init__(self) -> None:
        # Many are kept in arrays; few, whatever they came in, as tuples.
        object.__setattr__(self, "to", packed_numbers(self.to))
        object.__setattr__(self, "at", packed_cells(self.at))

    @property
    def nbytes(self) -> int:
        """Bytes that it takes, about: those of a file, which is read again, where they are many."""
        return _BYTES_A_CELL * len(self.to) + _BYTES_AROUND


class Names(Protocol):
    """What the parts of an experiment are called, and how its numbers are written."""

    @property
    def inputs(self) -> Sequence[str]:
        """A name for each input."""

    @property
    def outputs(self) -> Sequence[str]:
        """A name for each output."""

    def weight(self, output: int, column: int) -> str:
        """The letter of a weight."""

    def number(self, value: float) -> str:
        """A number in a few figures."""


class EditKind(NamedTuple):
    """A kind of edit.

    Attributes
    ----------
    apply : callable
        (setup, weights, edit) -> setup and weights after the edit; the given ones stay as they
        are.
    words : callable
        (edit, names) -> what was changed in two or three words, for a mark on the time line.
    title : callable, optional
        (edit, names) -> what undo takes back, without the value; the words where there is none.
    cells : callable, optional
        setup -> (rows, columns) in which its cells lie; without it an edit names no cells.
    check : callable, optional
        (setup, edit) raises EditError for what is wrong besides the cells and their number.
    present : callable, optional
        (setup, weights, edit) -> what stands in place of ``edit.to`` now, so that an edit that
        says nothing new is known; asked only of an edit that fits the setup.
    role : str
        The theme's name of the colour of its mark.
    sends_away : tuple of str
        The kinds that it takes the place of, at its own step.
    relative : bool
        Whether what it does depends on what is there, so that two of them are not as one.
    """

    apply: Callable[[Setup, Floats, Edit], tuple[Setup, Floats]]
    words: Callable[[Edit, Names], str]
    title: Callable[[Edit, Names], str] | None = None
    cells: Callable[[Setup], tuple[int, int]] | None = None
    check: Callable[[Setup, Edit], None] | None = None
    present: Callable[[Setup, Floats, Edit], Sequence[float] | Floats] | None = None
    role: str = "muted"
    sends_away: tuple[str, ...] = ()
    relative: bool = False


def with_edit(edits: Sequence[Edit], edit: Edit) -> list[Edit]:
    """The edits of one step and another one after them, in as few as do the same.

    That is one of a kind since the last that was relative. Kinds do not get into each other's
    way at one step, except that some send others away.
    """
    if EDIT_KINDS[edit.kind].relative:
        return [*edits, edit]
    fixed = max(
        (at + 1 for at, old in enumerate(edits) if EDIT_KINDS[old.kind].relative), default=0
    )
    gone = (edit.kind, *EDIT_KINDS[edit.kind].sends_away)
    kept = [old for at, old in enumerate(edits) if at < fixed or old.kind not in gone]
    parts = [*(old for old in edits[fixed:] if old.kind in gone), edit]
    if not edit.at or len(parts) == 1:
        return [*kept, edit]
    at, to = joined([part.at for part in parts], [part.to for part in parts])
    return [*kept, replace(edit, at=at, to=to)]


def apply_edit(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    """The setup and weights after the edit; the given ones are not changed.

    Raises EditError where a cell does not exist or a value is out of bounds.
    """
    check_edit(setup, edit)
    return EDIT_KINDS[edit.kind].apply(setup, weights, edit)


def says_nothing_new(setup: Setup, weights: Floats, edit: Edit) -> bool:
    """Whether an edit that fits the setup would leave everything as it is."""
    present = EDIT_KINDS[edit.kind].present
    # Of many the first ones tell, nearly always.
    few = replace(edit, at=edit.at[:100], to=edit.to[:100])
    return present is not None and all(
        np.array_equal(present(setup, weights, part), array_of(part.to)) for part in (few, edit)
    )


def can_be_named(setup: Setup, edit: Edit) -> bool:
    """Whether what an edit changes is there, so that there are words for it."""
    kind = EDIT_KINDS.get(edit.kind)
    if kind is None or not edit.to or (kind.cells is not None and not edit.at):
        return False
    return _cells_are_there(setup, edit)


def check_edit(setup: Setup, edit: Edit) -> None:
    """Raise EditError unless the edit fits the setup."""
    kind = EDIT_KINDS.get(edit.kind)
    if kind is None:
        raise EditError(say("there is no change of the kind “{kind}”", kind=edit.kind))
    values, most = array_of(edit.to), MAX_NUMBER  # a NaN is not below anything
    if not -most <= values.min(initial=0.0) <= values.max(initial=0.0) <= most:
        raise EditError(
            say(
                "{kind}: a number must be finite and at most {limit:,.0f}", kind=edit.kind,
                limit=most)
        )  # fmt: skip
    if kind.cells is not None and not len(edit.at) == len(edit.to) > 0:
        raise EditError(say("{kind}: one value for each cell is needed", kind=edit.kind))
    if not _cells_are_there(setup, edit):
        rows, columns = kind.cells(setup) if kind.cells is not None else (0, 0)
        row, column = next(
            (row, at) for row, at in edit.at if not (0 <= row < rows and 0 <= at < columns)
        )
        raise EditError(
            say("{kind} has no cell ({row}, {column})", kind=edit.kind, row=row, column=column)
        )
    if kind.check is not None:
        kind.check(setup, edit)


def _cells_are_there(setup: Setup, edit: Edit) -> bool:
    cells = EDIT_KINDS[edit.kind].cells
    rows, columns = cells(setup) if cells is not None else (0, 0)
    return lie_within(edit.at, rows, columns)


# -- alpha -------------------------------------------------------------------------------------


def _check_alpha(_: Setup, edit: Edit) -> None:
    if not (len(edit.to) == 1 and edit.to[0] > 0):
        raise EditError(say("alpha must be one number above zero"))


def _set_alpha(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    return replace(setup, alpha=edit.to[0]), weights


def _alpha_words(edit: Edit, names: Names) -> str:
    return say("alpha {value}", value=names.number(edit.to[0]))


# -- weights -----------------------------------------------------------------------------------


def _weight_cells(setup: Setup) -> tuple[int, int]:
    rows, columns = setup.frozen.shape
    return rows, columns


def _set_weights(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    return setup, with_cells(weights, edit.at, edit.to)


def _weights_words(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return say_count("{n:,} weight", "{n:,} weights", len(edit.at))
    return say("{weight} {value}", weight=names.weight(*edit.at[0]), value=names.number(edit.to[0]))


def _weights_title(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return _weights_words(edit, names)
    return say("weight {weight}", weight=names.weight(*edit.at[0]))


# -- frozen ------------------------------------------------------------------------------------


def _check_frozen(_: Setup, edit: Edit) -> None:
    to = array_of(edit.to)
    if not ((to == 0.0) | (to == 1.0)).all():
        raise EditError(say("frozen: 1 freezes a weight and 0 lets it go, nothing else"))


def _set_frozen(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    return replace(setup, frozen=with_cells(setup.frozen, edit.at, edit.to)), weights


def _frozen_words(edit: Edit, names: Names) -> str:
    frozen, n = int(np.count_nonzero(array_of(edit.to) > 0)), len(edit.to)
    if 0 < frozen < n:
        return say("froze {frozen:,}, unfroze {unfrozen:,}", frozen=frozen, unfrozen=n - frozen)
    if n > 1 and frozen:
        return say_count("froze {n:,} weight", "froze {n:,} weights", n)
    if n > 1:
        return say_count("unfroze {n:,} weight", "unfroze {n:,} weights", n)
    sentence = mark("froze {weight}") if frozen else mark("unfroze {weight}")
    return say(sentence, weight=names.weight(*edit.at[0]))


# -- inputs and targets ------------------------------------------------------------------------


def _input_cells(setup: Setup) -> tuple[int, int]:
    return len(setup.examples), setup.examples.n_inputs


def _target_cells(setup: Setup) -> tuple[int, int]:
    return len(setup.examples), setup.examples.n_outputs


def _check_inputs(setup: Setup, edit: Edit) -> None:
    for (_, column), value in zip(edit.at, edit.to, strict=True):
        _check_constant(setup, column, value)


def _check_constant(setup: Setup, column: int, value: float) -> None:
    if column == setup.constant and value != 1.0:
        raise EditError(say("the constant input is always 1; its weight can be changed instead"))


def _set_inputs(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    return replace(setup, examples=setup.examples.with_cells(edit.at, edit.to, 0)), weights


def _set_targets(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    return replace(setup, examples=setup.examples.with_cells(edit.at, edit.to, 1)), weights


def _inputs_words(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return say_count("{n:,} input", "{n:,} inputs", len(edit.at))
    name = names.inputs[edit.at[0][1]]
    return say("{input} {value}", input=name, value=names.number(edit.to[0]))


def _inputs_title(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return _inputs_words(edit, names)
    return say("input {input}", input=names.inputs[edit.at[0][1]])


def _targets_words(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return say_count("{n:,} target", "{n:,} targets", len(edit.at))
    name = names.outputs[edit.at[0][1]]
    return say("target {output} {value}", output=name, value=names.number(edit.to[0]))


def _targets_title(edit: Edit, names: Names) -> str:
    if len(edit.at) > 1:
        return _targets_words(edit, names)
    return say("target {output}", output=names.outputs[edit.at[0][1]])


# -- the example that a step visits ------------------------------------------------------------


def _check_visit(setup: Setup, edit: Edit) -> None:
    n = len(setup.examples)
    if not (len(edit.to) == 1 and edit.to[0] in range(n)):
        raise EditError(say("there are examples 0 to {last} to visit", last=n - 1))


def _visit(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    moved = setup.schedule.moved_to(edit.step, int(edit.to[0]))
    return replace(setup, schedule=moved, guest=None), weights


def _visit_words(edit: Edit, _: Names) -> str:
    return say("to example {number:,.0f}", number=edit.to[0] + 1)


def _check_guest(setup: Setup, edit: Edit) -> None:
    n = setup.examples.n_inputs
    if len(edit.to) not in (n, n + setup.examples.n_outputs):
        raise EditError(
            say("a guest needs a number for every input and, where it has a label, every target")
        )
    if setup.constant is not None:
        _check_constant(setup, setup.constant, edit.to[setup.constant])


def _put_guest(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    n = setup.examples.n_inputs
    target = sealed(np.array(edit.to[n:])) if len(edit.to) > n else None
    return replace(setup, guest=(edit.step, sealed(np.array(edit.to[:n])), target)), weights


def _guest_words(_edit: Edit, _: Names) -> str:
    return say("another example")


# -- the order of the pixels -------------------------------------------------------------------


def _check_pixels(setup: Setup, edit: Edit) -> None:
    if len(edit.to) != 1 or edit.to[0] != int(edit.to[0]) or not -1 <= edit.to[0] < 2**31:
        raise EditError(say("pixels are shuffled by a whole number from 0, and −1 is their order"))
    if setup.constant is not None:
        raise EditError(say("inputs with a constant among them are no pixels to be shuffled"))


def _shuffle(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    seed, n = int(edit.to[0]), setup.examples.n_inputs
    order = None if seed < 0 else pixel_order(n, seed)
    return setup.shuffled(order), weights[:, moved(setup.order, order, n)]


def _pixels_words(edit: Edit, _: Names) -> str:
    return say("pixels in order") if edit.to[0] < 0 else say("shuffled pixels")


EDIT_KINDS: dict[str, EditKind] = {
    "alpha": EditKind(
        apply=_set_alpha,
        words=_alpha_words,
        check=_check_alpha,
        present=lambda setup, _weights, _edit: (setup.alpha,),
        role="overshoots",
    ),
    "weights": EditKind(
        apply=_set_weights,
        words=_weights_words,
        title=_weights_title,
        cells=_weight_cells,
        present=lambda _setup, weights, edit: values_in(weights, edit.at),
        role="ink",
    ),
    "frozen": EditKind(
        apply=_set_frozen,
        words=_frozen_words,
        cells=_weight_cells,
        check=_check_frozen,
        present=lambda setup, _weights, edit: values_in(setup.frozen, edit.at),
        role="frozen",
    ),
    "inputs": EditKind(
        apply=_set_inputs,
        words=_inputs_words,
        title=_inputs_title,
        cells=_input_cells,
        check=_check_inputs,
        present=lambda setup, _weights, edit: [
            float(setup.examples.inputs(row)[column]) for row, column in edit.at
        ],
    ),
    "targets": EditKind(
        apply=_set_targets,
        words=_targets_words,
        title=_targets_title,
        cells=_target_cells,
        present=lambda setup, _weights, edit: [
            float(setup.examples.target(row)[column]) for row, column in edit.at
        ],
    ),
    "visit": EditKind(apply=_visit, words=_visit_words, check=_check_visit, sends_away=("guest",)),
    "guest": EditKind(apply=_put_guest, words=_guest_words, check=_check_guest),
    "pixels": EditKind(apply=_shuffle, words=_pixels_words, check=_check_pixels, relative=True),
}
