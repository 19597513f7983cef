"""Somebody at the table of examples: clicks, keys and the clipboard in, numbers out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.all_examples.panel import AllExamplesPanel
from gui.session import Session
from model.building.parts import whole
from tests.model.made_up import bits

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Person:
    """Clicks and types in the table, and reads what stands there."""

    def __init__(self, qtbot: QtBot, panel: AllExamplesPanel, session: Session) -> None:
        self._qtbot, self.panel, self.session = qtbot, panel, session
        self.told: list[str] = []
        session.notices.refused.connect(self._note)

    def _note(self, sentence: str) -> None:
        self.told.append(sentence)

    def click(self, row: int, column: int, held: Qt.KeyboardModifier | None = None) -> None:
        table = self.panel.table
        table.scrollTo(table.model().index(row, column))
        at = table.visualRect(table.model().index(row, column)).center()
        keys = Qt.KeyboardModifier.NoModifier if held is None else held
        self._qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, at)

    def click_number(self, row: int) -> None:
        """Select an example by its number at the left."""
        header = self.panel.table.verticalHeader()
        y = header.sectionViewportPosition(row) + header.sectionSize(row) // 2
        self._qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, y))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        keys = Qt.KeyboardModifier.NoModifier if held is None else held
        self._qtbot.keyClick(self.panel.table, key, keys)

    def type(self, text: str) -> None:
        """Begin to type in the current cell, and take it by Enter."""
        self._qtbot.keyClicks(self.panel.table, text[0])
        editor = self.panel.table.editor
        assert editor is not None
        self._qtbot.keyClicks(editor, text[1:])
        self._qtbot.keyClick(editor, Qt.Key.Key_Return)

    def press(self, name: str) -> None:
        self._qtbot.mouseClick(getattr(self.panel.controls, name), Qt.MouseButton.LeftButton)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, CONTROL)

    def copied(self) -> str:
        QApplication.clipboard().setText("")
        self.key(Qt.Key.Key_C, CONTROL)
        return QApplication.clipboard().text()

    @property
    def inputs(self) -> list[list[float]]:
        return whole(self.session.state.setup.examples)[0].tolist()

    @property
    def targets(self) -> list[list[float]]:
        return whole(self.session.state.setup.examples)[1].tolist()

    @property
    def everything(self) -> tuple[object, ...]:
        """All that undo has to bring back."""
        session = self.session
        return (
            session.experiment.inputs, session.experiment.outputs, session.playback.position,
            bits(session.bench.path), self.inputs, self.targets,
        )  # fmt: skip
