"""What must be true of any bench, whatever was done to it: its numbers, its undo and its file."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np

from gui.session import Session
from model.files.experiment_file import dump
from model.files.library import open_experiment
from model.path import State
from model.path.saved import saved_path
from tests.model.reference import look

# Of a long path so many steps are looked at.
_STEPS_TRIED = 24
_CELLS_TRIED = 60_000


def check_bench(session: Session, file: Path) -> None:
    """Raise AssertionError where the bench is not what its edits and steps make of it.

    ``file`` is written, and read back.
    """
    session.playback.pause()
    _check_numbers(session)
    _check_undo(session)
    _check_file(session, file)


def _steps_of(session: Session) -> list[int]:
    length = session.playback.length
    n = min(_STEPS_TRIED, max(2, _CELLS_TRIED // session.experiment.weights.size), length + 1)
    return sorted({round(length * at / max(1, n - 1)) for at in range(n)})


def _check_numbers(session: Session) -> None:
    """Each number of a step follows from its weights, and the next weights from all of them."""
    path = session.path
    for step in _steps_of(session):
        state = path.state(step)
        plain = look(state.weights.tolist(), state.inputs.tolist(), state.target.tolist())
        for name in ("pred", "delta", "error", "weight_delta"):
            _same(np.asarray(getattr(plain, name)), getattr(state, name), f"{name} at {step}")
        if step < path.length and not path.edits_at(step + 1):
            _same(_learnt(state), path.weights(step + 1), f"weights at {step + 1}")


def _learnt(state: State) -> np.ndarray:
    setup = state.setup
    rows = []
    for o, row in enumerate(state.weights.tolist()):
        delta = float(state.delta[o])
        rows.append(
            [
                w if setup.frozen[o, i] else w - setup.alpha * (delta * float(state.inputs[i]))
                for i, w in enumerate(row)
            ]
        )
    return np.array(rows)


def _same(plain: np.ndarray, found: np.ndarray, what: str) -> None:
    scale = max(1.0, float(np.max(np.abs(plain), initial=0.0)))
    worst = float(np.max(np.abs(plain - found), initial=0.0))
    assert math.isfinite(worst), what
    assert worst <= 1e-9 * scale, f"{what}: off by {worst}"


def _check_undo(session: Session) -> None:
    """All edits taken back and made again end at the same numbers, time after time."""
    ends = [_there_and_back(session) for _ in range(2)]
    for one, other in pairwise(ends):
        assert one == other, "undone and redone, the bench differs"


def _there_and_back(session: Session) -> tuple[int, int, bytes]:
    edits = session.edits
    while edits.can_undo:
        edits.undo()
    while edits.can_redo:
        edits.redo()
    playback = session.playback
    return playback.length, playback.position, session.path.weights(playback.length).tobytes()


def _check_file(session: Session, file: Path) -> None:
    """What is saved comes back, to the last digit."""
    playback, experiment = session.playback, session.experiment
    length, position = playback.destination
    view = {} if session.view.is_default else session.view.values()
    file.write_text(dump(experiment, session.path, position, length, view), encoding="utf-8")
    json.loads(file.read_text(encoding="utf-8"))
    again = open_experiment(str(file))
    path = saved_path(again)
    path.extend(again.length - path.length)
    assert path.length == session.path.length, "saved and opened, the path has another length"
    for step in _steps_of(session):
        one, other = path.weights(step), session.path.weights(step)
        assert one.tobytes() == other.tobytes(), f"saved and opened, step {step} differs"
