"""What is kept of lessons: pages done, shown or skipped, answers, hints; never a grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

# What became of a page; empty while nothing has.
Mark = Literal["", "done", "shown", "skipped"]
_MARKS: tuple[Mark, ...] = ("done", "shown", "skipped")
# Of a file that somebody may have written by hand.
_MAX_LESSONS, _MAX_PAGES, _MAX_ANSWERS, _MAX_LETTERS = 1_000, 200, 1_000, 200
_MAX_COUNT = 1_000_000
_MAX_ROUNDS = 2


@dataclass
class PageRecord:
    """One page: its mark, how many hints were read, and whether a solution was shown."""

    mark: Mark = ""
    hints: int = 0
    shown: bool = False


@dataclass
class Answer:
    """An answer that was given: ``said`` as it was chosen or typed, ``reveals`` what it showed."""

    said: str
    right: bool
    reveals: str = ""
    sure: str = ""


@dataclass
class LessonRecord:
    """One lesson: the page that was open last, its pages by their numbers, answers by their ids.

    ``asked`` are the numbers of the pages that are asked, where a lesson chooses among them.
    ``votes`` are the hands of a class: for each question its rounds, the hands for each answer.
    """

    page: int = 1
    pages: dict[int, PageRecord] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: tuple[int, ...] = ()
    votes: dict[str, list[dict[str, int]]] = field(default_factory=dict)

    def of_page(self, number: int) -> PageRecord:
        """The record of a page, begun if there was none."""
        return self.pages.setdefault(number, PageRecord())

    def count(self, mark: Mark) -> int:
        """How many pages have a mark."""
        return sum(page.mark == mark for page in self.pages.values())


class Records(QObject):
    """The records of all lessons by their ids.

    Signals
    -------
    changed : something is to be kept
    """

    changed = Signal()

    def __init__(self, kept: object = None, parent: QObject | None = None) -> None:
        """Begin with what ``values`` gave once; what cannot be read of it is left out."""
        super().__init__(parent)
        found = kept if isinstance(kept, Mapping) else {}
        self._records = dict(_lessons(found.get("lessons")))
        # The id of the lesson that was open last and not finished; empty where none was.
        self.under_way = _text(found.get("under_way"))
        # Whether the tour was offered to who starts for the first time.
        self.tour_offered = found.get("tour_offered") is True

    def __contains__(self, lesson: object) -> bool:
        return lesson in self._records

    def of(self, lesson: str) -> LessonRecord:
        """The record of a lesson, begun if there was none."""
        return self._records.setdefault(lesson, LessonRecord())

    def look(self, lesson: str) -> LessonRecord:
        """The record of a lesson to read from; an empty one where there is none."""
        return self._records.get(lesson, LessonRecord())

    def all(self) -> Iterator[tuple[str, LessonRecord]]:
        """Each record with the id of its lesson."""
        return iter(self._records.items())

    def forget(self, lesson: str) -> None:
        """Forget all that was recorded of a lesson."""
        if self._records.pop(lesson, None) is not None:
            self.changed.emit()

    def note(self) -> None:
        """Tell that something was recorded."""
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """All of it, in values that a JSON file can hold."""
        return {
            "lessons": self._lesson_values(),
            "under_way": self.under_way,
            "tour_offered": self.tour_offered,
        }

    def _lesson_values(self) -> dict[str, Any]:
        return {
            name: {
                "page": record.page,
                "pages": {
                    str(number): {"mark": page.mark, "hints": page.hints, "shown": page.shown}
                    for number, page in sorted(record.pages.items())
                },
                "answers": {key: vars(answer) for key, answer in record.answers.items()},
                "asked": list(record.asked),
                "votes": record.votes,
            }
            for name, record in self._records.items()
        }


# -- what a file says, as far as it makes sense ------------------------------------------------


def _lessons(kept: object) -> Iterator[tuple[str, LessonRecord]]:
    for name, value in _entries(kept, _MAX_LESSONS):
        record = LessonRecord(page=max(1, _count(value.get("page"))))
        for number, page in _entries(value.get("pages"), _MAX_PAGES):
            if number.isascii() and number.isdigit():
                record.pages[int(number)] = PageRecord(
                    next((mark for mark in _MARKS if mark == page.get("mark")), ""),
                    _count(page.get("hints")),
                    page.get("shown") is True,
                )
        for key, answer in _entries(value.get("answers"), _MAX_ANSWERS):
            texts = {name: _text(answer.get(name)) for name in ("said", "reveals", "sure")}
            record.answers[key] = Answer(right=answer.get("right") is True, **texts)
        asked = value.get("asked")
        if isinstance(asked, list):
            record.asked = tuple(map(_count, asked[:_MAX_PAGES]))
        for key, rounds in _lists(value.get("votes"), _MAX_ANSWERS):
            record.votes[key] = [
                {option: _count(hands) for option, hands in one.items() if isinstance(option, str)}
                for one in rounds[:_MAX_ROUNDS]
                if isinstance(one, Mapping)
            ]
        yield name, record


def _entries(value: object, most: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        for key, inside in list(value.items())[:most]:
            if isinstance(key, str) and len(key) <= _MAX_LETTERS and isinstance(inside, Mapping):
                yield key, inside


def _lists(value: object, most: int) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, Mapping):
        for key, inside in list(value.items())[:most]:
            if isinstance(key, str) and len(key) <= _MAX_LETTERS and isinstance(inside, list):
                yield key, inside


def _count(value: object) -> int:
    return min(max(0, value), _MAX_COUNT) if type(value) is int else 0


def _text(value: object) -> str:
    return value[:_MAX_LETTERS] if isinstance(value, str) else ""
