"""The limit of alpha is found between frames where there is much data, and never a wrong one."""

from __future__ import annotations

import gc
import weakref

import pytest
from pytestqt.qtbot import QtBot

from gui.panels.alpha.panel import AlphaControl
from gui.session import Session
from model.curves import AlphaZones
from model.examples import Order
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen

INPUTS = [[3.0, 1.0], [1.0, 0.5], [2.0, -2.0], [0.5, 4.0]]


@pytest.fixture
def much_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few numbers be as many as cannot be looked at at once, one example in a slice."""
    monkeypatch.setattr("gui.session.zone_finder._AT_ONCE", 0)
    monkeypatch.setattr("model.curves._NUMBERS_A_SLICE", 2)


def bench(order: Order = "cycle") -> Session:
    return made_up(INPUTS, [[1.0]] * 4, [[0.1, 0.2]], order=order)


def limit_by_loop(session: Session, only: int | None = None) -> float:
    """2 / s of the example, or of that with the largest s."""
    frozen = session.state.setup.frozen[0].tolist()
    examples = session.state.setup.examples
    largest = 0.0
    for index in range(len(examples)) if only is None else (only,):
        inputs = examples.inputs(index).tolist()
        largest = max(
            largest, sum(x * x for x, held in zip(inputs, frozen, strict=True) if not held)
        )
    return 2 / largest


def found(qtbot: QtBot, session: Session) -> AlphaZones:
    qtbot.waitUntil(lambda: session.zones.known)
    return session.zones


@pytest.mark.usefixtures("much_data")
def test_the_limit_is_looked_for_and_then_known(qtbot: QtBot) -> None:
    session = bench()
    moments = []
    session.changed.connect(lambda: moments.append(session.playback.position))
    with qtbot.waitSignal(session.playback.zones_found):
        before = session.zones

    assert not before.known
    assert session.zones.limit == pytest.approx(limit_by_loop(session))
    # Nothing of the moment has changed: a panel that draws it must not think so.
    assert moments == []


@pytest.mark.usefixtures("much_data")
def test_the_bar_shows_the_limit_once_it_is_known(qtbot: QtBot) -> None:
    session = bench()
    control = on_screen(qtbot, AlphaControl(session))
    unknown = control.bar.limit_text
    found(qtbot, session)

    assert unknown == ""
    qtbot.waitUntil(lambda: control.bar.limit_text != "")


@pytest.mark.usefixtures("much_data")
@pytest.mark.parametrize("order", ["cycle", "shuffle"])
def test_a_visit_and_a_guest_leave_the_limit_of_a_stream_known(qtbot: QtBot, order: Order) -> None:
    session = bench(order)
    limit = found(qtbot, session).limit
    session.playback.take(5)
    session.edits.visit((session.state.example or 0) + 1 if session.state.example != 3 else 0)
    visited = session.zones
    session.edits.put_on_bench(session.state.inputs * 9, session.state.target, "drawn")
    with_guest = session.zones
    session.edits.undo()

    limits = [zones.limit for zones in (visited, with_guest, session.zones)]
    assert limits == [limit] * 3
    assert limit == pytest.approx(limit_by_loop(session))


def test_where_one_example_is_visited_the_limit_is_that_of_the_one(qtbot: QtBot) -> None:
    session = bench("first")
    control = on_screen(qtbot, AlphaControl(session))
    first = session.zones.limit
    session.playback.take(3)
    session.edits.visit(3)
    visited = session.zones.limit
    text = control.bar.limit_text
    session.edits.put_on_bench(session.state.inputs * 9, session.state.target, "drawn")

    assert first == pytest.approx(limit_by_loop(session, 0))
    assert visited == session.zones.limit == pytest.approx(limit_by_loop(session, 3))
    session.playback.seek(0)
    assert session.zones.limit == first
    assert control.bar.limit_text != text


@pytest.mark.usefixtures("much_data")
def test_what_is_frozen_and_what_the_examples_are_decides(qtbot: QtBot) -> None:
    session = bench()
    free = found(qtbot, session).limit
    session.playback.take(4)
    session.edits.set_frozen(0, 1, True)
    at_once = session.zones
    frozen = found(qtbot, session).limit
    assert not at_once.known
    assert frozen == pytest.approx(limit_by_loop(session))

    session.edits.set_input(0, 9.0)
    edited = found(qtbot, session).limit
    assert edited == pytest.approx(limit_by_loop(session))
    assert len({free, frozen, edited}) == 3
    # Going back and forth over the changes, nothing has to be found again.
    session.edits.undo()
    assert session.zones.limit == frozen
    session.playback.seek(2)
    assert session.zones.limit == free
    session.playback.seek(4)
    assert session.zones.limit == frozen


@pytest.mark.usefixtures("much_data")
def test_only_the_last_answers_are_kept(qtbot: QtBot) -> None:
    session = bench()
    found(qtbot, session)
    for number in range(12):
        session.edits.set_input(0, 5.0 + number)
        found(qtbot, session)
    while session.edits.can_undo:
        session.edits.undo()

    assert not session.zones.known
    assert found(qtbot, session).limit == pytest.approx(limit_by_loop(session))


def test_a_search_lets_go_of_the_data_of_an_experiment_that_was_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gui.session.zone_finder._AT_ONCE", 7)
    session = bench()
    examples = weakref.ref(session.experiment.setup.examples)
    searched = session.zones
    session.open(builtin("One delta, three weight_deltas").experiment)
    known = session.zones
    gc.collect()

    assert (searched.known, known.known) == (False, True)
    assert examples() is None
