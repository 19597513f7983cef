"""The last lesson asks about what this learner missed, and about a mixture where nothing is."""

from __future__ import annotations

import pytest

from gui.session.lesson.again import chosen, missed, reveals, to_be_asked
from gui.session.lesson.record import Answer, Records
from model.lessons import load
from model.lessons.misconceptions import MISCONCEPTIONS


def records_of(*ideas: str) -> Records:
    records = Records()
    for place, idea in enumerate(ideas):
        answer = Answer(said="x", right=False, reveals=idea)
        records.of("one-delta").answers[f"question{place}"] = answer
    return records


def test_without_a_record_there_is_a_mixture_from_all_over_the_lesson() -> None:
    lesson = load("again")
    asked = to_be_asked(lesson, Records())
    assert [page.number for page in asked.pages] == list(range(1, 9))
    titles = [page.title for page in lesson.pages]
    places = [titles.index(page.title) for page in asked.pages]
    assert places == sorted(set(places))
    assert places[0] < 4
    assert places[-1] > 15


@pytest.mark.parametrize("idea", MISCONCEPTIONS)
def test_whatever_was_missed_is_asked_again(idea: str) -> None:
    lesson = load("again")
    numbers = chosen(lesson, {idea: 1})
    assert len(numbers) == 8
    assert any(idea in reveals(lesson.page(number)) for number in numbers)


def test_eight_pages_ask_about_as_many_ideas_as_they_can() -> None:
    lesson = load("again")
    shown = dict.fromkeys(MISCONCEPTIONS, 1)
    asked = set[str]().union(*(reveals(lesson.page(n)) for n in chosen(lesson, shown)))
    assert len(asked & shown.keys()) >= 20


def test_what_was_missed_often_comes_before_what_was_missed_once() -> None:
    lesson = load("again")
    shown = dict.fromkeys(MISCONCEPTIONS, 1) | {"zero-means-zero-vector": 50}
    numbers = chosen(lesson, shown)
    assert any("zero-means-zero-vector" in reveals(lesson.page(number)) for number in numbers)


def test_answers_to_the_last_lesson_itself_are_not_counted() -> None:
    records = records_of("sign-slip", "sign-slip", "")
    records.of("again").answers["again_share"] = Answer("x", False, "split-evenly")
    assert dict(missed(records, "again")) == {"sign-slip": 2}


def test_the_choice_stays_until_it_is_forgotten_and_survives_a_start() -> None:
    records = records_of("sign-slip")
    first = [page.title for page in to_be_asked(load("again"), records).pages]
    records.of("many-weights").answers["x"] = Answer("x", False, "zero-cannot-learn")
    kept = Records(records.values())
    assert [page.title for page in to_be_asked(load("again"), kept).pages] == first
    kept.forget("again")
    assert [page.title for page in to_be_asked(load("again"), kept).pages] != first


@pytest.mark.parametrize("asked", [[99], ["x", None], [0], {"a": 1}, [True]])
def test_a_record_that_names_no_pages_of_the_lesson_is_made_anew(asked: object) -> None:
    values = Records().values()
    values["lessons"] = {"again": {"page": 7, "asked": asked}}
    records = Records(values)
    assert len(to_be_asked(load("again"), records).pages) == 8
    assert records.of("again").page == 1


def test_any_other_lesson_is_opened_whole() -> None:
    lesson = load("one-delta")
    assert to_be_asked(lesson, records_of("sign-slip")) is lesson
