"""A block of numbers as spreadsheets copy it: rows and columns without names."""

from __future__ import annotations

import re

import numpy as np

from model.door import has_decimal_comma, say
from model.edits import MAX_NUMBER
from model.files.tables.dialect import rows_of
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS, Notation, is_missing
from model.network import Floats, first_beyond
from model.words import numbers

# Far beyond what fits a screen, and read within a second or two.
MAX_BLOCK_LETTERS = 8_000_000
_LETTERS_SHOWN = 40
_ROWS_LOOKED_AT = 1_000
# One comma with three digits behind it parts thousands for some, and is a decimal comma for others.
_TWO_WAYS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+")


def read_block(text: str) -> Floats:
    """The numbers of a text, (n_rows, n_columns).

    Tabs stand between cells, or else semicolons; where there are neither, commas or blanks, but a
    line with a single comma is one number with a decimal comma, as where a number is typed. A
    decimal sign that fits all cells is found for the block as a whole.

    Raises TableError with one sentence that names the row and column of the first fault.
    """
    rows = copied_rows(text)
    if not rows:
        raise TableError(say("There are no numbers on the clipboard: copy some first."))
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise TableError(
                say("Row {row:,} of what was copied has {cells:,} cells, and the first has "
                    "{width:,}: copy a block in which all rows are of one length.",
                    row=number, cells=len(row), width=width)
            )  # fmt: skip
    values = _values(rows)
    beyond = first_beyond(values, MAX_NUMBER)
    if beyond is not None:
        at, column = beyond
        cell = _shown(rows[at][column])
        raise _fault(
            at, column, say("“{cell}” is beyond {limit:,.0f}", cell=cell, limit=MAX_NUMBER)
        )
    return values


def copied_rows(text: str) -> list[list[str]]:
    """The cells of each line that has any, parted as `read_block` says.

    Raises TableError where the text is too long to be read at once.
    """
    if len(text) > MAX_BLOCK_LETTERS:
        raise TableError(
            say("More than {most:,} letters were copied: open so large a table as a file instead.",
                most=MAX_BLOCK_LETTERS)
        )  # fmt: skip
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    delimiter = next((sign for sign in "\t;" if sign in text), None)
    if delimiter is not None:
        rows = [row for row in rows_of(text, delimiter) if any(row) or len(row) > 1]
        # A sheet's selection may end in a column without anything in it.
        while rows and len(rows[0]) > 1 and not any(row[-1] for row in rows if len(row) > 1):
            rows = [row[:-1] if len(row) == len(rows[0]) else row for row in rows]
        return rows
    return [cells for cells in map(numbers.cells_of, text.split("\n")) if cells]


def _values(rows: list[list[str]]) -> Floats:
    """The number of each cell, in the notation that fits all of them, or each by itself."""
    cells = [cell for row in rows for cell in row]
    try:
        values = np.array(list(map(float, cells)))
        if np.isfinite(values).all() and not any("_" in cell for cell in cells):
            return values.reshape(len(rows), -1)
    except ValueError:
        pass
    notation = _notation(cells)
    found = np.empty((len(rows), len(rows[0])))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            value = None if notation is None else notation.value(cell)
            found[at, column] = _number(at, column, cell) if value is None else value
    return found


def _notation(cells: list[str]) -> Notation | None:
    """The first notation in which all cells are numbers, if any does not leave a doubt."""
    fitting = [n for n in NOTATIONS if all(map(n.matches, cells[:_ROWS_LOOKED_AT]))]
    fitting = [n for n in fitting if all(map(n.matches, cells[_ROWS_LOOKED_AT:]))]
    if not fitting:
        return None
    in_commas = [cell for cell in cells if "," in cell]
    doubtful = in_commas and all(map(_TWO_WAYS.fullmatch, in_commas))
    both = {(n.decimal, n.thousands) for n in fitting} >= {(",", ""), (".", ",")}
    # In some languages there is no doubt; in the others each number is asked about by itself.
    return None if doubtful and both and not has_decimal_comma() else fitting[0]


def _number(row: int, column: int, cell: str) -> float:
    if is_missing(cell) and not cell.strip("-."):
        raise _fault(row, column, say("there is no number"))
    try:
        return numbers.parse(cell)
    except ValueError as error:
        raise _fault(row, column, str(error)) from error


def _fault(row: int, column: int, problem: str) -> TableError:
    return TableError(
        say("Row {row:,}, column {column:,} of what was copied: {problem}. Nothing was pasted; "
            "copy numbers alone.", row=row + 1, column=column + 1, problem=problem)
    )  # fmt: skip


def _shown(cell: str) -> str:
    return " ".join(cell.split())[:_LETTERS_SHOWN]
