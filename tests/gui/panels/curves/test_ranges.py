"""Ranges of the error curves belong to what is shown now; one scale makes slopes comparable."""

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.curves.error_curves import ErrorCurvesPanel
from gui.plots.plot import View
from gui.session import Session
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.driving import wheel
from tests.gui.helpers.showing import on_screen


def shown(qtbot: QtBot, session: Session, width: int = 460, height: int = 470) -> ErrorCurvesPanel:
    panel = on_screen(qtbot, ErrorCurvesPanel(session), (width, height))
    QApplication.processEvents()
    return panel


def views(panel: ErrorCurvesPanel) -> list[View]:
    return [card.plot.view for card in panel.cards]


# -- never stale ------------------------------------------------------------------------


def test_after_a_change_and_its_undoing_the_ranges_are_the_first_ones(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    before = views(panel)
    session.edits.set_input(0, 0.0)
    assert views(panel) != before
    session.edits.undo()
    assert views(panel) == before


@pytest.mark.parametrize(
    "wander",
    [
        lambda session: session.edits.set_input(0, 1e4),
        lambda session: session.edits.set_input(1, 1e-6),
        lambda session: session.edits.set_weight(0, 2, 1e6),
        lambda session: session.edits.set_target(0, -300.0),
        lambda session: (session.edits.set_alpha(0.5), session.playback.take(9)),
        lambda session: session.playback.take(500),
    ],
)
def test_the_same_moment_has_the_same_ranges_whatever_was_there_before(
    qtbot: QtBot, wander: Callable[[Session], object]
) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.playback.take(3)
    before = views(panel)
    wander(session)
    while session.edits.can_undo:
        session.edits.undo()
    session.playback.seek(3)
    assert views(panel) == before


def test_fit_fits_what_is_shown_now(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    before = views(panel)
    card = panel.cards[1]
    wheel(card.plot, 3)
    session.edits.set_input(0, 0.0)
    session.edits.undo()
    assert card.plot.view != before[1]
    QTest.keyClick(card, Qt.Key.Key_0)
    assert views(panel) == before


def test_after_a_run_the_ranges_are_those_of_its_last_step(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 300)
    session.playback.pause()
    afterwards = views(panel)
    position = session.playback.position
    session.playback.seek(0)
    session.playback.seek(position)
    assert views(panel) == afterwards


# -- one scale --------------------------------------------------------------------------


def test_on_one_scale_the_steepest_curve_looks_steepest(qtbot: QtBot) -> None:
    session = builtin("Several inputs and outputs")
    panel = shown(qtbot, session)
    QTest.mouseClick(panel.scale_button, Qt.MouseButton.LeftButton)
    assert session.view.one_scale
    for _ in range(5):
        scales = {
            (round(view.width, 9), round(view.height, 9), round(view.bottom, 9))
            for view in views(panel)
        }
        assert len(scales) == 1
        for card in panel.cards:
            bowl, view = card.plot.bowls.current, card.plot.view
            assert view.left < bowl.weight < view.right
            assert view.bottom < bowl.delta**2 < view.top
        session.playback.step()
    QTest.mouseClick(panel.scale_button, Qt.MouseButton.LeftButton)
    assert len({view.width for view in views(panel)}) > 1


def test_on_one_scale_a_of_the_chapter_is_steep_and_b_is_no_line(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    panel = shown(qtbot, session)
    session.view.show(one_scale=True)
    angles = []
    for card in panel.cards:
        plot = card.plot
        x, slope = plot.area.width() / plot.view.width, plot.bowls.current.slope
        angles.append(
            math.degrees(math.atan(abs(slope) * plot.area.height() / plot.view.height / x))
        )
    assert angles[0] > 75.0
    assert 15.0 < angles[1] < angles[2] < angles[0] - 10.0


@pytest.mark.parametrize("x", [1e-12, 1.0, 1e7])
def test_one_scale_with_inputs_far_apart_and_with_none(qtbot: QtBot, x: float) -> None:
    session = made_up([[x, 1.0, 0.0]], [[1.0]], [[0.5, 0.25, 3.0]], 1e-20)
    panel = shown(qtbot, session)
    session.view.show(one_scale=True)
    session.playback.take(7)
    for card in panel.cards:
        view = card.plot.view
        assert view.usable
        for bowl in (card.plot.bowls.current, *card.plot.bowls.earlier):
            assert view.left <= bowl.weight <= view.right
    panel.grab()


# -- a dot lies on its curve ------------------------------------------------------------


@pytest.mark.parametrize("steps", [0, 3, 12, 40, 400])
def test_a_dot_lies_on_its_curve_to_the_pixel_however_closely_one_looks(
    qtbot: QtBot, steps: int
) -> None:
    session = builtin("Freezing one weight")
    panel = shown(qtbot, session)
    session.playback.take(steps)
    for card in panel.cards:
        for _ in range(60):
            picture = card.plot.bowls
            for bowl in (picture.current, *picture.earlier):
                path = picture.curve(bowl)
                if path is None:
                    continue
                dot = picture.place(bowl)
                if not card.plot.area.contains(dot):
                    continue
                share = (dot.x() - path.elementAt(0).x) / (
                    path.elementAt(path.elementCount() - 1).x - path.elementAt(0).x
                )
                assert path.pointAtPercent(0.0).x() <= dot.x()
                assert abs(at_share(path, share) - dot.y()) < 0.5
            card.plot.zoom(1)


def at_share(path: QPainterPath, share: float) -> float:
    """Height of a curve whose columns rise evenly with its parameter."""
    start, one, two, end = (path.elementAt(at).y for at in range(4))
    rest = 1.0 - share
    return rest**3 * start + 3 * rest**2 * share * one + 3 * rest * share**2 * two + share**3 * end
