"""The command as a person calls it: a process, its output and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


def weightbench(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    drop = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    clean = {name: value for name, value in os.environ.items() if name not in drop}
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        capture_output=True, text=True, cwd=PROJECT, timeout=120, check=False,
        env={**clean, "PYTHONIOENCODING": "utf-8", **(environment or {})},
    )  # fmt: skip


def test_list_names_every_built_in_experiment() -> None:
    result = weightbench("--list")
    assert result.returncode == 0
    assert "Freezing one weight" in result.stdout.splitlines()
    assert "The whole season" in result.stdout.splitlines()


def test_a_trace_as_json_has_every_number_of_a_step() -> None:
    result = weightbench("Freezing one weight", "--trace", "3", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3]
    assert [line["pred"][0] for line in lines] == pytest.approx(
        [0.86, 0.938225, 0.97274178125], rel=1e-12
    )
    first = lines[0]
    assert first["example"] == 0
    assert first["inputs"] == [8.5, 0.65, 1.2]
    assert first["targets"] == [1.0]
    assert first["delta"] == pytest.approx([-0.14], rel=1e-12)
    assert first["error"] == pytest.approx([0.0196], rel=1e-12)
    assert first["weights"] == [[0.1, 0.2, -0.1]]
    assert first["weight_deltas"][0] == pytest.approx([0.0, -0.091, -0.168], rel=1e-12)


def test_a_trace_as_a_table_has_a_line_for_each_step() -> None:
    result = weightbench("several steps", "--trace", "4")
    assert result.returncode == 0
    rows = [line.split() for line in result.stdout.splitlines()[2:]]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert float(rows[1][2]) == pytest.approx(0.9637575)


def test_a_diverging_trace_ends_and_says_why() -> None:
    result = weightbench("Alpha too large", "--trace", "50", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert 5 < len(lines) < 50
    assert result.returncode == 0
    assert "0.02699" in result.stderr


def test_a_trace_imports_no_qt() -> None:
    code = (
        "import sys; from gui.__main__ import main; main("
        "['Several steps', '--trace', '2']); "
        "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["no such experiment", "--trace", "3"], "no such experiment"),
        (["no such experiment"], "--list"),
        (["Several steps", "--trace", "many"], "'many'"),
        (["Several steps", "--trace", "-1"], "--trace"),
        (["Several steps", "--json"], "--json"),
        (["Several steps", "--size", "10x10"], "--size"),
        (["Several steps", "--screenshot", "x.png", "--size", "big"], "'big'"),
        (["Several steps", "--screenshot", "x.txt"], "x.txt"),
        (["Several steps", "--screenshot", "no/such/folder/x.png"], "folder"),
        (["--theme", "pink"], "pink"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], named: str) -> None:
    result = weightbench(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert named in result.stderr


def test_a_bad_file_is_named_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"format": "weightbench/experiment", "version": 1, "nome": "x"}')
    result = weightbench(str(file), "--trace", "1")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "mine.json" in result.stderr
    assert "nome" in result.stderr


def test_without_a_display_the_trace_is_printed_with_a_way_to_a_picture() -> None:
    result = weightbench("Several outputs")
    assert result.returncode == 0
    assert "Several outputs" in result.stdout
    assert "--screenshot" in result.stdout


def test_a_display_that_does_not_answer_is_no_display() -> None:
    result = weightbench("Several outputs", environment={"DISPLAY": ":4711"})
    assert result.returncode == 0
    assert "--screenshot" in result.stdout


def test_a_picture_has_the_size_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "bench.png"
    result = weightbench(
        "Freezing one weight", "--steps", "3", "--screenshot", str(file), "--size", "1100x700"
    )
    assert result.returncode == 0, result.stderr
    header = file.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(header[16:20]) == 1100
    assert int.from_bytes(header[20:24]) == 700
    assert list(tmp_path.iterdir()) == [file]
