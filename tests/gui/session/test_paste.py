"""Several numbers fill a row from one place on, in every panel that has such a row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.dot_product.panel import DotProductPanel
from gui.panels.network.panel import NetworkGraph
from gui.panels.pixel_values.panel import NumbersView
from gui.panels.weight_images.panel import WeightImages
from gui.session import Session
from gui.session.paste import paste_inputs, paste_targets, paste_weights
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.network_driver import input_field, target_field, weight_field

NINE = "Several inputs and outputs"
Paste = Callable[[Session, int, list[float]], bool]
ROWS: dict[str, tuple[Paste, Callable[[Session], list[float]]]] = {
    "inputs": (paste_inputs, lambda session: session.state.inputs.tolist()),
    "targets": (paste_targets, lambda session: session.state.target.tolist()),
    "weights": (
        lambda session, place, values: paste_weights(session, 1, place, values),
        lambda session: session.state.weights[1].tolist(),
    ),
}


@pytest.mark.parametrize("row", ROWS)
@given(
    place=st.integers(0, 2),
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5),
    own=st.booleans(),
)
def test_a_row_is_filled_or_left_as_it_is(
    row: str, place: int, values: list[float], own: bool
) -> None:
    session = builtin(NINE)
    refused: list[str] = []
    session.notices.refused.connect(refused.append)
    if own:
        state = session.state
        session.edits.put_on_bench(state.inputs + 1, state.target, "an example of one's own")
    paste, read = ROWS[row]
    before, edits = read(session), session.edits.count

    done = paste(session, place, values)

    if place + len(values) > 3:
        assert not done
        assert len(refused) == 1
        have = "1 has" if place == 2 else f"{3 - place} have"
        assert f"{len(values)} numbers were pasted where {have} a place" in refused[0]
        assert read(session) == before
        assert session.edits.count == edits
        return
    assert done
    assert refused == []
    wanted = [*before[:place], *values, *before[place + len(values) :]]
    assert read(session) == wanted
    session.edits.undo()
    assert wanted == before or read(session) == before


def paste(widget: QWidget, text: str) -> None:
    QApplication.clipboard().setText(text)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def session() -> Session:
    return builtin(NINE)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    look.choose("light")
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def test_the_network_takes_rows_of_inputs_targets_and_weights(
    qtbot: QtBot, session: Session
) -> None:
    graph = NetworkGraph(session)
    shown(qtbot, graph)
    paste(input_field(graph, 0), "1 0 1")
    assert session.state.inputs.tolist() == [1, 0, 1]
    paste(input_field(graph, 1), "0,5\t0,25")
    assert session.state.inputs.tolist() == [1, 0.5, 0.25]
    paste(target_field(graph, 1), "0.5; 0.75")
    assert session.state.target[1:].tolist() == [0.5, 0.75]
    paste(weight_field(graph, 2, 0), "[0.1, 0.2, 0.3]")
    assert session.state.weights[2].tolist() == [0.1, 0.2, 0.3]
    assert session.edits.count == 4
    with qtbot.waitSignal(session.notices.refused) as refused:
        paste(input_field(graph, 2), "1 0 1")
    assert refused.args is not None
    assert "3 numbers were pasted where 1 has a place" in refused.args[0]
    assert session.edits.count == 4


def test_the_dot_product_takes_rows_of_inputs_and_weights(qtbot: QtBot, session: Session) -> None:
    view = DotProductPanel(session)
    shown(qtbot, view)
    paste(view.bars.fields[0], "1 0 1")
    paste(view.bars.fields[1], "0.5 0.25 0.125")
    assert session.state.inputs.tolist() == [1, 0, 1]
    assert session.state.weights[session.view.output].tolist() == [0.5, 0.25, 0.125]


def test_the_cards_of_the_digits_take_a_row_of_targets(qtbot: QtBot) -> None:
    session = digits_session()
    view = WeightImages(session)
    shown(qtbot, view)
    paste(view.cards[8].target_field, "0.5 0.25")
    assert session.state.target[8:].tolist() == [0.5, 0.25]


def test_the_pixels_take_a_number_and_a_row(qtbot: QtBot) -> None:
    session = digits_session()
    view = NumbersView(session)
    shown(qtbot, view)
    grid = view.grid
    refused: list[str] = []
    session.notices.refused.connect(refused.append)
    columns = session.experiment.image_shape[1] if session.experiment.image_shape else 0
    grid.choose(1, columns - 2)
    first = columns + columns - 2
    paste(grid, "16")
    assert session.state.inputs[first] == 1
    paste(grid, "8 4")
    assert session.state.inputs[first : first + 2].tolist() == [0.5, 0.25]
    before = np.array(session.state.inputs)
    for text in ("1 0 1", "seven", ""):
        paste(grid, text)
    QApplication.clipboard().clear()
    grid.paste()
    assert len(refused) == 4
    assert (session.state.inputs == before).all()
