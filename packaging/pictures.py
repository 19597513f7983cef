"""Runs a Weightbench, whichever way it was installed, and compares what it draws."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# What is drawn: an experiment of a few numbers after some steps, the digits, a file of one's own.
CASES: tuple[tuple[str, ...], ...] = (
    ("Several inputs and outputs", "--steps", "3"),
    ("Digits, 8x8", "--steps", "300"),
    ("FILE", "--steps", "2", "--theme", "dark"),
)

FILE = """{"format": "weightbench/experiment", "version": 1, "name": "Two inputs",
 "inputs": ["left", "right"], "outputs": ["turn"],
 "examples": {"inputs": [[1, 0.5]], "targets": [[1]]},
 "order": "first", "weights": [[0.1, 0.2]], "alpha": 0.1}
"""


class Failure(Exception):
    """What was tried does not do what the checkout does; the message says what."""


def run(program: list[str], arguments: list[str], folder: Path) -> str:
    """Run it in that folder; returns what it prints.

    Raises
    ------
    Failure
        If it ends with another exit status than 0, or complains.
    """
    environment = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    done = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode != 0 or done.stderr:
        raise Failure(f"{arguments}: exit status {done.returncode}, {done.stderr.strip()!r}")
    return done.stdout


def draw(program: list[str], arguments: tuple[str, ...], folder: Path, picture: Path) -> None:
    """Have a picture drawn; "FILE" stands for an experiment file, which is written beside it."""
    file = picture.with_name("Zwei Eingänge.json")
    file.write_text(FILE, encoding="utf-8")
    given = [str(file) if argument == "FILE" else argument for argument in arguments]
    run(program, [*given, "--size", "1280x800", "--screenshot", str(picture)], folder)


def same_picture(one: Path, other: Path) -> bool:
    """Whether two PNG files show the same, to the pixel."""
    from PySide6.QtGui import QImage

    images = [QImage(str(path)) for path in (one, other)]
    return not images[0].isNull() and images[0] == images[1]
