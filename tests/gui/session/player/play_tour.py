"""Plays the tour where no widget can be imported, and prints what came of it."""

from __future__ import annotations

import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

_WIDGETS = (
    "PySide6.QtWidgets",
    "pyqtgraph",
    "gui.panels",
    "gui.widgets",
    "gui.window",
    "gui.plots",
)


class NoWidgets:
    """Lets nobody import what draws."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name.startswith(_WIDGETS):
            raise ImportError(f"{name} draws")
        return None


def play(file: Path) -> dict[str, object]:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication

    from gui.session import Session
    from gui.session.player import Player, Told
    from model.actions import Action, parse
    from model.files.library import open_experiment

    app = QGuiApplication([])
    session = Session(open_experiment("One delta"))
    done: list[str] = []
    failures: list[str] = []
    networks: list[dict[str, object]] = []

    def put(name: str, told: Told) -> None:
        networks.append(_look(session))
        session.open(open_experiment(name))
        told("")

    def note(action: Action) -> None:
        done.append(action.verb)

    def fail(_: int, sentence: str) -> None:
        failures.append(sentence)
        app.quit()

    player = Player(session, put)
    player.began.connect(note)
    player.finished.connect(app.quit)
    player.failed.connect(fail)
    QTimer.singleShot(0, lambda: player.play(parse(file.read_text("utf-8"))))
    app.exec()
    return {"done": done, "failures": failures, "network": networks[-1], "digits": _look(session)}


def _look(session: object) -> dict[str, object]:
    from gui.session import Session

    assert isinstance(session, Session)
    state, view = session.state, session.view
    return {
        "name": session.experiment.name,
        "position": session.playback.position,
        "alpha": state.setup.alpha,
        "frozen": state.setup.frozen.astype(int).tolist(),
        "inputs": state.inputs.tolist(),
        "target": state.target.tolist(),
        "view": view.values(),
    }


if __name__ == "__main__":
    sys.meta_path.insert(0, NoWidgets())
    print(json.dumps(play(Path(sys.argv[1]))))
