"""Takes values out of JSON data that may hold anything, and says where it is wrong."""

from __future__ import annotations

import math
import os
import unicodedata
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from model.door import mark, say, say_count
from model.edits import MAX_NUMBER
from model.errors import ExperimentError
from model.network import Floats, Mask

_MAX_TEXT_LETTERS = 10_000
_MAX_NAME_LETTERS = 60
# Unicode's categories of what moves a terminal's cursor or breaks a line.
_CONTROL = ("Cc", "Zl", "Zp")
# What turns the direction of all that follows it: numbers of ours after a name would be read
# backwards. Letters of any direction, and marks that concern but themselves, are names like others.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MAX_PATH = 4096
_NUMBERS: frozenset[type] = frozenset((int, float))
_NUMBERS_OR_BOOLEANS = _NUMBERS | {bool}
Word = TypeVar("Word", bound=str)


class Reader:
    """One JSON object with the name of the place it came from."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise ExperimentError(
                say(
                    "{where}: must be an object in braces, not {kind}",
                    where=where,
                    kind=_kind(data),
                )
            )
        self._data = data
        self._where = where

    @property
    def where(self) -> str:
        """The name of the place it came from."""
        return self._where

    def fault(self, key: str, problem: str) -> ExperimentError:
        """The error to raise for a key: where it stands, its name and the problem."""
        return ExperimentError(
            say("{where}: {key}: {problem}", where=self._where, key=key, problem=problem)
        )

    def only(self, *known: str) -> None:
        """Raise unless every key is a known one."""
        for key in self._data:
            if key not in known:
                raise self.fault(repr(key)[:_MAX_NAME_LETTERS], say("is not a key of this format"))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def raw(self, key: str) -> Any:
        """The value as JSON gave it; raises where it is missing."""
        if key not in self._data:
            raise self.fault(key, say("is missing"))
        return self._data[key]

    def values(self) -> dict[str, Any]:
        """Everything in it, as JSON gave it."""
        return dict(self._data)

    def text(self, key: str, default: str | None = None, *, in_lines: bool = False) -> str:
        """A text of reasonable length, without control characters; in lines if it may be."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, str):
            raise self.fault(key, say("must be a text, not {kind}", kind=_kind(value)))
        if len(value) > _MAX_TEXT_LETTERS or not _is_text(value):
            raise self.fault(
                key,
                say(
                    "must be a text of at most {most:,} letters",
                    most=_MAX_TEXT_LETTERS,
                ),
            )
        self._check_letters(value.replace("\n", " ") if in_lines else value, key)
        return value

    def one_of(self, key: str, words: tuple[Word, ...]) -> Word:
        """One of some words."""
        value = self.raw(key)
        for word in words:
            if value == word:
                return word
        raise self.fault(key, say("must be one of {words}", words=", ".join(words)))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from low to high."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.fault(
                key, say("must be a whole number from {low} to {high}", low=low, high=high)
            )
        return value

    def positive(self, key: str) -> float:
        """A number above zero."""
        value = self._number(self.raw(key), key)
        if value <= 0:
            raise self.fault(key, say("must be above zero"))
        return value

    def part(self, key: str) -> Reader:
        """An object inside this one."""
        return Reader(self.raw(key), f"{self._where}: {key}")

    def parts(self, key: str) -> list[Reader]:
        """A list of objects."""
        return [
            Reader(item, f"{self._where}: {key}[{at}]")
            for at, item in enumerate(self._list(self.raw(key), key))
        ]

    def names(self, key: str, n: int) -> tuple[str, ...]:
        """n different names."""
        names = self._list(self.raw(key), key)
        for at, name in enumerate(names):
            self._check_name(name, f"{key}[{at}]")
        if len(names) != n:
            raise self.fault(
                key,
                say(
                    "{n_names} names for {number} columns of the examples",
                    n_names=len(names),
                    number=n,
                ),
            )
        if len(set(names)) != n:
            raise self.fault(key, say("a name stands there twice"))
        return tuple(names)

    def name(self, key: str) -> str:
        """One name."""
        name = self.raw(key)
        self._check_name(name, key)
        return str(name)

    def truth(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.raw(key) if self.has(key) else default
        if not isinstance(value, bool):
            raise self.fault(key, say("must be true or false"))
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of finite numbers; true and false count as 1 and 0."""
        items = self._list(self.raw(key), key)
        values = _as_floats(items, _NUMBERS_OR_BOOLEANS)
        if values is not None:
            return tuple(values.tolist())
        return tuple(
            float(item) if isinstance(item, bool) else self._number(item, f"{key}[{at}]")
            for at, item in enumerate(items)
        )

    def cells(self, key: str) -> list[tuple[int, int]]:
        """A list of pairs of whole numbers, none below zero."""
        pairs = self._list(self.raw(key), key)
        for at, pair in enumerate(pairs):
            good = isinstance(pair, list) and len(pair) == 2
            if not good or not all(type(place) is int and place >= 0 for place in pair):
                raise self.fault(f"{key}[{at}]", say("must be a pair of whole numbers"))
        return [(row, column) for row, column in pairs]

    def matrix(self, key: str, shape: tuple[int | None, int | None] = (None, None)) -> Floats:
        """A list of rows of finite numbers; a shape of None takes what comes, but not nothing."""
        rows = self._rows(key, shape)
        values = _as_floats([*chain.from_iterable(rows)], _NUMBERS)
        if values is None:  # one of them is at fault
            values = np.array(
                [
                    self._number(item, f"{key}[{i}][{j}]")
                    for i, row in enumerate(rows)
                    for j, item in enumerate(row)
                ]
            )
        return values.reshape(len(rows), -1)

    def mask(self, key: str, shape: tuple[int, int]) -> Mask:
        """A list of rows of true and false."""
        rows = self._rows(key, shape)
        mask = np.empty((len(rows), len(rows[0])), dtype=np.bool_)
        for i, row in enumerate(rows):
            if {*map(type, row)} != {bool}:
                j = next(j for j, item in enumerate(row) if not isinstance(item, bool))
                raise self.fault(f"{key}[{i}][{j}]", say("must be true or false"))
            mask[i] = row
        return mask

    def _check_name(self, name: Any, key: str) -> None:
        is_name = isinstance(name, str) and name.strip() and _is_text(name)
        if is_name and len(name) <= _MAX_NAME_LETTERS:
            self._check_letters(name, key)
            if is_seen(name):
                return
        raise self.fault(key, say("must be a name of 1 to {most} letters", most=_MAX_NAME_LETTERS))

    def _check_letters(self, value: str, key: str) -> None:
        """Raise for a letter that would do something to a terminal instead of being shown."""
        for letter in "" if value.isprintable() else value:
            if unicodedata.category(letter) in _CONTROL or letter in _TURNING:
                raise self.fault(
                    key, say("must not contain the control character {letter!a}", letter=letter)
                )

    def _rows(self, key: str, shape: tuple[int | None, int | None]) -> list[list[Any]]:
        rows = self._list(self.raw(key), key)
        if not rows or (shape[0] is not None and len(rows) != shape[0]):
            wanted = (
                say("at least one row")
                if shape[0] is None
                else say_count("{n} row", "{n} rows", shape[0])
            )
            raise self.fault(
                key, say("{n_rows} rows where {wanted} must be", n_rows=len(rows), wanted=wanted)
            )
        width = shape[1]
        for i, row in enumerate(rows):
            n = len(self._list(row, f"{key}[{i}]"))
            width = n if width is None else width
            if n != width or not n:
                raise self.fault(
                    f"{key}[{i}]",
                    say(
                        "{found} values where {wanted} must be",
                        found=n,
                        wanted=width or say("some"),
                    ),
                )
        return rows

    def _list(self, value: Any, key: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.fault(key, say("must be a list in brackets, not {kind}", kind=_kind(value)))
        return value

    def _number(self, value: Any, key: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, say("must be a number, not {kind}", kind=_kind(value)))
        if not abs(value) <= MAX_NUMBER or not math.isfinite(value):
            raise self.fault(
                key,
                say(
                    "must be a finite number of at most {most:g}",
                    most=MAX_NUMBER,
                ),
            )
        return float(value)


def _as_floats(items: list[Any], types: frozenset[type]) -> Floats | None:
    """A list as an array, all at once; None where not all are finite numbers that may stand there.

    The types are asked first: NumPy would read numbers out of texts.
    """
    if not types.issuperset(map(type, items)):
        return None
    try:
        values = np.array(items, dtype=np.float64)
    except OverflowError:  # a whole number beyond all that a float can be
        return None
    return values if bool((np.abs(values) <= MAX_NUMBER).all()) else None


def is_seen(value: str) -> bool:
    """Whether anything of a text can be seen."""
    return any(letter.isprintable() and not letter.isspace() for letter in value)


def is_path(value: str) -> bool:
    """Whether a system could have a file of that name."""
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return len(value) <= _MAX_PATH and "\0" not in value


def _is_text(value: str) -> bool:
    """Whether it can be written down: JSON can name halves of letters, which no file can hold."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    names = {
        str: mark("a text"), int: mark("a number"), float: mark("a number"),
        list: mark("a list"), dict: mark("an object"),
    }  # fmt: skip
    return say(names[type(value)])
