"""Points on the same spot."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.image_space import spread, stacks

spots = st.lists(st.tuples(*[st.sampled_from((0.0, -0.0, 0.5, 1.0))] * 2), max_size=30)


@given(spots)
def test_points_on_one_spot_are_one_stack_in_their_order(where: list[tuple[float, float]]) -> None:
    known: list[tuple[float, float]] = []
    for spot in where:
        known += [spot] if spot not in known else []

    found = stacks(np.array(where, dtype=np.float64).reshape(-1, 2))

    assert found.stack.tolist() == [known.index(spot) for spot in where]
    assert found.place.tolist() == [where[:i].count(spot) for i, spot in enumerate(where)]
    assert found.n_hidden == len(where) - len(known)
    for i, spot in enumerate(where):
        assert found.members(i).tolist() == [j for j, other in enumerate(where) if other == spot]


def test_members_of_a_stack_keep_their_distance() -> None:
    where = np.zeros((200, 2))

    moved = spread(where, stacks(where), 0.1, 100.0)

    assert moved[0].tolist() == [0.0, 0.0]
    away = np.linalg.norm(moved[:, None] - moved, axis=-1) + np.eye(200)
    assert away.min() > 0.09
    assert np.allclose(np.linalg.norm(moved, axis=1), 0.1 * np.sqrt(np.arange(200)), atol=1e-12)


def test_a_large_stack_is_no_larger_than_it_may_be_and_others_are_left_alone() -> None:
    where = np.vstack((np.zeros((900, 2)), [[3.0, 3.0]]))

    moved = spread(where, stacks(where), 0.1, 0.5)

    assert np.isclose(np.linalg.norm(moved[:900], axis=1).max(), 0.5)
    assert moved[900].tolist() == [3.0, 3.0]


def test_along_one_axis_members_lie_side_by_side() -> None:
    where = np.array([[1.0], [1.0], [1.0], [2.0]])

    moved = spread(where, stacks(where), 0.25, 9.0)

    assert moved[:, 0].tolist() == [1.0, 1.25, 0.75, 2.0]
