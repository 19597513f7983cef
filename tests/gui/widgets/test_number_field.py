"""A number field as a person uses it: with the mouse and the keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.widgets.number_field import NumberField

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


class Owner(QWidget):
    """Two fields in a window, and the number that the first one shows."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[float, object]] = []
        self.sentences: list[str] = []
        self.field, self.other = NumberField("weight a", self), NumberField("weight b", self)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.field.edited.connect(self.take)
        self.field.rejected.connect(self.sentences.append)
        self.field.show_value(0.1)

    @Slot(float, object)
    def take(self, value: float, gesture: object) -> None:
        self.asked.append((value, gesture))
        self.field.show_value(value)

    @property
    def values(self) -> list[float]:
        return [value for value, _ in self.asked]

    @property
    def editor(self) -> QLineEdit:
        editor = self.field.editor
        assert editor is not None
        return editor


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[Owner]:
    owner = Owner()
    qtbot.addWidget(owner)
    with qtbot.waitActive(owner):
        owner.show()
        owner.activateWindow()
    yield owner
    # A sentence may still be shown above the window.
    for tip in QApplication.topLevelWidgets():
        if tip.objectName() == "qtooltip_label":
            tip.hide()


def drag(field: NumberField, *to: int) -> None:
    """Press at x = 30 and go to each x in turn, without letting go."""
    QTest.mousePress(field, LEFT, pos=QPoint(30, 8))
    for x in to:
        QTest.mouseMove(field, QPoint(x, 8))


def let_go(field: NumberField, x: int) -> None:
    QTest.mouseRelease(field, LEFT, pos=QPoint(x, 8))


# -- typing --------------------------------------------------------------------------------


