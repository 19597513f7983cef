"""The dot product panel on images: three pictures, their votes, and how they are added."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gui.panels.dot_product.panel import DotProductPanel
from tests.gui.helpers.dot_product_bench import (
    LIST_OPENS,
    choose,
    number,
    open_panel,
    scrub,
    trained,
)
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.telling import wait_until_told

pytestmark = pytest.mark.qt_log_ignore(LIST_OPENS)


def picture(panel: DotProductPanel, which: int) -> QImage:
    return panel.images.grab(panel.images.picture_box(which)).toImage()


def test_an_image_is_three_pictures_and_its_votes(qtbot: QtBot) -> None:
    session = trained()
    panel = open_panel(qtbot, session)

    state = session.state
    inputs, weights = state.inputs.tolist(), state.weights[0].tolist()
    products = [x * w for x, w in zip(inputs, weights, strict=True)]
    ayes = sum(product for product in products if product > 0)
    noes = sum(product for product in products if product < 0)
    words = panel.images.votes_text.split()
    assert words[::2] == ["for", "against", "sum"]
    assert [number(word) for word in words[1::2]] == pytest.approx(
        [ayes, noes, sum(products)], abs=5.1e-4
    )
    assert wait_until_told(qtbot, panel.images).endswith(panel.words.text)
    inked = sum(x > 0 for x in inputs)
    assert panel.words.text.startswith(f"It has {inked} inked pixels: ")


def test_the_pictures_show_ink_and_the_signs_of_weights_and_products(qtbot: QtBot) -> None:
    session = trained()
    panel = open_panel(qtbot, session)
    state = session.state

    for at in (np.argmax(state.weights[0]), np.argmin(state.weights[0])):
        weight = float(state.weights[0, at])
        color = pixel_color(panel, 1, int(at))
        assert (color[2] > color[0]) is (weight > 0)  # blue is for, orange against
    inked, paper = int(np.argmax(state.inputs)), int(np.argmin(state.inputs))
    assert max(pixel_color(panel, 0, inked)) < 120
    assert min(pixel_color(panel, 0, paper)) > 230
    assert min(pixel_color(panel, 2, paper)) > 230


def pixel_color(panel: DotProductPanel, which: int, at: int) -> tuple[int, int, int]:
    """The colour in the middle of a pixel of one of the three pictures of 8 x 8 pixels."""
    image = picture(panel, which)
    row, column = divmod(at, 8)
    color = image.pixelColor(
        round((column + 0.5) * image.width() / 8), round((row + 0.5) * image.height() / 8)
    )
    return color.red(), color.green(), color.blue()


def test_rows_are_added_one_after_another_and_the_product_is_revealed(qtbot: QtBot) -> None:
    session = trained()
    panel = open_panel(qtbot, session)
    products = session.state.inputs * session.state.weights[0]
    place = int(np.argmax(np.abs(products)))
    row = place // 8

    for count in range(9):
        scrub(panel, count)
        total = 0.0
        for product in products[: 8 * count].tolist():
            total += product
        says = panel.images.votes_text.split("sum ")[1]
        assert number(says) == pytest.approx(total, abs=5.1e-4)
        hidden = min(pixel_color(panel, 2, place)) > 230
        assert hidden is (count <= row)


def test_pixels_are_added_one_by_one_or_the_largest_first(qtbot: QtBot) -> None:
    session = trained()
    panel = open_panel(qtbot, session)
    products = session.state.inputs * session.state.weights[0]

    choose(qtbot, panel.player.way_box, "by pixel")
    assert panel.player.slider.maximum() == panel.player.count == 64
    choose(qtbot, panel.player.way_box, "largest first")
    scrub(panel, 1)

    largest = max(products.tolist(), key=abs)
    says = panel.images.votes_text.split("sum ")[1]
    assert number(says) == pytest.approx(largest, abs=5.1e-4)
    assert panel.player.slider.accessibleDescription() == "1 of 64 pixels"


def test_the_heading_says_whether_the_network_says_so(qtbot: QtBot) -> None:
    session = digits_session()
    panel = open_panel(qtbot, session)
    assert session.view.output == int(np.argmax(session.state.target))
    assert panel.heading.text() == "Dot product: does this say 0?"

    session.playback.take(200)
    answer = int(np.argmax(session.state.pred))
    session.view.show(output=answer)
    assert answer != int(np.argmax(session.state.target))
    assert panel.heading.text() == f"why this says {answer}"
    session.view.show(output=(answer + 1) % 10)
    assert panel.heading.text() == f"why not {(answer + 1) % 10}"


def test_a_mistake_leads_to_what_it_was_read_as_and_to_what_it_is(qtbot: QtBot) -> None:
    session = digits_session()
    panel = open_panel(qtbot, session)
    assert panel.read_button.isHidden()
    session.playback.take(200)
    read, is_ = int(np.argmax(session.state.pred)), int(np.argmax(session.state.target))
    assert read != is_
    assert (panel.read_button.text(), panel.is_button.text()) == (f"read as {read}", f"is {is_}")

    panel.is_button.click()
    assert session.view.output == is_
    assert panel.heading.text() == f"why not {is_}"
    assert (panel.read_button.isChecked(), panel.is_button.isChecked()) == (False, True)

    panel.read_button.click()
    assert session.view.output == read
    assert panel.heading.text() == f"why this says {read}"

    while session.state.pred.argmax() != session.state.target.argmax():
        session.playback.take(1)
    assert panel.read_button.isHidden()
    assert panel.heading.text().startswith("Dot product: ")


def test_a_run_on_images_is_shown_live(qtbot: QtBot) -> None:
    session = digits_session()
    panel = open_panel(qtbot, session)
    session.playback.set_speed(float("inf"))

    session.playback.run()
    qtbot.waitUntil(
        lambda: session.playback.position > 100 and panel.images.votes_text[4:10] != "+0.000"
    )
    assert panel.heading.text() == "Dot product: 0"
    session.playback.pause()

    pred = float(session.state.pred[0])
    says = panel.images.votes_text.split("sum ")[1]
    assert number(says) == pytest.approx(pred, abs=5.1e-4)


def test_pointing_at_a_pixel_tells_its_product(qtbot: QtBot) -> None:
    session = trained()
    panel = open_panel(qtbot, session)
    at = int(np.argmax(session.state.inputs))
    row, column = divmod(at, 8)

    box = panel.images.picture_box(2)
    place = box.topLeft() + QPoint(
        round((column + 0.5) * box.width() / 8), round((row + 0.5) * box.height() / 8)
    )
    QApplication.sendEvent(
        panel.images, QHelpEvent(QEvent.Type.ToolTip, place, panel.images.mapToGlobal(place))
    )
    tip = QToolTip.text()
    QToolTip.hideText()

    assert tip.startswith(f"row {row}, column {column}: ")
    x, rest = tip.split(": ")[1].split(" × ")
    weight, product = rest.split(" = ")
    assert number(x) == pytest.approx(session.state.inputs[at], abs=5e-3)
    assert number(weight) == pytest.approx(session.state.weights[0, at], abs=5e-5)
    assert number(product) == pytest.approx(
        session.state.inputs[at] * session.state.weights[0, at], abs=5e-5
    )
