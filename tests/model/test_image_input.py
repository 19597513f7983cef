"""Any image becomes an example as those of MNIST are; strokes cover what a round tip covers."""

from __future__ import annotations

import math
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.files.mnist import load_digits8, load_mnist
from model.image_input import as_example, drawn, erased, pen_radius
from model.network import Floats

Rows = list[list[float]]

MNIST, SMALL = (28, 28), (8, 8)
SHAPES = [MNIST, SMALL, (16, 16), (20, 31), (9, 40), (5, 6)]

shapes = st.sampled_from(SHAPES)
# Files have 256 levels; multiples of 1/256 are exact, so that inverting loses nothing.
grays = arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    elements=st.integers(0, 256).map(lambda level: level / 256),
    fill=st.just(0.0),
)
places = st.tuples(st.floats(-3, 31), st.floats(-3, 31))


def looped_ink(gray: Rows) -> Rows:
    """How far each pixel stands out from the paper that the border shows."""
    height, width = len(gray), len(gray[0])
    ring = max(1, min(height, width) // 20)
    border = [
        gray[i][j]
        for i in range(height)
        for j in range(width)
        if min(i, j, height - 1 - i, width - 1 - j) < ring
    ]
    paper = median(border)
    spread = 4 * 1.4826 * median(abs(value - paper) for value in border)
    sign = 1 if paper <= 0.5 else -1
    above = [[sign * (value - paper) for value in row] for row in gray]
    return [[value if value > max(0.02, spread) else 0.0 for value in row] for row in above]


def looped_crop(ink: Rows) -> Rows:
    rows = [i for i, row in enumerate(ink) if any(row)]
    columns = [j for j in range(len(ink[0])) if any(row[j] for row in ink)]
    return [row[columns[0] : columns[-1] + 1] for row in ink[rows[0] : rows[-1] + 1]]


def looped_scale(ink: Rows, shape: tuple[int, int]) -> Rows:
    """The mean of the area that each pixel of the result covers."""
    height, width = len(ink), len(ink[0])
    box = [side if min(shape) < 16 else round(side * 20 / 28) for side in shape]
    scale = min(box[0] / height, box[1] / width)
    rows, cols = max(1, round(height * scale)), max(1, round(width * scale))

    def mean(row: int, column: int) -> float:
        top, bottom = row * height / rows, (row + 1) * height / rows
        left, right = column * width / cols, (column + 1) * width / cols
        total = area = 0.0
        for i in range(math.floor(top), min(math.ceil(bottom), height)):
            for j in range(math.floor(left), min(math.ceil(right), width)):
                part = (min(bottom, i + 1) - max(top, i)) * (min(right, j + 1) - max(left, j))
                total, area = total + part * ink[i][j], area + part
        return total / area

    return [[mean(row, column) for column in range(cols)] for row in range(rows)]


def looped_example(gray: Floats, shape: tuple[int, int]) -> Rows:
    """The whole recipe, a pixel at a time; gives up where a tie makes two answers right."""
    ink = looped_ink(gray.tolist())
    assume(any(any(row) for row in ink))
    digit = looped_scale(looped_crop(ink), shape)
    mass = sum(map(sum, digit))
    middles = (
        sum(i * sum(row) for i, row in enumerate(digit)) / mass,
        sum(j * value for row in digit for j, value in enumerate(row)) / mass,
    )
    corner = []
    for side, size, middle in zip(shape, (len(digit), len(digit[0])), middles, strict=True):
        wanted = ((side - 1) / 2 if min(shape) < 16 else side // 2) - middle
        assume(abs(wanted - math.floor(wanted) - 0.5) > 1e-9)
        corner.append(min(max(0, math.floor(wanted + 0.5)), side - size))
    largest = max(map(max, digit))
    frame = [[0.0] * shape[1] for _ in range(shape[0])]
    for i, row in enumerate(digit):
        for j, value in enumerate(row):
            frame[corner[0] + i][corner[1] + j] = value / largest
    return frame


def ink_or_skip(gray: Floats, shape: tuple[int, int]) -> Floats:
    """The example; where nothing is drawn the image makes none."""
    try:
        return as_example(gray, shape)
    except ValueError:
        assume(False)
        raise


def photo(digit: Floats, noise: float, seed: int) -> Floats:
    """The digit drawn in gray on unevenly lit, noisy paper, 20 times as large."""
    rng = np.random.default_rng(seed)
    large = np.pad(np.kron(digit, np.ones((20, 20))), 60)
    light = np.linspace(0.18, 0.22, large.shape[1])
    gray = light + 0.6 * large + rng.normal(0, noise, large.shape)
    clipped: Floats = np.clip(gray, 0, 1)
    return clipped


class TestAsExample:
    @given(gray=grays, shape=shapes)
    def test_is_what_the_recipe_says_pixel_by_pixel(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        expected = looped_example(gray, shape)

        assert as_example(gray, shape).reshape(shape) == pytest.approx(np.array(expected), abs=1e-9)

    @given(gray=grays, shape=shapes)
    def test_is_ink_of_the_right_shape(self, gray: Floats, shape: tuple[int, int]) -> None:
        example = ink_or_skip(gray, shape)

        assert example.shape == (shape[0] * shape[1],)
        assert example.dtype == np.float64
        assert np.isfinite(example).all()
        assert example.min() >= 0
        assert example.max() == 1

    @given(gray=grays, shape=shapes)
    def test_the_centre_of_mass_is_at_the_centre_where_the_frame_allows(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        example = ink_or_skip(gray, shape).reshape(shape)

        for axis, side in enumerate(shape):
            mass = example.sum(axis=1 - axis)
            centre = (side - 1) / 2 if min(shape) < 16 else side // 2
            middle = float(mass @ np.arange(side) / mass.sum())
            touches_start, touches_end = mass[0] > 0, mass[-1] > 0
            # Where it lies further off, the ink already touches the edge it would have to cross.
            assert middle - centre <= 0.5 + 1e-9 or touches_start
            assert centre - middle <= 0.5 + 1e-9 or touches_end

    @given(gray=grays, shape=shapes)
    def test_white_on_black_gives_the_same_as_black_on_white(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        ring = max(1, min(gray.shape) // 20)
        inner = np.zeros(gray.shape, dtype=bool)
        inner[ring:-ring, ring:-ring] = True
        assume(np.median(gray[~inner]) != 0.5)

        assert (ink_or_skip(1 - gray, shape) == ink_or_skip(gray, shape)).all()

    @pytest.mark.parametrize("shape", SHAPES)
    def test_a_tall_stroke_fills_the_height_of_its_box(self, shape: tuple[int, int]) -> None:
        gray = np.zeros((600, 300))
        gray[50:550, 140:150] = 1.0

        rows = np.flatnonzero(as_example(gray, shape).reshape(shape).any(axis=1))

        assert len(rows) == (shape[0] if min(shape) < 16 else round(shape[0] * 20 / 28))

    def test_proportions_stay(self) -> None:
        gray = np.zeros((300, 300))
        gray[100:180, 100:140] = 1.0  # twice as high as wide

        example = as_example(gray, MNIST).reshape(MNIST)

        assert np.count_nonzero(example.any(axis=1)) == 20
        assert np.count_nonzero(example.any(axis=0)) == 10

    @pytest.mark.parametrize("at", [(0, 0), (3, 250), (270, 9)])
    def test_the_place_on_the_paper_does_not_matter(self, at: tuple[int, int]) -> None:
        rng = np.random.default_rng(0)
        digit = rng.uniform(0.2, 1.0, (25, 40))
        papers = [np.zeros((300, 300)), np.zeros((300, 300))]
        papers[0][100:125, 100:140] = digit
        papers[1][at[0] : at[0] + 25, at[1] : at[1] + 40] = digit

        assert (as_example(papers[1], MNIST) == as_example(papers[0], MNIST)).all()

    @pytest.mark.parametrize("dark_paper", [False, True])
    def test_a_photo_of_a_digit_is_like_the_digit(self, dark_paper: bool) -> None:
        digit = load_digits8().images[3].reshape(SMALL)
        gray = photo(digit, noise=0.015, seed=1)

        example = as_example(1 - gray if dark_paper else gray, SMALL).reshape(SMALL)

        assert np.abs(example - as_example(digit, SMALL).reshape(SMALL)).mean() < 0.03
        assert (example[:, 0] == 0).all()  # the noise of the paper is no ink

    @pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
    @pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (50, 70)])
    def test_a_blank_image_is_refused(self, level: float, size: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="blank"):
            as_example(np.full(size, level), MNIST)

    def test_paper_that_is_only_noisy_is_refused(self) -> None:
        noise = np.random.default_rng(0).uniform(0.4, 0.45, (40, 40))

        with pytest.raises(ValueError, match="blank"):
            as_example(noise, MNIST)

    @pytest.mark.parametrize("size", [(0, 0), (0, 5), (5, 0), (5,), (5, 5, 3)])
    def test_what_has_no_pixels_is_refused(self, size: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="no pixels"):
            as_example(np.zeros(size), MNIST)

    @pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, -0.01, 1.01, 255.0])
    def test_a_pixel_that_is_no_ink_is_refused(self, wrong: float) -> None:
        gray = np.zeros((9, 9))
        gray[4, 4], gray[4, 5] = 1.0, wrong

        with pytest.raises(ValueError, match="from 0 to 1"):
            as_example(gray, MNIST)


class TestPublishedImages:
    """What is already prepared comes through as it was: the recipe is the one of the data."""

    def test_mnist(self, mnist_folder: Path) -> None:
        images = load_mnist(mnist_folder, 300).images

        examples = np.array([as_example(image.reshape(MNIST), MNIST) for image in images])

        # Pixels fainter than 0.02 are taken for paper, and the darkest one becomes 1.
        assert np.mean(np.abs(examples - images).max(axis=1) < 0.021) > 0.99

    def test_the_small_digits(self) -> None:
        images = load_digits8().images[:300]

        examples = [as_example(image.reshape(SMALL), SMALL).reshape(SMALL) for image in images]

        # They were not centred by mass, so that some come out a column to the side.
        for example, image in zip(examples, images, strict=True):
            published = image.reshape(SMALL) / image.max()
            shifted = [np.roll(published, by, axis=1) for by in (-1, 0, 1)]
            assert min(np.abs(example - one).max() for one in shifted) < 1e-12


def looped_cover(
    shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float], radius: float
) -> list[float]:
    """How much of each pixel a tip covers that runs from start to end."""
    length = math.dist(start, end)
    cover = []
    for row in range(shape[0]):
        for column in range(shape[1]):
            along = 0.0
            if length:
                dot = (row - start[0]) * (end[0] - start[0]) + (column - start[1]) * (
                    end[1] - start[1]
                )
                along = min(max(dot / length, 0.0), length) / length
            nearest = [a + along * (b - a) for a, b in zip(start, end, strict=True)]
            distance = math.dist((row, column), nearest)
            cover.append(min(max(radius - distance, 0.0), 1.0))
    return cover


class TestStrokes:
    @given(shape=shapes, start=places, end=places)
    def test_the_pen_leaves_the_darker_of_image_and_stroke(
        self, shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        assume(start == end or math.dist(start, end) > 1e-3)
        before = np.linspace(0, 1, shape[0] * shape[1])
        cover = looped_cover(shape, start, end, pen_radius(shape))

        expected = [max(old, new) for old, new in zip(before.tolist(), cover, strict=True)]

        assert drawn(before, shape, start, end) == pytest.approx(np.array(expected), abs=1e-9)

    @given(shape=shapes, start=places, end=places)
    def test_the_eraser_leaves_what_it_does_not_cover(
        self, shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        assume(start == end or math.dist(start, end) > 1e-3)
        before = np.linspace(0, 1, shape[0] * shape[1])
        cover = looped_cover(shape, start, end, pen_radius(shape, erasing=True))

        expected = [min(old, 1 - rub) for old, rub in zip(before.tolist(), cover, strict=True)]

        assert erased(before, shape, start, end) == pytest.approx(np.array(expected), abs=1e-9)

    @given(start=places, middle=places, end=places)
    def test_going_over_a_place_again_changes_nothing(
        self, start: tuple[float, float], middle: tuple[float, float], end: tuple[float, float]
    ) -> None:
        for change in (drawn, erased):
            once = change(change(np.full(784, 0.5), MNIST, start, middle), MNIST, middle, end)
            assert (change(once, MNIST, start, middle) == once).all()

    @pytest.mark.parametrize("shape", [MNIST, SMALL])
    def test_a_stroke_is_dark_in_its_middle_and_soft_at_its_edge(
        self, shape: tuple[int, int]
    ) -> None:
        half = shape[0] // 2
        image = drawn(np.zeros(shape[0] ** 2), shape, (1, half), (shape[0] - 2, half))
        across = image.reshape(shape)[half]

        assert across[half] > 0.95
        assert 0 < across[across > 0].min() < 1
        assert np.count_nonzero(across) <= shape[1] / 4

    def test_numbers_beyond_ink_stay_where_no_tip_went(self) -> None:
        before = np.full(64, -3.0)
        before[63] = 7.0

        for change in (drawn, erased):
            after = change(before, SMALL, (0, 0), (0, 0))
            assert after[63] == 7.0
            assert after[62] == -3.0
            assert 0.0 <= abs(after[0]) <= 1.0

    def test_the_given_image_is_not_changed(self) -> None:
        before = np.zeros(64)

        drawn(before, SMALL, (4, 4), (4, 4))

        assert not before.any()
