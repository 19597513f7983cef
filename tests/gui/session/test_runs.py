"""Runs, and opening what was saved, through the session's public face."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.pace import SPEEDS
from model.digits import DigitSet
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.files.library import open_experiment
from model.phase import Phase
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.plain_loop import FIRST_GAME, looped, numbers_of


def no_images(source: str, count: int) -> DigitSet:
    raise AssertionError("there are no images in this experiment")


def saved_and_read(session: Session) -> Experiment:
    return parse(dump(session.experiment, session.path, session.playback.position), no_images)


@pytest.fixture
def session() -> Session:
    return builtin("Several steps")


# -- runs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_run_goes_on_by_itself_until_it_is_paused(
    session: Session, qtbot: QtBot, speed: float
) -> None:
    session.playback.set_speed(speed)
    with qtbot.waitSignal(session.playback.running_changed) as told:
        session.playback.run()
    assert told.args == [True]
    assert session.playback.running

    in_parts = speed <= 1.0
    qtbot.waitUntil(
        lambda: (
            session.playback.phase is not Phase.READY
            if in_parts
            else session.playback.position >= 2
        )
    )
    with qtbot.waitSignal(session.playback.running_changed) as told:
        session.playback.pause()

    assert told.args == [False]
    before = (session.playback.position, session.playback.phase)
    qtbot.wait(60)
    assert (session.playback.position, session.playback.phase) == before


def test_steps_do_not_depend_on_the_speed_of_a_run(qtbot: QtBot) -> None:
    fast, slow = builtin("The whole season"), builtin("The whole season")
    fast.playback.set_speed(math.inf)
    fast.playback.run()
    qtbot.waitUntil(lambda: fast.playback.length >= 3000)
    fast.playback.pause()

    slow.playback.set_speed(1000.0)
    slow.playback.run()
    qtbot.waitUntil(lambda: slow.playback.length >= 150)
    slow.playback.pause()

    for step in (1, 64, 100, 150):
        assert numbers_of(fast.path.state(step)) == numbers_of(slow.path.state(step))
    slow.playback.take(3000 - slow.playback.length)
    assert numbers_of(fast.path.state(3000)) == numbers_of(slow.path.state(3000))


def test_the_speed_can_change_during_a_run(session: Session, qtbot: QtBot) -> None:
    session.playback.set_speed(0.5)
    session.playback.run()
    session.playback.set_speed(math.inf)

    qtbot.waitUntil(lambda: session.playback.position > 1000)

    session.playback.pause()
    assert session.playback.speed == math.inf


def test_nothing_else_moves_time_during_a_run(session: Session, qtbot: QtBot) -> None:
    session.playback.take(2)
    session.playback.set_speed(0.5)
    session.playback.run()

    session.playback.step()
    session.playback.back()
    session.playback.learn()

    assert session.playback.position == 2
    session.playback.toggle_run()
    assert not session.playback.running


def test_reset_pauses(session: Session, qtbot: QtBot) -> None:
    session.playback.set_speed(1000.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 3)

    session.playback.reset()

    assert not session.playback.running
    assert session.playback.position == 0
    assert session.playback.length > 3


def steps_until(error: float) -> int:
    """The last step of "Alpha too large" whose error is no larger, by a plain loop."""
    weights, step = [0.1, 0.2, -0.1], 0
    while True:
        weights, _ = looped(FIRST_GAME, 1.0, weights, 0.1, 1)
        pred = sum(w * x for w, x in zip(weights, FIRST_GAME, strict=True))
        if (pred - 1.0) ** 2 > error:
            return step
        step += 1


@pytest.mark.parametrize("speed", [100.0, math.inf])
def test_a_run_pauses_before_it_diverges_and_says_why(qtbot: QtBot, speed: float) -> None:
    session = builtin("Alpha too large")
    session.playback.set_speed(speed)
    last = steps_until(1e15)

    with qtbot.waitSignal(session.playback.stopped) as told:
        session.playback.run()
    qtbot.waitUntil(lambda: not session.playback.running)

    assert session.playback.position == session.playback.length == last
    assert np.isfinite(session.state.error).all()
    assert told.args == [session.playback.stop_reason]
    assert f"Diverged at step {last}" in session.playback.stop_reason
    assert "0.02699" in session.playback.stop_reason


def test_a_step_beyond_divergence_is_not_taken_and_says_why(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")

    with qtbot.waitSignal(session.playback.stopped, timeout=0):
        session.playback.take(1000)

    last = session.playback.position
    session.playback.step()
    session.playback.run()
    assert (session.playback.position, session.playback.running, session.playback.learned) == (
        last,
        False,
        False,
    )


def test_a_change_takes_the_reason_for_stopping_back(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    session.playback.take(1000)
    session.playback.seek(1)

    with qtbot.waitSignal(session.playback.stopped, timeout=0) as told:
        session.edits.set_alpha(0.01)

    assert told.args == [""]
    assert session.playback.stop_reason == ""
    session.playback.take(100)
    assert session.playback.position == 101


def test_a_run_from_the_past_follows_the_path_and_then_goes_on(
    session: Session, qtbot: QtBot
) -> None:
    session.playback.take(6)
    known = [numbers_of(session.path.state(step)) for step in range(7)]
    session.playback.seek(1)
    session.playback.set_speed(1000.0)

    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 8)
    session.playback.pause()

    assert [numbers_of(session.path.state(step)) for step in range(7)] == known


# -- opening --------------------------------------------------------------------------------


def test_opening_begins_anew(session: Session, qtbot: QtBot) -> None:
    session.playback.take(3)
    session.edits.set_alpha(0.02)
    session.playback.set_speed(0.5)
    session.playback.run()

    with qtbot.waitSignals([session.opened, session.changed]):
        session.open(open_experiment("Several outputs"))

    assert session.experiment.name == "Several outputs"
    assert (session.playback.position, session.playback.length, session.playback.phase) == (
        0,
        0,
        Phase.READY,
    )
    assert not session.playback.running
    assert session.edits.count == 0
    assert session.state.weights.shape == (3, 1)


def test_opening_forgets_why_the_last_run_stopped(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    session.playback.take(1000)

    with qtbot.waitSignal(session.playback.stopped) as told:
        session.open(open_experiment("Several steps"))

    assert told.args == [""]
    assert session.playback.stop_reason == ""


def test_a_saved_path_is_there_again_after_opening(qtbot: QtBot) -> None:
    saved = builtin("The whole season")
    saved.playback.take(40)
    saved.edits.set_frozen(0, 1, True)
    saved.playback.take(3000)
    saved.edits.set_input(0, 9.25)
    saved.edits.set_alpha(0.002)
    saved.playback.take(500)
    saved.playback.seek(1234)

    session = builtin("One delta, three weight_deltas")
    session.open(saved_and_read(saved))
    qtbot.waitUntil(lambda: not session.playback.running)

    assert (session.playback.position, session.playback.length) == (1234, saved.playback.length)
    assert session.path.edits == saved.path.edits
    for step in (0, 40, 1234, 3040, 3540):
        assert numbers_of(session.path.state(step)) == numbers_of(saved.path.state(step))


def test_a_saved_path_that_ends_where_it_was_edited_is_there_at_once() -> None:
    saved = builtin("Several steps")
    saved.playback.take(7)
    saved.edits.set_alpha(0.003)
    saved.playback.seek(5)

    session = builtin("Several steps")
    session.open(saved_and_read(saved))

    assert (session.playback.position, session.playback.length, session.playback.running) == (
        5,
        7,
        False,
    )
    assert session.path.state(7).setup.alpha == 0.003


def test_the_starting_point_is_saved_and_not_where_the_path_has_come_to() -> None:
    saved = builtin("Several steps")
    saved.playback.take(7)

    read = saved_and_read(saved)

    assert read.weights.tolist() == [[0.1, 0.2, -0.1]]
    assert replace(read, length=0).length == 0