def test_click_type_enter(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClicks(owner.editor, "0.25")
    QTest.keyClick(owner.editor, KEY.Key_Return)

    assert owner.values == [0.25]
    assert owner.field.text == "0.2500"


def test_enter_ends_the_typing(owner: Owner) -> None:
    for key in (KEY.Key_Return, KEY.Key_Enter):
        QTest.mouseClick(owner.field, LEFT)
        QTest.keyClick(owner.editor, key)

        assert owner.field.editor is None
        assert owner.field.hasFocus()
    assert owner.values == []


def test_the_line_holds_every_digit_all_selected(owner: Owner) -> None:
    owner.field.show_value(0.1157781060609375)
    QTest.mouseClick(owner.field, LEFT)

    assert owner.editor.selectedText() == "0.1157781060609375"


@pytest.mark.parametrize(
    "typed", ["0.123456789012345", "-1.5e-7", "−3", "1,25", " 7 ", "+0.5", "100000.25"]
)
def test_typed_precision_is_kept(owner: Owner, typed: str) -> None:
    QTest.mouseClick(owner.field, LEFT)
    owner.editor.setText(typed)
    QTest.keyClick(owner.editor, KEY.Key_Return)

    expected = float(typed.replace("−", "-").replace(",", "."))
    assert owner.values == [expected]
    assert owner.field.value == expected


def test_escape_gives_up(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClicks(owner.editor, "99")
    QTest.keyClick(owner.editor, KEY.Key_Escape)

    assert owner.field.editor is None
    assert owner.values == []
    assert owner.field.value == 0.1


@pytest.mark.parametrize("nonsense", ["abc", "", "1/0", "1e400", "nan", "-inf", "1_000", "0x10"])
def test_nonsense_is_refused_with_a_sentence_and_nothing_is_lost(
    owner: Owner, nonsense: str
) -> None:
    QTest.mouseClick(owner.field, LEFT)
    owner.editor.setText(nonsense)
    QTest.keyClick(owner.editor, KEY.Key_Return)

    assert owner.values == []
    assert owner.field.value == 0.1
    assert len(owner.sentences) == 1
    assert owner.sentences[0].startswith("weight a: ")
    assert nonsense in owner.sentences[0]
    assert owner.editor.text() == nonsense
    QTest.keyClick(owner.editor, KEY.Key_Escape)


def test_leaving_the_field_takes_what_was_typed(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClicks(owner.editor, "4")
    QTest.mouseClick(owner.other, LEFT)
    assert owner.other.editor is not None
    QTest.keyClick(owner.other.editor, KEY.Key_Escape)

    assert owner.values == [4.0]
    assert owner.field.editor is None


def test_leaving_with_nonsense_goes_back_to_the_number(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    owner.editor.setText("x")
    owner.other.setFocus()

    assert owner.field.editor is None
    assert len(owner.sentences) == 1
    assert owner.field.value == 0.1


def test_tab_takes_what_was_typed_and_goes_on(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClicks(owner.editor, "2")
    QTest.keyClick(owner.editor, KEY.Key_Tab)

    assert owner.values == [2.0]
    assert owner.other.hasFocus()


def test_the_same_number_typed_again_is_no_edit(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClick(owner.editor, KEY.Key_Return)

    assert owner.values == []


def test_a_digit_starts_typing(owner: Owner) -> None:
    owner.field.setFocus()
    QTest.keyClick(owner.field, KEY.Key_Minus)
    QTest.keyClicks(owner.editor, "5")
    QTest.keyClick(owner.editor, KEY.Key_Return)

    assert owner.values == [-5.0]


def test_arrow_keys_do_not_nudge_behind_the_line(owner: Owner) -> None:
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClick(owner.editor, KEY.Key_Up)
    QTest.keyClick(owner.editor, KEY.Key_Down)

    assert owner.values == []
    QTest.keyClick(owner.editor, KEY.Key_Escape)


# -- keys ----------------------------------------------------------------------------------


def test_arrow_keys_nudge(owner: Owner) -> None:
    owner.field.show_value(0.5)
    owner.field.setFocus()
    for key in (KEY.Key_Up, KEY.Key_Right, KEY.Key_Down, KEY.Key_Left):
        QTest.keyClick(owner.field, key)

    assert owner.values == [0.51, 0.52, 0.51, 0.5]


def test_shift_nudges_further_and_control_less(owner: Owner) -> None:
    owner.field.show_value(0.5)
    owner.field.setFocus()
    QTest.keyClick(owner.field, KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(owner.field, KEY.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert owner.values == [0.6, 0.599]


def test_nudges_can_cross_zero(owner: Owner) -> None:
    owner.field.show_value(0.001)
    owner.field.setFocus()
    for _ in range(3):
        QTest.keyClick(owner.field, KEY.Key_Down)

    assert owner.values == [0.0, -0.001, -0.002]


def test_each_press_of_a_key_is_a_gesture_of_its_own(owner: Owner) -> None:
    owner.field.setFocus()
    QTest.keyClick(owner.field, KEY.Key_Up)
    QTest.keyClick(owner.field, KEY.Key_Up)

    (_, one), (_, other) = owner.asked
    assert one is not other


@pytest.mark.parametrize("key", [KEY.Key_Right, KEY.Key_Up, KEY.Key_Return, KEY.Key_5])
def test_keys_of_the_field_are_not_taken_by_shortcuts(
    qtbot: QtBot, owner: Owner, key: Qt.Key
) -> None:
    shortcut = QShortcut(QKeySequence(key), owner)
    owner.field.setFocus()
    with qtbot.assertNotEmitted(shortcut.activated):
        QTest.keyClick(owner.field, key)

    assert owner.values or owner.field.editor is not None


def test_enter_and_escape_belong_to_the_line_while_there_is_one(qtbot: QtBot, owner: Owner) -> None:
    shortcuts = [QShortcut(QKeySequence(key), owner) for key in (KEY.Key_Return, KEY.Key_Escape)]
    for shortcut, key in zip(shortcuts, (KEY.Key_Return, KEY.Key_Escape), strict=True):
        QTest.mouseClick(owner.field, LEFT)
        with qtbot.assertNotEmitted(shortcut.activated):
            QTest.keyClick(owner.editor, key)

        assert owner.field.editor is None


# -- dragging ------------------------------------------------------------------------------


def test_a_drag_scrubs_in_one_gesture(owner: Owner) -> None:
    drag(owner.field, 40, 50, 60)
    let_go(owner.field, 60)

    assert owner.values == sorted(owner.values)
    assert owner.values[-1] > 0.1
    assert len({id(gesture) for _, gesture in owner.asked}) == 1
    assert owner.asked[0][1] is not None
    assert owner.field.editor is None


def test_two_drags_are_two_gestures(owner: Owner) -> None:
    for _ in range(2):
        drag(owner.field, 50)
        let_go(owner.field, 50)

    (_, one), (_, other) = owner.asked
    assert one is not other


def test_dragging_left_makes_it_smaller(owner: Owner) -> None:
    drag(owner.field, 10)
    let_go(owner.field, 10)

    assert owner.field.value < 0.1


def test_dragging_back_to_the_start_gives_back_the_number(owner: Owner) -> None:
    owner.field.show_value(0.123456789)
    drag(owner.field, 50, 70, 30)
    let_go(owner.field, 30)

    assert owner.field.value == 0.123456789
    assert owner.field.editor is None


def test_escape_gives_up_a_drag(owner: Owner) -> None:
    owner.field.show_value(0.123456789)
    drag(owner.field, 60)
    assert owner.field.value != 0.123456789
    QTest.keyClick(owner.field, KEY.Key_Escape)
    QTest.mouseMove(owner.field, QPoint(90, 8))
    let_go(owner.field, 90)

    assert owner.field.value == 0.123456789
    assert owner.field.editor is None


def test_a_trembling_hand_is_a_click(owner: Owner) -> None:
    drag(owner.field, 31, 32)
    let_go(owner.field, 32)

    assert owner.values == []
    QTest.keyClick(owner.editor, KEY.Key_Escape)


def test_other_buttons_do_nothing(owner: Owner) -> None:
    QTest.mouseClick(owner.field, Qt.MouseButton.RightButton)
    QTest.mousePress(owner.field, LEFT, pos=QPoint(30, 8))
    QTest.mouseRelease(owner.field, Qt.MouseButton.RightButton, pos=QPoint(30, 8))

    assert owner.field.editor is None
    let_go(owner.field, 30)
    QTest.keyClick(owner.editor, KEY.Key_Escape)


# -- what is shown -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "short", "plain"),
    [
        (0.1119, "0.1119", "0.1119"),
        (-0.09832, "−0.0983", "−0.09832"),
        (8.5, "8.5000", "8.5"),
        (0.0, "0.0000", "0"),
        (123456.789, "123457", "123457"),
        (2.5e-7, "2.50e\u221207", "2.5e\u221207"),
    ],
)
def test_numbers_are_written_with_fixed_or_without_needless_figures(
    owner: Owner, value: float, short: str, plain: str
) -> None:
    owner.field.show_value(value)
    assert owner.field.text == short
    owner.field.digits = None
    assert owner.field.text == plain


def test_it_is_painted_in_its_colour(owner: Owner) -> None:
    plain = owner.field.grab().toImage()
    owner.field.show_value(0.1, look.theme.color("negative"))
    coloured = owner.field.grab().toImage()

    assert coloured != plain


# -- pasting -------------------------------------------------------------------------------


def paste(field: NumberField, text: str) -> None:
    QApplication.clipboard().setText(text)
    field.setFocus()
    QTest.keyClick(field, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", ["0.25", " 0,25\n", "1/4", "25 %"])
def test_a_number_is_pasted_into_the_field(owner: Owner, text: str) -> None:
    paste(owner.field, text)

    assert owner.values == [0.25]
    assert owner.field.editor is None


@pytest.mark.parametrize("text", ["1 0 1", "1\t0\t1", "0x10", "seven", "", "1e999"])
def test_what_is_not_one_number_is_refused_where_only_one_has_a_place(
    owner: Owner, text: str
) -> None:
    paste(owner.field, text)

    assert owner.values == []
    assert len(owner.sentences) == 1
    assert owner.sentences[0].startswith("weight a: ")


def test_several_numbers_are_handed_on_where_they_can_fill_a_row(
    owner: Owner, qtbot: QtBot
) -> None:
    owner.field.in_row = True
    with qtbot.waitSignal(owner.field.pasted) as pasted:
        paste(owner.field, "1 0 1")

    assert pasted.args == [(1.0, 0.0, 1.0)]
    assert owner.values == []


def test_several_numbers_can_be_pasted_into_the_line(owner: Owner, qtbot: QtBot) -> None:
    owner.field.in_row = True
    QApplication.clipboard().setText("8.5\t0.65\n")
    QTest.mouseClick(owner.field, LEFT)
    QTest.keyClick(owner.editor, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(owner.field.pasted) as pasted:
        QTest.keyClick(owner.editor, KEY.Key_Return)

    assert pasted.args == [(8.5, 0.65)]
    assert owner.field.editor is None


def test_pasting_an_image_or_nothing_is_refused(owner: Owner) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    QApplication.clipboard().setImage(image)
    owner.field.paste()
    QApplication.clipboard().clear()
    owner.field.paste()

    assert owner.sentences == ["weight a: there is no number on the clipboard"] * 2
    assert owner.values == []
