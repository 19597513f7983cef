"""The panel in its window: its room, odd samples, and what a screen reader is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session import Session
from model.digits import DigitSet
from model.experiment import Experiment
from model.words.parts import part
from tests.gui.helpers import panels
from tests.gui.helpers.image_bench import digits_experiment, digits_session
from tests.gui.helpers.space_bench import LEFT, space_panel, space_window


def test_wide_side_panels_leave_the_bench_its_input_and_come_back(qtbot: QtBot) -> None:
    with space_window(qtbot, digits_experiment()) as (window, panel):
        assert panels.image_input(window).isVisible()
        assert not panels.weight_images(window).isVisible()
        wide = panel.width()
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert window.session.view.values()["wide"] is False
        assert panels.weight_images(window).isVisible()
        assert panel.width() < wide
        QTest.mouseClick(panel.controls.wide_button, LEFT)
        QApplication.processEvents()
        assert window.session.view.values()["wide"] is True
        assert panel.width() == wide


def test_in_little_room_the_cloud_keeps_its_height_and_the_rest_is_scrolled_to(
    qtbot: QtBot,
) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.resize(430, 330)
        cloud = panel.plane.view
        qtbot.waitUntil(lambda: cloud.height() >= cloud.minimumSizeHint().height())
        reading = part(panel.session.experiment, "space_reading")
        panel.reveal(reading)
        found = panel.locate(reading)
        assert found is not None
        assert found.height() >= panel.reading.minimumSizeHint().height()


def test_the_legend_names_every_class_in_a_narrow_panel_too(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        # Its rows were counted for a wide one first.
        for width in (900, 330):
            panel.resize(width, 600)
            for _ in range(3):
                QApplication.processEvents()
            legend = panel.legend
            assert legend.width() <= width
            assert legend.height() >= legend.heightForWidth(legend.width())


def odd(images: np.ndarray, labels: np.ndarray) -> Experiment:
    """An experiment on images (n, 64) that nobody would draw."""
    digits = digits_experiment(20).digits
    assert digits is not None
    found: DigitSet = replace(digits, images=images, labels=labels.astype(np.uint8))
    return digits_experiment(20).on(found)


ODD = {
    "60 identical images": (np.full((60, 64), 0.5), np.arange(60) % 10),
    "all pixels constant": (np.zeros((40, 64)), np.arange(40) % 10),
    "one class only": (np.random.default_rng(0).random((40, 64)), np.zeros(40)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_samples_are_shown_or_refused_in_a_sentence(qtbot: QtBot, name: str) -> None:
    session = Session(odd(*ODD[name]))
    session.playback.take(10)
    with space_panel(qtbot, session) as panel:
        for axes in ([["pixel", 3], ["component", 0]], [["score", 1], ["difference", 0, 1]]):
            session.view.show(space={"axes": axes})
            panel.grab()
            points = panel.plane.view.cloud.points
            assert np.isfinite(points).all()
            assert len(points) == len(panel.data) or panel.plane.view.message
        for show in ("order", "rebuilt", "random"):
            session.view.show(space={"show": show, "axes": [["component", 0]]})
            panel.grab()
        for show in ("tsne", "mds", "sammon", "graph"):
            session.view.show(space={"show": show})
            view, run = panel.layouts.first.view, panel.layouts.first.run
            if run.layout is None:
                assert view.message
                continue
            QTest.mouseClick(panel.layouts.step_button, LEFT)
            qtbot.waitUntil(lambda: not panel.layouts.running, timeout=10_000)
            panel.grab()
            assert np.isfinite(view.cloud.points).all()


def test_a_screen_reader_is_told_of_the_point_that_the_keys_are_at(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        view = panel.plane.view
        qtbot.waitUntil(lambda: "200 points along x: pixel" in view.accessible_value())
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert view.held is not None
        assert panel.data.sample is not None
        example = int(panel.data.sample.examples[view.held]) + 1
        told = f"example {example}, labelled {(example - 1) % 10}"
        qtbot.waitUntil(lambda: told in view.accessible_value())
