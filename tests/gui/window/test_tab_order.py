"""Tab goes through the window as the eye does, whatever panel was made when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.examples.panel import ExamplesPanel
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.image_bench import digits_experiment
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(digits_experiment()))


def reached(window: Window, qtbot: QtBot) -> list[QWidget]:
    """What has the focus after each press of Tab, once round."""
    window.activateWindow()
    panels.transport(window).step_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panels.transport(window).step_button.hasFocus)
    found: list[QWidget] = []
    for _ in range(300):
        focused = QApplication.focusWidget()
        assert focused is not None
        if found and focused is found[0]:
            return found
        found.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError("Tab never came back to where it began")


def assert_in_order(found: list[QWidget], *wanted: QWidget) -> None:
    places = [found.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_from_the_bench_to_the_side_to_the_time_line_to_below(qtbot: QtBot, window: Window) -> None:
    qtbot.wait(20)
    examples, images = panels.examples(window), panels.weight_images(window)
    assert isinstance(examples, ExamplesPanel)
    assert_in_order(
        reached(window, qtbot),
        panels.transport(window).run_button,
        panels.alpha(window).field,
        panels.image_input(window).paper,
        images.view_bar.shown_buttons["weight"],
        images.cards[0],
        images.cards[9],
        images.brush_bar.kind_box,
        window.side.tabBar(),
        panels.dot_product(window).player.play_button,
        panels.time_line(window),
        window.below.tabBar(),
        examples.buttons[0],
        examples.number,
        examples.strip,
        window.below.fold_button,
    )


def test_another_experiment_is_gone_through_in_order_too(qtbot: QtBot, window: Window) -> None:
    window.session.open(open_experiment("Several steps"))
    window.session.open(digits_experiment(count_outputs=4))
    qtbot.wait(20)
    images = panels.weight_images(window)
    # Of buttons that exclude each other Tab stops at the one that is down.
    target = int(window.session.state.target.argmax())
    assert_in_order(
        reached(window, qtbot),
        panels.image_input(window).targets.buttons[target],
        images.cards[0],
        images.cards[3],
        images.brush_bar.kind_box,
        panels.time_line(window),
    )


def test_whatever_tab_reaches_has_a_name(qtbot: QtBot, window: Window) -> None:
    for pages in (window.side, window.below):
        for page in pages.pages.values():
            pages.setCurrentWidget(page)
            qtbot.wait(20)
            for widget in reached(window, qtbot):
                name = widget.accessibleName() or getattr(widget, "text", str)()
                assert name, f"{type(widget).__name__} of {type(widget.parent()).__name__}"


def test_the_rows_of_tabs_are_named(window: Window) -> None:
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    assert sorted(bar.accessibleName() for bar in bars) == ["Lower panels", "Side panels"]


def test_a_page_that_is_not_in_front_takes_no_room(qtbot: QtBot, window: Window) -> None:
    least = window.side.minimumSizeHint().width()
    window.side.setCurrentWidget(window.side.pages["curves"])
    qtbot.wait(20)
    window.side.setCurrentWidget(window.side.pages["dot_product"])
    qtbot.wait(20)
    assert window.side.minimumSizeHint().width() == least
