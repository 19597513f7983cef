"""The bar that says why a run stopped or a change was refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.session import Session
from gui.window import notice_bar
from gui.window.notice_bar import NoticeBar
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.showing import on_screen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session() -> Session:
    return builtin("Alpha too large")


class Bench(QWidget):
    """A bar above something that takes the rest of the room, as in the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.bar = NoticeBar(session)
        column.addWidget(self.bar)
        column.addWidget(QLabel("graph"), 1)


@pytest.fixture
def bench(session: Session, qtbot: QtBot) -> Bench:
    return shown(session, qtbot)


@pytest.fixture
def bar(bench: Bench) -> NoticeBar:
    return bench.bar


def shown(session: Session, qtbot: QtBot, width: int = 800) -> Bench:
    return on_screen(qtbot, Bench(session), (width, 400))


def test_there_is_no_bar_without_news(bar: NoticeBar, session: Session) -> None:
    assert bar.isHidden()
    assert bar.text == ""
    session.playback.take(3)
    assert bar.isHidden()


# -- why a run stopped ----------------------------------------------------------------------


def test_a_run_that_diverged_is_explained(bar: NoticeBar, session: Session, qtbot: QtBot) -> None:
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(bar.isVisible)

    assert bar.text == session.playback.stop_reason
    assert "0.02699" in bar.text
    assert bar.back_button.text() == "Go back to step 0"
    assert bar.back_button.isVisible()


def test_it_goes_back_to_the_step_with_the_lowest_error(session: Session, qtbot: QtBot) -> None:
    session.edits.set_alpha(0.005)
    session.playback.take(5)
    session.edits.set_alpha(0.1)
    bench = shown(session, qtbot)
    bar = bench.bar
    session.playback.take(1000)
    errors = [
        float(session.path.state(step).error.sum()) for step in range(session.playback.length + 1)
    ]
    best = errors.index(min(errors))
    assert 0 < best < session.playback.length

    assert bar.back_button.text() == f"Go back to step {best}"
    QTest.mouseClick(bar.back_button, LEFT)

    assert session.playback.position == best
    assert session.playback.length == len(errors) - 1
    assert bar.isHidden()


def test_only_the_last_steps_are_looked_at(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_bar, "_LOOK_BACK", 4)
    bench = shown(session, qtbot)
    bar = bench.bar

    session.playback.take(1000)

    assert bar.back_button.text() == f"Go back to step {session.playback.position - 4}"


