"""Weights in text: our own CSV, tables of other programs, lists of numbers, what was copied."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

import numpy as np

from model.door import say
from model.experiment import MAX_WEIGHTS
from model.files.json_text import Cancelled, ReadingCancelled, never
from model.files.tables.dialect import guess, rows_of, text_of
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS, Notation
from model.files.weights.found import FoundWeights, WeightsError
from model.files.weights.writing import CORNER

# A row of as many inputs as can be has a name for each.
_MAX_CELLS = 2 * MAX_WEIGHTS + 2
_ROWS_A_LOOK = 200
_QUOTED = 40
Row = list[str]


def weights_of_text(content: bytes, name: str, cancelled: Cancelled = never) -> FoundWeights:
    """The weights in a text: a row for each output, a column for each input.

    The first row may name the inputs and the first column the outputs. Raises WeightsError with
    one sentence for the first fault; ReadingCancelled as soon as ``cancelled`` returns True.
    """
    try:
        rows, notation = _rows(content, cancelled)
    except TableError as error:
        raise WeightsError(f"{name}: {error}") from error
    if not rows:
        raise WeightsError(say("{name}: there are no numbers in it", name=name))
    inputs, rows, first = _without_header(rows, notation)
    outputs = None
    if rows and (first == CORNER or _mostly_words((row[0] for row in rows), notation)):
        outputs = tuple(row[0] for row in rows)
        rows = [row[1:] for row in rows]
        # A corner may be there or not; some programs leave it out.
        if inputs is not None and len(inputs) == len(rows[0]) + 1:
            inputs = inputs[1:]
    values = _numbers(rows, notation, name, 1 if inputs is None else 2, cancelled)
    if inputs is not None and len(inputs) != values.shape[1]:
        raise WeightsError(
            say("{name}: the first row names {names:,} inputs, and {columns:,} numbers stand in "
                "the rows below: give one name for each column",
                name=name, names=len(inputs), columns=values.shape[1])
        )  # fmt: skip
    return FoundWeights(name, values, outputs, None if inputs is None else tuple(inputs))


def _rows(content: bytes, cancelled: Cancelled) -> tuple[list[Row], Notation]:
    """All rows that have cells, and how numbers are written in them."""
    own = _own_rows(content)
    if own is not None:
        return _kept(own, cancelled), NOTATIONS[0]
    content = _without_brackets(content)
    dialect = guess(content)
    text = text_of(content, dialect.encoding)
    return _kept(rows_of(text, dialect.delimiter), cancelled), dialect.notation


def _own_rows(content: bytes) -> Iterator[Row] | None:
    """The rows of a table that was written here; None where it was not, or is another by now.

    Names with any signs in them could mislead a guess.
    """
    for delimiter in (",", "\t"):
        if content.startswith(f"{CORNER}{delimiter}".encode()):
            try:
                text = content.decode("utf-8")
            except UnicodeDecodeError:
                return None
            found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            return found if _is_even(text, delimiter) else None
    return None


def _is_even(text: str, delimiter: str) -> bool:
    """Whether the first two rows are equally wide, with numbers as they are written here."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        first, second = next(rows), next(rows)
    except (StopIteration, csv.Error):
        return False
    return len(first) == len(second) and all(map(NOTATIONS[0].matches, second[1:]))


def _kept(rows: Iterable[Row], cancelled: Cancelled) -> list[Row]:
    kept: list[Row] = []
    n_cells = 0
    try:
        for number, row in enumerate(rows, start=1):
            if number % _ROWS_A_LOOK == 0 and cancelled():
                raise ReadingCancelled
            while row and not row[-1]:
                row.pop()
            n_cells += len(row)
            if n_cells > _MAX_CELLS:
                raise TableError(
                    say("there are more cells in it than for {most:,} weights", most=MAX_WEIGHTS)
                )
            if row:
                kept.append(row)
    except csv.Error as error:
        raise TableError(say("a quote in it may not be closed")) from error
    return kept


def _without_brackets(content: bytes) -> bytes:
    """A list of lists as Python, JSON and NumPy print it, as rows on lines of their own."""
    if not content.lstrip().startswith(b"["):
        return content
    return re.sub(rb"\]\s*,?", b"\n", re.sub(rb"[\r\n]+", b" ", content)).replace(b"[", b"")


def _without_header(rows: list[Row], notation: Notation) -> tuple[Row | None, list[Row], str]:
    """The names in the first row, None without them; the other rows; and the first cell."""
    first = rows[0]
    corner = first[0]
    if corner == CORNER:
        return first[1:], rows[1:], corner
    if _mostly_words(first[1:] or first, notation):
        return first, rows[1:], corner
    return None, rows, corner


def _mostly_words(cells: Iterable[str], notation: Notation) -> bool:
    """Whether more of the cells are words than numbers; an empty one is neither."""
    balance = sum((1 if not notation.matches(cell) else -1) for cell in cells if cell)
    return balance > 0


def _numbers(
    rows: list[Row], notation: Notation, name: str, first: int, cancelled: Cancelled
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The numbers of the rows, (n_rows, n_columns); ``first`` is the number of the first row."""
    if not rows:
        raise WeightsError(
            say("{name}: there are names in it, and no row of numbers below them", name=name)
        )
    width = len(rows[0])
    values = np.empty((len(rows), width))
    for at, row in enumerate(rows):
        if at % _ROWS_A_LOOK == 0 and cancelled():
            raise ReadingCancelled
        if len(row) != width or not width:
            raise WeightsError(
                say("{name}: row {row:,} has {cells:,} numbers, and the first one {width:,}: every "
                    "output needs one for each input",
                    name=name, row=at + first, cells=len(row), width=width)
            )  # fmt: skip
        for column, cell in enumerate(row):
            value = notation.value(cell.strip())
            if value is None:
                raise WeightsError(
                    say("{name}: “{cell}” in row {row:,} is not a number: write one there",
                        name=name, cell=" ".join(cell.split())[:_QUOTED], row=at + first)
                )  # fmt: skip
            values[at, column] = value
    return values
