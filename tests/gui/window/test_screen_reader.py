"""What a screen reader is told: cards, weights, plots and pictures by name, role and value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.exceptions import TimeoutError as StillWaiting
from pytestqt.qtbot import QtBot

from gui.panels.curves.bowl_card import BowlCard
from gui.panels.network.node_cards import InputCard, OutputCard
from gui.panels.network.weight_card import WeightCard
from gui.panels.weight_images.image_card import ImageCard
from gui.plots.plot import Plot
from gui.widgets.number_field import NumberField
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from tests.gui.helpers.window_bench import let_rest, shown_window

NAMES = [name for name in builtin_names() if "MNIST" not in name]
# What is there to be read, each by what a person knows it as.
_MEANINGLESS = (QAccessible.Role.NoRole, QAccessible.Role.Client)
TOLD = (InputCard, OutputCard, WeightCard, BowlCard, ImageCard, NumberField, Plot)


@pytest.fixture(scope="module", params=NAMES)
def window_of_module(request: pytest.FixtureRequest, qtbot_of_module: QtBot) -> Iterator[Window]:
    """One for each experiment: the tests bring panels to the front and change nothing else."""
    window = Window(open_experiment(request.param))
    window.session.playback.take(3)
    yield from shown_window(qtbot_of_module, window)


@pytest.fixture
def window(window_of_module: Window, qtbot: QtBot) -> Iterator[Window]:
    yield window_of_module
    let_rest(qtbot, window_of_module)


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert isinstance(found, QAccessibleInterface)
    return found


def through_all_panels(window: Window) -> Iterator[str]:
    """Bring each panel to the front, one after the other."""
    for panel in window.session.view.panels:
        window.session.view.show(panel=panel)
        QApplication.processEvents()
        yield panel


def visible(window: Window, *kinds: type[QWidget]) -> list[QWidget]:
    return [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]


def untold(window: Window) -> list[str]:
    """What is in sight and says to a screen reader neither what it is nor what it shows."""
    found = []
    for widget in visible(window, *TOLD):
        seen = interface(widget)
        name = seen.text(QAccessible.Text.Name)
        told = seen.text(QAccessible.Text.Value) + seen.text(QAccessible.Text.Description)
        if not name or not (told or any(sign.isdigit() for sign in name)):
            found.append(f"{type(widget).__name__} {name!r}")
        elif seen.role() in _MEANINGLESS:
            found.append(f"{name} has no role")
    return found


def test_all_that_shows_a_number_is_told_by_name_role_and_value(
    window: Window, qtbot: QtBot
) -> None:
    for panel in through_all_panels(window):
        # What takes long to say is said once nothing moves.
        with suppress(StillWaiting):
            qtbot.waitUntil(lambda: not untold(window), timeout=2000)
        assert not untold(window), panel


def test_a_number_is_told_as_it_is_written(window: Window) -> None:
    for field in visible(window, NumberField):
        assert isinstance(field, NumberField)
        assert interface(field).text(QAccessible.Text.Value) == field.text


def test_everything_that_takes_the_focus_has_a_name_and_a_role(window: Window) -> None:
    for panel in through_all_panels(window):
        for stop in window.places.tab_stops:
            if stop.isVisible():
                seen = interface(stop)
                assert seen.text(QAccessible.Text.Name), (panel, type(stop).__name__)
                # Of what scrolls Qt tells what is in it.
                scrolls = isinstance(stop, QAbstractScrollArea)
                assert scrolls or seen.role() not in _MEANINGLESS, (panel, type(stop).__name__)


def test_all_of_it_is_found_from_the_window_down(window: Window) -> None:
    """A screen reader goes by the tree: nothing that is in sight is missing from it."""
    found: set[QObject] = set()
    waiting = [interface(window)]
    while waiting:
        seen = waiting.pop()
        there = seen.object()
        if isinstance(there, QWidget):
            found.add(there)
            # Cells of tables and menus are told by Qt, one at a time.
            if seen.role() not in (QAccessible.Role.Table, QAccessible.Role.MenuBar):
                children = [seen.child(at) for at in range(seen.childCount())]
                waiting += [child for child in children if child is not None]
    assert set(visible(window, *TOLD)) <= found
