import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from gui.look.image_colors import diverging_image, ink_image, largest, on_paper
from gui.look.theme import DARK, LIGHT, PROJECTOR, look
from model.network import Floats

pytestmark = pytest.mark.usefixtures("qapp")


def matrix(rows: list[list[float]]) -> Floats:
    return np.array(rows, dtype=np.float64)


def rgb(image: QImage, row: int, col: int) -> tuple[int, int, int]:
    color = image.pixelColor(col, row)
    return color.red(), color.green(), color.blue()


def rgb_of(color: str) -> tuple[int, int, int]:
    made = QColor(color)
    return made.red(), made.green(), made.blue()


def test_rows_and_columns_stay_where_they_are() -> None:
    image = diverging_image(matrix([[0, 0, 1], [-1, 0, 0]]), 1.0)

    assert (image.width(), image.height()) == (3, 2)
    assert rgb(image, 0, 2) == rgb_of(LIGHT.positive)
    assert rgb(image, 1, 0) == rgb_of(LIGHT.negative)
    assert rgb(image, 0, 0) == rgb_of(LIGHT.zero)


def test_beyond_the_scale_the_colour_stays_at_its_fullest() -> None:
    image = diverging_image(matrix([[3.0, 3e300, -1e12]]), 3.0)

    assert rgb(image, 0, 0) == rgb(image, 0, 1) == rgb_of(LIGHT.positive)
    assert rgb(image, 0, 2) == rgb_of(LIGHT.negative)


def test_a_scale_close_to_nothing_is_no_fault() -> None:
    image = diverging_image(matrix([[1e300, 0.0]]), 1e-300)

    assert rgb(image, 0, 0) == rgb_of(LIGHT.positive)
    assert rgb(image, 0, 1) == rgb_of(LIGHT.zero)


def test_a_scale_of_zero_goes_with_zeros() -> None:
    values = np.zeros((2, 2))

    assert rgb(diverging_image(values, largest(values)), 1, 1) == rgb_of(LIGHT.zero)


def test_every_row_may_have_its_own_scale() -> None:
    image = diverging_image(matrix([[1.0], [10.0]]), matrix([[1.0], [10.0]]))

    assert rgb(image, 0, 0) == rgb(image, 1, 0) == rgb_of(LIGHT.positive)


@given(st.floats(-1, 1))
def test_a_colour_lies_as_far_from_white_as_its_value_from_zero(value: float) -> None:
    shown = rgb(diverging_image(matrix([[value]]), 1.0), 0, 0)
    end = rgb_of(LIGHT.positive if value > 0 else LIGHT.negative)

    for part, white, full in zip(shown, rgb_of(LIGHT.zero), end, strict=True):
        # 127 steps of up to 255 levels: one step is 2 levels, and both are rounded.
        assert abs(part - (white + abs(value) * (full - white))) <= 2


def test_ink_is_black_on_paper_and_cut_off_at_its_ends() -> None:
    image = ink_image(matrix([[0.0, 1.0, 0.5, -2.0, 7.0]]))

    assert rgb(image, 0, 0) == rgb(image, 0, 3) == rgb_of(LIGHT.zero)
    assert rgb(image, 0, 1) == rgb(image, 0, 4) == (0, 0, 0)
    assert 126 <= rgb(image, 0, 2)[0] <= 128


def test_paper_stays_paper_in_the_dark_theme() -> None:
    look.choose("dark")

    assert rgb(ink_image(matrix([[0.0, 1.0]])), 0, 0) == rgb_of(DARK.zero)
    assert rgb(ink_image(matrix([[0.0, 1.0]])), 0, 1) == (0, 0, 0)
    weights = diverging_image(matrix([[0.0, 1.0, -1.0]]), 1.0)
    assert rgb(weights, 0, 0) == rgb_of(DARK.zero)
    # On white the dark theme's own pale blue and orange would hardly be seen.
    assert rgb(weights, 0, 1) == rgb_of(LIGHT.positive)
    assert rgb(weights, 0, 2) == rgb_of(LIGHT.negative)
    assert on_paper("frozen") == LIGHT.color("frozen")


def test_each_theme_has_its_own_colours_at_once() -> None:
    look.choose("projector")

    image = diverging_image(matrix([[1.0]]), 1.0)

    assert rgb(image, 0, 0) == rgb_of(PROJECTOR.positive)


def test_an_image_keeps_what_it_showed_when_the_numbers_change() -> None:
    values = matrix([[1.0]])
    image = diverging_image(values, 1.0)

    values[:] = -1.0

    assert rgb(image, 0, 0) == rgb_of(LIGHT.positive)


def test_the_largest_size_counts_on_both_sides_of_zero() -> None:
    assert largest(matrix([[0.5, -2.0]])) == 2.0
    assert largest(matrix([[0.5, 0.25]])) == 0.5
    assert largest(np.zeros((0, 3))) == 0.0
