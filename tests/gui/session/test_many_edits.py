"""What a person does costs the same however many edits there are: work is counted, not time."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from gui.session import Session
from model.edits import Edit
from model.path import Path
from model.path.saved import new_path
from model.path.step_series import Follower, error_series, weight_series
from tests.gui.helpers.bench import builtin

NAME = "Several inputs and outputs"
FEW, MANY = 20, 2000


def with_edits(n: int) -> tuple[Session, Path]:
    """A session with so many edits, one at each step."""
    session = builtin(NAME)
    path = new_path(session.experiment)
    for number in range(n):
        path.edit(Edit(number, "alpha", (0.001 + 1e-6 * (number % 7),)))
        path.extend(1)
    session.open(session.experiment, path)
    session.playback.seek(n)
    return session, path


def calls(action: Callable[[], object]) -> int:
    """How many calls of functions, in Python and in C, an action makes."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def stroke(session: Session) -> None:
    """A stroke of several moves, each in place of the one before."""
    gesture = object()
    for value in (0.1, 0.2, 0.3):
        session.edits.edit("weights", [(0, 0), (1, 1)], [value, value], "painted", gesture)
        assert session.state.weights[0, 0] == value


def scrub(session: Session) -> None:
    gesture = object()
    for value in (0.002, 0.003, 0.004):
        session.edits.set_alpha(value, gesture)


def in_the_past(session: Session) -> None:
    session.playback.seek(session.playback.length // 2)
    session.edits.set_weight(0, 1, 0.5)
    session.playback.step()


def after(action: Callable[[Session], None]) -> Callable[[Session], int]:
    """The work of an action, of a step after it, and of undoing and redoing it."""

    def work(session: Session) -> int:
        def all_of_it() -> None:
            action(session)
            session.playback.step()
            session.edits.undo()
            session.edits.redo()
            session.edits.undo()

        return calls(all_of_it)

    return work


@pytest.mark.parametrize("action", [stroke, scrub, in_the_past])
def test_a_change_and_its_undo_cost_the_same_after_many_edits(
    action: Callable[[Session], None],
) -> None:
    work = after(action)
    found = []
    for n in (FEW, MANY):
        session, _ = with_edits(n)
        work(session)  # what is computed once is not counted
        found.append(work(session))

    few, many = found
    assert many <= 1.1 * few


def test_two_hundred_changes_are_undone_at_the_same_cost() -> None:
    found = []
    for n in (FEW, MANY):
        session, _ = with_edits(n)
        for number in range(200):
            session.edits.set_alpha(0.002 + 1e-6 * number)
            session.playback.step()

        def undo_all(session: Session = session) -> None:
            while session.edits.can_undo:
                session.edits.undo()

        found.append(calls(undo_all))

    few, many = found
    assert many <= 1.1 * few


def test_curves_and_the_list_of_edits_ask_for_what_changed() -> None:
    found: list[list[int]] = []
    for n in (FEW, MANY):
        session, _ = with_edits(n)
        followers = [Follower(error_series), Follower(weight_series([(0, 0), (1, 2)]))]

        def look(session: Session = session, followers: list[Follower] = followers) -> None:
            for follower in followers:
                follower.series(session.path, 0, session.playback.length + 1)
            assert len(session.path.edits) == len(session.path.edit_steps)

        look()
        work = []
        for change in (stroke, lambda it: it.edits.undo(), lambda it: it.edits.redo()):
            change(session)
            work.append(calls(look))
            session.playback.step()
            work.append(calls(look))
        found.append(work)

    few, many = found
    assert all(ours <= 1.1 * theirs for ours, theirs in zip(many, few, strict=True)), found
