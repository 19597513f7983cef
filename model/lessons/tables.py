"""TOML in a lesson: what a table holds, asked for by key, with the line of the lesson's file.

Whatever is wrong ends with one LessonError that names the line, the key and what would be right.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from model.door import say
from model.edits import MAX_NUMBER
from model.lessons.expressions import Expression
from model.lessons.grammar import parse, shortened
from model.lessons.lesson import LessonError, Text
from model.lessons.quantities import ExpressionError
from model.lessons.templates import check_markdown

Place = tuple[str | int, ...]

_MAX_NAME_LETTERS = 200
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]\[#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*(?:\.\s*[^=\s]+\s*)?=""")


class Table:
    """One table; ``what`` calls it for a person, as “a task”."""

    def __init__(
        self, data: Mapping[str, Any], what: str, where: str, lines: Mapping[Place, int],
        place: Place, first: int,
    ) -> None:  # fmt: skip
        self._data = data
        self._what = what
        self._where = where
        self._lines = lines
        self._place = place
        self._first = first

    @property
    def line(self) -> int:
        """Where it begins in the file."""
        return self._lines.get(self._place, self._first)

    def line_of(self, key: str) -> int:
        """Where a key stands in the file, or else its table."""
        return self._lines.get((*self._place, key), self.line)

    def fault(self, key: str, problem: str) -> LessonError:
        """The error to raise for a key."""
        sentence = say("{key}: {problem}", key=shortened(key), problem=problem)
        return LessonError(self._where, self.line_of(key), sentence)

    def only(self, *known: str) -> None:
        """Raise unless every key is a known one."""
        for key in self._data:
            if key in known:
                continue
            near = get_close_matches(key, known, 1)
            names = ", ".join(known)
            if near:
                problem = say(
                    "{what} has no such key, did you mean “{near}”? It has {names}",
                    what=self._what, near=near[0], names=names,
                )  # fmt: skip
            else:
                problem = say(
                    "{what} has no such key, it has {names}", what=self._what, names=names
                )
            raise self.fault(key, problem)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def all_keys(self) -> tuple[str, ...]:
        """All keys."""
        return tuple(self._data)

    def raw(self, key: str) -> Any:
        """The value as TOML gave it; raises where it is missing."""
        if key not in self._data:
            raise self.fault(key, say("is missing in {what}", what=self._what))
        return self._data[key]

    def name(self, key: str) -> str:
        """A text on one line, not empty."""
        value = self._string(self.raw(key), key)
        if not value.strip() or len(value) > _MAX_NAME_LETTERS or not value.isprintable():
            raise self.fault(
                key,
                say("must be a line of at most {most} letters, not empty", most=_MAX_NAME_LETTERS),
            )
        return value.strip()

    def identifier(self, key: str) -> str:
        """A name for the file itself: small letters, digits and _."""
        value = self.name(key)
        if _IDENTIFIER.fullmatch(value) is None:
            raise self.fault(
                key, say("must be small letters, digits and _, beginning with a letter")
            )
        return value

    def text(self, key: str) -> Text:
        """Markdown, not empty."""
        value = self._string(self.raw(key), key)
        if not value.strip():
            raise self.fault(key, say("must not be empty"))
        return self._checked(Text(value.strip(), self.line_of(key)))

    def maybe_text(self, key: str) -> Text | None:
        """Markdown, if the key is there."""
        return self.text(key) if self.has(key) else None

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts on one line, none of them twice; empty where the key is not there."""
        values = self._list(self.raw(key), key) if self.has(key) else []
        found = []
        for value in values:
            name = self._string(value, key).strip()
            if not name or len(name) > _MAX_NAME_LETTERS or not name.isprintable():
                raise self.fault(key, say("must be a list of names, none of them empty"))
            if name in found:
                raise self.fault(key, say("“{name}” stands there twice", name=shortened(name)))
            found.append(name)
        return tuple(found)

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of Markdown texts; empty where the key is not there."""
        values = self._list(self.raw(key), key) if self.has(key) else []
        texts = tuple(self._string(value, key).strip() for value in values)
        if not all(texts):
            raise self.fault(key, say("must be a list of texts, none of them empty"))
        return tuple(self._checked(Text(text, self.line_of(key))) for text in texts)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is not there."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, say("must be true or false"))
        return value

    def number(self, key: str) -> float:
        """A finite number that is not beyond all use."""
        return self._number(self.raw(key), key)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.fault(
                key, say("must be a whole number from {low} to {high:,}", low=low, high=high)
            )
        return value

    def numbers(self, key: str) -> Mapping[str, float]:
        """Names with a number each, as {a = 0.5}; empty where the key is not there."""
        table = self._data.get(key, {})
        if not isinstance(table, dict):
            raise self.fault(key, say("must be names with a number each, as {example}",
                                      example="{toes = 0, fans = 1.5}"))  # fmt: skip
        return MappingProxyType(
            {str(name): self._number(value, key) for name, value in table.items()}
        )

    def truth(self, key: str) -> Expression:
        """A condition."""
        found = self._expression(key)
        if not found.is_truth:
            raise self.fault(key, say("must be a comparison, as {example}", example="step >= 1"))
        return found

    def amount(self, key: str) -> Expression:
        """An expression that is a number."""
        found = self._expression(key)
        if found.is_truth:
            raise self.fault(key, say("must be a number, and is a comparison"))
        return found

    def part(self, key: str, what: str) -> Table:
        """A table inside this one."""
        value = self.raw(key)
        if not isinstance(value, dict):
            raise self.fault(key, say("must be a table, as [{key}]", key=key))
        return self._inside(value, what, key)

    def parts(self, key: str, what: str) -> list[Table]:
        """The tables of a list; none where the key is not there."""
        values = self._data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.fault(key, say("must be tables, each begun by [[{key}]]", key=key))
        return [self._inside(value, what, key, at) for at, value in enumerate(values)]

    def _checked(self, text: Text) -> Text:
        check_markdown(text, self._where)
        return text

    def _inside(self, data: Mapping[str, Any], what: str, *place: str | int) -> Table:
        whole = (*self._place, *place)
        return Table(data, what, self._where, self._lines, whole, self.line)

    def _expression(self, key: str) -> Expression:
        text = self._string(self.raw(key), key)
        try:
            return parse(text)
        except ExpressionError as error:
            raise self.fault(key, str(error)) from error

    def _string(self, value: Any, key: str) -> str:
        if not isinstance(value, str):
            raise self.fault(key, say("must be a text in quotes"))
        return value

    def _list(self, value: Any, key: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.fault(key, say("must be a list in brackets"))
        return value

    def _number(self, value: Any, key: str) -> float:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise self.fault(
                key, say("must be a finite number of at most {most:g}", most=MAX_NUMBER)
            )
        return float(value)


def read_table(text: str, what: str, where: str, first: int) -> Table:
    """The table that a TOML text makes; its first line is line ``first`` of the file.

    Raises LessonError where it is no TOML.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_fault(text, str(error), where, first) from error
    except (RecursionError, ValueError) as error:
        problem = say("this is nested too deeply, or holds a number too long to be read")
        raise LessonError(where, first, problem) from error
    # The line before the first is that of the fence, which is where a missing key is missed.
    return Table(data, what, where, _lines_of(text, first), (), first - 1)


def _toml_fault(text: str, message: str, where: str, first: int) -> LessonError:
    """The fault with the line of the lesson's file instead of the block's."""
    found = _TOML_PLACE.search(message)
    line = text.rstrip().count("\n") if found is None or found[1] is None else int(found[1]) - 1
    problem = message if found is None else message[: found.start()]
    return LessonError(where, first + line, say("this is no TOML: {problem}", problem=problem))


def _lines_of(text: str, first: int) -> dict[Place, int]:
    """The line of each key and header, as far as they are written one a line."""
    lines: dict[Place, int] = {}
    counts: Counter[Place] = Counter()
    here: Place = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), first):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header is not None:
            names = tuple(_bare(name) for name in header[2].split("."))
            if header[1] == "[[":
                here = (*names, counts[names])
                counts[names] += 1
            else:
                here = names
            lines[here] = number
            continue
        key = _KEY.match(line)
        if key is not None:
            lines.setdefault((*here, _bare(key[1])), number)
            value = line[key.end() :].strip()
            quotes = value[:3]
            if quotes in ('"""', "'''") and quotes not in value[3:]:
                closing = quotes
    return lines


def _bare(name: str) -> str:
    name = name.strip()
    return name[1:-1] if name[:1] in ("'", '"') else name
