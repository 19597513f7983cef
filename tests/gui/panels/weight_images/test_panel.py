from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea
from pytestqt.qtbot import QtBot

from gui.look.theme import LIGHT, look
from gui.panels.network.moment import moment_of
from gui.panels.weight_images.card_drawing import CardDrawing, CardSizes
from gui.panels.weight_images.card_grid import best_columns
from gui.panels.weight_images.image_card import ImageCard
from gui.panels.weight_images.panel import WeightImages
from gui.session import Session
from gui.widgets.tips import plain_tip
from model.network import Floats
from model.words import numbers
from model.words.why import why_weight
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import SHAPE, digits_experiment, digits_session
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import let_all_be_told

ROWS, COLS = SHAPE
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
KEY = Qt.Key
Show = Callable[..., WeightImages]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(session: Session, width: int = 820, height: int = 560) -> WeightImages:
        panel = on_screen(qtbot, WeightImages(session), (width, height))
        QApplication.processEvents()
        return panel

    return shown


def learnt(steps: int = 60, count_outputs: int = 10) -> Session:
    session = digits_session(count_outputs=count_outputs)
    session.playback.take(steps)
    return session


def image_area(card: ImageCard) -> tuple[int, int, int, int]:
    """Left, top, width and height of the image, found by asking the card what lies where."""
    middle = card.rect().center()
    xs = [x for x in range(card.width()) if 0 <= card.pixel_at(QPointF(x, middle.y()))[1] < COLS]
    ys = [y for y in range(card.height()) if 0 <= card.pixel_at(QPointF(middle.x(), y))[0] < ROWS]
    return xs[0], ys[0], len(xs), len(ys)


def at(card: ImageCard, row: float, col: float) -> QPoint:
    left, top, width, height = image_area(card)
    return QPoint(int(left + (col + 0.5) * width / COLS), int(top + (row + 0.5) * height / ROWS))


def send(card: ImageCard, kind: QEvent.Type, where: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """A mouse event as the window system sends it; QTest moves without buttons."""
    held = button if kind is not QEvent.Type.MouseButtonRelease else NO_BUTTON
    changed = button if kind is not QEvent.Type.MouseMove else NO_BUTTON
    place = QPointF(where)
    event = QMouseEvent(
        kind, place, card.mapToGlobal(place), changed, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(card, event)


def drag(card: ImageCard, *through: tuple[float, float]) -> None:
    points = [at(card, *pixel) for pixel in through]
    send(card, QEvent.Type.MouseButtonPress, points[0])
    for point in points[1:]:
        send(card, QEvent.Type.MouseMove, point)
    send(card, QEvent.Type.MouseButtonRelease, points[-1])


def hover(card: ImageCard, row: int, col: int) -> None:
    send(card, QEvent.Type.MouseMove, at(card, row, col), NO_BUTTON)


def leave(card: ImageCard) -> None:
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))


def choose(box: QComboBox, text: str) -> None:
    index = box.findText(text)
    assert index >= 0
    box.setCurrentIndex(index)


def count_of(card: ImageCard, color: str) -> int:
    """How many pixels on screen have a colour."""
    wanted = QColor(color).rgb()
    image = card.grab().toImage()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


def weights_of(session: Session, output: int) -> Floats:
    return session.state.weights[output].reshape(SHAPE)


def colors(panel: WeightImages, output: int) -> list[QColor]:
    """The colour in the middle of every weight of an output, row by row."""
    card = panel.cards[output]
    image = card.grab().toImage()
    left, top, width, height = image_area(card)
    return [
        image.pixelColor(
            int(left + (col + 0.5) * width / COLS), int(top + (row + 0.5) * height / ROWS)
        )
        for row in range(ROWS)
        for col in range(COLS)
    ]


# -- what is shown ----------------------------------------------------------------------


def test_there_is_a_card_for_every_output(show: Show) -> None:
    panel = show(learnt())

    assert [card.accessibleName() for card in panel.cards] == [
        f"Weights of {digit}" for digit in range(10)
    ]


def test_a_card_says_its_numbers_in_words(show: Show) -> None:
    session = learnt()
    panel = show(session)
    state = session.state

    let_all_be_told(panel)
    for card, target, pred, delta in zip(
        panel.cards, state.target, state.pred, state.delta, strict=True
    ):
        assert card.accessibleDescription().startswith(
            f"score {numbers.signed(pred, 3)}, target {target:g}, delta {numbers.signed(delta, 3)}"
        )


