"""Points in the space of the inputs on the command line: a table, or one line that says why not."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gui.__main__ import main
from model.files.library import open_experiment
from model.files.mnist import load_digits8
from model.image_space import draw_sample, finished, gather, principal_components
from model.path.saved import new_path
from tests.conftest import PROJECT
from tests.test_command_line import one_line, weightbench

DIGITS = "Digits, 8x8"
# Ends with an error where anything of Qt was imported.
WITHOUT_QT = """
import sys
from gui.__main__ import main
status = main(sys.argv[1:])
assert not [name for name in sys.modules if name.startswith(("PySide6", "pyqtgraph", "scipy"))]
sys.exit(status)
"""


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def points(tmp_path: Path, *arguments: str) -> list[dict[str, str]]:
    file = tmp_path / "points.csv"
    assert main([*arguments, "--export", str(file)]) == 0
    return rows_of(file)


def test_pixels_are_written_with_labels_and_predictions(tmp_path: Path) -> None:
    arguments = ("--steps", "100", "--space", "pixels:3,4+5,2", "--count", "50", "--seed", "3")
    rows = points(tmp_path, DIGITS, *arguments)

    digits = load_digits8()
    path = new_path(open_experiment(DIGITS))
    path.extend(100)
    weights = path.weights(100)
    expected = draw_sample(len(path.setup.examples), 50, 3).examples
    assert [int(row["example"]) - 1 for row in rows] == expected.tolist()
    for row, example in zip(rows, expected, strict=True):
        image = digits.images[example]
        assert row["label"] == str(digits.labels[example])
        assert row["prediction"] == str((weights @ image).argmax())
        assert (float(row["x"]), float(row["y"])) == (image[3 * 8 + 4], image[5 * 8 + 2])
        assert "z" not in row


def test_scores_and_components_are_those_of_the_model(tmp_path: Path) -> None:
    rows = points(tmp_path, DIGITS, "--steps", "30", "--space", "scores:4,9,1", "--count", "20")
    experiment = open_experiment(DIGITS)
    path = new_path(experiment)
    path.extend(30)
    examples = draw_sample(len(experiment.setup.examples), 20).examples
    images = experiment.setup.examples.rows(examples)[0]
    found = np.array([[float(row[axis]) for axis in "xyz"] for row in rows])
    assert np.allclose(found, (images @ path.weights(30).T)[:, [4, 9, 1]], rtol=0, atol=1e-12)

    rows = points(tmp_path, DIGITS, "--space", "pca", "--count", "20")
    pca = finished(principal_components(finished(gather(experiment.setup.examples, examples))))
    found = np.array([[float(row["x"]), float(row["y"])] for row in rows])
    assert np.allclose(found, pca.coordinates(images, 2), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", ["tsne", "mds:3", "sammon", "graph"])
def test_a_layout_is_the_same_every_time(kind: str, tmp_path: Path) -> None:
    texts = []
    for file in (tmp_path / "1.csv", tmp_path / "2.csv"):
        assert main([DIGITS, "--space", kind, "--count", "40", "--export", str(file)]) == 0
        texts.append(file.read_text(encoding="utf-8"))

    assert texts[0] == texts[1]
    assert texts[0].startswith(
        "example,label,prediction,x,y,z" if ":3" in kind else "example,label,prediction,x,y\n"
    )
    assert len(texts[0].splitlines()) == 41


def test_inputs_of_numbers_have_no_labels_and_a_single_output_its_number(tmp_path: Path) -> None:
    (row,) = points(tmp_path, "Several steps", "--space", "inputs:toes+fans")

    assert (row["example"], row["label"], row["x"], row["y"]) == ("1", "", "8.5", "1.2")
    assert float(row["prediction"]) == pytest.approx(0.86, rel=1e-12)


def test_a_perplexity_that_has_too_few_neighbours_is_lowered_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(points(tmp_path, DIGITS, "--space", "tsne", "--count", "20")) == 20
    assert "a perplexity of 30 needs more examples: 6.3 is taken" in capsys.readouterr().err


def test_points_need_no_qt(tmp_path: Path) -> None:
    arguments = [DIGITS, "--space", "pca", "--count", "9", "--export", str(tmp_path / "p.csv")]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *arguments],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--space", "umap"], "--space: 'umap' is none of pixels:R,C+R,C"),
        (["--space", "pixels:8,0+1,1"], "'8,0' is no pixel: row and column from 0,0 to 7,7"),
        (["--space", "pixels:1,1"], "takes two or three"),
        (["--space", "pixels:"], "takes two or three"),
        (["--space", "pixels:1,1+1,1+1,1+1,1"], "takes two or three"),
        (["--space", "scores:4,ten"], "there is no 'ten': they are called 0, 1, 2"),
        (["--space", "tsne:4"], "two dimensions, or three as tsne:3, not '4'"),
        (["--space", "tsne:3", "--count", "1001"], "takes up to 1,000 examples, not 1,001"),
        (["--space", "pca", "--count", "0"], "--count: '0' is not a whole number from 1"),
        (["--space", "pca", "--seed", "x"], "--seed: 'x' is not a whole number"),
        (["--count", "5"], "--count and --seed go with --space KIND"),
        (["--space", ""], "--space: '' is none of"),
    ],
)
def test_nonsense_is_refused_in_one_line(
    arguments: list[str], problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "points.csv"

    assert main([DIGITS, *arguments, "--export", str(file)]) == 2

    said = capsys.readouterr().err
    assert problem in said
    assert len(said.splitlines()) == 1
    assert not file.exists()


def test_pixels_of_numbers_are_refused_with_the_way_to_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, problem in (
        ("pixels:1,1+2,2", "are no pixels: inputs:A+B names two of them"),
        ("pca", "the sample has one principal component, and 2 are needed"),
    ):
        file = tmp_path / "p.csv"
        assert main(["Several steps", "--space", kind, "--export", str(file)]) == 2
        assert problem in capsys.readouterr().err


def test_points_are_asked_for_with_a_file(tmp_path: Path) -> None:
    assert "--space goes with --export POINTS.csv" in one_line(weightbench("--space", "pca"))
    problem = one_line(weightbench(DIGITS, "--space", "pca", "--export", str(tmp_path / "p.png")))
    assert "its name ends in .csv" in problem
