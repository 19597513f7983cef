"""What the tests of the trace share: reading its cells, and pressing its rows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.trace.panel import TracePanel
from gui.session import Session
from tests.gui.helpers.plain_loop import FIRST_GAME
from tests.gui.helpers.showing import on_screen

LEFT = Qt.MouseButton.LeftButton


def shown(session: Session, qtbot: QtBot, height: int = 200) -> TracePanel:
    return on_screen(qtbot, TracePanel(session), (1100, height))


def headings(trace: TracePanel) -> list[str]:
    model = trace.model
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(model.columnCount())
    ]


def cell(trace: TracePanel, row: int, name: str) -> str:
    """The text in a cell, by the heading of its column."""
    return str(trace.model.data(trace.model.index(row, headings(trace).index(name))))


def row_center(trace: TracePanel, row: int) -> QPoint:
    return trace.table.visualRect(trace.model.index(row, 1)).center()


def click_row(
    trace: TracePanel,
    qtbot: QtBot,
    row: int,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.mouseClick(trace.table.viewport(), LEFT, keys, pos=row_center(trace, row))


def current_step(trace: TracePanel) -> int:
    return trace.model.first + trace.table.currentIndex().row()


def in_view(trace: TracePanel, step: int) -> bool:
    box = trace.table.visualRect(trace.model.index(step - trace.model.first, 0))
    return trace.table.viewport().rect().contains(box.center())


def looped(n_steps: int) -> list[dict[str, float]]:
    """The first game with weight a frozen and alpha 0.3, by a plain loop."""
    weights, rows = [0.1, 0.2, -0.1], []
    for step in range(n_steps + 1):
        pred = sum(w * x for w, x in zip(weights, FIRST_GAME, strict=True))
        delta = pred - 1.0
        deltas = [0.0, delta * 0.65, delta * 1.2]
        rows.append(
            {"step": step, "pred": pred, "error": delta**2, "delta": delta}
            | dict(zip("abc", weights, strict=True))
            | {f"weight_delta {name}": d for name, d in zip("abc", deltas, strict=True)}
        )
        weights = [w - 0.3 * d for w, d in zip(weights, deltas, strict=True)]
    return rows
