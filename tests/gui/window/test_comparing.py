"""Runs compared through the window, as a person does it: pinned, swept, put on the bench, kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.files import keeper
from gui.files.settings import Settings
from gui.panels.alpha.panel import AlphaControl
from gui.panels.curves.panel import PlotsColumn
from gui.panels.network.panel import NetworkGraph
from gui.panels.pins.panel import PinsPanel
from gui.panels.sweep.panel import SweepPanel
from gui.session import Session
from gui.widgets.number_field import NumberField
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.network_driver import padlock
from tests.gui.helpers.window_bench import end_window, shown_window
from tests.model.made_up import bits
from tests.model.reference import Bench, learn, look

FROZEN = "Freezing one weight"
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window(open_experiment(FROZEN))
    window.resize(1280, 900)
    yield from shown_window(qtbot, window)


What = TypeVar("What")


def panel_of(window: Window, key: str, kind: type[What]) -> What:
    window.session.view.show(panel=key)
    panel = window.panel(key)
    assert isinstance(panel, kind)
    return panel


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.pins.busy)


def type_into(field: NumberField, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, ENTER)
    assert field.editor is not None
    field.editor.selectAll()
    QTest.keyClicks(field.editor, text)
    QTest.keyClick(field.editor, ENTER)


def click_row(panel: PinsPanel, row: int, column: int = 0) -> None:
    at = panel.table.visualRect(panel.model.index(row, column))
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=at.center())


def cells(panel: PinsPanel) -> list[list[str]]:
    model = panel.model
    return [
        [model.text(row, column) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def pin_both(qtbot: QtBot, window: Window) -> None:
    """Ten frozen steps are pinned, and then what the same alpha does with the weight let go."""
    session = window.session
    graph = window.panel("network")
    assert isinstance(graph, NetworkGraph)
    session.playback.take(10)
    QTest.keyClick(window, Qt.Key.Key_D, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Home, CTRL)
    QTest.mouseClick(padlock(graph, 0, 0), LEFT)
    session.playback.take(100)
    curves = panel_of(window, "curves", PlotsColumn)
    QTest.mouseClick(curves.steps.error.pin_button, LEFT)
    settle(qtbot, session)


def test_the_run_that_explodes_beside_the_one_that_does_not(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    pin_both(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_Home, CTRL)
    alpha = window.panel("alpha")
    assert isinstance(alpha, AlphaControl)
    type_into(alpha.field, "0.01")
    window.session.playback.take(4)
    check_lines(window)
    panel = panel_of(window, "pins", PinsPanel)
    check_table(qtbot, panel)
    change_by_keys(qtbot, window, panel)
    settle(qtbot, window.session)
    bring_by_keys(qtbot, window, panel)
    check_saved(qtbot, window, tmp_path / "pinned.json")


def check_lines(window: Window) -> None:
    """Both are lines with a name and a mark of their own behind the run on the bench."""
    curves = panel_of(window, "curves", PlotsColumn)
    window.session.view.show(log=True)
    picture = curves.steps.error.picture
    assert [ghost.label for ghost in picture.ghosts] == ["alpha 0.3, a frozen", "alpha 0.3"]
    assert len({(ghost.style.mark, ghost.style.role) for ghost in picture.ghosts}) == 2
    frozen, free = ([10.0**y for y in ghost.y] for ghost in picture.ghosts)
    assert frozen == pytest.approx(plain_errors(10, frozen=True), rel=1e-9)
    assert free == pytest.approx(plain_errors(6, frozen=False), rel=1e-9)
    assert all(np.isfinite(ghost.y).all() for ghost in picture.ghosts)
    rows = [row for *_, row in picture.label_rows()]
    assert len(rows) == 3
    assert all(below - above > 8 for above, below in pairwise(sorted(rows)))
    weights = curves.steps.weights.picture
    assert len(weights.ghosts) == 6


def check_table(qtbot: QtBot, panel: PinsPanel) -> None:
    """Columns that differ, and how each run ended; all of them when they are asked for."""
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert cells(panel) == [
        ["on the bench", "0.01", "none", "4", "3.95e\u221207", "still moving"],
        ["alpha 0.3, a frozen", "0.3", "a", "10", "1.53e\u221209", "still moving"],
        ["alpha 0.3", "0.3", "none", "6", "1.65e+14", "diverged at step 6"],
    ]
    QTest.mouseClick(panel.all_box, LEFT, pos=QPoint(8, panel.all_box.height() // 2))
    assert panel.model.columnCount() == 10
    QTest.mouseClick(panel.all_box, LEFT, pos=QPoint(8, panel.all_box.height() // 2))


def change_by_keys(qtbot: QtBot, window: Window, panel: PinsPanel) -> None:
    """Rename, leave out and remove a run, and take all of that back but for the new name."""
    session = window.session
    picture = panel_of(window, "curves", PlotsColumn).steps.error.picture
    window.session.view.show(panel="pins")
    click_row(panel, 2)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    editor = panel.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "let go")
    window.session.playback.step()
    assert editor.text() == "let go"
    QTest.keyClick(editor, ENTER)
    qtbot.waitUntil(lambda: session.pins.all[1].name == "let go")
    assert panel.model.text(2, 0) == "let go"
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert [ghost.label for ghost in picture.ghosts] == ["alpha 0.3, a frozen"]
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert [pin.name for pin in session.pins.all] == ["alpha 0.3, a frozen"]
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert [pin.name for pin in session.pins.all] == ["alpha 0.3, a frozen", "alpha 0.3"]
    assert session.pins.all[1].hidden
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)


def bring_by_keys(qtbot: QtBot, window: Window, panel: PinsPanel) -> None:
    """To the bench by Enter, and back."""
    session = window.session
    before = bits(session.playback.bench.path)
    click_row(panel, 1, 1)
    QTest.keyClick(panel.table, ENTER)
    settle(qtbot, session)
    assert session.playback.length == 10
    assert session.state.setup.frozen.tolist() == [[True, False, False]]
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert bits(session.playback.bench.path) == before


def check_saved(qtbot: QtBot, window: Window, file: Path) -> None:
    """Saved and opened again: the same pins, the same lines."""
    session = window.session
    picture = panel_of(window, "curves", PlotsColumn).steps.error.picture
    assert window.documents.save_to(file)
    lines = [list(ghost.y) for ghost in picture.ghosts]
    window.documents.open("Several steps")
    assert not session.pins.all
    window.documents.open(str(file))
    settle(qtbot, session)
    assert [(pin.name, pin.hidden) for pin in session.pins.all] == [
        ("alpha 0.3, a frozen", False), ("let go", True),
    ]  # fmt: skip
    session.view.show(panel="curves")
    assert [list(ghost.y) for ghost in picture.ghosts] == lines
    assert not session.edits.unsaved


def plain_errors(n_steps: int, frozen: bool) -> list[float]:
    bench = Bench([[8.5, 0.65, 1.2]], [[1.0]], [[0.1, 0.2, -0.1]], [[frozen, False, False]], 0.3)
    errors = []
    for _ in range(n_steps + 1):
        step = look(bench.weights, bench.inputs[0], bench.targets[0])
        errors.append(step.error[0])
        learn(bench, step)
    return errors


def test_pins_are_there_again_after_a_crash(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_KEEP_AFTER_MS", 10)
    window = Window(open_experiment(FROZEN), Settings())
    window.show()
    window.session.playback.take(5)
    window.session.pins.pin_run()
    folder = Settings().benches
    qtbot.waitUntil(lambda: any("pins" in file.read_text() for file in folder.glob("*.json")))
    window.hide()
    window.deleteLater()
    QTest.qWait(0)
    for lock in folder.glob("*.lock"):
        lock.unlink()
    again = Window(open_experiment("Several steps"), Settings())
    again.bring_back()
    again.show()
    settle(qtbot, again.session)
    assert [pin.name for pin in again.session.pins.all] == ["alpha 0.3, a frozen"]
    assert again.session.pins.lines
    again.session.edits.mark_saved()
    end_window(again)


@pytest.fixture
def season(qtbot: QtBot) -> Iterator[Window]:
    window = Window(open_experiment("The whole season"))
    window.resize(1280, 900)
    yield from shown_window(qtbot, window)


def swept(qtbot: QtBot, panel: SweepPanel) -> None:
    QTest.mouseClick(panel.sweep_button, LEFT)
    assert panel.busy
    qtbot.waitUntil(lambda: not panel.busy, timeout=20_000)


def test_every_point_of_a_sweep_is_a_run_made_by_hand(qtbot: QtBot, season: Window) -> None:
    session = season.session
    session.edits.set_weight(0, 1, 0.35)
    panel = panel_of(season, "sweep", SweepPanel)
    for name, text in (("from", "0.001"), ("to", "0.5"), ("runs", "6"), ("steps", "37")):
        key = {"from": "low", "to": "high", "runs": "count"}.get(name, name)
        type_into(panel.fields[key], text)
    swept(qtbot, panel)
    runs = panel.runs
    assert [run.alpha for run in runs] == pytest.approx(np.geomspace(0.001, 0.5, 6))
    assert runs[-1].error is None
    assert any(run.error is not None for run in runs)
    alpha = season.panel("alpha")
    assert isinstance(alpha, AlphaControl)
    for run in runs:
        session.playback.reset()
        type_into(alpha.field, repr(run.alpha))
        session.playback.take(37)
        assert session.playback.length == run.steps
        if run.error is not None:
            examples = session.experiment.setup.examples
            preds = examples.base_inputs @ session.state.weights.T
            error = float(((preds - examples.base_targets) ** 2).mean())
            assert run.error == pytest.approx(error, rel=1e-12)

    # A click puts one on the bench, another one by keys; each is one entry for undo.
    before = bits(session.playback.bench.path)
    QTest.mouseClick(panel.plot, LEFT, pos=panel.plot.place_of(1).toPoint())
    settle(qtbot, session)
    assert session.state.setup.alpha == runs[1].alpha
    assert session.playback.length == 37
    assert session.path.weights(0)[0, 1] == 0.35
    QTest.keyClick(season, Qt.Key.Key_Z, CTRL)
    assert bits(session.playback.bench.path) == before
    QTest.mouseClick(panel.pin_box, LEFT, pos=QPoint(8, panel.pin_box.height() // 2))
    panel.plot.setFocus()
    QTest.keyClick(panel.plot, Qt.Key.Key_End)
    assert "diverged at step" in panel.line.text
    QTest.keyClick(panel.plot, ENTER)
    settle(qtbot, session)
    assert session.path.diverged
    assert [pin.name for pin in session.pins.all] == ["alpha 0.5"]
    QTest.mouseClick(panel.copy_button, LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "alpha\terror after 37 steps"
    assert lines[1] == f"0.001\t{runs[0].error!r}"
    assert lines[-1] == f"0.5\tdiverged at step {runs[-1].steps}"

    # Another start is another experiment: its old points are no runs of it.
    session.playback.reset()
    session.edits.set_weight(0, 0, 0.9)
    length = session.edits.count
    panel.plot.setFocus()
    QTest.keyClick(panel.plot, ENTER)
    assert session.edits.count == length
    assert "sweep once more" in panel.line.text


def test_seeds_of_the_start_are_swept_and_what_is_asked_wrongly_is_said(
    qtbot: QtBot, season: Window
) -> None:
    session = season.session
    said: list[str] = []
    session.notices.refused.connect(said.append)
    panel = panel_of(season, "sweep", SweepPanel)
    for name, text in (("low", "-1"), ("count", "1"), ("count", "500"), ("steps", "0")):
        old = repr(panel.fields[name].value)
        type_into(panel.fields[name], text)
        QTest.mouseClick(panel.sweep_button, LEFT)
        assert not panel.busy
        type_into(panel.fields[name], old)
    assert len(said) == 4
    assert panel.kind_box.count() == 2
    panel.kind_box.setFocus()
    QTest.keyClick(panel.kind_box, Qt.Key.Key_Down)
    assert panel.question.kind == "start"
    type_into(panel.fields["seed"], "7")
    type_into(panel.fields["count"], "3")
    type_into(panel.fields["amount"], "0.5")
    swept(qtbot, panel)
    runs = panel.runs
    assert [run.seed for run in runs] == [7, 8, 9]
    QTest.mouseClick(panel.plot, LEFT, pos=panel.plot.place_of(2).toPoint())
    settle(qtbot, session)
    weights = np.random.default_rng(9).uniform(-1.0, 1.0, (1, 3)) * 0.5
    assert session.path.weights(0).tolist() == weights.tolist()
    assert session.playback.length == runs[2].steps

    # A long one is given up at once, and nothing of it comes later.
    type_into(panel.fields["steps"], "10000000")
    QTest.mouseClick(panel.sweep_button, LEFT)
    assert panel.sweep_button.text() == "Cancel"
    QTest.mouseClick(panel.sweep_button, LEFT)
    assert not panel.busy
    # While a prediction is open nothing is told, and nothing can be found out.
    session.playback.lock("Answer the question first.")
    assert not panel.runs
    assert not panel.sweep_button.isEnabled()
    session.playback.lock("")
    assert not panel.runs
    session.parts.veil(["error:win"])
    assert session.parts.veils.covers("sweep")
    assert session.parts.veils.covers("pins")
    assert not panel.isVisible()
    # A sweep of hours is no reason not to close: the window does so after this.
    session.parts.veil([])
    QTest.mouseClick(panel.sweep_button, LEFT)
    assert panel.busy
