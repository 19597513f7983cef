"""What a listener hears of a lesson is enough for its last question; by computed numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.panels.lesson.blocks import QuestionBlock
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import load
from model.lessons.futures import whole_path
from model.words import numbers
from tests.gui.helpers.lesson_learner import KeyLearner
from tests.gui.helpers.spoken import Heard
from tests.gui.helpers.window_bench import shown_window
from tests.lessons.transcript import transcript


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


def test_the_last_task_of_a_lesson_can_be_done_by_ear(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = transcript("several-steps", window, qtbot, monkeypatch)

    heard = " ".join(lines)
    path = whole_path(open_experiment("Several steps"))
    path.extend(3)
    squares = sum(value * value for value in path.state(0).inputs.tolist())
    # What the best alpha is made of, and what it is.
    assert numbers.plain(squares) in heard
    assert numbers.plain(1.0 / squares, 5) in lines[-2] + lines[-1]
    assert "nan" not in heard
    # Each step is told with its numbers as it is taken, and every page with its words.
    for step in (1, 2, 3):
        state = path.state(step)
        pred, delta = numbers.plain(state.pred[0]), numbers.plain(state.delta[0])
        assert f"> step {step}: win: pred {pred}, target 1, delta {delta}" in heard
    for page in load("several-steps").pages:
        assert page.title.rstrip("?.") in heard


def test_what_comes_to_be_written_is_said_once(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = KeyLearner(window, qtbot)
    learner.open("one-delta", 1)
    heard = Heard(monkeypatch)
    block = learner.block
    assert isinstance(block, QuestionBlock)

    block.button.click()
    assert heard.sentences == ["Choose an answer first."]

    learner.finish_page()
    qtbot.waitUntil(lambda: any("so they have no delta" in one for one in heard.sentences))
    learner.settle()
    told = [one for one in heard.sentences if "so they have no delta" in one]
    assert len(told) == 1
    assert told[0].startswith("You said: ")
