"""Pictures read from the command line: the answer, the scores, and what is doubtful."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from model.files.library import open_experiment
from model.ink import read_picture
from model.path.saved import saved_path
from tests.test_command_line import weightbench

STEPS = 2000
NAME = "Digits, 8x8"


def published(folder: Path, place: int, inverted: bool = False) -> Path:
    """A published 8 x 8 digit as a PNG of the same size, white ink on black unless inverted."""
    digits = open_experiment(NAME).digits
    assert digits is not None
    image = QImage(8, 8, QImage.Format.Format_Grayscale8)
    for at, ink in enumerate(digits.held_out_images[place]):
        level = round(255 * (1 - ink if inverted else ink))
        image.setPixelColor(at % 8, at // 8, QColor(level, level, level))
    file = folder / f"digit {place}{' inverted' if inverted else ''}.png"
    assert image.save(str(file))
    return file


def two_marks(folder: Path) -> Path:
    image = QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for left in (20, 60):
        for row in range(15, 65):
            for column in range(left, left + 8):
                image.setPixelColor(column, row, QColor("black"))
    file = folder / "two.png"
    assert image.save(str(file))
    return file


def test_each_file_is_answered_with_its_scores(tmp_path: Path) -> None:
    places = [0, 1, 2]
    files = [published(tmp_path, place) for place in places]

    result = weightbench(NAME, "--steps", str(STEPS), "--json", "--read", *map(str, files))

    assert (result.returncode, result.stderr) == (0, "")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    experiment = open_experiment(NAME)
    assert experiment.digits is not None
    path = saved_path(experiment)
    path.extend(STEPS)
    weights = path.weights(STEPS).tolist()
    for place, file, line in zip(places, files, lines, strict=True):
        inputs = experiment.digits.held_out_images[place].tolist()
        scores = [sum(w * x for w, x in zip(row, inputs, strict=True)) for row in weights]
        assert set(line) == {"file", "answer", "scores", "taken", "warnings"}
        assert line["file"] == str(file)
        assert line["scores"] == pytest.approx(scores, abs=1e-12)
        assert line["answer"] == scores.index(max(scores))
        assert line["warnings"] == []


def test_without_json_a_line_names_the_answer_and_every_score(tmp_path: Path) -> None:
    file = published(tmp_path, 5, inverted=True)

    result = weightbench(NAME, "--steps", str(STEPS), "--read", str(file))

    path = saved_path(open_experiment(NAME))
    path.extend(STEPS)
    gray = np.array(
        [
            [1 - QImage(str(file)).pixelColor(column, row).lightness() / 255 for column in range(8)]
            for row in range(8)
        ]
    )
    answer = read_picture(path.weights(STEPS), gray, (8, 8)).answer
    assert result.stdout.startswith(f"{file}: {answer}  (scores 0 ")
    assert all(f"  {digit} " in result.stdout for digit in range(1, 10))


def test_doubts_go_to_the_error_stream_and_into_the_warnings(tmp_path: Path) -> None:
    file = two_marks(tmp_path)

    result = weightbench(NAME, "--json", "--read", str(file))

    assert result.returncode == 0
    assert "2 marks that may be digits" in result.stderr
    assert result.stderr.startswith(f"weightbench: {file}: ")
    (line,) = result.stdout.splitlines()
    assert "2 marks that may be digits" in json.loads(line)["warnings"][0]


def test_what_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    good, bad = published(tmp_path, 3), tmp_path / "table.csv"
    bad.write_text("a;b\n1;2\n", encoding="utf-8")
    missing = tmp_path / "missing.png"

    result = weightbench(NAME, "--read", str(bad), str(missing), str(good))

    assert result.returncode == 2
    assert result.stdout.startswith(f"{good}: ")
    told = result.stderr.splitlines()
    assert [line.startswith("weightbench: ") for line in told] == [True, True]
    assert str(bad) in told[0]
    assert str(missing) in told[1]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["Several steps", "--read", "x.png"], "the inputs of 'Several steps' are no image"),
        ([NAME, "--read", "x.png", "--trace", "3"], "--read stands alone"),
        ([NAME, "--read", "x.png", "--export", "x.npz"], "--read stands alone"),
        ([NAME, "--read", "x.png", "--theme", "dark"], "--theme goes with"),
        ([NAME, "--read"], "--read"),
    ],
)
def test_what_does_not_go_together_is_said_in_one_line(arguments: list[str], problem: str) -> None:
    result = weightbench(*arguments)

    assert result.returncode == 2
    assert problem in result.stderr
    assert len(result.stderr.splitlines()) == 1
