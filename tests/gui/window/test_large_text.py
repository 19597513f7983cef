"""Text at up to twice its size: nothing is cut, and whatever has no room can be scrolled to."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.look.theme import TEXT_SIZES, THEMES, look
from gui.panels.dot_product.panel import DotProductPanel
from gui.widgets.text_line import TextLine
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.texts import Text, TextFinder, faults
from tests.gui.helpers.window_bench import shown_window

ALL = os.environ.get("WEIGHTBENCH_WHOLE_NUMBERS") == "all"
NAMES = ("Freezing one weight", "Digits, 8x8", "Dot products")
SHOWN = (
    [(theme, size, name) for theme in THEMES for size in TEXT_SIZES for name in NAMES]
    if ALL
    else [("light", 200, NAMES[0]), ("dark", 150, NAMES[2]), ("projector", 200, NAMES[1])]
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(NAMES[0])))
    look.choose_text_size(100)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize(("theme", "size", "name"), SHOWN)
def test_nothing_is_cut_in_any_panel(
    window: Window, monkeypatch: pytest.MonkeyPatch, theme: str, size: int, name: str
) -> None:
    look.choose(theme)
    look.choose_text_size(size)
    window.resize(1280, 800)
    window.session.open(open_experiment(name))
    window.session.playback.take(2)
    settle()
    assert (window.width(), window.height()) == (1280, 800)
    finder = TextFinder(monkeypatch)
    keys = [
        key
        for place in (window.side, window.below)
        for key, page in place.pages.items()
        if page.spec.shown(window.session.experiment)
    ]
    told = [f"at first: {fault}" for fault in faults(read_at_once(finder, window))]
    for key in keys:
        window.session.view.show(panel=key)
        settle()
        told += [f"{key}: {fault}" for fault in faults(read_at_once(finder, window))]
        panel = window.panel(key)
        told += [f"{key}: {what} lies outside" for what in beyond_reach(panel, window)]
        assert not window.places.header.about.is_cut
    told += [f"{what} lies outside" for what in beyond_reach(window.places, window)]
    assert not told, f"{len(told)} faults\n" + "\n".join(dict.fromkeys(told))


def read_at_once(finder: TextFinder, window: Window) -> list[Text]:
    """The texts that are to be whole: not those of rows half scrolled away, nor what a tip has."""
    return [
        text
        for text in finder.texts(window)
        if not isinstance(text.widget.parentWidget(), QAbstractScrollArea)
        and not (isinstance(text.widget, TextLine) and text.widget.is_cut)
    ]


def test_keys_make_text_larger_and_smaller(window: Window, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    plain = look.theme.font_px
    for size in TEXT_SIZES[1:]:
        assert window.commands["larger_text"].isEnabled()
        qtbot.keyClick(window, Qt.Key.Key_Plus, control)
        assert look.text_size == size
        assert look.theme.font_px == round(plain * size / 100)
    assert not window.commands["larger_text"].isEnabled()
    for size in reversed(TEXT_SIZES[:-1]):
        qtbot.keyClick(window, Qt.Key.Key_Minus, control)
        assert look.text_size == size
    assert not window.commands["smaller_text"].isEnabled()


def test_what_was_chosen_is_kept(qtbot: QtBot) -> None:
    for window in shown_window(qtbot, Window(open_experiment(NAMES[0]), Settings())):
        sizes = {a.text(): a for a in window.findChildren(QAction) if a.text().endswith("%")}
        sizes["150 %"].trigger()
        window.commands["motion"].setChecked(False)
        assert [text for text, entry in sizes.items() if entry.isChecked()] == ["150 %"]
    look.choose_text_size(100)
    look.choose_motion(None)
    assert Settings().text_size == 150
    assert Settings().motion is False


def test_without_motion_a_prediction_is_there_at_once(window: Window) -> None:
    graph = window.panel("network")
    flow = graph.findChild(QVariantAnimation)
    assert flow is not None
    window.session.playback.predict()
    assert flow.state() is QAbstractAnimation.State.Running
    window.commands["motion"].setChecked(False)
    assert flow.state() is QAbstractAnimation.State.Stopped
    window.session.playback.back()
    window.session.playback.predict()
    assert flow.state() is QAbstractAnimation.State.Stopped
    look.choose_motion(None)


def test_without_motion_the_products_are_added_at_once(window: Window) -> None:
    look.choose_motion(False)
    panel = window.panel("dot_product")
    assert isinstance(panel, DotProductPanel)
    panel.player.restart()
    panel.player.toggle()
    assert panel.player.is_full
    assert not panel.player.playing
    look.choose_motion(None)


def test_what_lies_below_is_scrolled_to_when_it_is_asked_for(window: Window) -> None:
    look.choose_text_size(200)
    window.resize(1280, 800)
    settle()
    for key in ("curves", "trace"):
        window.session.view.show(panel=key)
        settle()
        assert not window.panel(key).visibleRegion().isEmpty()
    bar = window.places.room.verticalScrollBar()
    assert bar.maximum() > 0


def beyond_reach(root: QWidget, window: Window) -> list[str]:
    """What is shown and lies, in part, where neither the eye nor a scroll bar gets to."""
    found = []
    for widget in root.findChildren(QWidget):
        above = widget.parentWidget() or root
        all_of_it = widget is window.places.room.widget()
        if not widget.isVisible() or all_of_it or can_be_scrolled(widget, window):
            continue
        if not QRect(QPoint(0, 0), above.size()).adjusted(-2, -2, 2, 2).contains(widget.geometry()):
            found.append(f"{type(widget).__name__} {widget.accessibleName()!r}")
    return found


def can_be_scrolled(widget: QWidget, window: Window) -> bool:
    """Whether it is in what scrolls by itself; that all of the window does is another matter."""
    areas = [
        area for area in window.findChildren(QAbstractScrollArea) if area is not window.places.room
    ]
    return any(area.isAncestorOf(widget) for area in areas)
