"""The best held-out moment: marked, a press away; and examples that are learned by heart."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.quality.panel import QualityPanel
from gui.panels.quality.readout import HeldOutReadout
from gui.panels.time.time_line import TimeLine
from gui.session import Session
from model.accuracy_history import Point
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told


@pytest.fixture
def session() -> Session:
    return digits_session()


def shown_panel(qtbot: QtBot, session: Session) -> QualityPanel:
    panel = on_screen(qtbot, QualityPanel(session), (520, 560))
    qtbot.waitUntil(lambda: not session.evaluator.busy)
    return panel


def is_measured(session: Session, step: int) -> bool:
    return any(point.step == step for point in session.evaluator.history)


def measure(session: Session, qtbot: QtBot, *steps: int) -> None:
    """Look at steps one after another until each is measured."""
    for step in steps:
        session.playback.seek(step)
        qtbot.waitUntil(partial(is_measured, session, step))
    qtbot.waitUntil(lambda: not session.evaluator.busy)


def measured_best(session: Session) -> Point:
    best = None
    for point in session.evaluator.history:
        if best is None or point.accuracy > best.accuracy:
            best = point
    assert best is not None
    return best


def test_the_best_moment_is_one_press_away(qtbot: QtBot, session: Session) -> None:
    session.playback.take(120)
    panel = shown_panel(qtbot, session)
    measure(session, qtbot, 0, 60, 120)
    best = measured_best(session)
    elsewhere = 0 if best.step != 0 else 120
    session.playback.seek(elsewhere)
    qtbot.waitUntil(lambda: not session.evaluator.busy)

    assert session.evaluator.best == best
    assert f"{100 * best.accuracy:.1f} %" in panel.best_button.text()
    assert f"step {best.step:,}" in panel.best_button.text()
    panel.best_button.click()

    assert session.playback.position == best.step
    assert not panel.best_button.isEnabled()


def test_the_ring_in_the_plot_goes_there_too(qtbot: QtBot, session: Session) -> None:
    session.playback.take(120)
    panel = shown_panel(qtbot, session)
    measure(session, qtbot, 0, 60, 120)
    best = measured_best(session)
    session.playback.seek(1)
    qtbot.waitUntil(lambda: not session.evaluator.busy)
    plot = panel.plot
    plot.grab()
    ring = next(
        QPoint(x, y)
        for x in range(plot.width())
        for y in range(plot.height())
        if plot.is_at_best(QPointF(x, y))
    )

    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=ring)

    assert session.playback.position == best.step


def test_the_time_line_marks_it_and_a_press_near_it_goes_there(
    qtbot: QtBot, session: Session
) -> None:
    session.playback.take(500)
    line = TimeLine(session)
    qtbot.addWidget(line)
    line.resize(400, line.minimumSizeHint().height())
    line.show()
    before = line.grab().toImage()
    shown_panel(qtbot, session)
    measure(session, qtbot, 0, 130, 500)
    best = measured_best(session)
    session.playback.seek(0 if best.step else 500)
    QApplication.processEvents()

    assert line.grab().toImage() != before
    track = line.width() - 32
    x = round(16 + track * best.step / 500)
    assert f"step {best.step:,} has the best held-out accuracy" in line.tip_at(QPoint(x, 10))
    wait_until_told(qtbot, line, f"step {best.step:,} has the best")
    if 16 < x < 16 + track:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(x + 2, 18))
        assert session.playback.position == best.step


def test_an_edit_forgets_a_best_that_came_after_it(qtbot: QtBot, session: Session) -> None:
    session.playback.take(120)
    shown_panel(qtbot, session)
    measure(session, qtbot, 0, 60, 120)

    session.playback.seek(0)
    session.edits.set_alpha(0.01)
    qtbot.waitUntil(lambda: not session.evaluator.busy)

    assert session.evaluator.best is not None
    assert session.evaluator.best.step == 0


def test_held_out_and_epoch_explain_themselves(qtbot: QtBot, session: Session) -> None:
    session.playback.take(250)
    panel = shown_panel(qtbot, session)
    readout = HeldOutReadout(session)
    qtbot.addWidget(readout)
    readout.show()
    line = TimeLine(session)
    qtbot.addWidget(line)
    line.show()
    evaluation = session.evaluator.evaluation
    assert evaluation is not None
    right = int(
        np.count_nonzero(evaluation.quality.answers.labels == evaluation.quality.answers.guesses)
    )

    sentence = f"of these 20 the network says {right} right at step 250"
    assert sentence in panel.accuracy.toolTip()
    assert sentence in panel.accuracy.accessibleDescription()
    assert sentence in readout.toolTip()
    epoch = "epoch 2: in each epoch of 200 steps every example is visited once; 50 of these"
    assert epoch in line.tip_at(QPoint(30, line.height() - 4))
    wait_until_told(qtbot, line, epoch)


def test_learning_by_heart_is_said_once_with_its_numbers(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.playback.take(400)
    readout = HeldOutReadout(session)
    qtbot.addWidget(readout)
    readout.show()
    panel = shown_panel(qtbot, session)
    said: list[str] = []
    session.notices.refused.connect(said.append)
    decline = Point(40, 0.77, 0.05), Point(400, 0.66, 0.09)
    monkeypatch.setattr(
        "model.accuracy_history.AccuracyHistory.decline", lambda _history, _n: decline
    )

    measure(session, qtbot, 390, 395)

    errors = [float(session.path.errors(0, 40)[1][:, 1].mean())]
    errors.append(float(session.path.errors(200, 400)[1][:, 1].mean()))
    assert errors[1] < errors[0]
    expected = (
        f"The examples are being learned by heart: their error fell from {errors[0]:.3g} to "
        f"{errors[1]:.3g} since step 40, but held-out accuracy from 77.0 % to 66.0 %."
    )
    assert said == [expected]
    assert panel.heart.text() == expected
    assert panel.heart.isVisible()
