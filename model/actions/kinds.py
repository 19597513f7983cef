"""What can follow a verb: how each kind of argument is read from text and written again.

Whether a name exists on the bench is not known here; that is checked where it is played.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.door import mark
from model.network import Floats
from model.words import numbers
from model.words.pixels import SHOWN

MAX_COUNT = 1_000_000_000
# Rows and columns of a picture given in rows: enough for any set of digits.
MAX_SIDE = 100
_MAX_NAME_LETTERS = 200
_PICTURE_ROW = re.compile(r"[.#1-9]+")
_REGION = re.compile(r"(\d{1,4}),(\d{1,4})(?:-(\d{1,4}),(\d{1,4}))?")


class Region(NamedTuple):
    """A rectangle of pixels, first and last row and column included; counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def lies_in(self, shape: tuple[int, int]) -> bool:
        """Whether all of it is on images of (rows, columns)."""
        return self.bottom < shape[0] and self.right < shape[1]

    def inputs(self, columns: int) -> list[int]:
        """The places of its pixels among the inputs, row after row, of images so wide."""
        return [
            row * columns + column
            for row in range(self.top, self.bottom + 1)
            for column in range(self.left, self.right + 1)
        ]


class Picture(NamedTuple):
    """A small picture as rows of text: ``.`` is paper, ``#`` ink, 1 to 9 tenths of ink."""

    rows: tuple[str, ...]

    @property
    def gray(self) -> Floats:
        """Ink of each pixel, (rows, columns), from 0 (paper) to 1 (ink)."""
        levels = {".": 0.0, "#": 1.0} | {str(tenths): tenths / 10 for tenths in range(1, 10)}
        return np.array([[levels[letter] for letter in row] for row in self.rows])


Value = str | int | float | Region | Picture


@dataclass(frozen=True)
class Kind:
    """A kind of argument.

    ``read`` raises ValueError where the text is none of it; ``fault`` is the whole sentence for
    a person then, with the slots ``line``, ``word``, ``verb`` and ``example``. ``write`` is the
    inverse of ``read``.
    """

    read: Callable[[str], Value]
    write: Callable[[Value], str]
    fault: str


def _read_name(text: str) -> str:
    quoted = len(text) >= 2 and text[0] == text[-1] == '"'
    name = text[1:-1].replace('""', '"') if quoted else text
    if not name.strip() or len(name) > _MAX_NAME_LETTERS:
        raise ValueError(text)
    return name


def _write_name(value: Value) -> str:
    """The name as it stands; in quotes where it would be read otherwise."""
    name = str(value)
    if "\n" in name:
        raise ValueError("a name with a line break cannot stand in a script")
    plain = name == name.strip() and not name.startswith('"')
    return name if plain else '"' + name.replace('"', '""') + '"'


def _read_count(text: str, least: int = 0) -> int:
    number = numbers.parse(text, decimal_comma=False)
    if number != int(number) or not least <= number <= MAX_COUNT:
        raise ValueError(text)
    return int(number)


def _read_ordinal(text: str) -> int:
    return _read_count(text, 1)


def _write_number(value: Value) -> str:
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)


def _read_speed(text: str) -> float:
    speed = math.inf if text.casefold() == "fastest" else numbers.parse(text, decimal_comma=False)
    if speed <= 0:
        raise ValueError(text)
    return speed


def _write_speed(value: Value) -> str:
    return "fastest" if value == math.inf else _write_number(value)


def _read_letters(text: str) -> str:
    letters = text.lower()
    if not re.fullmatch(r"[a-z]{1,8}\d{0,4}", letters):
        raise ValueError(text)
    return letters


def _read_region(text: str) -> Region:
    found = _REGION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    top, left, bottom, right = found.groups()
    region = Region(int(top), int(left), int(bottom or top), int(right or left))
    if region.bottom < region.top or region.right < region.left:
        raise ValueError(text)
    return region


def _write_region(value: Value) -> str:
    assert isinstance(value, Region)
    first, last = f"{value.top},{value.left}", f"{value.bottom},{value.right}"
    return first if first == last else f"{first}-{last}"


def _read_drawing(text: str) -> int | Picture:
    if not text.startswith("|"):
        return _read_ordinal(text)
    rows = tuple(row.strip("| ") for row in text.split("\n"))
    if len(rows) > MAX_SIDE or any(not row_fits(row, rows[0]) for row in rows):
        raise ValueError(text)
    return Picture(rows)


def row_fits(row: str, first: str) -> bool:
    """Whether a row is one of a picture whose first row is given."""
    return len(row) == len(first) <= MAX_SIDE and _PICTURE_ROW.fullmatch(row) is not None


def _write_drawing(value: Value) -> str:
    if not isinstance(value, Picture):
        return str(value)
    return "".join(f"\n| {row}" for row in value.rows)


def _read_quantity(text: str) -> str:
    wanted = " ".join(text.casefold().replace("*", "×").split())
    wanted = "input × weight" if wanted == "input x weight" else wanted
    if wanted not in SHOWN:
        raise ValueError(text)
    return wanted


def _read_scale(text: str) -> str | float:
    if text.casefold() in ("one", "each"):
        return text.casefold()
    number = numbers.parse(text, decimal_comma=False)
    if number <= 0:
        raise ValueError(text)
    return number


def _read_switch(text: str) -> bool:
    if text.casefold() not in ("on", "off"):
        raise ValueError(text)
    return text.casefold() == "on"


def _write_switch(value: Value) -> str:
    return "on" if value else "off"


NAME = Kind(
    _read_name,
    _write_name,
    mark("line {line}: “{word}” is not a name; {verb} is written like “{example}”"),
)
COUNT = Kind(
    _read_count,
    _write_number,
    mark("line {line}: “{word}” is not a whole number from 0; {verb} is written like “{example}”"),
)
ORDINAL = Kind(
    _read_ordinal,
    _write_number,
    mark("line {line}: “{word}” is not a whole number from 1; {verb} is written like “{example}”"),
)
NUMBER = Kind(
    numbers.parse,
    _write_number,
    mark("line {line}: “{word}” is not a number; {verb} is written like “{example}”"),
)
SPEED = Kind(
    _read_speed,
    _write_speed,
    mark(
        "line {line}: “{word}” is not steps a second and not “fastest”; "
        "{verb} is written like “{example}”"
    ),
)
LETTERS = Kind(
    _read_letters,
    _write_number,
    mark("line {line}: “{word}” is not the letter of a weight; {verb} is written like “{example}”"),
)
REGION = Kind(
    _read_region,
    _write_region,
    mark(
        "line {line}: “{word}” is not pixels from row,column to row,column; "
        "{verb} is written like “{example}”"
    ),
)
DRAWING = Kind(
    _read_drawing,
    _write_drawing,
    mark(
        "line {line}: “{word}” is not the number of a shipped digit, from 1; "
        "{verb} is written like “{example}”"
    ),
)
QUANTITY = Kind(
    _read_quantity,
    _write_number,
    mark(
        "line {line}: “{word}” is not weight, weight_delta or input × weight; "
        "{verb} is written like “{example}”"
    ),
)
SCALE = Kind(
    _read_scale,
    _write_number,
    mark(
        "line {line}: “{word}” is not one, each or a number above zero; "
        "{verb} is written like “{example}”"
    ),
)
SWITCH = Kind(
    _read_switch,
    _write_switch,
    mark("line {line}: “{word}” is not on or off; {verb} is written like “{example}”"),
)
