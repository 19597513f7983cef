"""What gives way to what: notices over the bench, side panels, long texts, small screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.network.weight_card import WeightCard
from gui.window.frame.room import least_size
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from tests.gui.helpers.window_bench import shown_window

LEFT = Qt.MouseButton.LeftButton
NUMBERS = "Several inputs and outputs"
IMAGES = "Digits, 8x8"
# No tooltip is to be wider, in any theme.
MAX_TIP = 720


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(NUMBERS)))


@pytest.fixture
def images(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(IMAGES)))


def sized(window: Window, theme: str, width: int, height: int) -> None:
    look.choose(theme)
    window.resize(width, height)
    for _ in range(5):
        QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)


def place_of(widget: QWidget, window: Window) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


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


def test_a_divergence_moves_nothing_either(images: Window) -> None:
    sized(images, "projector", 1024, 768)
    images.session.edits.set_alpha(10.0)
    QApplication.processEvents()
    before = place_of(images.places.bench, images)
    images.session.playback.take(100_000)
    QApplication.processEvents()
    assert images.places.notice.back_button.isVisible()
    assert place_of(images.places.bench, images) == before
    assert images.places.notice.rect().contains(images.places.notice.back_button.geometry())


@pytest.mark.parametrize("sentence", ["x" * 10_000, "/" + "folder/" * 900, "word " * 2000])
def test_the_longest_notice_stays_in_the_window(window: Window, sentence: str) -> None:
    window.session.notices.refuse(sentence)
    QApplication.processEvents()
    notice = window.places.notice
    assert window.rect().contains(place_of(notice, window))
    assert window.rect().contains(place_of(notice.close_button, window))
    assert notice.label.is_cut
    assert notice.text == sentence


# -- long names and texts ----------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_names_and_texts_of_any_length_break_nothing(qtbot: QtBot, theme: str) -> None:
    experiment = replace(
        open_experiment(NUMBERS), name="<b>name</b>" * 200, about="A & <i>B</i>. " * 1000
    )
    made = Window(experiment)
    qtbot.addWidget(made)
    made.show()
    look.choose(theme)
    least = least_size()
    sized(made, theme, least.width(), least.height())
    header = made.places.header
    assert header.title.is_cut
    assert header.about.is_cut
    assert header.title.accessibleName() == experiment.name
    assert made.rect().contains(place_of(header, made))
    assert made.places.bench.height() > made.height() / 3


def test_every_built_in_text_is_in_sight_on_a_projector(window: Window) -> None:
    sized(window, "projector", 1024, 768)
    about = window.places.header.about
    for name in builtin_names():
        if name != "Digits, MNIST":
            window.session.open(open_experiment(name))
            QApplication.processEvents()
            assert about.isVisible()
            assert about.text == window.session.experiment.about
            assert not about.is_cut, name


@pytest.mark.parametrize("theme", THEMES)
def test_no_tooltip_is_wider_than_the_eye_likes(images: Window, theme: str) -> None:
    look.choose(theme)
    metrics = images.fontMetrics()

    def widest(tip: str) -> int:
        return max((metrics.horizontalAdvance(line) for line in tip.splitlines()), default=0)

    for widget in images.findChildren(QWidget):
        tip = widget.toolTip()
        is_broken = tip.startswith("<")
        assert is_broken or widest(tip) < MAX_TIP, tip


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


def test_where_the_bench_needs_the_width_the_side_panels_come_when_asked_for(
    images: Window, qtbot: QtBot
) -> None:
    sized(images, "projector", 1024, 768)
    assert not images.side.isVisible()
    assert not images.commands["show_side"].isChecked()
    button = images.places.header.side_button
    assert button.isVisible()

    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()

    assert images.side.isVisible()
    assert images.commands["show_side"].isChecked()
    assert (images.width(), images.height()) == (1024, 768)
    for panel in (images.side, images.places.bench):
        assert images.rect().contains(place_of(panel, images))
        assert panel.width() >= panel.minimumSizeHint().width()

    images.commands["show_side"].trigger()
    assert not images.side.isVisible()
    assert images.panel("image_input").isVisible()


def test_a_wide_window_has_its_side_panels_again(images: Window) -> None:
    sized(images, "projector", 1024, 768)
    sized(images, "projector", 1400, 800)
    assert images.side.isVisible()
    assert not images.places.header.side_button.isVisible()


# -- panels that are asked for -----------------------------------------------------------------


@pytest.mark.parametrize("key", ["curves", "dot_product", "quality", "pixel_values"])
@pytest.mark.parametrize("how", ["hidden", "narrow"])
def test_a_side_panel_that_is_asked_for_is_shown(images: Window, key: str, how: str) -> None:
    if how == "hidden":
        images.commands["show_side"].trigger()
    else:
        sized(images, "projector", 1024, 768)
    for _ in range(2):  # the second time it is in front already
        assert not images.side.isVisible()
        images.session.view.show(panel=key)
        assert images.side.isVisible()
        assert images.side.current_key == key
        assert images.panel(key).isVisible()
        images.commands["show_side"].trigger()


@pytest.mark.parametrize("key", ["examples", "trace"])
def test_a_lower_panel_that_is_asked_for_is_unfolded(images: Window, key: str) -> None:
    for _ in range(2):
        images.below.want_folded(True)
        images.session.view.show(panel=key)
        assert not images.below.folded
        assert images.below.current_key == key
        assert images.panel(key).isVisible()


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
