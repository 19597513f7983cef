"""Photographs in files, as people have them, are read like the clean digit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gui.pictures.image_file import read_gray
from model.files.mnist import load_mnist
from model.ink import Doubt, read_picture
from model.network import Floats
from tests.model.ink.readers import trained

SHAPE = (28, 28)
ONES = [
    "chalk.jpg", "dark_on_grey.jpg", "handshadow.jpg", "lined.jpg", "pencil_noise.jpg", "speck.png",
    "squared.jpg", "table.jpg", "vignette.jpg",
]  # fmt: skip


@pytest.fixture(scope="module")
def weights(mnist_folder: Path) -> Floats:
    return trained(load_mnist(mnist_folder, 5000), 0.005, 4)


@pytest.fixture(scope="module")
def cases(mnist_folder: Path) -> Path:
    folder = mnist_folder.parent / "cases"
    if not folder.is_dir():
        pytest.skip(f"no pictures: {folder} is not a folder")
    return folder


@pytest.mark.parametrize("name", ONES)
def test_a_one_on_every_paper_is_read(cases: Path, weights: Floats, name: str) -> None:
    reading = read_picture(weights, read_gray(cases / name), SHAPE)

    assert reading.answer == 1
    assert reading.picture.doubts == ()


def test_all_of_them_show_the_same_digit(cases: Path, weights: Floats) -> None:
    inputs = [read_picture(weights, read_gray(cases / n), SHAPE).picture.inputs for n in ONES]

    assert max(np.abs(one - inputs[0]).mean() for one in inputs) < 0.02


def test_a_clean_seven_is_read(cases: Path, weights: Floats) -> None:
    reading = read_picture(weights, read_gray(cases / "my_seven.png"), SHAPE)

    assert reading.answer == 7
    assert reading.picture.doubts == ()


def test_two_digits_are_said(cases: Path, weights: Floats) -> None:
    picture = read_picture(weights, read_gray(cases / "two.png"), SHAPE).picture

    assert picture.doubts == (Doubt.SEVERAL_MARKS,)
    assert picture.marks == 2
