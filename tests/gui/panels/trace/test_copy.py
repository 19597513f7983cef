"""Copying rows of the trace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.trace import panel as trace_panel
from gui.panels.trace.panel import TracePanel
from gui.panels.trace.rows import rows_of
from gui.session import Session
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.trace_bench import (
    LEFT,
    click_row,
    headings,
    looped,
    shown,
)


@pytest.fixture
def session() -> Session:
    return builtin("Freezing one weight")


@pytest.fixture
def trace(session: Session, qtbot: QtBot) -> TracePanel:
    return shown(session, qtbot)


def wait_for_copy(trace: TracePanel, qtbot: QtBot) -> None:
    """A slow machine needs more than one slice."""
    qtbot.waitUntil(lambda: trace.note.text.startswith("Copied "))


def pasted() -> list[list[str]]:
    """What is on the clipboard: lines of fields."""
    text = QGuiApplication.clipboard().text()
    assert text.endswith("\n")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def test_without_a_selection_everything_is_copied_in_full_precision(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(7)
    assert trace.copy_button.text() == "Copy"

    QTest.mouseClick(trace.copy_button, LEFT)
    wait_for_copy(trace, qtbot)

    header, *lines = pasted()
    assert header == headings(trace)
    assert len(lines) == 8
    for line, expected in zip(lines, looped(7), strict=True):
        written = dict(zip(header, line, strict=True))
        assert written["step"] == str(expected["step"])
        for name, text in written.items():
            assert float(text) == pytest.approx(expected[name], rel=1e-12, abs=1e-15)
    assert float(lines[3][1]) == float(session.path.state(3).pred[0])
    assert trace.note.text == "Copied 8 rows, tab-separated"


def test_selected_rows_are_copied(trace: TracePanel, session: Session, qtbot: QtBot) -> None:
    session.playback.take(9)
    click_row(trace, qtbot, 2)
    click_row(trace, qtbot, 4, Qt.KeyboardModifier.ShiftModifier)
    click_row(trace, qtbot, 6, Qt.KeyboardModifier.ControlModifier)
    assert trace.copy_button.text() == "Copy 4 rows"

    QTest.keyClick(trace.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_for_copy(trace, qtbot)

    assert [line[0] for line in pasted()] == ["step", "2", "3", "4", "6"]
    assert session.playback.position == 6


def test_a_step_clears_the_selection(trace: TracePanel, session: Session, qtbot: QtBot) -> None:
    session.playback.take(4)
    click_row(trace, qtbot, 1)
    assert trace.copy_button.text() == "Copy 1 row"

    session.playback.step()
    assert trace.copy_button.text() == "Copy"

    trace.copy()
    wait_for_copy(trace, qtbot)
    assert len(pasted()) == 1 + 5


def test_no_more_is_copied_than_a_clipboard_likes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_panel, "MAX_COPIED", 500)
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(2000)
    session.playback.seek(1000)

    trace.copy()
    qtbot.waitUntil(lambda: trace.note.text == "Copied 500 rows, tab-separated")
    assert [line[0] for line in pasted()[1:]] == [str(step) for step in range(750, 1250)]

    trace.table.selectAll()
    trace.copy()
    qtbot.waitUntil(lambda: pasted()[1][0] == "0")
    assert len(pasted()) == 501


def test_much_is_copied_a_little_at_a_time(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_panel, "_SLICE_MS", 0)
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(99)

    trace.copy()
    assert trace.note.text == "Copying: 1 %"
    qtbot.waitUntil(lambda: trace.note.text == "Copied 100 rows, tab-separated")

    assert [line[0] for line in pasted()[1:]] == [str(step) for step in range(100)]


def test_a_change_while_copying_gives_the_copy_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_panel, "_SLICE_MS", 0)
    QGuiApplication.clipboard().setText("kept\n")
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(99)

    trace.copy()
    session.edits.set_alpha(0.002)
    qtbot.waitUntil(lambda: trace.note.text.startswith("Not copied"))

    assert pasted() == [["kept"]]


def test_another_experiment_ends_copying(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_panel, "_SLICE_MS", 0)
    QGuiApplication.clipboard().setText("kept\n")
    session = builtin("The whole season")
    trace = shown(session, qtbot)
    session.playback.take(99)

    trace.copy()
    session.open(builtin("Several outputs").experiment)
    qtbot.wait(30)

    assert pasted() == [["kept"]]
    assert trace.note.text == ""


def test_a_hidden_trace_copies_what_is_true_now(
    trace: TracePanel, session: Session, qtbot: QtBot
) -> None:
    trace.hide()
    session.playback.take(3)

    trace.copy()
    wait_for_copy(trace, qtbot)

    assert [line[0] for line in pasted()] == ["step", "0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("ranges", "most", "rows"),
    [
        ([(0, 3)], 10, [0, 1, 2, 3]),
        ([(5, 6), (1, 2)], 10, [1, 2, 5, 6]),
        ([(0, 4), (3, 6)], 10, [0, 1, 2, 3, 4, 5, 6]),
        ([(0, 10**9)], 3, [0, 1, 2]),
        ([(0, 1), (5, 10**9)], 4, [0, 1, 5, 6]),
        ([], 5, []),
    ],
)
def test_rows_of_ranges(ranges: list[tuple[int, int]], most: int, rows: list[int]) -> None:
    assert rows_of(ranges, most) == rows
