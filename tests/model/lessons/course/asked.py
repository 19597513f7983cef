"""Questions of the course by the name of their lesson, and what is said to a right answer."""

from __future__ import annotations

from functools import cache

from model.lessons.expressions import evaluate
from model.lessons.grammar import parse
from model.lessons.lesson import Page, Predict
from model.lessons.library import load
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill

lesson_of = cache(load)


def asked(ident: str, question: str) -> tuple[Page, Predict, Scopes]:
    """A question with its page, and where the numbers of that page come from."""
    lesson = lesson_of(ident)
    for page in lesson.pages:
        for predict in page.predicts:
            if predict.id == question:
                return page, predict, Scopes(Reference(lesson, page))
    raise AssertionError(f"{ident} does not ask {question}")


def said(ident: str, question: str) -> str:
    """The right choice of a question and what is said to it, with their numbers."""
    _, predict, scopes = asked(ident, question)
    (right,) = (choice for choice in predict.choices if choice.right)
    texts = [right.text] if right.say is None else [right.text, right.say]
    return " ".join(fill(text, scopes) for text in texts)


def number(ident: str, page: int, text: str) -> float:
    """An expression of a lesson's page."""
    lesson = lesson_of(ident)
    return evaluate(parse(text), Scopes(Reference(lesson, lesson.page(page))))
