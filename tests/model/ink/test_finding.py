"""Ink is found on many kinds of paper and in many kinds of light; paper is not ink."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.digits import DigitSet
from model.files.mnist import load_digits8, load_mnist
from model.ink import Doubt, find_ink, picture_input
from model.network import Floats
from tests.model.ink.readers import Reader, reader_of, trained
from tests.model.photographs import KINDS, Kind, cover, inked, jpeg, levels, photograph

SIZE = 200
FEWEST = 0.9

# A few kinds are pictures whose bare paper has edges that look like strokes.
PLAIN_PAPER = [
    "clean", "white on black", "dark on grey, grain, JPEG", "low contrast", "pencil",
    "blue ballpoint", "chalk on a board", "vignette", "light from 100 to 55 %", "ruled", "squared",
    "dark ruling", "dark squares", "pencil on squares", "margin line", "one speck", "crumpled",
    "out of focus", "coarse JPEG", "uneven pressure", "poor light", "shining through",
    "squares on a board", "few pixels",
]  # fmt: skip


@pytest.fixture(scope="session")
def mnist(mnist_folder: Path) -> DigitSet:
    return load_mnist(mnist_folder, 5000)


@pytest.fixture(scope="session")
def reader(mnist: DigitSet) -> Reader:
    return reader_of(mnist, trained(mnist, 0.005, 4), 10, SIZE)


@pytest.fixture(scope="session")
def small_reader() -> Reader:
    digits = load_digits8()
    return reader_of(digits, trained(digits, 0.02, 10), 10, SIZE)


def digit_of(rows: str) -> Floats:
    """A digit from rows of text, # for ink, with the margin that MNIST has."""
    ink = np.array([[float(cell == "#") for cell in row] for row in rows.split()])
    frame = np.zeros((28, 28))
    top, left = (28 - ink.shape[0]) // 2, (28 - ink.shape[1]) // 2
    frame[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return frame


def stroke(size: int, *lines: tuple[float, float, float, float], wide: float = 0.03) -> Floats:
    """Straight strokes between places given as parts of the side, as a cover of ink."""
    row, column = np.mgrid[:size, :size] / size
    ink = np.zeros((size, size))
    for top, left, bottom, right in lines:
        down, across = bottom - top, right - left
        at = ((row - top) * down + (column - left) * across) / (down**2 + across**2)
        at = np.clip(at, 0, 1)
        away = np.hypot(row - top - at * down, column - left - at * across)
        ink = np.maximum(ink, np.clip((wide / 2 - away) * size + 0.5, 0, 1))
    return ink


@pytest.mark.parametrize("kind", KINDS)
def test_digits_that_are_read_when_clean_are_read_on_every_kind(reader: Reader, kind: str) -> None:
    right = reader.reads(kind, SIZE)

    assert np.mean(right) >= FEWEST, f"{sum(right)} of {len(right)}"


@pytest.mark.parametrize(
    "kind",
    ["dark on grey, grain, JPEG", "squared", "hand's shadow", "table's edge", "chalk on a board"],
)
def test_so_are_the_small_digits(small_reader: Reader, kind: str) -> None:
    assert np.mean(small_reader.reads(kind, SIZE)) >= FEWEST


def test_what_is_read_as_published_is_read_on_clean_paper(mnist: DigitSet, reader: Reader) -> None:
    places = [
        place
        for place in range(60)
        if reader.answer(mnist.held_out_images[place]) == mnist.held_out_labels[place]
    ]

    right = [
        reader.answer(
            picture_input(
                1 - photograph(mnist.held_out_images[k].reshape(28, 28), KINDS["clean"], SIZE, k),
                (28, 28),
            ).inputs
        )
        == mnist.held_out_labels[k]
        for k in places
    ]

    assert np.mean(right) >= 0.95


@pytest.mark.parametrize("kind", PLAIN_PAPER)
@pytest.mark.parametrize("seed", [0, 1])
def test_paper_alone_is_blank(kind: str, seed: int) -> None:
    side = round(300 * KINDS[kind].size)
    paper = levels(KINDS[kind].paper(np.zeros((side, side)), np.random.default_rng(seed)))

    assert find_ink(paper) is None


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (2, 2), (50, 70), (3, 900)])
def test_a_picture_of_one_level_is_blank(level: float, size: tuple[int, int]) -> None:
    assert find_ink(np.full(size, level)) is None


@pytest.mark.parametrize("light_ink", [False, True])
def test_the_box_holds_the_ink_and_little_more(light_ink: bool) -> None:
    picture = np.full((900, 600), 0.2 if light_ink else 0.9)
    picture[300:500, 200:230] = picture[300:330, 200:330] = 0.9 if light_ink else 0.2

    ink = find_ink(picture)

    assert ink is not None
    assert ink.is_light == light_ink
    assert np.abs(np.subtract(ink.box, (300, 200, 500, 330))).max() <= 4
    assert not ink.touches
    assert ink.others == 0
    # What was seen is in the picture as it was reduced.
    scale = 900 / ink.seen.shape[0]
    rows = np.flatnonzero(ink.seen.any(axis=1)) * scale
    assert abs(rows[0] - 300) < 6
    assert abs(rows[-1] - 500) < 6


