"""The one door: steps, time and edits, through the session's public face."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.playback import Phase
from gui.session.undo import EditCommand
from model.files.library import builtin_names
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.plain_loop import FIRST_GAME, looped, numbers_of


def moment_of(session: Session) -> tuple[object, ...]:
    """Everything that a refused change must leave as it is."""
    return (
        session.position,
        session.length,
        session.phase,
        session.learned,
        session.path.edits,
        session.undo_stack.count(),
        numbers_of(session.state),
    )


@pytest.fixture
def session() -> Session:
    return builtin("Several steps")


# -- steps ----------------------------------------------------------------------------------


def test_a_session_begins_at_the_start(session: Session) -> None:
    assert (session.position, session.length, session.phase) == (0, 0, Phase.READY)
    assert session.previous is None
    assert not session.learned
    assert not session.running
    assert session.stop_reason == ""


def test_the_parts_of_a_step_come_in_order_only(session: Session) -> None:
    session.compare()
    session.learn()
    assert (session.phase, session.position) == (Phase.READY, 0)

    session.predict()
    session.learn()
    session.predict()
    assert (session.phase, session.position) == (Phase.PREDICTED, 0)

    session.compare()
    session.compare()
    assert (session.phase, session.position) == (Phase.COMPARED, 0)

    session.learn()
    assert (session.phase, session.position) == (Phase.READY, 1)
    assert session.learned


def test_three_parts_make_the_same_step_as_one_press(session: Session) -> None:
    whole = builtin("Several steps")
    whole.step()

    session.predict()
    session.compare()
    session.learn()

    assert numbers_of(session.state) == numbers_of(whole.state)


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_a_step_does_what_is_left_of_it(session: Session, parts: int) -> None:
    for part in (session.predict, session.compare)[:parts]:
        part()

    session.step()

    assert (session.position, session.phase, session.learned) == (1, Phase.READY, True)


def test_steps_agree_with_a_plain_loop(session: Session) -> None:
    weights, preds = looped(FIRST_GAME, 1.0, [0.1, 0.2, -0.1], 0.01, 3)

    seen = [float(session.state.pred[0])]
    for _ in range(3):
        session.step()
        seen.append(float(session.state.pred[0]))

    assert seen == pytest.approx(preds, rel=1e-12)
    assert session.state.weights[0].tolist() == pytest.approx(weights, rel=1e-12)


def test_the_previous_state_is_that_of_the_step_before(session: Session) -> None:
    before = numbers_of(session.state)

    session.step()

    assert session.previous is not None
    assert numbers_of(session.previous) == before


def test_many_steps_at_once_are_the_same_steps(session: Session) -> None:
    one_by_one = builtin("Several steps")
    for _ in range(70):
        one_by_one.step()

    session.take(70)

    assert numbers_of(session.state) == numbers_of(one_by_one.state)


# -- time -----------------------------------------------------------------------------------


def test_back_takes_back_a_part_before_a_step(session: Session) -> None:
    session.step()
    session.predict()
    session.compare()

    session.back()
    assert (session.position, session.phase) == (1, Phase.READY)

    session.back()
    assert (session.position, session.phase) == (0, Phase.READY)

    session.back()
    assert session.position == 0


def test_looking_back_destroys_nothing(session: Session) -> None:
    session.take(5)

    session.back()
    session.reset()

    assert (session.position, session.length) == (0, 5)


@pytest.mark.parametrize("name", [name for name in builtin_names() if "MNIST" not in name])
def test_back_then_forward_shows_the_same_numbers_to_the_last_bit(name: str) -> None:
    session = builtin(name)
    seen = [numbers_of(session.state)]
    for _ in range(8):
        session.step()
        seen.append(numbers_of(session.state))

    for step in (3, 0, 8, 7, 1):
        session.seek(step)
        assert numbers_of(session.state) == seen[step]
    session.seek(0)
    for step in range(1, 9):
        session.step()
        assert numbers_of(session.state) == seen[step]


@pytest.mark.parametrize(("step", "lands"), [(-5, 0), (2, 2), (99, 4), (10**12, 4)])
def test_a_seek_stays_on_the_path(session: Session, step: int, lands: int) -> None:
    session.take(4)
    session.predict()

    session.seek(step)

    assert (session.position, session.length, session.phase) == (lands, 4, Phase.READY)
    assert not session.learned


def test_panels_are_told_of_every_move(session: Session, qtbot: QtBot) -> None:
    moves: list[Callable[[], None]] = [
        session.predict, session.compare, session.learn, session.step, session.back, session.reset,
    ]  # fmt: skip
    for move in moves:
        with qtbot.waitSignal(session.changed, timeout=0):
            move()


# -- edits ----------------------------------------------------------------------------------


def test_a_change_in_the_past_starts_a_new_future(session: Session) -> None:
    session.take(5)
    session.seek(2)

    assert session.set_alpha(0.005)
    assert (session.position, session.length) == (2, 2)

    session.step()
    weights, _ = looped(FIRST_GAME, 1.0, [0.1, 0.2, -0.1], 0.01, 2)
    weights, _ = looped(FIRST_GAME, 1.0, weights, 0.005, 1)
    assert session.state.weights[0].tolist() == pytest.approx(weights, rel=1e-12)


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.set_alpha(0.002),
        lambda session: session.set_weight(0, 1, -3.25),
        lambda session: session.set_frozen(0, 0, True),
        lambda session: session.set_input(2, 0.0),
        lambda session: session.set_target(0, 0.5),
        lambda session: session.set_inputs(np.array([1.0, 0.65, 2.0]), "drawn"),
        lambda session: session.put_on_bench(np.array([1.0, 2.0, 3.0]), np.array([0.0]), "guest"),
    ],
)
def test_undo_and_redo_bring_each_future_back_to_the_last_bit(
    change: Callable[[Session], bool],
) -> None:
    session = builtin("The whole season")
    session.take(9)
    old = [numbers_of(session.path.state(step)) for step in range(10)]
    session.seek(4)

    assert change(session)
    session.take(6)
    new = [numbers_of(session.path.state(step)) for step in range(11)]
    assert new[4] != old[4]

    session.undo_stack.undo()
    assert (session.position, session.length) == (4, 9)
    assert [numbers_of(session.path.state(step)) for step in range(10)] == old

    session.undo_stack.redo()
    session.take(6)
    assert [numbers_of(session.path.state(step)) for step in range(11)] == new


def test_a_gesture_is_one_undo_entry(session: Session) -> None:
    session.take(3)
    session.seek(1)
    before = numbers_of(session.state)
    gesture = object()

    for alpha in (0.011, 0.012, 0.013):
        assert session.set_alpha(alpha, gesture)
    assert session.undo_stack.count() == 1
    assert [edit.to for edit in session.path.edits] == [(0.013,)]

    session.undo_stack.undo()
    assert numbers_of(session.state) == before
    assert session.length == 3


def test_gestures_and_typed_values_are_undone_one_by_one(session: Session) -> None:
    first, second = object(), object()
    session.set_alpha(0.02, first)
    session.set_alpha(0.03, second)
    session.set_alpha(0.04)
    session.set_alpha(0.05)

    seen = []
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
        seen.append(session.state.setup.alpha)

    assert seen == [0.04, 0.03, 0.02, 0.01]


def test_a_gesture_is_taken_back_even_when_another_kind_of_edit_came_before(
    session: Session,
) -> None:
    session.set_weight(0, 0, 0.5)
    gesture = object()
    session.set_input(0, 9.0, gesture)
    session.set_input(0, 10.0, gesture)

    session.undo_stack.undo()

    assert session.state.inputs[0] == 8.5
    assert session.state.weights[0, 0] == 0.5


def test_an_edit_takes_the_step_back_to_its_beginning(session: Session) -> None:
    session.step()
    session.predict()

    session.set_weight(0, 0, 0.25)

    assert (session.position, session.phase, session.learned) == (1, Phase.READY, False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda session: session.set_alpha(0.0), "above zero"),
        (lambda session: session.set_alpha(-1.0), "above zero"),
        (lambda session: session.set_alpha(math.nan), "finite"),
        (lambda session: session.set_alpha(math.inf), "finite"),
        (lambda session: session.set_weight(0, 0, 1e10), "at most"),
        (lambda session: session.set_weight(0, 0, 9e8), "error"),
        (lambda session: session.set_input(0, -math.inf), "finite"),
        (lambda session: session.set_target(0, 5e8), "error"),
        (lambda session: session.edit("weights", ((5, 0),), (1.0,), "weight"), "no cell"),
        (lambda session: session.visit(7), "example"),
    ],
)
def test_a_refused_change_leaves_everything_as_it_was(
    session: Session, qtbot: QtBot, change: Callable[[Session], bool], words: str
) -> None:
    session.take(4)
    session.seek(2)
    session.predict()
    before = moment_of(session)

    with qtbot.waitSignal(session.refused, timeout=0) as refusal:
        assert not change(session)

    assert words in refusal.args[0]
    assert moment_of(session) == before
    assert session.length == 4


def test_a_refused_change_within_a_gesture_keeps_the_change_before(session: Session) -> None:
    gesture = object()
    assert session.set_alpha(0.02, gesture)
    assert not session.set_alpha(-0.01, gesture)

    assert session.state.setup.alpha == 0.02
    session.undo_stack.undo()
    assert session.state.setup.alpha == 0.01


def test_a_frozen_weight_keeps_its_value(session: Session) -> None:
    session.set_frozen(0, 0, True)
    session.take(5)
    assert session.state.weights[0, 0] == 0.1

    session.set_frozen(0, 0, False)
    session.step()
    assert session.state.weights[0, 0] != 0.1


def test_an_edited_guest_is_still_the_guest_of_its_step_alone() -> None:
    session = builtin("The whole season")
    session.put_on_bench(np.array([1.0, 2.0, 3.0]), np.array([0.0]), "drawn")
    session.set_input(1, 5.0)
    session.set_target(0, 0.5)

    assert session.state.example is None
    assert session.state.inputs.tolist() == [1.0, 5.0, 3.0]
    assert session.state.target.tolist() == [0.5]

    session.step()
    assert session.state.example == 1


def test_a_visit_goes_on_from_the_example_it_went_to() -> None:
    session = builtin("The whole season")
    session.step()

    session.visit(3)
    seen = [session.state.example]
    session.step()
    seen.append(session.state.example)

    assert seen == [3, 0]


def test_zones_follow_what_is_unfrozen() -> None:
    session = builtin("Several steps")
    s = sum(x * x for x in FIRST_GAME)
    assert session.zones.limit == pytest.approx(2 / s, rel=1e-12)

    session.set_frozen(0, 0, True)

    assert session.zones.limit == pytest.approx(2 / (s - 8.5**2), rel=1e-12)


def test_weights_have_letters_row_by_row() -> None:
    session = made_up([[0.0] * 30], [[0.0]] * 1, [[0.0] * 30])

    assert [session.weight_name(0, at) for at in (0, 1, 25, 26, 29)] == ["a", "b", "z", "aa", "ad"]


# -- what undo keeps ------------------------------------------------------------------------


def kept_bytes(session: Session) -> int:
    """Bytes of all futures that undo could bring back, each part counted once."""
    commands = (session.undo_stack.command(at) for at in range(session.undo_stack.count()))
    moments = [m for c in commands if isinstance(c, EditCommand) for m in (c.before, c.after)]
    segments = {segment for moment in moments for segment in moment.snapshot.segments}
    return sum(segment.nbytes for segment in segments)


def test_old_futures_are_let_go_before_they_take_too_much(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 100_000
    monkeypatch.setattr("gui.session.session._ABANDONED_BYTES", bound)
    counts = []
    for number in range(40):
        session.seek(0)
        session.set_alpha(0.001 + number * 1e-5)
        counts.append(session.undo_stack.count())
        # And the future that has only just begun.
        assert kept_bytes(session) <= bound + 2000
        session.take(20_000)

    assert 2 <= max(counts) < 39
    # Let go all at once, and more than once.
    assert counts.count(1) > 1


def test_what_was_let_go_cannot_make_unsaved_edits_look_saved(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.session.session._ABANDONED_BYTES", 1000)
    for number in range(3):
        session.seek(0)
        session.set_alpha(0.001 + number * 1e-5)
        session.take(20_000)
    while session.undo_stack.canUndo():
        session.undo_stack.undo()

    assert session.path.edits
    assert not session.undo_stack.isClean()
