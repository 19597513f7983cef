"""The application from outside: where a saved session is opened, and after how many steps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import app
from gui.panels.quality.readout import HeldOutReadout
from gui.window.window import Window
from model.files.library import open_experiment
from tests.conftest import PROJECT

# Runs the application until nothing moves any more, and prints what is on the bench then.
RUN = """
import json, sys
from PySide6.QtWidgets import QApplication
from gui import app

def stay(qt):
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, app.Window))
    shown = window.isVisible()
    while window.documents.opener.busy or window.session.playback.running:
        qt.processEvents()
    session = window.session
    playback = session.playback
    print(json.dumps([shown, session.experiment.name, playback.position, playback.length]))
    return 0

QApplication.exec = stay
sys.exit(app.run(sys.argv[1], int(sys.argv[2]), None))
"""


def saved(folder: Path, length: int, position: int, edit_at: int) -> Path:
    """A file of a session that settles slowly, with one edit."""
    file = folder / "saved.json"
    edits = [{"step": edit_at, "kind": "weights", "at": [[0, 0]], "to": [0.7]}]
    data = {
        "format": "weightbench/experiment",
        "version": 1,
        "name": "Saved",
        "inputs": ["toes", "win/loss", "fans"],
        "outputs": ["win"],
        "examples": {"inputs": [[8.5, 0.65, 1.2]], "targets": [[1]]},
        "order": "first",
        "weights": [[0.1, 0.2, -0.1]],
        "alpha": 0.0001,
        "session": {"length": length, "position": position, "edits": edits},
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def pictured(
    file: Path, n_steps: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, int]:
    """Position and length of what a picture was taken of."""
    seen: list[tuple[int, int]] = []

    def look(picture: QPixmap, target: Path) -> str:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window)]
        seen.extend(
            (w.session.playback.position, w.session.playback.length) for w in shown if w.isVisible()
        )
        return ""

    monkeypatch.setattr(app, "save_picture", look)
    experiment = open_experiment(str(file))
    assert app.screenshot(experiment, n_steps, folder / "x.png", (1000, 660), "light") == ""
    assert len(seen) == 1
    return seen[0]


def opened(name: str, n_steps: int) -> list[object]:
    """Whether the window came before all was there, and what is on the bench in the end."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, name, str(n_steps)],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("edit_at", "n_steps", "expected"),
    [
        (3, 0, (700, 1000)),
        (3, 5, (705, 1000)),
        (3, 400, (1100, 1100)),
        (1000, 0, (700, 1000)),
        (1000, 5, (705, 1000)),
    ],
)
def test_picture_and_window_are_the_same_steps_beyond_where_a_session_was_saved(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edit_at: int,
    n_steps: int,
    expected: tuple[int, int],
) -> None:
    file = saved(tmp_path, 1000, 700, edit_at)
    assert pictured(file, n_steps, tmp_path, monkeypatch) == expected
    assert opened(str(file), n_steps) == [True, "Saved", *expected]


def test_a_fresh_experiment_starts_at_its_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = saved(tmp_path, 0, 0, 0)
    assert pictured(file, 3, tmp_path, monkeypatch) == (3, 3)
    assert opened("Several steps", 3) == [True, "Several steps", 3, 3]


def test_a_path_with_late_edits_is_followed_when_the_window_is_there(tmp_path: Path) -> None:
    file = saved(tmp_path, 300_000, 100, 250_000)
    assert opened(str(file), 0) == [True, "Saved", 100, 300_000]


def test_a_picture_shows_what_was_still_being_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []

    def grab(window: Window) -> QPixmap:
        readout = window.places.header.findChild(HeldOutReadout)
        assert readout is not None
        said.append(readout.text())
        return QPixmap(10, 10)

    monkeypatch.setattr(Window, "grab", grab)
    digits = open_experiment("Digits, 8x8")
    assert app.screenshot(digits, 300, tmp_path / "a.png", (1280, 800), "light") == ""
    assert said[0].endswith(" %")


def test_a_picture_too_small_for_its_type_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    problem = app.screenshot(open_experiment("Several steps"), 1, file, (1000, 660), "projector")
    assert problem == "the projector theme needs a window of at least 1024x744"
    assert not file.exists()
