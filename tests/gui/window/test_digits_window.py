"""Digits through the window: training, drawing, freezing, looking back, and a long run."""

from __future__ import annotations

import gc
import math
import os
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.pixel_values.panel import NumbersView
from gui.panels.quality.panel import QualityPanel
from gui.panels.quality.readout import HeldOutReadout
from gui.panels.weight_images.image_card import ImageCard
from gui.window.window import Window
from model.experiment import Experiment
from model.files.library import open_experiment
from model.network import Floats
from model.words.names import weight_name
from tests.gui.helpers import panels
from tests.gui.helpers.image_bench import SHAPE, digits_experiment
from tests.gui.helpers.paper_bench import stroke
from tests.gui.helpers.telling import wait_until_told
from tests.gui.helpers.window_bench import shown_window

_MEGABYTE = 2**20


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(digits_experiment()))


def plain_loop(inputs: Floats, targets: Floats, alpha: float, epochs: int) -> Floats:
    """One example after another, as the formula has it."""
    weights = np.zeros((targets.shape[1], inputs.shape[1]))
    for _ in range(epochs):
        for x, target in zip(inputs, targets, strict=True):
            delta = [sum(w * v for w, v in zip(row, x, strict=True)) for row in weights]
            weights -= alpha * np.outer(np.array(delta) - target, x)
    return weights


def numpy_loop(inputs: Floats, targets: Floats, alpha: float, epochs: int) -> Floats:
    weights = np.zeros((targets.shape[1], inputs.shape[1]))
    for _ in range(epochs):
        for x, target in zip(inputs, targets, strict=True):
            weights -= alpha * np.outer(weights @ x - target, x)
    return weights


def run_to(qtbot: QtBot, window: Window, step: int) -> None:
    window.session.playback.run_to(step, then=step)
    qtbot.waitUntil(lambda: not window.session.playback.running, timeout=60_000)
    assert window.session.playback.position == step


def test_images_take_the_place_of_the_graph(window: Window) -> None:
    assert panels.weight_images(window).isVisible()
    assert not window.places.bench.pages["network"].isVisible()
    window.documents.open("Several outputs")
    assert panels.network(window).isVisible()
    assert not window.places.bench.pages["image_input"].isVisible()


def test_any_experiment_may_follow_any_other(qtbot: QtBot, window: Window) -> None:
    names = ("Freezing one weight", "Several outputs", "Several inputs and outputs", "Dot products")
    experiments = [open_experiment(name) for name in names]
    experiments += [digits_experiment(), digits_experiment(n=40, count_outputs=4)]
    for experiment in each_after_each(experiments):
        window.session.open(experiment)
        window.session.playback.take(3)
        QApplication.processEvents()
        page = window.places.bench.pages["image_input"]
        assert page.isVisible() is (experiment.image_shape is not None)


def each_after_each(experiments: list[Experiment]) -> Iterator[Experiment]:
    """All of them in an order in which each is next after each other once at least."""
    for at, one in enumerate(experiments):
        yield one
        for other in experiments[at + 1 :]:
            yield from (other, one)


def test_a_run_through_the_window_is_the_plain_loop(qtbot: QtBot, window: Window) -> None:
    setup = window.session.experiment.setup
    run_to(qtbot, window, 3 * len(setup.examples))
    expected = plain_loop(
        setup.examples.base_inputs, setup.examples.base_targets, setup.alpha, epochs=3
    )
    difference = np.abs(window.session.state.weights - expected).max()
    assert difference <= 1e-12 * np.abs(expected).max()


@pytest.mark.parametrize("alpha", [0.001, 0.005])
def test_three_epochs_of_mnist(qtbot: QtBot, mnist_folder: Path, alpha: float) -> None:
    made = Window(open_experiment("Digits, MNIST", mnist_folder))
    for window in shown_window(qtbot, made):
        window.session.edits.set_alpha(alpha)
        run_to(qtbot, window, 3000)
        examples = window.session.experiment.setup.examples
        expected = numpy_loop(examples.base_inputs, examples.base_targets, alpha, epochs=3)
        difference = np.abs(window.session.state.weights - expected).max()
        assert difference <= 1e-12 * np.abs(expected).max()


def test_a_drawn_digit_is_predicted(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 600)
    session = window.session
    card = panels.image_input(window)
    qtbot.mouseClick(card.clear, Qt.MouseButton.LeftButton)
    assert not session.state.inputs.any()
    assert session.state.pred == pytest.approx(np.zeros(10), abs=1e-12)
    # A one: the two bars at the right, as the made-up figures have it.
    stroke(card, (1, 5), (7, 5))
    drawn = session.state.inputs.reshape(SHAPE)
    assert drawn[2:6, 5].min() > 0.5
    by_hand = [
        sum(float(w) * float(x) for w, x in zip(row, session.state.inputs, strict=True))
        for row in session.state.weights
    ]
    assert session.state.pred == pytest.approx(by_hand, rel=1e-12, abs=1e-12)
    said = panels.weight_images(window).cards[int(np.argmax(by_hand))]
    wait_until_told(qtbot, said, f"{max(by_hand):.3f}".rstrip("0")[:4])


