"""What is made of a table: which columns are inputs and targets, and an experiment of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.curves import alpha_zones
from model.door import say, say_count
from model.edits import MAX_NUMBER
from model.examples import Examples, Schedule, sealed
from model.experiment import MAX_WEIGHTS, Experiment, HeldOut, Scale, Transform
from model.files.tables.errors import TableError
from model.files.tables.table import MAX_NAME_LETTERS, Column, Table, distinct, printable
from model.network import MAX_ERROR, Floats
from model.setup import Setup

Missing = Literal["stop", "leave out"]
# A column of words is made into so many columns at the most.
MAX_CATEGORIES = 100


@dataclass(frozen=True)
class Choice:
    """What a person wants made of a table.

    Attributes
    ----------
    inputs, targets : tuple of str
        Names of columns.
    one_hot : frozenset of str
        Those of them that become a column for each of their values: 1 where it stands, else 0.
    missing : "stop" or "leave out"
        Whether a row in which a chosen cell is missing is a fault, or is left out.
    scale : "none", "standard" or "unit"
        Inputs as they are, with mean 0 and standard deviation 1, or from 0 to 1.
    constant : bool or None
        Whether there is an input that is always 1; None: where inputs are centred.
    alpha : float or None
        None: half of the limit below which every step shrinks the error of its own example.
    held_out : float
        The share of the rows, from 0 and below 1, that is never learned from.
    seed : int
        Of the draw of those rows.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    one_hot: frozenset[str] = field(default=frozenset())
    missing: Missing = "stop"
    scale: Scale = "none"
    constant: bool | None = None
    alpha: float | None = None
    held_out: float = 0.0
    seed: int = 0

    @property
    def has_constant(self) -> bool:
        """Whether there will be an input that is always 1."""
        return self.scale == "standard" if self.constant is None else self.constant


def suggest(table: Table) -> Choice:
    """A choice to begin with: the last column that can be learned is the target.

    Columns of numbers that vary are the inputs. Words are only taken as the target.
    """
    usable = [column for column in table.columns if is_telling(column)]
    target = usable[-1] if usable else table.columns[-1]
    one_hot = frozenset[str]() if target.is_of_numbers else frozenset((target.name,))
    return Choice(suggested_inputs(table, (target.name,)), (target.name,), one_hot)