def test_weights_above_zero_are_blue_and_below_orange(show: Show) -> None:
    session = learnt()
    panel = show(session)

    for color, weight in zip(colors(panel, 3), session.state.weights[3], strict=True):
        # A weight far smaller than the largest may come out white.
        if abs(weight) > 0.05 * np.abs(session.state.weights).max():
            assert (color.blue() > color.red()) == (weight > 0)


def test_the_largest_score_and_the_label_are_marked_in_words(show: Show) -> None:
    session = learnt(67)
    panel = show(session)
    says, label = int(np.argmax(session.state.pred)), int(np.argmax(session.state.target))

    let_all_be_told(panel)
    said = [card for card in panel.cards if "what the network says" in card.accessibleDescription()]
    labelled = [card for card in panel.cards if "the target" in card.accessibleDescription()]
    assert said == [panel.cards[says]]
    assert labelled == [panel.cards[label]]


@pytest.mark.parametrize("width", [300, 900])
def test_what_is_written_on_a_card_stays_within_it(show: Show, width: int) -> None:
    session = learnt(400)
    while session.state.pred.argmax() != session.state.target.argmax():
        session.playback.take(1)
    panel = show(session, width, 400)
    card = panel.cards[int(session.state.pred.argmax())]

    # It both says the digit and is the label: the two captions are the widest there are.
    let_all_be_told(panel)
    assert "says; the target" in card.accessibleDescription()
    picture = card.grab().toImage()
    edge = {picture.pixelColor(picture.width() - 1, y).name() for y in range(picture.height())}
    assert edge == {LIGHT.background}


def test_a_network_that_knows_nothing_says_nothing(show: Show) -> None:
    panel = show(digits_session())

    assert not any(card.standing.says for card in panel.cards)


def test_the_images_follow_while_it_learns(show: Show, qtbot: QtBot) -> None:
    session = learnt(20)
    panel = show(session)
    before = [colors(panel, output) for output in range(10)]

    session.playback.set_speed(float("inf"))
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 2000, timeout=10_000)
    session.playback.pause()

    assert [colors(panel, output) for output in range(10)] != before
    assert panel.cards[2].score.pred == session.state.pred[2]
    let_all_be_told(panel)
    assert numbers.signed(session.state.pred[2], 3) in panel.cards[2].accessibleDescription()


def test_a_hidden_panel_catches_up_when_shown(show: Show) -> None:
    session = learnt()
    panel = show(session)

    panel.hide()
    session.playback.take(10)
    panel.show()

    assert panel.cards[0].score.pred == session.state.pred[0]


@pytest.mark.parametrize(("shown", "output"), [("weight_delta", 3), ("input × weight", 5)])
def test_other_numbers_can_be_shown(show: Show, shown: str, output: int) -> None:
    session = learnt(63)
    panel = show(session)
    state = session.state
    reference = [
        state.delta[output] * x if shown == "weight_delta" else state.weights[output, i] * x
        for i, x in enumerate(state.inputs)
    ]

    button = next(b for b in panel.view_bar.shown_buttons.values() if b.text() == shown)
    button.click()

    largest = max(abs(value) for value in reference)
    for color, value in zip(colors(panel, output), reference, strict=True):
        if value == 0:
            assert color == LIGHT.color("zero")
        elif abs(value) > 0.3 * largest:
            assert (color.blue() > color.red()) == (value > 0)
    assert ("weight_delta" if shown == "weight_delta" else "product") in panel.line.text


def test_each_image_may_have_its_own_scale(show: Show) -> None:
    session = learnt()
    panel = show(session)
    faintest = int(np.argmin(np.abs(session.state.weights).max(axis=1)))
    strongest = int(np.argmax(np.abs(session.state.weights[faintest])))
    fullest = LIGHT.signed(float(session.state.weights[faintest, strongest]))

    assert colors(panel, faintest)[strongest] != fullest
    choose(panel.view_bar.scale_box, "each its own scale")

    assert colors(panel, faintest)[strongest] == fullest