def test_frozen_rows_of_one_image_hold_to_the_last_bit(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 100)
    session, images = window.session, panels.weight_images(window)
    images.brush_bar.kind_box.setCurrentText("freeze")
    card = images.cards[3]
    for row in (2, 3):
        ends = [middle_of(card, row, column) for column in (0, SHAPE[1] - 1)]
        QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=ends[0])
        send_move(card, ends[1])
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=ends[1])
    cells = [(3, at) for at in range(2 * SHAPE[1], 4 * SHAPE[1])]
    assert [tuple(cell) for cell in np.argwhere(session.state.setup.frozen).tolist()] == cells
    before = session.state.weights.copy()
    run_to(qtbot, window, 2000)
    after = session.state.weights
    rows, columns = zip(*cells, strict=True)
    assert after[rows, columns].tobytes() == before[rows, columns].tobytes()
    free = np.ones_like(after, dtype=bool)
    free[rows, columns] = False
    used = session.experiment.setup.examples.base_inputs.any(axis=0)
    assert (after != before)[free & used].mean() > 0.9


def middle_of(card: ImageCard, row: int, column: int) -> QPoint:
    """The middle of a pixel of a card, found by asking the card what lies where."""
    inside = [
        QPoint(x, y)
        for x in range(card.width())
        for y in range(card.height())
        if card.pixel_at(QPointF(x, y)) == (row, column)
    ]
    return inside[len(inside) // 2]


def send_move(card: ImageCard, to: QPoint) -> None:
    """The mouse goes there with the left button held; QTest moves without buttons."""
    left, place = Qt.MouseButton.LeftButton, QPointF(to)
    none = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, place, card.mapToGlobal(place), left, left, none)
    QApplication.sendEvent(card, move)


def test_a_click_on_a_picture_opens_its_dot_product(qtbot: QtBot, window: Window) -> None:
    window.side.setCurrentWidget(window.side.pages["curves"])
    card = panels.weight_images(window).cards[7]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    assert panels.dot_product(window).isVisible()


@pytest.mark.parametrize("name", ["Digits, 8x8", "Digits, MNIST"])
def test_the_marked_card_and_the_dot_product_agree(
    qtbot: QtBot, window: Window, mnist_folder: Path, name: str
) -> None:
    experiment = open_experiment(name, mnist_folder)
    window.session.open(experiment)

    label = experiment.outputs[int(np.argmax(window.session.state.target))]
    assert chosen_cards(window) == [label]
    box = panels.dot_product(window).output_box
    assert box.currentText() == label

    window.session.playback.take(3)
    assert chosen_cards(window) == [box.currentText()] == [label]
    window.session.view.show(output=7)
    assert chosen_cards(window) == [box.currentText()] == ["7"]


def chosen_cards(window: Window) -> list[str]:
    return [card.name for card in panels.weight_images(window).cards if card.standing.chosen]


def test_a_pixel_of_a_weight_image_is_marked_in_the_picture_and_the_numbers(
    qtbot: QtBot, window: Window
) -> None:
    window.session.view.show(panel="pixel_values")
    card = panels.weight_images(window).cards[2]

    QTest.mouseMove(card, middle_of(card, 4, 3))
    QApplication.processEvents()

    value = window.session.state.inputs[4 * SHAPE[1] + 3]
    assert panels.image_input(window).note.text == f"row 4, column 3 · {value:.3g}"
    assert panels.pixel_values(window).grid.looked_at == (4, 3)


def test_every_page_is_made_and_painted(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 300)
    for theme in ("dark", "projector", "light"):
        look.choose(theme)
        for pages in (window.side, window.below):
            for page in pages.pages.values():
                pages.setCurrentWidget(page)
                QApplication.processEvents()
                assert not window.grab().isNull()


def test_looking_back_shows_the_same_weights(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 20_000)
    end = window.session.state.weights.tobytes()
    window.session.playback.seek(12_345)
    middle = window.session.state.weights.tobytes()
    window.session.playback.seek(20_000)
    assert window.session.state.weights.tobytes() == end
    window.session.playback.seek(12_345)
    assert window.session.state.weights.tobytes() == middle


