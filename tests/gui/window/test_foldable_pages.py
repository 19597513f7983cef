"""The lower panels: their tools beside the tabs, and how they fold away and come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.look.theme import look
from gui.panels.examples.panel import ExamplesPanel
from gui.panels.trace.panel import TracePanel
from gui.window.foldable_pages import LowerPages
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.image_bench import digits_experiment
from tests.gui.helpers.window_bench import end_window, shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(digits_experiment()))


def resize(window: Window, width: int, height: int) -> None:
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()


def click_tab(qtbot: QtBot, pages: LowerPages, key: str) -> None:
    bar = pages.tabBar()
    place = bar.tabRect(pages.indexOf(pages.pages[key])).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def folded(window: Window) -> bool:
    """Whether only the tabs are left on screen."""
    pages = window.below
    assert pages.folded == (pages.height() <= pages.tabBar().height())
    return pages.folded


def within(inner: QWidget, outer: QWidget) -> bool:
    corner = inner.mapTo(outer, inner.rect().topLeft())
    return outer.rect().contains(inner.rect().translated(corner))


@pytest.mark.parametrize("key", ["examples", "trace"])
def test_the_tools_of_the_page_in_front_stand_beside_the_tabs(
    qtbot: QtBot, window: Window, key: str
) -> None:
    pages = window.below
    pages.setCurrentWidget(pages.pages[key])
    QApplication.processEvents()
    panel = window.panel(key)
    assert isinstance(panel, ExamplesPanel | TracePanel)
    tools = panel.tools

    assert tools.isVisible()
    assert within(tools, pages)
    bar = pages.tabBar()
    last_tab = bar.tabRect(bar.count() - 1)
    assert tools.mapTo(pages, tools.rect().topLeft()).x() > last_tab.right()
    assert tools.mapTo(pages, tools.rect().bottomLeft()).y() <= bar.height()


def test_the_button_folds_the_pages_and_brings_them_back(qtbot: QtBot, window: Window) -> None:
    pages = window.below
    high = pages.height()
    qtbot.mouseClick(pages.fold_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert pages.height() == pages.tabBar().height()
    assert not window.menus.actions["show_lower"].isChecked()
    assert pages.fold_button.accessibleName() == "Unfold the lower panels"

    qtbot.mouseClick(pages.fold_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert pages.height() == high
    assert window.menus.actions["show_lower"].isChecked()


def test_the_menu_folds_them_too(window: Window) -> None:
    window.menus.actions["show_lower"].trigger()
    assert folded(window)
    window.menus.actions["show_lower"].trigger()
    assert not folded(window)


def test_a_click_on_a_tab_unfolds_it_and_on_the_one_in_front_folds_it(
    qtbot: QtBot, window: Window
) -> None:
    pages = window.below
    click_tab(qtbot, pages, "examples")
    assert folded(window)

    click_tab(qtbot, pages, "trace")
    assert not folded(window)
    assert panels.trace(window).table.isVisible()

    click_tab(qtbot, pages, "examples")
    assert not folded(window)


def test_all_ten_pictures_are_in_sight(window: Window, qtbot: QtBot) -> None:
    cards = panels.weight_images(window).cards
    for theme, width, height in (
        ("light", 1000, 660),
        ("projector", 1219, 744),
        ("projector", 1280, 800),
        ("projector", 1366, 768),
        ("light", 1280, 800),
        ("dark", 1920, 1080),
    ):
        look.choose(theme)
        resize(window, width, height)
        qtbot.waitUntil(
            lambda: all(card.visibleRegion().boundingRect() == card.rect() for card in cards)
        )


def test_they_fold_by_themselves_only_where_there_is_little_room(window: Window) -> None:
    resize(window, 1280, 800)
    assert not folded(window)
    resize(window, 1000, 660)
    assert folded(window)
    assert not window.menus.actions["show_lower"].isChecked()
    resize(window, 1280, 800)
    assert not folded(window)


def test_what_a_person_asked_for_stays(qtbot: QtBot, window: Window) -> None:
    resize(window, 1000, 660)
    qtbot.mouseClick(window.below.fold_button, Qt.MouseButton.LeftButton)
    assert not folded(window)
    resize(window, 1010, 670)
    assert not folded(window)


def test_a_small_network_keeps_its_trace(window: Window) -> None:
    resize(window, 1000, 660)
    window.session.open(open_experiment("Several steps"))
    QApplication.processEvents()
    assert not folded(window)
    assert panels.trace(window).table.isVisible()


def test_while_folded_nothing_of_a_page_is_reached_or_worked_out(
    qtbot: QtBot, window: Window
) -> None:
    examples = panels.examples(window)
    assert isinstance(examples, ExamplesPanel)
    strip = examples.strip
    strip.setFocus()
    window.below.want_folded(True)
    QApplication.processEvents()
    assert not strip.hasFocus()
    assert not strip.isVisible()

    window.session.open(digits_experiment(count_outputs=4))
    QApplication.processEvents()
    assert folded(window)
    assert not strip.isVisible()
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not strip
        if focused is not None:
            QTest.keyClick(focused, Qt.Key.Key_Tab)

    window.below.want_folded(False)
    assert strip.isVisible()


def restarted(qtbot: QtBot, width: int, height: int) -> Window:
    made = Window(digits_experiment(), Settings())
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    return made


def drag_to(window: Window, height: int) -> int:
    """Make the lower panels about so high, as the handle above them does; returns how high."""
    splitter = window.below.parentWidget()
    assert isinstance(splitter, QSplitter)
    handle = splitter.handle(1)
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    to = start + QPoint(0, window.below.height() - height)
    QTest.mouseMove(handle, to)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=to)
    QApplication.processEvents()
    assert abs(window.below.height() - height) < 5
    return window.below.height()


def test_height_and_fold_are_as_they_were_left(qtbot: QtBot) -> None:
    first = restarted(qtbot, 1280, 780)
    height = drag_to(first, 200)
    end_window(first)

    second = restarted(qtbot, 1280, 780)
    assert second.below.height() == height
    qtbot.mouseClick(second.below.fold_button, Qt.MouseButton.LeftButton)
    end_window(second)

    third = restarted(qtbot, 1280, 780)
    assert folded(third)
    qtbot.mouseClick(third.below.fold_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert third.below.height() == height
    end_window(third)


def test_a_small_window_for_a_while_does_not_change_the_height(
    qtbot: QtBot, window: Window
) -> None:
    resize(window, 1280, 780)
    height = drag_to(window, 200)
    resize(window, 1000, 660)
    assert folded(window)
    resize(window, 1280, 780)
    assert window.below.height() == height
