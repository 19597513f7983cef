"""What is done to all weights at once, through the window with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from gui.making.fill_dialog import FillDialog
from gui.panels.network.panel import NetworkGraph
from gui.window.window import Window
from model.experiment import Experiment
from model.files.library import open_experiment
from model.files.weights.opening import read_weights
from tests.gui.helpers.window_bench import shown_window

NINE = "Several inputs and outputs"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(NINE)))


def weights(window: Window) -> list[list[float]]:
    return [list(map(float, row)) for row in window.session.state.weights]


def frozen(window: Window) -> list[list[bool]]:
    return [list(map(bool, row)) for row in window.session.state.setup.frozen]


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = CTRL) -> None:
    # A dialog that was closed leaves no window active here.
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, key, keys)


def begin_again(window: Window) -> None:
    """Another bench of the same kind, in the same window: making one takes long."""
    window.session.open(open_experiment(NINE))


def said(window: Window, sentences: list[str]) -> list[str]:
    window.session.notices.refused.connect(sentences.append)
    return sentences


def in_dialog(act: Callable[[FillDialog], None]) -> None:
    """Do something in the dialog that comes up next."""

    def when_there(tries: int = 200) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FillDialog):
            act(dialog)
        elif tries:
            QTimer.singleShot(5, lambda: when_there(tries - 1))

    when_there()


def typed(field: object, text: str) -> None:
    from PySide6.QtWidgets import QLineEdit

    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def saved_and_reopened(window: Window, folder: Path) -> Experiment:
    file = folder / "kept.json"
    assert window.documents.save_to(file)
    return open_experiment(str(file))


# -- values ----------------------------------------------------------------------------------------


def test_random_weights_are_asked_for_seen_undone_and_come_again_by_their_seed(
    window: Window, tmp_path: Path
) -> None:
    before = weights(window)
    window.session.playback.take(3)

    def nonsense_then_right(dialog: FillDialog) -> None:
        assert dialog.fields.seed.text() == "0"
        typed(dialog.fields.amount, "lots")
        assert dialog.status.text == "“lots” is not a number"
        assert not dialog.apply_button.isEnabled()
        typed(dialog.fields.amount, "0,5")
        typed(dialog.fields.seed, "7")
        QTest.keyClick(dialog.fields.seed, Qt.Key.Key_Return)

    in_dialog(nonsense_then_right)
    press(window, Qt.Key.Key_R)
    made = weights(window)
    assert all(0.0 < abs(weight) <= 0.5 for row in made for weight in row)
    assert window.session.edits.undo_text == "random weights, seed 7"
    assert window.session.edits.count == 1
    assert window.session.playback.position == 3
    press(window, Qt.Key.Key_Z)
    assert window.session.playback.length == 3
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert weights(window) == made
    again = saved_and_reopened(window, tmp_path)
    window.session.open(again)
    assert weights(window) == made
    window.session.playback.seek(0)
    assert weights(window) == before

    def next_and_back(dialog: FillDialog) -> None:
        assert dialog.fields.seed.text() == "8"
        typed(dialog.fields.seed, "6")
        QTest.mouseClick(dialog.fields.next_button, Qt.MouseButton.LeftButton)
        assert dialog.fields.seed.text() == "7"
        dialog.accept()

    in_dialog(next_and_back)
    press(window, Qt.Key.Key_R)
    assert weights(window) == made

    begin_again(window)
    set_all_to_one_value_and_to_0(window)


def set_all_to_one_value_and_to_0(window: Window) -> None:
    def value(dialog: FillDialog) -> None:
        typed(dialog.fields.amount, "1/4")
        QTest.keyClick(dialog.fields.amount, Qt.Key.Key_Return)

    in_dialog(value)
    press(window, Qt.Key.Key_E)
    assert weights(window) == [[0.25] * 3] * 3
    press(window, Qt.Key.Key_0)
    assert weights(window) == [[0.0] * 3] * 3
    assert window.session.edits.undo_text == "all weights 0"
    sentences = said(window, [])
    press(window, Qt.Key.Key_0)
    assert sentences == ["Nothing changes: all of it is so already."]
    assert window.session.edits.count == 2
    in_dialog(lambda dialog: dialog.reject())
    press(window, Qt.Key.Key_E)
    assert window.session.edits.count == 2


# -- the clipboard and files -----------------------------------------------------------------------


def test_weights_are_copied_and_pasted_to_the_last_bit(window: Window) -> None:
    window.session.playback.take(5)
    kept = weights(window)
    press(window, Qt.Key.Key_W, CTRL | SHIFT)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == "output\ttoes\twin/loss\tfans"
    press(window, Qt.Key.Key_0)
    press(window, Qt.Key.Key_V, CTRL | SHIFT)
    assert weights(window) == kept
    assert window.session.edits.undo_text == "pasted weights"
    sentences = said(window, [])
    for wrong, sentence in (
        ("1\t2\n3\t4", "2 × 2, and those of this network 3 × 3"),
        ("  ", "no text on the clipboard"),
        ("hello", "no row of numbers below"),
    ):
        QGuiApplication.clipboard().setText(wrong)
        press(window, Qt.Key.Key_V, CTRL | SHIFT)
        assert sentence in sentences[-1]
    assert weights(window) == kept


def test_weights_are_saved_and_loaded_by_menu(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in ("weights.csv", "npz"):
        begin_again(window)
        save_and_load(window, tmp_path, monkeypatch, ending)
    sentences = said(window, [])
    assert not window.weights.save_file(tmp_path / "no" / "w.npz")
    assert sentences[0].startswith("w.npz could not be saved: ")


def drop(window: Window, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, left, none))


def save_and_load(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    file = tmp_path / f"nine.{ending}"
    window.session.playback.take(4)
    kept = weights(window)
    asked = file if ending == "npz" else tmp_path / "nine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(asked), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    sentences = said(window, [])
    window.menus.actions["save_weights"].trigger()
    assert sentences == [f"The weights of step 4 were saved as nine.{ending}."]
    assert read_weights(file).values.tolist() == kept
    window.session.playback.seek(0)
    window.menus.actions["load_weights"].trigger()
    assert window.session.edits.count == 1
    assert weights(window) == kept
    assert window.session.edits.undo_text == f"weights of nine.{ending}"
    window.weights.zero()
    drop(window, file)
    assert weights(window) == kept
    # A large file is read beside the window, and what is opened meanwhile is left alone.
    file.write_text("0.5," * 20_000)
    window.menus.actions["load_weights"].trigger()
    window.documents.open("Several outputs")
    window.weights.wait()
    QApplication.processEvents()
    assert window.session.experiment.name == "Several outputs"
    assert window.session.edits.count == 0


# -- frozen ----------------------------------------------------------------------------------------


def test_freezes_by_keys_each_one_undo(window: Window, tmp_path: Path) -> None:
    press(window, Qt.Key.Key_F, CTRL | SHIFT)
    assert frozen(window) == [[True] * 3] * 3
    assert window.session.edits.undo_text == "froze all weights"
    assert not window.menus.actions["freeze_all"].isEnabled()
    press(window, Qt.Key.Key_F, CTRL | ALT)
    assert frozen(window) == [[False] * 3] * 3
    row = window.menus.actions["freeze_row"]
    assert not row.isEnabled()
    window.session.view.show(part="weight:f")
    assert row.text() == "Fr&eeze the row of win"
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier)
    assert frozen(window) == [[False] * 3, [True] * 3, [False] * 3]
    assert window.session.edits.undo_text == "froze 3 weights of win"
    assert row.text() == "Unfr&eeze the row of win"
    press(window, Qt.Key.Key_F, SHIFT)
    assert frozen(window) == [[False, False, True], [True] * 3, [False, False, True]]
    assert window.session.edits.undo_text == "froze 2 weights for fans"
    press(window, Qt.Key.Key_I, CTRL | SHIFT)
    swapped = [[True, True, False], [False] * 3, [True, True, False]]
    assert frozen(window) == swapped
    assert window.session.edits.count == 5
    window.session.playback.take(2)
    again = saved_and_reopened(window, tmp_path)
    window.session.open(again)
    assert frozen(window) == swapped
    window.session.view.show(part="input:toes")
    assert row.text() == "Fr&eeze the row of the selected output"
    assert not row.isEnabled()
    assert window.menus.actions["freeze_column"].text() == "Freeze the c&olumn of toes"

    begin_again(window)
    network = window.panel("network")
    assert isinstance(network, NetworkGraph)
    card = network.view.weight_card(2, 0)
    menu = window.menus.weights
    seen: list[str] = []

    def choose() -> None:
        assert QApplication.activePopupWidget() is menu
        row = window.menus.actions["freeze_row"]
        seen.append(row.text())
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(row).center())

    right_click(window, card.mapTo(window, QPoint(3, 3)), choose)
    assert seen == ["Fr&eeze the row of sad"]
    assert frozen(window) == [[False] * 3, [False] * 3, [True] * 3]
    assert window.session.view.part == "weight:g"
    edit = next(action.menu() for action in window.menuBar().actions() if action.text() == "&Edit")
    assert isinstance(edit, QMenu)
    assert window.menus.weights in [action.menu() for action in edit.actions()]
    texts = [action.text() for action in window.menus.weights.actions() if action.text()]
    letters = [text[text.index("&") + 1].lower() for text in texts]
    assert len(set(letters)) == len(letters), "two entries have the same letter"


def right_click(window: Window, at: QPoint, choose: Callable[[], None]) -> None:
    target = window.childAt(at)
    assert target is not None
    place = target.mapFrom(window, at)
    QTest.mouseClick(target, Qt.MouseButton.RightButton, pos=place)
    QTimer.singleShot(0, choose)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.mapToGlobal(at))
    QApplication.sendEvent(target, event)


def test_on_images_the_menu_knows_the_pixel_that_is_pointed_at(qtbot: QtBot) -> None:
    for window in shown_window(qtbot, Window(open_experiment("Digits, 8x8", count=20))):
        session = window.session
        session.view.show(output=3, pixel=11)
        texts = [window.menus.actions[name].text() for name in ("freeze_row", "freeze_column")]
        assert texts == ["Fr&eeze the row of 3", "Freeze the c&olumn of pixel 1,3"]
        window.weights.pointed = (4, 12)
        session.view.show(pixel=None)
        window.weights.freeze_column()
        assert np.flatnonzero(session.state.setup.frozen.all(axis=0)).tolist() == [12]
        window.weights.freeze_row()
        assert session.state.setup.frozen.sum() == 64 + 9
        window.weights.pointed = None
        # Files and copies keep the pixels in their order, whatever is shuffled.
        session.playback.take(3)
        session.edits.shuffle_pixels()
        shuffled = session.state.weights.copy()
        window.weights.copy()
        window.weights.zero()
        window.weights.paste()
        assert session.state.weights.tobytes() == shuffled.tobytes()


# -- locked and hidden -----------------------------------------------------------------------------


def test_a_lock_keeps_all_of_it_and_hidden_weights_are_not_taken_out(window: Window) -> None:
    session = window.session
    names = [command for command in window.menus.weights.actions() if command.objectName()]
    before = weights(window)
    session.playback.lock("First the prediction.")
    assert not any(action.isEnabled() for action in names)
    window.weights.zero()
    window.weights.freeze_all()
    assert weights(window) == before
    assert not np.any(frozen(window))
    session.playback.lock("")
    session.parts.veil(["weight:b"])
    QGuiApplication.clipboard().setText("mine")
    sentences = said(window, [])
    window.weights.copy()
    window.weights.save()
    assert QGuiApplication.clipboard().text() == "mine"
    assert (
        sentences
        == ["Some weights are hidden for now, and so they are neither copied nor saved."] * 2
    )

    # A guest on the bench is no matter of the weights.
    begin_again(window)
    session.edits.put_on_bench(np.array([1.0, 2.0, 3.0]), None, "a guest")
    window.weights.zero()
    assert weights(window) == [[0.0] * 3] * 3
    assert session.state.example is None
    session.edits.undo()
    assert session.state.example is None
