"""Any image becomes an example as those of MNIST are; strokes cover what a round tip covers."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.files.mnist import load_digits8, load_mnist
from model.image_input import centred, drawn, erased, framed, pen_radius
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


def looped_example(ink: Floats, shape: tuple[int, int]) -> Rows:
    """The whole recipe, a pixel at a time; gives up where a tie makes two answers right."""
    assume(ink.any())
    digit = looped_scale(looped_crop(ink.tolist()), shape)
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


class TestFramed:
    @given(gray=grays, shape=shapes)
    def test_is_what_the_recipe_says_pixel_by_pixel(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        expected = looped_example(gray, shape)

        assert framed(gray, shape).reshape(shape) == pytest.approx(np.array(expected), abs=1e-9)

    @given(gray=grays, shape=shapes)
    def test_is_ink_of_the_right_shape(self, gray: Floats, shape: tuple[int, int]) -> None:
        assume(gray.any())
        example = framed(gray, shape)

        assert example.shape == (shape[0] * shape[1],)
        assert example.dtype == np.float64
        assert np.isfinite(example).all()
        assert example.min() >= 0
        assert example.max() == 1

    @given(gray=grays, shape=shapes)
    def test_the_centre_of_mass_is_at_the_centre_where_the_frame_allows(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        assume(gray.any())
        example = framed(gray, shape).reshape(shape)

        for axis, side in enumerate(shape):
            mass = example.sum(axis=1 - axis)
            centre = (side - 1) / 2 if min(shape) < 16 else side // 2
            middle = float(mass @ np.arange(side) / mass.sum())
            touches_start, touches_end = mass[0] > 0, mass[-1] > 0
            # Where it lies further off, the ink already touches the edge it would have to cross.
            assert middle - centre <= 0.5 + 1e-9 or touches_start
            assert centre - middle <= 0.5 + 1e-9 or touches_end

    @pytest.mark.parametrize("shape", SHAPES)
    def test_a_tall_stroke_fills_the_height_of_its_box(self, shape: tuple[int, int]) -> None:
        gray = np.zeros((600, 300))
        gray[50:550, 140:150] = 1.0

        rows = np.flatnonzero(framed(gray, shape).reshape(shape).any(axis=1))

        assert len(rows) == (shape[0] if min(shape) < 16 else round(shape[0] * 20 / 28))

    def test_proportions_stay(self) -> None:
        gray = np.zeros((300, 300))
        gray[100:180, 100:140] = 1.0  # twice as high as wide

        example = framed(gray, MNIST).reshape(MNIST)

        assert np.count_nonzero(example.any(axis=1)) == 20
        assert np.count_nonzero(example.any(axis=0)) == 10

    @pytest.mark.parametrize("at", [(0, 0), (3, 250), (270, 9)])
    def test_the_place_on_the_paper_does_not_matter(self, at: tuple[int, int]) -> None:
        rng = np.random.default_rng(0)
        digit = rng.uniform(0.2, 1.0, (25, 40))
        papers = [np.zeros((300, 300)), np.zeros((300, 300))]
        papers[0][100:125, 100:140] = digit
        papers[1][at[0] : at[0] + 25, at[1] : at[1] + 40] = digit

        assert (framed(papers[1], MNIST) == framed(papers[0], MNIST)).all()

    def test_without_ink_there_is_no_example(self) -> None:
        with pytest.raises(ValueError, match="no ink"):
            framed(np.zeros((9, 9)), MNIST)


class TestPublishedImages:
    """What is already prepared comes through as it was: the recipe is the one of the data."""

    def test_mnist(self, mnist_folder: Path) -> None:
        images = load_mnist(mnist_folder, 300).images

        examples = np.array([framed(image.reshape(MNIST), MNIST) for image in images])

        # Except that the darkest pixel becomes 1.
        assert np.mean(np.abs(examples - images).max(axis=1) < 0.021) > 0.99

    def test_the_small_digits(self) -> None:
        images = load_digits8().images[:300]

        examples = [framed(image.reshape(SMALL), SMALL).reshape(SMALL) for image in images]

        # They were not centred by mass, so that some come out a column to the side.
        for example, image in zip(examples, images, strict=True):
            published = image.reshape(SMALL) / image.max()
            shifted = [np.roll(published, by, axis=1) for by in (-1, 0, 1)]
            assert min(np.abs(example - one).max() for one in shifted) < 1e-12


class TestCentred:
    @given(data=st.data(), place=st.integers(0, 299))
    def test_wherever_a_digit_was_drawn_it_lies_in_the_same_place(
        self, data: st.DataObject, place: int
    ) -> None:
        image = load_digits8().images[place].reshape(SMALL)
        frame = np.pad(image, 10)
        down, right = data.draw(st.integers(-10, 10)), data.draw(st.integers(-10, 10))

        moved = centred(np.roll(frame, (down, right), axis=(0, 1)).ravel(), MNIST)

        assert (moved == centred(frame.ravel(), MNIST)).all()

    def test_moved_digits_of_mnist_come_back(self, mnist_folder: Path) -> None:
        rng = np.random.default_rng(0)
        for image in load_mnist(mnist_folder, 200).images:
            at_home = centred(image, MNIST)
            rows, columns = (np.flatnonzero(image.reshape(MNIST).any(axis=k)) for k in (1, 0))
            down = rng.integers(-rows[0], 28 - rows[-1])
            right = rng.integers(-columns[0], 28 - columns[-1])
            away = np.roll(image.reshape(MNIST), (down, right), axis=(0, 1)).ravel()

            assert (centred(away, MNIST) == at_home).all()
            assert np.sort(at_home).tolist() == np.sort(image).tolist()

    def test_published_digits_of_mnist_stay_where_they_are(self, mnist_folder: Path) -> None:
        images = load_mnist(mnist_folder, 300).images

        assert np.mean([(centred(image, MNIST) == image).all() for image in images]) > 0.99

    @given(ink=arrays(np.float64, 784, elements=st.floats(-1, 1), fill=st.just(0.0)))
    def test_nothing_is_lost_and_doing_it_again_changes_nothing(self, ink: Floats) -> None:
        once = centred(ink, MNIST)

        assert np.sort(once).tolist() == np.sort(ink).tolist()
        assert (centred(once, MNIST) == once).all()

    def test_a_blank_sheet_stays_blank(self) -> None:
        assert not centred(np.zeros(64), SMALL).any()

    def test_the_given_drawing_is_not_changed(self) -> None:
        drawing = np.zeros(64)
        drawing[0] = 1.0

        assert centred(drawing, SMALL)[0] == 0.0
        assert drawing[0] == 1.0


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
