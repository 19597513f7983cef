"""Two probes beside each dot: which side is warmer agrees with what an update adds."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.error_curves import ErrorCurvesPanel
from gui.session import Session
from model.curves import Bowl, round_step
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told


def shown(qtbot: QtBot, session: Session) -> ErrorCurvesPanel:
    look.choose("light")
    panel = on_screen(qtbot, ErrorCurvesPanel(session), (460, 470))
    QApplication.processEvents()
    return panel


@pytest.mark.parametrize("name", ["Several steps", "The whole season", "Alpha too large"])
def test_the_warmer_side_is_where_the_update_goes(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    panel = shown(qtbot, session)
    QTest.mouseClick(panel.probes_button, Qt.MouseButton.LeftButton)
    assert session.view.hot_and_cold
    for _ in range(8):
        state = session.state
        session.playback.step()
        added = session.state.weights - state.weights
        session.playback.back()
        for card in panel.cards:
            probes, bowl = card.plot.probes, card.plot.bowls.current
            assert probes is not None
            assert probes.warmer == math.copysign(1, added[card.cell])
            for error, side in ((probes.less, -1), (probes.more, 1)):
                weight = bowl.weight + side * probes.step
                pred = sum(
                    (weight if column == card.cell[1] else float(state.weights[0, column]))
                    * float(state.inputs[column])
                    for column in range(3)
                )
                assert error == pytest.approx((pred - float(state.target[0])) ** 2, rel=1e-6)
            labels = card.plot.bowls.probe_labels()
            assert [text[-1] for *_, text, _ in labels] == (
                ["↓", "↑"] if probes.warmer < 0 else ["↑", "↓"]
            )
        session.playback.step()


def test_the_probes_are_told_in_words(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    session.view.show(hot_and_cold=True)
    card = panel.cards[0]
    wait_until_told(qtbot, card, card.probes_sentence)
    assert card.probes_sentence.endswith("more is warmer, as the slope is negative")
    session.edits.set_weight(0, 0, 1.0)
    wait_until_told(qtbot, card, "less is warmer, as the slope is positive")
    session.edits.set_input(0, 0.0)
    wait_until_told(qtbot, card, "no difference that can be told")
    assert card.plot.probes is None
    session.view.show(hot_and_cold=False)
    qtbot.waitUntil(lambda: "hot and cold" not in card.accessibleDescription())


def test_the_switch_can_be_pressed_with_the_keyboard(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    for button, name in ((panel.scale_button, "one_scale"), (panel.probes_button, "hot_and_cold")):
        assert button in panel.tab_stops
        assert button.accessibleDescription()
        for wanted in (True, False):
            QTest.keyClick(button, Qt.Key.Key_Space)
            assert getattr(session.view, name) is wanted
            assert button.isChecked() is wanted


# -- the closed form --------------------------------------------------------------------

NUMBERS = st.floats(-1e9, 1e9)


@given(NUMBERS, NUMBERS, NUMBERS, st.floats(1e-12, 1e9))
def test_one_side_is_warmer_than_the_weight_itself(
    weight: float, x: float, delta: float, at_most: float
) -> None:
    bowl = Bowl(weight, x, delta)
    probes = bowl.probes(at_most)
    if probes is None:
        return
    assume(delta**2 > 1e-290)
    assert 0.0 < probes.step <= at_most
    warm, cold = (probes.more, probes.less)[:: probes.warmer]
    assert warm <= delta**2 <= cold
    assert warm < cold or probes.step * abs(x) < 1e-15 * abs(delta)
    assert math.copysign(1.0, -delta * x) == probes.warmer


@given(st.floats(1e-300, 1e300))
def test_a_round_step_is_1_2_or_5_and_the_largest_there_is(at_most: float) -> None:
    step = round_step(at_most)
    assert step <= at_most < 2.6 * step
    assert f"{step:.12e}"[0] in "125"
    assert set(f"{step:.12e}".split("e")[0][1:]) <= {".", "0"}


# -- the slope explains itself ----------------------------------------------------------


def test_the_slope_says_what_it_is_with_the_numbers_of_the_moment(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    assert card.slope_sentence == (
        "The true slope of the error along weight a is 2 × weight_delta = 2 × −1.19 = −2.38. "
        "More weight makes the error smaller, so an update adds to it."
    )
    session.edits.set_weight(0, 0, 1.0)
    assert "Less weight makes the error smaller, so an update takes from it." in card.slope_sentence
    session.edits.set_frozen(0, 0, True)
    assert card.slope_sentence.endswith("The weight is frozen, so an update leaves it as it is.")
    session.edits.set_input(0, 0.0)
    assert "2 × 0 = 0. Neither" in card.slope_sentence


def test_it_is_said_on_hovering_and_on_coming_there_with_tab(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several steps"))
    card = panel.cards[1]
    (slope,) = (child for child in card.findChildren(QWidget) if hasattr(child, "explain"))
    at = QPoint(3, 3)
    QApplication.sendEvent(slope, QHelpEvent(QEvent.Type.ToolTip, at, slope.mapToGlobal(at)))
    assert QToolTip.text() == card.slope_sentence
    QToolTip.hideText()
    panel.activateWindow()
    panel.cards[2].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QToolTip.text() == panel.cards[2].slope_sentence)
    QToolTip.hideText()


@pytest.mark.parametrize("x", [1e-300, -1e-300])
def test_an_input_next_to_nothing_is_not_called_0(qtbot: QtBot, x: float) -> None:
    session = made_up([[x, 1.0]], [[1e9]], [[0.25, 3.0]])
    panel = shown(qtbot, session)
    card = panel.cards[0]
    assert card.plot.bowls.current.floor is None
    told = wait_until_told(qtbot, card, "because its input is next to nothing")
    assert "input is 0" not in told
    panel.grab()
