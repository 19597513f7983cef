"""Pictures that are pointed at, gone through by keys and chosen, whatever widget shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.picture_picker import PicturePicker
from tests.gui.helpers.showing import on_screen

LEFT = Qt.MouseButton.LeftButton
_SIDE = 20


class ThreeInARow(QWidget):
    """Three places beside each other, with room below them."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 3
        self.described = 0
        self.resize(3 * _SIDE, 2 * _SIDE)

    def place(self, at: int) -> QRect:
        return QRect(at * _SIDE, 0, _SIDE, _SIDE)

    def picture_at(self, place: QPointF) -> int | None:
        found = (at for at in range(self.count) if self.place(at).contains(place.toPoint()))
        return next(found, None)

    @property
    def strides(self) -> dict[Qt.Key, int]:
        return {Qt.Key.Key_PageDown: 99}

    def tip(self, at: int) -> str:
        return f"picture {at}"

    def describe(self) -> None:
        self.described += 1


@pytest.fixture
def row(qtbot: QtBot) -> ThreeInARow:
    return on_screen(qtbot, ThreeInARow())


def test_a_click_chooses_the_picture_under_it(row: ThreeInARow) -> None:
    picker = PicturePicker(row, row)
    chosen: list[int] = []
    picker.chosen.connect(chosen.append)

    QTest.mouseClick(row, LEFT, pos=row.place(2).center())
    QTest.mouseClick(row, Qt.MouseButton.RightButton, pos=row.place(1).center())
    QTest.mouseClick(row, LEFT, pos=QPoint(5, _SIDE + 5))

    assert chosen == [2]
    assert picker.cursor == 2


def test_keys_go_through_the_pictures_and_stay_at_the_ends(row: ThreeInARow) -> None:
    picker = PicturePicker(row, row)
    chosen: list[int] = []
    moved: list[int] = []
    picker.chosen.connect(chosen.append)
    picker.moved.connect(moved.append)

    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Return,
    ):
        QTest.keyClick(row, key)

    assert moved == [0, 1, 2, 0, 2]
    assert chosen == [2]
    assert row.described == 5


def test_without_pictures_keys_do_nothing(row: ThreeInARow) -> None:
    picker = PicturePicker(row, row)
    row.count = 0

    QTest.keyClick(row, Qt.Key.Key_Right)
    QTest.keyClick(row, Qt.Key.Key_Space)

    assert picker.cursor == 0
    assert row.described == 0


def test_the_picture_under_the_mouse_is_known_until_it_leaves(
    qtbot: QtBot, row: ThreeInARow
) -> None:
    picker = PicturePicker(row, row)

    QTest.mouseMove(row, row.place(1).center())
    qtbot.waitUntil(lambda: picker.hovered == 1)
    assert row.cursor().shape() == Qt.CursorShape.PointingHandCursor

    QTest.mouseMove(row, QPoint(5, _SIDE + 5))
    qtbot.waitUntil(lambda: picker.hovered is None)
