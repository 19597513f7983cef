"""The table of all examples with 100,000 of them: typing, scrolling, adding and pasting."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.panels.all_examples.panel import AllExamplesPanel
from gui.window.window import Window
from model.building.parts import experiment_of, parts_of
from model.experiment import Experiment
from model.files.library import open_experiment
from tests.benchmarks.measure import heading

_EXAMPLES, _INPUTS = 100_000, 20


def main() -> None:
    """Print the figures of the table, in milliseconds of the processor."""
    heading(f"The table of {_EXAMPLES:,} examples and {_INPUTS} inputs (whole window)")
    app = application()
    look.choose("light")
    window = Window(_large())
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    panel = window.panel("all_examples")
    assert isinstance(panel, AllExamplesPanel)
    table, actions = panel.table, panel.actions_of_table
    table.setFocus()
    table.go_to(_EXAMPLES // 2, 3)

    def type_a_number() -> None:
        QTest.keyClicks(table, "5")
        if table.editor is not None:
            QTest.keyClick(table.editor, Qt.Key.Key_Return)

    def scroll() -> None:
        table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 500)

    def paste() -> None:
        QApplication.clipboard().setText("1\t2\t3\n" * 1000)
        actions.paste.trigger()

    for name, deed in (
        ("a number is typed", type_a_number),
        ("scrolled by 500 examples", scroll),
        ("a step is made", window.session.playback.step),
        ("an example is added", actions.add.trigger),
        ("that is undone", window.session.edits.undo),
        ("1,000 x 3 numbers are pasted", paste),
    ):
        print(f"  {name:<32} {1000 * _spent(app, deed):8.1f} ms")
    window.session.edits.mark_saved()
    window.close()


def _large() -> Experiment:
    season = open_experiment("The whole season")
    rng = np.random.default_rng(0)
    parts = parts_of(season, season.setup, season.weights, 0)
    return experiment_of(
        replace(
            parts, inputs=tuple(f"input {n + 1}" for n in range(_INPUTS)),
            rows=rng.normal(size=(_EXAMPLES, _INPUTS)), targets=rng.normal(size=(_EXAMPLES, 1)),
            weights=np.zeros((1, _INPUTS)), frozen=np.zeros((1, _INPUTS), dtype=np.bool_),
        )
    )  # fmt: skip


def _spent(app: QApplication, deed: Callable[[], object], times: int = 5) -> float:
    """Seconds of the processor for one deed and all that follows on screen, of several."""
    before = time.process_time()
    for _ in range(times):
        deed()
        app.processEvents()
    return (time.process_time() - before) / times
