"""The error over two weights, in the window, with real clicks and keys, against a plain loop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.two_weights import panel as module
from gui.panels.two_weights.panel import TwoWeightsPanel
from gui.panels.two_weights.plot import ContourPlot
from gui.session import Session
from gui.widgets.choice_box import ChoiceBox
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.driving import drag, mouse, wheel
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("The whole season")))


def panel_of(window: Window) -> TwoWeightsPanel:
    """Come to the panel by a click on its tab."""
    bar = window.side.tabBar()
    at = next(at for at in range(bar.count()) if bar.tabText(at) == "Two weights")
    QTest.mouseClick(
        bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar.tabRect(at).center()
    )
    panel = window.side.pages["two_weights"].panel
    assert isinstance(panel, TwoWeightsPanel)
    QApplication.processEvents()
    return panel


def shown(qtbot: QtBot, session: Session, width: int = 460, height: int = 520) -> TwoWeightsPanel:
    panel = on_screen(qtbot, TwoWeightsPanel(session), (width, height))
    QApplication.processEvents()
    return panel


def place(plot: ContourPlot, x: float, y: float) -> QPoint:
    return QPointF(plot.x_px(x), plot.y_px(y)).toPoint()


def click(plot: ContourPlot, x: float, y: float) -> None:
    # pyqtgraph knows where the pointer is from its moves.
    at = QPointF(place(plot, x, y))
    mouse(plot, QEvent.Type.MouseMove, at, held=False)
    mouse(plot, QEvent.Type.MouseButtonPress, at)
    mouse(plot, QEvent.Type.MouseButtonRelease, at, held=False)


def plain_mean(session: Session, cells: dict[tuple[int, int], float]) -> float:
    """The mean error of the one output, with some weights elsewhere, by a loop."""
    weights = session.state.weights[0].tolist()
    for (_, column), value in cells.items():
        weights[column] = value
    examples = session.state.setup.examples
    total = 0.0
    for row in range(len(examples)):
        x = examples.inputs(row).tolist()
        pred = sum(w * a for w, a in zip(weights, x, strict=True))
        total += (pred - float(examples.target(row)[0])) ** 2
    return total / len(examples)


def choose(box: ChoiceBox, text: str) -> None:
    """Choose by the keyboard: the letter of a weight is what its entry begins with."""
    box.setFocus()
    QTest.keyClicks(box, text)


def test_it_is_chosen_started_from_undone_saved_and_opened(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    session, panel = window.session, panel_of(window)
    plot = panel.card.plot
    session.playback.take(3)
    # The contours are those of a plain loop over all examples, at the weights of this step.
    surface = plot.contours.drawn.surface
    assert surface is not None
    grid = np.linspace(-1.0, 1.0, 5)
    for a in grid:
        for b in grid:
            found = float(surface.at(np.array(a), np.array(b)))
            plain = plain_mean(session, {(0, 0): a, (0, 1): b})
            assert found == pytest.approx(plain, rel=1e-12, abs=1e-12)
    # The path on them is that of the run, with the point of now at its end.
    drawn = plot.contours.drawn
    assert drawn.n_so_far == 4
    for step, point in enumerate(drawn.path):
        assert point == pytest.approx(session.path.weights(step)[0, :2], rel=1e-14)
    # Another pair, by keys.
    choose(panel.controls.up_box, "c")
    assert (session.view.two_weights.across, session.view.two_weights.up) == ((0, 0), (0, 2))
    QTest.mouseClick(panel.controls.swap_button, Qt.MouseButton.LeftButton)
    assert session.view.two_weights.across == (0, 2)
    # A click begins there: both weights at once, and nothing else.
    before = session.state.weights.copy()
    x, y = plot.weights_at(plot.view.left + plot.view.width / 3, plot.view.bottom + 1e-9)
    y = plot.weights_at(0.0, plot.view.bottom + plot.view.height / 4)[1]
    click(plot, x, y)
    now = session.state.weights
    assert now[0, 2] == pytest.approx(x, abs=2 * plot.view.width / plot.area.width())
    assert now[0, 0] == pytest.approx(y, abs=2 * plot.view.height / plot.area.height())
    assert now[0, 1] == before[0, 1]
    assert (session.edits.count, session.edits.undo_text) == (1, "weights c and a")
    started = now.copy()
    session.edits.undo()
    assert (session.state.weights == before).all()
    session.edits.redo()
    assert (session.state.weights == started).all()
    session.playback.take(2)
    # Saved and opened again, all of it is there.
    QTest.mouseClick(panel.controls.equal_button, Qt.MouseButton.LeftButton)
    file = tmp_path / "two.json"
    assert window.documents.save_to(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert saved["view"]["two_weights"] == {"across": [0, 2], "up": [0, 0], "equal": True}
    weights = session.state.weights.copy()
    session.open(open_experiment("Several outputs"))
    assert session.view.two_weights.up == (1, 0)
    session.open(open_experiment(str(file)))
    qtbot.waitUntil(lambda: session.playback.position == 5 and not session.playback.running)
    assert (session.state.weights == weights).all()
    assert session.view.two_weights.across == (0, 2)
    assert panel.card.plot.contours.drawn.n_so_far == 6


def probe_of(panel: TwoWeightsPanel) -> tuple[float, float]:
    probe = panel.card.probe
    assert probe is not None
    return probe


def test_keys_move_a_probe_and_enter_starts_there(window: Window, qtbot: QtBot) -> None:
    session, panel = window.session, panel_of(window)
    card, plot = panel.card, panel.card.plot
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Right)
    QTest.keyClick(card, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    x, y = probe_of(panel)
    assert x > session.state.weights[0, 0]
    assert y > session.state.weights[0, 1]
    plain = plain_mean(session, {(0, 0): x, (0, 1): y})
    assert f"mean error: {plain:.4f} at a {x:.4g}, b {y:.4g}" in panel.reading.text
    told = wait_until_told(qtbot, card, "Enter starts here")
    assert "Drawn with c as it is at step 0; the contours follow it." in told
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.told is None
    assert session.edits.count == 0
    QTest.keyClick(card, Qt.Key.Key_Left)
    wanted = probe_of(panel)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert tuple(session.state.weights[0, :2].tolist()) == wanted
    # What is selected on the bench is one press away.
    session.view.show(part="weight:c")
    button = panel.controls.selected_button
    assert (button.isVisible(), button.text()) == (True, "show c")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (session.view.two_weights.across, session.view.two_weights.up) == ((0, 1), (0, 2))
    assert not button.isVisible()
    # A double-click fits, and its first click is taken back.
    count = session.edits.count
    weights = session.state.weights.copy()
    QTest.keyClick(card, Qt.Key.Key_Plus)
    assert plot.zoomed
    at = place(plot, plot.view.left + plot.view.width / 2, plot.view.bottom + plot.view.height / 3)
    QTest.mouseMove(plot.viewport(), at)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (session.state.weights != weights).any()
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (session.state.weights == weights).all()
    assert plot.view == plot.fitting
    assert session.edits.count == count + 1
    # While a prediction is open nothing may be changed, and that is said.
    session.playback.lock("First say what you expect.")
    click(plot, *plot.weights_at(plot.view.left, plot.view.top - plot.view.height / 4))
    assert (session.state.weights == weights).all()
    session.playback.lock("")
    # What is hidden is covered as a whole.
    session.parts.veil(["error:win"])
    page = window.side.pages["two_weights"]
    assert page.covered
    assert not panel.isVisible()
    session.parts.veil([])
    assert panel.isVisible()


def test_zoom_and_pan_are_those_of_the_other_plots(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    plot = panel.card.plot
    fitting = plot.view
    wheel(plot, 2)
    assert plot.zoomed
    assert plot.view.width < fitting.width
    zoomed = plot.view
    middle = QPointF(plot.area.center())
    drag(plot, middle, middle + QPointF(40, 10), middle + QPointF(60, 20))
    assert plot.view.left < zoomed.left
    assert session.edits.count == 0
    panel.card.setFocus()
    QTest.keyClick(panel.card, Qt.Key.Key_0)
    assert plot.view == fitting


def test_the_contours_follow_time_and_what_is_frozen(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    contours = panel.card.plot.contours
    assert contours.axis_title(0) == "a · toes · frozen →"
    assert contours.axis_title(1) == "↑ b · win/loss"
    least = contours.drawn.surface
    session.playback.take(3)
    moved = contours.drawn.surface
    assert least is not None
    assert moved is not None
    assert moved.valley is not None
    assert moved.valley != least.valley
    # One example has a valley, which the point of now comes near to; both levels are on contours.
    for level in contours.levels:
        outline = moved.outline(level, panel.card.plot.view.bottom, panel.card.plot.view.top, 9)
        assert outline is not None
        heights = moved.at(outline.right, outline.second)
        assert heights == pytest.approx(np.full(9, level), rel=1e-9)
    assert "all along the dashed line" in panel.note.text
    wait_until_told(qtbot, panel.card, "Frozen: a")
    session.edits.set_frozen(0, 0, frozen=False)
    assert contours.axis_title(0) == "a · toes →"


def test_one_example_alone_or_the_mean(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.playback.take(2)
    box = panel.controls.over_box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert session.view.two_weights.over == "example"
    surface = panel.card.plot.contours.drawn.surface
    assert surface is not None
    here = float(surface.at(np.array(surface.first), np.array(surface.second)))
    assert here == pytest.approx(float(session.state.error[0]), rel=1e-12)
    assert panel.reading.text.startswith("error of example 3: ")
    session.playback.seek(0)
    assert panel.reading.text.startswith("error of example 1: ")


def test_weights_of_two_outputs_flat_ones_and_a_lonely_example(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several outputs"))
    assert not panel.controls.over_box.isVisible()
    assert panel.reading.text.startswith("error of hurt + win: ")
    assert "No other weight takes part" in panel.note.text
    flat = shown(qtbot, made_up([[0.0, 0.0]], [[1.0]], [[0.5, -2.0]]))
    assert flat.note.text.startswith("Flat: neither")
    flat.grab()
    lonely = shown(qtbot, made_up([[2.0]], [[1.0]], [[0.5]]))
    assert lonely.card.plot.contours.drawn.why == "There is only one weight here."
    lonely.grab()


def test_much_data_is_worked_out_beside_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MUCH", 0)
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    for step in range(3):
        session.playback.take(1)
        assert panel.busy
        panel.hide()
        panel.show()
        qtbot.waitUntil(lambda: not panel.busy)
        surface = panel.card.plot.contours.drawn.surface
        assert surface is not None
        assert surface.first == session.path.weights(step + 1)[0, 0]
    # One example is no trouble, and what was on the way for all of them does not come any more.
    session.playback.take(1)
    session.view.show(two_weights={"over": "example"})
    assert not panel.busy
    assert panel.reading.text.startswith("error of example 1: ")


def test_another_experiment_and_a_run_that_diverges_leave_nothing_behind(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    panel = shown(qtbot, session, 300, 300)
    plot = panel.card.plot
    for steps in (3, 3, 20):
        session.playback.take(steps)
        panel.grab()
        assert plot.view.usable
        assert plot.view.left <= session.state.weights[0, 0] <= plot.view.right
    session.open(open_experiment("Digits, 8x8"))
    assert panel.controls.across_box.isEditable()
    across = session.view.two_weights.across
    # Any of 640 weights is typed; what is none is told, and nothing has changed.
    line = panel.controls.across_box.lineEdit()
    assert line is not None
    with qtbot.waitSignal(session.notices.refused):
        _type(panel.controls.across_box, "zzz")
    assert session.view.two_weights.across == across
    _type(panel.controls.across_box, "ab")
    assert session.view.two_weights.across == (0, 27)
    panel.grab()


def _type(box: ChoiceBox, text: str) -> None:
    line = box.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
