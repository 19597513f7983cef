"""The line of time: where the path has been, what was changed, and going to any step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.time.time_line import TimeLine
from gui.session import Session
from gui.session.playback import Playback
from model.edits import Edit
from model.words.edits import edit_words
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told

LEFT = Qt.MouseButton.LeftButton
MARGIN = 16


@pytest.fixture
def session() -> Session:
    session = builtin("Several steps")
    session.playback.take(100)
    return session


@pytest.fixture
def line(session: Session, qtbot: QtBot) -> TimeLine:
    return shown(session, qtbot)


def shown(session: Session, qtbot: QtBot, width: int = 832) -> TimeLine:
    """A line whose track is 800 pixels long."""
    line = TimeLine(session)
    return on_screen(qtbot, line, (width, line.sizeHint().height()))


def at(line: TimeLine, part: float) -> QPoint:
    """The point at a part (0..1) of the track."""
    return QPoint(round(MARGIN + part * (line.width() - 2 * MARGIN)), 18)


class Far:
    """A session far along a path that would take long to run: what the line asks, and no more."""

    def __init__(self, session: Session, monkeypatch: pytest.MonkeyPatch, length: int) -> None:
        self.sought: list[int] = []
        self._position = 0
        monkeypatch.setattr(Playback, "length", property(lambda _: length))
        monkeypatch.setattr(Playback, "position", property(lambda _: self._position))
        monkeypatch.setattr(session.playback, "seek", self._seek)

    def _seek(self, step: int) -> None:
        self._position = step
        self.sought.append(step)


# -- mouse ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "step"), [(0.0, 0), (0.25, 25), (0.5, 50), (1.0, 100)])
def test_a_click_goes_to_the_step(
    line: TimeLine, session: Session, qtbot: QtBot, part: float, step: int
) -> None:
    session.playback.seek(70)

    QTest.mouseClick(line, LEFT, pos=at(line, part))

    assert (session.playback.position, session.playback.length) == (step, 100)


def test_a_drag_goes_through_the_steps_and_stops_at_the_ends(
    line: TimeLine, session: Session, qtbot: QtBot
) -> None:
    seen = []
    QTest.mousePress(line, LEFT, pos=at(line, 1.0))
    for x in (at(line, 0.9).x(), at(line, 0.3).x(), -400, 4000):
        QTest.mouseMove(line, QPoint(x, 18))
        seen.append(session.playback.position)
    QTest.mouseRelease(line, LEFT, pos=QPoint(4000, 18))

    assert seen == [90, 30, 0, 100]
    QTest.mouseMove(line, at(line, 0.2))
    assert session.playback.position == 100


def test_pressing_the_handle_does_not_move_it(
    line: TimeLine, session: Session, qtbot: QtBot
) -> None:
    session.playback.seek(50)
    session.playback.predict()

    QTest.mouseClick(line, LEFT, pos=at(line, 0.5) + QPoint(4, 0))

    assert session.playback.position == 50


def test_going_to_a_step_pauses_a_run(line: TimeLine, session: Session, qtbot: QtBot) -> None:
    session.playback.seek(0)
    session.playback.run()

    QTest.mouseClick(line, LEFT, pos=at(line, 0.5))

    assert not session.playback.running
    assert session.playback.position == 50


def test_the_other_buttons_of_a_mouse_do_nothing(
    line: TimeLine, session: Session, qtbot: QtBot
) -> None:
    QTest.mouseClick(line, Qt.MouseButton.RightButton, pos=at(line, 0.2))

    assert session.playback.position == 100


# -- keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Left, 49),
        (Qt.Key.Key_Right, 51),
        (Qt.Key.Key_PageUp, 40),
        (Qt.Key.Key_PageDown, 60),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 100),
    ],
)
def test_keys_move_along(
    line: TimeLine, session: Session, qtbot: QtBot, key: Qt.Key, step: int
) -> None:
    session.playback.seek(50)

    QTest.keyClick(line, key)

    assert (session.playback.position, session.playback.length) == (step, 100)


def test_keys_stay_on_the_path(line: TimeLine, session: Session, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
        QTest.keyClick(line, key)
        assert session.playback.position == 100
    session.playback.seek(3)
    QTest.keyClick(line, Qt.Key.Key_PageUp)
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert session.playback.position == 0


# -- long and empty paths -------------------------------------------------------------------


def test_a_path_without_steps(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    line = shown(session, qtbot)
    line.grab()

    for part in (0.0, 0.7, 1.0):
        QTest.mouseClick(line, LEFT, pos=at(line, part))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(line, key)

    assert (session.playback.position, session.playback.length) == (0, 0)
    assert line.position_text == "step 0 · no update yet"


@pytest.mark.parametrize("length", [10**9, 2**31, 2**53 - 1])
def test_a_path_of_any_length_is_exact_at_its_ends(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    session = builtin("Several steps")
    far = Far(session, monkeypatch, length)
    line = shown(session, qtbot)

    for part in (1.0, 0.5, 0.0):
        QTest.mouseClick(line, LEFT, pos=at(line, part))
        line.grab()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Left)

    assert far.sought == [length, round(0.5 * length), 0, length, length - 1]
    assert line.position_text == f"step {length - 1:,} · after {length - 1:,} updates"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(xs=st.lists(st.integers(-50, 900), min_size=2, max_size=6), length=st.integers(1, 2**53))
def test_farther_right_is_never_an_earlier_step(qtbot: QtBot, xs: list[int], length: int) -> None:
    session = builtin("Several steps")
    with pytest.MonkeyPatch.context() as patch:
        far = Far(session, patch, length)
        line = TimeLine(session)
        line.resize(832, 48)
        for x in sorted(xs):
            QTest.mouseClick(line, LEFT, pos=QPoint(x, 18))
        line.deleteLater()

    assert far.sought == sorted(far.sought)
    assert all(0 <= step <= length for step in far.sought)


# -- words ----------------------------------------------------------------------------------


def test_the_position_in_words(line: TimeLine, session: Session) -> None:
    said = []
    for step in (0, 1, 2):
        session.playback.seek(step)
        said.append(line.position_text)

    assert said == [
        "step 0 · no update yet",
        "step 1 · after 1 update",
        "step 2 · after 2 updates",
    ]


def test_a_stream_tells_its_epoch(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    line = shown(session, qtbot)
    session.playback.take(4006)

    assert line.position_text == "step 4,006 · after 4,006 updates · epoch 1,002"
    session.playback.seek(3)
    assert line.position_text.endswith("epoch 1")
    session.playback.seek(4)
    assert line.position_text.endswith("epoch 2")


def test_the_description_tells_place_and_changes(
    qtbot: QtBot, line: TimeLine, session: Session
) -> None:
    session.playback.seek(40)
    session.edits.set_frozen(0, 0, True)
    session.playback.take(5)

    assert line.accessibleName() == "Time line"
    assert wait_until_told(qtbot, line, "step 45") == (
        "step 45 · after 45 updates; the path has 45 steps; changes: froze a at step 40"
    )


# -- marks ----------------------------------------------------------------------------------


def test_each_change_has_a_mark_where_it_was_made(line: TimeLine, session: Session) -> None:
    for step in (20, 40, 60):
        session.playback.seek(step)
        session.edits.set_alpha(step / 10_000)
        session.playback.take(30)
    session.playback.take(10)

    assert [round(mark.x) for mark in line.marks()] == [MARGIN + 160, MARGIN + 320, MARGIN + 480]
    assert {mark.role for mark in line.marks()} == {"overshoots"}


def test_freezing_is_teal(line: TimeLine, session: Session) -> None:
    session.edits.set_frozen(0, 1, True)

    assert [mark.role for mark in line.marks()] == ["frozen"]


def test_undo_takes_a_mark_away_and_redo_brings_it_back(line: TimeLine, session: Session) -> None:
    session.playback.seek(20)
    session.edits.set_alpha(0.002)
    assert len(line.marks()) == 1

    session.edits.undo()
    assert list(line.marks()) == []

    session.edits.redo()
    assert len(line.marks()) == 1


def test_marks_that_lie_close_together_become_one(qtbot: QtBot) -> None:
    session = made_up([[1.0, 2.0]], [[1.0]], [[0.0, 0.0]])
    line = shown(session, qtbot)
    for step in range(300):
        session.edits.set_weight(0, step % 2, (step + 1) / 1000)
        session.playback.take(10)

    marks = line.marks()
    line.grab()

    assert sum(len(mark.edits) for mark in marks) == 300
    assert [edit for mark in marks for edit in mark.edits] == list(session.path.edits)
    assert len(marks) < 150
    gaps = np.diff([mark.x for mark in marks])
    assert gaps.min() >= 6


def test_pointing_at_a_mark_tells_every_change_there(line: TimeLine, session: Session) -> None:
    session.playback.seek(50)
    session.edits.set_frozen(0, 0, True)
    session.edits.set_alpha(0.002)
    session.playback.take(50)

    assert line.tip_at(at(line, 0.5)) == "step 50: froze a\nstep 50: alpha 0.002"
    assert line.tip_at(at(line, 0.8)) == "step 80"


def test_a_tool_tip_does_not_list_hundreds_of_changes(qtbot: QtBot) -> None:
    session = made_up([[1.0] * 40], [[1.0]], [[0.0] * 40])
    line = shown(session, qtbot)
    for column in range(40):
        session.edits.set_weight(0, column, 0.5)
        session.playback.take(1)
    session.playback.take(20_000)

    lines = line.tip_at(at(line, 0.0)).split("\n")

    assert len(lines) == 13
    assert lines[-1] == "and 28 more changes"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit(0, "alpha", (0.1,)), "alpha 0.1"),
        (Edit(0, "frozen", (1.0,), ((0, 0),)), "froze a"),
        (Edit(0, "frozen", (0.0,), ((1, 2),)), "unfroze f"),
        (Edit(0, "frozen", (1.0, 1.0), ((0, 0), (0, 1))), "froze 2 weights"),
        (Edit(0, "frozen", (1.0, 0.0, 1.0), ((0, 0), (0, 1), (1, 0))), "froze 2, unfroze 1"),
        (Edit(0, "weights", (-0.25,), ((0, 1),)), "b \u22120.25"),
        (Edit(0, "weights", (0.0, 0.0), ((0, 1), (0, 2))), "2 weights"),
        (Edit(0, "inputs", (9.0,), ((0, 0),)), "toes 9"),
        (Edit(0, "inputs", (1.0, 1.0), ((0, 0), (0, 1))), "2 inputs"),
        (Edit(0, "targets", (0.5,), ((0, 1),)), "target win 0.5"),
        (Edit(0, "visit", (1233.0,)), "to example 1,234"),
        (Edit(0, "guest", (1.0, 2.0, 3.0, 0.0, 0.0, 0.0)), "another example"),
    ],
)
def test_changes_in_two_or_three_words(edit: Edit, words: str) -> None:
    assert edit_words(builtin("Several inputs and outputs").experiment, edit) == words


def test_changes_of_a_kind_at_one_step_are_told_together(session: Session) -> None:
    session.edits.set_frozen(0, 0, True)
    session.edits.set_weight(0, 1, 0.5)
    session.edits.set_frozen(0, 2, True)
    session.edits.set_weight(0, 2, 0.25)
    told = [edit_words(session.experiment, edit) for edit in session.path.edits]
    session.edits.set_frozen(0, 0, False)

    assert told == ["froze 2 weights", "2 weights"]
    assert edit_words(session.experiment, session.path.edits[-1]) == "froze 1, unfroze 1"


def test_an_example_has_the_same_number_in_undo_and_on_its_mark() -> None:
    session = builtin("The whole season")
    session.edits.visit(2)

    assert edit_words(session.experiment, session.path.edits[-1]) == session.edits.undo_text


# -- drawing --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [240, 700, 1900])
def test_it_is_drawn_in_every_theme_and_width(qtbot: QtBot, theme: str, width: int) -> None:
    look.choose(theme)
    session = builtin("The whole season")
    line = shown(session, qtbot, width)
    for step in range(12):
        session.playback.take(10**step % 977)
        session.edits.set_input(0, 5.0 + step / 10)
        assert not line.grab().isNull()


def test_the_handle_moves_on_screen(line: TimeLine, session: Session) -> None:
    before = line.grab().toImage()

    session.playback.seek(30)

    assert line.grab().toImage() != before


def test_it_follows_another_experiment(line: TimeLine, session: Session) -> None:
    session.edits.set_alpha(0.002)

    session.open(builtin("The whole season").experiment)

    assert list(line.marks()) == []
    assert line.position_text == "step 0 · no update yet · epoch 1"


def test_below_the_line_the_epoch_is_explained(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    session.playback.take(6)
    line = TimeLine(session)
    qtbot.addWidget(line)
    line.resize(700, line.sizeHint().height())

    assert line.tip_at(QPoint(300, line.height() - 2)) == (
        "epoch 2: in each epoch of 4 steps every example is visited once; 2 of these have been "
        "made."
    )
    assert line.tip_at(QPoint(300, 16)).startswith("step ")
