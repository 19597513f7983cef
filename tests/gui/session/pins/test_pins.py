"""The pins of a session: taken back and made again, kept apart by bench, never in the way."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from model.building.parts import experiment_of, parts_of
from model.building.rows import without_rows
from model.experiment import MAX_PINS, Pin
from model.files.experiment_file import dump, parse
from model.files.library import open_experiment
from model.path.saved import new_path
from tests.gui.helpers.bench import builtin
from tests.model.made_up import bits

FROZEN = "Freezing one weight"


def refusals(session: Session) -> list[str]:
    said: list[str] = []
    session.notices.refused.connect(said.append)
    return said


def with_two(qtbot: QtBot) -> Session:
    """The frozen run and, pinned after it, the one that explodes; two steps are on the bench."""
    session = builtin(FROZEN)
    session.playback.take(10)
    assert session.pins.pin_run()
    session.playback.reset()
    session.edits.set_frozen(0, 0, frozen=False)
    session.playback.take(100)
    assert session.pins.pin_run()
    session.playback.reset()
    session.edits.set_alpha(0.01)
    session.playback.take(2)
    settle(qtbot, session)
    return session


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.pins.busy)


def names(session: Session) -> list[str]:
    return [pin.name for pin in session.pins.all]


def test_pinning_renaming_and_removing_are_undone_and_redone(qtbot: QtBot) -> None:
    session = with_two(qtbot)
    pins, edits = session.pins, session.edits
    assert names(session) == ["alpha 0.3, a frozen", "alpha 0.3"]
    edits.mark_saved()
    saved = edits.made
    assert pins.rename(pins.all[1], " explodes ")
    assert edits.made is not saved
    assert pins.remove(pins.all[0])
    assert names(session) == ["explodes"]
    pins.show(pins.all[0], shown=False)
    length = session.playback.length
    edits.undo()
    assert names(session) == ["alpha 0.3, a frozen", "explodes"]
    assert [pin.hidden for pin in pins.all] == [False, True]
    edits.undo()
    assert names(session) == ["alpha 0.3, a frozen", "alpha 0.3"]
    assert edits.made is saved
    edits.redo()
    edits.redo()
    assert names(session) == ["explodes"]
    assert session.playback.length == length
    for _ in range(edits.count):
        edits.undo()
    assert names(session) == []
    assert session.playback.length == 10
    edits.redo()
    assert names(session) == ["alpha 0.3, a frozen"]


def test_steps_that_an_edit_took_off_are_still_told_of_after_pinning(qtbot: QtBot) -> None:
    session = builtin(FROZEN)
    session.playback.take(10)
    session.playback.seek(4)
    session.edits.set_alpha(0.2)
    assert session.edits.replaced_steps == 6
    session.pins.pin_run()
    assert session.edits.replaced_steps == 6
    session.edits.back_to_original()
    assert session.edits.unsaved
    assert names(session) == ["alpha 0.2, a frozen"]


@pytest.mark.parametrize("number", [0, 1])
def test_a_pin_becomes_the_run_on_the_bench_and_gives_way_again(qtbot: QtBot, number: int) -> None:
    session = with_two(qtbot)
    before = bits(session.playback.bench.path)
    pin = session.pins.all[number]
    assert session.pins.bring(pin)
    settle(qtbot, session)
    path = session.playback.bench.path
    assert (session.playback.position, path.length) == (pin.length, pin.length)
    fresh = new_path(session.experiment)
    for edit in pin.edits:
        fresh.edit(edit)
    fresh.extend(pin.length)
    assert bits(path) == bits(fresh)
    session.edits.undo()
    assert bits(path) == before
    session.edits.redo()
    assert bits(path) == bits(fresh)
    # It is the run that is pinned.
    assert not session.pins.pin_run()


def test_a_run_on_its_way_to_the_bench_gives_way_to_an_edit(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.session.pins.portions._AT_ONCE_MS", 0)
    session = builtin("The whole season")
    session.playback.take(3000)
    session.pins.pin_run()
    settle(qtbot, session)
    session.pins.bring(session.pins.all[0])
    assert session.pins.busy
    session.edits.set_alpha(0.002)
    settle(qtbot, session)
    assert session.state.setup.alpha == 0.002
    assert session.edits.undo_text == "alpha 0.002"


def test_pins_stay_with_another_form_of_the_experiment_and_bring_theirs_back(
    qtbot: QtBot,
) -> None:
    session = builtin("The whole season")
    session.playback.take(12)
    session.pins.pin_run()
    state = session.state
    parts = parts_of(session.experiment, state.setup, state.weights, state.step)
    assert session.rebuild(experiment_of(without_rows(parts, [3])), "without the last game")
    session.playback.take(6)
    session.pins.pin_run()
    settle(qtbot, session)
    first, second = session.pins.all
    assert len(first.base.setup.examples) == 4
    text = dump(session.experiment, session.path, 0, pins=session.pins.all)
    found = parse(text, _no_images)
    assert [len(pin.base.setup.examples) for pin in found.pins] == [4, 3]
    before = bits(session.playback.bench.path)
    assert session.pins.bring(first)
    settle(qtbot, session)
    assert len(session.experiment.setup.examples) == 4
    assert session.playback.length == 12
    session.edits.undo()
    assert len(session.experiment.setup.examples) == 3
    assert bits(session.playback.bench.path) == before
    assert names(session) == [first.name, second.name]


def _no_images(source: str, count: int) -> Any:
    raise AssertionError(f"nobody asks for {count} of {source}")


def test_each_bench_has_its_own_pins(qtbot: QtBot) -> None:
    session = with_two(qtbot)
    kept = session.set_aside(open_experiment("Several steps"))
    assert names(session) == []
    session.playback.take(3)
    session.pins.pin_run()
    assert names(session) == ["alpha 0.01"]
    session.bring_back(kept)
    assert names(session) == ["alpha 0.3, a frozen", "alpha 0.3"]
    session.open(open_experiment(FROZEN))
    assert names(session) == []


def test_while_a_prediction_is_open_pins_are_out_of_sight_and_stay_as_they_are(
    qtbot: QtBot,
) -> None:
    session = with_two(qtbot)
    pins = session.pins
    assert len(pins.lines) == 2
    said = refusals(session)
    session.playback.lock("Answer the question first.")
    assert (len(pins.shown), len(pins.lines)) == (0, 0)
    pin = pins.all[0]
    assert not pins.pin_run()
    assert not pins.remove(pin)
    assert not pins.rename(pin, "other")
    assert not pins.bring(pin)
    assert said == ["Answer the question first."] * 4
    session.playback.lock("")
    assert len(pins.lines) == 2


def test_what_cannot_be_pinned_is_said(qtbot: QtBot) -> None:
    session = builtin(FROZEN)
    pins = session.pins
    said = refusals(session)
    assert not pins.pin_run()
    session.playback.take(1)
    assert pins.pin_run()
    assert not pins.pin_run()
    while len(pins.all) < MAX_PINS:
        session.playback.take(1)
        assert pins.pin_run()
    assert sorted(pin.mark for pin in pins.all) == list(range(MAX_PINS))
    assert len(set(names(session))) == MAX_PINS
    session.playback.take(1)
    assert not pins.pin_run()
    for name in ("", "x" * 61, "two\nlines", pins.all[1].name):
        assert not pins.rename(pins.all[0], name)
    beginnings = ["There is", "This run", "24 runs", *["A name"] * 3, "“alpha 0.3,"]
    assert [" ".join(sentence.split()[:2]) for sentence in said] == beginnings
    settle(qtbot, session)


def test_a_pin_that_cannot_be_run_again_says_why(qtbot: QtBot) -> None:
    session = builtin(FROZEN)
    late = open_experiment(FROZEN)
    session.playback.take(5)
    session.playback.reset()
    session.edits.set_frozen(0, 0, frozen=False)
    session.playback.take(2)
    session.edits.set_alpha(0.01)
    pin = Pin("broken", late.afresh(), tuple(
        edit if edit.kind != "alpha" else type(edit)(90, "alpha", (0.1,))
        for edit in session.path.edits), 95)  # fmt: skip
    session.pins.begin((pin,))
    settle(qtbot, session)
    assert session.pins.ghost(pin) is None
    assert session.pins.trouble(pin) == "edits[1]: the path diverges at step 6"


def test_without_pins_other_benches_and_locks_are_nothing_to_tell(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    told: list[None] = []
    session.pins.changed.connect(lambda: told.append(None))

    session.playback.lock("Wait.")
    session.playback.lock("")
    session.open(builtin("Several outputs").experiment)

    assert told == []
