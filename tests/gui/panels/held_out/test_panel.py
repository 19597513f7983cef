"""The panel of what is held out: its errors against a plain loop, by step."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.panels.held_out.panel import HeldOutPanel
from gui.session import Session
from model.experiment import Experiment
from model.files.tables.choice import Choice, experiment_of
from model.files.tables.dialect import guess
from model.files.tables.table import read_table
from model.words import numbers
from tests.gui.helpers.showing import on_screen

ROWS = [(0.1 * row, (row % 3) * 0.5, 0.2 * row - (row % 3) * 0.3) for row in range(12)]
LEFT = Qt.MouseButton.LeftButton


def experiment() -> Experiment:
    content = ("a,b,c\n" + "".join(f"{a},{b},{c}\n" for a, b, c in ROWS)).encode()
    choice = Choice(("a", "b"), ("c",), alpha=0.05, held_out=0.25)
    return experiment_of(read_table(content, guess(content), "t.csv"), choice, "t")


@pytest.fixture
def session() -> Session:
    return Session(experiment())


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> HeldOutPanel:
    panel = HeldOutPanel(session)
    session.setParent(panel)
    return on_screen(qtbot, panel, (380, 420))


def mean_error(
    weights: Sequence[float], inputs: Sequence[Sequence[float]], targets: Sequence[Sequence[float]]
) -> float:
    total = 0.0
    for row, target in zip(inputs, targets, strict=True):
        delta = sum(x * w for x, w in zip(row, weights, strict=True)) - target[0]
        total += delta**2
    return total / len(inputs)


def settled(qtbot: QtBot, session: Session) -> None:
    """Until all steps that a plot needs are measured."""
    evaluator = session.evaluator
    qtbot.waitUntil(
        lambda: not evaluator.busy and evaluator.missing(session.playback.length) is None
    )


def test_the_errors_of_every_measured_step_are_those_of_a_plain_loop(
    qtbot: QtBot, session: Session, panel: HeldOutPanel
) -> None:
    session.playback.take(40)
    settled(qtbot, session)
    held_out, examples = session.experiment.held_out, session.experiment.setup.examples
    assert held_out is not None
    assert len(held_out) == 3
    weights, learned = [0.0, 0.0], examples.base_inputs.tolist()
    targets = examples.base_targets.tolist()
    by_step = {}
    for step in range(41):
        by_step[step] = (
            mean_error(weights, held_out.inputs.tolist(), held_out.targets.tolist()),
            mean_error(weights, learned, targets),
        )
        row, target = learned[step % len(learned)], targets[step % len(learned)][0]
        delta = sum(x * w for x, w in zip(row, weights, strict=True)) - target
        weights = [w - 0.05 * delta * x for x, w in zip(row, weights, strict=True)]
    points = session.evaluator.errors
    assert len(points) > 10
    for point in points:
        assert point[1:] == pytest.approx(by_step[point.step], rel=1e-9)
    assert panel.held_out.text == numbers.short(by_step[40][0])
    assert panel.training.text == numbers.short(by_step[40][1])
    least = min(points, key=lambda point: point.error)
    assert panel.best_button.text() == (f"least {numbers.short(least.error)} at step {least.step}")


def test_a_press_goes_back_to_the_least_error(
    qtbot: QtBot, session: Session, panel: HeldOutPanel
) -> None:
    session.playback.take(20)
    session.edits.set_alpha(40.0)
    session.playback.take(4)
    settled(qtbot, session)
    least = session.evaluator.least_error
    assert least is not None
    assert 0 < least.step <= 20
    qtbot.mouseClick(panel.best_button, LEFT)
    assert session.playback.position == least.step
    qtbot.waitUntil(lambda: panel.step.text == f"at step {least.step}")


def test_an_edited_example_changes_the_training_error_alone(
    qtbot: QtBot, session: Session, panel: HeldOutPanel
) -> None:
    session.playback.take(5)
    settled(qtbot, session)
    before = session.evaluator.measured
    session.edits.set_target(0, 50.0)
    settled(qtbot, session)
    after = session.evaluator.measured
    assert before is not None
    assert after is not None
    assert after.errors.error == before.errors.error
    assert after.errors.training > before.errors.training + 100


def test_what_has_grown_beyond_use_is_said_and_not_plotted(
    qtbot: QtBot, session: Session, panel: HeldOutPanel
) -> None:
    session.edits.set_alpha(1e9)
    session.playback.take(60)
    settled(qtbot, session)
    panel.grab()
    assert all(point.error < float("inf") for point in session.evaluator.errors)
