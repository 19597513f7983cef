"""A learner's answers to one lesson, as a file that is handed in: no account, no grade.

JSON in UTF-8. The name is the learner's to give or to leave out, and no times are in it. The
checksum finds accidents, such as a file that was cut short or edited; nothing is promised against
who means to cheat.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from model.door import say
from model.files.kinds import opened

_FORMAT = "weightbench/answers"
_VERSION = 1
# Of a file that somebody may have written by hand.
MAX_BYTES = 1_000_000
_MAX_ANSWERS, _MAX_PAGES, _MAX_LETTERS, MAX_NAME = 1_000, 200, 2_000, 80
_MARKS = ("", "done", "shown", "skipped")

Mark = Literal["", "done", "shown", "skipped"]


class AnswersError(ValueError):
    """A file is no answers that can be read; the message is one sentence."""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer: the question and what was said to it, in the words that were read.

    ``reveals`` is the misconception that a wrong one shows, by its name in the table, or empty;
    ``sure`` is "guess", "think", "sure" or empty, where nobody asked.
    """

    id: str
    page: int
    question: str
    said: str
    right: bool
    reveals: str = ""
    sure: str = ""


@dataclass(frozen=True)
class PageMark:
    """What became of a page: its mark, how many hints were read, whether a solution was shown."""

    page: int
    mark: Mark = ""
    hints: int = 0
    shown: bool = False


@dataclass(frozen=True)
class Answers:
    """What one learner answered to one lesson; ``name`` may be empty."""

    lesson: str
    title: str
    name: str
    pages: Sequence[PageMark]
    answers: Sequence[GivenAnswer]


def answers_text(answers: Answers) -> str:
    """The text of a file of answers."""
    whole = {"format": _FORMAT, "version": _VERSION, **asdict(answers)}
    # Half of a pair of letters can be pasted, but not written: "?" takes its place.
    values = json.loads(json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"))
    values["checksum"] = checksum(values)
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def read_answers(file: Path) -> Answers:
    """Read a file of answers.

    Raises AnswersError, with one sentence that names the file, where it cannot be read, is not
    one, or is not as it was saved.
    """
    try:
        with opened(file) as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise AnswersError(
            say("{file}: cannot be read ({why})", file=file.name, why=error.strerror or error)
        ) from error
    if len(content) > MAX_BYTES:
        raise AnswersError(say("{file}: is too large for answers to a lesson", file=file.name))
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AnswersError(
            say("{file}: is cut short, or no file of answers", file=file.name)
        ) from error
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        raise AnswersError(
            say("{file}: is no file of answers, as “Save my answers” makes one", file=file.name)
        )
    if values.get("version") != _VERSION:
        raise AnswersError(
            say("{file}: is of a newer Weightbench; update this one", file=file.name)
        )
    if values.pop("checksum", None) != checksum(values):
        raise AnswersError(
            say("{file}: is not as it was saved; ask for the file once more", file=file.name)
        )
    try:
        return _answers(values)
    except (KeyError, TypeError, ValueError) as error:
        raise AnswersError(
            say("{file}: lacks what a file of answers has", file=file.name)
        ) from error


def checksum(values: dict[str, Any]) -> str:
    """That of all else in a file of answers, whatever the order of its keys and its spaces."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _answers(values: dict[str, Any]) -> Answers:
    """Raises KeyError, TypeError or ValueError where a value is not what it must be."""
    return Answers(
        _text(values["lesson"]),
        _text(values["title"]),
        _text(values["name"])[:MAX_NAME],
        tuple(_page(each) for each in _list(values["pages"], _MAX_PAGES)),
        tuple(_answer(each) for each in _list(values["answers"], _MAX_ANSWERS)),
    )


def _page(values: Any) -> PageMark:
    mark = values["mark"]
    if mark not in _MARKS:
        raise ValueError(mark)
    return PageMark(_count(values["page"]), mark, _count(values["hints"]), values["shown"] is True)


def _answer(values: Any) -> GivenAnswer:
    texts = {name: _text(values[name]) for name in ("id", "question", "said", "reveals", "sure")}
    return GivenAnswer(page=_count(values["page"]), right=values["right"] is True, **texts)


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MAX_LETTERS:
        raise TypeError
    # A line is what it is shown on; half a letter cannot be written to a file.
    return " ".join(value.split()).encode("utf-8", "replace").decode()


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 1_000_000:
        raise TypeError
    return value
