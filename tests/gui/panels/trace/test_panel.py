"""The trace: rows of numbers, and going to them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.trace.panel import TracePanel
from gui.panels.trace.rows import WINDOW
from gui.session import Session
from model.words import numbers
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.trace_bench import (
    cell,
    click_row,
    current_step,
    headings,
    in_view,
    looped,
    shown,
)


@pytest.fixture
def session() -> Session:
    return builtin("Freezing one weight")


@pytest.fixture
def trace(session: Session, qtbot: QtBot) -> TracePanel:
    return shown(session, qtbot)


# -- numbers --------------------------------------------------------------------------------


def test_each_step_is_a_row(trace: TracePanel, session: Session) -> None:
    assert trace.model.rowCount() == 1

    session.playback.take(3)

    assert trace.model.rowCount() == 4
    assert headings(trace) == [
        "step", "pred", "error", "delta", "a", "b", "c",
        "weight_delta a", "weight_delta b", "weight_delta c",
    ]  # fmt: skip
    for row, expected in enumerate(looped(3)):
        for name, digits in (("pred", 5), ("error", 6), ("delta", 5), ("b", 4)):
            assert cell(trace, row, name) == numbers.short(expected[name], digits)
        assert cell(trace, row, "step") == str(row)
        assert cell(trace, row, "weight_delta a") == "0, frozen"


def test_a_stream_tells_its_examples(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(5)
    session.edits.put_on_bench(np.array([1.0, 2.0, 3.0]), np.array([0.0]), "drawn")
    session.playback.take(1)

    examples = [cell(trace, row, "example") for row in range(7)]

    assert examples == ["1", "2", "3", "4", "1", "guest", "3"]


def test_several_outputs_have_a_column_each(qtbot: QtBot) -> None:
    session = builtin("Several inputs and outputs")
    trace = shown(session, qtbot)

    assert headings(trace)[:5] == ["step", "pred hurt", "pred win", "pred sad", "error hurt"]
    assert headings(trace)[-1] == "weight_delta i"
    assert trace.note.text == ""


def test_a_large_network_shows_the_first_of_its_numbers_and_says_so(qtbot: QtBot) -> None:
    session = made_up([[0.5] * 30], [[0.0] * 10], [[0.1] * 30] * 10)
    trace = shown(session, qtbot)

    assert trace.model.columnCount() == 1 + 3 * 4 + 2 * 9
    assert trace.note.text == "first 4 of 10 outputs · first 9 of 300 weights"


def test_a_cell_tells_its_number_in_full(trace: TracePanel, session: Session) -> None:
    session.playback.step()
    index = trace.model.index(1, headings(trace).index("pred"))

    told = trace.model.data(index, Qt.ItemDataRole.ToolTipRole)

    assert told == f"step 1, pred: {float(session.state.pred[0])!r}"


def test_an_edit_changes_the_rows_from_its_step_on(trace: TracePanel, session: Session) -> None:
    session.playback.take(6)
    before = [cell(trace, row, "b") for row in range(7)]
    session.playback.seek(3)
    session.edits.set_weight(0, 1, 0.75)

    assert trace.model.rowCount() == 4
    assert [cell(trace, row, "b") for row in range(3)] == before[:3]
    assert cell(trace, 3, "b") == "0.7500"

    session.edits.undo()
    assert [cell(trace, row, "b") for row in range(7)] == before


def test_the_model_keeps_its_promises_to_qt(session: Session, qtbot: QtBot) -> None:
    trace = shown(session, qtbot)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(trace.model, mode, trace)

    session.playback.take(20)
    session.playback.seek(4)
    session.edits.set_alpha(0.1)
    session.edits.undo()
    session.open(builtin("Several outputs").experiment)
    session.playback.take(3)

    assert tester.model() is trace.model
    assert trace.model.rowCount() == 4
    assert trace.model.rowCount(trace.model.index(0, 0)) == 0
    assert trace.model.columnCount(trace.model.index(0, 0)) == 0


# -- going to a step ------------------------------------------------------------------------


def test_a_click_on_a_row_goes_to_its_step(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(5)

    click_row(trace, qtbot, 2)

    assert (session.playback.position, session.playback.length) == (2, 5)
    assert current_step(trace) == 2


def test_arrow_keys_go_from_step_to_step(trace: TracePanel, session: Session, qtbot: QtBot) -> None:
    session.playback.take(5)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(trace.table, key)
        seen.append(session.playback.position)

    assert seen == [4, 3, 4]


def test_going_to_a_row_pauses_a_run(trace: TracePanel, session: Session, qtbot: QtBot) -> None:
    session.playback.take(5)
    session.playback.set_speed(0.5)
    session.playback.run()

    click_row(trace, qtbot, 1)

    assert not session.playback.running
    assert session.playback.position == 1


def test_the_current_row_follows_the_session_and_stays_in_view(
    trace: TracePanel, session: Session
) -> None:
    session.playback.take(300)
    for step in (300, 0, 150, 149, 299):
        session.playback.seek(step)
        assert current_step(trace) == step
        assert in_view(trace, step)
        assert session.playback.position == step


def test_a_smaller_table_keeps_the_current_row_in_view(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(30)
    assert in_view(trace, 30)

    trace.resize(1100, 90)

    qtbot.waitUntil(lambda: in_view(trace, 30))


def test_rows_that_go_away_do_not_move_time(trace: TracePanel, session: Session) -> None:
    session.edits.set_alpha(0.25)
    session.playback.take(50)
    session.playback.seek(50)

    session.edits.undo()
    assert (session.playback.position, session.playback.length) == (0, 0)
    assert trace.model.rowCount() == 1
    assert current_step(trace) == 0

    session.edits.redo()
    assert session.playback.position == 0


def test_the_current_row_looks_different(trace: TracePanel, session: Session) -> None:
    session.playback.take(3)
    session.playback.seek(1)
    rows = trace.table.grab().toImage()

    session.playback.seek(2)

    assert trace.table.grab().toImage() != rows


def test_a_hidden_trace_catches_up_when_it_is_shown(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    trace.hide()
    session.playback.take(9)
    session.playback.seek(4)
    trace.show()

    assert trace.model.rowCount() == 10
    assert current_step(trace) == 4


# -- long paths and runs --------------------------------------------------------------------


def test_a_long_path_is_seen_through_a_window(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(3 * WINDOW)
    length = session.playback.length

    for step in (length, 0, length // 2, length // 2 + 1, 17):
        session.playback.seek(step)
        assert trace.model.rowCount() <= WINDOW
        assert trace.model.first <= step < trace.model.first + trace.model.rowCount()
        assert current_step(trace) == step
        assert in_view(trace, step)
        assert cell(trace, step - trace.model.first, "step") == f"{step:,}"
        last = trace.model.first + trace.model.rowCount() - 1
        assert trace.note.text == f"steps {trace.model.first:,} to {last:,} of {length:,}"

    click_row(trace, qtbot, 18)
    assert session.playback.position == 18


def test_the_window_does_not_move_without_need(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(2 * WINDOW)
    session.playback.seek(WINDOW)
    resets: list[None] = []
    trace.model.modelReset.connect(lambda: resets.append(None))

    for step in range(WINDOW - 50, WINDOW + 50):
        session.playback.seek(step)

    assert resets == []


def test_an_edit_long_ago_brings_the_window_back(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(3 * WINDOW)
    session.playback.seek(10)
    session.edits.set_alpha(0.002)

    assert (trace.model.first, trace.model.rowCount()) == (0, 11)
    assert trace.note.text == ""


def test_a_fast_run_changes_the_rows_a_few_times_a_second_and_ends_up_to_date(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    changes: list[int] = []
    frames: list[int] = []
    trace.model.rowsInserted.connect(lambda *_: changes.append(session.playback.length))
    trace.model.modelReset.connect(lambda *_: changes.append(session.playback.length))
    session.changed.connect(lambda: frames.append(session.playback.length))
    session.playback.set_speed(1000.0)

    session.playback.run()
    qtbot.waitUntil(lambda: len(frames) >= 40)
    during = len(changes)
    session.playback.pause()

    assert 1 <= during < len(frames) / 2
    assert trace.model.rowCount() == session.playback.length + 1
    assert current_step(trace) == session.playback.position


def test_rows_are_made_while_a_run_goes_on(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.set_speed(math.inf)
    session.playback.run()

    qtbot.waitUntil(lambda: trace.model.rowCount() > 2000)

    assert session.playback.running
    session.playback.pause()


def test_an_edit_during_a_run_shows_no_row_of_the_old_future(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(40)
    session.playback.seek(5)
    session.playback.set_speed(0.5)
    session.playback.run()

    session.edits.set_alpha(0.1)

    assert trace.model.rowCount() == session.playback.length + 1
    session.playback.pause()


# -- looks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_no_number_is_cut_in_any_theme(qtbot: QtBot, theme: str) -> None:
    look.choose(theme)
    session = builtin("Alpha too large")
    trace = shown(session, qtbot)
    session.playback.take(100)
    metrics = trace.table.fontMetrics()

    for column, name in enumerate(headings(trace)):
        width = trace.table.columnWidth(column)
        texts = [name, *(cell(trace, row, name) for row in range(trace.model.rowCount()))]
        assert all(metrics.horizontalAdvance(text) < width for text in texts)
    assert not trace.grab().isNull()


def test_tab_leaves_the_table(trace: TracePanel, session: Session, qtbot: QtBot) -> None:
    session.playback.take(3)
    trace.table.setFocus()
    QTest.keyClick(trace.table, Qt.Key.Key_Tab)

    assert trace.copy_button.hasFocus()
    assert trace.table.accessibleName()


def test_a_heading_explains_its_term_with_the_numbers_of_the_moment(qtbot: QtBot) -> None:
    session = builtin("One delta, three weight_deltas")
    panel = on_screen(qtbot, TracePanel(session))

    def told() -> dict[str, str]:
        model, tip = panel.model, Qt.ItemDataRole.ToolTipRole
        return {
            column.name: str(model.headerData(at, Qt.Orientation.Horizontal, tip))
            for at, column in enumerate(model.columns)
        }

    assert told()["delta"] == (
        "delta = pred − target = 0.86 − 1 = −0.14: below 0, so pred is too low."
    )
    assert "−0.14 × 8.5 = −1.19" in told()["weight_delta a"]
    session.playback.step()
    assert "0.963757 − 1 = −0.0362425" in told()["delta"]


def test_a_guest_without_a_label_has_no_delta_and_no_weight_delta(qtbot: QtBot) -> None:
    session = digits_session()
    trace = on_screen(qtbot, TracePanel(session))
    session.edits.draw(np.full(len(session.state.inputs), 0.5), "drew")
    texts = trace.model.texts(0)
    told = dict(zip([column.name for column in trace.model.columns], texts, strict=True))
    assert {told[name] for name in told if "delta" in name or "error" in name} == {"–"}
    assert told["pred 0"] != "–"


@pytest.mark.parametrize("part", ["delta", "weight_delta", "pred"])
def test_what_is_hidden_is_in_no_cell_and_comes_back(qtbot: QtBot, part: str) -> None:
    session = builtin("Several steps")
    session.playback.take(2)
    trace = shown(session, qtbot)
    before = [trace.model.texts(step) for step in range(3)]

    session.parts.veil([part])
    column = next(at for at, name in enumerate(headings(trace)) if name.startswith(part))
    for step in range(3):
        assert trace.model.text(step, column) == numbers.HIDDEN

    session.parts.veil([])
    assert [trace.model.texts(step) for step in range(3)] == before
