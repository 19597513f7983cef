"""A wheel that says it has turned very far, as drivers may, turns no further than a hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.examples.strip import ExampleStrip
from gui.panels.pixel_values.grid import NumberGrid
from gui.plots.cloud.view import CloudView
from gui.plots.plot import Plot
from gui.widgets.cell_area import calm, notches
from tests.gui.helpers.bench import builtin

FURTHEST = 2**31 - 1


def wheel_event(widget: QWidget, turned: int, keys: Qt.KeyboardModifier) -> QWheelEvent:
    at = QPointF(widget.rect().center())
    return QWheelEvent(
        at, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turned),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_an_angle_is_so_many_clicks_and_not_more_than_a_hand_turns() -> None:
    assert [notches(angle) for angle in (0, 60, -120, 2400)] == [0, 0.5, -1, 20]
    assert [notches(angle) for angle in (FURTHEST, -FURTHEST)] == [20, -20]
    assert calm(wheel_event(QWidget(), FURTHEST, Qt.KeyboardModifier.NoModifier)).angleDelta() == (
        QPoint(0, 2400)
    )


@pytest.mark.parametrize("turned", [FURTHEST, -FURTHEST])
@pytest.mark.parametrize(
    "keys", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
@pytest.mark.parametrize("kind", [Plot, CloudView, NumberGrid, ExampleStrip])
def test_what_is_zoomed_and_scrolled_stays_in_its_bounds(
    qtbot: QtBot, kind: type[QWidget], keys: Qt.KeyboardModifier, turned: int
) -> None:
    made: QWidget
    if kind in (Plot, CloudView):
        made = kind("points")
    else:
        session = builtin("Digits, 8x8")
        made = kind(session)  # type: ignore[arg-type]
        session.setParent(made)
    if isinstance(made, CloudView):
        made.cloud.set_points(np.array([[0.0, 0.0], [1.0, 2.0]]), square=False)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    target = made.viewport() if isinstance(made, (Plot, NumberGrid)) else made
    with qtbot.captureExceptions() as caught:
        for _ in range(3):
            QApplication.sendEvent(target, wheel_event(target, turned, keys))
        made.grab()
    assert caught == []
    if isinstance(made, Plot):
        assert made.view.usable
    if isinstance(made, ExampleStrip):
        assert 0 <= made.bar.value() <= made.bar.maximum()
