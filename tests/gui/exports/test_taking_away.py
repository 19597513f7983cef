"""Files, pictures and moments are taken away through the window, by menus, keys and clicks."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.exports.kinds import KINDS
from gui.look.theme import look
from gui.window.window import Window
from model.experiment import Experiment
from model.files.export import WRITERS, export
from model.files.library import open_experiment
from model.files.moments.text import moment_in
from model.files.trace import states
from tests.gui.helpers.window_bench import let_rest, shown_window

SEASON = "The whole season"


@pytest.fixture(scope="module")
def window_of_module(qtbot_of_module: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot_of_module, Window(open_experiment(SEASON)))


@pytest.fixture
def window(window_of_module: Window, qtbot: QtBot) -> Iterator[Window]:
    window = window_of_module
    window.session.open(open_experiment(SEASON))
    window.documents.set_origin("")
    window.session.notices.refuse("")
    window.exporter.on_paper = False
    QGuiApplication.clipboard().clear()
    # A menu that was up has left the keys to nobody.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    look.choose("light")
    # Which sends a notice away, too; a theme that was changed is followed a moment later.
    window.session.edits.mark_saved()
    let_rest(qtbot, window)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None, str], list[str]]:
    """Have the dialog answered with a file; what it offers is noted."""

    def answer(file: Path | None, chosen_filter: str = "") -> list[str]:
        offered: list[str] = []

        def choose(*args: object) -> tuple[str, str]:
            offered.extend((str(args[2]), str(args[3])))
            return ("" if file is None else str(file)), chosen_filter

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        return offered

    return answer


def told(window: Window) -> str:
    return window.places.notice.text


def svg_labels(file: Path) -> list[str]:
    root = ElementTree.parse(file).getroot()
    return [
        element.attrib["aria-label"] for element in root.iter() if "aria-label" in element.attrib
    ]


def drawn(svg: bytes, width: int, height: int) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def apart(one: QImage, other: QImage) -> float:
    """How far the colours of two pictures are apart, in the mean, of 255."""
    colors = []
    for image in (one, other):
        dots = image.convertToFormat(QImage.Format.Format_RGB32)
        shape = (dots.height(), dots.width(), 4)
        colors.append(np.asarray(dots.constBits()).reshape(shape)[:, :, :3].astype(int))
    return float(np.abs(colors[0] - colors[1]).mean())


# -- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_each_kind_is_written_as_the_command_line_writes_it(
    window: Window, qtbot: QtBot, tmp_path: Path, answer: Callable[..., list[str]], kind: object
) -> None:
    session = window.session
    session.playback.take(3)
    session.edits.set_alpha(0.02)
    session.playback.take(4)
    # Without its ending, which it is given.
    offered = answer(tmp_path / "mine")
    row = next(each for each in KINDS if each is kind)
    window.menus.actions[row.key].trigger()
    qtbot.waitUntil(lambda: not window.exporter.busy)

    file = tmp_path / f"mine{row.ending}"
    assert offered[0].endswith(f"{SEASON}{row.ending}")
    assert f"(*{row.ending})" in offered[1]
    assert told(window).startswith(f"Saved as {file}")
    saved = tmp_path / "bench.json"
    assert window.documents.write(saved)
    expected = tmp_path / f"expected{row.ending}"
    experiment = open_experiment(str(saved))
    export(experiment, 1 if row.whole else 0, expected, row.style)
    ours = file.read_text(encoding="utf-8")
    assert ours.replace("mine", "expected") == expected.read_text(encoding="utf-8").replace(
        "mine", "expected"
    )


def test_the_table_of_the_trace_has_every_step_of_the_path(
    window: Window, qtbot: QtBot, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    window.session.playback.take(9)
    window.session.playback.seek(4)
    answer(tmp_path / "t.csv")
    window.menus.actions["export_trace"].trigger()
    qtbot.waitUntil(lambda: not window.exporter.busy)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8"))))
    expected = list(states(open_experiment(SEASON), 10))
    assert [float(row["pred win"]) for row in rows] == [state.pred[0] for state in expected]


def test_a_dialog_that_is_left_writes_nothing_and_a_folder_that_is_gone_is_said(
    window: Window, qtbot: QtBot, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    answer(None)
    window.menus.actions["export_python"].trigger()
    assert not window.exporter.busy
    answer(tmp_path / "gone" / "x.py")
    window.menus.actions["export_python"].trigger()
    qtbot.waitUntil(lambda: not window.exporter.busy)
    assert told(window).startswith("x.py could not be written")
    assert not list(tmp_path.iterdir())


def write_for_ever(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Have the trace be without an end; the event tells when it is being written."""
    begun = threading.Event()

    def endless(experiment: Experiment, step: int, stream: BinaryIO) -> None:
        while True:
            stream.write(b"1,2,3\n")
            begun.set()

    monkeypatch.setitem(WRITERS, ".csv", endless)
    return begun


