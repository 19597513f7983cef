"""What a screen reader is told while a lesson is done by the keys alone, and nothing else.

    python -m tests.lessons.transcript NAME

Prints, in order: what is announced (>), what takes the focus (*), and what is read of the parts
of the bench that the page speaks of (=), once a task has been done. Who reads it and sees no screen
should be able to answer the last question of the lesson.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.lessons.lesson import Observe, Predict, Task
from tests.gui.helpers.lesson_learner import KeyLearner
from tests.gui.helpers.spoken import Heard
from tests.gui.helpers.telling import let_all_be_told

_OF_CELL = Qt.ItemDataRole.AccessibleTextRole
_ROWS = 3
_SAID = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)


class Listener(KeyLearner):
    """Does a lesson by keys with closed eyes; ``lines`` is all that was heard."""

    def __init__(self, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(window, qtbot)
        self.lines: list[str] = []
        self._listens = True
        self._heard = Heard(monkeypatch, lambda sentence: self._write(">", sentence))
        QApplication.instance().focusChanged.connect(self._focused)  # type: ignore[union-attr]

    def stop(self) -> None:
        """Hear nothing any more."""
        QApplication.instance().focusChanged.disconnect(self._focused)  # type: ignore[union-attr]

    def _write(self, sign: str, sentence: str) -> None:
        line = f"{sign} {' '.join(sentence.split())}"
        if sentence and line not in self.lines[-1:]:
            self.lines.append(line)

    def _focused(self, _: QWidget | None, widget: QWidget | None) -> None:
        if self._listens and widget is not None:
            self._write("*", spoken(widget))

    def finish_page(self) -> None:
        """As any learner; a listener hears every answer before one is given, and then the bench."""
        while self.player.waits:
            gate = self.gate()
            if isinstance(gate, Task):
                # Tab passes much that has nothing to do with the task.
                self._listens = False
                for action in gate.solution:
                    self.do(action)
                self._listens = True
                self.settle()
                self.listen_to_parts()
            else:
                self.hear_answers(gate)
                self.answer(self.right_answer(gate))
            self.settle()

    def hear_answers(self, gate: Predict | Observe) -> None:
        """Go over the answers."""
        block = self.block
        radios = list(getattr(block, "radios", {}).values())
        self.settle()
        if radios and QApplication.focusWidget() is not radios[0]:
            self.tab_to(lambda focus: focus in radios)
        for radio in radios[1:]:
            self._go_to(radio, radios)

    def listen_to_parts(self) -> None:
        """What is told of the parts that are lit, once nothing moves."""
        let_all_be_told(self.window)
        for name in sorted(self.window.session.parts.lit):
            for sentence in dict.fromkeys(of_part(self.window, name)):
                self._write("=", sentence)


def spoken(widget: QWidget) -> str:
    """What is told of a widget: its name, its value, its description, and whether it is on."""
    seen = QAccessible.queryAccessibleInterface(widget)
    return told(seen) if seen is not None else ""


def told(seen: QAccessibleInterface) -> str:
    """The same of whatever a reader comes by."""
    found = [seen.text(kind) for kind in _SAID]
    role = seen.role().name.lower() if seen.role().name in ("RadioButton", "Button") else ""
    return "; ".join(part for part in dict.fromkeys((*found, role)) if part)


def of_part(window: Window, name: str) -> Iterator[str]:
    """What is told of one part of the bench: of what stands in its place."""
    place = window.session.parts.find(name)
    if place is None:
        return
    assert isinstance(place.owner, QWidget)
    corner = place.owner.mapTo(window, place.rect.topLeft())
    where = QRect(corner, place.rect.size())
    own = QAccessible.queryAccessibleInterface(place.owner)
    if place.rect == place.owner.rect() and own is not None:
        yield told(own)
    for table in place.owner.findChildren(QTableView):
        if table.isVisible():
            yield from rows(table)
    for widget in place.owner.findChildren(QWidget):
        at = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        if widget.isVisible() and where.contains(at.center()) and widget.accessibleName():
            yield spoken(widget)


def rows(table: QTableView) -> Iterator[str]:
    """The last few rows of a table, each cell behind the head of its column."""
    model = table.model()
    columns = range(model.columnCount())
    heads = [
        str(model.headerData(at, Qt.Orientation.Horizontal, _OF_CELL)
            or model.headerData(at, Qt.Orientation.Horizontal))
        for at in columns
    ]  # fmt: skip
    for row in range(max(0, model.rowCount() - _ROWS), model.rowCount()):
        cells = [model.index(row, at) for at in columns]
        told = [str(cell.data(_OF_CELL) or cell.data()) for cell in cells]
        yield ", ".join(f"{head} {cell}" for head, cell in zip(heads, told, strict=True))


def transcript(
    name: str, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """All that is heard of a lesson, line by line."""
    listener = Listener(window, qtbot, monkeypatch)
    try:
        listener.finish(name)
    finally:
        listener.stop()
    return listener.lines


def main() -> int:
    """Print a transcript; the exit status is that of the run."""
    parser = argparse.ArgumentParser(prog="python -m tests.lessons.transcript")
    parser.add_argument("name", help="the id of a lesson")
    options = parser.parse_args()
    place = "tests/lessons/by_ear.py::test_transcript"
    return subprocess.call([sys.executable, "-m", "pytest", "-q", "-s", f"{place}[{options.name}]"])


if __name__ == "__main__":
    sys.exit(main())
