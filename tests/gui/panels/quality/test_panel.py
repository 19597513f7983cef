"""The quality panel: its numbers agree with the network, and what is clicked happens."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.quality.mistakes import Mistake, MistakesView
from gui.panels.quality.panel import QualityPanel
from gui.panels.quality.readout import HeldOutReadout
from gui.plots.confusion import ConfusionView
from gui.session import Session
from gui.session.evaluator import Evaluator
from model.words.numbers import percent
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_experiment, digits_session, made_up_digits


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return digits_session()


@pytest.fixture
def evaluator(session: Session) -> Evaluator:
    return session.evaluator


@pytest.fixture
def panel(qtbot: QtBot, session: Session, evaluator: Evaluator) -> Iterator[QualityPanel]:
    made = QualityPanel(session)
    qtbot.addWidget(made)
    made.resize(460, 440)
    session.playback.take(25)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not evaluator.busy)
    yield made
    session.playback.pause()


def guesses(session: Session) -> list[tuple[int, int]]:
    """Label and answer for each held-out image."""
    digits = session.experiment.digits
    assert digits is not None
    scores = digits.held_out_images @ session.state.weights.T
    return list(zip(digits.held_out_labels.tolist(), scores.argmax(axis=1).tolist(), strict=True))


def a_mistake(session: Session) -> tuple[int, int]:
    return next(pair for pair in guesses(session) if pair[0] != pair[1])


def click_cell(panel: QualityPanel, pair: tuple[int, int]) -> None:
    at = panel.confusion.cell_rect(pair).center()
    QTest.mouseClick(panel.confusion, Qt.MouseButton.LeftButton, pos=at)


def test_the_headline_says_what_part_is_right_and_when(
    panel: QualityPanel, session: Session
) -> None:
    pairs = guesses(session)
    right = sum(label == guess for label, guess in pairs)

    assert panel.accuracy.text() == f"{100 * right / len(pairs):.1f} %"
    assert panel.images.text == "of 20 held out"
    assert panel.step.text == "at step 25"
    assert panel.error.text.startswith("mean error 0.")


def test_a_step_is_followed(qtbot: QtBot, panel: QualityPanel, session: Session) -> None:
    session.playback.take(150)
    qtbot.waitUntil(lambda: panel.step.text == "at step 175")

    pairs = guesses(session)
    right = sum(label == guess for label, guess in pairs)
    assert panel.accuracy.text() == f"{100 * right / len(pairs):.1f} %"


def test_the_plot_learns_of_the_steps_that_nobody_watched(
    qtbot: QtBot, panel: QualityPanel, evaluator: Evaluator, session: Session
) -> None:
    panel.hide()
    session.playback.take(400)
    panel.show()
    qtbot.waitUntil(lambda: evaluator.missing(session.playback.length) is None)

    measured = [point.step for point in evaluator.history]
    assert len(measured) >= 20
    assert measured[0] == 0
    assert measured[-1] == session.playback.length


def test_a_result_for_other_weights_is_not_shown(
    qtbot: QtBot, panel: QualityPanel, session: Session
) -> None:
    shown = panel.accuracy.text()
    cells = [(output, pixel) for output in range(10) for pixel in range(64)]
    session.edits.edit("weights", cells, [0.0] * 640, "erased")
    assert panel.accuracy.text() == "…"
    qtbot.waitUntil(lambda: panel.accuracy.text() != "…")
    assert panel.accuracy.text() != shown


def test_pointing_at_a_cell_reads_it_out(
    qtbot: QtBot, panel: QualityPanel, session: Session
) -> None:
    label, guess = a_mistake(session)
    times = guesses(session).count((label, guess))

    QTest.mouseMove(panel.confusion, panel.confusion.cell_rect((label, guess)).center())

    said = "once" if times == 1 else f"{times} times"
    qtbot.waitUntil(lambda: panel.readout.text == f"{label} taken for {guess}: {said}")


def test_the_keyboard_reads_cells_and_chooses_one(panel: QualityPanel, session: Session) -> None:
    label, guess = a_mistake(session)
    panel.confusion.setFocus()
    for _ in range(label):
        QTest.keyClick(panel.confusion, Qt.Key.Key_Down)
    for _ in range(guess):
        QTest.keyClick(panel.confusion, Qt.Key.Key_Right)
    QTest.keyClick(panel.confusion, Qt.Key.Key_Return)

    assert panel.heading.text == f"{label} taken for {guess}"
    assert f"{label} taken for {guess}" in panel.confusion.accessibleDescription()
    assert {(m.label, m.guess) for m in panel.mistakes.mistakes} == {(str(label), str(guess))}

    QTest.keyClick(panel.confusion, Qt.Key.Key_Escape)

    assert panel.heading.text == "worst mistakes"


def test_a_click_on_a_cell_filters_and_all_takes_it_back(
    panel: QualityPanel, session: Session
) -> None:
    wrong = [pair for pair in guesses(session) if pair[0] != pair[1]]
    assert len(panel.mistakes.mistakes) == len(wrong)

    click_cell(panel, wrong[0])
    assert len(panel.mistakes.mistakes) == wrong.count(wrong[0])
    assert panel.all_button.isVisible()

    QTest.mouseClick(panel.all_button, Qt.MouseButton.LeftButton)
    assert len(panel.mistakes.mistakes) == len(wrong)
    assert not panel.all_button.isVisible()


def test_a_cell_of_the_diagonal_stands_for_all_mistakes_on_its_digit(
    panel: QualityPanel, session: Session
) -> None:
    wrong = [pair for pair in guesses(session) if pair[0] != pair[1]]
    label = wrong[0][0]

    click_cell(panel, (label, label))

    assert len(panel.mistakes.mistakes) == sum(pair[0] == label for pair in wrong)
    assert panel.heading.text == f"worst mistakes on {label}"


def test_the_worst_mistake_comes_first(panel: QualityPanel) -> None:
    margins = [mistake.margin for mistake in panel.mistakes.mistakes]

    assert margins == sorted(margins, reverse=True)


@pytest.mark.parametrize("by_key", [False, True])
def test_a_mistake_is_put_on_the_bench(panel: QualityPanel, session: Session, by_key: bool) -> None:
    mistake = panel.mistakes.mistakes[1]
    digits = session.experiment.digits
    assert digits is not None
    session.playback.run()

    if by_key:
        panel.mistakes.setFocus()
        QTest.keyClick(panel.mistakes, Qt.Key.Key_Right)
        QTest.keyClick(panel.mistakes, Qt.Key.Key_Return)
    else:
        at = panel.mistakes.place(1).center()
        QTest.mouseClick(panel.mistakes, Qt.MouseButton.LeftButton, pos=at)

    assert not session.playback.running
    assert session.state.example is None
    assert np.array_equal(session.state.inputs, digits.held_out_images[mistake.image])
    assert session.state.target.tolist() == [float(str(at) == mistake.label) for at in range(10)]
    assert session.edits.undo_text == f"held-out {mistake.label}"


def test_a_click_beside_the_mistakes_does_nothing(panel: QualityPanel, session: Session) -> None:
    click_cell(panel, a_mistake(session))
    panel.mistakes.resize(300, 300)

    QTest.mouseClick(panel.mistakes, Qt.MouseButton.LeftButton, pos=QPoint(298, 298))

    assert session.edits.count == 0


def test_nothing_is_worked_out_while_it_is_hidden(
    panel: QualityPanel, session: Session, evaluator: Evaluator
) -> None:
    panel.hide()
    session.playback.take(10)
    assert not evaluator.busy

    panel.show()
    assert evaluator.busy


def test_an_experiment_without_images_is_told_apart(
    qtbot: QtBot, panel: QualityPanel, session: Session
) -> None:
    click_cell(panel, a_mistake(session))
    session.open(builtin("Several outputs").experiment)
    assert not panel.confusion.isVisible()

    session.open(digits_experiment(30, count_outputs=4))
    qtbot.waitUntil(lambda: panel.step.text == "at step 0")

    assert panel.confusion.isVisible()
    assert panel.heading.text == "worst mistakes"
    panel.grab()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_it_becomes_wide_and_narrow_again_in_every_theme(
    qtbot: QtBot, panel: QualityPanel, theme: str
) -> None:
    look.choose(theme)
    for size in ((690, 700), (470, 440)):
        panel.resize(*size)
        # Layouts take effect with the next events.
        qtbot.waitUntil(lambda: panel.mistakes.capacity >= 6)
        panel.grab()

        assert panel.width() == size[0]
        last = panel.confusion.cell_rect((9, 9))
        assert panel.confusion.rect().contains(last)


def test_a_matrix_of_any_size_can_be_drawn(qtbot: QtBot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    for n in (1, 2, 70, 300):
        names = tuple(f"name {at}" for at in range(n))
        view.set_counts(names, np.arange(n * n, dtype=np.int64).reshape(n, n))
        assert not view.grab().isNull()


def test_all_is_only_said_where_it_is_all() -> None:
    assert percent(0.99996) == "99.9 %"
    assert percent(1.0) == "100.0 %"
    assert percent(0.7924) == "79.2 %"


def test_mistakes_are_pictures_of_the_digits_they_were_made_on(qtbot: QtBot) -> None:
    mistakes = [Mistake(at, "1", "2", 0.5, 2) for at in range(4)]
    pictures = []
    views = MistakesView(), MistakesView()
    for view, digits in zip(views, (made_up_digits(), made_up_digits(seed=1)), strict=True):
        qtbot.addWidget(view)
        view.resize(300, 200)
        view.set_mistakes(digits, mistakes)
        pictures.append(view.grab().toImage())
    views[0].set_mistakes(made_up_digits(seed=1), mistakes)

    assert pictures[0] != pictures[1]
    assert views[0].grab().toImage() == pictures[1]


def test_a_pair_looked_into_elsewhere_filters_too(panel: QualityPanel, session: Session) -> None:
    label, guess = a_mistake(session)

    session.view.show(pair=[label, guess])

    assert panel.heading.text == f"{label} taken for {guess}"
    assert panel.confusion.pair == (label, guess)
    click_cell(panel, (label, guess))
    assert session.view.pair is None


def test_the_readout_leads_to_the_panel_and_goes_with_the_images(
    qtbot: QtBot, session: Session
) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    readout = HeldOutReadout(session, place)
    with qtbot.waitExposed(place):
        place.show()
    qtbot.waitUntil(lambda: "%" in readout.text())

    readout.click()
    assert session.view.panel == "quality"

    session.open(builtin("Several outputs").experiment)
    assert readout.isHidden()
    session.open(digits_experiment(30))
    assert not readout.isHidden()


def test_the_matrix_is_copied_as_a_table(panel: QualityPanel, evaluator: Evaluator) -> None:
    assert evaluator.evaluation is not None
    counts = evaluator.evaluation.quality.confusion
    panel.confusion.setFocus()
    QTest.keyClick(panel.confusion, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *rows = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t") == ["answer", *"0123456789"]
    assert [[int(cell) for cell in row.split("\t")[1:]] for row in rows] == counts.tolist()
    QGuiApplication.clipboard().clear()
    panel.copy()
    assert QGuiApplication.clipboard().text().splitlines() == [head, *rows]
