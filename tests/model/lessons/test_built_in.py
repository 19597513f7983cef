"""The lessons that come with Weightbench: each passes, and each number is computed twice."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import pytest

from model.lessons import (
    MISCONCEPTIONS,
    Lesson,
    Page,
    Reference,
    Scopes,
    built_in,
    evaluate,
    fill,
    judge,
    load,
)
from model.lessons.check import check_lesson
from model.lessons.expressions import Expression
from model.lessons.futures import experiment_of
from model.lessons.names import texts_of
from model.lessons.templates import NOTHING, Slot, pieces
from tests.model.lessons.by_loops import Loops, SecondEvaluator

IDS = [heading.id for heading in built_in()]
# A delta of 1e-8 beside a pred of 1 is known to eight figures, whatever the order of adding; these
# are what an alpha far beyond its limit makes of it.
BLOWN_UP = {"let_loose.at(6).error": 1e-7, "let_loose.at(5).error": 1e-7}

lesson_of = cache(load)


@pytest.mark.parametrize("ident", IDS)
def test_a_lesson_passes_every_check(ident: str) -> None:
    assert list(map(str, check_lesson(lesson_of(ident)))) == []


@pytest.mark.parametrize("ident", IDS)
def test_every_number_is_the_same_by_plain_loops(ident: str) -> None:
    lesson = lesson_of(ident)
    kept: dict[tuple[str, int], Loops] = {}
    whole, *pages = (by_loops(lesson, page, kept) for page in (None, *lesson.pages))
    for page, expression in of_the_reference(lesson):
        number = evaluate(expression, Scopes(Reference(lesson, page)))
        loops = whole if page is None else pages[page.number - 1]
        second = loops.value(expression.source)
        allowed = BLOWN_UP.get(expression.source, 1e-12)
        assert math.isclose(number, second, rel_tol=allowed, abs_tol=1e-15), expression.source


@pytest.mark.parametrize("ident", IDS)
def test_every_text_is_filled_without_a_gap(ident: str) -> None:
    lesson = lesson_of(ident)
    answers = {predict.id: 1.0 for predict in lesson.predicts if predict.answer is not None}
    for page in lesson.pages:
        reference = Reference(lesson, page)
        scopes = Scopes(reference, reference.start, answers)
        for block in page.blocks:
            for text in texts_of(block):
                filled = fill(text, scopes)
                gaps = filled.count(NOTHING) - text.markdown.count(NOTHING)
                assert "{{" not in filled
                assert gaps == 0, filled


@pytest.mark.parametrize("ident", IDS)
def test_every_wrong_number_is_known_when_it_is_given(ident: str) -> None:
    lesson = lesson_of(ident)
    for page in lesson.pages:
        scopes = Scopes(Reference(lesson, page))
        for predict in page.predicts:
            if predict.answer is None:
                continue
            assert judge(predict, evaluate(predict.answer, scopes), scopes).right
            for wrong in predict.wrongs:
                found = judge(predict, evaluate(wrong.value, scopes), scopes)
                assert found.wrong is wrong
                assert wrong.reveals in MISCONCEPTIONS


def of_the_reference(lesson: Lesson) -> Iterator[tuple[Page | None, Expression]]:
    """Every expression whose numbers stay true whatever the learner does, with its page."""
    for claim in lesson.claims:
        if claim.holds is not None:
            yield (None if claim.page is None else lesson.page(claim.page)), claim.holds
    for page in lesson.pages:
        for block in page.blocks:
            for text in texts_of(block):
                for piece in pieces(text.markdown):
                    if isinstance(piece, Slot) and is_of_reference(piece.expression):
                        yield page, piece.expression
        for predict in page.predicts:
            if predict.answer is not None:
                yield page, predict.answer
            yield from ((page, wrong.value) for wrong in predict.wrongs)
            yield from (
                (page, choice.condition)
                for choice in predict.choices
                if choice.condition is not None
            )


def is_of_reference(expression: Expression) -> bool:
    return not any(name.is_live or name.future == "you" for name in expression.names())


def by_loops(
    lesson: Lesson, page: Page | None, kept: dict[tuple[str, int], Loops]
) -> SecondEvaluator:
    names = {changes.experiment for changes in lesson.what_ifs.values()}
    names |= {lesson.experiment, *(one.setup.bench.experiment for one in lesson.pages)}
    benches = {name: experiment_of(lesson, name) for name in names}
    return SecondEvaluator(lesson, page, benches, kept)
