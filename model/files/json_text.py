"""JSON from a file that may hold anything: within a budget, and its faults in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from model.door import mark, say
from model.errors import ExperimentError
from model.files.kinds import KINDS, encoding_of, kind_of_file, not_an_experiment
from model.files.moments.text import moment_in

Cancelled = Callable[[], bool]

# The longest text that a bench can be saved as, and more: its examples and weights, and as many
# edits as a path may keep, each number as long as it gets. What can be saved can be read.
MAX_FILE_BYTES = 400 * 2**20
# What is made of a text may take so many bytes, and these many for each sign in it that makes a
# value, as measured on 64-bit Python: a list, an object, a name and its place, a number and its.
# The text itself does not count: saved again it may be longer, and has to be read all the same.
MAX_MEMORY = 768 * 2**20
_BYTES_A_SIGN = {"[": 72, "{": 72, ":": 150, ",": 36}
# A list within lists within an object is a row of a matrix, or an edit: it is read in one go.
_ROW_DEPTH = 3
# More names than any object here has, and still read in a moment.
MAX_KEYS = 100_000
# So many letters are read at a time; the others wait for a millisecond or so.
_BATCH = 2**16
_CLOSING = {"[": "]", "{": "}"}
_MAX_KEY_LETTERS = 60
_MAX_EXCERPT_LETTERS = 30
_skip = re.compile(r"[ \t\n\r]*").match


class ReadingCancelled(Exception):
    """Nobody wants what was being read any more."""


def never() -> bool:
    """What nobody gives up."""
    return False


def read_text(file: Path) -> str:
    """The text of an experiment's file, in UTF-8, UTF-16 or UTF-32.

    Raises
    ------
    ExperimentError
        If it cannot be read, is far too large, or begins as something else than JSON; the
        sentence names what it is. Of a moment that was copied it is the text inside.
    """
    try:
        kind = kind_of_file(file)
        if kind.key not in ("json", "moment"):
            raise ExperimentError(_of(file.name, not_an_experiment(kind)))
        too_large = file.stat().st_size > MAX_FILE_BYTES
        with file.open("rb") as stream:
            # It may grow while it is read.
            content = b"" if too_large else stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ExperimentError(
            say("{file}: cannot be read ({reason})", file=file.name, reason=error.strerror)
        ) from error
    if too_large or len(content) > MAX_FILE_BYTES:
        raise ExperimentError(
            say("{file}: larger than {most} MB", file=file.name, most=MAX_FILE_BYTES // 2**20)
        )
    try:
        # Some editors put a mark before the text, which belongs to no JSON.
        text = content.decode(encoding_of(content)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        old = not_an_experiment(KINDS["old_encoding"])
        raise ExperimentError(_of(file.name, old)) from error
    return moment_in(text) if kind.key == "moment" else text


def json_data(text: str, where: str, cancelled: Cancelled = never) -> Any:
    """What a JSON text says, exactly as Python's own reader has it.

    The time is in proportion to the text, and other threads get their turn between rows.

    Parameters
    ----------
    text : str
    where : str
        The origin of the text in messages.
    cancelled : callable, optional
        Asked for each row whether to give up.

    Raises
    ------
    ExperimentError
        If it is no JSON, says a thing twice, or would take more than `MAX_MEMORY` bytes.
    ReadingCancelled
        As soon as `cancelled` returns True.
    """
    needed = sum(size * text.count(sign) for sign, size in _BYTES_A_SIGN.items())
    if needed > MAX_MEMORY:
        raise ExperimentError(
            say(
                "{file}: holds too many values: reading them would take about {needed:,.0f} MB of "
                "memory, more than {most}",
                file=where, needed=needed / 2**20, most=MAX_MEMORY // 2**20,
            )
        )  # fmt: skip
    try:
        return _Scanner(text, where, cancelled).document()
    except json.JSONDecodeError as error:
        raise ExperimentError(_of(where, _in_words(error))) from error
    except RecursionError as error:
        raise ExperimentError(
            say("{file}: is not an experiment: lists within lists", file=where)
        ) from error
    except ExperimentError:
        raise
    except ValueError as error:  # Python turns away numbers of thousands of digits
        raise ExperimentError(
            say("{file}: a number in it has too many digits", file=where)
        ) from error


class _Scanner:
    """Walks the outer lists and objects itself, and has Python's reader do the rows.

    That one keeps all other threads waiting as long as it is at work.
    """

    def __init__(self, text: str, where: str, cancelled: Cancelled) -> None:
        self._text = text
        self._where = where
        self._cancelled = cancelled
        # Keys that stand there again and again are kept once.
        self._keys: dict[str, str] = {}
        self._decoder = json.JSONDecoder(object_pairs_hook=self._once)

    def document(self) -> Any:
        """The one value of the text."""
        value, at = self._value(self._gap(0), 0)
        if at != len(self._text):
            self._fail("Extra data", at)
        return value

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    shown = repr(key)[:_MAX_KEY_LETTERS]
                    raise ExperimentError(
                        say("{file}: {name}: stands there twice", file=self._where, name=shown)
                    )
                seen.add(key)
        return data

    def _value(self, at: int, depth: int) -> tuple[Any, int]:
        """The value that begins here, and where the next sign stands."""
        letter = self._text[at : at + 1]
        if depth < _ROW_DEPTH and letter == "[":
            return self._list(at, depth)
        if depth < _ROW_DEPTH and letter == "{":
            return self._object(at, depth)
        self._give_up_if_cancelled()
        value, at = self._decoder.raw_decode(self._text, at)
        return value, self._gap(at)

    def _list(self, at: int, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        at = self._gap(at + 1)
        if self._text[at : at + 1] == "]":
            return items, self._gap(at + 1)
        in_batches = True
        while True:
            end = self._batch(at, items) if in_batches else None
            in_batches = end is not None
            if end is None:
                item, end = self._value(at, depth + 1)
                items.append(item)
            at = self._gap(end)
            letter = self._text[at : at + 1]
            if letter == "]":
                return items, self._gap(at + 1)
            if letter != ",":
                self._fail("Expecting ',' delimiter", at)
            at = self._gap(at + 1)

    def _batch(self, at: int, items: list[Any]) -> int | None:
        """Read many short values of a list at once; returns where they end.

        None where that is not to be known: at the end of the list, in lists within lists, and
        where something is wrong, which reading one by one will find. If the text up to a place
        is a list when a bracket is put there, that place is no place within a value.
        """
        self._give_up_if_cancelled()
        closing = _CLOSING.get(self._text[at : at + 1])
        if closing is None:
            end = self._text.rfind(",", at, at + _BATCH)
        else:
            end = self._text.rfind(closing, at, at + _BATCH) + 1
        if end <= at:
            return None
        try:
            items += self._decoder.decode(f"[{self._text[at:end]}]")
        except json.JSONDecodeError:
            return None
        return end

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        pairs: list[tuple[str, Any]] = []
        at = self._gap(at + 1)
        if self._text[at : at + 1] == "}":
            return {}, self._gap(at + 1)
        while True:
            if self._text[at : at + 1] != '"':
                self._fail("Expecting property name enclosed in double quotes", at)
            key, at = self._decoder.raw_decode(self._text, at)
            at = self._gap(at)
            if self._text[at : at + 1] != ":":
                self._fail("Expecting ':' delimiter", at)
            value, at = self._value(self._gap(at + 1), depth + 1)
            pairs.append((self._keys.setdefault(key, key), value))
            if len(pairs) > MAX_KEYS:
                raise ExperimentError(
                    say(
                        "{file}: an object in it has more than {most:,} names",
                        file=self._where, most=MAX_KEYS,
                    )
                )  # fmt: skip
            letter = self._text[at : at + 1]
            if letter == "}":
                return self._once(pairs), self._gap(at + 1)
            if letter != ",":
                self._fail("Expecting ',' delimiter", at)
            at = self._gap(at + 1)

    def _gap(self, at: int) -> int:
        """Where the next sign stands, from here on."""
        found = _skip(self._text, at)
        return found.end() if found else at

    def _give_up_if_cancelled(self) -> None:
        if self._cancelled():
            raise ReadingCancelled

    def _fail(self, problem: str, at: int) -> NoReturn:
        raise json.JSONDecodeError(problem, self._text, at)


def _of(where: str, problem: str) -> str:
    return say("{file}: {problem}", file=where, problem=problem)


# What Python's reader says, as it begins, and the same for a person; {found} stands there.
_FAULTS = (
    ("Expecting value", mark("a value is missing where {found} stands")),
    ("Expecting ','", mark("a comma or the closing bracket is missing before {found}")),
    ("Expecting ':'", mark("a colon is missing before {found}")),
    ("Expecting property name", mark("a name in double quotes is missing where {found} stands")),
    ("Illegal trailing comma", mark("there is a comma too many at {found}")),
    ("Extra data", mark("the experiment is complete before {found}, so that must not follow")),
    ("Unterminated string", mark("the closing quote is missing of the text that begins {found}")),
    (
        "Invalid control character",
        mark("a line break or another control character stands in a text"),
    ),
    (
        "Invalid \\",
        mark("a backslash in a text stands before what it cannot stand before: {found}"),
    ),
)
# What other languages write and JSON does not.
_FOREIGN = (
    (re.compile(r"True\b|False\b|None\b"), mark("JSON writes true, false and null for {found}")),
    (
        re.compile("['\u2018\u2019\u201c\u201d]"),
        mark("JSON has straight double quotes where {found} stands"),
    ),
    (re.compile(r"//|/\*|#"), mark("JSON has no comments: take out {found}")),
    (re.compile(r"[-+]?(nan|inf)", re.IGNORECASE), mark("{found} is not a finite number")),
    (re.compile(r"\+[\d.]|-?\.\d"), mark("JSON writes numbers as 0.5 or 2, not as {found}")),
)


def _in_words(error: json.JSONDecodeError) -> str:
    """Where a JSON text is broken and how, in one sentence."""
    text, at = error.doc, error.pos
    rest = text[at : at + _MAX_EXCERPT_LETTERS]
    words = _words(error.msg, text[:at].rstrip(" \t\r\n")[-1:], rest)
    found = f"“{_excerpt(rest)}”"
    return say(
        "line {line:,}, column {column:,}: {problem}", line=error.lineno, column=error.colno,
        problem=say(words, found=found),
    )  # fmt: skip


def _words(problem: str, before: str, rest: str) -> str:
    """What to say of a problem by the sign before its place and what stands there."""
    if not rest.strip():
        return mark("it ends before it is complete: it may be cut short")
    if problem.startswith("Expecting"):
        if before == "," and rest[0] in "]}":
            return mark("there is a comma too many before {found}")
        for pattern, words in _FOREIGN:
            if pattern.match(rest):
                return words
    known = (words for begin, words in _FAULTS if problem.startswith(begin))
    return next(known, mark("something is wrong at {found}"))


def _excerpt(rest: str) -> str:
    """The first line of a text, as far as it shows what is meant."""
    lines = rest.splitlines() or [""]
    return "".join(c if c.isprintable() else "\ufffd" for c in lines[0].rstrip())
