"""A lesson on paper: every question is there, and nothing of what comes out."""

from __future__ import annotations

import pytest

from model.classroom.worksheet import worksheet
from model.lessons.lesson import Lesson, Prose
from model.lessons.library import built_in, load
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill


@pytest.fixture(scope="module", params=[heading.id for heading in built_in()][:8])
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return load(request.param)


def test_every_question_is_there_and_no_outcome(lesson: Lesson) -> None:
    sheet = worksheet(lesson)

    for page in lesson.pages:
        scopes = Scopes(Reference(lesson, page))
        for predict in page.predicts:
            assert fill(predict.ask, scopes).strip() in sheet
            for choice in predict.choices:
                if choice.say is not None:
                    assert fill(choice.say, scopes).strip() not in sheet
        gates = 0
        for segment in page.segments:
            for block in segment.blocks:
                if isinstance(block, Prose):
                    assert (fill(block.text, scopes).strip("\n") in sheet) == (gates == 0)
            gates += segment.gate is not None


def test_with_answers_the_right_one_is_crossed_and_all_is_told(lesson: Lesson) -> None:
    sheet = worksheet(lesson, answers=True)

    for page in lesson.pages:
        scopes = Scopes(Reference(lesson, page))
        for block in page.blocks:
            if isinstance(block, Prose):
                assert fill(block.text, scopes).strip("\n") in sheet
        for predict in page.predicts:
            for choice in predict.choices:
                if choice.right:
                    assert f"☒ {' '.join(fill(choice.text, scopes).split())}" in sheet
    assert "Name:" not in sheet