def test_a_fixed_scale_can_be_typed_and_must_be_above_zero(show: Show, qtbot: QtBot) -> None:
    session = learnt()
    panel = show(session)
    refused: list[str] = []
    session.notices.refused.connect(refused.append)
    field = panel.view_bar.fixed_field
    assert not field.isVisible()
    choose(panel.view_bar.scale_box, "fixed scale")
    assert field.isVisible()

    def type_in(text: str) -> None:
        field.setFocus()
        QTest.keyClick(field, KEY.Key_Return)
        assert field.editor is not None
        field.editor.setText(text)
        QTest.keyClick(field.editor, KEY.Key_Return)

    type_in("1e-9")
    weight = float(session.state.weights[0, int(np.argmax(np.abs(session.state.weights[0])))])
    assert LIGHT.signed(weight) in colors(panel, 0)
    type_in("0")

    assert field.value == 1e-9
    assert refused[-1] == "fixed colour scale: must be above zero"

    type_in("0.5")
    assert refused[-1] == ""


def test_what_is_shown_and_its_scale_can_be_set_from_elsewhere(show: Show) -> None:
    session = learnt()
    panel = show(session)
    bar = panel.view_bar

    session.view.show(quantity="input × weight", scale=0.25)
    assert bar.shown_buttons["input × weight"].isChecked()
    assert bar.scale_box.currentText() == "fixed scale"
    assert (bar.fixed_field.isVisible(), bar.fixed_field.value) == (True, 0.25)
    assert bar.key.scale == 0.25
    assert panel.line.text.startswith("Every product is a pixel")

    session.view.show(quantity="weight", scale="each")
    assert bar.shown_buttons["weight"].isChecked()
    assert bar.scale_box.currentText() == "each its own scale"
    assert not bar.fixed_field.isVisible()
    assert bar.key.scale is None


def test_what_is_chosen_here_is_what_is_looked_at(show: Show) -> None:
    session = learnt()
    panel = show(session)

    panel.view_bar.shown_buttons["weight_delta"].click()
    choose(panel.view_bar.scale_box, "fixed scale")

    most = np.abs(session.state.weight_delta).max()
    assert session.view.quantity == "weight_delta"
    assert session.view.scale == float(f"{most:.2g}")


# -- pointing ---------------------------------------------------------------------------


def test_the_pixel_under_the_mouse_is_looked_into_until_it_leaves(show: Show) -> None:
    session = learnt()
    panel = show(session)

    hover(panel.cards[4], 3, 5)
    assert session.view.pixel == 3 * COLS + 5

    leave(panel.cards[4])
    assert session.view.pixel is None


def test_a_pixel_looked_into_elsewhere_is_marked_and_told_of_the_chosen_output(show: Show) -> None:
    session = learnt()
    panel = show(session)
    session.view.show(output=6)
    before = [count_of(card, "#000000") for card in panel.cards]

    session.view.show(pixel=2 * COLS + 4)

    for card, count in zip(panel.cards, before, strict=True):
        assert count_of(card, "#000000") > count
    weight = session.state.weights[6, 2 * COLS + 4]
    assert panel.line.text.startswith("pixel 2,4 ")
    assert f"weight {numbers.signed(weight)} " in panel.line.text

    leave(panel.cards[1])  # it takes back only what was pointed at here
    assert session.view.pixel == 2 * COLS + 4


def test_the_pixel_under_the_mouse_is_told(show: Show) -> None:
    session = learnt(64)
    panel = show(session)
    row, col = divmod(int(np.argmax(session.state.inputs)), COLS)
    state, column = session.state, row * COLS + col

    hover(panel.cards[4], row, col)

    assert panel.line.text == (
        f"pixel {row},{col} · input {numbers.plain(state.inputs[column], 3)}"
        f" · weight {numbers.signed(state.weights[4, column])}"
        f" · weight_delta {numbers.signed(state.delta[4] * state.inputs[column])}"
    )


def test_a_pixel_of_an_image_without_a_label_has_no_weight_delta(show: Show) -> None:
    session = learnt(64)
    panel = show(session)
    session.edits.draw(np.full(len(session.state.inputs), 0.5), "drawing")

    hover(panel.cards[4], 2, 4)
    assert panel.line.text.endswith(" · weight_delta –")

    session.edits.set_label(4)
    assert panel.line.text.endswith(
        f" · weight_delta {numbers.signed(session.state.weight_delta[4, 2 * COLS + 4])}"
    )


