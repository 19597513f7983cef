"""Lessons on a bench without a window: gates, responses, wandering, and the way back."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.lesson import Doing, LessonPlayer, Question, Records, Words, solution
from model.lessons import load
from model.lessons.lesson import Lesson
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.unruly import bits


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return load("freezing")


def opened(lesson: Lesson, page: int) -> tuple[Session, LessonPlayer]:
    session = builtin("Several outputs")
    player = LessonPlayer(session, parent=session)
    player.open(lesson, page)
    return session, player


def title_of(lesson: Lesson, title: str) -> int:
    return next(page.number for page in lesson.pages if page.title == title)


def questions(player: LessonPlayer) -> list[Question]:
    return [item for item in player.items if isinstance(item, Question)]


def said(player: LessonPlayer) -> str:
    return " ".join(item.markdown for item in player.items if isinstance(item, Words))


def test_what_stands_below_a_question_waits_for_it(lesson: Lesson) -> None:
    session, player = opened(lesson, 1)
    assert "Two divided by s" not in said(player)
    assert session.playback.locked
    assert {"zones", "next:a", "why"} <= session.parts.veiled

    player.answer("same")

    assert not session.playback.locked
    assert "zones" not in session.parts.veiled
    assert "You said" in said(player)
    assert not player.waits
    assert player.record.pages[1].mark == "done"
    assert player.record.answers["limit"].reveals == "limit-is-fixed"


def test_a_wrong_number_is_answered_after_what_was_seen(lesson: Lesson) -> None:
    page = title_of(lesson, "One number before the first step")
    session, player = opened(lesson, page)

    player.answer("no number")
    assert "is not a number" in questions(player)[0].remark
    assert player.waits
    player.answer("0,061775")
    assert "The size is right" not in said(player)
    session.playback.step()

    assert "The size is right" in said(player)
    assert player.record.answers["first_delta"].reveals == "sign-flips-always"


def test_who_cannot_say_yet_goes_on(lesson: Lesson) -> None:
    session, player = opened(lesson, title_of(lesson, "One number before the first step"))

    player.answer("unsure")

    assert not session.playback.locked
    assert isinstance(player.items[-1], Doing)


def test_a_task_is_done_by_the_state_of_the_bench_whatever_led_there(
    lesson: Lesson, qtbot: QtBot
) -> None:
    session, player = opened(lesson, title_of(lesson, "Where does the bowl go?"))
    player.answer("comes")

    session.playback.run_to(3, then=3)
    qtbot.waitUntil(lambda: not session.playback.running)

    doing = next(item for item in player.items if isinstance(item, Doing))
    assert doing.outcome == "done"


def test_hints_come_one_by_one_and_the_record_counts_them(lesson: Lesson) -> None:
    _, player = opened(lesson, title_of(lesson, "Where does the bowl go?"))
    player.answer("comes")

    heard: list[str] = []
    player.announced.connect(heard.append)
    for _ in range(4):
        player.hint()

    doing = player.items[-1]
    assert isinstance(doing, Doing)
    assert len(doing.hints) == len(heard) == 3
    assert not doing.more_hints
    assert player.record.of_page(player.page).hints == 3


def test_straying_names_itself_and_the_way_back_is_exact(lesson: Lesson) -> None:
    session, player = opened(lesson, title_of(lesson, "Where does the bowl go?"))
    player.answer("comes")
    before = bits(session)

    session.edits.set_alpha(0.02)
    session.playback.take(3)
    assert (player.wandering, player.waits) == (True, True)
    player.back_to_page()

    assert session.edits.replaced_steps == 3
    assert bits(session) == before
    assert (player.wandering, player.waits) == (False, True)
    session.edits.undo()
    assert (session.state.setup.alpha, player.wandering) == (0.02, True)


def test_what_a_page_allows_is_no_straying(lesson: Lesson) -> None:
    session, player = opened(lesson, title_of(lesson, "Too late to matter"))
    player.answer("still")

    session.edits.set_frozen(0, 0, False)

    assert not player.wandering


def test_skipped_pages_are_whole_and_marked_so(lesson: Lesson) -> None:
    session, player = opened(lesson, title_of(lesson, "Where does the bowl go?"))

    player.skip()

    assert not player.waits
    assert not session.playback.locked
    assert session.parts.veiled == {"about"}
    assert player.record.of_page(player.page).mark == "skipped"


def test_all_of_a_page_can_be_shown_with_its_question_open(lesson: Lesson) -> None:
    session, player = opened(lesson, title_of(lesson, "Where does the bowl go?"))

    player.show_whole()

    assert player.waits
    assert not session.playback.locked
    assert "All weights learn from one error" in said(player)


def test_a_solution_is_shown_and_then_it_is_the_learners_turn(
    lesson: Lesson, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solution, "_PACE", 0.1)
    monkeypatch.setattr(solution, "_AFTER_MS", 100)
    session, player = opened(lesson, title_of(lesson, "Too late to matter"))
    player.answer("still")
    before = bits(session)
    heard: list[str] = []
    player.announced.connect(heard.append)

    player.show_me()
    assert player.showing
    qtbot.waitUntil(lambda: not player.showing, timeout=15_000)

    assert bits(session) == before
    # The steps that were shown were none of the learner's.
    assert session.edits.replaced_steps == 0
    assert "Now you" in heard[-1]
    assert player.waits
    session.edits.set_frozen(0, 0, False)
    session.playback.step()
    record = player.record.of_page(player.page)
    assert (record.mark, record.shown) == ("done", True)


def test_the_learners_own_bench_comes_back_with_its_undo(lesson: Lesson) -> None:
    session = builtin("Several outputs")
    session.edits.set_alpha(0.2)
    session.playback.take(4)
    before, player = bits(session), LessonPlayer(session, parent=session)

    player.open(lesson, 2)
    session.playback.lock("")
    session.playback.take(2)
    player.open(lesson, 3)
    player.leave()

    assert bits(session) == before
    assert session.parts.veiled == session.parts.lit == frozenset()
    session.edits.undo()
    assert session.state.setup.alpha == 0.1


def test_records_are_read_again_and_can_be_forgotten(lesson: Lesson) -> None:
    _, player = opened(lesson, 1)
    player.answer("same", "sure")
    kept = Records(player.records.values())

    assert kept.values() == player.records.values()
    assert kept.of("freezing").answers["limit"].sure == "sure"
    kept.forget("freezing")
    assert "freezing" not in kept


@pytest.mark.parametrize(
    "kept",
    [
        None, [], {"lessons": []}, {"lessons": {"x": 3}},
        {"lessons": {"x": {"page": -4, "pages": {"1": {"mark": "best"}, "z": {}}, "answers": 3}}},
        {"lessons": {"x": {"page": True, "answers": {"a": {"said": 5}}}}, "under_way": 7},
    ],
)  # fmt: skip
def test_records_that_make_no_sense_are_left_out(kept: object) -> None:
    records = Records(kept)

    assert records.look("x").page == 1
    assert records.look("x").count("done") == 0


def test_one_of_several_inputs_that_the_page_has_set_may_be_changed_alone() -> None:
    again = load("again")
    session, player = opened(again, title_of(again, "Another unit"))
    player.answer("falls")

    session.edits.set_input(0, 40.0)
    assert not player.wandering
    session.edits.set_input(2, 1.0)
    assert player.wandering
