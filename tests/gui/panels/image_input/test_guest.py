"""What is drawn or loaded: a guest that has no label until someone says what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.image_input.panel import InputImage
from gui.session import Session
from model.image_input import centred
from model.path import Path as StepPath
from model.path.saved import saved_path
from model.phase import Phase
from tests.gui.helpers.image_bench import SHAPE, digits_session
from tests.gui.helpers.paper_bench import shown_card, stroke

Act = Callable[[Session], None]


@pytest.fixture
def session() -> Session:
    return digits_session()


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> InputImage:
    return shown_card(qtbot, session)


def photo(folder: Path, *marks: tuple[int, int, int, int]) -> Path:
    """Dark marks (top, left, bottom, right) on white paper of 120 x 100 pixels."""
    image = QImage(100, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for top, left, bottom, right in marks:
        for row in range(top, bottom):
            for column in range(left, right):
                image.setPixelColor(column, row, QColor("#202020"))
    file = folder / "photo.png"
    assert image.save(str(file))
    return file


def load(card: InputImage, qtbot: QtBot, file: Path) -> None:
    card.load_file(file)
    qtbot.waitUntil(card.seen_ink.isVisible)


def test_a_drawing_leaves_the_example_as_it_was(card: InputImage, session: Session) -> None:
    examples = session.path.setup.examples
    before, target = examples.inputs(0).copy(), examples.target(0).copy()

    stroke(card, (1.0, 1.0), (6.0, 6.0))

    after = session.path.setup.examples
    assert np.array_equal(after.inputs(0), before)
    assert np.array_equal(after.target(0), target)
    assert session.state.example is None
    assert not session.state.is_labelled
    assert not np.array_equal(session.state.inputs, before)


def test_a_guest_has_scores_and_nothing_to_learn(card: InputImage, session: Session) -> None:
    session.playback.take(50)
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    state = session.state

    expected = [
        sum(w * x for w, x in zip(row, state.inputs.tolist(), strict=True))
        for row in state.weights.tolist()
    ]
    assert state.pred == pytest.approx(np.array(expected), abs=1e-12)
    assert not state.delta.any()
    assert not state.error.any()
    assert not state.weight_delta.any()
    steps, _ = session.path.errors(0, session.playback.length + 1)
    assert steps.tolist() == list(range(50))


@pytest.mark.parametrize(
    "act",
    [
        lambda session: session.playback.step(),
        lambda session: session.playback.run(),
        lambda session: session.playback.take(7),
        lambda session: (session.playback.predict(), session.playback.compare()),
        lambda session: session.playback.run_to(9, 9),
    ],
)
def test_the_label_is_asked_for_and_nothing_is_half_done(
    card: InputImage, session: Session, act: Act
) -> None:
    session.playback.take(3)
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    weights = session.state.weights.copy()
    said: list[str] = []
    session.playback.stopped.connect(said.append)

    act(session)

    assert len(said) == 1
    assert "Say first what this image is" in said[0]
    assert session.playback.position == session.playback.length == 3
    assert session.playback.phase in (Phase.READY, Phase.PREDICTED)
    assert not session.playback.running
    assert np.array_equal(session.state.weights, weights)


def test_predict_works_without_a_label(card: InputImage, session: Session) -> None:
    stroke(card, (1.0, 1.0), (6.0, 6.0))

    session.playback.predict()

    assert session.playback.phase is Phase.PREDICTED


def test_a_label_lets_it_be_learned_from(card: InputImage, session: Session) -> None:
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    assert not any(button.isChecked() for button in card.targets.buttons)

    card.targets.buttons[4].click()

    assert session.state.is_labelled
    assert session.state.target.tolist() == np.eye(10)[4].tolist()
    assert card.caption.text == "your own image · labelled 4"
    session.playback.step()
    assert session.playback.position == 1
    assert session.state.example == 1


def test_another_drawing_has_no_label_again(card: InputImage, session: Session) -> None:
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    card.targets.buttons[4].click()

    stroke(card, (6.0, 1.0), (1.0, 6.0))

    assert not session.state.is_labelled
    assert not any(button.isChecked() for button in card.targets.buttons)


def test_a_run_from_before_stops_where_the_label_is_missing(
    card: InputImage, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(5)
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    session.playback.seek(2)
    session.playback.set_speed(float("inf"))

    session.playback.run()
    qtbot.waitUntil(lambda: not session.playback.running)

    assert session.playback.position == 5
    assert "Say first" in session.playback.stop_reason


def test_a_guest_without_a_label_is_saved_and_comes_back(
    card: InputImage, session: Session
) -> None:
    stroke(card, (1.0, 1.0), (6.0, 6.0))
    path = StepPath(session.experiment.setup, session.experiment.weights)
    path.edit(*session.path.edits)

    assert path.lacks_label
    assert path.extend(3) == 0
    assert np.array_equal(path.state(0).inputs, session.state.inputs)
    assert saved_path(session.experiment).length == 0


def test_centre_moves_the_ink_and_keeps_its_size(card: InputImage, session: Session) -> None:
    card.clear.click()
    stroke(card, (0.0, 0.0), (2.0, 1.0))
    drawn = session.state.inputs

    card.centre.click()

    assert np.array_equal(session.state.inputs, centred(drawn, SHAPE))
    assert sorted(session.state.inputs) == sorted(drawn)
    rows = session.state.inputs.reshape(SHAPE).sum(axis=1)
    assert abs(float(rows @ np.arange(8)) / rows.sum() - 3.5) <= 0.5
    assert session.edits.undo_text == "centred"


def test_what_was_taken_as_ink_is_shown_and_said(
    card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    session.notices.refused.connect(said.append)
    assert card.seen_ink.isHidden()

    load(card, qtbot, photo(tmp_path, (30, 40, 90, 52)))

    seen = card.seen_ink
    assert seen.isVisible()
    assert seen.picture is not None
    (sentence,) = said
    assert sentence == (
        "The ink was found in rows 31 to 90 and columns 41 to 52 of the picture, and scaled and "
        "centred like the images of the data set."
    )
    assert sentence in seen.accessibleDescription()
    small = seen.width()
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton)
    assert seen.width() > 2 * small
    QTest.keyClick(seen, Qt.Key.Key_Escape)
    assert seen.width() == small


def test_the_ink_and_its_box_are_marked_where_they_were(
    card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    load(card, qtbot, photo(tmp_path, (30, 40, 90, 52)))
    seen = card.seen_ink
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton)

    print_ = seen.grab().toImage()
    in_ink = print_.pixelColor(46 * seen.width() // 100, 60 * seen.height() // 120)
    on_paper = print_.pixelColor(80 * seen.width() // 100, 60 * seen.height() // 120)
    assert in_ink.saturation() > 60
    assert on_paper.lightness() > 240


def test_doubt_is_said(card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    said: list[str] = []
    session.notices.refused.connect(said.append)

    load(card, qtbot, photo(tmp_path, (30, 20, 90, 30), (30, 60, 90, 70)))

    assert "2 marks that may be digits" in said[0]


def test_the_print_goes_with_the_picture(
    card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    load(card, qtbot, photo(tmp_path, (30, 40, 90, 52)))
    card.targets.buttons[1].click()
    assert card.seen_ink.isVisible()

    session.edits.undo()
    session.edits.undo()

    assert card.seen_ink.isHidden()
    assert card.seen_ink.picture is None


def test_after_learn_alone_the_image_it_used_stays_in_sight(
    card: InputImage, session: Session
) -> None:
    used = session.state.inputs
    for part in (session.playback.predict, session.playback.compare, session.playback.learn):
        part()

    assert np.array_equal(session.seen.inputs, used)
    assert card.caption.text == "example 1 · labelled 0"
    assert not card.targets.isEnabled()
    assert not card.reset.isEnabled()

    session.playback.predict()

    assert card.caption.text == "example 2 · labelled 1"
    assert card.targets.isEnabled()
