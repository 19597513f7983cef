"""How many frames a panel takes part in."""

from pytestqt.qtbot import QtBot

from gui.session.pace import FrameRate


def test_the_first_frame_is_due_and_others_only_after_a_while() -> None:
    rate = FrameRate(1e-6)

    assert [rate.due() for _ in range(5)] == [True, False, False, False, False]


def test_all_frames_are_due_where_the_rate_is_higher_than_theirs(qtbot: QtBot) -> None:
    rate = FrameRate(1000.0)
    due = []
    for _ in range(5):
        due.append(rate.due())
        qtbot.wait(5)

    assert due == [True] * 5