def test_the_images_go_with_their_experiment(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 300)
    digits = window.session.experiment.digits
    assert digits is not None
    # A row of it that is kept somewhere keeps the array that owns the numbers.
    owner = digits.images.base
    assert owner is not None
    held: list[weakref.ref[object]] = [weakref.ref(owner), weakref.ref(digits)]
    del digits, owner
    for pages in (window.side, window.below):
        for page in pages.pages.values():
            pages.setCurrentWidget(page)
            QApplication.processEvents()
    quality = panels.quality(window)
    assert isinstance(quality, QualityPanel)
    window.side.setCurrentWidget(window.side.pages["quality"])
    qtbot.waitUntil(lambda: bool(quality.mistakes.mistakes))
    window.side.setCurrentWidget(window.side.pages["dot_product"])

    window.session.open(open_experiment("Several steps"))

    def gone() -> bool:
        gc.collect()
        return all(kept() is None for kept in held)

    # What is being worked out in the background gives up first.
    qtbot.waitUntil(gone)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_ten_epochs_through_the_window_leave_memory_flat(qtbot: QtBot, mnist_folder: Path) -> None:
    made = Window(open_experiment("Digits, MNIST", mnist_folder, count=20_000))
    for window in shown_window(qtbot, made):
        session = window.session
        for page in (*window.side.pages.values(), *window.below.pages.values()):
            page.fill()
        window.side.setCurrentWidget(window.side.pages["quality"])
        session.playback.set_speed(math.inf)
        grown = []
        for epoch in range(1, 11):
            run_to(qtbot, window, epoch * 20_000)
            gc.collect()
            QApplication.processEvents()
            grown.append(resident() - session.path.nbytes)
        assert session.playback.length == 200_000
        assert session.path.nbytes < 100 * _MEGABYTE
        # Caches fill during the first epochs; what the path keeps is meant to grow.
        assert max(grown[4:]) - grown[2] < 24 * _MEGABYTE


def resident() -> int:
    """Bytes of memory that the process has in use."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_the_numbers_follow_the_pointer_over_the_picture(qtbot: QtBot, window: Window) -> None:
    window.side.setCurrentWidget(window.side.pages["pixel_values"])
    qtbot.waitUntil(lambda: panels.pixel_values(window).isVisible())
    view = panels.pixel_values(window)
    assert isinstance(view, NumbersView)
    paper = panels.image_input(window).paper
    cell = paper.paper().width() / SHAPE[1]
    place = paper.paper().topLeft() + QPointF(2.5 * cell, 6.5 * cell)
    QTest.mouseMove(paper, place.toPoint())
    QApplication.processEvents()

    assert view.grid.looked_at == (6, 2)
    value = window.session.state.inputs[6 * SHAPE[1] + 2]
    assert f"= {value:.3g} " in view.readout.text
    QApplication.sendEvent(paper, QEvent(QEvent.Type.Leave))
    assert view.grid.looked_at is None


def test_the_title_has_the_held_out_accuracy_and_the_way_to_more(
    qtbot: QtBot, window: Window
) -> None:
    run_to(qtbot, window, 400)
    readout = window.places.header.findChild(HeldOutReadout)
    assert readout is not None
    qtbot.waitUntil(lambda: "%" in readout.text())
    digits = window.session.experiment.digits
    assert digits is not None
    scores = digits.held_out_images @ window.session.state.weights.T
    right = (scores.argmax(axis=1) == digits.held_out_labels).mean()
    qtbot.waitUntil(lambda: readout.text() == f"held-out accuracy {100 * right:.1f} %")

    window.menus.actions["show_side"].trigger()
    qtbot.mouseClick(readout, Qt.MouseButton.LeftButton)
    assert panels.quality(window).isVisible()

    window.session.open(open_experiment("Several steps"))
    assert readout.isHidden()


def test_the_trace_shows_the_weights_of_the_plots(qtbot: QtBot, window: Window) -> None:
    run_to(qtbot, window, 100)
    window.below.setCurrentWidget(window.below.pages["trace"])
    QApplication.processEvents()
    trace, choice = panels.trace(window), panels.curves(window).choice
    letters = [weight_name(window.session.experiment, *cell) for cell in choice.cells]

    names = [column.name for column in trace.model.columns]
    assert names[-2 * len(letters) : -len(letters)] == letters
    shown = trace.model.row(100)[-2 * len(letters) : -len(letters)]
    assert list(shown) == [window.session.state.weights[cell] for cell in choice.cells]
    assert any(shown)

    choice.choose_text("c d")
    names = [column.name for column in trace.model.columns]
    assert names[-4:] == ["c", "d", "weight_delta c", "weight_delta d"]
    assert "the plots’ 2 of 640 weights" in trace.note.text
