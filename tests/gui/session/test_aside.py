"""Sessions beside each other, and a bench that is set aside whole and brought back."""

from __future__ import annotations

import math
import struct

import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from model.errors import ExperimentError
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.plain_loop import numbers_of


def bits(session: Session) -> list[bytes]:
    """The numbers of many steps, the last among them, bit for bit."""
    length = session.playback.length
    states = (session.path.state(step) for step in (*range(0, length, 1 + length // 500), length))
    return [struct.pack("d", float(n)) for state in states for n in state.weights.ravel()]


def worked_on(name: str) -> Session:
    """A bench with a past, edits, something undone, and a position in the middle."""
    session = builtin(name)
    session.playback.take(30)
    session.edits.set_weight(0, 0, 0.25)
    session.playback.take(20)
    session.edits.set_alpha(0.004)
    session.edits.set_frozen(0, 1, True)
    session.playback.take(10)
    session.edits.undo()
    session.playback.seek(35)
    return session


def test_each_of_two_sessions_has_its_own_undo(qtbot: QtBot) -> None:
    one, other = worked_on("Several steps"), worked_on("The whole season")
    before = bits(other)

    one.edits.undo()
    one.edits.undo()
    assert not one.edits.can_undo
    assert bits(other) == before
    assert other.edits.can_undo
    assert other.edits.can_redo

    other.edits.redo()
    assert bool(other.state.setup.frozen[0, 1])
    assert not one.state.setup.frozen.any()


def test_a_bench_set_aside_during_a_run_comes_back_to_the_last_bit(qtbot: QtBot) -> None:
    session = worked_on("The whole season")
    undo, redo = session.edits.undo_text, session.edits.redo_text
    session.view.show(output=0, log=True, quantity="weight_delta", weights=[(0, 2)], speed=30.0)
    seen = session.view.values()
    session.playback.seek(session.playback.length)
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.length > 100)

    kept = session.set_aside(open_experiment("Several outputs"))
    length, position = kept.bench.path.length, kept.position
    assert session.experiment.name == "Several outputs"
    assert not session.playback.running
    assert (session.edits.can_undo, session.edits.can_redo) == (False, False)
    session.playback.take(5)
    session.edits.set_alpha(0.5)
    session.edits.undo()

    session.bring_back(kept)
    assert session.experiment.name == "The whole season"
    assert (session.playback.length, session.playback.position) == (length, position)
    assert (session.edits.undo_text, session.edits.redo_text) == (undo, redo)
    assert session.view.values() == seen | {"speed": "fastest"}

    again = worked_on("The whole season")
    again.playback.take(length - again.playback.position)
    assert bits(session) == bits(again)
    for act in ("redo", "undo", "undo", "undo"):
        getattr(session.edits, act)()
        getattr(again.edits, act)()
        assert numbers_of(session.state) == numbers_of(again.state)
        assert session.path.edits == again.path.edits


def test_what_cannot_be_opened_sets_nothing_aside(qtbot: QtBot) -> None:
    session = worked_on("Several steps")
    before = bits(session), session.edits.undo_text
    broken = worked_on("Several outputs").experiment
    from dataclasses import replace

    from model.edits import Edit

    broken = replace(broken, edits=(Edit(0, "weights", (1.0,), ((9, 9),)),), length=3)
    with pytest.raises(ExperimentError):
        session.set_aside(broken)

    assert session.experiment.name == "Several steps"
    assert (bits(session), session.edits.undo_text) == before
