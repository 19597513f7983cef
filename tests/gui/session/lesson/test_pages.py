"""What is hidden and locked on a page, whatever its bench, and what the next page has of it."""

from __future__ import annotations

import pytest

from gui.session import Session
from gui.session.lesson import LessonPlayer, Words
from model.files.library import open_experiment
from model.lessons import load


@pytest.mark.parametrize(("ident", "page"), [("many-weights", 1), ("four-slips", 2)])
def test_a_prediction_hides_what_would_tell_it_on_any_bench(
    qapp: object, ident: str, page: int
) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer(session)
    player.open(load(ident), page)

    assert player.waits
    assert "about" in session.parts.veiled


def test_a_page_begins_at_its_step_though_a_prediction_was_left_open(qapp: object) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer(session)
    player.open(load("four-slips"), 7)
    assert session.playback.locked

    player.open(load("whole-season"), 3)

    assert session.playback.position == 6
    assert session.playback.locked
    assert session.slip is None


def test_a_slip_that_is_chosen_last_finishes_a_task(qapp: object) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer(session)
    player.open(load("four-slips"), 2)
    player.answer("stalls")
    session.playback.take(20)
    assert player.waits
    before = len(player.items)

    session.view.show(slip="transposed")

    assert len(player.items) > before


@pytest.mark.parametrize("said", ["0.5", "unsure", None])
def test_a_number_is_told_once_where_the_page_tells_it_itself(
    qapp: object, said: str | None
) -> None:
    player = LessonPlayer(Session(open_experiment("Several steps")))
    player.open(load("slope-and-two"), 4)

    if said is not None:
        player.answer(said)
    player.skip()

    words = [item for item in player.items if isinstance(item, Words)]
    text = " ".join(item.markdown for item in words)
    assert text.count("You said") == 1
    assert text.lower().count("it is 0.0") == 1
    assert all(item.markdown for item in words)


def test_what_a_wrong_number_meant_is_told_beside_what_the_page_tells(qapp: object) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer(session)
    player.open(load("freezing"), 2)
    player.answer("0.061775")
    session.playback.step()

    text = " ".join(item.markdown for item in player.items if isinstance(item, Words))
    assert "The size is right" in text
    assert text.count("You said") == 1
