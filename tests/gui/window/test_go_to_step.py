"""Go to step: within the path one looks there, beyond its end it is run there."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from gui.panels.time.time_line import TimeLine
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window(open_experiment("The whole season"))
    qtbot.addWidget(made)
    yield from shown_window(qtbot, made)


def go_to(window: Window, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    asked: list[str] = []

    def answer(parent: object, title: str, label: str, **_: object) -> tuple[str, bool]:
        asked.append(label)
        return text, True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    window.commands["go_to"].trigger()
    return asked[0]


def test_within_the_path_it_is_looked_at(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    playback = window.session.playback
    playback.take(40)
    assert "0 to 40" in go_to(window, monkeypatch, "12")
    assert (playback.position, playback.length, playback.running) == (12, 40, False)
    go_to(window, monkeypatch, "epoch 3")
    assert (playback.position, playback.length) == (8, 40)


def test_beyond_the_end_it_is_run_to(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playback = window.session.playback
    playback.take(10)
    playback.seek(3)
    go_to(window, monkeypatch, "5,000")
    qtbot.waitUntil(lambda: not playback.running)
    assert (playback.position, playback.length) == (5000, 5000)
    go_to(window, monkeypatch, "epoch 1501")
    qtbot.waitUntil(lambda: not playback.running)
    assert playback.position == playback.length == 6000


def test_pause_gives_it_up_where_it_is(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playback = window.session.playback
    go_to(window, monkeypatch, "1000000000")
    qtbot.waitUntil(lambda: playback.length > 1000)
    panel = window.panel("time_line")
    assert isinstance(panel, TimeLine)
    assert "on the way to step 1,000,000,000 · Pause stops here" in panel.position_text
    window.session.commands["run"].trigger()
    assert not playback.running
    assert not playback.restoring
    assert 1000 < playback.position == playback.length < 10**9
    assert "on the way" not in panel.position_text


def test_what_names_no_step_is_said_and_nothing_moves(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window.session.notices.refused.connect(said.append)
    go_to(window, monkeypatch, "the last one")
    assert said
    assert said[-1].startswith("“the last one” names no step")
    assert window.session.playback.position == 0


def test_a_path_that_diverges_on_the_way_ends_there_and_says_so(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    playback = window.session.playback
    window.session.edits.set_alpha(0.5)
    go_to(window, monkeypatch, "4000")
    qtbot.waitUntil(lambda: not playback.running)
    assert playback.position < 4000
    assert playback.stop_reason.startswith("Diverged at step")
