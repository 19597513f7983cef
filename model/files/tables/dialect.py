"""How a table is written down: its encoding, what stands between cells, and how it writes numbers.

There is no standard that files keep to, so each of these is guessed from the content, shown, and
can be set to something else.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from model.door import say
from model.files.kinds import encoding_of
from model.files.tables.encodings import Encoding
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS, Notation, is_missing

# A blank stands between cells where there is any number of blanks.
DELIMITERS = (",", ";", "\t", "|", " ")
# The guess is made from so many rows at the beginning.
_ROWS_LOOKED_AT = 100
_LETTERS_LOOKED_AT = 2**18
_CELLS_LOOKED_AT = 2_000
_CODECS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
# Excel names the delimiter in a line of its own, before the table.
_DELIMITER_LINE = re.compile(r"sep=(.)\r?\n?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How one table is written.

    Attributes
    ----------
    encoding : str
        One of the encodings known here; a mark at the beginning is passed over.
    delimiter : str
        One of ``DELIMITERS``.
    notation : Notation
        The decimal sign, and what stands between groups of three digits.
    header : bool
        Whether the first row names the columns.
    """

    encoding: Encoding = "utf-8"
    delimiter: str = ","
    notation: Notation = NOTATIONS[0]
    header: bool = True


def bytes_of_copied(text: str) -> bytes:
    """A text that was copied elsewhere as bytes that are found to be UTF-8, whatever is in it."""
    # Where there are zeros, they would be taken for UTF-16.
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")


def text_of(content: bytes, encoding: Encoding) -> str:
    """The text that the bytes are.

    Raises TableError, with the next step, where they are none in that encoding.
    """
    codec = _CODECS.get(encoding, encoding)
    if encoding == "utf-16" and content[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16-be" if encoding_of(content) == "utf-16-be" else "utf-16-le"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise TableError(
            say("the bytes from {place:,} on are no text in {encoding}: choose another encoding",
                place=error.start, encoding=encoding.upper())
        ) from error  # fmt: skip
    if "\0" in text:
        raise TableError(
            say("there is a character of number zero in it, which no table has: "
                "choose another encoding, or save it once more as CSV")
        )  # fmt: skip
    return text


def guess(
    content: bytes, encoding: Encoding | None = None, delimiter: str | None = None
) -> Dialect:
    """How a table is most likely written, from its first rows, and what is known of that already.

    Raises TableError where it is no text in any encoding known here.
    """
    encoding = encoding or _guess_encoding(content)
    text = text_of(content, encoding)[:_LETTERS_LOOKED_AT]
    named = _DELIMITER_LINE.match(text[: text.find("\n") + 1])
    if delimiter is None and named is not None and named[1] in DELIMITERS:
        delimiter = named[1]
    elif delimiter is None:
        delimiter = max(DELIMITERS, key=lambda sign: _fit(_first_rows(text, sign)))
    rows = _first_rows(text, delimiter)
    notation = _guess_notation([cell for row in rows for cell in row])
    return Dialect(encoding, delimiter, notation, _has_header(rows, notation))


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a table, cells without blanks around them; a row without any cell is empty.

    Lines before the table that begin with # are passed over, and a line that names the
    delimiter. Raises TableError where a cell is longer than any can be.
    """
    lines = io.StringIO(text, newline="")
    _pass_over_beginning(lines)
    try:
        if delimiter == " ":
            squeezed = (re.sub(r"[ \t]+", " ", line.strip(" \t")) for line in lines)
            found = csv.reader(squeezed, delimiter=" ", skipinitialspace=True)
        else:
            found = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        for row in found:
            yield list(map(str.strip, row))
    except csv.Error as error:
        raise TableError(
            say("a cell of row {number:,} is too long for a table, so a quote may not be closed",
                number=found.line_num)
        ) from error  # fmt: skip


def _pass_over_beginning(lines: io.StringIO) -> None:
    """Move to the first line of the table itself."""
    while True:
        place = lines.tell()
        line = lines.readline()
        if not line or not (line.startswith("#") or _DELIMITER_LINE.match(line)):
            lines.seek(place)
            return


def _guess_encoding(content: bytes) -> Encoding:
    found = encoding_of(content)
    if found.startswith("utf-32"):
        return "utf-32"
    if found.startswith("utf-16"):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that have cells."""
    try:
        return [row for row in islice(rows_of(text, delimiter), _ROWS_LOOKED_AT) if any(row)]
    except TableError:
        return []


def _fit(rows: list[list[str]]) -> tuple[float, float, int]:
    """How well rows fit together as a table: equally wide, of numbers, of many columns."""
    if not rows:
        return 0.0, 0.0, 0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 2:
        return 0.0, 0.0, 0
    even = count / len(rows)
    cells = [cell for row in rows[1:] or rows for cell in row]
    looked_at = cells[:_CELLS_LOOKED_AT]
    numbers = _n_numbers(looked_at, _guess_notation(looked_at))
    return round(even, 1), round(numbers / max(1, len(looked_at)), 2), width


def _guess_notation(cells: list[str]) -> Notation:
    """The notation in which most of the cells are numbers; the first of them where many are."""
    looked_at = cells[:_CELLS_LOOKED_AT]
    return max(NOTATIONS, key=lambda notation: _n_numbers(looked_at, notation))


def _n_numbers(cells: list[str], notation: Notation) -> int:
    return sum(notation.matches(cell) for cell in cells)


def _has_header(rows: list[list[str]], notation: Notation) -> bool:
    """Whether the first row names the columns: it has words where numbers follow, or names."""
    if len(rows) < 2:
        return bool(rows) and not any(notation.matches(cell) for cell in rows[0])
    first, others = rows[0], rows[1:]
    if any(
        not notation.matches(cell) and not is_missing(cell) and _is_of_numbers(column, notation)
        for cell, column in zip(first, _columns(others), strict=False)
    ):
        return True
    below = {cell for row in others for cell in row}
    named = [cell for cell in first if not is_missing(cell)]
    are_names = not any(notation.matches(cell) for cell in named)
    return are_names and len(set(named)) == len(named) and below.isdisjoint(named)


def _columns(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[row[at] for row in rows if at < len(row)] for at in range(width)]


def _is_of_numbers(column: list[str], notation: Notation) -> bool:
    there = [cell for cell in column if not is_missing(cell)]
    return bool(there) and all(notation.matches(cell) for cell in there)
