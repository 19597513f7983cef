"""What tests of the space of images share: the panel in its window, and a hand for its clouds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.image_space.found.runner import LayoutRun
from gui.panels.image_space.panel import ImageSpacePanel
from gui.plots.cloud.view import CloudView
from gui.session import Session
from gui.window.window import Window
from model.experiment import Experiment
from model.image_space import Selection
from model.image_space.layouts import Layout, LayoutSettings
from model.network import Floats
from tests.gui.helpers import panels
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.window_bench import shown_window

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@contextmanager
def space_window(
    qtbot: QtBot, experiment: Experiment, size: tuple[int, int] = (1280, 900)
) -> Iterator[tuple[Window, ImageSpacePanel]]:
    """A window with the panel in front and wide."""
    window = Window(experiment)
    window.resize(*size)
    shown = shown_window(qtbot, window)
    next(shown)
    window.session.view.show(panel="image_space", wide=True)
    panel = panels.image_space(window)
    qtbot.waitUntil(lambda: panel.isVisible() and len(panel.data) > 0)
    QApplication.processEvents()
    try:
        yield window, panel
    finally:
        panel.wait()
        next(shown, None)


@contextmanager
def space_panel(
    qtbot: QtBot, session: Session, size: tuple[int, int] = (960, 620)
) -> Iterator[ImageSpacePanel]:
    """The panel by itself, as wide as with the least of the bench beside it."""
    look.choose("light")
    panel = ImageSpacePanel(session)
    session.setParent(panel)
    on_screen(qtbot, panel, size)
    qtbot.waitUntil(lambda: len(panel.data) > 0)
    yield panel
    panel.hide()
    panel.wait()


def examples_of(panel: ImageSpacePanel) -> NDArray[np.int64]:
    """The examples of the sample that is shown, (n,)."""
    assert panel.data.sample is not None
    return panel.data.sample.examples


def labels_of(panel: ImageSpacePanel) -> NDArray[np.intp]:
    """The class of each of them, (n,)."""
    assert panel.data.labels is not None
    return panel.data.labels


def images_of(panel: ImageSpacePanel) -> Floats:
    """Their inputs, (n, n_inputs)."""
    assert panel.data.inputs is not None
    return panel.data.inputs.rows(slice(None))


def selection_of(panel: ImageSpacePanel) -> Selection:
    """What is selected, summed up."""
    assert panel.selected.selection is not None
    return panel.selected.selection


def layout_of(run: LayoutRun) -> Layout:
    """The layout of a run."""
    assert run.layout is not None
    return run.layout


def coordinates_of(run: LayoutRun) -> Floats:
    """Where its points are, (n, dimensions)."""
    assert run.coordinates is not None
    return run.coordinates


def settings_of(run: LayoutRun) -> LayoutSettings:
    """What it was begun with."""
    assert run.settings is not None
    return run.settings


def place_of(view: CloudView, row: int) -> QPoint:
    """Where a point is in the widget."""
    return view.cloud.place_of(view.cloud.points[row]).toPoint()


def lone_row(view: CloudView) -> int:
    """A point with no other one near it, so that a click there can mean no other."""
    places = np.asarray(view.cloud.places()[0], dtype=np.float64)
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)
    return int(away.min(axis=1).argmax())


def drag(
    view: CloudView, stops: list[QPoint], button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NO_KEYS,
) -> None:  # fmt: skip
    """Press at the first stop, move over the others, and let go at the last one."""

    def send(kind: QEvent.Type, at: QPoint, held: bool) -> None:
        there = QPointF(view.mapToGlobal(at))
        none = Qt.MouseButton.NoButton
        changed = none if kind is QEvent.Type.MouseMove else button
        event = QMouseEvent(kind, QPointF(at), there, changed, button if held else none, keys)
        QApplication.sendEvent(view, event)

    send(QEvent.Type.MouseButtonPress, stops[0], True)
    for stop in stops[1:]:
        send(QEvent.Type.MouseMove, stop, True)
    send(QEvent.Type.MouseButtonRelease, stops[-1], False)


def loop_around(view: CloudView, rows: list[int], margin: int = 12) -> list[QPoint]:
    """The corners of a rectangle around some points."""
    places = [place_of(view, row) for row in rows]
    left, right = min(p.x() for p in places) - margin, max(p.x() for p in places) + margin
    top, bottom = min(p.y() for p in places) - margin, max(p.y() for p in places) + margin
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return [QPoint(x, y) for x, y in corners]


def click_menu(menu: QMenu | None, *path: str) -> None:
    """Choose an entry by the words that lead to it."""
    for words in path[:-1]:
        assert menu is not None
        action = next(action for action in menu.actions() if action.text() == words)
        menu = action.menu()  # type: ignore[assignment]
    assert menu is not None
    next(action for action in menu.actions() if action.text() == path[-1]).trigger()
