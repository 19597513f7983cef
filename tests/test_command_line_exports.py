"""Pictures and moments through the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gui.__main__ import main
from model.edits import Edit
from model.files.experiment_file import dump
from model.files.library import open_experiment
from model.files.moments.text import moment_text
from model.path.saved import new_path
from tests.conftest import PROJECT


def test_a_panel_is_exported_as_shapes_at_a_step_and_a_window_as_dots(tmp_path: Path) -> None:
    file = tmp_path / "curves.svg"
    run = subprocess.run(
        [sys.executable, "-m", "gui", "Several steps", "--steps", "2", "--export", str(file),
         "--panel", "curves", "--size", "1100x700"],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    root = ElementTree.parse(file).getroot()
    labels = [part.attrib["aria-label"] for part in root.iter() if "aria-label" in part.attrib]
    # The error at step 2: (0.9906177228125 - 1) ** 2.
    assert "0.000088" in labels
    assert [each.name for each in tmp_path.iterdir()] == ["curves.svg"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--export", "x.csv", "--panel", "curves"], "--panel goes with"),
        (["--panel", "curves"], "--panel goes with"),
        (["--export", "x.py", "--size", "1280x800"], "--size goes with"),
        (["--export", "x.py", "--theme", "dark"], "--theme goes with"),
        (["--export", "x.png", "--style", "numpy"], "--style goes with"),
        (["--export", "x.png", "--size", "5x5"], "--size"),
        (["--export", "no/such/x.svg"], "no folder"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["Several steps", *arguments]) == 2
    output = capsys.readouterr()
    assert told in output.err
    assert len(output.err.splitlines()) == 1
    assert not output.out


def test_a_text_with_a_moment_is_opened_as_an_experiment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = open_experiment("Several steps")
    path = new_path(experiment)
    path.extend(2)
    path.edit(Edit(2, "alpha", (0.005,)))
    path.extend(3)
    text = moment_text(dump(experiment, path, 4))
    file = tmp_path / "mail.txt"
    file.write_text(f"> {text}\n> What do you think?\n".replace("\n", "\r\n> "), encoding="utf-16")
    assert main([str(file), "--export", str(tmp_path / "again.json")]) == 0
    again = open_experiment(str(tmp_path / "again.json"))
    assert (again.length, again.position) == (5, 4)
    assert again.edits == path.edits

    file.write_text(text[:100], encoding="utf-8")
    assert main([str(file), "--trace", "1"]) == 2
    assert "breaks off" in capsys.readouterr().err
