"""Places out of sight have a change of the look when they are shown, and none before."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.look.late import LatePlace
from gui.look.theme import look
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window


class Follower(QLabel):
    """Counts how often it is called back."""

    def __init__(self) -> None:
        super().__init__("text")
        self.calls = 0
        look.follow(self, self._restyle)

    def _restyle(self) -> None:
        self.calls += 1


def place_in(window: QWidget) -> tuple[LatePlace, Follower]:
    place, follower = LatePlace(), Follower()
    QVBoxLayout(place).addWidget(follower)
    (window.layout() or QVBoxLayout(window)).addWidget(place)
    place.show()
    return place, follower


@pytest.fixture(autouse=True)
def light() -> Iterator[None]:
    look.choose("light")
    yield
    look.choose("light")


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def type_px(widget: QWidget) -> int:
    return QFontInfo(widget.font()).pixelSize()


def test_what_is_seen_is_called_at_once(shown: QWidget) -> None:
    _, follower = place_in(shown)
    look.choose("dark")
    assert follower.calls == 1


def test_what_is_hidden_is_called_once_when_it_is_shown(shown: QWidget) -> None:
    place, follower = place_in(shown)
    place.hide()
    look.choose("dark")
    look.choose("projector")
    assert follower.calls == 0
    place.show()
    assert follower.calls == 1
    place.hide()
    place.show()
    assert follower.calls == 1


def test_what_was_hidden_has_the_style_when_it_is_shown(shown: QWidget) -> None:
    place, follower = place_in(shown)
    button = QPushButton("press")
    button.setParent(place)
    shown.grab()
    small = button.sizeHint()
    place.hide()
    look.choose("projector")
    place.show()
    assert type_px(follower) == look.theme.font_px
    assert button.sizeHint().height() > small.height()


def test_a_place_within_a_place_waits_for_its_own_turn(shown: QWidget) -> None:
    outer, _ = place_in(shown)
    inner, follower = place_in(outer)
    inner.hide()
    outer.hide()
    look.choose("dark")
    outer.show()
    assert follower.calls == 0
    inner.show()
    assert follower.calls == 1


def test_a_place_that_is_asked_for_its_room_is_styled_though_hidden(shown: QWidget) -> None:
    place, follower = place_in(shown)
    place.may_rest = False
    place.hide()
    look.choose("projector")
    assert follower.calls == 1


def test_a_widget_that_is_gone_is_not_called(shown: QWidget, qtbot: QtBot) -> None:
    place, follower = place_in(shown)
    place.hide()
    look.choose("dark")
    follower.deleteLater()
    qtbot.waitUntil(lambda: not isValid(follower))
    place.show()
    assert follower.calls == 0


def test_each_panel_looks_as_if_it_had_been_in_sight_all_the_time(qtbot: QtBot) -> None:
    experiment = open_experiment("Digits, 8x8")
    window = next(frames := shown_window(qtbot, Window(experiment)))
    window.session.playback.take(3)
    pages = [page for page in window.side.pages.values() if page.spec.shown(experiment)]
    for page in pages:
        window.side.setCurrentWidget(page)
        page.fill()
    for theme, page in zip(cycle(("dark", "projector", "light")), pages, strict=False):
        look.choose(theme)
        window.side.setCurrentWidget(page)
        picture = settled(qtbot, window, page)
        # Now it is in sight.
        look.choose(theme)
        assert settled(qtbot, window, page) == picture, page.spec.key
    next(frames, None)


def settled(qtbot: QtBot, window: Window, page: QWidget) -> QImage:
    """What a page looks like once it has worked out what it shows."""
    qtbot.waitUntil(lambda: not window.side.busy)
    for _ in range(3):
        QCoreApplication.processEvents()
    return page.grab().toImage()
