"""From the file of a table to an experiment, with whatever a person said of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from model.door import say
from model.experiment import Experiment, Scale
from model.files.json_text import Cancelled, never
from model.files.tables.choice import Choice, Missing, experiment_of, suggest, suggested_inputs
from model.files.tables.dialect import Dialect, guess
from model.files.tables.encodings import Encoding
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS
from model.files.tables.table import Table, read_file, read_table


@dataclass(frozen=True)
class Wanted:
    """What a person says of a table; None, or nothing, where it is to be guessed.

    ``inputs`` and ``targets`` are names of columns; the others are as in `Dialect` and `Choice`.
    A column of words that is named becomes a column for each of its values.
    """

    inputs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    one_hot: tuple[str, ...] = ()
    missing: Missing = "stop"
    scale: Scale = "none"
    constant: bool | None = None
    alpha: float | None = None
    held_out: float = 0.0
    seed: int = 0
    encoding: Encoding | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None


def dialect_of(content: bytes, wanted: Wanted) -> Dialect:
    """How a table is written: as was said, and as it seems otherwise.

    Raises TableError where it is no text in the encoding.
    """
    found = guess(content) if wanted.encoding is None else guess(content, wanted.encoding)
    if wanted.delimiter is not None:
        found = guess(content, found.encoding, wanted.delimiter)
    if wanted.decimal is not None and found.notation.decimal != wanted.decimal:
        notation = next(each for each in NOTATIONS if each.decimal == wanted.decimal)
        found = replace(found, notation=notation)
    if wanted.header is not None:
        found = replace(found, header=wanted.header)
    return found


def open_table(file: Path, wanted: Wanted, cancelled: Cancelled = never) -> Table:
    """The table in a file.

    Raises TableError, and ReadingCancelled as `read_table` does.
    """
    content = read_file(file)
    try:
        dialect = dialect_of(content, wanted)
    except TableError as error:
        raise TableError(f"{file.name}: {error}") from error
    return read_table(content, dialect, file.name, cancelled)


def choice_of(table: Table, wanted: Wanted) -> Choice:
    """What is to be made of a table: as was said, and as is suggested otherwise.

    Raises TableError where a column is named that is not there.
    """
    suggested = suggest(table)
    targets = _named(table, wanted.targets) or tuple(
        name for name in suggested.targets if name not in _named(table, wanted.inputs)
    )
    inputs = _named(table, wanted.inputs) or suggested_inputs(table, targets)
    one_hot = set(_named(table, wanted.one_hot))
    one_hot |= {name for name in (*inputs, *targets) if not table.column(name).is_of_numbers}
    return Choice(
        inputs, targets, frozenset(one_hot), wanted.missing, wanted.scale, wanted.constant,
        wanted.alpha, wanted.held_out, wanted.seed,
    )  # fmt: skip


def experiment_of_table(file: Path, wanted: Wanted, cancelled: Cancelled = never) -> Experiment:
    """The experiment that a table's file becomes, named after the file.

    Raises TableError with one sentence for the first fault; ReadingCancelled as soon as
    ``cancelled`` returns True.
    """
    table = open_table(file, wanted, cancelled)
    return experiment_of(table, choice_of(table, wanted), file.stem[:60].strip() or file.name)


def column_names(text: str) -> tuple[str, ...]:
    """Names of columns in one text, with commas between them, as ``A,B`` or ``"A, too",B``.

    Raises TableError where it is none.
    """
    try:
        rows = list(csv.reader([text], strict=True, skipinitialspace=True))
    except csv.Error as error:
        raise TableError(say("{text} is no list of names with commas between them",
                             text=repr(text[:40]))) from error  # fmt: skip
    names = tuple(name.strip() for row in rows for name in row)
    if not names or not all(names):
        raise TableError(say("{text} is no list of names with commas between them",
                             text=repr(text[:40])))  # fmt: skip
    return names


def _named(table: Table, names: Iterable[str]) -> tuple[str, ...]:
    """The columns' names as they are in the table."""
    return tuple(table.column(name).name for name in names)
