"""Kills the application at random moments and looks at what is left.

    python -m tests.kills [N] [SEED]

Every fifth home begins with a bench of MNIST's size, of the weights of 784 pixels, where its files
are on this computer.

Each time the application is started without a display in a home of its own that outlives it; it
edits, steps, runs, saves and closes without pause, writing down each thing that it did, and is
killed in the middle of it. Then the next start is to find a whole bench, under its own name, at
most five seconds old. Exit status 1 if it ever does not.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from model.experiment import Experiment
from model.files.experiment_file import build
from model.files.kept.bench import BenchState, experiment_text, read_state
from model.files.library import open_experiment
from model.files.sources import load_images
from model.path.saved import saved_path

PROJECT = Path(__file__).resolve().parents[1]
MAX_AGE_S = 5.0
MODES = ("save", "close", "autosave", "run")
_START_S = 60.0

# Acts as a person in a hurry; each alpha it sets is a number of its own, and tells what was made.
ACTOR = """
import json, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui import app
from gui.window.window import Window

mode, folder, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
log = open(f"{folder}/log", "w", buffering=1)
number = first

def say(**what):
    log.write(json.dumps({"at": time.time(), **what}) + "\\n")

def act():
    global number
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
    if window.documents.opener.busy:
        return
    session = window.session
    number += 1
    say(alpha=number * 1e-9, name=session.experiment.name)
    session.edits.set_alpha(number * 1e-9)
    session.playback.take(1)
    say(done=number * 1e-9)
    if mode == "save":
        target = f"{folder}/{session.experiment.name}.json"
        say(saving=target)
        window.documents.save_to(app.Path(target))
        say(saved=target, alpha=number * 1e-9)
    elif mode == "run" and not session.playback.running:
        session.view.show(speed="fastest")
        session.playback.run()
    elif mode == "close" and number - first > 3:
        say(closing=number * 1e-9)
        window.close()

def begin():
    global timer
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
    if window.documents.opener.busy:
        QTimer.singleShot(10, begin)
        return
    # That of the end of the path, which the window may still be on its way to.
    state = [window.session.experiment.name, window.session.path.setup.alpha]
    say(began=state, file=str(window.documents.file), edited=window.documents.edited)
    print("ready", flush=True)
    timer = QTimer(window)
    timer.timeout.connect(act)
    timer.start({"save": 20, "close": 30, "autosave": 250, "run": 400}[mode])

real = QApplication.exec
def stay(*_):
    QTimer.singleShot(0, begin)
    return real()
