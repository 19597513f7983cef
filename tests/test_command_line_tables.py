"""A table of numbers on the command line: opened without a window, or refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.__main__ import main
from tests.test_command_line import one_line, weightbench

TABLE = "höhe;gewicht;art\r\n1,5;2,5;x\r\n2;3;y\r\n3;;x\r\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    file.write_bytes(TABLE.encode("cp1252"))
    return file


def test_a_table_is_traced_like_any_experiment(table: Path) -> None:
    result = weightbench(
        str(table), "--inputs", "höhe", "--targets", "gewicht", "--leave-out", "--alpha", "0.1",
        "--trace", "2", "--json",
    )  # fmt: skip
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    weight = 0.0
    for line, (inputs, target) in zip((first, second), ((1.5, 2.5), (2.0, 3.0)), strict=True):
        pred = weight * inputs
        assert line["pred"] == pytest.approx([pred], rel=1e-12)
        assert line["delta"] == pytest.approx([pred - target], rel=1e-12)
        weight -= 0.1 * (pred - target) * inputs


def test_a_table_is_exported_as_an_experiment_with_its_raw_numbers(
    table: Path, tmp_path: Path
) -> None:
    file = tmp_path / "e.json"
    arguments = ["--targets", "art", "--inputs", "höhe", "--scale", "standard"]
    assert main([str(table), *arguments, "--export", str(file)]) == 0
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["version"] == 2
    assert data["inputs"] == ["höhe", "constant"]
    assert data["outputs"] == ["x", "y"]
    assert data["transform"]["kind"] == "standard"
    assert [row[0] for row in data["examples"]["inputs"]] == [1.5, 2.0, 3.0]
    assert data["constant"] == "constant"


def test_a_share_of_the_rows_is_held_out(table: Path, tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    for share in ("34 %", "0.34", "1/3"):
        wanted = [
            "--inputs",
            "höhe",
            "--targets",
            "art",
            "--held-out",
            share,
            "--held-out-seed",
            "5",
        ]
        assert main([str(table), *wanted, "--export", str(file)]) == 0
        data = json.loads(file.read_text(encoding="utf-8"))
        learned, asked = data["examples"], data["held_out"]
        assert len(asked["inputs"]) == len(asked["targets"]) == 1
        rows = sorted([*learned["inputs"], *asked["inputs"]])
        assert rows == [[1.5], [2.0], [3.0]]


def test_without_options_the_last_column_is_the_target(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(table), "--leave-out", "--trace", "1"]) == 0
    assert "pred x" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--targets", "gewicht"], "no value in row 4 of “gewicht”"),
        (["--inputs", "breite"], "no column “breite”: the columns are"),
        (["--inputs", "a,,b"], "no list of names"),
        (["--alpha", "0"], "--alpha: '0' is not above zero"),
        (["--alpha", "viel"], "--alpha: “viel” is not a number"),
        (["--constant", "--no-constant"], "exclude each other"),
        (["--held-out", "1"], "--held-out: '1' is no share from 0 to below 1"),
        (["--held-out", "some"], "--held-out: “some” is not a number"),
        (["--held-out-seed", "3"], "--held-out-seed goes with --held-out SHARE"),
        (["--held-out", "0.5", "--held-out-seed", "x"], "'x' is not a whole number"),
        (["--encoding", "utf-8"], "are no text in UTF-8: choose another encoding"),
        (["--scale", "twice"], "invalid choice"),
    ],
)
def test_what_is_wrong_is_one_line(
    table: Path, arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(table), "--trace", "1", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert problem in said.err


def test_options_of_tables_are_refused_for_other_experiments() -> None:
    said = one_line(weightbench("Several steps", "--trace", "1", "--scale", "unit"))
    assert "--scale goes with a table of numbers (CSV), and Several steps is none" in said