def test_a_small_digit_is_looked_at_with_all_the_pixels_it_has() -> None:
    digit = load_digits8().images[5].reshape(8, 8)
    light = inked(0.9, cover(digit, (1600, 1600), (1100, 500), 80), 0.1)

    ink = find_ink(light)

    assert ink is not None
    assert ink.strength.shape[0] >= 76
    assert abs(ink.box[0] - 1060) < 6


class TestPieces:
    """A digit of several strokes is one digit; two digits are two."""

    def ink_marks(self, ink: Floats) -> tuple[int, tuple[int, int, int, int]]:
        found = find_ink(jpeg(inked(0.85, ink, 0.15)))
        assert found is not None
        return found.others + 1, found.box

    def test_a_five_with_a_loose_bar(self) -> None:
        five = stroke(
            300, (0.32, 0.42, 0.45, 0.4), (0.45, 0.4, 0.5, 0.55), (0.5, 0.55, 0.62, 0.55),
            (0.62, 0.55, 0.68, 0.4), (0.29, 0.47, 0.28, 0.6),
        )  # fmt: skip
        marks, box = self.ink_marks(five)

        assert marks == 1
        assert box[0] < 0.28 * 300
        assert box[3] > 0.59 * 300

    def test_an_open_four(self) -> None:
        four = stroke(300, (0.3, 0.4, 0.55, 0.37), (0.55, 0.37, 0.55, 0.47), (0.3, 0.52, 0.7, 0.52))
        marks, box = self.ink_marks(four)

        assert marks == 1
        assert box[3] > 0.52 * 300

    def test_a_digit_that_a_dry_pen_left_gaps_in(self) -> None:
        seven = stroke(300, (0.3, 0.35, 0.3, 0.6), (0.34, 0.59, 0.47, 0.53), (0.5, 0.52, 0.7, 0.44))

        assert self.ink_marks(seven)[0] == 1

    @pytest.mark.parametrize("gap", [0.1, 0.2, 0.4])
    def test_two_ones(self, gap: float) -> None:
        ones = stroke(300, (0.3, 0.4, 0.7, 0.4), (0.3, 0.4 + gap, 0.7, 0.4 + gap))

        assert self.ink_marks(ones)[0] == 2

    def test_three_digits_in_a_row(self) -> None:
        digit = load_digits8().images[3].reshape(8, 8)
        ink = np.maximum.reduce([cover(digit, (200, 600), (100, at), 90) for at in (120, 290, 470)])

        assert self.ink_marks(ink)[0] == 3

    def test_one_digit_above_another(self) -> None:
        digit = load_digits8().images[3].reshape(8, 8)
        ink = np.maximum.reduce([cover(digit, (400, 300), (at, 150), 110) for at in (110, 270)])

        assert self.ink_marks(ink)[0] == 2

    def test_digits_of_many_hands_are_one_each(self, mnist: DigitSet) -> None:
        pictures = [
            photograph(image.reshape(28, 28), KINDS["dark on grey, grain, JPEG"], SIZE, place)
            for place, image in enumerate(mnist.held_out_images[:60])
        ]
        found = [find_ink(picture) for picture in pictures]

        assert np.mean([ink is not None and ink.others == 0 for ink in found]) >= 0.97


def test_ink_that_runs_out_of_the_picture_is_noticed() -> None:
    seven = stroke(200, (0.2, 0.3, 0.2, 0.7), (0.2, 0.7, 1.1, 0.4), wide=0.06)

    picture = picture_input(1 - inked(0.9, seven, 0.1), (28, 28))

    assert Doubt.TOUCHES_EDGE in picture.doubts


def test_a_digit_is_not_turned() -> None:
    seven = stroke(200, (0.3, 0.3, 0.3, 0.6), (0.3, 0.6, 0.7, 0.4), wide=0.05)
    light = inked(0.9, seven, 0.1)

    upright = picture_input(1 - light, (28, 28)).inputs.reshape(28, 28)
    turned = picture_input(1 - np.rot90(light), (28, 28)).inputs.reshape(28, 28)

    back = np.rot90(turned, -1)
    best = min(
        np.abs(np.roll(back, (i, j), axis=(0, 1)) - upright).mean()
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
    )
    assert best < 0.01
    assert np.abs(turned - upright).mean() > 0.05


def test_the_size_of_the_picture_hardly_matters() -> None:
    digit = load_digits8().images[2].reshape(8, 8)
    kind = Kind(KINDS["vignette"].paper, off=0.0)
    examples = [
        picture_input(1 - photograph(digit, kind, size, 0), (28, 28)).inputs
        for size in (60, 200, 700, 1500)
    ]

    for example in examples[:-1]:
        assert np.abs(example - examples[-1]).mean() < 0.04
