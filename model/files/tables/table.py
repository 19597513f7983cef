"""A table as it was read: columns of cells, and what there is to know of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.files.json_text import Cancelled, ReadingCancelled, never
from model.files.kinds import opened
from model.files.tables.dialect import Dialect, rows_of, text_of
from model.files.tables.errors import TableError
from model.files.tables.numbers import Notation, is_missing
from model.network import Floats

# A cell takes some 80 bytes while it is read.
MAX_BYTES = 128 * 2**20
MAX_CELLS = 6_000_000
MAX_COLUMNS = 5_000
MAX_NAME_LETTERS = 60
_ROWS_A_LOOK = 1_000
# Whole numbers that count the rows are taken for identifiers from so many rows on, and from fewer
# where the column is called so.
_MIN_IDENTIFIERS, _MANY_ROWS = 4, 20
_IDENTIFIER = re.compile(
    r"#|(row|record|case|sample|item)?[ _.-]*(id|idx|index|no|nr|num|number|names?)\.?"
    r"|.*[ _-]id|row|unnamed.*|column 1",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        From the header, made different from those of the columns before it.
    cells : sequence of str
        One for each row that has any cell, as written.
    notation : Notation
        How its numbers are written.
    """

    name: str
    cells: Sequence[str]
    notation: Notation

    @cached_property
    def values(self) -> Floats:
        """Its numbers, (n_rows,); NaN where a cell is missing, or is no finite number."""
        quick = _all_at_once(self.cells, self.notation)
        if quick is not None:
            return quick
        found = np.full(len(self.cells), np.nan)
        for row, cell in enumerate(self.cells):
            value = self.notation.value(cell)
            if value is not None and np.isfinite(value):
                found[row] = value
        return found

    @cached_property
    def missing(self) -> NDArray[np.intp]:
        """The rows, from 0, in which there is no value."""
        if self._is_whole:
            return np.empty(0, dtype=np.intp)
        return np.flatnonzero([is_missing(cell) for cell in self.cells])

    @cached_property
    def faulty(self) -> NDArray[np.intp]:
        """The rows, from 0, in which something stands that is no finite number."""
        unknown = np.isnan(self.values)
        unknown[self.missing] = False
        return np.flatnonzero(unknown)

    @cached_property
    def is_of_numbers(self) -> bool:
        """Whether more of what stands in it are numbers than not."""
        there = len(self.cells) - len(self.missing)
        return there > 0 and len(self.faulty) * 2 < there

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The different texts in it, sorted; without those that are missing."""
        return tuple(sorted({cell for cell in self.cells if not is_missing(cell)}))

    @cached_property
    def is_constant(self) -> bool:
        """Whether the same stands in every row, so that nothing can be learned from it."""
        if self.is_of_numbers:
            there = self.values[~np.isnan(self.values)]
            return bool(len(there) and np.all(there == there[0]))
        return len(self.categories) == 1

    @cached_property
    def is_identifier(self) -> bool:
        """Whether it seems to number or name the rows, which says nothing about them."""
        n = len(self.cells)
        if n < _MIN_IDENTIFIERS or len(self.missing):
            return False
        if not self.is_of_numbers:
            return len(self.categories) == n
        if len(self.faulty):
            return False
        counts = bool(self.values[0] in (0.0, 1.0) and np.all(np.diff(self.values) == 1.0))
        # A few numbers in a row may well be what was measured.
        return counts and (n >= _MANY_ROWS or _IDENTIFIER.fullmatch(self.name) is not None)

    def find_out(self) -> None:
        """Find out all there is to know of it, so that what asks later has it at once."""
        _ = self.is_constant, self.is_identifier, self.missing, self.faulty
        if not self.is_of_numbers:
            _ = self.categories

    @property
    def _is_whole(self) -> bool:
        return not np.isnan(self.values).any()


@dataclass(frozen=True, eq=False)
class Table:
    """A table with a name for each column.

    Attributes
    ----------
    name : str
        Where it came from, for messages.
    dialect : Dialect
        How it was read.
    columns : tuple of Column
        All of equal length; columns without a single cell are left out.
    rows : numpy.ndarray
        The number of each row in the file, from 1 and with the header, as a spreadsheet counts.
    """

    name: str
    dialect: Dialect
    columns: tuple[Column, ...]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Column:
        """The column of that name, whatever its case; raises TableError where there is none."""
        for exact in (True, False):
            for column in self.columns:
                if column.name == name or (not exact and column.name.casefold() == name.casefold()):
                    return column
        names = ", ".join(f"“{column.name}”" for column in self.columns[:12])
        raise TableError(
            say("{table}: there is no column “{name}”: the columns are {names}",
                table=self.name, name=name[:MAX_NAME_LETTERS], names=names)
        )  # fmt: skip


def read_file(file: Path) -> bytes:
    """The bytes of a table's file.

    Raises TableError where it cannot be read, is empty, or is far too large.
    """
    try:
        with opened(file) as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(
            say("{file}: cannot be read ({why})", file=file.name, why=error.strerror)
        ) from error
    if len(content) > MAX_BYTES:
        raise TableError(
            say("{file}: is larger than {size} MB: save a part of its rows as a file of their own",
                file=file.name, size=MAX_BYTES // 2**20)
        )  # fmt: skip
    return content


def read_table(content: bytes, dialect: Dialect, name: str, cancelled: Cancelled = never) -> Table:
    """The table that the bytes are in that dialect.

    Raises TableError with one sentence where there are no rows, or a row has more cells than
    there are columns, or there are more cells than can be held; ReadingCancelled as soon as
    ``cancelled`` returns True.
    """
    try:
        return _read(text_of(content, dialect.encoding), dialect, name, cancelled)
    except TableError as error:
        raise TableError(f"{name}: {error}") from error


def _read(text: str, dialect: Dialect, name: str, cancelled: Cancelled) -> Table:
    numbers: list[int] = []
    rows: list[list[str]] = []
    n_cells = 0
    for number, row in enumerate(rows_of(text, dialect.delimiter), start=1):
        if number % _ROWS_A_LOOK == 0 and cancelled():
            raise ReadingCancelled
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        numbers.append(number)
        rows.append(row)
        n_cells += len(row)
        if n_cells > MAX_CELLS:
            raise TableError(
                say("there are more than {most:,} cells in it: save a part of its rows as a file "
                    "of their own", most=MAX_CELLS)
            )  # fmt: skip
    heads = rows.pop(0) if dialect.header and rows else []
    if not rows:
        raise TableError(
            say("there is no row of cells in it below the header: add rows, or say that the "
                "first row is no header")
            if heads
            else say("there are no cells in it: choose another file")
        )  # fmt: skip
    numbers = numbers[1:] if heads else numbers
    width = _width(heads, rows, numbers)
    for row in rows:
        row.extend([""] * (width - len(row)))
    names = _different(heads + [""] * (width - len(heads)))
    columns = tuple(
        Column(head, cells, dialect.notation)
        for head, cells in zip(names, zip(*rows, strict=True), strict=True)
        if any(cells)
    )
    return Table(name, dialect, columns, np.array(numbers, dtype=np.int64))


def _width(heads: list[str], rows: list[list[str]], numbers: list[int]) -> int:
    """How many columns there are; raises TableError where a row has more than the header."""
    width = max(map(len, rows))
    if heads and width > len(heads):
        at = next(at for at, row in enumerate(rows) if len(row) > len(heads))
        raise TableError(
            say("row {row:,} has {cells:,} cells, and the header {columns:,}: look at that row, "
                "or choose another delimiter",
                row=numbers[at], cells=len(rows[at]), columns=len(heads))
        )  # fmt: skip
    width = max(width, len(heads))
    if width > MAX_COLUMNS:
        raise TableError(
            say("there are {columns:,} columns, more than the {most:,} that can be held: choose "
                "another delimiter, or leave columns out", columns=width, most=MAX_COLUMNS)
        )  # fmt: skip
    return width


def _different(heads: list[str]) -> list[str]:
    """A name for each column: short, on one line, and given once."""
    return distinct(
        " ".join(printable(head).split())[:MAX_NAME_LETTERS].strip()
        or say("column {number}", number=number)
        for number, head in enumerate(heads, start=1)
    )


def printable(text: str) -> str:
    """The text with a blank for each letter that cannot be shown."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def distinct(names: Iterable[str]) -> list[str]:
    """The names, each given once: what stands there before has a number after it."""
    found: dict[str, None] = {}
    for wanted in names:
        name, copy = wanted, 1
        while name in found:
            copy += 1
            ending = f" ({copy})"
            name = f"{wanted[: MAX_NAME_LETTERS - len(ending)]}{ending}"
        found[name] = None
    return list(found)


def _all_at_once(cells: Sequence[str], notation: Notation) -> Floats | None:
    """The numbers of cells, if all are finite ones that are written in the plainest way."""
    together = "".join(cells)
    # Python reads 1_000 and digits of other scripts as numbers, too.
    strange = "_" if notation.decimal == "." else "_."
    if not together.isascii() or any(sign in together for sign in strange):
        return None
    try:
        if notation.decimal == ".":
            values = np.fromiter(map(float, cells), np.float64, len(cells))
        else:
            with_points = (cell.replace(notation.decimal, ".") for cell in cells)
            values = np.fromiter(map(float, with_points), np.float64, len(cells))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None
