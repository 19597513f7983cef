"""Rulings go, and strokes that cross them or look a little like them stay."""

from __future__ import annotations

import numpy as np
import pytest

from model.ink.filters import Picture
from model.ink.rulings import without_rulings

NOISE = 0.03


def ruled(lean: float = 0.0, depth: float = 0.3, step: int = 30) -> Picture:
    row, column = np.mgrid[:240, :240]
    lines = np.abs((row + lean * column) % step - step / 2) < 1
    return np.where(lines, depth, 0.0).astype(np.float32)


@pytest.mark.parametrize("lean", [-0.15, -0.04, 0.0, 0.02, 0.1])
@pytest.mark.parametrize("upright", [False, True])
def test_ruled_lines_go(lean: float, upright: bool) -> None:
    lines = ruled(lean)

    left = without_rulings(lines.T if upright else lines, NOISE)

    # Where a leaning line only crosses a corner, it is too short to be known for one.
    corners = 0.5 * abs(lean)
    assert (left > NOISE).sum() <= (0.02 + corners) * (lines > NOISE).sum()


def test_squares_go() -> None:
    squares = np.maximum(ruled(), ruled().T)

    assert not (without_rulings(squares, NOISE) > NOISE).any()


@pytest.mark.parametrize("depth", [0.3, 0.8])
def test_a_stroke_that_crosses_them_stays_whole(depth: float) -> None:
    stroke = np.zeros((240, 240), dtype=np.float32)
    stroke[40:200, 100:112] = 0.8

    left = without_rulings(np.maximum(ruled(depth=depth), stroke), NOISE)

    assert (left[stroke > 0] > 0.7).all()
    assert (left[stroke == 0] > NOISE).sum() < 20


def test_darker_ink_along_a_line_stays() -> None:
    bar = np.zeros((240, 240), dtype=np.float32)
    bar[104:107, 80:160] = 0.8

    left = without_rulings(np.maximum(ruled(), bar), NOISE)

    assert (left[bar > 0] > 0.7).all()


def test_a_lone_stroke_is_no_ruling() -> None:
    one = np.zeros((240, 240), dtype=np.float32)
    one[12:228, 118:122] = 0.8

    assert (without_rulings(one, NOISE) == one).all()


def test_a_lone_line_from_edge_to_edge_is_one() -> None:
    margin = np.zeros((240, 240), dtype=np.float32)
    margin[:, 40:43] = 0.4

    assert not (without_rulings(margin, NOISE) > NOISE).any()


def test_a_small_picture_is_left_as_it_is() -> None:
    line = np.zeros((40, 40), dtype=np.float32)
    line[20] = 0.5

    assert (without_rulings(line, NOISE) == line).all()
