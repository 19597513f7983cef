"""What a learner hands in of a lesson: each answer with its question, in words that were read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gui.session.lesson.page_run import numeric_answers
from gui.session.lesson.record import Answer, LessonRecord
from model.classroom.answers import MAX_NAME, Answers, GivenAnswer, PageMark
from model.door import say
from model.lessons.lesson import UNSURE, Lesson, Observe, Page, Predict, Text
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill

_MARKDOWN = re.compile(r"\*\*|\*|`")


def answers_of(lesson: Lesson, record: LessonRecord, name: str = "") -> Answers:
    """All that was answered and done; ``name`` is the learner's, or empty."""
    numbers = numeric_answers(lesson, record.answers)
    given: list[GivenAnswer] = []
    for page in lesson.pages:
        given += _of_page(page, Scopes(Reference(lesson, page), answers=numbers), record)
    pages = tuple(
        PageMark(number, page.mark, page.hints, page.shown)
        for number, page in sorted(record.pages.items())
    )
    return Answers(lesson.id, lesson.title, " ".join(name.split())[:MAX_NAME], pages, tuple(given))


def _of_page(page: Page, scopes: Scopes, record: LessonRecord) -> Iterator[GivenAnswer]:
    gates: tuple[Predict | Observe, ...] = (*page.predicts, *page.observes)
    for gate in gates:
        answer = record.answers.get(gate.id)
        if answer is not None:
            yield GivenAnswer(
                gate.id, page.number, _plain(gate.ask, scopes), _said(gate, answer, scopes),
                answer.right, answer.reveals, answer.sure,
            )  # fmt: skip


def _said(gate: Predict | Observe, answer: Answer, scopes: Scopes) -> str:
    choice = next((one for one in gate.choices if one.id == answer.said), None)
    if choice is not None:
        return _plain(choice.text, scopes)
    return say("I cannot say yet") if answer.said == UNSURE else answer.said


def _plain(text: Text, scopes: Scopes) -> str:
    return " ".join(_MARKDOWN.sub("", fill(text, scopes)).split())
