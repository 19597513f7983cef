"""Whole lessons through the window, by keys alone and by mouse alone.

`make lessons` does so with every lesson in both ways.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.lesson_learner import KeyLearner, Learner, MouseLearner
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


@pytest.mark.parametrize(("name", "kind"), [("freezing", KeyLearner), ("the-bench", MouseLearner)])
def test_a_lesson_is_finished(window: Window, qtbot: QtBot, name: str, kind: type[Learner]) -> None:
    learner = kind(window, qtbot)

    learner.finish(name)

    record = learner.player.records.look(name)
    assert {page.mark for page in record.pages.values()} == {"done"}
    assert learner.player.lesson is None
    assert window.session.experiment.name == "Several outputs"
