"""Opening: at once, or in the background where images are read."""

from __future__ import annotations

import gc
import json
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.files.opener import Opener
from gui.session import Session
from gui.session.player import Player
from gui.widgets.background import Background, Cancelled
from model.actions import parse
from model.files.experiment_file import dump
from model.files.library import open_experiment
from tests.gui.helpers.mnist_bench import write_mnist


@pytest.fixture
def session() -> Session:
    return Session(open_experiment("Several steps"))


@pytest.fixture
def opener(session: Session) -> Iterator[Opener]:
    made = Opener(session, None, session)
    yield made
    made.wait()


def test_a_small_experiment_is_there_at_once(session: Session, opener: Opener) -> None:
    opener.open("Several outputs")
    assert session.experiment.name == "Several outputs"
    assert not opener.busy


def test_images_come_from_the_background(qtbot: QtBot, session: Session, opener: Opener) -> None:
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open("Digits, 8x8")
        assert session.experiment.name == "Several steps"
        assert opener.busy
    assert len(session.experiment.setup.examples) == 1500
    assert session.experiment.image_shape == (8, 8)
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.set_count(300)
    assert len(session.experiment.setup.examples) == 300


def test_what_it_needs_is_got_ready_in_the_thread_that_reads(
    qtbot: QtBot, session: Session, opener: Opener
) -> None:
    ready: list[tuple[str, bool]] = []
    own = threading.current_thread()
    opener.prepare = lambda experiment: ready.append(
        (experiment.name, threading.current_thread() is own)
    )
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open("Digits, 8x8")
    assert ready == [("Digits, 8x8", False)]


def test_what_is_opened_meanwhile_wins(qtbot: QtBot, session: Session, opener: Opener) -> None:
    opener.open("Digits, 8x8")
    opener.open("Several outputs")
    qtbot.wait(50)
    opener.wait()
    qtbot.wait(50)
    assert session.experiment.name == "Several outputs"


def far_along(folder: Path) -> Path:
    """An experiment whose only edit is so far along that following it takes minutes."""
    text = {
        "format": "weightbench/experiment", "version": 1, "name": "far", "inputs": ["a", "b", "c"],
        "outputs": ["win"], "examples": {"inputs": [[8.5, 0.65, 1.2]], "targets": [[1]]},
        "order": "first", "weights": [[0.1, 0.2, -0.1]], "alpha": 0.01,
        "session": {
            "length": 10**9, "position": 0,
            "edits": [{"step": 10**9, "kind": "alpha", "at": [], "to": [0.02]}],
        },
    }  # fmt: skip
    file = folder / "far.json"
    file.write_text(json.dumps(text))
    return file


