"""The dot product panel: read, edited, chosen, played and scrubbed as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.choice_box import ChoiceBox
from gui.dot_product_panel import DotProductPanel
from gui.dot_product_play import play_seconds
from gui.dot_product_rows import decimals
from gui.number_field import NumberField
from gui.session import Session
from gui.theme import look
from tests.gui.bench import builtin, made_up
from tests.gui.image_bench import digits_experiment, digits_session

LEFT = Qt.MouseButton.LeftButton
VECTORS = {
    "a": [0.0, 1.0, 0.0, 1.0],
    "b": [1.0, 0.0, 1.0, 0.0],
    "c": [0.0, 1.0, 1.0, 0.0],
    "d": [0.5, 0.0, 0.5, 0.0],
    "e": [0.0, 1.0, -1.0, 0.0],
}
Open = Callable[[Session], DotProductPanel]


@pytest.fixture
def open_panel(qtbot: QtBot) -> Iterator[Open]:
    """Show the panel of a session, as wide and as high as the window has room for."""
    look.choose("light")

    def show(session: Session) -> DotProductPanel:
        panel = DotProductPanel(session)
        session.setParent(panel)
        qtbot.addWidget(panel)
        panel.resize(456, 450)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    yield show
    look.choose("light")


def choose(qtbot: QtBot, box: ChoiceBox, text: str) -> None:
    """Open a box with the mouse and click on one of its lines."""
    qtbot.mouseClick(box, LEFT)
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    place = view.visualRect(view.model().index(box.findText(text), 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    qtbot.mousePress(view.viewport(), LEFT, pos=place)
    # A release right after the press that opened the list would be taken for the same click.
    qtbot.waitUntil(lambda: released(qtbot, box, place))


def released(qtbot: QtBot, box: ChoiceBox, place: QPoint) -> bool:
    view = box.view()
    if view.isVisible():
        qtbot.mouseRelease(view.viewport(), LEFT, pos=place)
    return not view.isVisible()


def type_into(qtbot: QtBot, field: NumberField, text: str) -> None:
    qtbot.mouseClick(field, LEFT)
    editor = field.editor
    assert editor is not None
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def scrub(panel: DotProductPanel, count: int) -> None:
    panel.player.slider.setValue(count)


def picture(panel: DotProductPanel, which: int) -> QImage:
    return panel.images.grab(panel.images.picture_box(which)).toImage()


def plain_sum(inputs: list[float], weights: list[float]) -> float:
    total = 0.0
    for x, w in zip(inputs, weights, strict=True):
        total += x * w
    return total


# -- any pair of the published vectors ----------------------------------------------------


@pytest.mark.parametrize(
    ("example", "output", "score"),
    [("a", "b", "0"), ("b", "c", "1"), ("b", "d", "1.0"), ("c", "c", "2"), ("d", "d", "0.50"),
     ("c", "e", "0"), ("e", "a", "1")],
)  # fmt: skip
def test_any_pair_is_chosen_with_the_mouse_and_its_score_is_read(
    qtbot: QtBot, open_panel: Open, example: str, output: str, score: str
) -> None:
    panel = open_panel(builtin("Dot products"))

    choose(qtbot, panel.example_box, example)
    choose(qtbot, panel.output_box, output)

    assert panel.heading.text() == f"Dot product: {example} · {output}"
    assert panel.bars.sum_row.text == score
    assert float(score) == plain_sum(VECTORS[example], VECTORS[output])
    assert panel.bars.sum_row.label == "sum = prediction"
    fields = panel.bars.fields
    assert [field.value for field in fields[::2]] == VECTORS[example]
    assert [field.value for field in fields[1::2]] == VECTORS[output]


def test_the_words_say_what_the_score_means(qtbot: QtBot, open_panel: Open) -> None:
    panel = open_panel(builtin("Dot products"))

    choose(qtbot, panel.example_box, "c")
    choose(qtbot, panel.output_box, "e")

    says = "High if x2 AND NOT x3. Score 0: the votes cancel; x2 adds 1, x3 takes it away."
    assert panel.words.text == says
    assert panel.words.accessibleName() == says


def test_a_pair_is_chosen_with_the_keyboard(qtbot: QtBot, open_panel: Open) -> None:
    panel = open_panel(builtin("Dot products"))

    panel.example_box.setFocus()
    qtbot.keyClick(panel.example_box, Qt.Key.Key_Down)
    qtbot.keyClick(panel.output_box, Qt.Key.Key_End)

    assert panel.heading.text() == "Dot product: b · e"
    assert panel.output == 4


def test_visiting_an_example_is_an_edit_that_can_be_undone(qtbot: QtBot, open_panel: Open) -> None:
    session = builtin("Dot products")
    panel = open_panel(session)

    choose(qtbot, panel.example_box, "d")
    assert session.state.example == 3
    session.undo_stack.undo()

    assert panel.example_box.currentText() == "a"
    assert panel.heading.text() == "Dot product: a · a"


def test_the_boxes_follow_the_session(open_panel: Open) -> None:
    session = builtin("Dot products")
    panel = open_panel(session)

    session.step()
    assert panel.example_box.currentText() == "b"
    panel.choose_output(2)
    assert panel.output_box.currentText() == "c"
    panel.choose_output(7)
    panel.choose_output(-1)
    assert panel.output == 2


def test_an_output_chosen_here_is_told_but_not_one_chosen_elsewhere(
    qtbot: QtBot, open_panel: Open
) -> None:
    panel = open_panel(builtin("Dot products"))
    told: list[int] = []
    panel.output_chosen.connect(told.append)

    panel.choose_output(1)
    choose(qtbot, panel.output_box, "d")

    assert told == [3]


def test_the_wheel_over_a_box_changes_nothing(qtbot: QtBot, open_panel: Open) -> None:
    session = builtin("Dot products")
    panel = open_panel(session)

    wheel = getattr(qtbot, "mouseWheel", None)
    assert wheel is None  # pytest-qt has no wheel: the event is sent by hand
    QApplication.sendEvent(panel.example_box, _wheel(panel.example_box))

    assert session.state.example == 0
    assert session.undo_stack.count() == 0


def _wheel(widget: QWidget) -> QEvent:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    middle = QPointF(widget.rect().center())
    return QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
