"""The whole window, driven as a person would: clicks and keys in, numbers on screen out."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.look.theme import look
from gui.widgets.number_field import NumberField
from gui.window.commands import COMMANDS, shortcuts
from gui.window.help import ShortcutSheet
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.network_driver import input_field, padlock, target_field, weight_field
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.window_bench import shown_window

FREEZING = "Freezing one weight"
SMALL = [name for name in builtin_names() if not name.startswith("Digits")]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window(open_experiment(FREEZING))
    yield from shown_window(qtbot, made)


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot: QtBot, field: NumberField, text: str) -> None:
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.editor is not None
    qtbot.keyClicks(field.editor, text)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)


def weights_on_graph(window: Window) -> list[float]:
    return [weight_field(panels.network(window), 0, column).value for column in range(3)]


def test_freezing_stepping_diverging_and_going_back(qtbot: QtBot, window: Window) -> None:
    for _ in range(3):
        press(qtbot, panels.transport(window).step_button)
    held = [0.1, 0.24466147765625, -0.017548041250000077]
    assert weights_on_graph(window) == pytest.approx(held, rel=1e-12)
    assert window.session.state.pred[0] == pytest.approx(0.987972306, rel=1e-8)
    at_three = weights_on_graph(window)

    qtbot.mouseClick(padlock(panels.network(window), 0, 0), Qt.MouseButton.LeftButton)
    assert "0.02699" in panels.alpha(window).bar.limit_text
    assert "diverges" in panels.alpha(window).bar.zone_text

    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    panels.transport(window).speed_slider.setValue(panels.transport(window).speed_slider.maximum())
    press(qtbot, panels.transport(window).run_button)
    qtbot.waitUntil(lambda: not window.session.playback.running, timeout=5000)
    assert window.places.notice.isVisible()
    assert "0.02699" in window.session.playback.stop_reason
    assert all(np.isfinite(weights_on_graph(window)))

    window.session.playback.seek(3)
    assert weights_on_graph(window) == at_three


def test_an_input_edited_in_the_past_and_undone(qtbot: QtBot, window: Window) -> None:
    for _ in range(3):
        press(qtbot, panels.transport(window).step_button)
    old_future = weights_on_graph(window)
    press(qtbot, panels.transport(window).back_button)
    press(qtbot, panels.transport(window).back_button)
    type_into(qtbot, input_field(panels.network(window), 1), "2.5")
    assert window.session.playback.length == 1
    assert input_field(panels.network(window), 1).value == 2.5
    press(qtbot, panels.transport(window).step_button)
    press(qtbot, panels.transport(window).step_button)
    assert weights_on_graph(window) != old_future

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.playback.length == 3
    window.session.playback.seek(3)
    assert weights_on_graph(window) == old_future

    qtbot.keyClick(
        window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.session.playback.length == 1
    assert input_field(panels.network(window), 1).value == 2.5


def test_predict_compare_learn_only_in_order(qtbot: QtBot, window: Window) -> None:
    transport = panels.transport(window)
    assert not transport.compare_button.isEnabled()
    assert not transport.learn_button.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert window.session.playback.position == 0
    press(qtbot, transport.predict_button)
    assert transport.compare_button.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_C)
    press(qtbot, transport.learn_button)
    assert window.session.playback.position == 1


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_every_experiment_paints_in_every_theme(qtbot: QtBot, window: Window, theme: str) -> None:
    look.choose(theme)
    for name in SMALL:
        window.documents.open(name)
        for _ in range(3):
            press(qtbot, panels.transport(window).step_button)
        picture = window.grab().toImage()
        assert window.session.experiment.name == name
        assert name in window.windowTitle()
        # A window that painted nothing is of one colour.
        colors = {picture.pixel(x, y) for x in range(0, 1200, 37) for y in range(0, 780, 23)}
        assert len(colors) > 8


def test_every_focusable_control_has_a_name(window: Window) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QPushButton) + window.findChildren(NumberField)
        if not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert nameless == []


def test_tab_reaches_inputs_weights_targets_and_buttons(qtbot: QtBot, window: Window) -> None:
    panels.transport(window).step_button.setFocus()
    met = set()
    for _ in range(120):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.add(focused.accessibleName() or type(focused).__name__)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    fields = [input_field(panels.network(window), 2), weight_field(panels.network(window), 0, 1)]
    fields.append(target_field(panels.network(window), 0))
    assert {field.accessibleName() for field in fields} <= met
    assert padlock(panels.network(window), 0, 2).accessibleName() in met


def test_save_and_open_bring_the_same_bench_back(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.session.playback.take(5)
    window.session.edits.set_alpha(0.2)
    window.session.playback.take(4)
    window.session.playback.seek(7)
    numbers = weights_on_graph(window)
    file = tmp_path / "mine.json"
    assert window.documents.save_to(file)
    window.documents.open("Several outputs")
    window.documents.open(str(file))
    qtbot.waitUntil(lambda: window.session.playback.position == 7)
    assert window.session.playback.length == 9
    assert weights_on_graph(window) == numbers
    assert window.session.state.setup.alpha == 0.2


def test_a_bad_file_changes_nothing_and_is_explained(window: Window, tmp_path: Path) -> None:
    window.session.playback.take(2)
    file = tmp_path / "broken.json"
    file.write_text('{"format": "weightbench/experiment", "version": 1, "weights": NaN}')
    said: list[str] = []
    window.session.notices.refused.connect(said.append)
    window.documents.open(str(file))
    assert window.session.experiment.name == FREEZING
    assert window.session.playback.position == 2
    assert len(said) == 1
    assert "broken.json" in said[0]


def test_a_dropped_file_is_opened(window: Window, tmp_path: Path) -> None:
    other = Window(open_experiment("Several outputs"))
    file = tmp_path / "dropped.json"
    assert other.documents.save_to(file)
    other.close()
    other.deleteLater()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert window.session.experiment.name == "Several outputs"


def test_unsaved_edits_are_asked_about(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.session.edits.set_alpha(0.123)
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    assert not window.documents.may_leave()
    assert window.documents.may_leave()
    assert next(answers, None) is None
    assert window.session.state.setup.alpha == 0.123


def test_save_as_takes_what_the_dialog_gives(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "chosen.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    assert window.documents.save()
    assert open_experiment(str(file)).name == FREEZING
    assert window.documents.file == file


def test_layout_theme_and_bench_are_remembered(qtbot: QtBot) -> None:
    first = Window(open_experiment(FREEZING), Settings())
    for shown in shown_window(qtbot, first):
        shown.resize(1100, 700)
        shown.session.playback.take(4)
        shown.session.edits.set_weight(0, 1, 0.5)
        panels.transport(shown).speed_slider.setValue(3)
    second = Window(open_experiment("Several outputs"), Settings())
    second.bring_back()
    for shown in shown_window(qtbot, second):
        assert shown.session.experiment.name == FREEZING
        assert shown.session.playback.position == 4
        assert shown.session.state.weights[0, 1] == 0.5
        assert panels.transport(shown).speed_slider.value() == 3
        assert shown.size().height() == 700
        assert shown.documents.file is None


def test_the_sheet_of_shortcuts_has_every_key_once(qtbot: QtBot) -> None:
    keys = [key for spec in COMMANDS for key in spec.keys]
    assert len(keys) == len(set(keys))
    on_screen(qtbot, ShortcutSheet(shortcuts()))


def test_nonsense_keys_do_no_harm(qtbot: QtBot, window: Window) -> None:
    for character in string.ascii_letters + string.digits + "[]+-.,;'":
        if character.upper() != "G":  # asks for a step
            qtbot.keyClicks(panels.network(window), character)
    window.session.playback.pause()
    assert np.isfinite(window.session.state.error).all()


@pytest.mark.parametrize("size", [(1000, 660), (1280, 800), (1920, 1080)])
def test_nothing_lies_outside_the_window(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for control in (
        panels.transport(window).step_button,
        panels.alpha(window).field,
        panels.time_line(window),
    ):
        corner = control.mapTo(window, QPoint(control.width(), control.height()))
        assert corner.x() <= size[0]
        assert corner.y() <= size[1]


def test_a_fault_stops_a_run_which_would_meet_it_again_at_each_frame(
    qtbot: QtBot, window: Window
) -> None:
    press(qtbot, panels.transport(window).run_button)
    assert window.session.playback.running
    assert window.stop_and_keep()
    assert not window.session.playback.running


def test_a_file_in_place_of_the_folder_is_named(window: Window, tmp_path: Path) -> None:
    (tmp_path / "here").write_text("no folder")
    assert not window.documents.save_to(tmp_path / "here" / "a.json")
    assert window.places.notice.text == "a.json could not be saved: “here” is no folder"
