"""The finder of texts finds what it is for: cut, out of place, over another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.texts import TextFinder, faults

LEFT = Qt.AlignmentFlag.AlignLeft


class Card(QWidget):
    """Draws texts, each in a box of its own or, without one, at a point."""

    def __init__(self, *drawn: tuple[str, QRectF | QPointF]) -> None:
        super().__init__()
        self.drawn = drawn
        self.resize(300, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for text, at in self.drawn:
            if isinstance(at, QRectF):
                painter.drawText(at, LEFT, text)
            else:
                painter.drawText(at, text)


@pytest.mark.parametrize(
    ("drawn", "fault"),
    [
        ([("1.5", QRectF(10, 10, 90, 30)), ("2.5", QRectF(110, 10, 90, 30))], ""),
        ([("−1.36e−04", QRectF(10, 10, 20, 30))], "is not in"),
        ([("−1.36e−04", QPointF(280, 40))], "is not in"),
        ([("1.36…", QRectF(10, 10, 90, 30))], "is cut"),
        ([("weight_…", QRectF(10, 10, 90, 30))], ""),
        ([("1.55", QPointF(10, 40)), ("2.55", QPointF(20, 42))], "lies over"),
    ],
)
def test_each_fault_is_found(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    drawn: list[tuple[str, QRectF | QPointF]],
    fault: str,
) -> None:
    card = on_screen(qtbot, Card(*drawn))
    texts = TextFinder(monkeypatch).texts(card)
    assert [text.text for text in texts] == [text for text, _ in drawn]
    found = faults(texts)
    assert all(fault in told for told in found)
    assert len(found) == (1 if fault else 0)


def test_a_label_that_is_too_small_is_found(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("−123456789.25", holder)
    QVBoxLayout(holder).addWidget(label)
    label.setFixedWidth(20)
    with qtbot.waitExposed(holder):
        holder.show()
    (told,) = faults(TextFinder(monkeypatch).texts(holder))
    assert "is not in" in told
