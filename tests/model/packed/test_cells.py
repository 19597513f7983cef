"""Many cells and numbers read like tuples, and are changed as a loop over tuples changes them."""

import numpy as np
import pytest

from model.edits import Edit, EditError, apply_edit, check_edit, says_nothing_new, with_edit
from model.packed.cells import joined, lie_within, values_in, with_cells
from model.packed.rows import MAX_TUPLE, Cells, Numbers, packed_cells, packed_numbers
from tests.model.made_up import made_up

SHAPE = (120, 100)
CELLS = [(row, column) for row in range(SHAPE[0]) for column in range(SHAPE[1])]


def test_few_stay_a_tuple_and_many_read_like_one() -> None:
    few = packed_numbers(np.array([0.5, -1.0]))
    assert isinstance(few, tuple)
    assert few == (0.5, -1.0)
    numbers, cells = packed_numbers([at / 7 for at in range(MAX_TUPLE + 1)]), packed_cells(CELLS)
    assert isinstance(numbers, Numbers)
    assert isinstance(cells, Cells)
    assert list(cells) == CELLS
    assert (cells[0], cells[-1], len(cells)) == (CELLS[0], CELLS[-1], len(CELLS))
    assert cells[3:5] == tuple(CELLS[3:5])
    assert numbers[7] == 1.0
    assert type(numbers[7]) is float
    assert all(type(place) is int for place in cells[5])
    # Whoever made them, and in whatever they came.
    again = packed_cells(np.array(CELLS))
    assert cells == again
    assert hash(cells) == hash(again)
    assert cells != packed_cells(CELLS[::-1])
    with pytest.raises(ValueError, match="read-only"):
        cells.array[0, 0] = 1
    beyond = packed_cells([*CELLS, (2**40, 0)])
    assert beyond[-1] == (2**40, 0)


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("seed", [0, 1])
def test_joined_cells_have_their_last_values_in_the_order_of_their_first(
    seed: int, far: bool
) -> None:
    rng = np.random.default_rng(seed)
    lists, values = [], []
    expected: dict[tuple[int, ...], float] = {}
    for n in (MAX_TUPLE + 5, 3, MAX_TUPLE + 200):
        at = rng.integers(0, 3000 if far else 80, size=(n, 2))
        to = rng.normal(size=n)
        lists.append(packed_cells(at))
        values.append(packed_numbers(to))
        expected.update(zip(map(tuple, at.tolist()), to.tolist(), strict=True))
    cells, numbers = joined(lists, values)
    assert dict(zip(cells, numbers, strict=True)) == expected
    assert list(cells) == list(expected)


def test_an_edit_of_many_weights_is_what_a_loop_makes() -> None:
    setup, weights = made_up(3, shape=SHAPE)
    rng = np.random.default_rng(2)
    *order, left_out = rng.permutation(len(CELLS))[: MAX_TUPLE + 500].tolist()
    at = np.array(CELLS)[order]
    to = rng.normal(size=len(at))
    to[5] = -0.0
    expected = weights.copy()
    for cell, value in zip(at.tolist(), to.tolist(), strict=True):
        expected[tuple(cell)] = value + 0.0
    edit = Edit(0, "weights", packed_numbers(to), packed_cells(at))
    made = apply_edit(setup, weights, edit)[1]
    assert made.tobytes() == expected.tobytes()
    assert values_in(made, edit.at).tolist() == [abs(v) if v == 0 else v for v in edit.to]
    assert not says_nothing_new(setup, weights, edit)
    assert says_nothing_new(setup, made, edit)
    assert edit == Edit(0, "weights", tuple(to.tolist()), tuple((r, c) for r, c in at.tolist()))
    more = Edit(0, "weights", (7.0,), (CELLS[order[9]],))
    (one,) = with_edit([edit], more)
    assert len(one.to) == len(edit.to)
    assert one.to[9] == 7.0
    new = CELLS[left_out]
    (one,) = with_edit([one], Edit(0, "weights", (8.0, 9.0), (CELLS[order[9]], new)))
    assert (one.to[9], one.at[-1], one.to[-1]) == (8.0, new, 9.0)
    assert len(one.at) == len(one.to) == len(edit.to) + 1
    # Where the many come last their own values stay.
    (one,) = with_edit([more, Edit(0, "weights", (4.0,), (new,))], edit)
    assert (one.to[9], one.at[-1], one.to[-1]) == (edit.to[9], new, 4.0)
    mask = Edit(0, "frozen", packed_numbers(np.ones(len(at))), edit.at)
    assert apply_edit(setup, weights, mask)[0].frozen.sum() == len(at)


@pytest.mark.parametrize(("place", "value"), [((120, 0), 0.0), ((0, -1), 0.0), ((1, 1), np.nan)])
def test_one_wrong_cell_among_many_is_named(place: tuple[int, int], value: float) -> None:
    setup, weights = made_up(3, shape=SHAPE)
    edit = Edit(0, "weights", [*[0.0] * len(CELLS), value], [*CELLS, place])
    with pytest.raises(EditError, match="finite" if np.isnan(value) else f"{place[0]}, {place[1]}"):
        check_edit(setup, edit)
    assert lie_within(edit.at, *SHAPE) is bool(np.isnan(value))
    with pytest.raises(EditError, match="nothing else"):
        check_edit(setup, Edit(0, "frozen", [*[0.0] * len(CELLS), 0.5], [*CELLS, (1, 1)]))
    same = with_cells(weights, packed_cells(CELLS), packed_numbers(weights.ravel()))
    assert same.tobytes() == weights.tobytes()
