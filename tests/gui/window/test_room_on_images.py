"""What gives way to what where images have the bench: texts, side panels, small screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.window.frame.room import least_size
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from tests.gui.helpers.window_bench import place_of, shown_window, sized

LEFT = Qt.MouseButton.LeftButton
NUMBERS = "Several inputs and outputs"
IMAGES = "Digits, 8x8"
SIDE = ("curves", "dot_product", "quality", "pixel_values")
# No tooltip is to be wider, in any theme.
MAX_TIP = 720


@pytest.fixture
def images(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(IMAGES)))


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


def test_every_built_in_text_is_in_sight_on_a_projector(images: Window) -> None:
    sized(images, "projector", 1024, 768)
    about = images.places.header.about
    for name in builtin_names():
        if name != "Digits, MNIST":
            images.session.open(open_experiment(name))
            QApplication.processEvents()
            assert about.isVisible()
            assert about.text == images.session.experiment.about
            assert not about.is_cut, name


def test_no_tooltip_is_wider_than_the_eye_likes(images: Window) -> None:
    def widest(tip: str) -> int:
        metrics = images.fontMetrics()
        return max((metrics.horizontalAdvance(line) for line in tip.splitlines()), default=0)

    for theme in THEMES:
        look.choose(theme)
        for widget in images.findChildren(QWidget):
            tip = widget.toolTip()
            is_broken = tip.startswith("<")
            assert is_broken or widest(tip) < MAX_TIP, (theme, tip)


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


@pytest.mark.parametrize("key", SIDE)
def test_a_side_panel_that_has_no_room_is_shown_when_it_is_asked_for(
    images: Window, key: str
) -> None:
    sized(images, "projector", 1024, 768)
    ask_for_twice(images, key)


def test_a_side_panel_that_was_hidden_is_shown_when_it_is_asked_for(images: Window) -> None:
    images.commands["show_side"].trigger()
    for key in SIDE:
        ask_for_twice(images, key)


def ask_for_twice(images: Window, key: str) -> None:
    """Ask for a side panel while none is in sight, and hide it; the second time it is in front."""
    for _ in range(2):
        assert not images.side.isVisible()
        images.session.view.show(panel=key)
        assert images.side.isVisible()
        assert images.side.current_key == key
        assert images.panel(key).isVisible()
        images.commands["show_side"].trigger()


def test_a_lower_panel_that_is_asked_for_is_unfolded(images: Window) -> None:
    for key in ("examples", "examples", "trace", "trace"):
        images.below.want_folded(True)
        images.session.view.show(panel=key)
        assert not images.below.folded
        assert images.below.current_key == key
        assert images.panel(key).isVisible()
