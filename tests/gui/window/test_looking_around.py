"""Looking at other examples and images in place of the one whose turn it is."""

from __future__ import annotations

import numpy as np
import pytest

from gui.panels.time.time_line import TimeLine
from gui.session import Session
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.plain_loop import numbers_of


@pytest.fixture
def session() -> Session:
    """At step 20 of 50."""
    made = digits_session()
    made.playback.take(50)
    made.playback.seek(20)
    return made


def look_at_held_out(session: Session, image: int) -> None:
    digits = session.experiment.digits
    assert digits is not None
    target = np.zeros(10)
    target[digits.held_out_labels[image]] = 1.0
    session.edits.look_at(digits.held_out_images[image], target, f"held-out {image}")


def test_looking_around_is_one_entry_for_undo(session: Session) -> None:
    before = numbers_of(session.state)
    for example in (3, 70, 9):
        session.edits.visit(example)
    look_at_held_out(session, 4)
    look_at_held_out(session, 5)

    assert session.edits.count == 1
    assert session.playback.length == 20
    session.edits.undo()
    assert numbers_of(session.state) == before
    assert session.playback.length == 50


def test_what_was_looked_at_last_is_on_the_bench(session: Session) -> None:
    look_at_held_out(session, 4)
    session.edits.visit(70)
    assert session.state.example == 70
    session.playback.step()
    assert session.state.example == 71


def test_coming_back_to_the_example_itself_brings_its_future_back(session: Session) -> None:
    look_at_held_out(session, 4)
    session.edits.visit(3)
    session.edits.visit(20)

    assert session.state.example == 20
    assert session.playback.length == 50
    assert not session.edits.unsaved


def test_a_step_ends_the_looking(session: Session) -> None:
    session.edits.visit(3)
    session.playback.step()
    session.playback.back()
    session.edits.visit(9)

    assert session.edits.count == 2
    session.edits.undo()
    assert session.playback.length == 21
    assert session.state.example == 3


def test_a_look_after_undo_drops_what_could_be_redone(session: Session) -> None:
    session.edits.visit(3)
    session.edits.set_weight(0, 20, 0.7)
    session.edits.undo()
    session.edits.visit(9)

    assert not session.edits.can_redo
    session.edits.undo()
    assert session.state.example == 3
    session.edits.undo()
    assert session.state.example == 20


def test_looking_pauses_a_run_wherever_it_goes(session: Session) -> None:
    session.playback.seek(50)
    for example in (3, 50):
        session.playback.run()
        session.edits.visit(example)
        assert not session.playback.running
        assert session.state.example == example


def test_a_look_after_saving_is_an_entry_of_its_own_and_leaves_it_saved(session: Session) -> None:
    session.edits.visit(3)
    session.edits.mark_saved()
    session.edits.visit(9)
    assert session.edits.count == 2
    assert not session.edits.unsaved


def test_another_step_has_looks_of_its_own(session: Session) -> None:
    session.edits.visit(3)
    session.playback.seek(10)
    session.edits.visit(9)
    assert session.edits.count == 2


def test_one_step_that_was_set_aside_is_one(session: Session) -> None:
    time_line = TimeLine(session)
    session.playback.seek(session.playback.length - 1)
    session.edits.set_alpha(0.01)
    assert "1 later step set aside, Undo brings it back" in time_line.position_text
    time_line.deleteLater()


def test_the_time_line_says_what_was_set_aside(session: Session) -> None:
    time_line = TimeLine(session)
    assert "set aside" not in time_line.position_text
    session.edits.set_alpha(0.01)
    assert session.edits.replaced_steps == 30
    assert "30 later steps set aside, Undo brings them back" in time_line.position_text

    session.playback.step()
    assert session.edits.replaced_steps == 0
    session.edits.undo()
    assert session.edits.replaced_steps == 0
    assert session.playback.length == 50
    time_line.deleteLater()


def test_nothing_is_set_aside_at_the_end_of_the_path(session: Session) -> None:
    session.playback.seek(50)
    session.edits.set_alpha(0.01)
    assert session.edits.replaced_steps == 0


def test_more_edits_at_one_step_do_not_hide_what_the_first_set_aside(session: Session) -> None:
    session.edits.set_alpha(0.01)
    session.edits.set_weight(0, 20, 0.5)
    assert session.edits.replaced_steps == 30
    session.playback.take(3)
    session.edits.set_alpha(0.03)
    assert session.edits.replaced_steps == 0