def test_an_image_without_a_label_has_no_pictures_of_weight_deltas(show: Show) -> None:
    session = learnt(64)
    panel = show(session)
    panel.view_bar.shown_buttons["weight_delta"].click()
    session.edits.draw(np.full(len(session.state.inputs), 0.5), "drawing")
    assert panel.line.text.startswith("No weight_delta without a label")

    session.edits.set_label(4)
    assert panel.line.text.startswith("Every weight_delta is a pixel")


@pytest.mark.parametrize("width", [540, 360])
def test_all_about_a_pixel_fits_beneath_the_images(show: Show, width: int) -> None:
    session = learnt()
    panel = show(session, width, 400)
    hover(panel.cards[3], 2, 4)

    assert panel.line.fits(panel.line.pieces)
    text = panel.line.text
    assert f"weight_delta {numbers.signed(session.state.weight_delta[3, 2 * COLS + 4])}" in text
    assert f"weight {numbers.signed(weights_of(session, 3)[2, 4])}" in text
    assert "input " in text


def test_the_ends_of_the_colour_scale_are_written_in_full(show: Show) -> None:
    session = learnt()
    panel = show(session, 620, 420)
    key = panel.view_bar.key
    usual = key.width()
    session.edits.set_weight(3, 20, -123_456.0)
    QApplication.processEvents()

    metrics = QFontMetricsF(look.theme.font(0.86))
    assert key.scale == 123_456.0
    assert key.width() >= metrics.horizontalAdvance("±123,456".replace(",", "")) > usual / 2
    session.edits.undo()
    QApplication.processEvents()
    assert key.width() == usual


def test_escape_puts_the_brush_away(show: Show) -> None:
    panel = show(learnt())
    choose(panel.brush_bar.kind_box, "freeze")
    QTest.keyClick(panel.cards[0], KEY.Key_Escape)
    assert panel.brush_bar.brush is None


def test_the_same_pixel_is_marked_in_every_image(show: Show) -> None:
    panel = show(learnt())
    before = [count_of(card, "#000000") for card in panel.cards]

    hover(panel.cards[4], 3, 3)

    for card, count in zip(panel.cards, before, strict=True):
        assert count_of(card, "#000000") > count


def test_the_legend_comes_back_when_the_mouse_leaves(show: Show) -> None:
    panel = show(learnt())
    legend = panel.line.text
    assert legend == "Every weight is a pixel: blue votes for, orange votes against"

    hover(panel.cards[4], 3, 3)
    leave(panel.cards[4])

    assert panel.line.text == legend


def test_a_frozen_weight_is_said_to_be_one(show: Show) -> None:
    session = learnt(64)
    panel = show(session)
    row, col = divmod(int(np.argmax(session.state.inputs)), COLS)
    column = row * COLS + col
    session.edits.set_frozen(4, column, True)

    hover(panel.cards[4], row, col)

    else_ = numbers.signed(session.state.delta[4] * session.state.inputs[column])
    assert panel.line.text.endswith(f"weight_delta 0, frozen (else {else_})")


# -- choosing and editing ---------------------------------------------------------------


def test_a_click_chooses_an_output(show: Show) -> None:
    session = learnt()
    panel = show(session)
    # The label of the first image, to begin with.
    assert [card.output for card in panel.cards if card.standing.chosen] == [0]

    drag(panel.cards[6], (2, 2))

    assert (session.view.output, session.view.panel) == (6, "dot_product")
    assert [card.output for card in panel.cards if card.standing.chosen] == [6]
    let_all_be_told(panel)
    assert "chosen" in panel.cards[6].accessibleDescription()


def test_space_chooses_an_output_too(show: Show) -> None:
    session = learnt()
    panel = show(session)
    panel.cards[7].setFocus()

    QTest.keyClick(panel.cards[7], KEY.Key_Space)

    assert session.view.output == 7


def test_an_output_chosen_elsewhere_is_marked(show: Show) -> None:
    session = learnt()
    panel = show(session)

    session.view.show(output=3)

    assert [card.output for card in panel.cards if card.standing.chosen] == [3]


def test_a_target_can_be_typed(show: Show, qtbot: QtBot) -> None:
    session = learnt(64)
    panel = show(session)
    field = panel.cards[2].target_field
    assert field.accessibleName() == "target of 2"

    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    field.editor.setText("0.25")
    QTest.keyClick(field.editor, KEY.Key_Return)

    assert session.state.target[2] == 0.25
    assert field.text == "0.25"
    assert panel.cards[2].score.delta == session.state.pred[2] - 0.25


