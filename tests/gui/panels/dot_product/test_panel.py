"""The dot product panel on small networks: read, edited and chosen as a person would."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.dot_product.rows import decimals
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.dot_product_bench import (
    LIST_OPENS,
    choose,
    number,
    open_panel,
    plain_sum,
    scrub,
    trained,
    type_into,
)
from tests.gui.helpers.image_bench import digits_experiment
from tests.gui.helpers.telling import let_all_be_told

pytestmark = pytest.mark.qt_log_ignore(LIST_OPENS)

VECTORS = {
    "a": [0.0, 1.0, 0.0, 1.0],
    "b": [1.0, 0.0, 1.0, 0.0],
    "c": [0.0, 1.0, 1.0, 0.0],
    "d": [0.5, 0.0, 0.5, 0.0],
    "e": [0.0, 1.0, -1.0, 0.0],
}


# -- any pair of the published vectors ----------------------------------------------------


@pytest.mark.parametrize(
    ("example", "output", "score"),
    [("a", "b", "0"), ("b", "c", "1"), ("b", "d", "1.0"), ("c", "c", "2"), ("d", "d", "0.50"),
     ("c", "e", "0"), ("e", "a", "1")],
)  # fmt: skip
def test_any_pair_is_chosen_with_the_mouse_and_its_score_is_read(
    qtbot: QtBot, example: str, output: str, score: str
) -> None:
    panel = open_panel(qtbot, builtin("Dot products"))

    choose(qtbot, panel.example_box, example)
    choose(qtbot, panel.output_box, output)

    assert panel.heading.text() == f"Dot product: {example} · {output}"
    assert panel.bars.sum_row.text == score
    assert float(score) == plain_sum(VECTORS[example], VECTORS[output])
    assert panel.bars.sum_row.label == "sum = prediction"
    fields = panel.bars.fields
    assert [field.value for field in fields[::2]] == VECTORS[example]
    assert [field.value for field in fields[1::2]] == VECTORS[output]


def test_the_words_say_what_the_score_means(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("Dot products"))

    choose(qtbot, panel.example_box, "c")
    choose(qtbot, panel.output_box, "e")

    says = "High if x2 AND NOT x3. Score 0: the votes cancel; x2 adds 1, x3 takes it away."
    assert panel.words.text == says
    assert panel.words.accessibleName() == says


def test_a_pair_is_chosen_with_the_keyboard(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    panel.example_box.setFocus()
    QTest.keyClick(panel.example_box, Qt.Key.Key_Down)
    QTest.keyClick(panel.output_box, Qt.Key.Key_End)

    assert panel.heading.text() == "Dot product: b · e"
    assert session.view.output == 4


def test_visiting_an_example_is_an_edit_that_can_be_undone(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    choose(qtbot, panel.example_box, "d")
    assert session.state.example == 3
    session.edits.undo()

    assert panel.example_box.currentText() == "a"
    assert panel.heading.text() == "Dot product: a · b"


def test_the_boxes_follow_the_session(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    session.playback.step()
    assert panel.example_box.currentText() == "b"
    session.view.show(output=2)
    assert panel.output_box.currentText() == "c"
    assert panel.heading.text() == "Dot product: b · c"


def test_an_output_chosen_here_is_the_one_that_is_looked_into(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    choose(qtbot, panel.output_box, "d")

    assert session.view.output == 3


def test_an_output_chosen_while_it_is_hidden_is_there_when_shown(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    panel.hide()
    session.view.show(output=4)
    panel.show()

    assert panel.output_box.currentText() == "e"
    assert panel.heading.text() == "Dot product: a · e"


def test_the_wheel_over_a_box_changes_nothing(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    middle = QPointF(panel.example_box.rect().center())
    wheel = QWheelEvent(
        middle, panel.example_box.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.example_box, wheel)

    assert session.state.example == 0
    assert session.edits.count == 0


# -- small networks -----------------------------------------------------------------------


def test_every_row_is_input_times_weight_and_the_last_sum_is_the_prediction(
    qtbot: QtBot,
) -> None:
    session = builtin("One delta, three weight_deltas")
    panel = open_panel(qtbot, session)

    assert panel.heading.text() == "Dot product: win?"
    assert [field.text for field in panel.bars.fields] == [
        "8.50", "0.1", "0.65", "0.2", "1.20", "\u22120.1"
    ]  # fmt: skip
    assert panel.bars.sum_row.text == "0.86"
    let_all_be_told(panel)
    assert panel.bars.table.accessibleDescription() == (
        "toes 8.5 × 0.1 = 0.85; win/loss 0.65 × 0.2 = 0.13; fans 1.2 × \u22120.1 = \u22120.12; "
        "for +0.9800, against \u22120.1200, sum +0.8600"
    )
    assert panel.example_box.isHidden()
    assert panel.output_box.isHidden()
    assert panel.images.isHidden()

    session.playback.step()
    assert panel.bars.sum_row.text == "0.9638"
    assert panel.bars.fields[1].value == pytest.approx(0.1119, rel=1e-12)


def test_an_input_and_a_weight_are_typed_into_the_rows(qtbot: QtBot) -> None:
    session = builtin("Several inputs and outputs")
    panel = open_panel(qtbot, session)
    session.view.show(output=2)

    type_into(panel.bars.fields[0], "2")
    type_into(panel.bars.fields[3], "-0.5")

    state = session.state
    assert state.inputs.tolist() == [2.0, 0.65, 1.2]
    assert state.weights[2].tolist() == [0.0, -0.5, 0.1]
    score = plain_sum([2.0, 0.65, 1.2], [0.0, -0.5, 0.1])
    assert number(panel.bars.sum_row.text) == pytest.approx(score, abs=5e-5)
    assert session.edits.count == 2


def test_nonsense_in_a_row_changes_nothing(qtbot: QtBot) -> None:
    session = builtin("One delta, three weight_deltas")
    panel = open_panel(qtbot, session)

    for nonsense in ("abc", "nan", "1e400", "", "1/0"):
        type_into(panel.bars.fields[1], nonsense)
        editor = panel.bars.fields[1].editor
        if editor is not None:
            QTest.keyClick(editor, Qt.Key.Key_Escape)

    assert session.edits.count == 0
    assert panel.bars.sum_row.text == "0.86"


def test_arrow_keys_nudge_a_weight_and_the_sum_follows(qtbot: QtBot) -> None:
    session = builtin("One delta, three weight_deltas")
    panel = open_panel(qtbot, session)

    panel.bars.fields[1].setFocus()
    QTest.keyClick(panel.bars.fields[1], Qt.Key.Key_Up)

    weight = session.state.weights[0, 0]
    assert weight > 0.1
    expected = plain_sum([8.5, 0.65, 1.2], [float(weight), 0.2, -0.1])
    assert number(panel.bars.sum_row.text) == pytest.approx(expected, abs=5e-5)


def test_tab_goes_from_the_choosers_through_the_rows_to_the_player(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("Dot products"))
    player = panel.player
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)

    panel.example_box.setFocus()
    for wanted in (
        panel.output_box, *panel.bars.fields,
        player.play_button, player.restart_button, player.slider,
    ):  # fmt: skip
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is wanted


def test_many_inputs_scroll_and_their_numbers_are_only_read(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    inputs, weights = rng.normal(size=60).tolist(), rng.normal(size=60).tolist()
    panel = open_panel(qtbot, made_up([inputs], [[1.0]], [weights]))

    assert panel.bars.fields == []
    bar = panel.bars.area.verticalScrollBar()
    assert bar.maximum() > 0
    panel.bars.area.setFocus()
    QTest.keyClick(panel.bars.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    assert number(panel.bars.sum_row.text) == pytest.approx(plain_sum(inputs, weights), abs=5e-5)
    let_all_be_told(panel)
    assert "and 36 more; for" in panel.bars.table.accessibleDescription()

    scrub(panel, 60)
    scrub(panel, 59)
    lowest = bar.value()
    scrub(panel, 1)
    assert bar.value() == 0 < lowest


def test_numbers_too_large_to_be_likely_are_still_written(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, made_up([[1e9, 1e-9]], [[1.0]], [[1e9, -1e-9]]))

    panel.grab()
    assert panel.bars.sum_row.text == "1.00e+18"
    let_all_be_told(panel)
    assert "nan" not in panel.bars.table.accessibleDescription()


@pytest.mark.parametrize(
    ("values", "digits"), [([0, 1, -1], 0), ([0.5, 0], 1), ([8.5, 0.65], 2), ([1 / 3], 4)]
)
def test_numbers_are_written_with_no_more_decimals_than_they_have(
    values: list[float], digits: int
) -> None:
    assert decimals(np.array(values, dtype=np.float64)) == digits


# -- another experiment -------------------------------------------------------------------


def test_another_experiment_of_another_shape_takes_the_place(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)
    session.view.show(output=4)

    session.open(digits_experiment(50))
    assert panel.images.isVisible()
    assert panel.bars.isHidden()
    session.open(builtin("The whole season").experiment)

    assert panel.bars.isVisible()
    assert panel.images.isHidden()
    assert session.view.output == 0
    assert panel.heading.text() == "Dot product: win?"
    boxes = panel.example_box
    assert [boxes.itemText(at) for at in range(boxes.count())] == [
        "example 1", "example 2", "example 3", "example 4"
    ]  # fmt: skip
    assert len(panel.bars.fields) == 6


def test_what_happened_while_hidden_is_there_when_shown(qtbot: QtBot) -> None:
    session = builtin("One delta, three weight_deltas")
    panel = open_panel(qtbot, session)

    panel.hide()
    session.open(builtin("Several steps").experiment)
    session.playback.take(2)
    panel.show()

    assert panel.bars.sum_row.text == "0.9906"


def test_a_guest_on_the_bench_is_no_example(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    session.edits.put_on_bench(np.array([1.0, 1.0, 1.0, 1.0]), np.zeros(5), "all ones")

    assert panel.example_box.currentIndex() == -1
    assert panel.heading.text() == "Dot product: b?"
    assert panel.bars.sum_row.text == "2"


# -- looks --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("images", [False, True])
def test_every_part_has_room_in_every_theme(qtbot: QtBot, theme: str, images: bool) -> None:
    session = trained() if images else builtin("Dot products")
    panel = open_panel(qtbot, session)
    session.view.show(output=1)

    look.choose(theme)
    for width, height in ((440, 430), (480, 470), (680, 650)):
        panel.resize(width, height)
        scrub(panel, 2)
        assert not panel.grab().isNull()
        parts = [panel.heading, panel.output_box, panel.player.play_button, panel.player.slider,
                 panel.words, panel.images if images else panel.bars]  # fmt: skip
        for part in parts:
            corner = part.mapTo(panel, QPoint(0, 0))
            assert panel.rect().contains(part.rect().translated(corner))
        assert panel.player.slider.width() >= 40


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("Dot products"))
    player = panel.player

    named = [
        panel.example_box, panel.output_box, player.play_button, player.restart_button,
        player.slider, player.way_box, panel.bars.table, panel.bars.sum_row, panel.images,
    ]  # fmt: skip
    assert all(control.accessibleName() for control in named)
    assert [field.accessibleName() for field in panel.bars.fields[:2]] == [
        "input x1", "weight of x1"
    ]  # fmt: skip
