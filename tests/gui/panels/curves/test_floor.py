"""The floor in the error plot, and what is said of a run that does not come down to it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.curves import floor_finder
from gui.panels.curves.panel import PlotsColumn
from gui.session import Session
from gui.window.window import Window
from model.files.library import open_experiment
from model.setup import Setup
from model.study.floor import Floor, floor
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.panels import curves
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told
from tests.gui.helpers.window_bench import shown_window

SEASON = [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3], [9.9, 0.8, 0.5], [9.0, 0.9, 1.0]]
WINS = [[1.0], [1.0], [0.0], [1.0]]
WEIGHTS = [[0.1, 0.2, -0.1]]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("The whole season")))


def shown(qtbot: QtBot, session: Session, width: int = 460, height: int = 560) -> PlotsColumn:
    panel = on_screen(qtbot, PlotsColumn(session), (width, height))
    qtbot.waitUntil(lambda: panel.standing.judge is not None)
    return panel


def said(qtbot: QtBot, panel: PlotsColumn, part: str) -> str:
    qtbot.waitUntil(lambda: part in panel.standing.text.text)
    return panel.standing.text.text


def labels(panel: PlotsColumn) -> list[str]:
    return [level.label for level in panel.steps.error.picture.levels]


def by_normal_equations(inputs: list[list[float]], targets: list[float]) -> float:
    """The least mean error of one output, by elimination in plain lists."""
    n = len(inputs[0])
    table = [
        [sum(x[i] * x[j] for x in inputs) for j in range(n)]
        + [sum(x[i] * t for x, t in zip(inputs, targets, strict=True))]
        for i in range(n)
    ]
    for i in range(n):
        for row in range(n):
            if row != i:
                share = table[row][i] / table[i][i]
                table[row] = [a - share * b for a, b in zip(table[row], table[i], strict=True)]
    weights = [table[i][n] / table[i][i] for i in range(n)]
    each = [
        (sum(w * a for w, a in zip(weights, x, strict=True)) - t) ** 2
        for x, t in zip(inputs, targets, strict=True)
    ]
    return sum(each) / len(each)


def test_the_floor_is_a_line_that_follows_edits_freezes_and_order(qtbot: QtBot) -> None:
    session = made_up(SEASON, WINS, WEIGHTS, 0.01, "cycle")
    panel = shown(qtbot, session)
    picture = panel.steps.error.picture
    session.playback.take(8)
    least = by_normal_equations(SEASON, [row[0] for row in WINS])
    (level,) = picture.levels
    assert level.now == pytest.approx(least, rel=1e-6)
    assert level.label == f"floor {least:.4f}"
    assert any(text == level.label for text, *_ in picture.label_rows())
    # A frozen weight takes its share away.
    session.edits.set_frozen(0, 0, frozen=True)
    held = float(session.state.weights[0, 0])
    rest = [t[0] - held * x[0] for x, t in zip(SEASON, WINS, strict=True)]
    frozen = by_normal_equations([x[1:] for x in SEASON], rest)
    assert picture.levels[0].now == pytest.approx(frozen, rel=1e-6)
    session.edits.undo()
    assert picture.levels[0].now == pytest.approx(least, rel=1e-6)
    # Another target, and the past has its own.
    session.edits.set_target(0, 0.5)
    assert picture.levels[0].now != pytest.approx(least, rel=1e-3)
    session.playback.seek(3)
    assert picture.levels[0].now == pytest.approx(least, rel=1e-6)
    # On a logarithmic axis the same line lies at its logarithm.
    session.view.show(log=True)
    assert picture.levels[0].now == pytest.approx(math.log10(least), rel=1e-6)
    assert panel.steps.error.plot.view.bottom <= picture.levels[0].now
    # Always the same example has the floor of that one alone; 0 lies below every power of ten.
    session.open(made_up(SEASON, WINS, WEIGHTS, 0.01, "first").experiment)
    session.playback.take(2)
    session.view.show(log=True)
    assert labels(panel) == ["floor 0"]
    panel.grab()
    assert all(math.isfinite(side) for side in vars(panel.steps.error.plot.view).values())
    # What would give it away hides it.
    session.parts.veil(["target:win"] if "win" in session.experiment.outputs else ["target"])
    assert labels(panel) == []
    assert panel.standing.text.text == ""


def test_outputs_have_a_floor_each(qtbot: QtBot) -> None:
    session = made_up([[1.0], [1.0]], [[0.0, 3.0], [2.0, 3.0]], [[0.0], [0.0]], 0.1, "cycle")
    panel = shown(qtbot, session)
    assert labels(panel) == ["floor 1.0000", "floor 0"]


def test_in_the_window_it_says_why_and_a_press_adds_what_is_missing(
    qtbot: QtBot, window: Window
) -> None:
    session, panel = window.session, curves(window)
    button = panel.standing.constant_button
    session.edits.set_alpha(0.02)
    session.playback.take(1000)
    qtbot.waitUntil(lambda: panel.standing.judge is not None)
    text = said(qtbot, panel, "alpha 0.02 is too large")
    assert "ends at 0.1189" in text
    assert "Limit 0.02022; half of it, 0.01011, would end at 0.0060." in text
    session.edits.set_alpha(0.001)
    session.playback.take(100)
    text = said(qtbot, panel, "Still falling: mean error")
    assert text.endswith("An input that is always 1 would bring the floor to 0.")
    assert button.isVisible()
    assert button in window.places.tab_stops
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert list(session.experiment.inputs) == ["toes", "win/loss", "fans", "constant"]
    assert session.state.setup.constant == 3
    said(qtbot, panel, "floor 0")
    qtbot.waitUntil(lambda: not button.isVisible())
    session.edits.undo()
    assert list(session.experiment.inputs) == ["toes", "win/loss", "fans"]
    said(qtbot, panel, "would bring the floor to 0")
    session.edits.redo()
    assert session.state.setup.constant == 3
    session.edits.undo()
    # A frozen weight is named, with the floor without it.
    session.edits.set_frozen(0, 0, frozen=True)
    session.playback.take(60_000)
    text = said(qtbot, panel, "On the floor")
    assert text.endswith("Weight a is frozen; without that the floor would be 0.0040.")


def test_much_data_is_worked_out_in_the_background_and_given_up_when_out_of_date(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = [threading.Event(), threading.Event()]
    asked: list[bool] = []

    def slow(setup: Setup, weights: np.ndarray, cancelled: Callable[[], bool]) -> Floor:
        gate = gates[len(asked)]
        asked.append(bool(setup.frozen.any()))
        gate.wait(10)
        return floor(setup, weights, cancelled)

    monkeypatch.setattr(floor_finder, "is_quick", lambda _: False)
    monkeypatch.setattr(floor_finder, "floor", slow)
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    assert labels(panel) == []
    said(qtbot, panel, "is being computed")
    qtbot.waitUntil(lambda: len(asked) == 1)
    session.edits.set_frozen(0, 0, frozen=True)
    gates[0].set()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert labels(panel) == []
    gates[1].set()
    qtbot.waitUntil(lambda: bool(labels(panel)))
    assert asked == [False, True]
    wanted = float(floor(session.state.setup, session.state.weights).held[0])
    assert panel.steps.error.picture.levels[0].now == pytest.approx(wanted, rel=1e-12)


def test_where_none_can_be_found_that_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_finder, "can_be_found", lambda _: False)
    panel = shown(qtbot, builtin("The whole season"))
    said(qtbot, panel, "No floor is computed here")
    assert labels(panel) == []


def test_the_floor_is_told_beside_the_error(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    session.playback.take(2)
    told = wait_until_told(qtbot, panel.steps.error, "step 2 of")
    assert told == "step 2 of 2: error win 0.0007; floor 0"