# -- the brush --------------------------------------------------------------------------


def test_details_of_the_brush_are_there_only_while_it_is_on(show: Show) -> None:
    panel = show(learnt())
    bar = panel.brush_bar

    assert not bar.size_box.isVisible()
    assert not bar.scope_box.isVisible()
    choose(bar.kind_box, "freeze")
    assert bar.size_box.isVisible()
    assert bar.scope_box.isVisible()
    assert not bar.value_field.isVisible()
    choose(bar.kind_box, "paint value")
    assert bar.value_field.isVisible()
    choose(bar.kind_box, "off")
    assert not bar.size_box.isVisible()


def test_a_fast_stroke_leaves_no_gap_and_is_one_undo(show: Show) -> None:
    session = learnt()
    panel = show(session)
    before = session.state.weights.copy()
    choose(panel.brush_bar.kind_box, "paint value")

    drag(panel.cards[3], (1, 0), (1, 7), (6, 7))

    expected = before[3].reshape(SHAPE).copy()
    expected[1, :] = 0.2
    expected[1:7, 7] = 0.2
    assert np.array_equal(weights_of(session, 3), expected)
    assert session.edits.count == 1
    session.edits.undo()
    assert np.array_equal(session.state.weights, before)


def test_the_score_changes_while_the_button_is_still_down(show: Show) -> None:
    session = learnt()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "erase to 0")
    choose(panel.brush_bar.size_box, "5 px")
    before = panel.cards[8].score.pred
    row, col = divmod(int(np.argmax(session.state.inputs)), COLS)

    send(panel.cards[8], QEvent.Type.MouseButtonPress, at(panel.cards[8], row, col))

    assert panel.cards[8].score.pred != before
    assert panel.cards[8].score.pred == session.state.pred[8]
    send(panel.cards[8], QEvent.Type.MouseButtonRelease, at(panel.cards[8], row, col))


def test_a_stroke_stays_with_the_image_it_began_on(show: Show) -> None:
    session = digits_session()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")

    drag(panel.cards[3], (4, 4), (4, 40))

    assert np.argwhere(session.state.weights).tolist() == [[3, 4 * COLS + c] for c in range(4, 8)]


def test_a_stroke_pauses_a_run(show: Show) -> None:
    session = learnt()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")
    session.playback.run()

    drag(panel.cards[3], (4, 4), (4, 6))

    assert not session.playback.running
    assert session.edits.count == 1


def test_a_stroke_goes_on_after_news_that_change_nothing(show: Show) -> None:
    session = learnt()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "erase to 0")
    card = panel.cards[2]
    send(card, QEvent.Type.MouseButtonPress, at(card, 1, 1))
    session.playback.set_speed(50.0)
    panel.view_bar.shown_buttons["weight_delta"].click()
    send(card, QEvent.Type.MouseMove, at(card, 1, 6))
    send(card, QEvent.Type.MouseButtonRelease, at(card, 1, 6))

    assert not weights_of(session, 2)[1, 1:7].any()
    assert session.edits.count == 1


def test_undo_in_the_middle_of_a_stroke_ends_it(show: Show) -> None:
    session = learnt()
    panel = show(session)
    before = session.state.weights.copy()
    choose(panel.brush_bar.kind_box, "paint value")
    card = panel.cards[3]

    send(card, QEvent.Type.MouseButtonPress, at(card, 1, 1))
    session.edits.undo()
    send(card, QEvent.Type.MouseMove, at(card, 1, 6))
    send(card, QEvent.Type.MouseButtonRelease, at(card, 1, 6))

    assert np.array_equal(session.state.weights, before)


def test_the_value_to_paint_can_be_typed(show: Show, qtbot: QtBot) -> None:
    session = digits_session()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")
    field = panel.brush_bar.value_field

    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    field.editor.setText("-0.125")
    QTest.keyClick(field.editor, KEY.Key_Return)
    drag(panel.cards[0], (0, 0))

    assert weights_of(session, 0)[0, 0] == -0.125


