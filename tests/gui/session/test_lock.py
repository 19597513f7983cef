"""While the playback is locked nothing new happens, whichever way it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gui.session import Session
from model.phase import Phase
from tests.gui.helpers.bench import builtin

WHY = "Answer first."


def locked() -> Session:
    """A bench with three steps, looked at in the middle, that has something to undo."""
    session = builtin("Several steps")
    session.playback.take(3)
    session.edits.set_alpha(0.011)
    session.playback.take(1)
    session.playback.seek(1)
    session.playback.lock(WHY)
    return session


WAYS: dict[str, Callable[[Session], object]] = {
    "predict": lambda on: on.playback.predict(),
    "step": lambda on: on.playback.step(),
    "take": lambda on: on.playback.take(5),
    "run": lambda on: on.playback.run(),
    "toggle": lambda on: on.playback.toggle_run(),
    "run_to": lambda on: on.playback.run_to(9, then=9),
    "seek on": lambda on: on.playback.seek(2),
    "undo": lambda on: on.edits.undo(),
    "alpha": lambda on: on.edits.set_alpha(0.5),
    "weight": lambda on: on.edits.set_weight(0, 0, 0.5),
    "freeze": lambda on: on.edits.set_frozen(0, 0, True),
    "input": lambda on: on.edits.set_input(0, 1.0),
    "target": lambda on: on.edits.set_target(0, 0.5),
    "original": lambda on: on.edits.back_to_original(),
    "command": lambda on: on.commands["step"].trigger(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_on(way: str) -> None:
    session = locked()
    said: list[str] = []
    session.playback.stopped.connect(said.append)
    session.notices.refused.connect(said.append)
    before = (session.playback.position, session.playback.length, session.path.n_edits)

    WAYS[way](session)

    assert (session.playback.position, session.playback.length, session.path.n_edits) == before
    assert session.playback.phase is Phase.READY
    assert not session.playback.running
    assert any(WHY in sentence for sentence in said) or way == "command"


def test_looking_back_is_free() -> None:
    session = locked()

    session.playback.back()

    assert session.playback.position == 0


def test_commands_that_lead_on_cannot_be_pressed_and_can_again() -> None:
    session = locked()
    names = ("predict", "step", "run", "undo", "original")
    assert not any(session.commands[name].isEnabled() for name in names)

    session.playback.lock("")

    assert all(session.commands[name].isEnabled() for name in names)
    session.playback.step()
    assert session.playback.position == 2
    assert session.playback.stop_reason == ""
