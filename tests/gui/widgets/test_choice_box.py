"""A box to choose from: by keys while it can be seen, and never by the wheel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.widgets.choice_box import ChoiceBox


def make_box(qtbot: QtBot) -> ChoiceBox:
    box = ChoiceBox("Output", "Which output")
    box.addItems(["cat", "dog", "owl"])
    qtbot.addWidget(box)
    box.show()
    return box


def test_a_letter_chooses_and_says_so(qtbot: QtBot) -> None:
    box = make_box(qtbot)
    with qtbot.waitSignal(box.activated) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_D)

    assert chosen.args == [1]


def test_what_is_out_of_sight_takes_no_keys(qtbot: QtBot) -> None:
    box = make_box(qtbot)
    told: list[int] = []
    box.activated.connect(told.append)
    box.hide()
    for key in (Qt.Key.Key_D, Qt.Key.Key_Down, Qt.Key.Key_O):
        qtbot.keyClick(box, key)

    assert (told, box.currentIndex()) == ([], 0)


def test_a_box_is_filled_and_set_by_what_its_choices_stand_for(qtbot: QtBot) -> None:
    box = ChoiceBox("kind", "")
    qtbot.addWidget(box)
    box.offer([(None, "off"), ("raise", "raise"), (False, "no")])
    assert box.values == [None, "raise", False]
    for value, words in (("raise", "raise"), (None, "off"), (False, "no")):
        box.choose(value)
        assert (box.currentData(), box.currentText()) == (value, words)
    box.choose("nothing that is offered")
    assert box.currentIndex() == -1
    box.offer({"one": "only"}.items())
    assert box.values == ["one"]


def test_the_list_of_a_box_that_went_out_of_sight_chooses_nothing(qtbot: QtBot) -> None:
    box = make_box(qtbot)
    told: list[int] = []
    box.activated.connect(told.append)
    box.showPopup()
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    box.hide()
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert told == []

    box.show()
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(1, 0))
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert told == [1]
