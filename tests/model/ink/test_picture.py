"""Pictures become inputs: as they are, inverted, or by their ink; doubts are data."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.files.mnist import load_digits8, load_mnist
from model.ink import Doubt, Taken, picture_input, read_picture
from model.network import Floats
from tests.model.photographs import KINDS, photograph

MNIST, SMALL = (28, 28), (8, 8)

# Files have 256 levels; multiples of 1/256 are exact, so that inverting loses nothing.
grays = arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    elements=st.integers(0, 256).map(lambda level: level / 256),
    fill=st.just(0.0),
)


def from_file(levels: Floats) -> Floats:
    """What is read of a file with these levels of 255, white is highest: ink, as readers give."""
    gray: Floats = 1.0 - levels / 255.0
    return gray


class TestPicturesOfTheDataSetsShape:
    def test_mnist_white_on_black_is_taken_to_the_bit(self, mnist_folder: Path) -> None:
        digits = load_mnist(mnist_folder, 2000)

        for image in digits.images:
            levels = np.rint(image.reshape(MNIST) * 255)
            picture = picture_input(from_file(levels), MNIST)
            assert picture.taken is Taken.AS_IT_IS
            assert (picture.inputs == image).all()

    def test_mnist_black_on_white_is_inverted_to_the_bit(self, mnist_folder: Path) -> None:
        digits = load_mnist(mnist_folder, 2000)

        for image in digits.images:
            levels = 255 - np.rint(image.reshape(MNIST) * 255)
            picture = picture_input(from_file(levels), MNIST)
            assert picture.taken is Taken.INVERTED
            assert (picture.inputs == image).all()

    @pytest.mark.parametrize("to_levels", [np.rint, np.floor], ids=["rounded", "cut off"])
    @pytest.mark.parametrize("inverted", [False, True])
    def test_so_are_the_small_digits(self, to_levels: np.ufunc, inverted: bool) -> None:
        for image in load_digits8().images:
            levels = to_levels(image.reshape(SMALL) * 255)
            picture = picture_input(from_file(255 - levels if inverted else levels), SMALL)
            assert picture.taken is (Taken.INVERTED if inverted else Taken.AS_IT_IS)
            assert (picture.inputs == image).all()

    def test_other_levels_in_a_small_picture_keep_their_own_numbers(self) -> None:
        levels = np.zeros(SMALL)
        levels[3, 3], levels[4, 4] = 200, 100

        picture = picture_input(from_file(levels), SMALL)

        assert picture.inputs[3 * 8 + 3] == 200 / 255
        assert picture.inputs[4 * 8 + 4] == 100 / 255

    def test_levels_that_no_file_has_stay_too(self) -> None:
        gray = np.zeros(MNIST)
        gray[10:14, 14] = 0.1234567

        assert (picture_input(gray, MNIST).inputs == gray.ravel()).all()

    @pytest.mark.parametrize("level", [0, 100, 255])
    def test_one_level_is_blank(self, level: int) -> None:
        with pytest.raises(ValueError, match="blank"):
            picture_input(from_file(np.full(MNIST, level)), MNIST)

    def test_hardly_any_ink_is_said(self) -> None:
        levels = np.zeros(MNIST)
        levels[10:13, 14] = 255

        assert picture_input(from_file(levels), MNIST).doubts == (Doubt.HARDLY_ANY_INK,)

    def test_a_grey_border_is_said(self) -> None:
        levels = np.full(MNIST, 120.0)
        levels[6:20, 12:17] = 10

        assert Doubt.GREY_BORDER in picture_input(from_file(levels), MNIST).doubts

    def test_published_digits_leave_no_doubt(self, mnist_folder: Path) -> None:
        images = load_mnist(mnist_folder, 500).images

        doubts = [picture_input(1 - image.reshape(MNIST), MNIST).doubts for image in images]

        assert sum(map(bool, doubts)) <= 2


class TestOtherPictures:
    @given(gray=grays, shape=st.sampled_from([MNIST, SMALL, (20, 31)]))
    def test_whatever_is_drawn_gives_ink_or_is_blank(
        self, gray: Floats, shape: tuple[int, int]
    ) -> None:
        assume(gray.shape != shape)
        try:
            picture = picture_input(gray, shape)
        except ValueError as error:
            assert "blank" in str(error)  # noqa: PT017 -- both ends are right
            return

        assert picture.inputs.shape == (shape[0] * shape[1],)
        assert picture.inputs.dtype == np.float64
        assert picture.inputs.min() >= 0
        assert picture.inputs.max() == 1
        top, left, bottom, right = picture.box
        assert 0 <= top < bottom <= gray.shape[0]
        assert 0 <= left < right <= gray.shape[1]
        assert picture.seen.any()
        assert picture.marks >= 1

    @pytest.mark.parametrize("kind", ["clean", "vignette", "squared"])
    def test_negatives_give_nearly_the_same(self, kind: str) -> None:
        digit = load_digits8().images[3].reshape(SMALL)
        light = 0.5 * photograph(digit, KINDS[kind], 300, 3)

        one, other = picture_input(1 - light, MNIST), picture_input(light, MNIST)

        assert one.taken is other.taken is Taken.INK
        assert np.abs(one.inputs - other.inputs).mean() < 0.02

    def test_several_marks_are_counted(self) -> None:
        light = np.full((200, 400), 0.9)
        light[50:150, 100:110] = light[50:150, 200:210] = light[50:150, 300:310] = 0.1

        picture = picture_input(1 - light, MNIST)

        assert picture.doubts == (Doubt.SEVERAL_MARKS,)
        assert picture.marks == 3

    def test_a_wide_mark_is_said(self) -> None:
        light = np.full((200, 400), 0.9)
        light[50:150, 100:110] = light[50:150, 290:300] = light[95:105, 100:300] = 0.1

        assert picture_input(1 - light, MNIST).doubts == (Doubt.WIDE,)

    def test_a_tiny_digit_is_said(self) -> None:
        light = np.full((100, 100), 0.9)
        light[50:60, 40:42] = light[50:52, 40:47] = 0.1

        assert picture_input(1 - light, MNIST).doubts == (Doubt.FEW_PIXELS,)

    def test_faint_ink_is_said(self) -> None:
        light = np.full((300, 300), 0.9)
        light[100:200, 140:155] = 0.84

        picture = picture_input(1 - light, MNIST)

        assert picture.doubts == (Doubt.FAINT,)
        assert picture.level == pytest.approx(0.06 / 0.9, abs=0.01)

    def test_a_good_photograph_leaves_no_doubt(self) -> None:
        for place, image in enumerate(load_digits8().images[:10]):
            light = photograph(image.reshape(SMALL), KINDS["dark on grey, grain, JPEG"], 300, place)
            assert picture_input(1 - light, MNIST).doubts == ()

    @pytest.mark.parametrize("size", [(0, 0), (0, 5), (5, 0), (5,), (5, 5, 3)])
    def test_what_has_no_pixels_is_refused(self, size: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="no pixels"):
            picture_input(np.zeros(size), MNIST)

    @pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, -0.01, 1.01, 255.0])
    def test_a_pixel_that_is_no_ink_is_refused(self, wrong: float) -> None:
        gray = np.zeros((9, 9))
        gray[4, 4], gray[4, 5] = 1.0, wrong

        with pytest.raises(ValueError, match="from 0 to 1"):
            picture_input(gray, MNIST)

    def test_paper_that_is_only_noisy_is_refused(self) -> None:
        noise = np.random.default_rng(0).uniform(0.4, 0.45, (40, 40))

        with pytest.raises(ValueError, match="blank"):
            picture_input(noise, MNIST)

    def test_the_given_picture_is_not_changed(self) -> None:
        gray = np.zeros((90, 60))
        gray[20:60, 30:36] = 0.8
        before = gray.copy()

        picture_input(gray, MNIST)

        assert (gray == before).all()


class TestReading:
    def test_the_scores_are_those_of_the_prepared_picture(self) -> None:
        digit = load_digits8().images[3].reshape(SMALL)
        gray = 1 - photograph(digit, KINDS["squared"], 200, 0)
        weights = np.random.default_rng(0).normal(size=(10, 784))

        reading = read_picture(weights, gray, MNIST)

        inputs = picture_input(gray, MNIST).inputs
        scores = [sum(w * x for w, x in zip(row, inputs, strict=True)) for row in weights]
        assert reading.scores == pytest.approx(np.array(scores))
        assert reading.answer == scores.index(max(scores))
        assert (reading.picture.inputs == inputs).all()

    @pytest.mark.parametrize("shape", [(10, 64), (784,), (0, 784)])
    def test_weights_for_other_images_are_refused(self, shape: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="do not fit images of 28 × 28 pixels"):
            read_picture(np.zeros(shape), np.eye(30), MNIST)
