"""Between two benches: panels that are given another size before they are built for the new one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.window import header
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.image_bench import digits_experiment
from tests.gui.helpers.window_bench import shown_window

PANELS = ("weight_images", "image_input", "network", "curves", "examples", "alpha", "transport")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


def test_a_panel_may_be_resized_between_two_benches(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    resized: set[str] = set()

    def title(name: str) -> str:
        # The head of the window is the first to hear of another experiment, and what it has to
        # say may take room from all the others.
        for key, panel in shown_panels(window):
            panel.resize(panel.size() - QSize(9, 9))
            resized.add(key)
        return name

    monkeypatch.setattr(header, "title_of", title)
    for experiment in (digits_experiment(), open_experiment("Several steps"), digits_experiment()):
        session.open(experiment)
        session.view.show(enlarged=experiment.image_shape is not None, output=0)
        session.playback.take(9)
        session.playback.predict()
        QApplication.processEvents()
        if experiment.image_shape is not None:
            session.view.show(enlarged=False, output=9)
            QApplication.processEvents()
    session.open(open_experiment("Several steps"))
    QApplication.processEvents()

    assert {"weight_images", "network", "curves"} <= resized


def shown_panels(window: Window) -> Iterator[tuple[str, QWidget]]:
    for key in PANELS:
        panel = window.panel(key)
        if panel is not None and panel.isVisible():
            yield key, panel