def test_a_path_that_cannot_begin_offers_no_way_back(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    bench = shown(session, qtbot)
    bar = bench.bar
    session.edits.set_alpha(1e9)

    session.playback.step()

    assert session.playback.position == 0
    assert "Diverged at step 0" in bar.text
    assert bar.back_button.isHidden()


def test_looking_elsewhere_hides_it_and_coming_back_shows_it(
    bar: NoticeBar, session: Session
) -> None:
    session.playback.take(1000)
    last = session.playback.position

    session.playback.back()
    assert bar.isHidden()

    session.playback.seek(last)
    assert bar.text == session.playback.stop_reason


def test_a_change_that_takes_the_reason_away_hides_it(bar: NoticeBar, session: Session) -> None:
    session.playback.take(1000)
    assert not bar.isHidden()

    session.edits.set_alpha(0.001)

    assert bar.isHidden()


def test_it_can_be_closed(bar: NoticeBar, session: Session, qtbot: QtBot) -> None:
    session.playback.take(1000)
    last = session.playback.position

    QTest.mouseClick(bar.close_button, LEFT)
    assert bar.isHidden()

    session.playback.seek(2)
    session.playback.seek(last)
    assert not bar.isHidden()

    QTest.keyClick(bar.back_button, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert session.playback.position == last


def test_another_experiment_hides_it(bar: NoticeBar, session: Session) -> None:
    session.playback.take(1000)

    session.open(builtin("Several steps").experiment)

    assert bar.isHidden()


def test_a_bar_made_late_says_what_was_said_before(session: Session, qtbot: QtBot) -> None:
    session.playback.take(1000)

    bench = shown(session, qtbot)
    bar = bench.bar

    assert bar.text == session.playback.stop_reason
    assert bar.isVisible()


# -- what was refused -----------------------------------------------------------------------


def test_a_refused_change_is_told(bar: NoticeBar, session: Session) -> None:
    session.edits.set_alpha(-1.0)

    assert "alpha must be one number above zero" in bar.text
    assert bar.isVisible()
    assert bar.back_button.isHidden()


def test_a_refusal_goes_away_by_itself(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_bar, "_REFUSAL_MS", 20)
    bench = shown(session, qtbot)
    bar = bench.bar

    session.edits.set_alpha(-1.0)
    assert bar.isVisible()

    qtbot.waitUntil(bar.isHidden)


def test_a_refusal_stays_while_nothing_is_changed_and_goes_with_the_next_change(
    bar: NoticeBar, session: Session
) -> None:
    session.edits.set_alpha(-1.0)
    session.playback.take(3)
    session.playback.seek(1)
    assert bar.isVisible()

    session.edits.set_alpha(0.02)

    assert bar.isHidden()


def test_the_change_that_ends_a_refusal_may_be_part_of_a_drag(
    bar: NoticeBar, session: Session
) -> None:
    gesture = object()
    session.edits.set_alpha(0.02, gesture)
    session.edits.set_alpha(-0.01, gesture)
    assert bar.isVisible()

    session.edits.set_alpha(0.01, gesture)

    assert bar.isHidden()


def test_a_refusal_gives_way_to_why_the_run_stopped(
    bar: NoticeBar, session: Session, qtbot: QtBot
) -> None:
    session.playback.take(1000)
    reason = bar.text
    session.edits.set_weight(0, 0, 1e10)
    assert "at most" in bar.text

    QTest.mouseClick(bar.close_button, LEFT)

    assert bar.text == reason
    assert bar.back_button.isVisible()


def test_why_the_run_stopped_takes_the_place_of_an_older_refusal(
    bar: NoticeBar, session: Session
) -> None:
    session.edits.set_alpha(-1.0)

    session.playback.take(1000)

    assert bar.text == session.playback.stop_reason
    assert bar.text.startswith("Diverged")
    assert bar.back_button.isVisible()
    assert bar.back_button.text() == "Go back to step 0"


def test_an_image_without_a_label_takes_the_place_of_an_older_refusal(qtbot: QtBot) -> None:
    session = builtin("Digits, 8x8")
    bench = shown(session, qtbot)
    bar = bench.bar
    session.playback.take(3)
    session.edits.draw(np.full(64, 0.5), "drawing")
    session.notices.refuse("The ink was found.")
    session.playback.predict()

    session.playback.compare()

    assert bar.text.startswith("Say first what this image is")
    assert bar.back_button.isHidden()


def test_a_path_that_goes_on_leaves_a_refusal_in_place(bar: NoticeBar, session: Session) -> None:
    session.playback.take(1000)
    session.playback.seek(0)
    session.edits.set_alpha(0.01)
    session.edits.set_alpha(-1.0)

    session.playback.take(1)

    assert "alpha must be one number above zero" in bar.text


def test_what_stopped_a_run_looks_more_urgent(bar: NoticeBar, session: Session) -> None:
    session.playback.take(1000)
    urgent = bar.grab().toImage().pixelColor(3, 20)

    session.edits.set_alpha(-1.0)

    assert urgent == look.theme.color("diverges")
    assert bar.grab().toImage().pixelColor(3, 20) == look.theme.color("outline")


# -- room -----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [420, 640, 1200])
def test_the_sentence_is_never_cut(session: Session, qtbot: QtBot, theme: str, width: int) -> None:
    look.choose(theme)
    bench = shown(session, qtbot, width)
    bar = bench.bar
    session.playback.take(1000)

    label = bar.label
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert bar.rect().contains(label.geometry())
    assert bar.rect().contains(bar.close_button.geometry())
    assert bar.back_button.width() >= bar.back_button.sizeHint().width()


def test_text_from_a_file_is_shown_as_it_is(bar: NoticeBar, session: Session) -> None:
    session.notices.refuse("<b>name</b>.json: is not JSON")

    assert bar.text == "<b>name</b>.json: is not JSON"