def test_a_value_that_is_too_large_is_refused_once(show: Show) -> None:
    session = digits_session()
    panel = show(session)
    refused: list[str] = []
    session.notices.refused.connect(refused.append)
    choose(panel.brush_bar.kind_box, "paint value")
    panel.brush_bar.value_field.edited.emit(9e8, None)
    row, col = divmod(int(np.argmax(session.state.inputs)), COLS)

    drag(panel.cards[0], (row, col), (row, 0), (row, 7))

    assert len(refused) == 1
    assert not session.state.weights.any()


def test_all_images_can_be_painted_at_once(show: Show) -> None:
    session = digits_session()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")
    choose(panel.brush_bar.scope_box, "all images")

    drag(panel.cards[0], (2, 3))

    assert session.state.weights[:, 2 * COLS + 3].tolist() == [0.2] * 10
    assert np.count_nonzero(session.state.weights) == 10


def test_the_keyboard_paints_too(show: Show, qtbot: QtBot) -> None:
    session = digits_session()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")
    card = panel.cards[5]
    card.setFocus()

    QTest.keyClick(card, KEY.Key_Right)  # shows the cursor in the middle
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Left, KEY.Key_Left):
        QTest.keyClick(card, key)
    assert panel.line.text.startswith("pixel 5,3 ")
    let_all_be_told(panel)
    assert card.accessibleDescription().startswith("pixel 5,3 ")
    QTest.keyClick(card, KEY.Key_Space)

    assert np.argwhere(session.state.weights).tolist() == [[5, 5 * COLS + 3]]


def test_the_cursor_stays_within_the_image(show: Show, qtbot: QtBot) -> None:
    panel = show(learnt())
    panel.cards[5].setFocus()

    for _ in range(4):
        QTest.keyClick(panel.cards[5], KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(panel.cards[5], KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)

    assert panel.line.text.startswith("pixel 0,0 ")


def test_the_cursor_goes_when_the_keyboard_does(show: Show, qtbot: QtBot) -> None:
    panel = show(learnt())
    panel.cards[5].setFocus()
    QTest.keyClick(panel.cards[5], KEY.Key_Left)

    panel.cards[5].clearFocus()

    assert panel.line.text.startswith("Every weight is a pixel")


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_frozen_pixels_are_marked_on_white(show: Show, theme: str) -> None:
    session = digits_session()
    panel = show(session)
    look.choose(theme)
    teal = look.theme.frozen if theme == "projector" else LIGHT.frozen
    choose(panel.brush_bar.kind_box, "freeze")
    choose(panel.brush_bar.size_box, "3 px")

    drag(panel.cards[4], (4, 2), (4, 5))
    leave(panel.cards[4])

    assert count_of(panel.cards[4], teal) > 100
    assert count_of(panel.cards[3], teal) == 0
    let_all_be_told(panel)
    assert "weights frozen" in panel.cards[4].accessibleDescription()
    assert panel.line.text.endswith("hatched is frozen")
    session.edits.undo()
    assert count_of(panel.cards[4], teal) == 0


def test_painted_and_frozen_pixels_hold_while_it_learns(show: Show) -> None:
    session = digits_session()
    panel = show(session)
    choose(panel.brush_bar.kind_box, "paint value")
    drag(panel.cards[4], (3, 0), (3, 7))
    choose(panel.brush_bar.kind_box, "freeze")
    drag(panel.cards[4], (3, 0), (3, 7))

    session.playback.take(100)

    assert weights_of(session, 4)[3].tolist() == [0.2] * COLS
    assert set(weights_of(session, 4)[4].tolist()) != {0.0}


# -- other experiments, sizes and themes ------------------------------------------------


def test_another_experiment_has_other_cards(show: Show) -> None:
    session = learnt()
    panel = show(session)
    hover(panel.cards[9], 7, 7)
    drag(panel.cards[9], (7, 7))

    session.open(digits_experiment(count_outputs=3))

    assert [card.name for card in panel.cards] == ["0", "1", "2"]
    assert [card.output for card in panel.cards if card.standing.chosen] == [0]
    assert all(card.isVisible() for card in panel.cards)
    hover(panel.cards[2], 7, 7)
    assert panel.line.text.startswith("pixel 7,7 ")


def test_inputs_that_are_no_image_have_no_cards(show: Show) -> None:
    session = learnt()
    panel = show(session, 700, 400)
    session.open(builtin("Several inputs and outputs").experiment)
    assert panel.cards == []
    panel.resize(500, 400)
    panel.grab()

    session.open(digits_experiment())
    assert len(panel.cards) == 10
    assert all(card.isVisible() for card in panel.cards)


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("size", [(560, 420), (820, 560), (1300, 800), (300, 200)])
def test_cards_stay_apart_and_within_the_panel(
    show: Show, size: tuple[int, int], theme: str
) -> None:
    look.choose(theme)
    panel = show(learnt(), *size)
    panel.grab()

    boxes = [card.geometry() for card in panel.cards]
    for index, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:index])
        left = panel.cards[index].mapTo(panel, QPoint(0, 0)).x()
        assert left >= 0
        assert left + box.width() <= panel.width()


