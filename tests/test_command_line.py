"""The command as a person calls it: a process, its output and its exit status."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gui.__main__ import main

PROJECT = Path(__file__).resolve().parents[1]


# What names a display; here there is none, whatever this computer has.
DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def weightbench(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        capture_output=True, text=True, cwd=PROJECT, timeout=120, check=False,
        env={**clean, "PYTHONIOENCODING": "utf-8", **(environment or {})},
    )  # fmt: skip


def written(folder: Path, **changes: Any) -> Path:
    """A file of an experiment of three inputs."""
    data = {
        "format": "weightbench/experiment",
        "version": 1,
        "name": "Mine",
        "inputs": ["a", "b", "c"],
        "outputs": ["out"],
        "examples": {"inputs": [[8.5, 0.65, 1.2]], "targets": [[1]]},
        "order": "first",
        "weights": [[0.1, 0.2, -0.1]],
        "alpha": 0.0001,
    }
    file = folder / "mine.json"
    file.write_text(json.dumps(data | changes), encoding="utf-8")
    return file


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """The sentence with which a call was refused."""
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_list_names_every_built_in_experiment() -> None:
    result = weightbench("--list")
    assert result.returncode == 0
    assert "Freezing one weight" in result.stdout.splitlines()


def test_list_names_every_lesson_with_its_id() -> None:
    result = weightbench("--list")
    assert "freezing             Freezing one weight" in result.stdout.splitlines()
    assert "The whole season" in result.stdout.splitlines()


def test_a_trace_as_json_has_every_number_of_a_step() -> None:
    result = weightbench("Freezing one weight", "--trace", "3", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["step"] for line in lines] == [0, 1, 2]
    assert [line["pred"][0] for line in lines] == pytest.approx(
        [0.86, 0.938225, 0.97274178125], rel=1e-12
    )
    first = lines[0]
    assert first["example"] == 1
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
    assert [row[0] for row in rows] == ["0", "1", "2", "3"]
    assert {row[1] for row in rows} == {"1"}
    assert float(rows[1][2]) == pytest.approx(0.9637575)


def test_a_diverging_trace_ends_and_says_why() -> None:
    result = weightbench("Alpha too large", "--trace", "50", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert 5 < len(lines) < 50
    assert result.returncode == 0
    assert "0.02699" in result.stderr


@pytest.mark.parametrize("name", ["Several steps", "Digits, 8x8"])
def test_a_trace_imports_no_qt(name: str) -> None:
    code = (
        "import sys; from gui.__main__ import main; status = main("
        "[sys.argv[1], '--trace', '2']); "
        "sys.exit(status or any(n.startswith(('PySide6', 'pyqtgraph')) for n in sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, name],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == 4


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
        (["Several steps", "--steps", "", "--export", "x.npz"], "--steps: ''"),
        (["Several steps", "--trace", ""], "--trace: ''"),
        (["Several steps", "--screenshot", "x.png", "--size", ""], "--size: ''"),
        (["Several steps", "--trace", "1", "--export", ""], "--trace stands alone"),
        (["Several steps", "--trace", "1", "--theme", "dark"], "--theme"),
        (["Several steps", "--export", "x.npz", "--theme", "dark"], "--theme"),
        (["--list", "--theme", "dark"], "--list stands alone"),
        (["Several steps", "--list"], "--list stands alone"),
        (["Several steps", "--check-lesson", "x.md"], "--check-lesson stands alone"),
        (["--check-lesson", "no-such\x1b[2J.md"], "no file “no-such\\x1b[2J.md”"),
        (["--check-lesson=--"], "--"),
        (["Several steps", "--export", "x.pickle"], "x.pickle"),
        (["Several steps", "--export", "weights"], ".npz, .weights.csv, .csv, .json, .py"),
        (["Several steps", "--export", "x.py", "--style", "cobol"], "cobol"),
        (["Several steps", "--export", "x.npz", "--style", "numpy"], "--export FILE.py"),
        (["Several steps", "--style", "numpy"], "--export FILE.py"),
        (["Several steps", "--export", "x.py", "--style=--"], "--style"),
        (["Several steps", "--export", "no/such/folder/x.npz"], "folder"),
        (["--nonsense"], "--nonsense"),
        (["--trace=--"], "--trace"),
        (["Several steps", "--steps=--", "--export", "w.npz"], "--steps"),
        (["--theme=--"], "--theme"),
        (["--export=--"], "--export"),
        (["--screenshot=--"], "--screenshot"),
        (["Several steps", "--size=--", "--screenshot", "x.png"], "--size"),
        (["--trace", "9" * 5000], "--trace"),
        (["--trace", "\u0663"], "--trace"),
        (["--screenshot", "x.png", "--size", "0x0"], "'0x0'"),
        (["--screenshot", "x.png", "--size", "99999x99999"], "'99999x99999'"),
        (["Several steps", "One delta", "--trace", "1"], "One delta"),
        (["--list=4"], "--list"),
        (["--theme"], "--theme"),
        (["--non\nsense\x1b[31m"], "--non\\nsense\\x1b[31m"),
        (["no\nsuch\x1b[2J", "--trace", "1"], "no\\nsuch\\x1b[2J"),
        (["--export", "x\x1b[2J\u202egnp.pickle"], "x\\x1b[2J\\u202egnp.pickle"),
        (["--screenshot", "no\u2028/x.png"], "no\\u2028"),
        (["--trace", "\x9b31m"], "\\x9b31m"),
        (["", "--trace", "1"], "is called ''"),
        (["--collect", ""], "'' is no folder"),
        (["--screenshot", "x.png", "--size", "9000x900"], "to 8000x8000"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    named: str,
) -> None:
    monkeypatch.chdir(PROJECT)
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    status = main(arguments)
    printed, complained = capsys.readouterr()
    result = subprocess.CompletedProcess(arguments, status, printed, complained)
    assert named in one_line(result)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["no such experiment"], "--list"),
        (["--nonsense"], "--nonsense"),
        (["--theme"], "--theme"),
        (["--non\nsense\x1b[31m"], "--non\\nsense\\x1b[31m"),
        (["--trace", "\x9b31m"], "\\x9b31m"),
    ],
)
def test_a_process_says_it_so_too(arguments: list[str], named: str) -> None:
    assert named in one_line(weightbench(*arguments))


def test_a_bad_file_is_named_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"format": "weightbench/experiment", "version": 1, "nome": "x"}')
    sentence = one_line(weightbench(str(file), "--trace", "1"))
    assert "mine.json" in sentence
    assert "nome" in sentence


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


# Sessions that were saved.


def plain_loop(n_steps: int, alpha: float) -> list[float]:
    """Three weights after n_steps updates, the first of them set to 0.7 after three."""
    inputs, weights = [8.5, 0.65, 1.2], [0.1, 0.2, -0.1]
    for step in range(n_steps):
        if step == 3:
            weights[0] = 0.7
        delta = sum(w * x for w, x in zip(weights, inputs, strict=True)) - 1.0
        weights = [w - alpha * delta * x for w, x in zip(weights, inputs, strict=True)]
    return weights


@pytest.mark.parametrize(("steps", "reached"), [([], 700), (["--steps", "5"], 705)])
def test_a_saved_session_is_exported_from_where_it_was_saved(
    tmp_path: Path, steps: list[str], reached: int
) -> None:
    edit = {"step": 3, "kind": "weights", "at": [[0, 0]], "to": [0.7]}
    source = written(tmp_path, session={"length": 1000, "position": 700, "edits": [edit]})
    weights, trace = tmp_path / "w.npz", tmp_path / "t.csv"
    for file in (weights, trace):
        result = weightbench(str(source), *steps, "--export", str(file))
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    with np.load(weights) as data:
        assert int(data["steps"]) == reached
        assert data["weights"][0] == pytest.approx(plain_loop(reached, 0.0001), rel=1e-12)
    with trace.open(encoding="utf-8", newline="") as stream:
        last = list(csv.DictReader(stream))[-1]
    assert int(last["step"]) == reached - 1
    assert float(last["weight out a"]) == pytest.approx(plain_loop(reached - 1, 0.0001)[0])


@pytest.mark.parametrize(
    "call",
    [["--trace", "1"], ["--export", "x.npz"], ["--screenshot", "x.png"], []],
)
def test_a_session_that_is_too_long_to_wait_for_is_refused(tmp_path: Path, call: list[str]) -> None:
    edit = {"step": 10**9, "kind": "alpha", "at": [], "to": [0.02]}
    source = written(tmp_path, session={"length": 10**9, "position": 0, "edits": [edit]})
    assert "1,000,000,000 steps" in one_line(weightbench(str(source), *call))


def test_steps_beyond_the_longest_path_are_refused(tmp_path: Path) -> None:
    session = {"length": 10_000_000, "position": 10_000_000, "edits": []}
    source = written(tmp_path, session=session)
    result = weightbench(str(source), "--steps", "1", "--export", str(tmp_path / "x.npz"))
    assert "10,000,001 steps" in one_line(result)


# What a terminal and a person at it may do.


def in_shell(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with its streams as a shell sets them up."""
    text = command.replace("weightbench", '"$0" -m gui "$@"')
    return subprocess.run(
        ["sh", "-c", text, sys.executable, *arguments],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has another shell")
PRINTING = [["--list"], ["--help"], ["--version"], ["Several steps", "--trace", "3000"]]


@on_posix
@pytest.mark.parametrize("arguments", PRINTING)
def test_a_reader_that_has_seen_enough_ends_it_quietly(arguments: list[str]) -> None:
    result = in_shell("(weightbench; echo $? >&2) | head -n 1", *arguments)
    assert result.stderr == "0\n"
    assert len(result.stdout.splitlines()) == 1


@on_posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", PRINTING)
def test_an_output_that_is_full_is_one_line(arguments: list[str]) -> None:
    result = in_shell("weightbench > /dev/full", *arguments)
    assert "No space left" in one_line(result)


@on_posix
@pytest.mark.parametrize("arguments", PRINTING)
def test_an_output_that_is_closed_is_no_fault(arguments: list[str]) -> None:
    result = in_shell("weightbench >&- <&-", *arguments)
    assert (result.returncode, result.stderr) == (0, "")


@on_posix
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "2>&- >&- <&-"])
def test_a_sentence_that_cannot_be_printed_does_not_change_the_ending(where: str) -> None:
    result = in_shell(f"weightbench {where}", "--nonsense")
    assert (result.returncode, result.stdout, result.stderr) == (2, "", "")


@on_posix
def test_with_closed_streams_no_file_is_printed_into(tmp_path: Path) -> None:
    source = written(tmp_path)
    before = source.read_bytes()
    target = tmp_path / "w.json"
    result = in_shell("weightbench >&- 2>&- <&-", str(source), "--export", str(target))
    assert result.returncode == 0
    assert source.read_bytes() == before
    assert "weights" in json.loads(target.read_text(encoding="utf-8"))


def test_a_name_cannot_give_orders_to_the_terminal(tmp_path: Path) -> None:
    name = "a\u202eb\u2028c\x9bd"
    source = written(tmp_path).rename(tmp_path / f"{name}.json")
    source.write_text("{}", encoding="utf-8")
    assert "a\\u202eb\\u2028c\\x9bd.json: " in one_line(weightbench(str(source), "--trace", "1"))
    source = written(tmp_path, name="\u05d1\u200f", inputs=["\u200f\u05d1", "b", "c"])
    result = weightbench(str(source), "--trace", "1")
    assert "\u200f" not in result.stdout
    as_json = weightbench(str(source), "--trace", "1", "--json")
    assert all(json.loads(line) for line in as_json.stdout.splitlines())