def test_what_takes_a_while_can_be_cancelled_and_leaves_nothing(
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    answer: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = write_for_ever(monkeypatch)
    answer(tmp_path / "t.csv")
    window.menus.actions["export_trace"].trigger()
    notice = window.places.notice
    qtbot.waitUntil(lambda: notice.text == "t.csv is being written…")
    assert begun.is_set()
    QTest.mouseClick(notice.offer_button, Qt.MouseButton.LeftButton)
    assert notice.text == ""
    window.exporter.wait()
    assert not list(tmp_path.iterdir())


def test_the_menu_stands_in_file_and_lists_the_panels_in_sight(window: Window) -> None:
    bar = {action.text(): action.menu() for action in window.menuBar().actions()}
    file = bar["&File"]
    assert isinstance(file, QMenu)
    export_menu = next(action.menu() for action in file.actions() if action.text() == "&Export")
    assert isinstance(export_menu, QMenu)
    panels = next(a.menu() for a in export_menu.actions() if a.text() == "Picture of &a panel")
    assert isinstance(panels, QMenu)
    panels.aboutToShow.emit()
    assert [a.text() for a in panels.actions()] == ["Network…", "Curves…", "All examples…"]


# -- pictures ----------------------------------------------------------------------------------


def right_click(window: Window, target: QWidget) -> QMenu:
    place = target.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, target.mapToGlobal(place))
    QApplication.sendEvent(target, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, text: str) -> None:
    action = next(each for each in menu.actions() if each.text().replace("&", "") == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_panel_is_copied_as_a_picture_and_saved_as_shapes_from_its_own_menu(
    window: Window, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    window.session.playback.take(4)
    page = window.side.pages["curves"]
    choose(right_click(window, page), "Copy picture")
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (2 * page.width(), 2 * page.height())
    assert "copied" in told(window)

    answer(tmp_path / "curves", "Pictures of shapes (*.svg)")
    choose(right_click(window, page), "Save picture of this panel…")
    file = tmp_path / "curves.svg"
    root = ElementTree.parse(file).getroot()
    assert (root.attrib["width"], root.attrib["height"]) == (str(page.width()), str(page.height()))
    assert {"toes", "win/loss", "fans", "weights by step"} <= set(svg_labels(file))
    # What Qt itself makes of it is much like what is on the screen.
    shapes = drawn(file.read_bytes(), page.width(), page.height())
    assert apart(shapes, page.grab().toImage()) < 8


def test_the_window_is_saved_with_twice_as_many_dots_by_its_key(
    window: Window, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    answer(tmp_path / "bench")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    image = QImage(str(tmp_path / "bench.png"))
    assert (image.width(), image.height()) == (2 * window.width(), 2 * window.height())


def test_for_paper_a_picture_is_light_and_the_window_stays_dark(
    window: Window, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    look.choose("dark")
    window.menus.actions["paper_pictures"].trigger()
    page = window.side.pages["curves"]
    answer(tmp_path / "p.png")
    window.exporter.ask_picture(page, "Curves")
    assert look.choice == "dark"
    assert QImage(str(tmp_path / "p.png")).pixelColor(2, 2).lightness() > 200
    assert page.grab().toImage().pixelColor(2, 2).lightness() < 60
    window.menus.actions["paper_pictures"].trigger()


def test_a_hidden_number_is_in_no_picture_and_nothing_with_all_numbers_is_written(
    window: Window, tmp_path: Path, answer: Callable[..., list[str]]
) -> None:
    window.session.parts.veil(["pred:win"])
    answer(tmp_path / "n.svg")
    window.exporter.ask_picture()
    pred = f"{window.session.state.pred[0]:.4f}"
    labels = svg_labels(tmp_path / "n.svg")
    assert "?" in labels
    assert not [label for label in labels if pred in label]
    answer(tmp_path / "t.csv")
    window.menus.actions["export_trace"].trigger()
    assert "hidden" in told(window)
    assert not (tmp_path / "t.csv").exists()
    window.session.parts.veil([])


def test_on_images_each_picture_is_cut_out_and_sharp(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.exports.pictures import svg_of

    for window in shown_window(qtbot, Window(open_experiment("Digits, 8x8", count=20))):
        window.session.playback.take(6)
        page = window.places.bench.pages["weight_images"]
        text = svg_of(page, "x")
        shapes = drawn(text.encode(), page.width(), page.height())
        assert apart(shapes, page.grab().toImage()) < 8
        assert len(re.findall("<image ", text)) >= 6
        # A window that is closed waits for what it writes to be given up.
        begun = write_for_ever(monkeypatch)
        window.exporter.write(KINDS[0], tmp_path / "t.csv")
        qtbot.waitUntil(begun.is_set)
    assert not list(tmp_path.iterdir())


# -- moments -----------------------------------------------------------------------------------


def stop(window: Window, panel: str) -> QWidget:
    """What has the keys of a panel."""
    stops: list[QWidget] = window.panel(panel).tab_stops  # type: ignore[attr-defined]
    return stops[-1] if panel == "all_examples" else stops[0]


@pytest.mark.parametrize("panel", ["alpha", "all_examples"])
def test_a_moment_is_copied_and_pasted_with_keys_wherever_the_focus_is(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, panel: str
) -> None:
    session = window.session
    session.playback.take(3)
    session.edits.set_alpha(0.015)
    session.playback.take(4)
    session.playback.seek(5)
    before = session.state
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_M, control | shift)
    text = QGuiApplication.clipboard().text()
    assert moment_in(text) == window.documents.text()
    assert f"{len(text):,} letters" in told(window)

    session.playback.seek(0)
    session.edits.set_weight(0, 0, 9.0)
    asked: list[str] = []
    buttons = QMessageBox.StandardButton

    def question(*args: object) -> QMessageBox.StandardButton:
        asked.append(str(args[2]))
        return buttons.Discard

    monkeypatch.setattr(QMessageBox, "question", question)
    QGuiApplication.clipboard().setText("He wrote:\n" + text.replace("\n", "\n> ") + "\n– see?")
    # A field of a number, or a table, has the key for itself, but for this.
    focus = stop(window, panel)
    focus.setFocus()
    QTest.keyClick(focus, Qt.Key.Key_V, control)
    qtbot.waitUntil(lambda: session.playback.position == 5)

    assert asked == [f"Keep the changes to “{SEASON}”?"]
    assert session.playback.length == 7
    assert np.array_equal(session.state.weights, before.weights)
    assert window.documents.edited
    assert window.documents.file is None


def test_a_number_is_still_pasted_into_the_field_that_has_the_focus(window: Window) -> None:
    QGuiApplication.clipboard().setText("0.125")
    field = stop(window, "alpha")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.setup.alpha == 0.125


def test_a_moment_that_breaks_off_is_one_sentence_and_changes_nothing(window: Window) -> None:
    window.session.playback.take(2)
    window.menus.actions["copy_moment"].trigger()
    text = QGuiApplication.clipboard().text()
    experiment = window.session.experiment
    for damaged, problem in (
        (text[: len(text) // 2], "breaks off"),
        (text[:-9] + text[-8:], "not as it was copied"),
        ("no moment", "cannot be pasted here"),
    ):
        QGuiApplication.clipboard().setText(damaged)
        window.setFocus()
        window.menus.actions["paste"].trigger()
        assert problem in told(window)
        assert window.session.experiment is experiment
        assert window.session.playback.position == 2
    QGuiApplication.clipboard().clear()
    window.menus.actions["paste"].trigger()
    assert "nothing on the clipboard" in told(window)


def test_a_conversation_in_a_file_opens_and_is_never_written_over(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.playback.take(6)
    window.menus.actions["copy_moment"].trigger()
    chat = f"Ann: look at this\n{QGuiApplication.clipboard().text()}\nBob: nice\n"
    file = tmp_path / "chat.txt"
    file.write_text(chat, encoding="utf-8")
    window.session.playback.take(2)

    window.documents.open(str(file))
    qtbot.waitUntil(lambda: window.session.playback.position == 6)

    assert window.documents.file is None
    assert window.documents.edited
    assert file.read_text(encoding="utf-8") == chat


def test_while_a_prediction_is_open_nothing_is_taken_out(window: Window) -> None:
    window.session.playback.lock("first say what it will be")
    for name in ("copy_moment", "picture", *(kind.key for kind in KINDS)):
        assert not window.menus.actions[name].isEnabled()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(5, 5), window.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(window.side.pages["curves"], event)
    assert QApplication.activePopupWidget() is None
    window.session.playback.lock("")
