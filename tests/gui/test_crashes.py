"""What should never happen is told, wherever it happens, and never drawn as if all were well."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui import app, crashes
from gui.__main__ import main
from gui.crashes import CrashWatch, tell_crash
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


def test_a_fault_while_the_window_is_being_shown_is_told_in_one_dialog(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.detailedText()))
    monkeypatch.setattr(sys, "excepthook", tell_crash)
    page = faulty_page(qtbot)
    page.show()
    tell_crash(ValueError, ValueError("another"), None)
    assert shown == []
    qtbot.waitUntil(lambda: shown != [])
    qtbot.waitUntil(lambda: not crashes.dialogs_open())
    assert len(shown) == 1
    assert "RuntimeError: wrong on purpose" in shown[0]
    assert "PySide6" in shown[0]
    assert "ValueError: another" in capsys.readouterr().err


def test_a_watch_lets_an_interruption_through() -> None:
    with pytest.raises(KeyboardInterrupt), CrashWatch() as watch:
        raise KeyboardInterrupt
    assert watch.fault == ""
