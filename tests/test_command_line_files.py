"""Exports through the command: what is in the files, and what is left where they cannot be had."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from model.files.mnist import remember_folder
from tests.model.test_digits import write_mnist
from tests.test_command_line import PROJECT, one_line, weightbench, written

FEW = {
    "inputs": [f"pixel {i}" for i in range(784)],
    "outputs": [str(digit) for digit in range(10)],
    "examples": {"source": "mnist", "count": 3},
    "weights": "zeros",
    "order": "cycle",
}


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """MNIST is neither named nor in the cache."""
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))


def published(folder: Path, name: str, header: int) -> NDArray[np.uint8]:
    """The values in a published file, which is packed or not."""
    packed = folder / f"{name}.gz"
    with gzip.open(packed) if packed.is_file() else (folder / name).open("rb") as file:
        return np.frombuffer(file.read(), dtype=np.uint8)[header:]


@pytest.mark.parametrize("alpha", [0.001, 0.005])
def test_three_passes_over_mnist_end_at_the_weights_of_a_plain_loop(
    tmp_path: Path, mnist_folder: Path, alpha: float
) -> None:
    source = PROJECT / "resources" / "experiments" / "12-digits-mnist.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    assert data["examples"] == {"source": "mnist", "count": 1000}
    assert (data["order"], data["weights"]) == ("cycle", "zeros")
    mine, file = tmp_path / "mine.json", tmp_path / "weights.npz"
    mine.write_text(json.dumps(data | {"alpha": alpha}), encoding="utf-8")
    result = weightbench(
        str(mine), "--steps", "3000", "--export", str(file),
        environment={"WEIGHTBENCH_MNIST": str(mnist_folder)},
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")

    images = published(mnist_folder, "train-images-idx3-ubyte", 16)[: 1000 * 784] / 255
    labels = published(mnist_folder, "train-labels-idx1-ubyte", 8)[:1000]
    weights = np.zeros((10, 784))
    for step in range(3000):
        inputs = images.reshape(1000, 784)[step % 1000]
        target = np.zeros(10)
        target[labels[step % 1000]] = 1
        delta = weights @ inputs - target
        weights -= alpha * np.outer(delta, inputs)

    with np.load(file) as found:
        assert (int(found["steps"]), float(found["alpha"])) == (3000, alpha)
        assert np.abs(found["weights"] - weights).max() <= 1e-12 * np.abs(weights).max()


def test_a_folder_that_was_remembered_is_found(nowhere: None, tmp_path: Path) -> None:
    remember_folder(write_mnist(tmp_path / "mnist"))
    source = str(written(tmp_path, **FEW))
    picture, weights = tmp_path / "x.png", tmp_path / "x.npz"
    for call in (
        ["--trace", "2"],
        ["--steps", "2", "--export", str(weights)],
        ["--steps", "2", "--screenshot", str(picture)],
    ):
        result = weightbench(source, *call)
        # The files were made up for the test.
        remark = "weightbench: This is not the published MNIST\n"
        assert (result.returncode, result.stderr) == (0, remark)
    assert picture.is_file()
    assert weights.is_file()


def test_the_environment_goes_before_what_was_remembered(nowhere: None, tmp_path: Path) -> None:
    remember_folder(write_mnist(tmp_path / "mnist"))
    empty = tmp_path / "empty"
    empty.mkdir()
    result = weightbench(
        "Digits, MNIST", "--trace", "1", environment={"WEIGHTBENCH_MNIST": str(empty)}
    )
    assert f"in the folder {empty}." in one_line(result)


@pytest.mark.parametrize(
    "call", [["--trace", "1"], ["--export", "{}/x.npz"], ["--screenshot", "{}/x.png"]]
)
@pytest.mark.parametrize("folder", [None, "no such folder", "a file"])
def test_mnist_that_is_not_there_is_one_sentence_and_no_file(
    nowhere: None, tmp_path: Path, call: list[str], folder: str | None
) -> None:
    (tmp_path / "a file").write_text("")
    environment = {} if folder is None else {"WEIGHTBENCH_MNIST": str(tmp_path / folder)}
    call = [word.format(tmp_path) for word in call]
    sentence = one_line(weightbench("Digits, MNIST", *call, environment=environment))
    if folder is None:
        assert '"Digits, 8x8" needs no files' in sentence
    else:
        assert "train-images-idx3-ubyte" in sentence
        assert str(tmp_path / folder) in sentence
    assert {path.name for path in tmp_path.iterdir()} <= {"a file", "cache"}


def test_an_export_over_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.npz").mkdir()
    result = weightbench("Several steps", "--export", str(tmp_path / "x.npz"))
    assert "x.npz could not be written" in one_line(result)
    assert list(tmp_path.iterdir()) == [tmp_path / "x.npz"]
    assert list((tmp_path / "x.npz").iterdir()) == []


# Permissions do not hold back the superuser, who has to become another one.
AS_ANOTHER = """
import os, sys
from gui.__main__ import main

source, allowed, forbidden = sys.argv[1:]
# Python's own files, read as they are needed, may be out of reach for the other user.
if main([source, "--steps", "3", "--export", allowed]):
    sys.exit("not even that")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main([source, "--steps", "3", "--export", forbidden]))
"""


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that every user may look into, which the folder of a test is not."""
    with tempfile.TemporaryDirectory(prefix="wb-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("name", ["x.npz", "x.csv", "x.json"])
def test_an_export_where_nothing_may_be_written_leaves_nothing_behind(
    open_to_all: Path, name: str
) -> None:
    source = written(open_to_all)
    folder = open_to_all / "read-only"
    folder.mkdir()
    old = folder / name
    old.write_text("old")
    folder.chmod(0o555)
    result = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, str(source), str(open_to_all / name), str(old)],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    folder.chmod(0o755)
    if "setgroups" in result.stderr or "setuid" in result.stderr:
        pytest.skip("this process may not become another user")
    assert f"{name} could not be written: Permission denied" in one_line(result)
    assert (open_to_all / name).is_file()
    assert old.read_text() == "old"
    assert list(folder.iterdir()) == [old]
