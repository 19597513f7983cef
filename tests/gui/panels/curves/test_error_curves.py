"""The curves are driven as a person drives them, and compared with plain arithmetic."""

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.bowl_card import BowlCard
from gui.panels.curves.error_curves import ErrorCurvesPanel
from gui.panels.curves.weight_chooser import WeightChooser
from gui.session import Session
from model.path import Path, State
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.driving import drag, mouse, wheel
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told


def shown(qtbot: QtBot, session: Session, width: int = 460, height: int = 470) -> ErrorCurvesPanel:
    panel = on_screen(qtbot, ErrorCurvesPanel(session), (width, height))
    QApplication.processEvents()
    return panel


def fit_button(card: BowlCard) -> QToolButton:
    (button,) = card.plot.findChildren(QToolButton)
    return button


# -- what is shown ----------------------------------------------------------------------


def test_a_card_for_each_weight_with_the_true_slope(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    session.playback.step()
    session.playback.step()
    assert [card.accessibleName() for card in panel.cards] == [
        "Error curve of weight a, toes to win",
        "Error curve of weight b, win/loss to win",
        "Error curve of weight c, fans to win",
    ]
    inputs, weights = (8.5, 0.65, 1.2), [0.1, 0.2, -0.1]
    for _ in range(2):
        delta = sum(w * x for w, x in zip(weights, inputs, strict=True)) - 1.0
        for at in (1, 2):  # the first one is frozen
            weights[at] -= 0.3 * delta * inputs[at]
    delta = sum(w * x for w, x in zip(weights, inputs, strict=True)) - 1.0
    for card, x in zip(panel.cards, inputs, strict=True):
        assert card.slope_text == f"slope \u2212{abs(2 * delta * x):.3f}"
    assert [card.frozen for card in panel.cards] == [True, False, False]


def test_the_bowl_of_a_frozen_weight_slides_under_its_dot(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    dots, floors = [], []
    for _ in range(4):
        dots.append(card.plot.bowls.dot.x())
        floors.append(card.plot.bowls.current.floor)
        session.playback.step()
    assert dots == pytest.approx([dots[0]] * 4)
    distances = [abs(floor - 0.1) for floor in floors if floor is not None]
    assert len(distances) == 4
    assert distances == sorted(distances, reverse=True)


def test_up_to_five_earlier_steps_newest_first(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    for step in range(8):
        shown_weights = [bowl.weight for bowl in panel.cards[1].plot.bowls.earlier]
        before = range(step - 1, max(-1, step - 6), -1)
        assert shown_weights == [session.path.state(k).weights[0, 1] for k in before]
        shown_inputs = [bowl.inputs for bowl in panel.cards[1].plot.bowls.earlier]
        assert shown_inputs == [session.path.state(k).inputs[1] for k in before]
        session.playback.step()


def test_a_step_looks_up_one_state_and_not_five(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    for _ in range(8):
        session.playback.step()
    asked: list[int] = []
    look_up = Path.state

    def counted(path: Path, step: int) -> State:
        asked.append(step)
        return look_up(path, step)

    monkeypatch.setattr(Path, "state", counted)
    session.playback.step()
    assert asked == [9]
    assert len(panel.cards[0].plot.bowls.earlier) == 5


def test_earlier_steps_follow_a_change_in_the_past_and_its_undoing(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    for _ in range(4):
        session.playback.step()
    old = [bowl.weight for bowl in panel.cards[0].plot.bowls.earlier]
    session.playback.seek(2)
    session.edits.set_weight(0, 0, 0.3)
    session.playback.step()
    session.playback.step()
    assert [bowl.weight for bowl in panel.cards[0].plot.bowls.earlier] == [
        session.path.state(step).weights[0, 0] for step in (3, 2, 1, 0)
    ]
    assert panel.cards[0].plot.bowls.earlier[1].weight == 0.3
    session.edits.undo()
    session.playback.seek(4)
    assert [bowl.weight for bowl in panel.cards[0].plot.bowls.earlier] == old


def test_several_outputs_are_named_on_the_cards(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several inputs and outputs"))
    assert len(panel.cards) == 9
    assert panel.cards[5].accessibleName() == "Error curve of weight f, fans to win"


def test_the_description_says_the_values_in_words(qtbot: QtBot) -> None:
    session = made_up([[2.0, 0.0]], [[1.0]], [[0.25, 3.0]], frozen=[[False, True]])
    panel = shown(qtbot, session)
    first, second = (wait_until_told(qtbot, card) for card in panel.cards)
    assert first == (
        "weight 0.2500; error 0.2500; slope of the error \u22122.000, which is 2 × weight_delta; "
        "the error is 0 at weight 0.5000"
    )
    assert "weight 3.0000, frozen" in second
    assert "flat, because its input is 0" in second


# -- range ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Several steps", "Freezing one weight", "The whole season", "Several inputs and outputs"],
)
def test_dot_floor_and_recent_dots_are_in_sight(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    panel = shown(qtbot, session)
    for _ in range(12):
        for card in panel.cards:
            view, picture = card.plot.view, card.plot.bowls
            for bowl in (picture.current, *picture.earlier):
                assert view.left < bowl.weight < view.right
                assert view.bottom < bowl.delta**2 < view.top
            if name != "The whole season" and picture.current.floor is not None:
                assert view.left < picture.current.floor < view.right
            assert view.bottom < 0.0
        session.playback.step()


def test_the_range_stays_put_while_a_path_settles(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    before = [card.plot.view for card in panel.cards]
    for _ in range(40):
        session.playback.step()
        assert [card.plot.view for card in panel.cards] == before


def test_the_range_follows_a_path_that_diverges_to_its_end_and_back(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    panel = shown(qtbot, session)
    first = panel.cards[0].plot.view
    for _ in range(20):
        session.playback.step()
    assert session.path.diverged
    card = panel.cards[0]
    assert card.plot.view.top > card.plot.bowls.current.delta**2 > 1e10
    panel.grab()
    session.playback.seek(0)
    assert card.plot.view.height < 10 * first.height


def test_a_flat_bowl_is_drawn_flat(qtbot: QtBot) -> None:
    session = made_up([[2.0, 0.0]], [[1.0]], [[0.25, 3.0]])
    panel = shown(qtbot, session)
    flat = panel.cards[1]
    assert flat.plot.bowls.current.floor is None
    assert flat.plot.view.left < 3.0 < flat.plot.view.right
    assert flat.slope_text == "slope 0.000"
    panel.grab()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize(
    ("weight", "x"),
    [
        *((weight, x) for weight in (1e9, -1e9, 0.0, 1e-300) for x in (1e-300, 1e-9, 0.0, 1e-2)),
        *((weight, x) for weight in (1e2, -1e2, 0.0, 1e-300) for x in (1.0, -1e5)),
    ],
)
def test_extreme_numbers_are_painted(qtbot: QtBot, theme: str, weight: float, x: float) -> None:
    look.choose(theme)
    panel = shown(qtbot, made_up([[x]], [[0.0]], [[weight]]))
    assert panel.cards[0].plot.view.usable
    panel.grab()


# -- dragging the dot -------------------------------------------------------------------


def test_dragging_the_dot_edits_the_weight_live_as_one_undo_entry(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    start = card.plot.bowls.dot
    wanted, pixel = card.plot.x_at(start.x() + 32), card.plot.view.width / card.plot.area.width()
    seen = []
    session.changed.connect(lambda: seen.append(float(session.state.weights[0, 0])))
    drag(card.plot, start, *(start + QPointF(8 * k, 0) for k in range(1, 5)))
    assert len(set(seen)) == 4
    assert session.state.weights[0, 0] == pytest.approx(wanted, abs=pixel)
    assert session.edits.count == 1
    session.edits.undo()
    assert session.state.weights[0, 0] == 0.1


def test_the_range_is_held_while_the_dot_is(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    start, view = card.plot.bowls.dot, card.plot.view
    far = QPointF(card.plot.width() + 300, start.y())
    drag(card.plot, start, start + QPointF(20, 0), far, release=False)
    assert session.state.weights[0, 0] > view.right
    assert card.plot.view == view
    mouse(card.plot, QEvent.Type.MouseButtonRelease, far, held=False)
    assert card.plot.view.right > session.state.weights[0, 0]


def test_a_frozen_weight_can_be_dragged_and_stays_frozen(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    start = card.plot.bowls.dot
    drag(card.plot, start, start + QPointF(10, 0), start + QPointF(25, 0))
    assert session.state.weights[0, 0] > 0.1
    assert session.state.setup.frozen[0, 0]


def test_escape_gives_a_drag_up(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    start = card.plot.bowls.dot
    drag(card.plot, start, start + QPointF(15, 0), start + QPointF(30, 0), release=False)
    assert session.state.weights[0, 0] != 0.1
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert session.state.weights[0, 0] == 0.1
    mouse(card.plot, QEvent.Type.MouseMove, start + QPointF(60, 0))
    assert session.state.weights[0, 0] == 0.1


def test_a_click_on_the_dot_changes_nothing_and_takes_the_focus(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[1]
    dot = card.plot.bowls.dot.toPoint()
    QTest.mouseClick(card.plot.viewport(), Qt.MouseButton.LeftButton, pos=dot)
    assert session.edits.count == 0
    assert card.hasFocus()


def test_the_cursor_says_that_the_dot_can_be_dragged(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several steps"))
    card = panel.cards[0]
    mouse(card.plot, QEvent.Type.MouseMove, card.plot.bowls.dot, held=False)
    assert card.plot.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    mouse(card.plot, QEvent.Type.MouseMove, card.plot.bowls.dot + QPointF(40, -20), held=False)
    assert card.plot.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_arrow_keys_nudge_the_weight(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    card.setFocus()
    view = card.plot.view
    QTest.keyClick(card, Qt.Key.Key_Right)
    small = float(session.state.weights[0, 0]) - 0.1
    assert view.width / 101 <= small <= view.width / 39
    QTest.keyClick(card, Qt.Key.Key_Left)
    assert session.state.weights[0, 0] == pytest.approx(0.1)
    QTest.keyClick(card, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert session.state.weights[0, 0] == pytest.approx(0.1 - 10 * small)


# -- zoom -------------------------------------------------------------------------------


def test_a_zoomed_plot_is_left_alone_until_fit_is_pressed(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    panel = shown(qtbot, session)
    card, other = panel.cards[0], panel.cards[1]
    assert not card.plot.findChildren(QToolButton)
    wheel(card.plot, 2)
    zoomed, unzoomed = card.plot.view, other.plot.view
    assert zoomed.width < card.plot.fitting.width
    for _ in range(6):
        session.playback.step()
    assert card.plot.view == zoomed
    assert other.plot.view != unzoomed
    button = fit_button(card)
    assert button.isVisible()
    assert "Error curve of weight a" in button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    assert card.plot.view == card.plot.fitting
    assert card.plot.view.top > card.plot.bowls.current.delta**2


def test_a_drag_on_empty_plot_moves_it_and_a_double_click_fits(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    fitting = card.plot.view
    start = QPointF(card.plot.area.left() + 12, card.plot.area.top() + 12)
    drag(card.plot, start, start + QPointF(15, 4), start + QPointF(30, 8))
    assert session.edits.count == 0
    assert card.plot.zoomed
    assert card.plot.view.left < fitting.left
    QTest.mouseDClick(card.plot.viewport(), Qt.MouseButton.LeftButton, pos=start.toPoint())
    assert card.plot.view == fitting
    assert not fit_button(card).isVisible()


def test_zooming_with_keys(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several steps"))
    card = panel.cards[0]
    fitting = card.plot.view
    QTest.keyClick(card, Qt.Key.Key_Plus)
    assert card.plot.view.width < fitting.width
    QTest.keyClick(card, Qt.Key.Key_Minus)
    QTest.keyClick(card, Qt.Key.Key_Minus)
    assert card.plot.view.width > fitting.width
    QTest.keyClick(card, Qt.Key.Key_0)
    assert card.plot.view == fitting


def test_zooming_without_end_stays_sane(qtbot: QtBot) -> None:
    panel = shown(qtbot, builtin("Several steps"))
    card = panel.cards[0]
    for keys in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        for _ in range(300):
            QTest.keyClick(card, keys)
        assert card.plot.view.usable
        card.grab()


def test_another_experiment_brings_its_own_cards(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    wheel(panel.cards[0].plot)
    session.open(builtin("Several inputs and outputs").experiment)
    assert len(panel.cards) == 9
    assert not any(card.plot.zoomed for card in panel.cards)


# -- many weights -----------------------------------------------------------------------


def many() -> Session:
    weights = [[0.01 * (3 * row - column) for column in range(12)] for row in range(12)]
    return made_up([[0.1 * k for k in range(12)]], [[1.0] * 12], weights)


def test_of_many_weights_the_first_six_are_shown_in_an_area_that_scrolls(qtbot: QtBot) -> None:
    panel = shown(qtbot, many(), height=300)
    assert [card.cell for card in panel.cards] == [(0, column) for column in range(6)]
    assert panel.chooser.text() == "6 of 144 weights ▾"
    last = panel.cards[-1]
    assert last.mapTo(panel, QPoint(0, last.height())).y() > panel.height()
    last.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(last, Qt.Key.Key_Backtab)
    QTest.keyClick(panel.cards[-2], Qt.Key.Key_Tab)
    assert last.mapTo(panel, QPoint(0, last.height())).y() <= panel.height()


def test_where_the_area_scrolls_the_wheel_zooms_only_with_ctrl(qtbot: QtBot) -> None:
    panel = shown(qtbot, many(), height=300)
    card = panel.cards[0]
    wheel(card.plot, -1)
    assert not card.plot.zoomed
    assert card.mapTo(panel, QPoint()).y() < panel.cards[0].height()
    wheel(card.plot, -1, Qt.KeyboardModifier.ControlModifier)
    assert card.plot.zoomed


def test_a_hidden_panel_catches_up_when_it_is_shown(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    panel.hide()
    session.playback.step()
    assert panel.cards[0].plot.bowls.current.weight == 0.1
    panel.show()
    assert panel.cards[0].plot.bowls.current.weight == session.state.weights[0, 0] != 0.1


def test_while_running_the_curves_follow(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.playback.set_speed(100.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 20)
    session.playback.pause()
    card = panel.cards[0]
    assert card.plot.bowls.current.weight == session.state.weights[0, 0]
    assert wait_until_told(qtbot, card).startswith("weight")


def test_a_run_at_full_speed_is_followed_and_ends_with_its_last_step(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    card = panel.cards[0]
    first = card.plot.bowls.current.weight
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(lambda: card.plot.bowls.current.weight != first)
    assert session.playback.running
    session.playback.pause()

    assert card.plot.bowls.current.weight == session.state.weights[0, 0]


def test_only_at_full_speed_are_frames_left_out(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As good as never again.
    monkeypatch.setattr("gui.panels.curves.error_curves._FASTEST_FRAMES", 1e-6)
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    shown_at: list[int] = []
    monkeypatch.setattr(panel.cards[0], "show_states", lambda now, *_: shown_at.append(now.step))
    session.playback.set_speed(30.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position >= 4)
    slow = len(shown_at)
    session.playback.set_speed(math.inf)
    qtbot.waitUntil(lambda: session.playback.position > 20_000)
    session.playback.pause()

    assert slow >= 4
    # Once when the rate begins, and once at the end.
    assert len(shown_at) <= slow + 3
    assert shown_at[-1] == session.playback.position


def test_the_chooser_is_no_window_of_its_own_for_a_moment(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows: list[bool] = []

    class Noted(WeightChooser):
        def showEvent(self, event: QShowEvent) -> None:
            windows.append(self.isWindow())

    monkeypatch.setattr("gui.panels.curves.error_curves.WeightChooser", Noted)
    session = builtin("Several inputs and outputs")
    on_screen(qtbot, ErrorCurvesPanel(session))
    assert windows == [False]


# -- while hidden -----------------------------------------------------------------------


def test_hidden_cards_of_another_experiment_are_made_when_they_are_shown(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    panel.hide()
    session.open(builtin("Several inputs and outputs").experiment)
    before = list(panel.cards)
    panel.show()

    assert len(panel.cards) == 9
    assert not set(before) & set(panel.cards)
    at: QWidget | None = panel.chooser
    for card in panel.cards:
        while at is not card:
            assert at is not None
            at = at.nextInFocusChain()
            assert at is not panel.chooser
