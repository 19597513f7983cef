"""What tests of the card with the image on the bench share: the card, and a hand to draw with."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.image_input.panel import InputImage
from gui.session import Session
from tests.gui.helpers.image_bench import SHAPE
from tests.gui.helpers.showing import on_screen

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def shown_card(qtbot: QtBot, session: Session) -> InputImage:
    """The card of a session on the screen, in the light theme."""
    look.choose("light")
    return on_screen(qtbot, InputImage(session), (260, 430))


def middle(card: InputImage, row: float, column: float) -> QPoint:
    """Where the middle of a pixel lies in the paper's widget."""
    paper = card.paper.paper()
    rows, cols = card.paper.shape_shown
    return QPointF(
        paper.left() + (column + 0.5) * paper.width() / cols,
        paper.top() + (row + 0.5) * paper.height() / rows,
    ).toPoint()


def stroke(card: InputImage, *places: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    points = [middle(card, *place) for place in places]
    QTest.mousePress(card.paper, button, pos=points[0])
    for point in points[1:]:
        drag(card, point, button)
    QTest.mouseRelease(card.paper, button, pos=points[-1])


def drag(card: InputImage, point: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Move the mouse with the button held."""
    QTest.mouseMove(card.paper, point)
    QApplication.processEvents()


def image_of(session: Session) -> list[list[float]]:
    rows: list[list[float]] = session.state.inputs.reshape(SHAPE).tolist()
    return rows


def guest(session: Session) -> None:
    session.edits.put_on_bench(np.full(64, 0.5), np.zeros(10), "put on the bench")
