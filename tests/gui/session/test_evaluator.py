"""The evaluator: right numbers, newest weights, no work for nobody."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import cycle, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.evaluator import Evaluator
from model.accuracy_history import AccuracyHistory, Point
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_experiment, digits_session

Bench = tuple[Session, Evaluator]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    session = digits_session()
    evaluator = session.evaluator
    yield session, evaluator
    session.playback.pause()
    evaluator.set_wanted(session, False)


def done(qtbot: QtBot, evaluator: Evaluator) -> None:
    qtbot.waitUntil(lambda: not evaluator.busy)


def measured(qtbot: QtBot, bench: Bench, steps: int) -> None:
    """Take so many steps, and have somebody look at what they led to."""
    session, evaluator = bench
    session.playback.take(steps)
    evaluator.set_wanted(session, True)
    done(qtbot, evaluator)


def accuracy_by_loop(session: Session) -> float:
    """What part of the held-out images the weights of the moment recognise."""
    digits = session.experiment.digits
    assert digits is not None
    weights = session.state.weights.tolist()
    right = 0
    for image, label in zip(
        digits.held_out_images.tolist(), digits.held_out_labels.tolist(), strict=True
    ):
        scores = [sum(w * x for w, x in zip(row, image, strict=True)) for row in weights]
        right += scores.index(max(scores)) == label
    return right / len(digits.held_out_labels)


def steps(evaluator: Evaluator) -> list[int]:
    return [point.step for point in evaluator.history]


def test_it_measures_the_weights_of_the_moment(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 150)

    assert evaluator.evaluation is not None
    assert evaluator.evaluation.step == 150
    assert evaluator.evaluation.n_images == 20
    assert evaluator.evaluation.quality.accuracy == pytest.approx(accuracy_by_loop(session))

    session.playback.seek(3)
    done(qtbot, evaluator)

    assert evaluator.evaluation.step == 3
    assert evaluator.evaluation.quality.accuracy == pytest.approx(accuracy_by_loop(session))
    assert steps(evaluator) == [3, 150]


def test_an_edit_of_weights_is_measured_at_once(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 100)
    before = evaluator.evaluation

    session.edits.edit("weights", [(0, at) for at in range(64)], [9.0] * 64, "painted")
    done(qtbot, evaluator)

    assert evaluator.evaluation is not before
    assert evaluator.evaluation is not None
    assert evaluator.evaluation.quality.accuracy == pytest.approx(accuracy_by_loop(session))


def test_nothing_is_done_while_nobody_wants_to_know(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    session.playback.take(50)
    unasked = evaluator.busy

    evaluator.set_wanted(session, True)
    evaluator.set_wanted(evaluator, True)
    evaluator.set_wanted(session, False)
    still_wanted = evaluator.busy
    evaluator.set_wanted(evaluator, False)

    assert (unasked, still_wanted, evaluator.busy) == (False, True, False)
    assert evaluator.evaluation is None


def test_the_same_weights_are_measured_once(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 0)

    session.playback.predict()
    session.playback.compare()

    assert not evaluator.busy


def test_a_run_is_followed_and_ends_with_its_last_step(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 0)
    session.playback.set_speed(math.inf)
    session.playback.run()
    with qtbot.waitSignal(evaluator.finished):
        pass
    assert session.playback.running
    assert evaluator.evaluation is not None
    assert 0 < evaluator.evaluation.step <= session.playback.position

    session.playback.pause()
    done(qtbot, evaluator)

    assert evaluator.evaluation.step == session.playback.position


def test_a_new_future_forgets_what_was_measured_on_the_old_one(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 0)
    for _ in range(3):
        session.playback.take(10)
        done(qtbot, evaluator)
    assert steps(evaluator) == [0, 10, 20, 30]

    session.playback.seek(15)
    done(qtbot, evaluator)
    session.edits.set_alpha(0.5)
    done(qtbot, evaluator)

    # The weights of step 15 itself are the same as before.
    assert steps(evaluator) == [0, 10, 15]


def test_another_experiment_starts_afresh(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 10)

    session.open(digits_experiment(50))
    done(qtbot, evaluator)
    assert steps(evaluator) == [0]

    session.open(builtin("Several steps").experiment)

    assert evaluator.held_out is None
    assert evaluator.evaluation is None
    assert evaluator.history == ()
    assert not evaluator.busy


def test_the_history_is_bounded_and_keeps_its_ends_and_its_spread() -> None:
    history = AccuracyHistory(most=20)
    for step in range(1000):
        history.add(Point(step, step / 1000, 0.0))

    kept = [point.step for point in history.points]

    assert len(kept) == 20
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (0, 999)
    assert np.diff(kept).max() < 300


def test_a_point_takes_the_place_of_one_at_the_same_step() -> None:
    history = AccuracyHistory()
    history.add(Point(5, 0.1, 1.0))
    history.add(Point(2, 0.2, 1.0))
    history.add(Point(5, 0.3, 1.0))

    assert history.points == (Point(2, 0.2, 1.0), Point(5, 0.3, 1.0))


def test_a_result_of_a_future_that_was_left_is_never_shown(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    results = []
    evaluator.finished.connect(lambda: results.append(evaluator.evaluation))
    session.playback.set_speed(0.5)
    session.playback.run()
    evaluator.set_wanted(session, True)
    assert evaluator.busy
    session.edits.edit("weights", [(0, at) for at in range(64)], [9.0] * 64, "painted")
    assert session.playback.running
    qtbot.waitUntil(lambda: bool(results))

    assert results[0] is not None
    assert np.array_equal(results[0].weights, session.path.weights(results[0].step))


def test_a_drag_along_the_time_line_shows_a_result_now_and_then(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 1000)
    first = evaluator.evaluation
    places = cycle(range(1000))
    patience = QDeadlineTimer(5000)
    # Never a moment in which nothing moves: each turn of the event loop is at another step.
    while evaluator.evaluation is first and not patience.hasExpired():
        session.playback.seek(next(places))
        QApplication.processEvents()

    assert evaluator.evaluation is not first


def test_while_running_a_pass_is_not_followed_at_once_by_the_next(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.session.evaluator._RUNNING_MS", 3_600_000)
    session, evaluator = bench
    results = []
    evaluator.finished.connect(lambda: results.append(evaluator.evaluation))
    session.playback.set_speed(100.0)
    session.playback.run()
    evaluator.set_wanted(session, True)
    qtbot.waitUntil(lambda: session.playback.position > 15)
    while_running = len(results)
    session.playback.pause()
    done(qtbot, evaluator)

    assert while_running == 1
    assert evaluator.evaluation is not None
    assert evaluator.evaluation.step == session.playback.position


def test_other_steps_are_measured_for_the_history_alone(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 150)
    newest = evaluator.evaluation

    evaluator.measure(40)
    done(qtbot, evaluator)

    assert evaluator.evaluation is newest
    assert steps(evaluator) == [40, 150]
    session.playback.seek(40)
    assert evaluator.history[0].accuracy == accuracy_by_loop(session)


def test_the_moment_comes_before_other_steps(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 150)

    evaluator.measure(40)
    session.playback.seek(100)
    done(qtbot, evaluator)

    assert evaluator.evaluation is not None
    assert evaluator.evaluation.step == 100
    assert steps(evaluator) == [100, 150]


def test_a_result_for_weights_that_are_gone_is_called_outdated(qtbot: QtBot, bench: Bench) -> None:
    session, evaluator = bench
    measured(qtbot, bench, 150)
    outdated = [evaluator.is_outdated]

    session.edits.set_weight(0, 30, 5.0)
    outdated.append(evaluator.is_outdated)
    done(qtbot, evaluator)
    outdated.append(evaluator.is_outdated)

    assert outdated == [False, True, False]


@pytest.mark.parametrize("length", [0, 1, 7, 500, 600_000])
def test_what_is_missing_is_filled_in_a_bounded_number_of_steps(length: int) -> None:
    history = AccuracyHistory()
    asked = []
    while (step := history.missing(length)) is not None:
        assert 0 <= step <= length
        assert step not in asked
        asked.append(step)
        history.add(Point(step, 0.5, 0.1))
        assert len(asked) <= 30

    assert asked[0] == 0
    assert length in asked
    # Closer to each other at the start, and nowhere far apart.
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps == sorted(gaps)
    assert max(gaps, default=0) <= max(1, length / 6)
