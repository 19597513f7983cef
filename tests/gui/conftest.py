"""What every test of the window has: settings of its own, and a check that it cleans up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.look.theme import TEXT_SIZES, THEMES, look, named_color
from gui.session import Session
from model.experiment import Experiment
from tests.gui.helpers.leaks import LeakCheck


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test with no settings and no files saved by another test, let alone by a user."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for file_format in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(file_format, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def sessions_end_as_in_the_app(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Let Qt take down the sessions that a test made, as it does with those of a window.

    Left to the garbage collection, their parts would go in any order.
    """
    made: list[Session] = []
    begin = Session.__init__

    def noted(self: Session, experiment: Experiment, parent: QObject | None = None) -> None:
        begin(self, experiment, parent)
        made.append(self)

    monkeypatch.setattr(Session, "__init__", noted)
    yield
    for session in made:
        if isValid(session) and session.parent() is None:
            session.deleteLater()
    made.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def widgets_live_as_long_as_their_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold what a test gave to qtbot, which holds it weakly.

    A window that nobody holds is taken by the garbage collection at any moment: while it paints
    itself, too, and that ends the process.
    """
    held: list[QWidget] = []
    add = QtBot.addWidget

    def hold(self: QtBot, widget: QWidget, **how: Any) -> None:
        held.append(widget)
        add(self, widget, **how)

    monkeypatch.setattr(QtBot, "addWidget", hold)
    yield
    held.clear()


@pytest.fixture(autouse=True)
def in_the_light_theme(qapp: QApplication) -> None:
    """Begin each test in the light theme, whatever the one before it has chosen."""
    look.choose_text_size(TEXT_SIZES[0])
    if look.choice != "light" or not qapp.styleSheet():
        look.choose("light")


@pytest.fixture(scope="module")
def qtbot_of_module(request: pytest.FixtureRequest, qapp: QApplication) -> QtBot:
    """For a window that all tests of a file have in common: one that each of them only reads."""
    return QtBot(request)


@pytest.fixture(scope="session", autouse=True)
def colors_stay_what_they_are_called() -> Iterator[None]:
    """Fail a run in which someone changed a colour that the theme hands to everyone."""
    yield
    for theme in THEMES.values():
        names = [name for name in theme if isinstance(name, str) and name.startswith("#")]
        assert [named_color(name).name() for name in names] == names


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window, a timer, an animation or a thread behind."""
    check = LeakCheck(qapp)
    yield
    leaks = check.leaks()
    if leaks:
        pytest.fail("the test left behind: " + "; ".join(leaks), pytrace=False)