def suggested_inputs(table: Table, targets: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of numbers beside the targets: those that vary, or else any."""
    others = [c for c in table.columns if c.name not in targets and c.is_of_numbers]
    telling = [column for column in others if is_telling(column)]
    return tuple(column.name for column in telling or others)


def remarks(table: Table) -> Iterator[str]:
    """What a person may want to know of the columns before choosing, one sentence each."""
    for column in table.columns:
        if column.is_constant:
            yield say("“{column}” is the same in every row: nothing can be learned from it.",
                      column=column.name)  # fmt: skip
        elif column.is_identifier:
            yield say("“{column}” seems to number or name the rows, which says nothing of them.",
                      column=column.name)  # fmt: skip
        if len(column.missing):
            yield say_count(
                "“{column}” has no value in row {row:,}.",
                "“{column}” has no value in {n:,} rows, the first of them row {row:,}.",
                len(column.missing),
                column=column.name, row=int(table.rows[column.missing[0]]),
            )  # fmt: skip
        if column.is_of_numbers and len(column.faulty):
            yield _not_a_number(table, column, int(column.faulty[0]))


def experiment_of(table: Table, choice: Choice, name: str) -> Experiment:
    """The experiment that a choice makes of a table, with all weights 0.

    Raises TableError with one sentence for the first fault: no column, a column that is both,
    words where numbers must be, a missing cell, numbers beyond all use, too many weights.
    """
    _check(table, choice)
    columns = {column: table.column(column) for column in (*choice.inputs, *choice.targets)}
    kept = _kept_rows(table, choice, list(columns.values()))
    inputs, input_names = _matrix(table, choice, choice.inputs, kept, with_column=True)
    targets, outputs = _matrix(
        table, choice, choice.targets, kept, with_column=len(choice.targets) > 1
    )
    constant = None
    if choice.has_constant:
        constant = len(input_names)
        inputs = np.column_stack([inputs, np.ones(len(inputs))])
        input_names = (*input_names, _constant_name(input_names))
    if len(input_names) * len(outputs) > MAX_WEIGHTS:
        raise TableError(
            say("{inputs:,} inputs and {outputs:,} outputs would be more than {most:,} weights: "
                "choose fewer columns",
                inputs=len(input_names), outputs=len(outputs), most=MAX_WEIGHTS)
        )  # fmt: skip
    learned, asked = drawn_apart(len(kept), choice.held_out, choice.seed)
    if not len(learned):
        raise TableError(
            say("{table}: nothing would be left to learn from: hold out a smaller share",
                table=table.name)
        )  # fmt: skip
    held_raw, held_targets = inputs[asked], targets[asked]
    if len(asked):
        inputs, targets = inputs[learned], targets[learned]
    transform = None
    if choice.scale != "none":
        # By the examples alone: what is held out must not be known in any way.
        transform = Transform.fitted(choice.scale, inputs)
        inputs = transform.inputs
    setup = _setup(inputs, targets, choice.alpha, constant)
    weights = sealed(np.zeros((len(outputs), len(input_names))))
    about = _about(table, len(inputs), len(asked), len(table) - len(kept))
    held_out = _held_out(table, held_raw, held_targets, transform) if len(asked) else None
    return Experiment(
        name, about, input_names, outputs, setup, weights, transform=transform, held_out=held_out
    )


def drawn_apart(n: int, share: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of n rows are learned from, and which are held out; each in the rows' order.

    At least one row is held out where the share is not 0 and there are two rows.
    """
    n_asked = round(n * share)
    if share > 0.0 and n > 1:
        n_asked = min(max(1, n_asked), n - 1)
    asked = np.zeros(n, dtype=np.bool_)
    asked[np.random.default_rng(seed).permutation(n)[:n_asked]] = True
    return np.flatnonzero(~asked), np.flatnonzero(asked)


def _held_out(table: Table, raw: Floats, targets: Floats, transform: Transform | None) -> HeldOut:
    """Rows that are never learned from, scaled as the examples are."""
    inputs = raw if transform is None else transform.given(raw)
    # An input that hardly varies among the examples may vary a lot here.
    if not float(np.abs(inputs).max()) <= MAX_NUMBER:
        raise TableError(
            say("{table}: an input of a row that is held out is beyond {limit:,.0f} once it is "
                "scaled: choose another seed, or leave the inputs as they are",
                table=table.name, limit=MAX_NUMBER)
        )  # fmt: skip
    return HeldOut(raw, inputs, targets)


def _check(table: Table, choice: Choice) -> None:
    """Raise unless the columns are there, no column is both, and none is chosen twice."""
    for what, names in (
        (say("no input is chosen: name at least one column"), choice.inputs),
        (say("no target is chosen: name at least one column"), choice.targets),
    ):
        if not names:
            raise TableError(f"{table.name}: {what}")
    seen: set[str] = set()
    for name in (*choice.inputs, *choice.targets):
        column = table.column(name).name
        if column in seen:
            raise TableError(
                say("{table}: the column “{column}” is chosen twice: it can be an input or a "
                    "target, once", table=table.name, column=column)
            )  # fmt: skip
        seen.add(column)


def _kept_rows(table: Table, choice: Choice, columns: list[Column]) -> NDArray[np.intp]:
    """The rows that have a value in every chosen column; raises TableError where that is none."""
    whole = np.ones(len(table), dtype=np.bool_)
    for column in columns:
        is_one_hot = column.name in choice.one_hot
        if (
            not is_one_hot
            and len(column.faulty)
            and (not column.is_of_numbers or choice.missing == "stop")
        ):
            raise TableError(f"{table.name}: {_not_a_number(table, column, int(column.faulty[0]))}")
        if len(column.missing) and choice.missing == "stop":
            raise TableError(
                say("{table}: there is no value in row {row:,} of “{column}”: write one there, or "
                    "choose to leave out the rows without a value",
                    table=table.name, row=int(table.rows[column.missing[0]]), column=column.name)
            )  # fmt: skip
        whole[column.missing] = False
        if not is_one_hot:
            whole[column.faulty] = False
    kept = np.flatnonzero(whole)
    if not len(kept):
        raise TableError(
            say("{table}: no row has a value in every chosen column: choose fewer columns",
                table=table.name)
        )  # fmt: skip
    return kept


def _not_a_number(table: Table, column: Column, at: int) -> str:
    row, cell = int(table.rows[at]), column.cells[at]
    if column.is_of_numbers:
        return say("“{cell}” in row {row:,} of “{column}” is not a finite number: correct it, or "
                   "choose to leave out the rows without a value",
                   cell=_short(cell), row=row, column=column.name)  # fmt: skip
    return say("“{column}” holds words, such as “{cell}” in row {row:,}: choose one column for "
               "each of its values (one-hot), or another decimal sign, or leave it out",
               column=column.name, cell=_short(cell), row=row)  # fmt: skip


def _matrix(
    table: Table,
    choice: Choice,
    names: tuple[str, ...],
    kept: NDArray[np.intp],
    with_column: bool,
) -> tuple[Floats, tuple[str, ...]]:
    """The numbers of some columns, (n_kept, n), and the name of each."""
    parts: list[Floats] = []
    heads: list[str] = []
    for column in map(table.column, names):
        if column.name not in choice.one_hot:
            parts.append(_numbers(table, column, kept)[:, None])
            heads.append(column.name)
            continue
        numbers, categories = _one_hot(table, column, kept)
        parts.append(numbers)
        heads += [
            say("{column} = {value}", column=column.name, value=value) if with_column else value
            for value in categories
        ]
    return np.concatenate(parts, axis=1), _shortened(heads)


def _numbers(table: Table, column: Column, kept: NDArray[np.intp]) -> Floats:
    """The numbers of a column, (n_kept,)."""
    values = column.values[kept]
    large = np.flatnonzero(np.abs(values) > MAX_NUMBER)
    if len(large):
        raise TableError(
            say("{table}: the number in row {row:,} of “{column}” is beyond {limit:,.0f}: give it "
                "in a larger unit",
                table=table.name, row=int(table.rows[kept[large[0]]]),
                column=column.name, limit=MAX_NUMBER)
        )  # fmt: skip
    return values


def _one_hot(table: Table, column: Column, kept: NDArray[np.intp]) -> tuple[Floats, list[str]]:
    """A column of 0 and 1 for each value of a column of words, (n_kept, n), and these values."""
    cells = np.array(column.cells, dtype=object)[kept]
    categories: list[str] = sorted(set(cells.tolist()))
    if len(categories) > MAX_CATEGORIES:
        raise TableError(
            say("{table}: “{column}” has {n:,} different values, and at most {most} can each "
                "become a column: leave it out",
                table=table.name, column=column.name, n=len(categories), most=MAX_CATEGORIES)
        )  # fmt: skip
    return np.array(cells[:, None] == np.array(categories, dtype=object), dtype=float), categories


def _setup(inputs: Floats, targets: Floats, alpha: float | None, constant: int | None) -> Setup:
    frozen = np.zeros((targets.shape[1], inputs.shape[1]), dtype=np.bool_)
    if not float((targets**2).max()) <= MAX_ERROR:
        raise TableError(say("the targets are so large that their error is beyond any use"))
    schedule = Schedule("cycle", len(inputs))
    setup = Setup(Examples(inputs, targets), schedule, 1.0, sealed(frozen), constant=constant)
    if alpha is None:
        alpha = alpha_zones(setup).offered
    return Setup(setup.examples, schedule, alpha, setup.frozen, constant=constant)


def _about(table: Table, n_examples: int, n_held_out: int, n_left_out: int) -> str:
    if n_left_out:
        about = say_count(
            "{examples:,} of the rows of {table}; one without a value is left out.",
            "{examples:,} of the rows of {table}; {n:,} without a value are left out.",
            n_left_out, examples=n_examples, table=table.name,
        )  # fmt: skip
    else:
        about = say_count("One example of {table}.", "{n:,} examples of {table}.", n_examples,
                          table=table.name)  # fmt: skip
    if not n_held_out:
        return about
    held_out = say_count(
        "One row is held out: it is never learned from.",
        "{n:,} rows are held out: they are never learned from.",
        n_held_out,
    )
    return say("{examples} {held_out}", examples=about, held_out=held_out)


def is_telling(column: Column) -> bool:
    """Whether something could be learned from a column, or about it."""
    if column.is_constant or column.is_identifier:
        return False
    return column.is_of_numbers or 2 <= len(column.categories) <= MAX_CATEGORIES


def _constant_name(names: tuple[str, ...]) -> str:
    name = say("constant")
    while name in names:
        name = f"{name}*"
    return name


def _shortened(heads: list[str]) -> tuple[str, ...]:
    """The names, short enough and each given once."""
    return tuple(
        distinct(printable(head)[:MAX_NAME_LETTERS].strip() or say("value") for head in heads)
    )


def _short(cell: str) -> str:
    shown = " ".join(cell.split())
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
