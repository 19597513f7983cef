"""Seeds of the order, swept: each is another experiment, which undo takes back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.sweep.panel import SweepPanel
from gui.panels.sweep.plot import Scale
from gui.session import Session
from gui.window.notice_bar import NoticeBar
from model.files.library import open_experiment
from model.study.floor import mean_errors
from tests.gui.helpers.bench import made_up
from tests.gui.helpers.showing import on_screen
from tests.model.made_up import bits

ROWS: Sequence[Sequence[float]] = [[1.0, 0.5], [-0.25, 2.0], [0.75, -1.0], [0.1, 0.3]]


def shown(qtbot: QtBot, session: Session) -> SweepPanel:
    return on_screen(qtbot, SweepPanel(session), (420, 460))


def test_a_seed_of_the_order_comes_to_the_bench_and_gives_way_again(qtbot: QtBot) -> None:
    session = made_up(ROWS, [[1.0], [0.0], [0.5], [2.0]], [[0.2, -0.1]], 0.2, order="shuffle")
    panel = shown(qtbot, session)
    panel.kind_box.setFocus()
    QTest.keyClick(panel.kind_box, Qt.Key.Key_Down)
    assert panel.question.kind == "order"
    panel.fields["steps"].edited.emit(10.0, None)
    QTest.mouseClick(panel.sweep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.busy)
    runs = panel.runs
    assert [run.seed for run in runs] == list(range(10))
    assert len({run.error for run in runs}) > 1
    session.playback.take(3)
    before = bits(session.playback.bench.path)
    panel.plot.setFocus()
    QTest.keyClick(panel.plot, Qt.Key.Key_End)
    QTest.keyClick(panel.plot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not session.pins.busy)
    assert session.experiment.setup.schedule.seed == 9
    assert session.playback.length == 10
    error = mean_errors(session.path.setup, session.path.weights(10)).mean()
    assert runs[9].error == error
    session.edits.undo()
    assert session.experiment.setup.schedule.seed == 0
    assert bits(session.playback.bench.path) == before

    # A lesson's bench keeps its form, and what was swept for another one is gone.
    session.set_aside(open_experiment("Several steps"))
    assert not panel.runs
    assert panel.kind_box.count() == 2


def test_why_nothing_is_swept_is_told_for_as_long_as_it_is_so(qtbot: QtBot) -> None:
    session = made_up(ROWS, [[1.0], [0.0], [0.5], [2.0]], [[0.2, -0.1]], 0.2)
    panel, bar = shown(qtbot, session), NoticeBar(session)
    qtbot.addWidget(bar)
    for field, wrong, right in (("low", -1.0, 0.01), ("count", 1.0, 5.0), ("steps", 0.0, 3.0)):
        panel.fields[field].edited.emit(wrong, None)
        QTest.mouseClick(panel.sweep_button, Qt.MouseButton.LeftButton)
        assert bar.text == panel.question.fault != ""
        panel.fields[field].edited.emit(right, None)
        assert bar.text == ""

    # What others have said since then stays.
    panel.fields["count"].edited.emit(1.0, None)
    QTest.mouseClick(panel.sweep_button, Qt.MouseButton.LeftButton)
    session.notices.refuse("Something else.")
    panel.fields["count"].edited.emit(5.0, None)
    assert bar.text == "Something else."

    QTest.mouseClick(panel.sweep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.busy)
    session.edits.set_weight(0, 0, 0.7)
    panel.plot.chosen.emit(0)
    assert "has changed since this sweep" in bar.text
    session.edits.undo()
    qtbot.waitUntil(lambda: bar.text == "")
    panel.plot.chosen.emit(0)
    assert bar.text == ""


def test_ticks_of_an_axis_are_few_and_inside() -> None:
    for low, high in ((1e-5, 3e-2), (0.011, 0.019), (1e-9, 1e9), (0.5, 0.51)):
        ticks = Scale(low, high, log=True).ticks(8)
        assert len(ticks) <= 8
        assert all(low <= tick.value <= high for tick in ticks)
        assert np.isfinite([Scale(low, high, log=True).place(tick.value) for tick in ticks]).all()
    assert [tick.text for tick in Scale(0, 9, whole=True).ticks(5)] == ["0", "2", "4", "6", "8"]
