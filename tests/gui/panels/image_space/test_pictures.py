"""Images along an axis, rebuilt from components, and random ones beside real ones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.space_bench import LEFT, NO_KEYS, examples_of, images_of, space_panel


def test_images_lie_in_order_along_a_component(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.view.show(space={"show": "order", "axes": [["component", 0]]})
        piles, data = panel.order.piles, panel.data
        qtbot.waitUntil(lambda: data.pca is not None)
        assert data.pca is not None
        images = images_of(panel)
        values = (images - images.mean(axis=0)) @ data.pca.components[0]
        # In each column to the right all values are larger than in the one before.
        columns = [values[pile] for pile in piles.piles if len(pile)]
        assert sum(map(len, columns)) == 200
        for left, right in pairwise(columns):
            assert left.max() < right.min()
        at = next(at for at, pile in enumerate(piles.piles) if len(pile))
        row = int(piles.piles[at][0])
        QTest.mouseClick(piles, LEFT, NO_KEYS, piles.rect_of(at, 0).center())
        assert panel.session.state.example == examples_of(panel)[row]


def test_an_example_is_rebuilt_from_so_many_components(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session, stage = panel.session, panel.rebuilt
        session.view.show(space={"show": "rebuilt"})
        images = images_of(panel)
        mean = images.mean(axis=0)
        _, _, directions = np.linalg.svd(images - mean, full_matrices=False)
        example = session.state.inputs
        last = stage.slider.maximum()
        for k in (1, 10, 50, last):
            stage.slider.setValue(k)
            expected = mean.copy()
            for direction in directions[:k]:
                expected += float((example - mean) @ direction) * direction
            assert stage.rebuilt == pytest.approx(expected, abs=1e-9)
        assert stage.rebuilt == pytest.approx(example, abs=1e-10)
        stage.slider.setFocus()
        QTest.keyClick(stage.slider, Qt.Key.Key_Home)
        assert session.view.space.components == 1


def test_random_images_lie_farther_from_all_examples_than_real_ones(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session, stage = panel.session, panel.random
        session.playback.take(60)
        session.view.show(space={"show": "random"})
        images = images_of(panel)
        for kind, (shown, near) in enumerate(zip(stage.images, stage.near, strict=True)):
            for image, distance in zip(shown, near.tolist(), strict=True):
                away = np.sqrt(((images - image) ** 2).sum(axis=1))
                # A real image is not its own nearest one.
                expected = np.sort(away)[1] if kind == 0 else away.min()
                assert distance == pytest.approx(expected, abs=1e-9)
        real, mixed, noise = (near.mean() for near in stage.near)
        assert real < mixed < noise
        before = stage.images[2]
        QTest.mouseClick(stage.again, LEFT)
        assert not np.array_equal(before, stage.images[2])
        place = stage.strips[2].place(1).center()
        QTest.mouseClick(stage.strips[2], LEFT, NO_KEYS, place)
        assert session.state.inputs.tolist() == stage.images[2][1].tolist()
        assert not session.state.is_labelled


@pytest.mark.parametrize("show", ["order", "rebuilt", "random", "axes"])
@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_examples_are_enough_to_be_shown(qtbot: QtBot, show: str, n: int) -> None:
    with space_panel(qtbot, digits_session(n)) as panel:
        panel.session.view.show(space={"show": show, "axes": [["component", 0], ["pixel", 3]]})
        panel.grab()
