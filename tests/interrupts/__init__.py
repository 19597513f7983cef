"""Ends commands by a signal at moments drawn from the whole time that they take."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import PROJECT

_PATIENCE_S = 60
# What is done already takes no longer than this to be gone.
_DONE_S = 0.1
# A window is there, and at rest, so many seconds after the start.
_WINDOW_S = 4.0


@dataclass(frozen=True)
class Call:
    """A command line, with the file that it writes, and whether a person has to end it."""

    name: str
    arguments: tuple[str, ...]
    writes: str = ""
    stays: bool = False


CALLS = (
    Call("trace", ("Several steps", "--trace", "5000")),
    Call("json", ("Several steps", "--trace", "5000", "--json")),
    Call("export", ("Several steps", "--steps", "10000", "--export", "w.csv"), "w.csv"),
    Call("picture", ("Several outputs", "--steps", "3", "--screenshot", "p.png"), "p.png"),
    Call("digits", ("Digits, 8x8", "--steps", "50", "--screenshot", "p.png"), "p.png"),
    Call("window", ("Several outputs",), stays=True),
)


@dataclass(frozen=True)
class Ending:
    """How a command ended: its status, what is wrong with that, and how long it took to end."""

    status: int
    fault: str
    seconds: float


def moments(call: Call, n: int, seed: int, folder: Path) -> list[float]:
    """Seconds after the start at which to interrupt: from Python's own start to the end."""
    first, last = _start_of_python(), _duration(call, folder)
    rng = random.Random(f"{seed} {call.name}")
    return [rng.uniform(first, 0.97 * last) for _ in range(n)]


@contextmanager
def handed_on(number: signal.Signals) -> Iterator[None]:
    """Start programs that do not ignore a signal, though what runs the tests may, by ``nohup``."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


def interrupted(call: Call, moment: float, folder: Path) -> Ending:
    """Start the command, interrupt it at a moment, and see how it ends."""
    with _started(call, folder) as process:
        try:
            process.communicate(timeout=moment)
            return Ending(process.returncode, "", 0.0)
        except subprocess.TimeoutExpired:
            return _ended(process, call, folder, signal.SIGINT)


def ended_at_rest(call: Call, folder: Path, number: signal.Signals) -> Ending:
    """Start a command that stays, send it a signal once its bench is kept, and see how it ends."""
    with handed_on(number):
        started = _started(call, folder)
    with started as process:
        latest = time.monotonic() + _PATIENCE_S
        while not any(folder.rglob("bench-*.json")) and time.monotonic() < latest:
            time.sleep(0.02)
        return _ended(process, call, folder, number)


def _ended(
    process: subprocess.Popen[str], call: Call, folder: Path, number: signal.Signals
) -> Ending:
    """Send a signal to a process, and say how it ends."""
    process.send_signal(number)
    asked = time.monotonic()
    try:
        _, errors = process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return Ending(-signal.SIGKILL, "did not end", _PATIENCE_S)
    seconds = time.monotonic() - asked
    status = process.returncode
    left = {file.name for file in folder.iterdir()} - {call.writes, "home"}
    fault = ""
    # A shell says 130 of both: it ended itself, or Python was not there yet, or no more.
    # One that was done at that very moment has nothing left to be ended.
    done = status == 0 and not errors and seconds < _DONE_S
    if status not in {128 + number, -number} and not done:
        fault = f"ended with {status}: {errors}"
    elif errors:
        fault = f"printed {errors}"
    elif left:
        fault = f"left behind {sorted(left)}"
    return Ending(status, fault, seconds)


def _started(call: Call, folder: Path) -> subprocess.Popen[str]:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    drop = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in drop}
    kinds = ("CACHE", "CONFIG", "DATA", "STATE")
    homes = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
    platform = {"QT_QPA_PLATFORM": "offscreen"} if call.stays else {}
    return subprocess.Popen(
        [sys.executable, "-m", "gui", *call.arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**environment, "PYTHONPATH": str(PROJECT), "HOME": str(home), **homes, **platform},
    )  # fmt: skip


@cache
def _start_of_python() -> float:
    """Seconds until a module of ours can be run; before, nothing of ours is there to be ended."""
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", "import runpy, pkgutil"], check=True)
    return 1.5 * (time.monotonic() - start)


@cache
def _duration(call: Call, folder: Path) -> float:
    """Seconds that the command takes undisturbed, or as long as a window takes to be at rest."""
    if call.stays:
        return _WINDOW_S
    start = time.monotonic()
    with _started(call, folder) as process:
        process.communicate(timeout=_PATIENCE_S)
    return time.monotonic() - start
