"""The one door: steps, time and edits, through the session's public face."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from model.files.library import builtin_names
from model.phase import Phase, StepPart
from model.words.names import weight_name
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.plain_loop import FIRST_GAME, looped, numbers_of


def moment_of(session: Session) -> tuple[object, ...]:
    """Everything that a refused change must leave as it is."""
    return (
        session.playback.position,
        session.playback.length,
        session.playback.phase,
        session.playback.learned,
        session.path.edits,
        session.edits.count,
        numbers_of(session.state),
    )


@pytest.fixture
def session() -> Session:
    return builtin("Several steps")


# -- steps ----------------------------------------------------------------------------------


def test_a_session_begins_at_the_start(session: Session) -> None:
    assert (session.playback.position, session.playback.length, session.playback.phase) == (
        0,
        0,
        Phase.READY,
    )
    assert session.playback.previous is None
    assert not session.playback.learned
    assert not session.playback.running
    assert session.playback.stop_reason == ""


def test_the_parts_of_a_step_come_in_order_only(session: Session) -> None:
    session.playback.compare()
    session.playback.learn()
    assert (session.playback.phase, session.playback.position) == (Phase.READY, 0)

    session.playback.predict()
    session.playback.learn()
    session.playback.predict()
    assert (session.playback.phase, session.playback.position) == (Phase.PREDICTED, 0)

    session.playback.compare()
    session.playback.compare()
    assert (session.playback.phase, session.playback.position) == (Phase.COMPARED, 0)

    session.playback.learn()
    assert (session.playback.phase, session.playback.position) == (Phase.READY, 1)
    assert session.playback.learned


def test_three_parts_make_the_same_step_as_one_press(session: Session) -> None:
    whole = builtin("Several steps")
    whole.playback.step()

    session.playback.predict()
    session.playback.compare()
    session.playback.learn()

    assert numbers_of(session.state) == numbers_of(whole.state)


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_a_step_does_what_is_left_of_it(session: Session, parts: int) -> None:
    for part in (session.playback.predict, session.playback.compare)[:parts]:
        part()

    session.playback.step()

    assert (session.playback.position, session.playback.phase, session.playback.learned) == (
        1,
        Phase.READY,
        False,
    )


def test_steps_agree_with_a_plain_loop(session: Session) -> None:
    weights, preds = looped(FIRST_GAME, 1.0, [0.1, 0.2, -0.1], 0.01, 3)

    seen = [float(session.state.pred[0])]
    for _ in range(3):
        session.playback.step()
        seen.append(float(session.state.pred[0]))

    assert seen == pytest.approx(preds, rel=1e-12)
    assert session.state.weights[0].tolist() == pytest.approx(weights, rel=1e-12)


def test_the_previous_state_is_that_of_the_step_before(session: Session) -> None:
    before = numbers_of(session.state)

    session.playback.step()

    assert session.playback.previous is not None
    assert numbers_of(session.playback.previous) == before


def test_many_steps_at_once_are_the_same_steps(session: Session) -> None:
    one_by_one = builtin("Several steps")
    for _ in range(70):
        one_by_one.playback.step()

    session.playback.take(70)

    assert numbers_of(session.state) == numbers_of(one_by_one.state)


# -- time -----------------------------------------------------------------------------------


def test_back_takes_back_a_part_before_a_step(session: Session) -> None:
    session.playback.step()
    session.playback.predict()
    session.playback.compare()

    session.playback.back()
    assert (session.playback.position, session.playback.phase) == (1, Phase.READY)

    session.playback.back()
    assert (session.playback.position, session.playback.phase) == (0, Phase.READY)

    session.playback.back()
    assert session.playback.position == 0


def test_looking_back_destroys_nothing(session: Session) -> None:
    session.playback.take(5)

    session.playback.back()
    session.playback.reset()

    assert (session.playback.position, session.playback.length) == (0, 5)


@pytest.mark.parametrize("name", [name for name in builtin_names() if "MNIST" not in name])
def test_back_then_forward_shows_the_same_numbers_to_the_last_bit(name: str) -> None:
    session = builtin(name)
    seen = [numbers_of(session.state)]
    for _ in range(8):
        session.playback.step()
        seen.append(numbers_of(session.state))

    for step in (3, 0, 8, 7, 1):
        session.playback.seek(step)
        assert numbers_of(session.state) == seen[step]
    session.playback.seek(0)
    for step in range(1, 9):
        session.playback.step()
        assert numbers_of(session.state) == seen[step]


@pytest.mark.parametrize(("step", "lands"), [(-5, 0), (2, 2), (99, 4), (10**12, 4)])
def test_a_seek_stays_on_the_path(session: Session, step: int, lands: int) -> None:
    session.playback.take(4)
    session.playback.predict()

    session.playback.seek(step)

    assert (session.playback.position, session.playback.length, session.playback.phase) == (
        lands,
        4,
        Phase.READY,
    )
    assert not session.playback.learned


def test_panels_are_told_of_every_move(session: Session, qtbot: QtBot) -> None:
    moves: list[Callable[[], None]] = [
        session.playback.predict,
        session.playback.compare,
        session.playback.learn,
        session.playback.step,
        session.playback.back,
        session.playback.reset,
    ]
    for move in moves:
        with qtbot.waitSignal(session.changed, timeout=0):
            move()


# -- edits ----------------------------------------------------------------------------------


def test_a_change_in_the_past_starts_a_new_future(session: Session) -> None:
    session.playback.take(5)
    session.playback.seek(2)

    assert session.edits.set_alpha(0.005)
    assert (session.playback.position, session.playback.length) == (2, 2)

    session.playback.step()
    weights, _ = looped(FIRST_GAME, 1.0, [0.1, 0.2, -0.1], 0.01, 2)
    weights, _ = looped(FIRST_GAME, 1.0, weights, 0.005, 1)
    assert session.state.weights[0].tolist() == pytest.approx(weights, rel=1e-12)


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.edits.set_alpha(0.002),
        lambda session: session.edits.set_weight(0, 1, -3.25),
        lambda session: session.edits.set_frozen(0, 0, True),
        lambda session: session.edits.set_input(2, 0.0),
        lambda session: session.edits.set_target(0, 0.5),
        lambda session: session.edits.set_inputs(np.array([1.0, 0.65, 2.0]), "drawn"),
        lambda session: session.edits.put_on_bench(
            np.array([1.0, 2.0, 3.0]), np.array([0.0]), "guest"
        ),
    ],
)
def test_undo_and_redo_bring_each_future_back_to_the_last_bit(
    change: Callable[[Session], bool],
) -> None:
    session = builtin("The whole season")
    session.playback.take(9)
    old = [numbers_of(session.path.state(step)) for step in range(10)]
    session.playback.seek(4)

    assert change(session)
    session.playback.take(6)
    new = [numbers_of(session.path.state(step)) for step in range(11)]
    assert new[4] != old[4]

    session.edits.undo()
    assert (session.playback.position, session.playback.length) == (4, 9)
    assert [numbers_of(session.path.state(step)) for step in range(10)] == old

    session.edits.redo()
    session.playback.take(6)
    assert [numbers_of(session.path.state(step)) for step in range(11)] == new


def test_a_gesture_is_one_undo_entry(session: Session) -> None:
    session.playback.take(3)
    session.playback.seek(1)
    before = numbers_of(session.state)
    gesture = object()

    for alpha in (0.011, 0.012, 0.013):
        assert session.edits.set_alpha(alpha, gesture)
    assert session.edits.count == 1
    assert [edit.to for edit in session.path.edits] == [(0.013,)]

    session.edits.undo()
    assert numbers_of(session.state) == before
    assert session.playback.length == 3


def test_gestures_and_typed_values_are_undone_one_by_one(session: Session) -> None:
    first, second = object(), object()
    session.edits.set_alpha(0.02, first)
    session.edits.set_alpha(0.03, second)
    session.edits.set_alpha(0.04)
    session.edits.set_alpha(0.05)

    seen = []
    while session.edits.can_undo:
        session.edits.undo()
        seen.append(session.state.setup.alpha)

    assert seen == [0.04, 0.03, 0.02, 0.01]


def test_a_gesture_is_taken_back_even_when_another_kind_of_edit_came_before(
    session: Session,
) -> None:
    session.edits.set_weight(0, 0, 0.5)
    gesture = object()
    session.edits.set_input(0, 9.0, gesture)
    session.edits.set_input(0, 10.0, gesture)

    session.edits.undo()

    assert session.state.inputs[0] == 8.5
    assert session.state.weights[0, 0] == 0.5


@pytest.mark.parametrize("act", ["step", "back", "predict", "seek", "edit", "undo", "run"])
def test_what_learn_did_stays_in_sight_until_something_else_is_done(
    session: Session, qtbot: QtBot, act: str
) -> None:
    session.edits.set_weight(0, 0, 0.25)
    started = numbers_of(session.state)
    for part in (session.playback.predict, session.playback.compare, session.playback.learn):
        part()
    assert numbers_of(session.seen) == started

    if act == "seek":
        session.playback.seek(0)
    elif act == "edit":
        session.edits.set_weight(0, 1, 0.75)
    elif act == "undo":
        session.edits.undo()
    elif act == "run":
        session.playback.run()
        qtbot.waitUntil(lambda: session.playback.position > 2)
        session.playback.pause()
    else:
        getattr(session.playback, act)()

    assert session.playback.part is not StepPart.LEARN
    assert session.seen is session.state


def test_a_pause_within_a_step_rests_the_bench(session: Session, qtbot: QtBot) -> None:
    session.playback.set_speed(1.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.phase is not Phase.READY)
    session.playback.pause()

    assert session.playback.part is StepPart.REST


def test_an_edit_takes_the_step_back_to_its_beginning(session: Session) -> None:
    session.playback.step()
    session.playback.predict()

    session.edits.set_weight(0, 0, 0.25)

    assert (session.playback.position, session.playback.phase, session.playback.learned) == (
        1,
        Phase.READY,
        False,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda session: session.edits.set_alpha(0.0), "above zero"),
        (lambda session: session.edits.set_alpha(-1.0), "above zero"),
        (lambda session: session.edits.set_alpha(math.nan), "finite"),
        (lambda session: session.edits.set_alpha(math.inf), "finite"),
        (lambda session: session.edits.set_weight(0, 0, 1e10), "at most"),
        (lambda session: session.edits.set_weight(0, 0, 9e8), "error"),
        (lambda session: session.edits.set_input(0, -math.inf), "finite"),
        (lambda session: session.edits.set_target(0, 5e8), "error"),
        (lambda session: session.edits.edit("weights", ((5, 0),), (1.0,), "weight"), "no cell"),
        (lambda session: session.edits.visit(7), "example"),
    ],
)
def test_a_refused_change_leaves_everything_as_it_was(
    session: Session, qtbot: QtBot, change: Callable[[Session], bool], words: str
) -> None:
    session.playback.take(4)
    session.playback.seek(2)
    session.playback.predict()
    before = moment_of(session)

    with qtbot.waitSignal(session.notices.refused, timeout=0) as refusal:
        assert not change(session)

    assert words in refusal.args[0]
    assert moment_of(session) == before
    assert session.playback.length == 4


def test_a_refused_change_within_a_gesture_keeps_the_change_before(session: Session) -> None:
    gesture = object()
    assert session.edits.set_alpha(0.02, gesture)
    assert not session.edits.set_alpha(-0.01, gesture)

    assert session.state.setup.alpha == 0.02
    session.edits.undo()
    assert session.state.setup.alpha == 0.01


def test_a_frozen_weight_keeps_its_value(session: Session) -> None:
    session.edits.set_frozen(0, 0, True)
    session.playback.take(5)
    assert session.state.weights[0, 0] == 0.1

    session.edits.set_frozen(0, 0, False)
    session.playback.step()
    assert session.state.weights[0, 0] != 0.1


def test_an_edited_guest_is_still_the_guest_of_its_step_alone() -> None:
    session = builtin("The whole season")
    session.edits.put_on_bench(np.array([1.0, 2.0, 3.0]), np.array([0.0]), "drawn")
    session.edits.set_input(1, 5.0)
    session.edits.set_target(0, 0.5)

    assert session.state.example is None
    assert session.state.inputs.tolist() == [1.0, 5.0, 3.0]
    assert session.state.target.tolist() == [0.5]

    session.playback.step()
    assert session.state.example == 1


def test_a_visit_goes_on_from_the_example_it_went_to() -> None:
    session = builtin("The whole season")
    session.playback.step()

    session.edits.visit(3)
    seen = [session.state.example]
    session.playback.step()
    seen.append(session.state.example)

    assert seen == [3, 0]


def test_zones_follow_what_is_unfrozen() -> None:
    session = builtin("Several steps")
    s = sum(x * x for x in FIRST_GAME)
    assert session.zones.limit == pytest.approx(2 / s, rel=1e-12)

    session.edits.set_frozen(0, 0, True)

    assert session.zones.limit == pytest.approx(2 / (s - 8.5**2), rel=1e-12)


def test_weights_have_letters_row_by_row() -> None:
    session = made_up([[0.0] * 30], [[0.0]] * 1, [[0.0] * 30])

    names = [weight_name(session.experiment, 0, at) for at in (0, 1, 25, 26, 29)]
    assert names == ["a", "b", "z", "aa", "ad"]


# -- what undo keeps ------------------------------------------------------------------------


def test_old_futures_are_let_go_before_they_take_too_much(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 100_000
    monkeypatch.setattr("gui.session.edits._ABANDONED_BYTES", bound)
    counts = []
    for number in range(40):
        session.playback.seek(0)
        session.edits.set_alpha(0.001 + number * 1e-5)
        counts.append(session.edits.count)
        # And the future that has only just begun.
        assert session.edits.nbytes <= bound + 2000
        session.playback.take(20_000)

    assert 2 <= max(counts) < 39
    # Let go all at once, and more than once.
    assert counts.count(1) > 1


def test_what_was_let_go_cannot_make_unsaved_edits_look_saved(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.session.edits._ABANDONED_BYTES", 1000)
    for number in range(3):
        session.playback.seek(0)
        session.edits.set_alpha(0.001 + number * 1e-5)
        session.playback.take(20_000)
    while session.edits.can_undo:
        session.edits.undo()

    assert session.path.edits
    assert session.edits.unsaved
