"""What the system or a terminal ends keeps its bench, and ends at once, even when it is idle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import interrupts
from model.files.kept.bench import BenchState, read_state
from model.files.library import builtin_names, open_experiment
from model.path.saved import saved_path
from tests.conftest import PROJECT
from tests.interrupts import handed_on

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

# Changes something and then idles for ever.
IDLE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui import app

def begin():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, app.Window))
    window.session.edits.set_alpha(0.02)
    print("ready", flush=True)

real = QApplication.exec
def stay(*_):
    QTimer.singleShot(0, begin)
    return real()
QApplication.exec = stay
sys.exit(app.run(None, 0, None))
"""


def idle(home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    actor = subprocess.Popen(
        [sys.executable, "-c", IDLE], cwd=PROJECT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert actor.stdout is not None
    assert actor.stdout.readline() == "ready\n"
    return actor


def name_of_first() -> str:
    return next(iter(builtin_names()))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_an_idle_window_with_the_bench_kept(tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    with handed_on(number):
        actor = idle(tmp_path)
    with actor:
        actor.send_signal(number)
        _, said = actor.communicate(timeout=60)
    assert (actor.returncode, said) == (128 + number, "")
    (file,) = tmp_path.rglob("bench-*.json")
    assert read_state(file) == BenchState(name_of_first(), None, True, True, closed=True)
    assert saved_path(open_experiment(str(file))).setup.alpha == 0.02


def test_what_nohup_had_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with idle(tmp_path) as actor:
            actor.send_signal(signal.SIGHUP)
            actor.send_signal(signal.SIGTERM)
            actor.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert actor.returncode == 128 + signal.SIGTERM


def test_what_goes_wrong_before_the_end_does_not_put_it_off(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []

    class Application:
        exit = statuses.append

    monkeypatch.setattr(interrupts, "QCoreApplication", Application)

    def broken() -> None:
        raise RuntimeError("wrong on purpose")

    with interrupts.EndBySignal(broken), qtbot.captureExceptions() as caught:
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: statuses != [])
    assert statuses == [128 + signal.SIGTERM]
    assert [str(error) for _, error, _ in caught] == ["wrong on purpose"]
