"""When a panel is called back, and when it is left in peace."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.following import Following, Frames
from gui.session import Session
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin

ALL = ["forget", "rebuild", "refresh", "describe"]


class Panel(QWidget):
    """Notes what it is asked to do, and at which step."""

    def __init__(self, session: Session, frames: Frames = None) -> None:
        super().__init__()
        self.session = session
        self.frames = frames
        self.said: list[str] = []
        self.steps: list[int] = []
        self.following = Following(
            session, self, self._refresh,
            rebuild=lambda: self.said.append("rebuild"),
            describe=lambda: self.said.append("describe"),
            frames=lambda: self.frames,
            forget=lambda: self.said.append("forget"),
        )  # fmt: skip

    def _refresh(self) -> None:
        self.said.append("refresh")
        self.steps.append(self.session.playback.position)

    def at_rest(self, qtbot: QtBot) -> list[str]:
        """What it was asked since it was asked last, once it is told of what stays."""
        qtbot.waitUntil(lambda: "describe" in self.said)
        return self.lately()

    def lately(self) -> list[str]:
        """What it was asked since this was called last."""
        said, self.said = self.said, []
        return said


@pytest.fixture
def session() -> Session:
    return builtin("Several steps")


def hidden(qtbot: QtBot, session: Session, frames: Frames = None) -> Panel:
    panel = Panel(session, frames)
    qtbot.addWidget(panel)
    return panel


def shown(qtbot: QtBot, session: Session, frames: Frames = None) -> Panel:
    panel = hidden(qtbot, session, frames)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.at_rest(qtbot)
    return panel


def test_a_panel_that_was_never_shown_is_asked_nothing(qtbot: QtBot, session: Session) -> None:
    panel = hidden(qtbot, session)
    session.playback.step()
    session.open(builtin("Several outputs").experiment)

    assert panel.lately() == []


def test_the_first_time_it_is_built_then_refreshed_then_described(
    qtbot: QtBot, session: Session
) -> None:
    panel = hidden(qtbot, session)
    with qtbot.waitExposed(panel):
        panel.show()

    assert panel.at_rest(qtbot) == ["rebuild", "refresh", "describe"]


def test_every_change_at_rest_is_shown_and_the_last_one_described(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session, frames=1e-6)
    session.playback.step()
    session.playback.predict()

    assert panel.lately() == ["refresh"] * 2
    assert panel.at_rest(qtbot) == ["describe"]


def test_where_something_is_hidden_it_is_described_at_once(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session)
    session.parts.veil(["weight:a"])

    assert panel.lately() == ["refresh", "describe"]
    session.playback.step()
    assert panel.lately() == ["refresh", "describe"]


def test_another_experiment_is_built_once_and_before_it_is_refreshed(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session)
    session.open(builtin("Several outputs").experiment)
    assert panel.at_rest(qtbot) == ALL
    session.playback.step()
    assert panel.at_rest(qtbot) == ["refresh", "describe"]


def test_the_same_experiment_opened_again_is_another_one(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session)
    session.open(session.experiment)

    assert panel.at_rest(qtbot) == ALL


def test_who_looks_again_too_soon_gets_what_is_built_for_the_new_experiment(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session)
    # The weights to show are told of before the session tells that it is open.
    session.view.weights.changed.connect(panel.following.look_again)
    session.open(builtin("Several outputs").experiment)

    assert panel.at_rest(qtbot) == ["forget", "rebuild", "refresh", "refresh", "describe"]


def test_hidden_it_does_nothing_and_catches_up_once_when_shown(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session)
    panel.hide()
    for _ in range(3):
        session.playback.step()
    panel.following.look_again()
    assert panel.lately() == []

    panel.show()
    assert panel.at_rest(qtbot) == ["refresh", "describe"]
    panel.hide()
    panel.show()
    assert panel.lately() == []


def test_hidden_it_lets_go_of_an_experiment_at_once(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session)
    panel.hide()
    before = weakref.ref(session.path)
    session.open(builtin("Several outputs").experiment)
    gc.collect()

    assert panel.lately() == ["forget"]
    assert before() is None
    panel.show()
    assert panel.at_rest(qtbot) == ["rebuild", "refresh", "describe"]


def test_catching_up_hidden_is_done_once(qtbot: QtBot, session: Session) -> None:
    panel = hidden(qtbot, session)
    panel.following.catch_up()
    panel.following.catch_up()
    assert panel.at_rest(qtbot) == ["rebuild", "refresh", "describe"]
    session.playback.step()
    panel.following.catch_up()
    assert panel.at_rest(qtbot) == ["refresh", "describe"]


def test_starting_over_rebuilds_for_the_same_experiment(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session)
    panel.following.start_over()
    assert panel.at_rest(qtbot) == ALL
    panel.hide()
    panel.following.start_over()
    assert panel.lately() == ["forget"]
    panel.show()
    assert panel.at_rest(qtbot) == ["rebuild", "refresh", "describe"]


def test_starting_over_while_another_experiment_comes_waits_for_it(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session)
    asked: list[str] = []

    def start_over() -> None:
        # The weights to look at are chosen before anyone is told of the experiment.
        panel.following.start_over()
        asked.extend(panel.said)

    session.view.weights.changed.connect(start_over)
    session.open(open_experiment("Several outputs"))
    assert asked == ["forget"]
    assert panel.at_rest(qtbot) == ALL


def test_a_run_is_shown_no_more_often_than_asked_and_its_end_always(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session, frames=1e-6)
    told: list[int] = []
    session.changed.connect(lambda: told.append(session.playback.position))
    session.playback.set_speed(100.0)
    panel.lately()
    session.playback.run()
    # That it runs is shown at once, and whatever the first look of all finds.
    qtbot.waitUntil(lambda: len(told) > 20)
    assert 1 <= len(panel.lately()) <= 3
    session.playback.pause()

    assert panel.at_rest(qtbot) == ["refresh", "describe"]
    assert panel.steps[-1] == session.playback.position


def test_a_run_without_a_limit_is_shown_whenever_it_is_told_of(
    qtbot: QtBot, session: Session
) -> None:
    panel = shown(qtbot, session)
    told: list[int] = []
    session.playback.set_speed(100.0)
    panel.steps.clear()
    session.changed.connect(lambda: told.append(session.playback.position))
    session.playback.run()
    qtbot.waitUntil(lambda: len(told) > 5)
    session.playback.pause()

    assert panel.steps == [0, *told]


def test_nothing_is_described_while_it_runs(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session)
    session.playback.set_speed(100.0)
    panel.lately()
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 3)
    assert set(panel.lately()) == {"refresh"}
    session.playback.pause()
    assert panel.at_rest(qtbot) == ["refresh", "describe"]


def test_a_change_of_the_path_in_a_run_is_shown_at_once(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session, frames=1e-6)
    session.playback.set_speed(100.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 3)
    panel.lately()
    session.edits.set_alpha(0.002)
    assert panel.lately() == ["refresh"]
    session.playback.pause()


def test_the_limit_may_change_in_a_run(qtbot: QtBot, session: Session) -> None:
    panel = shown(qtbot, session, frames=1e-6)
    session.playback.set_speed(100.0)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 3)
    panel.lately()
    panel.frames = None
    qtbot.waitUntil(lambda: len(panel.said) > 5)
    session.playback.pause()
