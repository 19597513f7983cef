"""The three parts of a step on the bench of images, and one image that has all the room."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.weight_images.panel import WeightImages
from gui.session import Session
from model.network import Floats
from model.phase import StepPart
from model.words import numbers
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.showing import on_screen

KEY = Qt.Key


@pytest.fixture
def session() -> Session:
    session = digits_session()
    session.playback.take(63)
    return session


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> WeightImages:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, width: int = 820, height: int = 560) -> WeightImages:
    panel = on_screen(qtbot, WeightImages(session), (width, height))
    QApplication.processEvents()
    return panel


def weight_deltas(session: Session) -> list[list[float]]:
    state = session.state
    return [[delta * x for x in state.inputs.tolist()] for delta in state.delta.tolist()]


def pictures(panel: WeightImages) -> Floats:
    return panel._sheet.values  # noqa: SLF001 -- what the pictures stand for


def test_predict_shows_the_scores_and_nothing_that_needs_a_target(
    panel: WeightImages, session: Session
) -> None:
    session.playback.predict()

    assert [card.score.pred for card in panel.cards] == session.state.pred.tolist()
    assert all(card.score.delta is None and card.score.target is None for card in panel.cards)
    assert all(card.target_field.isHidden() for card in panel.cards)
    assert not any("the target" in card.description() for card in panel.cards)
    assert {card.score.part for card in panel.cards} == {StepPart.PREDICT}
    assert panel.line.text.startswith("Predict: each score is the sum of input × weight over 64")
    assert np.array_equal(pictures(panel), session.state.weights)


def test_compare_shows_targets_deltas_and_every_weight_delta(
    panel: WeightImages, session: Session
) -> None:
    session.playback.predict()
    session.playback.compare()

    state = session.state
    assert [card.score.delta for card in panel.cards] == state.delta.tolist()
    assert [card.score.target for card in panel.cards] == state.target.tolist()
    assert all(card.target_field.isVisible() for card in panel.cards)
    assert pictures(panel).tolist() == pytest.approx(np.array(weight_deltas(session)))
    assert panel.view_bar.shown_buttons["weight_delta"].isChecked()
    most = max(abs(value) for row in weight_deltas(session) for value in row)
    assert panel.line.text.startswith("Compare: ")
    assert panel.line.text.endswith(numbers.plain(most, 3))


def test_learn_alone_shows_what_every_weight_changed_by(
    panel: WeightImages, session: Session
) -> None:
    used, alpha = session.state, session.state.setup.alpha
    for part in (session.playback.predict, session.playback.compare, session.playback.learn):
        part()

    made = session.state.weights - used.weights
    assert pictures(panel) == pytest.approx(made, abs=1e-15)
    expected = [[-alpha * value for value in row] for row in used.weight_delta.tolist()]
    assert pictures(panel) == pytest.approx(np.array(expected), abs=1e-18)
    assert [card.score.pred for card in panel.cards] == used.pred.tolist()
    assert [card.score.delta for card in panel.cards] == used.delta.tolist()
    assert not any(button.isChecked() for button in panel.view_bar.shown_buttons.values())
    assert panel.line.text.startswith("Learn: every weight changed by −0.02 × weight_delta, up to ")

    session.playback.predict()
    assert [card.score.pred for card in panel.cards] == session.state.pred.tolist()
    assert np.array_equal(pictures(panel), session.state.weights)


def test_a_frozen_weight_did_not_change(panel: WeightImages, session: Session) -> None:
    column = int(np.argmax(session.state.inputs))
    session.edits.set_frozen(4, column, True)
    for part in (session.playback.predict, session.playback.compare, session.playback.learn):
        part()

    assert pictures(panel)[4, column] == 0
    assert pictures(panel)[3, column] != 0


def test_a_step_comes_to_rest(panel: WeightImages, session: Session) -> None:
    session.playback.predict()
    session.playback.step()

    assert {card.score.part for card in panel.cards} == {StepPart.REST}
    assert [card.score.delta for card in panel.cards] == session.state.delta.tolist()
    assert np.array_equal(pictures(panel), session.state.weights)
    assert panel.line.text.startswith("Every weight is a pixel")


def test_a_person_may_look_at_something_else_in_a_part(
    panel: WeightImages, session: Session
) -> None:
    session.playback.predict()
    session.playback.compare()

    panel.view_bar.shown_buttons["weight"].click()

    assert np.array_equal(pictures(panel), session.state.weights)
    assert panel.line.text.startswith("Every weight is a pixel")
    session.playback.learn()
    assert panel.line.text.startswith("Learn: ")


def test_a_pixel_tells_the_arithmetic_of_each_part(panel: WeightImages, session: Session) -> None:
    state = session.state
    column = int(np.argmax(state.inputs))
    session.view.show(pixel=column, output=4)
    x, weight, delta = state.inputs[column], state.weights[4, column], state.delta[4]
    name = session.experiment.inputs[column]

    session.playback.predict()
    assert panel.line.text == (
        f"{name} · input {numbers.plain(x, 3)} × weight {numbers.signed(weight)} = "
        f"{numbers.signed(x * weight)}"
    )

    session.playback.compare()
    assert panel.line.text == (
        f"{name} · delta {numbers.signed(delta)} × input {numbers.plain(x, 3)} = "
        f"weight_delta {numbers.signed(delta * x)}"
    )

    session.playback.learn()
    change = -state.setup.alpha * (delta * x)
    assert panel.line.text == (
        f"{name} · weight {numbers.signed(weight)} → {numbers.signed(weight + change)}: "
        f"change {numbers.signed(change)} = −0.02 × {numbers.signed(delta * x)}"
    )


def test_without_a_label_there_are_scores_alone(panel: WeightImages, session: Session) -> None:
    session.edits.draw(np.full(64, 0.5), "drew")

    assert [card.score.pred for card in panel.cards] == session.state.pred.tolist()
    assert all(card.score.target is None and card.score.delta is None for card in panel.cards)

    session.edits.set_label(3)
    assert [card.score.target for card in panel.cards] == np.eye(10)[3].tolist()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("width", [340, 460, 900])
def test_every_caption_fits(qtbot: QtBot, session: Session, theme: str, width: int) -> None:
    look.choose(theme)
    panel = shown(qtbot, session, width, 500)
    for part in (session.playback.predict, session.playback.compare, session.playback.learn):
        part()
        assert panel.line.fits(panel.line.pieces)


# -- one image that has all the room ------------------------------------------------------


def visible(panel: WeightImages) -> list[int]:
    return [card.output for card in panel.cards if card.isVisible()]


def test_a_double_click_gives_an_image_all_the_room(panel: WeightImages, session: Session) -> None:
    card = panel.cards[6]
    before = card.image_rect.width()

    QTest.mouseDClick(card, Qt.MouseButton.LeftButton, pos=card.image_rect.center())

    assert visible(panel) == [6]
    assert session.view.enlarged
    assert card.image_rect.width() > 2.5 * before
    assert card.image_rect.width() % 8 == 0
    assert panel.brush_bar.enlarge.isChecked()

    QTest.keyClick(card, KEY.Key_Escape)
    assert visible(panel) == list(range(10))
    assert card.image_rect.width() == before


def test_keys_and_the_button_do_so_too(panel: WeightImages, session: Session) -> None:
    QTest.keyClick(panel.cards[2], KEY.Key_Plus)
    assert visible(panel) == [2]
    QTest.keyClick(panel.cards[2], KEY.Key_Minus)
    assert len(visible(panel)) == 10

    panel.brush_bar.enlarge.click()
    assert visible(panel) == [session.view.output]
    session.view.show(output=8)
    assert visible(panel) == [8]
    panel.brush_bar.enlarge.click()
    assert len(visible(panel)) == 10


def test_another_experiment_shows_all_images(panel: WeightImages, session: Session) -> None:
    session.view.show(enlarged=True)

    session.open(digits_session(40).experiment)

    assert len(visible(panel)) == 10


@pytest.mark.parametrize(("theme", "size"), [("projector", (474, 548)), ("projector", (640, 516))])
def test_on_a_projector_images_have_eighty_pixels_in_whole_ones(
    qtbot: QtBot, session: Session, theme: str, size: tuple[int, int]
) -> None:
    look.choose(theme)
    panel = shown(qtbot, session, *size)

    for card in panel.cards:
        assert card.visibleRegion().boundingRect() == card.rect()
        assert card.image_rect.width() >= 80
        assert card.image_rect.width() % 8 == 0
