"""Lit parts have an outline that follows them and takes neither the focus nor the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.widgets.marks.outlines import Framed, Outlines
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window
from tests.gui.window.test_named_parts import place_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several inputs and outputs")))


def where(window: Window, *names: str) -> list[QRect]:
    places = (place_of(window, name) for name in sorted(names))
    return [place for place in places if place is not None]


def outlined(window: Window, *names: str) -> bool:
    return bool(where(window, *names)) and list(window.spotlight.rects) == where(window, *names)


def test_outlines_follow_size_theme_and_scrolling(window: Window, qtbot: QtBot) -> None:
    names = ("weight:a", "zones", "step")
    window.session.parts.light(names)
    qtbot.waitUntil(lambda: outlined(window, *names))

    window.resize(1024, 640)
    qtbot.waitUntil(lambda: outlined(window, *names))
    look.choose("projector")
    qtbot.waitUntil(lambda: outlined(window, *names))
    window.session.view.show(part="weight:i")
    qtbot.waitUntil(lambda: list(window.spotlight.rects) == where(window, *names))


@pytest.mark.parametrize("name", ["delta:win", "weight_delta:e", "padlock:e", "target:sad"])
def test_a_line_of_a_card_is_outlined_on_its_own_border(
    window: Window, qtbot: QtBot, name: str
) -> None:
    look.choose("projector")
    window.session.parts.light([name])
    qtbot.waitUntil(lambda: outlined(window, name))

    frames = [one for one in window.children() if type(one).__name__ == "_Frame"]
    shown = [one.geometry() for one in frames if isinstance(one, QWidget) and one.isVisible()]
    line = where(window, name)[0]
    assert len(shown) == 1
    assert (shown[0].top(), shown[0].bottom()) == (line.top() - 1, line.bottom() + 1)
    assert shown[0].contains(line)


def test_outlines_of_parts_that_touch_are_one(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(100, 100)
    outlines = Outlines(over)
    cells = [QRect(20 + 10 * column, 20 + 10 * row, 10, 10) for row in (0, 1) for column in (0, 1)]

    outlines.show_around([Framed(cell, close=True) for cell in cells])

    frames = [one for one in over.findChildren(QWidget) if not one.isHidden()]
    assert [one.geometry() for one in frames] == [QRect(19, 19, 22, 22)]


def test_outlines_take_neither_focus_nor_mouse(window: Window, qtbot: QtBot) -> None:
    focus = window.focusWidget()
    window.session.parts.light(["step"])
    qtbot.waitUntil(lambda: outlined(window, "step"))
    assert window.focusWidget() is focus

    rect = where(window, "step")[0]
    place = rect.topLeft() + QPoint(2, 2)
    child = window.childAt(place)
    assert isinstance(child, QWidget)
    qtbot.mouseClick(child, Qt.MouseButton.LeftButton, pos=child.mapFrom(window, rect.center()))
    assert window.session.playback.position == 1


def test_what_is_lit_no_more_has_no_outline(window: Window, qtbot: QtBot) -> None:
    window.session.parts.light(["step"])
    qtbot.waitUntil(lambda: outlined(window, "step"))

    window.session.parts.light([])

    qtbot.waitUntil(lambda: window.spotlight.rects == ())