def test_another_experiment_does_not_wait_behind_a_long_path(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    opener.open(str(far_along(tmp_path)))
    qtbot.wait(50)
    with qtbot.waitSignal(opener.opened, timeout=20_000) as caught:
        opener.open("Digits, 8x8")
    assert caught.args == ["Digits, 8x8"]


def test_leaving_does_not_wait_for_a_long_path(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    shown: list[bool] = []
    opener.loading.connect(shown.append)
    opener.open(str(far_along(tmp_path)))
    qtbot.wait(50)
    opener.wait()  # for the minutes that the path takes, were it not given up
    assert shown == [True, False]
    assert session.experiment.name == "Several steps"


def test_missing_mnist_is_asked_for(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path))
    with qtbot.waitSignal(opener.images_missing, timeout=20_000) as caught:
        opener.open("Digits, MNIST")
    assert caught.args == ["Digits, MNIST", ""]
    assert session.experiment.name == "Several steps"


def test_a_folder_that_has_mnist_no_more_is_passed_over(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener.mnist_folder = tmp_path  # there, and empty, as where a disk is unplugged
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(write_mnist(tmp_path / "named")))
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open("Digits, MNIST")
    assert session.experiment.image_shape == (28, 28)


def test_a_folder_that_was_just_chosen_is_not_passed_over(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(write_mnist(tmp_path / "named")))
    with qtbot.waitSignal(opener.images_missing, timeout=20_000) as caught:
        opener.open("Digits, MNIST", tmp_path / "chosen")
    assert caught.args is not None
    assert str(tmp_path) in caught.args[1]


def test_an_impossible_count_is_refused(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "many.json"
    text = {
        "format": "weightbench/experiment", "version": 1, "name": "many", "order": "cycle",
        "examples": {"source": "digits", "count": 5000}, "weights": "zeros", "alpha": 0.01,
    }  # fmt: skip
    file.write_text(json.dumps(text))
    with qtbot.waitSignal(session.notices.refused, timeout=20_000) as caught:
        opener.open(str(file))
    assert caught.args is not None
    assert "count" in caught.args[0]


def test_the_outcome_of_work_that_was_dropped_is_not_delivered(qtbot: QtBot) -> None:
    owner = QObject()
    background = Background((ValueError,), owner)
    seen: list[object] = []
    background.finished.connect(seen.append)
    background.start(lambda _: "old")
    background.start(lambda _: "new")
    qtbot.waitUntil(lambda: not background.busy)
    background.start(lambda _: "dropped")
    background.wait()
    qtbot.wait(30)
    assert seen == ["new"]


def test_work_that_outlives_its_window_ends_in_silence(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    owner = QObject()
    background = Background((ValueError,), owner)
    begun, gone = threading.Event(), threading.Event()

    def work(_: Cancelled) -> object:
        begun.set()
        gone.wait(5)
        return "too late"

    background.start(work)
    begun.wait(5)
    background.destroyed.connect(gone.set)
    del owner
    gc.collect()
    assert gone.is_set()
    assert capfd.readouterr().err == ""


def test_an_expected_failure_is_delivered(qtbot: QtBot) -> None:
    owner = QObject()
    background = Background((ValueError,), owner)

    def fail(_: Cancelled) -> object:
        raise ValueError("no")

    with qtbot.waitSignal(background.failed) as caught:
        background.start(fail)
    assert caught.args is not None
    assert str(caught.args[0]) == "no"


def test_an_experiment_that_was_to_be_read_anew_is_let_go(
    qtbot: QtBot, session: Session, opener: Opener
) -> None:
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open("Digits, 8x8")
    digits = weakref.ref(session.experiment.digits)
    opener.set_count(700)
    opener.open("Several outputs")
    opener.wait()

    def is_gone() -> bool:
        gc.collect()
        return digits() is None

    # What was read for nothing may still be on its way here.
    qtbot.waitUntil(is_gone)


def test_a_file_of_very_many_edits_is_followed_in_the_background(
    qtbot: QtBot, tmp_path: Path, opener: Opener, session: Session
) -> None:
    file = tmp_path / "edits.json"
    data = json.loads(dump(session.experiment, session.path, 0))
    edits = [
        {"step": 0, "kind": "weights", "at": [[0, 0]], "to": [at / 1000]} for at in range(1, 401)
    ]
    data["session"] = {"length": 0, "position": 0, "edits": edits}
    file.write_text(json.dumps(data), encoding="utf-8")
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open(str(file))
        assert opener.busy
    assert session.state.weights[0, 0] == 0.4


def large(folder: Path, text: str = "") -> Path:
    """A file of so many weights that reading it takes longer than a frame."""
    n_inputs, n_outputs = 200, 50
    data = {
        "format": "weightbench/experiment", "version": 1, "name": "large",
        "inputs": [f"in {i}" for i in range(n_inputs)],
        "outputs": [f"out {i}" for i in range(n_outputs)],
        "examples": {"inputs": [[0.5] * n_inputs], "targets": [[1] * n_outputs]},
        "order": "first", "weights": [[0.001] * n_inputs] * n_outputs, "alpha": 0.01,
    }  # fmt: skip
    file = folder / "large.json"
    file.write_text(json.dumps(data) + text)
    return file


def test_a_large_file_is_read_in_the_background(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    file = large(tmp_path)
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.open(str(file))
        assert session.experiment.name == "Several steps"
    assert session.experiment.name == "large"


def test_what_is_wrong_with_a_large_file_is_said(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    file = large(tmp_path, text=" and more")
    with qtbot.waitSignal(opener.failed, timeout=20_000) as failed:
        opener.open(str(file))
    assert failed.args is not None
    name, reason = failed.args
    assert name == str(file)
    assert reason.endswith("the experiment is complete before “and more”, so that must not follow")
    assert session.experiment.name == "Several steps"


def test_a_large_file_is_given_up_for_what_is_wanted_next(
    qtbot: QtBot, session: Session, opener: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "numbers.json"
    file.write_text("[" + "[0.5]," * 2_000_000 + "[]]")
    opener.open(str(file))
    opener.open("Several outputs")
    opener.wait()
    assert session.experiment.name == "Several outputs"


def test_whoever_asks_is_told_once_that_it_is_there(
    qtbot: QtBot, session: Session, opener: Opener
) -> None:
    told: list[str] = []

    opener.open_then("Several outputs", told.append)
    assert told == [""]
    opener.open_then("Digits, 8x8", told.append)
    assert told == [""]
    qtbot.waitUntil(lambda: len(told) > 1, timeout=20_000)

    assert told == ["", ""]
    assert session.experiment.name == "Digits, 8x8"


def test_whoever_asks_is_told_why_it_is_not_there(session: Session) -> None:
    told: list[str] = []
    opener = Opener(session, None, session, confirm=lambda: False)

    opener.open_then("Nothing", told.append)
    opener.open_then("Several outputs", told.append)
    opener.open_then("Digits, 8x8", told.append)
    opener.open("Several outputs")
    opener.wait()

    assert told == [
        "no experiment and no file is called 'Nothing'",
        "what is on the bench was kept",
        "something else was opened meanwhile",
    ]
    assert session.experiment.name == "Several steps"


def test_a_script_opens_what_it_names(qtbot: QtBot, session: Session, opener: Opener) -> None:
    player = Player(session, opener.open_then, session)
    failures: list[str] = []
    player.failed.connect(lambda _, sentence: failures.append(sentence))

    player.play(parse("open Digits, 8x8\nstep 2\nopen Nothing\nstep 1"))
    qtbot.waitUntil(lambda: not player.playing, timeout=20_000)

    assert (session.experiment.name, session.playback.position) == ("Digits, 8x8", 2)
    assert failures == ["line 3, open Nothing: no experiment and no file is called 'Nothing'"]


def test_a_script_says_that_images_are_not_there(
    qtbot: QtBot, session: Session, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    player = Player(session, opener.open_then, session)
    failures: list[str] = []
    player.failed.connect(lambda _, sentence: failures.append(sentence))

    player.play(parse("open Digits, MNIST"))
    qtbot.waitUntil(lambda: not player.playing, timeout=20_000)

    assert len(failures) == 1
    assert failures[0].startswith("line 1, open Digits, MNIST: MNIST is not on this computer yet")
