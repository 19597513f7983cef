"""Transcripts of every lesson by ear; long, and so run by `python -m tests.lessons.transcript`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import built_in
from tests.gui.helpers.window_bench import shown_window
from tests.lessons.transcript import transcript


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


@pytest.mark.parametrize("name", [heading.id for heading in built_in()])
def test_transcript(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lines = transcript(name, window, qtbot, monkeypatch)
    print("\n".join(["", *lines]))
    assert lines
