"""What gives way to what on a bench of numbers: notices, small screens, runs to a step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.network.weight_card import WeightCard
from gui.window.frame.room import least_size
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import let_rest, place_of, shown_window, sized

LEFT = Qt.MouseButton.LeftButton
NUMBERS = "Several inputs and outputs"


@pytest.fixture(scope="module")
def window_of_module(qtbot_of_module: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot_of_module, Window(open_experiment(NUMBERS)))


@pytest.fixture
def window(window_of_module: Window, qtbot: QtBot) -> Iterator[Window]:
    """As it came up; for tests that leave it to the window where its side panels are."""
    window = window_of_module
    window.session.open(open_experiment(NUMBERS))
    window.session.notices.refuse("")
    sized(window, "light", 1280, 800)
    yield window
    # Which sends a notice away, too.
    window.session.edits.mark_saved()
    let_rest(qtbot, window)


def places(window: Window) -> list[QRect]:
    shown = [w for w in window.findChildren(QWidget) if w.isVisible()]
    floating = window.places.notice.parentWidget()
    assert floating is not None
    return [
        place_of(w, window) for w in shown if w is not floating and not floating.isAncestorOf(w)
    ]


# -- notices ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1000, 660), (1280, 800)])
def test_a_notice_moves_nothing(window: Window, size: tuple[int, int]) -> None:
    sized(window, "light", *size)
    before = places(window)
    window.session.notices.refuse("This could not be done, for a reason of some length. " * 4)
    QApplication.processEvents()

    notice = window.places.notice
    assert notice.isVisible()
    assert not notice.label.is_cut
    assert places(window) == before
    assert place_of(notice, window).intersects(place_of(window.places.header, window))


@pytest.mark.parametrize("sentence", ["x" * 10_000, "/" + "folder/" * 900, "word " * 2000])
def test_the_longest_notice_stays_in_the_window(window: Window, sentence: str) -> None:
    window.session.notices.refuse(sentence)
    QApplication.processEvents()
    notice = window.places.notice
    assert window.rect().contains(place_of(notice, window))
    assert window.rect().contains(place_of(notice.close_button, window))
    assert notice.label.is_cut
    assert notice.text == sentence


# -- small screens ---------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_no_theme_needs_more_than_a_small_screen(window: Window, theme: str) -> None:
    look.choose(theme)
    least = least_size()
    assert least.width() <= 1024
    assert least.height() <= 768


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
def test_nine_weights_with_their_weight_deltas_on_a_projector(
    window: Window, size: tuple[int, int]
) -> None:
    sized(window, "projector", *size)
    cards = [card for card in window.findChildren(WeightCard) if card.isVisible()]
    assert len(cards) == 9
    bench = place_of(window.places.bench, window)
    assert all(bench.contains(place_of(card, window)) for card in cards)
    assert window.places.header.about.isVisible()


# -- back to the original ------------------------------------------------------------------------


def test_the_way_back_to_the_original_is_in_sight_while_the_bench_differs(window: Window) -> None:
    button = window.places.header.original_button
    before = place_of(window.places.bench, window)
    assert not button.isVisible()

    window.session.edits.set_input(0, 0.0)
    QApplication.processEvents()
    assert button.isVisible()
    assert place_of(window.places.bench, window) == before
    assert window.rect().contains(place_of(button, window))

    QTest.mouseClick(button, LEFT)
    assert window.session.state.inputs[0] == 8.5
    assert not button.isVisible()
    assert not window.session.edits.unsaved

    window.session.commands["undo"].trigger()
    assert window.session.state.inputs[0] == 0.0
    assert button.isVisible()


# -- runs to a step --------------------------------------------------------------------------------


def test_a_long_way_to_a_step_is_told_and_can_be_cancelled(window: Window, qtbot: QtBot) -> None:
    progress, playback = window.places.progress, window.session.playback
    kept = (window.places.bench, window.side, window.below, window.places.header)
    before = [place_of(widget, window) for widget in kept]
    playback.run_to(50_000_000, then=50_000_000)
    qtbot.waitUntil(progress.isVisible)

    assert "Going to step 50,000,000" in progress.label.text
    assert [place_of(widget, window) for widget in kept] == before
    assert not progress.label.is_cut
    assert window.rect().contains(place_of(progress, window))
    assert progress.rect().contains(progress.cancel_button.geometry())
    QTest.mouseClick(progress.cancel_button, LEFT)

    assert not playback.running
    assert not progress.isVisible()
    assert 0 < playback.position < 50_000_000


def test_a_short_way_is_not_told(window: Window, qtbot: QtBot) -> None:
    playback = window.session.playback
    playback.run_to(2000, then=1000)
    qtbot.waitUntil(lambda: not playback.running)
    assert playback.position == 1000
    assert not window.places.progress.isVisible()
