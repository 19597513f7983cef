"""The lower panels: their tools beside the tabs, and how they fold away and come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.lower_pages import LowerPages
from gui.theme import look
from gui.window import Window
from model.library import open_experiment
from tests.gui.image_bench import digits_experiment


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    look.choose("light")
    made = Window(digits_experiment())
    with qtbot.waitExposed(made):
        made.show()
    yield made
    look.choose("light")
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def resize(window: Window, width: int, height: int) -> None:
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()


def click_tab(qtbot: QtBot, pages: LowerPages, title: str) -> None:
    bar = pages.tabBar()
    place = bar.tabRect(pages.indexOf(pages.pages[title])).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def folded(window: Window) -> bool:
    """Whether only the tabs are left on screen."""
    pages = window.lower_tabs
    assert pages.folded == (pages.height() <= pages.tabBar().height())
    return pages.folded


def within(inner: QWidget, outer: QWidget) -> bool:
    corner = inner.mapTo(outer, inner.rect().topLeft())
    return outer.rect().contains(inner.rect().translated(corner))


@pytest.mark.parametrize("title", ["Examples", "Trace"])
def test_the_tools_of_the_page_in_front_stand_beside_the_tabs(
    qtbot: QtBot, window: Window, title: str
) -> None:
    pages = window.lower_tabs
    pages.setCurrentWidget(pages.pages[title])
    QApplication.processEvents()
    panel = pages.panel(title)
    tools = panel.header  # type: ignore[attr-defined]

    assert tools.isVisible()
    assert within(tools, pages)
    bar = pages.tabBar()
    last_tab = bar.tabRect(bar.count() - 1)
    assert tools.mapTo(pages, tools.rect().topLeft()).x() > last_tab.right()
    assert tools.mapTo(pages, tools.rect().bottomLeft()).y() <= bar.height()


def test_the_button_folds_the_pages_and_brings_them_back(qtbot: QtBot, window: Window) -> None:
    pages = window.lower_tabs
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
    pages = window.lower_tabs
    click_tab(qtbot, pages, "Examples")
    assert folded(window)

    click_tab(qtbot, pages, "Trace")
    assert not folded(window)
    assert window.trace.table.isVisible()

    click_tab(qtbot, pages, "Examples")
    assert not folded(window)


@pytest.mark.parametrize(
    ("theme", "width", "height"),
    [("light", 1000, 660), ("projector", 1280, 800), ("light", 1280, 800), ("dark", 1920, 1080)],
)
def test_all_ten_pictures_are_in_sight(window: Window, theme: str, width: int, height: int) -> None:
    look.choose(theme)
    resize(window, width, height)
    for card in window.images.weight_images.cards:
        assert card.visibleRegion().boundingRect() == card.rect()


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
    qtbot.mouseClick(window.lower_tabs.fold_button, Qt.MouseButton.LeftButton)
    assert not folded(window)
    resize(window, 1010, 670)
    assert not folded(window)


def test_a_small_network_keeps_its_trace(window: Window) -> None:
    resize(window, 1000, 660)
    window.session.open(open_experiment("Several steps"))
    QApplication.processEvents()
    assert not folded(window)
    assert window.trace.table.isVisible()
