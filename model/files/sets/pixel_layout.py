"""Whether a table is one of pixels, told by its first rows: a picture a row, with its label."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.door import say
from model.errors import SetError
from model.files.sets.raw import MAX_CLASSES, MAX_SIDE

# A header that names 64 x 64 pixels takes some 40 KB, and a row of them as much as 16 KB.
HEAD_BYTES = 2**17
_DELIMITERS = (",", ";", "\t")
_MARK = b"\xef\xbb\xbf"
_MIN_SIDE = 4
# Tables of numbers often have some twenty columns, and rarely one more than a square from here.
_MIN_SIDE_IN_DOUBT = 7
_ROWS_LOOKED_AT = 20
_MAX_PIXEL = 255
_LABEL = re.compile(
    r"labels?|class(?:es)?|targets?|digits?|characters?|letters?|categor(?:y|ies)|y", re.IGNORECASE
)
_PIXEL = re.compile(r"(?:pixels?|px|pix)[ _.-]*\d+(?:[ _.x,-]\d+)?|\d+x\d+", re.IGNORECASE)
_GRID = re.compile(r".*?(\d+) ?[x,_-] ?(\d+)")
_NUMBER = re.compile(r"\d{1,3}(?:\.0*)?")


@dataclass(frozen=True)
class PixelLayout:
    """Where labels and pixels stand in a table.

    Attributes
    ----------
    delimiter : str
    header : bool
        Whether the first row names the columns.
    labels_last : bool
        Whether the label is the last cell of a row; if not, it is the first.
    size : tuple of int
        (rows, cols) of a picture.
    sure : bool
        Whether the header says that these are pixels; if not, a table of numbers of that width
        would look the same.
    """

    delimiter: str
    header: bool
    labels_last: bool
    size: tuple[int, int]
    sure: bool

    @property
    def n_cells(self) -> int:
        """How many cells a row has."""
        return self.size[0] * self.size[1] + 1


def pixel_layout(path: Path) -> PixelLayout | None:
    """How pixels and labels stand in a table; None where it is no table of pixels.

    Only the beginning of the file is read. Raises SetError where the header names pixels, but no
    pictures with labels can be made of them; OSError where the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    return layout_of(head, path.name)


def layout_of(head: bytes, name: str) -> PixelLayout | None:
    """The same from the first `HEAD_BYTES` bytes of a table."""
    for delimiter in _DELIMITERS:
        rows = _first_rows(head, delimiter)
        if len(rows) >= 2 and len(rows[0]) > _MIN_SIDE**2:
            return _of_rows(rows, delimiter, name)
    return None


def _first_rows(head: bytes, delimiter: str) -> list[list[str]]:
    """The first rows that are there as a whole."""
    text = head.removeprefix(_MARK).decode("ascii", "replace")
    if len(head) >= HEAD_BYTES:
        text = text[: text.rfind("\n") + 1]
    lines = [line for line in text.splitlines()[: _ROWS_LOOKED_AT + 1] if line.strip()]
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return []


def _of_rows(rows: Sequence[list[str]], delimiter: str, name: str) -> PixelLayout | None:
    width = len(rows[0])
    header = not all(_is_pixel(cell) for cell in rows[0][1:-1])
    body = rows[1:] if header else rows
    if header:
        pixels = [bool(_PIXEL.fullmatch(cell)) for cell in rows[0]]
        if sum(pixels) >= 0.9 * (width - 1):
            return _named(rows[0], pixels, delimiter, name)
    if any(len(row) != width for row in rows[1:]):
        return None
    side = round((width - 1) ** 0.5)
    if side**2 != width - 1 or not _MIN_SIDE_IN_DOUBT <= side <= MAX_SIDE:
        return None
    for last in _label_places(rows[0] if header else None, body):
        cells = [row[:-1] if last else row[1:] for row in body]
        if all(_is_pixel(cell) for row in cells for cell in row):
            return PixelLayout(delimiter, header, last, (side, side), sure=False)
    return None


def _named(heads: Sequence[str], pixels: Sequence[bool], delimiter: str, name: str) -> PixelLayout:
    """The layout by a header that names pixels."""
    others = [at for at, is_pixel in enumerate(pixels) if not is_pixel]
    if not others:
        raise SetError(
            say("{name} has {n:,} columns of pixels and no column of labels, so there is nothing "
                "to learn from it: open the file that has labels, such as train.csv",
                name=name, n=len(heads))
        )  # fmt: skip
    if len(others) > 1 or others[0] not in (0, len(heads) - 1):
        names = ", ".join(f"“{heads[at][:20]}”" for at in others[:4])
        raise SetError(
            say("{name} has columns beside its pixels of which one must be the label, first or "
                "last: {names}: take the others out", name=name, names=names)
        )  # fmt: skip
    named = [heads[at] for at, is_pixel in enumerate(pixels) if is_pixel]
    return PixelLayout(delimiter, True, others[0] > 0, _size(named, name), sure=True)


def _size(names: Sequence[str], name: str) -> tuple[int, int]:
    """(rows, cols) by the names of the pixels, or else of a square."""
    places = [_GRID.fullmatch(each) for each in names]
    found = [(int(place[1]), int(place[2])) for place in places if place]
    if len(found) == len(names):
        rows = max(row for row, _ in found) - min(row for row, _ in found) + 1
        cols = max(col for _, col in found) - min(col for _, col in found) + 1
        if rows * cols == len(names):
            return rows, cols
    side = round(len(names) ** 0.5)
    if side**2 != len(names):
        raise SetError(
            say("{name} has {n:,} columns of pixels, which make no square: name them by row and "
                "column, such as 1x1 to 20x30", name=name, n=len(names))
        )  # fmt: skip
    return side, side


def _label_places(heads: Sequence[str] | None, body: Sequence[list[str]]) -> tuple[bool, ...]:
    """Whether the label is the last cell, the likelier first."""
    if heads is not None:
        for at, last in ((0, False), (-1, True)):
            if _LABEL.fullmatch(heads[at]):
                return (last,)
    first, last_cells = ({row[at] for row in body} for at in (0, -1))
    # A pixel in a corner is empty in all pictures.
    if len(first) == 1 < len(last_cells) <= MAX_CLASSES:
        return (True, False)
    return (False, True)


def _is_pixel(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and float(cell) <= _MAX_PIXEL
