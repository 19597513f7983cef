"""Nested samples of the examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.image_space import draw_sample


@given(n=st.integers(1, 300), a=st.integers(1, 400), b=st.integers(1, 400), seed=st.integers(0, 9))
def test_a_smaller_sample_is_the_first_part_of_a_larger_one(
    n: int, a: int, b: int, seed: int
) -> None:
    small, large = (draw_sample(n, count, seed) for count in sorted((a, b)))

    assert len(small) == min(n, *sorted((a, b))[:1])
    assert large.examples[: len(small)].tolist() == small.examples.tolist()
    assert len(set(large.examples.tolist())) == len(large) == min(n, max(a, b))
    assert large.is_whole == (max(a, b) >= n)


def test_every_example_has_the_same_chance() -> None:
    counts = np.zeros(20)
    for seed in range(2000):
        counts[draw_sample(20, 5, seed).examples] += 1

    # 500 each, with a deviation of 19.
    assert np.abs(counts - 500).max() < 80


def test_where_examples_lie_in_a_sample() -> None:
    sample = draw_sample(10, 4, seed=1)

    rows = sample.rows_of(np.arange(10))

    assert [int(rows[example]) for example in sample.examples] == [0, 1, 2, 3]
    assert (rows == -1).sum() == 6


def test_a_sample_says_how_it_was_drawn() -> None:
    assert draw_sample(2000, 1000, 7).in_words() == (
        "1,000 of 2,000 examples, drawn at random (seed 7); a smaller sample is the first part of "
        "a larger one"
    )
    assert draw_sample(1797, 2000).in_words() == "all 1,797 examples"
    assert draw_sample(1, 2000).in_words() == "the only example"


@pytest.mark.parametrize(("n", "count", "seed"), [(0, 1, 0), (5, 0, 0), (5, 5, -1)])
def test_what_is_no_sample_is_refused(n: int, count: int, seed: int) -> None:
    with pytest.raises(ValueError, match=r"sample|seed"):
        draw_sample(n, count, seed)
