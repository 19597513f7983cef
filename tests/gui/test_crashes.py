"""What should never happen is told, wherever it happens, and never drawn as if all were well."""

from __future__ import annotations

import importlib
import io
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui import app
from gui.__main__ import main
from gui.crashes import CrashTeller, CrashWatch
from gui.session import Session
from gui.window.pages import Page
from gui.window.panels import PanelSpec
from model.files.library import open_experiment


def broken(*arguments: object) -> None:
    raise RuntimeError("wrong on purpose")


class Faulty(QWidget):
    """A panel that cannot be made as long as there are faults left."""

    faults = -1  # without end

    def __init__(self, session: Session) -> None:
        if Faulty.faults:
            Faulty.faults -= 1
            raise RuntimeError("wrong on purpose")
        super().__init__()


def faulty_page(qtbot: QtBot) -> Page:
    spec = PanelSpec("faulty", "Faulty", "lower", f"{__name__}:Faulty")
    page = Page(spec, Session(open_experiment("Several steps")))
    qtbot.addWidget(page)
    return page


# One at a side, one made at once, one behind a tab, one in the frame; made, shown and painted.
@pytest.mark.parametrize(
    ("where", "method"),
    [
        ("gui.panels.network.panel:NetworkGraph", "__init__"),
        ("gui.panels.curves.panel:PlotsColumn", "__init__"),
        ("gui.panels.trace.panel:TracePanel", "__init__"),
        ("gui.panels.time.time_line:TimeLine", "__init__"),
        ("gui.panels.time.time_line:TimeLine", "paintEvent"),
    ],
)
def test_no_picture_is_drawn_of_a_window_with_a_fault(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    where: str,
    method: str,
) -> None:
    module, _, name = where.partition(":")
    monkeypatch.setattr(getattr(importlib.import_module(module), name), method, broken)
    file = tmp_path / "a.png"
    hook = sys.excepthook

    assert main(["Several steps", "--screenshot", str(file)]) == 2

    said = capfd.readouterr().err
    assert "Traceback" in said
    last = said.splitlines()[-1]
    assert last.startswith("weightbench: --screenshot: the picture could not be drawn: RuntimeErr")
    assert last.endswith("wrong on purpose")
    assert not file.exists()
    assert sys.excepthook is hook


def test_a_picture_that_was_there_is_kept_if_the_new_one_fails(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"as it was")
    monkeypatch.setattr("gui.panels.network.panel.NetworkGraph.__init__", broken)
    experiment = open_experiment("Several steps")
    assert "wrong on purpose" in app.screenshot(experiment, 0, file, (1280, 800), "light")
    assert file.read_bytes() == b"as it was"


def test_a_panel_that_cannot_be_made_says_so_and_is_told_once(qtbot: QtBot) -> None:
    page = faulty_page(qtbot)
    with qtbot.captureExceptions() as told:
        page.show()
        page.hide()
        page.show()
    assert [str(error) for _, error, _ in told] == ["wrong on purpose"]
    label = page.findChild(QLabel)
    assert label is not None
    assert label.isVisible()
    assert label.text().startswith("This panel could not be opened")


def test_a_panel_that_can_be_made_later_takes_the_place_of_the_words(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Faulty, "faults", 1)
    page = faulty_page(qtbot)
    with qtbot.captureExceptions():
        page.show()
    assert page.fill() is page.panel
    qtbot.waitUntil(lambda: page.findChild(QLabel) is None)


class Told(NamedTuple):
    """What a dialog said, and what its button copied."""

    text: str
    what: str
    text_format: Qt.TextFormat
    copied: str
    buttons: list[str]


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """The dialogs that would be shown."""
    shown: list[Told] = []

    def show(box: QMessageBox) -> None:
        words = {button.text(): button for button in box.buttons()}
        QGuiApplication.clipboard().clear()
        words["Copy report"].click()
        copied = QGuiApplication.clipboard().text()
        shown.append(Told(box.text(), box.informativeText(), box.textFormat(), copied, [*words]))

    monkeypatch.setattr(QMessageBox, "exec", show)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return shown


