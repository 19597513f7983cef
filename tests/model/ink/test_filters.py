"""The filters are what plain loops say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.ink.filters import Picture, closed, highest, opened, reduced, softened

pictures = arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    elements=st.integers(0, 255).map(lambda level: level / 256),
)
lengths = st.integers(0, 8).map(lambda half: 2 * half + 1)


def looped_highest(picture: Picture, length: int, axis: int) -> Picture:
    best = picture.copy()
    n = picture.shape[axis]
    for at in range(n):
        near = range(max(0, at - length // 2), min(n, at + length // 2 + 1))
        window = picture.take(list(near), axis=axis).max(axis=axis)
        if axis == 0:
            best[at] = window
        else:
            best[:, at] = window
    return best


@given(picture=pictures, length=lengths, axis=st.integers(0, 1))
def test_highest(picture: Picture, length: int, axis: int) -> None:
    assert (highest(picture, length, axis) == looped_highest(picture, length, axis)).all()


@given(picture=pictures, length=lengths)
def test_closing_only_lightens_and_a_second_time_changes_nothing(
    picture: Picture, length: int
) -> None:
    once = closed(picture, length)

    assert (once >= picture).all()
    assert (closed(once, length) == once).all()


@given(picture=pictures, length=lengths, axis=st.integers(0, 1))
def test_opening_only_darkens(picture: Picture, length: int, axis: int) -> None:
    assert (opened(picture, length, axis) <= picture).all()


def test_closing_fills_what_is_narrow_and_keeps_what_is_wide_and_every_edge() -> None:
    picture = np.ones((40, 40), dtype=np.float32)
    picture[:, 20:] = 0.5  # a shadow
    narrow = picture.copy()
    narrow[10:30, 8:12] = 0.0
    narrow[10:14, 16:30] = 0.0

    assert (closed(narrow, 7) == picture).all()


def test_softening_keeps_a_plain_slope_inside() -> None:
    picture = np.add.outer(np.arange(9), 2 * np.arange(7)).astype(np.float32)

    assert softened(picture)[1:-1, 1:-1] == pytest.approx(picture[1:-1, 1:-1])


@given(picture=pictures, longest=st.integers(1, 12))
def test_a_reduced_picture_has_means_of_its_parts(picture: Picture, longest: int) -> None:
    small = reduced(picture, longest)

    assert max(small.shape) == min(longest, max(picture.shape))
    for i in range(small.shape[0]):
        rows = _share(i, picture.shape[0], small.shape[0])
        for j in range(small.shape[1]):
            columns = _share(j, picture.shape[1], small.shape[1])
            assert small[i, j] == pytest.approx(picture[rows, columns].mean(), abs=1e-5)


def _share(k: int, n: int, m: int) -> slice:
    return slice(k * n // m, (k + 1) * n // m)
