"""Kills `make run` at random moments of its set-up, and looks whether the next one heals it.

try_set_up.py [TIMES [SEED]]: ten times without a number. Works on a copy of what git knows, in a
folder with spaces and umlauts. Then, without a network: what is installed starts, whatever time
pyproject.toml has. Takes minutes, and a network for the downloads.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[1]
LAST_WORDS = "There is no display"
# An address that nobody answers at, so that pip finds no network, whatever else is set.
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0",
           "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}  # fmt: skip


def make(folder: Path, more: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `make run` there, without a display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "MAKEFLAGS", "MAKELEVEL"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.Popen(
        ["make", "run"], cwd=folder, env=kept | (more or {}), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def finish(folder: Path, more: dict[str, str] | None = None) -> str:
    """Run it to its end; returns what it printed. Exits where it fails."""
    printed, _ = make(folder, more).communicate(timeout=600)
    if LAST_WORDS not in printed:
        sys.exit(f"try_set_up: `make run` does not heal:\n{printed}")
    return printed


def kill_after(folder: Path, delay: float) -> None:
    """Kill it, and all that it started, when so many seconds have passed."""
    process = make(folder)
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def main() -> int:
    """Try everything; return the exit status."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    moments = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else None)
    with TemporaryDirectory() as name:
        folder = Path(name, "Öl und Wärme")
        files = ["git", "-C", str(PROJECT), "ls-files", "-z"]
        for file in subprocess.check_output(files, text=True).split("\0")[:-1]:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / file, folder / file)
        start = time.monotonic()
        finish(folder)
        whole = time.monotonic() - start
        print(f"The whole set-up takes {whole:.0f} s.")
        for number in range(times):
            # Every other time from what the last one left, else from nothing.
            if number % 2 == 0:
                shutil.rmtree(folder / ".venv")
            delay = moments.uniform(0, whole)
            kill_after(folder, delay)
            kill_after(folder, moments.uniform(0, delay))
            finish(folder)
            print(f"Killed after {delay:.1f} s, and again while it healed: healed.", flush=True)
        (folder / "pyproject.toml").touch()
        finish(folder, OFFLINE)
        text = (folder / "pyproject.toml").read_text(encoding="utf-8")
        (folder / "pyproject.toml").write_text(text.replace('"numpy>=2"', '"numpy>=2.0.1"'))
        finish(folder, OFFLINE)
        print("Without a network it starts, with other needs too.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
