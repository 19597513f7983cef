"""From one start to the next: nothing is lost, whatever the window is closed in the middle of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from gui.window import Window
from model.library import open_experiment

FIRST = "Several steps"


@contextmanager
def started(name: str = FIRST) -> Iterator[Window]:
    """A window as the application starts it, with what was left brought back."""
    window = Window(open_experiment(name), Settings())
    window.bring_back()
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_unsaved_edits_are_still_unsaved_after_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with started() as window:
        window.session.set_alpha(0.02)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert window.documents.edited
        answers = iter([QMessageBox.StandardButton.Cancel])
        monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
        window.documents.start_over()
        assert next(answers, None) is None  # it was asked
        assert window.session.state.setup.alpha == 0.02


def test_closing_on_the_way_back_keeps_the_whole_path(qtbot: QtBot) -> None:
    with started() as window:
        window.session.take(3_000_000)
        window.session.seek(2_500_000)
    with started() as window:
        assert window.session.restoring
    with started() as window:
        qtbot.waitUntil(lambda: not window.session.running, timeout=30_000)
        assert (window.session.length, window.session.position) == (3_000_000, 2_500_000)


def test_closing_while_images_are_read_keeps_them(qtbot: QtBot) -> None:
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            window.documents.open("Digits, 8x8")
        window.session.take(100)
    with started() as window:
        assert window.session.experiment.name == FIRST
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            pass
        qtbot.waitUntil(lambda: not window.session.running)
        assert window.session.experiment.name == "Digits, 8x8"
        assert window.session.length == 100


def test_a_bench_of_a_newer_version_is_set_aside() -> None:
    file = Settings().autosave
    file.parent.mkdir(parents=True, exist_ok=True)
    newer = {"format": "weightbench/experiment", "version": 2}
    file.write_text(json.dumps(newer))
    with started() as window:
        assert window.session.experiment.name == FIRST
    assert json.loads(file.with_suffix(".bak").read_text()) == newer
    assert open_experiment(str(file)).name == FIRST


def test_edits_made_while_images_are_read_are_asked_about(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started() as window:
        monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Cancel)
        window.documents.open("Digits, 8x8")
        window.session.set_alpha(0.5)
        qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
        qtbot.wait(50)
        assert window.session.experiment.name == FIRST
        assert window.session.state.setup.alpha == 0.5


def test_strange_settings_do_no_harm() -> None:
    settings = Settings()
    settings._store.setValue("theme", ["a", "b"])  # noqa: SLF001 - a damaged file, made here
    settings._store.setValue("speed", "\u00b2")  # noqa: SLF001
    assert settings.theme == "system"
    assert settings.speed == -1


def test_a_change_gives_up_what_was_being_restored(qtbot: QtBot) -> None:
    with started() as window:
        window.session.take(5_000_000)
    with started() as window:
        assert window.session.restoring
        window.session.set_alpha(0.001)
        assert not window.session.running
        assert window.session.length < 5_000_000
