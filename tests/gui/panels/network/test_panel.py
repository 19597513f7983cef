"""The network graph as a person uses it: read, clicked, typed into, tabbed through, scrolled."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractAnimation, QPoint, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import (
    QFontMetricsF,
    QKeySequence,
    QShortcut,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.network.edges import edge_width
from gui.panels.network.layout import (
    Shape,
)
from gui.panels.network.node_cards import InputCard
from gui.panels.network.panel import NetworkGraph
from gui.panels.network.weight_card import Padlock, WeightCard
from gui.session import Session
from gui.widgets.number_field import NumberField
from model.phase import Phase
from model.words import numbers
from model.words.names import weight_name
from model.words.parts import part
from model.words.step import DASH
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.network_driver import (
    delta_text,
    error_text,
    example_text,
    input_field,
    padlock,
    pred_text,
    target_field,
    weight_field,
    weight_lines,
)
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
THREE = "One delta, three weight_deltas"
NINE = "Several inputs and outputs"


def shown(
    qtbot: QtBot, session: Session, width: int = 819, height: int = 470, theme: str = "light"
) -> NetworkGraph:
    look.choose(theme)
    graph = NetworkGraph(session)
    qtbot.addWidget(graph)
    graph.resize(width, height)
    with qtbot.waitActive(graph):
        graph.show()
        graph.activateWindow()
    return graph


def large(n_in: int, n_out: int) -> Session:
    """Weight [output][input] is output + input / 1000, so that each can be told from the others."""
    weights = [[o + i / 1000 for i in range(n_in)] for o in range(n_out)]
    return made_up([[0.5] * n_in], [[1.0] * n_out], weights, alpha=1e-4)


def type_into(field: NumberField, text: str) -> None:
    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    QTest.keyClicks(field.editor, text)
    QTest.keyClick(field.editor, KEY.Key_Return)


def let_go_of_focus() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.clearFocus()


def take_in_parts(session: Session) -> None:
    for act in (session.playback.predict, session.playback.compare, session.playback.learn):
        act()


def has_colour(graph: NetworkGraph, role: str) -> bool:
    image = graph.grab().toImage()
    wanted = look.theme.color(role).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


# -- numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [THREE, "Several outputs", NINE, "The whole season"])
def test_it_shows_the_numbers_of_the_step(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    graph = shown(qtbot, session)
    for _ in range(3):
        state = session.state
        for o, row in enumerate(state.weights.tolist()):
            pred = sum(w * x for w, x in zip(row, state.inputs.tolist(), strict=True))
            delta = pred - state.target.tolist()[o]
            assert state.pred[o] == pytest.approx(pred, rel=1e-12)
            assert pred_text(graph, o) == numbers.short(pred)
            assert delta_text(graph, o) == numbers.short(delta)
            assert float(error_text(graph, o)) == pytest.approx(delta**2, abs=1e-4)
            assert target_field(graph, o).value == state.target[o]
            for i, weight in enumerate(row):
                assert weight_field(graph, o, i).value == weight
                assert input_field(graph, i).value == state.inputs[i]
        session.playback.step()


def test_a_weight_says_its_weight_delta_and_what_comes_next(qtbot: QtBot) -> None:
    graph = shown(qtbot, builtin(THREE))

    assert weight_lines(graph, 0, 0) == ("weight_delta −1.190", "next change +0.0119")
    assert weight_lines(graph, 0, 1) == ("weight_delta −0.0910", "next change +0.0009")
    assert weight_lines(graph, 0, 2) == ("weight_delta −0.1680", "next change +0.0017")


@pytest.mark.parametrize("digits", ["0.20120656105171877", "-7"])
def test_typing_a_weight_changes_the_session(qtbot: QtBot, digits: str) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    type_into(weight_field(graph, 0, 1), digits)

    assert session.state.weights[0, 1] == float(digits)
    assert weight_field(graph, 0, 1).value == float(digits)
    expected = 8.5 * 0.1 + 0.65 * float(digits) - 1.2 * 0.1
    assert pred_text(graph, 0) == numbers.short(expected)
    session.edits.undo()
    assert weight_field(graph, 0, 1).value == 0.2


def test_typing_an_input_and_a_target(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    type_into(input_field(graph, 2), "2.5")
    type_into(target_field(graph, 1), "0.25")

    assert session.state.inputs.tolist() == [8.5, 0.65, 2.5]
    assert session.state.target.tolist() == [0.1, 0.25, 0.1]
    assert input_field(graph, 2).text == "2.5"
    assert target_field(graph, 1).text == "0.25"


def test_a_drag_over_a_weight_is_one_undo(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    field = weight_field(graph, 0, 0)
    QTest.mousePress(field, LEFT, pos=QPoint(20, 8))
    for x in (30, 40, 50, 60):
        QTest.mouseMove(field, QPoint(x, 8))
    QTest.mouseRelease(field, LEFT, pos=QPoint(60, 8))

    assert session.state.weights[0, 0] > 0.1
    assert session.edits.count == 1
    session.edits.undo()
    assert weight_field(graph, 0, 0).value == 0.1


def test_what_the_session_refuses_changes_nothing(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    with qtbot.waitSignal(session.notices.refused) as refused:
        type_into(weight_field(graph, 0, 0), "1e12")

    assert "weight a" in refused.args[0]
    assert weight_field(graph, 0, 0).value == 0.1
    assert weight_field(graph, 0, 0).text == "0.1000"


# -- padlocks ------------------------------------------------------------------------------


def press(padlock: Padlock, how: str) -> None:
    if how == "click":
        QTest.mouseClick(padlock, LEFT)
    else:
        padlock.setFocus()
        QTest.keyClick(padlock, getattr(KEY, how))


@pytest.mark.parametrize("how", ["click", "Key_Space", "Key_Return", "Key_Enter"])
def test_a_padlock_freezes_and_frees(qtbot: QtBot, how: str) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    lock = padlock(graph, 0, 0)
    assert lock.accessibleName() == "Freeze weight a (toes to win)"
    press(lock, how)

    assert lock.isChecked()
    assert session.state.setup.frozen.tolist() == [[True, False, False]]
    session.playback.step()
    assert weight_field(graph, 0, 0).value == 0.1
    assert weight_field(graph, 0, 1).value == pytest.approx(0.20091, rel=1e-12)

    press(lock, how)
    assert not lock.isChecked()
    assert not session.state.setup.frozen.any()


def test_the_window_has_no_say_in_the_keys_of_a_padlock(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    shortcut = QShortcut(QKeySequence(KEY.Key_Space), graph)
    shortcut.activated.connect(session.playback.step)
    press(padlock(graph, 0, 1), "Key_Space")

    assert padlock(graph, 0, 1).isChecked()
    assert session.playback.position == 0


def test_a_frozen_weight_says_what_it_would_have_done(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)
    session.playback.step()
    session.playback.step()

    would = -0.3 * (0.97274178125 - 1) * 8.5
    assert weight_lines(graph, 0, 0) == (f"held · would be +{would:.4f}", "")
    assert padlock(graph, 0, 0).isChecked()
    assert not padlock(graph, 0, 1).isChecked()


# -- the parts of a step -------------------------------------------------------------------


def test_numbers_appear_when_they_are_made(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    assert delta_text(graph, 0) == "−0.1400"

    session.playback.predict()
    assert pred_text(graph, 0) == "0.8600"
    assert (delta_text(graph, 0), error_text(graph, 0)) == (DASH, DASH)
    assert weight_lines(graph, 0, 0) == (f"weight_delta {DASH}", f"next change {DASH}")

    session.playback.compare()
    assert (delta_text(graph, 0), error_text(graph, 0)) == ("−0.1400", "0.019600")
    assert [weight_lines(graph, 0, at) for at in range(3)] == [
        ("weight_delta −1.190", "−0.14 × 8.5 = −1.19"),
        ("weight_delta −0.0910", "−0.14 × 0.65 = −0.091"),
        ("weight_delta −0.1680", "−0.14 × 1.2 = −0.168"),
    ]

    session.playback.learn()
    assert pred_text(graph, 0) == "0.8600"
    assert (delta_text(graph, 0), error_text(graph, 0)) == ("−0.1400", "0.019600")
    assert [weight_lines(graph, 0, at) for at in range(3)] == [
        ("0.1 → 0.1119", "change +0.0119"),
        ("0.2 → 0.20091", "change +0.0009"),
        ("−0.1 → −0.09832", "change +0.0017"),
    ]
    assert weight_field(graph, 0, 0).value == pytest.approx(0.1119, rel=1e-12)

    session.playback.predict()
    assert pred_text(graph, 0) == "0.9638"
    assert delta_text(graph, 0) == DASH


@pytest.mark.parametrize("act", ["step", "open", "back and on", "pause", "run"])
def test_the_bench_rests_except_after_a_part(qtbot: QtBot, act: str) -> None:
    session = builtin(THREE)
    session.playback.set_speed(math.inf)
    graph = shown(qtbot, session)
    if act == "back and on":
        session.playback.take(2)
        session.playback.back()
    elif act in ("run", "pause"):
        if act == "pause":
            session.playback.set_speed(0.5)
        session.playback.run()
        reached = Phase.READY if act == "run" else Phase.PREDICTED
        qtbot.waitUntil(
            lambda: (
                session.playback.phase is reached
                and (act == "pause" or session.playback.position > 0)
            )
        )
        session.playback.pause()
    elif act == "step":
        session.playback.predict()
        session.playback.step()

    state = session.state
    assert pred_text(graph, 0) == numbers.short(float(state.pred[0]))
    assert delta_text(graph, 0) == numbers.short(float(state.delta[0]))
    first, second = weight_lines(graph, 0, 0)
    assert first.startswith("weight_delta ")
    assert second.startswith("next change ")
    assert DASH not in first + second


def test_with_several_examples_the_cards_keep_the_one_that_learn_used(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    graph = shown(qtbot, session)
    for act in (session.playback.predict, session.playback.compare, session.playback.learn):
        act()

    assert session.playback.position == 1
    assert example_text(graph) == "example 1 of 4"
    assert input_field(graph, 0).value == 8.5
    assert session.state.inputs[0] == 9.5

    # What is typed belongs to the example that the step now visits, and that one is shown.
    type_into(input_field(graph, 0), "7.5")
    assert example_text(graph) == "example 2 of 4"
    assert session.state.inputs[0] == input_field(graph, 0).value == 7.5
    session.playback.seek(0)
    assert session.state.inputs[0] == 8.5


def test_an_edit_that_stands_after_the_update_is_not_taken_for_learning(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    session.playback.step()
    session.edits.set_weight(0, 0, 0.7)
    session.playback.seek(0)
    QTest.mouseClick(graph.view.weight_card(0, 0), LEFT, pos=QPoint(5, 5))
    for act in (session.playback.predict, session.playback.compare, session.playback.learn):
        act()

    assert weight_field(graph, 0, 0).value == 0.7
    assert weight_lines(graph, 0, 0) == ("0.1 → 0.1119", "change +0.0119")
    assert graph.caption.text == "a: 0.1 − 0.01 × −1.19 = 0.1119 · set to 0.7 by an edit"


# -- what is selected ----------------------------------------------------------------------


def test_a_click_selects_a_card_and_a_click_beside_them_selects_none(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    let_go_of_focus()
    for card, name in (
        (graph.view.weight_card(1, 2), "weight:f"),
        (graph.view.output_card(2), "output:sad"),
        (graph.view.input_card(1), "input:win/loss"),
    ):
        QTest.mouseClick(card, LEFT, pos=QPoint(4, 4))
        assert session.view.part == name
        assert card.selected
        assert graph.why.text.split()[0] != "Click"
    beside = graph.view.weight_card(0, 0).parentWidget()
    assert beside is not None
    QTest.mouseClick(beside, LEFT, pos=QPoint(1, 1))
    assert session.view.part is None
    assert graph.why.text.startswith("Click")


def test_selecting_moves_nothing(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    before = [card.geometry() for card in graph.findChildren(WeightCard)]
    for name in ("weight:a", "output:win", "input:fans", None):
        session.view.show(part=name)
        assert [card.geometry() for card in graph.findChildren(WeightCard)] == before


def test_why_is_told_in_each_part_and_to_a_screen_reader(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    session.view.show(part="weight:a")
    told = {graph.why.accessibleDescription()}
    for act in (session.playback.predict, session.playback.compare, session.playback.learn):
        act()
        assert graph.why.accessibleDescription().startswith(graph.why.text)
        told.add(graph.why.accessibleDescription())

    assert len(told) == 4
    assert graph.why.text == (
        "Scaling: toes was 8.5, so weight_delta −1.19 was 8.5 times delta −0.14, and a changed by "
        "+0.0119. Alpha 0.01 took it 72.2 % of the way to the floor of its bowl at 0.116471."
    )


def test_a_held_weight_says_nothing_it_cannot_know(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)
    session.playback.predict()

    assert weight_lines(graph, 0, 0) == ("held", "")


def test_the_caption_says_how_each_number_was_made(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    assert graph.caption.text.startswith("Click any number to edit it · drag sideways to scrub")

    session.playback.predict()
    assert graph.caption.text == "pred = 8.5 × 0.1 + 0.65 × 0.2 + 1.2 × −0.1 = 0.86"
    session.playback.compare()
    assert (
        graph.caption.text == "delta = pred − target = 0.86 − 1 = −0.14 · error = delta² = 0.0196"
    )
    session.playback.learn()
    assert graph.caption.text == (
        "weight_delta = delta × input: −0.14 × 8.5 = −1.19 · a: 0.1 − 0.01 × −1.19 = 0.1119"
    )
    session.playback.back()
    assert graph.caption.text.startswith("Click any number")


def test_the_caption_explains_what_is_under_focus(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    session.playback.predict()
    assert graph.caption.text.startswith("hurt: pred = 8.5 × 0.1 + ")
    target_field(graph, 2).setFocus()
    assert graph.caption.text == "sad: pred = 8.5 × 0 + 0.65 × 1.3 + 1.2 × 0.1 = 0.965"
    weight_field(graph, 2, 1).setFocus()
    assert graph.caption.text == ("sad: h adds input × weight = 0.65 × 1.3 = 0.845 to pred = 0.965")

    session.playback.compare()
    weight_field(graph, 1, 2).setFocus()
    assert graph.caption.text == "f: weight_delta = delta × input = −0.02 × 1.2 = −0.024"
    session.playback.learn()
    assert graph.caption.text == (
        "weight_delta = delta × input: −0.02 × 1.2 = −0.024 · f: 0 − 0.01 × −0.024 = 0.00024"
    )
    input_field(graph, 1).setFocus()
    assert " · b: 0.1 − 0.01 × " in graph.caption.text


def test_the_caption_says_why_a_frozen_weight_stays(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)
    padlock(graph, 0, 0).setFocus()
    for act in (session.playback.predict, session.playback.compare, session.playback.learn):
        act()

    assert graph.caption.text == (
        "weight_delta = 0, frozen · else delta × input = −0.14 × 8.5 = −1.19 · a stays 0.1"
    )


def test_the_caption_explains_the_first_weight_that_moved(qtbot: QtBot) -> None:
    session = made_up([[0, 2]], [[1]], [[0.5, 0.5]], alpha=0.1)
    graph = shown(qtbot, session)
    let_go_of_focus()
    take_in_parts(session)
    assert graph.caption.text == "No weight moved: the delta is 0 wherever a weight is not frozen"

    session.edits.set_target(0, 2.0)
    take_in_parts(session)
    assert graph.caption.text == (
        "weight_delta = delta × input: −1 × 2 = −2 · b: 0.5 − 0.1 × −2 = 0.7"
    )


@pytest.mark.parametrize("n_in", [2, 12, 40])
@pytest.mark.parametrize("width", [120, 260, 500, 900])
def test_the_caption_is_never_clipped(qtbot: QtBot, n_in: int, width: int) -> None:
    session = made_up([[1.23456] * n_in], [[-1.5]], [[-0.98765] * n_in], alpha=0.001)
    graph = shown(qtbot, session, width, 400)
    metrics = QFontMetricsF(look.theme.font())
    for act in (
        session.playback.reset,
        session.playback.predict,
        session.playback.compare,
        session.playback.learn,
    ):
        act()
        assert graph.caption.text
        assert metrics.horizontalAdvance(graph.caption.text) <= width


def test_a_long_sum_leaves_terms_out_and_says_how_many(qtbot: QtBot) -> None:
    session = large(30, 1)
    graph = shown(qtbot, session)
    session.playback.predict()

    assert graph.caption.text.startswith("pred = 0.5 × 0 + 0.5 × 0.001 + ")
    assert graph.caption.text.endswith(f" more = {numbers.plain(0.5 * sum(range(30)) / 1000)}")


def test_weights_that_moved_are_lit_for_that_moment(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)
    let_go_of_focus()
    assert not has_colour(graph, "accent")
    take_in_parts(session)
    assert has_colour(graph, "accent")
    session.playback.seek(1)
    assert not has_colour(graph, "accent")


def test_a_stream_says_which_example_is_on_the_bench(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    graph = shown(qtbot, session)
    assert example_text(graph) == "example 1 of 4"
    session.playback.step()
    assert example_text(graph) == "example 2 of 4"
    session.edits.edit("guest", (), (1.0, 2.0, 3.0, 0.5), "a guest")
    assert example_text(graph) == "an example of your own"
    assert input_field(graph, 2).value == 3.0

    assert example_text(shown(qtbot, builtin(THREE))) == ""


def test_a_prediction_is_seen_to_flow_and_then_stands_still(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    flow = graph.findChild(QVariantAnimation)
    assert flow is not None
    assert flow.duration() <= 250
    session.playback.predict()
    assert pred_text(graph, 0) == "0.8600"
    qtbot.waitUntil(lambda: flow.state() is QAbstractAnimation.State.Stopped)
    assert graph.grab().toImage() == graph.grab().toImage()

    session.playback.back()
    session.playback.predict()
    session.playback.step()
    assert flow.state() is QAbstractAnimation.State.Stopped


# -- following the session -----------------------------------------------------------------


def test_while_running_it_keeps_up_and_the_end_is_exact(qtbot: QtBot) -> None:
    session = builtin(NINE)
    session.playback.set_speed(math.inf)
    graph = shown(qtbot, session)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 0)
    qtbot.waitUntil(lambda: graph.caption.text.startswith("Running"))
    session.playback.pause()

    assert weight_field(graph, 2, 2).value == session.state.weights[2, 2]
    assert pred_text(graph, 0) == numbers.short(float(session.state.pred[0]))
    assert not graph.caption.text.startswith("Running")


def test_a_slow_run_is_shown_and_explained_in_its_parts(qtbot: QtBot) -> None:
    session = builtin(THREE)
    session.playback.set_speed(1.0)
    graph = shown(qtbot, session)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.phase is Phase.PREDICTED)
    assert graph.caption.text.startswith("pred = ")
    assert delta_text(graph, 0) == DASH
    qtbot.waitUntil(lambda: session.playback.learned)
    assert graph.caption.text.startswith("weight_delta = ")
    session.playback.pause()


def test_a_hidden_graph_catches_up_when_it_is_shown(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    field = weight_field(graph, 0, 0)
    graph.hide()
    session.playback.step()
    assert field.value == 0.1
    with qtbot.waitExposed(graph):
        graph.show()

    assert field.value == pytest.approx(0.1119)


def test_it_can_be_asked_before_it_was_ever_shown(qtbot: QtBot) -> None:
    graph = NetworkGraph(builtin(NINE))
    qtbot.addWidget(graph)

    assert weight_field(graph, 2, 1).value == 1.3
    assert pred_text(graph, 1) == "0.9800"


def test_a_part_is_brought_into_sight_before_it_was_ever_shown(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = NetworkGraph(session)
    qtbot.addWidget(graph)
    graph.reveal(part(session.experiment, "weight:i"))

    assert graph.view.card_count > 0


def test_another_experiment_brings_other_names_and_another_shape(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    session.open(builtin("Several outputs").experiment)

    assert input_field(graph, 0).accessibleName() == "input win/loss"
    assert weight_field(graph, 2, 0).accessibleName() == "weight c, win/loss to sad"
    assert weight_field(graph, 2, 0).value == 0.9
    assert graph.view.card_count == 1 + 3 + 3


def test_a_number_being_typed_is_not_meant_for_another_experiment(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    field = weight_field(graph, 0, 0)
    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    QTest.keyClicks(field.editor, "55")
    session.open(builtin(THREE).experiment)

    assert session.state.weights.tolist() == [[0.1, 0.2, -0.1]]
    assert session.edits.count == 0
    assert weight_field(graph, 0, 0).editor is None


@pytest.mark.parametrize("name", ["Alpha too large", "Normalised inputs"])
@pytest.mark.parametrize("theme", sorted(THEMES))
def test_numbers_of_any_size_are_painted(qtbot: QtBot, name: str, theme: str) -> None:
    session = builtin(name)
    graph = shown(qtbot, session, theme=theme)
    for _ in range(30):
        session.playback.step()
        graph.grab()
    look.choose("light")
    graph.grab()

    assert pred_text(graph, 0) == numbers.short(float(session.state.pred[0]))


# -- keyboard ------------------------------------------------------------------------------


def tab(back: bool = False) -> QWidget:
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, KEY.Key_Backtab if back else KEY.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    return after


def names_in_order(session: Session) -> list[str]:
    """Accessible names in the order in which Tab should reach them."""
    inputs, outputs = session.experiment.inputs, session.experiment.outputs
    weights = []
    for o, output in enumerate(outputs):
        for i, name in enumerate(inputs):
            letter = weight_name(session.experiment, o, i)
            weights.append(f"weight {letter}, {name} to {output}")
            weights.append(f"Freeze weight {letter} ({name} to {output})")
    return [
        *(f"input {name}" for name in inputs),
        *weights,
        *(f"target of {name}" for name in outputs),
    ]


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 1), (1, 3), (3, 3), (9, 7), (1, 14), (14, 1)])
def test_tab_goes_through_everything_in_order_in_sight_or_not(
    qtbot: QtBot, n_in: int, n_out: int
) -> None:
    session = large(n_in, n_out)
    window = QWidget()
    column = QVBoxLayout(window)
    before, after = QPushButton("before"), QPushButton("after")
    graph = NetworkGraph(session)
    for widget in (before, graph, after):
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    # Cards made later must not lose their place among the window's other widgets.
    session.open(large(2, 2).experiment)
    session.open(large(n_in, n_out).experiment)
    before.setFocus()

    expected = names_in_order(session)
    reached = []
    while (stop := tab()) is not after:
        reached.append(stop.accessibleName())
        visible = stop.visibleRegion().boundingRect()
        assert visible == stop.rect()
        assert len(reached) <= len(expected)
    assert reached == expected
    assert tab(back=True).accessibleName() == expected[-1]
    input_field(graph, 0).setFocus()
    assert tab(back=True) is before


def test_tab_from_a_number_being_typed_takes_it_and_goes_on(qtbot: QtBot) -> None:
    session = builtin(THREE)
    graph = shown(qtbot, session)
    field = weight_field(graph, 0, 0)
    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    QTest.keyClicks(field.editor, "0.5")

    assert tab().accessibleName() == "Freeze weight a (toes to win)"
    assert session.state.weights[0, 0] == 0.5


@pytest.mark.parametrize("button", ["value", "padlock"])
def test_the_focus_stays_when_the_arrangement_changes(qtbot: QtBot, button: str) -> None:
    graph = shown(qtbot, builtin(NINE), height=540)
    card = graph.view.weight_card(1, 1)
    focused = card.field if button == "value" else card.padlock
    for column in range(3):
        input_field(graph, column).setFocus()
        for width in (500, 819):
            graph.resize(width, 540)
            assert QApplication.focusWidget() is input_field(graph, column)
    focused.setFocus()
    for width, shape in ((500, Shape.MATRIX), (819, Shape.FAN)):
        graph.resize(width, 540)
        assert graph.view.arrangement.shape is shape
        assert QApplication.focusWidget() is focused


def test_typing_ends_with_its_number_when_the_arrangement_changes(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session, height=540)
    field = target_field(graph, 2)
    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    QTest.keyClicks(field.editor, "0.75")
    graph.resize(500, 540)

    assert session.state.target.tolist() == [0.1, 1.0, 0.75]
    assert target_field(graph, 2).value == 0.75
    assert target_field(graph, 2).hasFocus()


# -- large networks ------------------------------------------------------------------------


def wheel(graph: NetworkGraph, dx: int, dy: int) -> None:
    viewport = graph.view.viewport()
    middle = QPointF(viewport.rect().center())
    event = QWheelEvent(
        middle, QPointF(viewport.mapToGlobal(middle)), QPoint(), QPoint(dx, dy),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize(("n_in", "n_out"), [(12, 12), (30, 5), (100, 100), (1, 400), (400, 1)])
def test_cards_exist_for_what_is_in_sight_only(qtbot: QtBot, n_in: int, n_out: int) -> None:
    session = large(n_in, n_out)
    graph = shown(qtbot, session)
    rng = np.random.default_rng(0)
    for _ in range(12):
        o, i = int(rng.integers(n_out)), int(rng.integers(n_in))
        field = weight_field(graph, o, i)
        assert field.value == session.state.weights[o, i]
        assert field.visibleRegion().boundingRect() == field.rect()
        assert padlock(graph, o, i).accessibleName().endswith(f"(in {i + 1} to out {o + 1})")
        assert input_field(graph, i).value == 0.5
        assert pred_text(graph, o) == numbers.short(float(session.state.pred[o]))

    assert graph.view.card_count <= 120


def in_sight(graph: NetworkGraph) -> set[str]:
    """Names of the numbers of which anything is seen."""
    fields = graph.findChildren(NumberField)
    return {field.accessibleName() for field in fields if not field.visibleRegion().isEmpty()}


def test_the_wheel_scrolls_and_the_headings_stay(qtbot: QtBot) -> None:
    graph = shown(qtbot, large(12, 12))
    corner = {"input in 1", "weight a, in 1 to out 1", "target of out 1"}
    assert in_sight(graph) >= corner
    wheel(graph, -480, 0)
    assert in_sight(graph) & corner == {"target of out 1"}
    wheel(graph, 480, 0)
    wheel(graph, 0, -480)
    assert in_sight(graph) & corner == {"input in 1"}
    wheel(graph, 0, 480)
    assert in_sight(graph) >= corner
    assert graph.view.arrangement.shape is Shape.MATRIX


def test_a_weight_out_of_sight_can_be_edited_after_scrolling_to_it(qtbot: QtBot) -> None:
    session = large(30, 5)
    graph = shown(qtbot, session)
    type_into(weight_field(graph, 4, 29), "0.75")
    QTest.mouseClick(padlock(graph, 3, 28), LEFT)

    assert session.state.weights[4, 29] == 0.75
    assert np.argwhere(session.state.setup.frozen).tolist() == [[3, 28]]


def test_a_number_being_typed_survives_scrolling(qtbot: QtBot) -> None:
    session = large(30, 5)
    graph = shown(qtbot, session)
    field = weight_field(graph, 0, 0)
    QTest.mouseClick(field, LEFT)
    assert field.editor is not None
    QTest.keyClicks(field.editor, "0.2")
    for _ in range(5):
        wheel(graph, -480, 0)
    QTest.keyClicks(field.editor, "5")
    QTest.keyClick(field.editor, KEY.Key_Return)

    assert session.state.weights[0, 0] == 0.25
    assert np.count_nonzero(session.state.weights != large(30, 5).state.weights) == 1


# -- looks ---------------------------------------------------------------------------------


def test_another_theme_arranges_anew_and_keeps_the_numbers(qtbot: QtBot) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    small = weight_field(graph, 0, 0).height()
    look.choose("projector")
    assert weight_field(graph, 0, 0).height() > small
    assert has_colour(graph, "positive")
    look.choose("dark")
    assert weight_field(graph, 0, 0).height() == small
    assert weight_field(graph, 0, 2).value == -0.3
    assert has_colour(graph, "negative")


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_lines_have_the_colour_of_the_sign(qtbot: QtBot, theme: str) -> None:
    session = made_up([[1.0]], [[1.0]], [[0.5]])
    graph = shown(qtbot, session, theme=theme)
    card = graph.view.weight_card(0, 0)
    left = card.mapTo(graph, QPoint(-12, card.height() // 2))

    def colours() -> set[int]:
        image = graph.grab().toImage()
        return {image.pixel(left.x() + dx, left.y() + dy) for dx in range(10) for dy in (-1, 0, 1)}

    assert look.theme.color("positive").rgb() in colours()
    session.edits.set_weight(0, 0, -0.5)
    assert look.theme.color("negative").rgb() in colours()
    free = colours()
    session.edits.set_frozen(0, 0, True)
    assert look.theme.color("negative").rgb() in colours()
    assert colours() != free


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.floats(1e-6, 1e9))
def test_a_line_is_wider_for_more_and_bounded(one: float, other: float, reach: float) -> None:
    smaller, larger = sorted((one, other), key=abs)

    assert 1 <= edge_width(smaller, reach) <= edge_width(larger, reach) <= 9 + 1e-9


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (200, 90), (320, 900), (2200, 300)])
@pytest.mark.parametrize("name", [THREE, NINE])
def test_any_size_can_be_drawn(qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    session = builtin(name)
    graph = shown(qtbot, session)
    graph.resize(*size)
    session.playback.predict()
    graph.grab()
    session.playback.step()

    assert not graph.grab().isNull()
    assert weight_field(graph, 0, 2).value == session.state.weights[0, 2]


# -- for assistive technology --------------------------------------------------------------


def test_the_graph_is_told_in_words(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)

    assert graph.accessibleName() == "Network"
    assert wait_until_told(qtbot, graph) == (
        "3 inputs, 1 output, 3 weights, 1 of them frozen; inputs: toes 8.5, win/loss 0.65, "
        "fans 1.2; win: pred 0.86, target 1, delta −0.14, error 0.0196"
    )
    assert weight_field(graph, 0, 1).accessibleDescription() == (
        "weight_delta = delta × input = −0.14 × 0.65 = −0.091, half of the slope of the error, "
        "−0.182. next change = −alpha × weight_delta = −0.3 × (−0.091) = 0.0273."
    )
    assert target_field(graph, 0).accessibleDescription().startswith("pred 0.86 is what")
    session.playback.predict()
    qtbot.waitUntil(lambda: graph.accessibleDescription().endswith("win: pred 0.86, target 1"))


def test_everything_that_can_be_used_has_a_name(qtbot: QtBot) -> None:
    graph = shown(qtbot, builtin(NINE))
    controls = [*graph.findChildren(NumberField), *graph.findChildren(Padlock)]

    assert len(controls) == 3 + 9 + 9 + 3
    assert len({control.accessibleName() for control in controls}) == len(controls)
    assert all(control.toolTip() for control in controls)


def test_names_like_markup_are_shown_as_they_are(qtbot: QtBot) -> None:
    session = made_up([[1.0]], [[1.0]], [[0.5]])
    session.open(replace(session.experiment, inputs=("<b>toes</b>",), outputs=("<img src=x>",)))
    graph = shown(qtbot, session)

    for control in (input_field(graph, 0), padlock(graph, 0, 0), target_field(graph, 0)):
        document = QTextDocument()
        document.setHtml(control.toolTip())
        assert "<" in document.toPlainText()
        assert control.accessibleName() in document.toPlainText()


@pytest.mark.parametrize("width", [120, 240, 420, 700])
def test_an_explanation_of_one_of_several_outputs_names_it(qtbot: QtBot, width: int) -> None:
    session = builtin(NINE)
    graph = shown(qtbot, session)
    graph.resize(width, 500)
    for take in (session.playback.predict, session.playback.compare):
        take()
        assert graph.caption.text.startswith("hurt: ")


def test_the_constant_input_is_marked_and_an_edit_of_it_is_refused(qtbot: QtBot) -> None:
    session = builtin("Normalised inputs")
    graph = on_screen(qtbot, NetworkGraph(session), (800, 500))
    said: list[str] = []
    session.notices.refused.connect(said.append)
    assert not session.edits.set_input(3, 0.5)
    assert "the constant input is always 1; its weight can be changed instead" in said[-1]
    assert session.state.inputs[3] == 1.0
    assert not session.edits.can_undo
    cards = {card.accessibleName(): card for card in graph.findChildren(InputCard)}
    assert set(cards) == {
        "input toes, standardised",
        "input win/loss, standardised",
        "input fans, standardised",
        "input constant · always 1",
    }


def test_escape_lets_go_of_a_card(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session)
    card = graph.current_view().weight_card(0, 1)
    card.field.setFocus()
    session.view.show(part="weight:b")
    qtbot.keyClick(card.field, Qt.Key.Key_Escape)
    assert session.view.part is None
    assert not card.selected