@pytest.mark.parametrize(
    ("size", "columns"), [((560, 420), 5), ((1300, 800), 5), ((1300, 300), 10)]
)
def test_ten_cards_take_the_columns_that_fit_best(
    show: Show, size: tuple[int, int], columns: int
) -> None:
    panel = show(learnt(), *size)

    assert len({card.x() for card in panel.cards}) == columns


def test_more_cards_than_fit_can_be_scrolled_to(show: Show) -> None:
    panel = show(learnt(count_outputs=60), 700, 420)
    area = panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() > 0

    area.ensureWidgetVisible(panel.cards[59])

    assert not panel.cards[59].visibleRegion().isEmpty()


def test_a_single_card_needs_a_single_column() -> None:
    assert best_columns(1, QSize(900, 500), QSize(90, 150), lambda card: float(card.width())) == 1


def test_too_little_room_leaves_at_least_one_column() -> None:
    assert best_columns(10, QSize(20, 20), QSize(90, 150), lambda card: float(card.width())) == 1


def test_the_controls_stay_whole_where_there_is_little_room(show: Show) -> None:
    look.choose("projector")
    panel = show(learnt(), 560, 420)
    choose(panel.view_bar.scale_box, "fixed scale")
    choose(panel.brush_bar.kind_box, "paint value")
    QApplication.processEvents()

    bar, brush = panel.view_bar, panel.brush_bar
    for widget in (
        *bar.shown_buttons.values(), bar.scale_box, bar.fixed_field, brush.kind_box,
        brush.value_field, brush.size_box, brush.scope_box,
    ):  # fmt: skip
        assert widget.isVisible()
        assert widget.width() >= widget.sizeHint().width()
        assert widget.visibleRegion().boundingRect() == widget.rect()


def test_why_a_pixel_s_weight_moves_is_told_where_it_is_pointed_at(show: Show) -> None:
    session = learnt(3)
    panel = show(session)
    column = int(np.argmax(session.state.inputs))
    session.view.show(output=4, pixel=column)

    pixel = session.experiment.inputs[column]
    told = panel.cards[4].toolTip()
    assert f"{pixel} → 4" in told
    assert told == plain_tip(why_of(session, 4, column))
    let_all_be_told(panel)
    assert why_of(session, 4, column) in panel.cards[4].accessibleDescription()
    assert panel.cards[3].toolTip() == ""


def why_of(session: Session, output: int, column: int) -> str:
    name = f"{session.experiment.inputs[column]} → {session.experiment.outputs[output]}"
    return " ".join(why_weight(moment_of(session), output, column, name).sentences)


def test_the_scale_says_that_there_is_no_label_rather_than_that_all_is_0(show: Show) -> None:
    session = learnt(3)
    panel = show(session)
    session.edits.draw(np.full(len(session.state.inputs), 0.5), "drawing")
    session.view.show(quantity="weight_delta")
    QApplication.processEvents()
    assert not panel.view_bar.key.known
    assert panel.view_bar.key.accessibleName() == "no colours: the image has no label yet"
    session.view.show(quantity="weight")
    QApplication.processEvents()
    assert panel.view_bar.key.known


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_in_a_narrow_card_numbers_are_written_smaller_and_whole(
    qapp: QApplication, theme: str
) -> None:
    look.choose(theme)
    sizes = CardSizes((8, 8), 1.0, QSize(330, 300))
    drawing = CardDrawing(sizes.layout(sizes.smallest()), 1.0)
    room = drawing.layout.pred.width()
    for power in range(-15, 16):
        text = numbers.signed(7.99 * 10.0**power, 3)
        metrics = QFontMetricsF(drawing.small_for(text, room))
        assert metrics.horizontalAdvance(text) <= room
