"""Alpha's number and the bar of its zones."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.alpha.panel import AlphaControl
from gui.panels.alpha.zone_bar import ZoneBar
from gui.session import Session
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told

LEFT = Qt.MouseButton.LeftButton
# The first game with weight a frozen: 0.65 ** 2 + 1.2 ** 2.
S = 0.65**2 + 1.2**2


@pytest.fixture
def session() -> Session:
    return builtin("Freezing one weight")


@pytest.fixture
def control(session: Session, qtbot: QtBot) -> AlphaControl:
    return shown(session, qtbot)


def shown(session: Session, qtbot: QtBot, width: int = 430) -> AlphaControl:
    control = AlphaControl(session)
    return on_screen(qtbot, control, (width, control.sizeHint().height()))


def alpha(session: Session) -> float:
    return session.state.setup.alpha


def place(bar: ZoneBar, part: float) -> QPoint:
    """The point at a part (0..1) of the bar."""
    margin = look.theme.px(8)
    return QPoint(round(margin + part * (bar.width() - 2 * margin)), look.theme.px(12))


def type_alpha(qtbot: QtBot, control: AlphaControl, text: str) -> None:
    QTest.mouseClick(control.field, LEFT)
    assert control.field.editor is not None
    control.field.editor.setText(text)
    QTest.keyClick(control.field.editor, Qt.Key.Key_Return)


def drag(qtbot: QtBot, widget: QWidget, *points: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, LEFT, pos=points[-1])


# -- the number -----------------------------------------------------------------------------


def test_the_number_is_written_plainly(control: AlphaControl) -> None:
    assert control.field.text == "0.3"


@pytest.mark.parametrize(("text", "value"), [("0.05", 0.05), ("0,7", 0.7), ("250", 250.0)])
def test_any_positive_number_can_be_typed(
    control: AlphaControl, session: Session, qtbot: QtBot, text: str, value: float
) -> None:
    type_alpha(qtbot, control, text)

    assert alpha(session) == value
    assert control.field.value == value


@pytest.mark.parametrize("text", ["0", "-1", "1e30"])
def test_an_alpha_that_cannot_be_is_refused_in_words(
    control: AlphaControl, session: Session, qtbot: QtBot, text: str
) -> None:
    with qtbot.waitSignal(session.notices.refused) as refusal:
        type_alpha(qtbot, control, text)

    assert "alpha" in refusal.args[0]
    assert alpha(session) == control.field.value == 0.3


def test_nonsense_changes_nothing(control: AlphaControl, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(control.field.rejected):
        type_alpha(qtbot, control, "three")

    assert alpha(session) == 0.3
    assert session.edits.count == 0


def test_scrubbing_never_leaves_what_is_positive(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    refused: list[str] = []
    session.notices.refused.connect(refused.append)
    middle = control.field.rect().center()

    drag(
        qtbot,
        control.field,
        *(middle - QPoint(left, 0) for left in (0, 10, 100, 200, 2000, 2500)),
    )

    assert 0 < alpha(session) < 0.01
    assert refused == []
    assert session.edits.count == 1
    session.edits.undo()
    assert alpha(session) == 0.3


def test_arrow_keys_nudge_the_number(control: AlphaControl, session: Session, qtbot: QtBot) -> None:
    QTest.keyClick(control.field, Qt.Key.Key_Up)

    assert alpha(session) == 0.31


def test_a_number_too_long_for_its_box_is_written_smaller(
    control: AlphaControl, session: Session
) -> None:
    box = control.field.size()
    for value in (0.000123456, 1.23456e-05, 123456.7, 0.3):
        session.edits.set_alpha(value)

        metrics = QFontMetricsF(control.field.font_in_use())
        assert metrics.horizontalAdvance(control.field.text) <= control.field.width()
        assert control.field.size() == box
    assert control.field.font_in_use().pixelSize() == look.theme.font_px


# -- the words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        (0.01, "settles"),
        (1 / S, "settles"),
        (0.6, "overshoots"),
        (1.07, "overshoots"),
        (1.08, "diverges"),
        (900.0, "diverges"),
    ],
)
def test_the_zone_is_told(
    qtbot: QtBot, control: AlphaControl, session: Session, value: float, zone: str
) -> None:
    session.edits.set_alpha(value)

    assert control.bar.zone_text == zone
    assert control.bar.limit_text == "diverges from 1.074"
    wait_until_told(qtbot, control.bar, f"alpha {value:.6g}: {zone}")
    assert f"{2 / S:.10g}" in control.bar.toolTip()


def test_the_zones_follow_what_is_frozen(control: AlphaControl, session: Session) -> None:
    session.edits.set_frozen(0, 0, False)

    limit = 2 / (S + 8.5**2)
    assert control.bar.limit_text == f"diverges from {limit:.4g}"
    assert control.bar.zone_text == "diverges"


def test_for_a_stream_the_limit_is_a_guarantee(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    control = shown(session, qtbot)
    rows = [(8.5, 0.65, 1.2), (9.5, 0.8, 1.3), (9.9, 0.8, 0.5), (9.0, 0.9, 1.0)]
    limit = 2 / max(sum(x * x for x in row) for row in rows)

    assert control.bar.zone_text == "every step shrinks its own error"
    assert control.bar.limit_text == f"may diverge from {limit:.4g}"
    qtbot.waitUntil(lambda: "guarantee and not a threshold" in control.bar.toolTip())

    session.edits.set_alpha(1.01 * limit)
    assert control.bar.zone_text == "may diverge"


@pytest.mark.parametrize(
    ("frozen", "why"), [(False, "every unfrozen input is 0"), (True, "every weight is frozen")]
)
def test_where_nothing_can_move_the_bar_says_so_and_is_off(
    qtbot: QtBot, frozen: bool, why: str
) -> None:
    row = [1.0, 2.0] if frozen else [0.0, 0.0]
    session = made_up([row], [[1.0]], [[0.5, 0.5]], frozen=[[frozen, frozen]])
    control = shown(session, qtbot)

    assert control.bar.zone_text == f"nothing can move: {why}"
    assert control.bar.limit_text == ""
    assert not control.bar.isEnabled()
    QTest.mouseClick(control.bar, LEFT, pos=place(control.bar, 0.5))
    assert session.edits.count == 0
    control.grab()

    type_alpha(qtbot, control, "3")
    assert alpha(session) == 3.0


# Squares that are rounded to 0, that are no normal number, and whose double inverse is none.
@pytest.mark.parametrize("tiny", [5e-324, 1e-200, -1e-160, 1e-155])
def test_of_inputs_that_are_almost_0_the_bar_does_not_say_that_they_are(
    qtbot: QtBot, tiny: float
) -> None:
    session = made_up([[tiny, 3.0]], [[1.0]], [[0.0, 0.5]], frozen=[[False, True]])
    control = shown(session, qtbot)
    assert control.bar.zone_text == "unfrozen inputs are almost 0: alpha has no limit"
    assert not control.bar.isEnabled()
    session.playback.take(1)
    assert session.state.weights[0, 0] != 0.0 or tiny == 5e-324


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("value", [0.3, 0.7, 5.0])
def test_at_its_least_width_the_bar_still_tells_the_limit(
    session: Session, qtbot: QtBot, theme: str, value: float
) -> None:
    look.choose(theme)
    session.edits.set_alpha(value)
    control = AlphaControl(session)
    on_screen(qtbot, control, control.minimumSizeHint())

    assert control.bar.words[-1] in ("diverges from 1.074", "from 1.074", "1.074")


# -- the bar --------------------------------------------------------------------------------


def test_a_click_sets_alpha_in_figures_as_fine_as_the_bar(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    end = 1.5 * 2 / S

    QTest.mouseClick(control.bar, LEFT, pos=place(control.bar, 0.5))

    assert alpha(session) == pytest.approx(0.5 * end, abs=end / 200)
    assert round(alpha(session), 3) == alpha(session)


def test_a_drag_is_one_undo_entry(control: AlphaControl, session: Session, qtbot: QtBot) -> None:
    session.playback.take(3)
    session.playback.seek(1)
    handle = place(control.bar, 0.3 / (1.5 * 2 / S))

    drag(qtbot, control.bar, handle, *(handle + QPoint(by, 0) for by in (5, 40, 80, 60)))

    assert alpha(session) > 0.3
    assert control.field.value == alpha(session)
    assert session.edits.count == 1
    session.edits.undo()
    assert (alpha(session), session.playback.length) == (0.3, 3)


def test_two_drags_are_two_undo_entries(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    drag(qtbot, control.bar, place(control.bar, 0.6), place(control.bar, 0.7))
    drag(qtbot, control.bar, place(control.bar, 0.1), place(control.bar, 0.2))

    assert session.edits.count == 2


def test_a_trembling_click_on_the_handle_changes_nothing(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(3)
    session.playback.seek(1)
    handle = place(control.bar, 0.3 / (1.5 * 2 / S))

    drag(qtbot, control.bar, handle, handle + QPoint(1, 0), handle)

    assert session.edits.count == 0
    assert session.playback.length == 3


def test_escape_gives_a_drag_up(control: AlphaControl, session: Session, qtbot: QtBot) -> None:
    QTest.mousePress(control.bar, LEFT, pos=place(control.bar, 0.8))
    assert alpha(session) > 1.0

    QTest.keyClick(control.bar, Qt.Key.Key_Escape)
    QTest.mouseMove(control.bar, place(control.bar, 0.9))

    assert alpha(session) == 0.3
    QTest.mouseRelease(control.bar, LEFT)


@pytest.mark.parametrize("x", [-5000, 5000])
def test_a_drag_beyond_an_end_stops_there(
    control: AlphaControl, session: Session, qtbot: QtBot, x: int
) -> None:
    drag(qtbot, control.bar, place(control.bar, 0.5), QPoint(x, 10))

    end = 1.5 * 2 / S
    assert alpha(session) == pytest.approx(0.001 if x < 0 else end, rel=1e-12)


def test_the_handle_catches_on_the_alpha_that_lands_in_one_step(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    QTest.mouseClick(control.bar, LEFT, pos=place(control.bar, 1 / 3) + QPoint(1, 0))

    assert alpha(session) == session.zones.one_step
    session.playback.step()
    assert session.state.error[0] < 1e-25


def test_alpha_beyond_the_end_of_the_bar_has_its_handle_there(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    end = 1.5 * 2 / S
    session.edits.set_alpha(end)
    at_end = control.bar.grab().toImage()

    session.edits.set_alpha(40.0)
    assert control.bar.zone_text == "diverges"
    assert control.bar.grab().toImage() != at_end

    drag(qtbot, control.bar, place(control.bar, 1.0), place(control.bar, 0.5))
    assert alpha(session) == pytest.approx(end / 2, rel=0.02)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_Right, 0.3 + 0.01 * 3 / S),
        (Qt.Key.Key_Up, 0.3 + 0.01 * 3 / S),
        (Qt.Key.Key_Left, 0.3 - 0.01 * 3 / S),
        (Qt.Key.Key_PageUp, 0.3 + 0.1 * 3 / S),
        (Qt.Key.Key_PageDown, 0.3 - 0.1 * 3 / S),
        (Qt.Key.Key_Home, 0.001),
        (Qt.Key.Key_End, 3 / S),
    ],
)
def test_keys_move_the_handle(
    control: AlphaControl, session: Session, qtbot: QtBot, key: Qt.Key, wanted: float
) -> None:
    QTest.keyClick(control.bar, key)

    assert alpha(session) == pytest.approx(wanted, abs=0.001)
    assert session.edits.count == 1


def test_keys_at_the_ends_do_nothing_worse_than_stay(
    control: AlphaControl, session: Session, qtbot: QtBot
) -> None:
    session.edits.set_alpha(40.0)
    QTest.keyClick(control.bar, Qt.Key.Key_Right)
    assert alpha(session) == 40.0

    session.edits.set_alpha(0.001)
    QTest.keyClick(control.bar, Qt.Key.Key_Left)
    assert alpha(session) == 0.001
    assert session.edits.count == 2


@pytest.mark.parametrize("size", [1e-4, 1e-150, 1e4, 1e150])
def test_zones_of_any_size_can_be_dragged(qtbot: QtBot, size: float) -> None:
    """Inputs so small or large that alpha's limit is far from what anyone types."""
    session = made_up([[size, size]], [[0.0]], [[0.0, 0.0]])
    control = shown(session, qtbot)

    drag(qtbot, control.bar, place(control.bar, 0.2), place(control.bar, 0.8))
    control.grab()

    assert 0 < alpha(session) <= 1e9
    assert math.isfinite(alpha(session))


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_drawn_in_every_theme(control: AlphaControl, session: Session, theme: str) -> None:
    look.choose(theme)
    assert not control.grab().isNull()
    session.edits.set_alpha(7.0)
    assert not control.grab().isNull()


def test_it_follows_another_experiment(control: AlphaControl, session: Session) -> None:
    session.open(builtin("The whole season").experiment)

    assert control.field.text == "0.01"
    assert control.bar.limit_text.startswith("may diverge from ")


def test_both_parts_have_names_and_can_be_reached_by_keys(
    control: AlphaControl, qtbot: QtBot
) -> None:
    control.field.setFocus()
    QTest.keyClick(control.field, Qt.Key.Key_Tab)

    assert control.bar.hasFocus()
    assert control.field.accessibleName() == "alpha"
    assert "alpha" in control.bar.accessibleName()


def test_the_words_lie_inside_the_bar(control: AlphaControl) -> None:
    metrics = QFontMetricsF(look.theme.font(0.85))

    assert control.bar.words == ("settles", "overshoots", "diverges from 1.074")
    assert sum(metrics.horizontalAdvance(word) for word in control.bar.words) < control.bar.width()