QApplication.exec = stay
sys.exit(app.run(sys.argv[4] or None, 0, "light"))
"""
_MNIST = PROJECT.parent / "shared" / "data" / "mnist"
_LARGE_BENCH, _HOMES_A_LARGE = "Digits, MNIST", 5


@dataclass
class Tally:
    """What came of the kills: how many of each mode, the ages found, and what was wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    ages: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    # What the last kill in this home left: [name, alpha] of the bench, [] where nothing.
    left: list[object] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The figures, a line each."""
        modes = ", ".join(f"{mode} {self.kills[mode]}" for mode in MODES)
        oldest = max(self.ages, default=0.0)
        return [
            f"{self.kills.total()} kills ({modes})",
            f"oldest bench {oldest:.2f} s, {len(self.faults)} faults",
            *self.faults,
        ]


def kill_often(n: int, seed: int) -> Tally:
    """Start and kill n times, a home for each few, as the seed has it."""
    chance, tally = random.Random(seed), Tally()
    if _MNIST.is_dir():
        os.environ.setdefault("WEIGHTBENCH_MNIST", str(_MNIST))
    homes = n_faults = 0
    while tally.kills.total() < n:
        homes += 1
        large = homes % _HOMES_A_LARGE == 0 and "WEIGHTBENCH_MNIST" in os.environ
        with tempfile.TemporaryDirectory(prefix="weightbench-kills-") as home:
            number, tally.left = 0, []
            # Later starts find what the one before them left.
            name = _LARGE_BENCH if large else ""
            for _ in range(min(5, n - tally.kills.total())):
                mode = MODES[tally.kills.total() % len(MODES)]
                number += 1000
                _kill_once(Path(home), mode, number, chance, tally, name)
                name = ""
                # What is found is told at once: a long run may be broken off.
                told = f"\n{tally.faults[-1]}\n" if len(tally.faults) > n_faults else "."
                n_faults = len(tally.faults)
                print(told, end="", file=sys.stderr, flush=True)
    return tally


def _kill_once(
    home: Path, mode: str, number: int, chance: random.Random, tally: Tally, name: str
) -> None:
    environment = {
        **os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data",
        "XDG_CACHE_HOME": f"{home}/cache", "WEIGHTBENCH_CACHE": f"{home}/cache",
    }  # fmt: skip
    command = [sys.executable, "-c", ACTOR, mode, str(home), str(number), name]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as actor:
        assert actor.stdout is not None
        began = time.monotonic()
        if not actor.stdout.readline():
            tally.faults.append(f"{mode}: did not start: {actor.communicate()[1].decode()[-400:]}")
            actor.kill()
            tally.kills[mode] += 1
            return
        slowest = {"save": 1.5, "close": 0.4, "autosave": 7.0, "run": 7.0}[mode]
        time.sleep(chance.uniform(0.05, slowest))
        actor.send_signal(signal.SIGKILL)
        actor.wait()
        if time.monotonic() - began > _START_S:
            tally.faults.append(f"{mode}: took too long")
    tally.kills[mode] += 1
    fault = _fault_in(home, time.time(), tally)
    if fault:
        tally.faults.append(f"{mode} at {number}: {fault}")


def _fault_in(home: Path, killed_at: float, tally: Tally) -> str:
    """What is wrong with what a kill left; empty if nothing is."""
    events = [
        json.loads(line)
        for line in (home / "log").read_text().splitlines(True)
        if line[-1:] == "\n"
    ]
    if tally.left and events and events[0]["began"] != tally.left:
        left, tally.left = tally.left, []
        return f"came back as {events[0]['began']}, and {left} was left"
    made = {event["alpha"]: event["at"] for event in events if "name" in event}
    saved = [event for event in events if "saved" in event]
    benches = sorted(home.rglob("bench-*.json"), key=lambda file: file.stat().st_mtime_ns)
    for file in [*benches, *home.glob("*.json")]:
        try:
            _whole(file)
        except (ValueError, OSError) as error:
            return f"{file.name} is not whole: {error}"
    if not benches:
        first = min(made.values(), default=killed_at)
        return "" if killed_at - first < MAX_AGE_S else "no bench is kept"
    state, experiment = read_state(benches[-1]), _whole(benches[-1])
    if state.name != experiment.name:
        return f"the bench {experiment.name} is kept under the name {state.name}"
    alpha = saved_path(experiment).setup.alpha
    lost = [at for made_alpha, at in made.items() if made_alpha > alpha]
    age = killed_at - min(lost) if lost else 0.0
    tally.ages.append(age)
    tally.left = [state.name, alpha]
    if age > MAX_AGE_S:
        return f"what is kept is {age:.2f} s old"
    return _fault_of_origin(state, alpha, saved)


def _fault_of_origin(state: BenchState, alpha: float, saved: list[dict[str, object]]) -> str:
    """What is wrong with where Save would write, and whether it is said to be in there."""
    if state.file is None:
        return ""
    if state.file.stem != state.name:
        return f"{state.name} would be saved over {state.file.name}"
    if not state.edited and saved_path(open_experiment(str(state.file))).setup.alpha != alpha:
        return f"{state.name} is not what its file has, and is said to be"
    return ""


def _whole(file: Path) -> Experiment:
    text = experiment_text(file.read_text(encoding="utf-8"))
    return build(json.loads(text), lambda name, count: load_images(name, count, None), file.name)


def main() -> int:
    """Kill as often as the command line says, and print the figures."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tally = kill_often(n, seed)
    print("\n".join(tally.lines()))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
