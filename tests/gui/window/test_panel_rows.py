"""A panel is a file and a row: all else in the window follows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.window.panels import PANELS, PanelSpec, Place, on_numbers
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window

SOURCE = '''
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.panels.following import Following

made = []


class SquarePanel(QWidget):
    """Shows the square of the first weight."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        made.append(self)
        self.session = session
        self.label = QLabel(self)
        self.button = QPushButton("Step", self)
        self.button.clicked.connect(session.commands["step"].trigger)
        column = QVBoxLayout(self)
        column.addWidget(self.label)
        column.addWidget(self.button)
        self.following = Following(session, self, self.refresh)

    @property
    def tab_stops(self):
        return [self.button]

    def refresh(self):
        self.label.setText(str(self.session.state.weights[0, 0] ** 2))
'''


@pytest.fixture
def row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PanelSpec:
    """A panel in a folder of its own, and its row."""
    (tmp_path / "squares.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return PanelSpec("square", "Square", "side", "squares:SquarePanel", shown=on_numbers)


@pytest.fixture
def window(qtbot: QtBot, row: PanelSpec) -> Iterator[Window]:
    rows = (*PANELS, row)
    yield from shown_window(qtbot, Window(open_experiment("Several steps"), panels=rows))


def tab_titles(window: Window) -> list[str]:
    side = window.side
    return [side.tabText(at) for at in range(side.count()) if side.isTabVisible(at)]


def test_one_row_brings_a_panel_into_the_window(qtbot: QtBot, window: Window) -> None:
    made = partial(getattr, window.side.pages["square"], "panel")
    titles = [
        "Curves", "Two weights", "Dot product", "Listing", "Image space", "Sweep", "Square",
    ]  # fmt: skip
    assert sorted(tab_titles(window)) == sorted(titles)
    # Made when it is first looked at, and no sooner.
    assert made() is None

    window.session.view.show(panel="square")
    panel = made()
    assert isinstance(panel, QWidget)
    assert panel.isVisible()
    assert window.session.view.panel == "square"
    QApplication.processEvents()
    (button,) = panel.findChildren(QPushButton)
    assert button in window.places.tab_stops

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.playback.position == 1
    (label,) = panel.findChildren(QLabel)
    assert label.text() == str(window.session.state.weights[0, 0] ** 2)


def test_the_view_menu_has_it_where_the_experiment_has_it(window: Window) -> None:
    actions = {action.text(): action for action in window.findChildren(QAction)}
    assert actions["Square"].isVisible()
    assert actions["How good is it"].isVisible() is False

    actions["Square"].trigger()
    assert window.side.current_key == "square"
    window.session.open(open_experiment("Digits, 8x8"))
    assert not actions["Square"].isVisible()
    assert "Square" not in tab_titles(window)


@pytest.mark.parametrize("place", ["tools", "time"])
def test_a_panel_that_is_always_in_sight_is_there_where_the_experiment_has_it(
    qtbot: QtBot, row: PanelSpec, place: Place
) -> None:
    rows = (*PANELS, row._replace(place=place))
    for window in shown_window(qtbot, Window(open_experiment("Several steps"), panels=rows)):
        panel = window.panel("square")
        assert panel.isVisible()
        window.session.open(open_experiment("Digits, 8x8"))
        assert not panel.isVisible()
        window.session.open(open_experiment("Several steps"))
        assert panel.isVisible()


def test_making_one_page_makes_no_other(window: Window) -> None:
    made = {key for key, page in window.side.pages.items() if page.panel is not None}
    assert made == {"curves"}

    window.session.view.show(panel="dot_product")
    made = {key for key, page in window.side.pages.items() if page.panel is not None}
    assert made == {"curves", "dot_product"}


def test_a_key_that_is_none_is_refused(window: Window) -> None:
    with pytest.raises(ValueError, match="none called 'nonsense'"):
        window.session.view.show(panel="nonsense")
