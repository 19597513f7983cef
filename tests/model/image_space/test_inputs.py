"""The inputs of a sample in few bytes, and their projection."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.examples import Examples
from model.image_space import finished, gather, project
from model.image_space.inputs import distinct_rows
from model.network import Floats
from tests.model.image_space.examples import inputs_of

rng = np.random.default_rng(3)
BYTES = rng.integers(0, 256, (300, 12)) / 255
SIXTEENTHS = rng.integers(0, 17, (20, 12)) / 16
NUMBERS = rng.normal(0, 5, (20, 12))


@pytest.mark.parametrize(
    ("rows", "levels"), [(BYTES, 255), (SIXTEENTHS, 16), (NUMBERS, 1), (SIXTEENTHS + 1, 1)]
)
def test_pixels_are_kept_as_bytes_and_numbers_as_they_are(rows: Floats, levels: int) -> None:
    inputs = inputs_of(rows)

    assert inputs.levels == levels
    assert inputs.values.dtype == (np.float64 if levels == 1 else np.uint8)
    assert np.array_equal(inputs.rows(slice(None)), rows)
    assert np.array_equal(inputs.column(3), rows[:, 3])
    assert np.allclose(inputs.mean, rows.mean(axis=0), rtol=1e-14, atol=1e-14)
    assert np.allclose(inputs.squared_lengths, (rows**2).sum(axis=1), rtol=1e-13)


def test_edited_rows_are_gathered_as_edited_and_in_the_order_asked_for() -> None:
    examples = Examples(BYTES.copy(), np.zeros((300, 1))).with_rows(
        {5: (BYTES[9] / 3, np.zeros(1))}
    )

    inputs = finished(gather(examples, np.array([7, 5, 299])))

    assert np.array_equal(inputs.rows(slice(None)), np.stack((BYTES[7], BYTES[9] / 3, BYTES[299])))


@pytest.mark.parametrize("rows", [BYTES, SIXTEENTHS, NUMBERS])
def test_a_projection_is_the_dot_product_of_every_example(rows: Floats) -> None:
    directions = rng.normal(size=(3, 12))
    expected = [[sum(a * b for a, b in zip(x, v, strict=True)) for v in directions] for x in rows]

    exact = project(inputs_of(rows), directions, np.float64)
    quick = project(inputs_of(rows), directions)

    assert np.allclose(exact, expected, rtol=0, atol=1e-12)
    assert np.allclose(quick, expected, rtol=0, atol=1e-4)


@given(
    st.lists(st.tuples(st.sampled_from((0.0, -0.0, 0.5)), st.sampled_from((0.0, 2.0))), min_size=1)
)
def test_different_rows_are_found_in_their_order(rows: list[tuple[float, float]]) -> None:
    known: list[tuple[float, float]] = []
    for row in rows:
        known += [row] if row not in known else []

    distinct, which = distinct_rows(inputs_of(rows))

    assert [tuple(row) for row in distinct.rows(slice(None)).tolist()] == known
    assert [known[i] for i in which] == rows
