"""What a lesson leaves of the window: bench and curves whole, and all as it was when it ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.panel import PlotsColumn
from gui.panels.image_input.panel import InputImage
from gui.panels.network.weight_card import WeightCard
from gui.panels.weight_images.panel import WeightImages
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def place_of(widget: QWidget, window: Window) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def is_whole(widget: QWidget, window: Window) -> bool:
    """Whether no scroll area around a widget cuts any of it."""
    place, around = place_of(widget, window), widget.parentWidget()
    while around is not None and around is not window:
        if isinstance(around.parentWidget(), QScrollArea):
            seen = place_of(around.parentWidget().viewport(), window)  # type: ignore[union-attr]
            if not seen.contains(place):
                return False
        around = around.parentWidget()
    return widget.isVisible() and window.rect().contains(place)


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize(("lesson", "page"), [("the-bench", 4), ("alpha-too-large", 1)])
def test_in_a_small_window_network_curves_and_time_line_are_whole(
    window: Window, theme: str, lesson: str, page: int
) -> None:
    look.choose(theme)
    window.resize(1024, 768)
    window.lessons.open(lesson, page)
    settle()

    column = window.panel("curves")
    assert isinstance(column, PlotsColumn)
    network = window.panel("network")
    weights = [card for card in network.findChildren(WeightCard) if card.isVisible()]
    assert len(weights) == len(column.curves.cards) == 3
    for card in (*column.curves.cards, column.steps.cards[0], *weights):
        assert is_whole(card, window)
    assert is_whole(window.panel("time_line"), window)
    for area in network.findChildren(QScrollArea):
        assert not area.horizontalScrollBar().isVisible()
    window.session.view.show(part="plot:weights")
    settle()
    assert is_whole(column.steps.cards[1], window)


@pytest.mark.parametrize("wanted", [(False, True), (True, False), (False, None)])
def test_panels_are_as_they_were_when_a_lesson_is_left(
    window: Window, wanted: tuple[bool, bool | None]
) -> None:
    side, folded = wanted
    window.places.want_side(side)
    window.below.want_folded(folded)
    settle()
    before = window.side.isVisible(), window.below.folded, window.side.current_key
    wide = window.side.width()

    window.lessons.open("several-steps", 4)
    window.session.view.show(panel="trace")
    window.session.view.show(panel="listing")
    window.lessons.player.turn(1)
    settle()
    window.lessons.leave()
    settle()
    assert (window.side.isVisible(), window.below.folded, window.side.current_key) == before

    window.places.show_lesson(False)
    settle()
    assert (window.side.isVisible(), window.below.folded) == before[:2]
    assert abs(window.side.width() - wide) <= 2


def test_a_notice_leaves_what_a_lesson_speaks_of_in_sight(window: Window) -> None:
    window.lessons.open("freezing", 4)
    window.session.playback.step()
    settle()
    notice = place_of(window.places.notice, window)
    assert window.places.notice.isVisible()
    for card in window.panel("network").findChildren(WeightCard):
        assert not notice.intersects(place_of(card, window))

    window.lessons.leave()
    window.session.notices.refuse("No.")
    settle()
    assert place_of(window.places.notice, window).top() < notice.top()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize(("lesson", "page"), [("many-weights", 2)])
def test_in_a_small_window_the_pictures_are_whole(
    window: Window, theme: str, lesson: str, page: int
) -> None:
    look.choose(theme)
    window.resize(1024, 768)
    window.lessons.open(lesson, page)
    settle()

    assert window.places.room.horizontalScrollBar().maximum() == 0
    pictures = window.panel("weight_images")
    assert isinstance(pictures, WeightImages)
    for card in pictures.cards:
        assert is_whole(card, window)
    for control in pictures.view_bar.tab_stops[:-1]:
        assert is_whole(control, window)
        assert control.width() >= control.sizeHint().width()


@pytest.mark.parametrize("page", [3, 4])
def test_in_a_small_window_the_space_of_images_has_room_beside_the_input(
    window: Window, page: int
) -> None:
    look.choose("projector")
    window.resize(1024, 768)
    window.lessons.open("image-space", page)
    settle()

    assert window.places.room.horizontalScrollBar().maximum() == 0
    space, paper = window.panel("image_space"), window.panel("image_input")
    assert is_whole(space, window)
    assert is_whole(paper, window)
    assert space.width() > paper.width()


def test_panels_that_a_page_shows_below_are_folded_again_on_the_next(window: Window) -> None:
    window.below.want_folded(True)
    window.lessons.open("several-steps", 6)
    settle()
    assert not window.below.folded

    window.lessons.player.turn(1)
    settle()

    assert window.below.folded


def test_what_is_covered_does_not_scroll_the_bench_away(window: Window) -> None:
    look.choose("projector")
    window.resize(1024, 768)
    window.lessons.open("four-slips", 2)
    settle()

    assert window.side.covered
    assert window.places.room.verticalScrollBar().value() == 0


def test_where_there_is_room_the_tools_of_an_image_stand_in_two_rows(window: Window) -> None:
    window.resize(1280, 800)
    window.session.open(open_experiment("Digits, 8x8"))
    settle()

    paper = window.panel("image_input")
    assert isinstance(paper, InputImage)
    tools = (paper.draw, paper.erase, paper.clear, paper.invert, paper.centre, paper.reset)
    assert len({tool.y() for tool in tools}) == 2
