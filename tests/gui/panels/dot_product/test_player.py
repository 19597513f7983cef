"""Playing the addition of a dot product: play, pause, restart, scrub."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.dot_product.panel import DotProductPanel
from gui.panels.dot_product.player import AdditionPlayer, play_seconds
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.dot_product_bench import LEFT, number, open_panel, scrub, type_into
from tests.gui.helpers.showing import on_screen


def is_playing(panel: DotProductPanel) -> bool:
    return panel.player.playing


def test_play_adds_product_after_product_and_stops_at_the_end(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.panels.dot_product.player.play_seconds", lambda *_: 0.3)
    panel = open_panel(qtbot, builtin("Dot products"))
    labels: list[str] = []
    panel.player.moved.connect(lambda: labels.append(panel.bars.sum_row.label))

    QTest.mouseClick(panel.player.play_button, LEFT)
    assert is_playing(panel)
    assert panel.player.play_button.text() == "Pause"
    qtbot.waitUntil(lambda: not is_playing(panel))

    assert labels[0] == "sum of 0 of 4 products"
    assert labels[-1] == "sum = prediction"
    assert panel.player.is_full
    assert panel.player.play_button.text() == "Play"


def test_pause_leaves_the_sum_where_it_is_and_play_goes_on_from_there(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("One delta, three weight_deltas"))
    player = panel.player

    scrub(panel, 1)
    assert panel.bars.sum_row.text == "0.85"
    QTest.mouseClick(player.play_button, LEFT)
    assert player.count == 2
    QTest.mouseClick(player.play_button, LEFT)

    assert not is_playing(panel)
    assert panel.bars.sum_row.text == "0.98"
    assert panel.bars.sum_row.label == "sum of 2 of 3 products"


def test_restart_begins_with_nothing_and_cannot_be_pressed_there(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("One delta, three weight_deltas"))

    QTest.mouseClick(panel.player.restart_button, LEFT)

    assert panel.player.count == 0
    assert number(panel.bars.sum_row.text) == 0
    assert not panel.player.restart_button.isEnabled()
    assert panel.player.says.text == "0 of 3"


def test_the_slider_scrubs_with_keys_and_pauses(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("One delta, three weight_deltas"))
    player = panel.player
    sums = {3: "0.86", 2: "0.98", 1: "0.85", 0: "0.00"}

    QTest.mouseClick(player.restart_button, LEFT)
    QTest.mouseClick(player.play_button, LEFT)
    assert is_playing(panel)
    QTest.keyClick(player.slider, Qt.Key.Key_End)
    assert not is_playing(panel)
    for count in (3, 2, 1, 0):
        assert player.count == count
        assert panel.bars.sum_row.text == sums[count]
        QTest.keyClick(player.slider, Qt.Key.Key_Left)
    assert player.slider.accessibleDescription() == "0 of 3 products"


def test_an_edit_half_way_shows_at_once_and_keeps_the_place(qtbot: QtBot) -> None:
    panel = open_panel(qtbot, builtin("One delta, three weight_deltas"))

    scrub(panel, 2)
    type_into(panel.bars.fields[1], "1")

    assert panel.player.count == 2
    assert panel.bars.sum_row.text == "8.63"


def test_playing_stops_when_hidden_and_when_another_experiment_is_opened(qtbot: QtBot) -> None:
    session = builtin("Dot products")
    panel = open_panel(qtbot, session)

    QTest.mouseClick(panel.player.play_button, LEFT)
    panel.hide()
    assert not is_playing(panel)
    panel.show()
    QTest.mouseClick(panel.player.play_button, LEFT)
    assert is_playing(panel)
    session.open(builtin("Several outputs").experiment)
    assert not is_playing(panel)
    assert panel.player.slider.maximum() == panel.player.count == 1


def test_during_a_run_everything_is_added_and_nothing_can_be_played(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = open_panel(qtbot, session)
    session.playback.set_speed(1000.0)
    scrub(panel, 1)

    session.playback.run()
    assert panel.player.is_full
    assert panel.player.says.text == "live"
    for control in (panel.player.play_button, panel.player.slider, panel.player.restart_button):
        assert not control.isEnabled()
    qtbot.waitUntil(lambda: session.playback.position > 20)
    session.playback.pause()

    assert panel.player.play_button.isEnabled()
    assert panel.player.is_full
    pred = float(session.state.pred[0])
    assert number(panel.bars.sum_row.text) == pytest.approx(pred, abs=5e-5)


@pytest.mark.parametrize(
    ("way", "n", "least", "most"),
    [("element", 1, 0.5, 2), ("element", 14, 4, 8), ("row", 8, 4, 6), ("row", 28, 4, 6),
     ("pixel", 64, 4, 10), ("pixel", 784, 8, 10), ("largest", 784, 8, 10)],
)  # fmt: skip
def test_a_play_takes_a_sensible_time(way: str, n: int, least: float, most: float) -> None:
    assert least <= play_seconds(way, n) <= most


def test_in_little_room_the_button_leaves_its_word_and_keeps_its_name(qtbot: QtBot) -> None:
    around = on_screen(qtbot, QWidget(), (500, 40))
    player = AdditionPlayer(around)
    player.resize(500, 40)
    player.show()
    player.begin("row", 8)
    assert player.play_button.text() == "Play"
    needed = player.minimumSizeHint().width()
    player.resize(needed, 40)
    assert player.play_button.text() == ""
    assert player.play_button.accessibleName() == "Play the addition"
    assert player.minimumSizeHint().width() == needed
    player.toggle()
    assert player.play_button.accessibleName() == "Pause the addition"
    player.resize(500, 40)
    assert player.play_button.text() == "Pause"
    player.stop()