def test_a_fault_while_the_window_is_being_shown_is_told_in_one_dialog(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    teller = CrashTeller(lambda: True)
    teller.install()

    def again(box: QMessageBox) -> None:
        told.append(box.detailedText())
        teller.take(ValueError, ValueError("another"), None)
        QCoreApplication.processEvents()

    monkeypatch.setattr(QMessageBox, "exec", again)
    page = faulty_page(qtbot)
    page.show()
    assert told == []
    qtbot.waitUntil(lambda: told != [] and not teller.telling)
    QCoreApplication.processEvents()
    assert len(told) == 1
    assert "RuntimeError: wrong on purpose" in told[0]
    assert "ValueError: another" in capsys.readouterr().err


@pytest.mark.parametrize("kept", [True, False])
def test_a_fault_keeps_the_bench_lets_one_go_on_and_offers_a_report_with_versions(
    qtbot: QtBot, boxes: list[Told], kept: bool
) -> None:
    done: list[str] = []

    def keep() -> bool:
        done.append("kept")
        return kept

    teller = CrashTeller(keep)
    teller.take(RuntimeError, RuntimeError("<b>wrong</b>"), None)
    qtbot.waitUntil(lambda: boxes != [])
    (box,) = boxes
    assert done == ["kept"]
    assert ("is kept, and you can go on" if kept else "save it to a file") in box.text
    assert box.what == "RuntimeError: <b>wrong</b>"
    assert box.text_format is Qt.TextFormat.PlainText
    for needed in ("Weightbench ", "Python ", "PySide6 ", "Qt ", "NumPy ", "pyqtgraph ", "wrong"):
        assert needed in box.copied
    assert "Go on" in box.buttons


def test_a_fault_in_another_thread_is_told_in_the_window(qtbot: QtBot, boxes: list[Told]) -> None:
    teller = CrashTeller(lambda: True)
    teller.install()
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: boxes != [])
    assert boxes[0].what == "RuntimeError: wrong on purpose"


def test_a_fault_in_keeping_is_told_as_well_and_not_without_end(
    qtbot: QtBot, boxes: list[Told]
) -> None:
    def keep() -> bool:
        raise RuntimeError("wrong on purpose")

    teller = CrashTeller(keep)
    teller.install()
    teller.take(ValueError, ValueError("first"), None)
    qtbot.waitUntil(lambda: len(boxes) == 2)
    QCoreApplication.processEvents()
    assert not teller.telling
    assert [box.what for box in boxes] == ["ValueError: first", "RuntimeError: wrong on purpose"]
    assert all("save it to a file" in box.text for box in boxes)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("closed", [False, True])
def test_a_fault_is_told_where_nothing_can_be_printed(
    qtbot: QtBot, boxes: list[Told], monkeypatch: pytest.MonkeyPatch, closed: bool
) -> None:
    teller = CrashTeller(lambda: True)
    with Path("/dev/full").open("wb", buffering=0) as full:
        raw = io.TextIOWrapper(full, write_through=True)
        if closed:
            raw.detach()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", raw)
            teller.take(RuntimeError, RuntimeError("wrong on purpose"), None)
    qtbot.waitUntil(lambda: boxes != [])
    assert boxes[0].what == "RuntimeError: wrong on purpose"


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("it cannot even say that")


@pytest.mark.parametrize(
    "error", [ValueError("a " * 100_000), Unspeakable(), ValueError("\ud800"), ValueError("a\0b")]
)
def test_whatever_a_fault_says_of_itself_there_is_room_for_it(
    qtbot: QtBot, boxes: list[Told], error: Exception
) -> None:
    teller = CrashTeller(lambda: True)
    teller.take(type(error), error, None)
    qtbot.waitUntil(lambda: boxes != [])
    assert type(error).__name__ in boxes[0].what
    assert len(boxes[0].what) <= 300


def test_a_watch_lets_an_interruption_through() -> None:
    with pytest.raises(KeyboardInterrupt), CrashWatch() as watch:
        raise KeyboardInterrupt
    assert watch.fault == ""
