from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.panels.weight_images.brush import Brush, BrushKind, Stroke, dab, line
from gui.session import Session
from model.network import Floats
from tests.gui.helpers.image_bench import SHAPE, digits_session

pytestmark = pytest.mark.usefixtures("qapp")

pixels = st.tuples(st.integers(-20, 40), st.integers(-20, 40))


@given(pixels, pixels)
def test_a_line_leaves_no_gap(start: tuple[int, int], end: tuple[int, int]) -> None:
    found = line(start, end)

    assert found[0] == start
    assert found[-1] == end
    for here, there in pairwise(found):
        assert max(abs(here[0] - there[0]), abs(here[1] - there[1])) == 1


@given(pixels, pixels)
def test_a_line_stays_close_to_the_straight_one(
    start: tuple[int, int], end: tuple[int, int]
) -> None:
    down, right = end[0] - start[0], end[1] - start[1]
    for row, col in line(start, end):
        off = abs((row - start[0]) * right - (col - start[1]) * down)
        assert off <= 0.75 * max(abs(down), abs(right), 1)


@given(st.integers(1, 5), pixels)
def test_a_dab_is_round_and_clipped(size: int, pixel: tuple[int, int]) -> None:
    touched = np.zeros((9, 12), dtype=np.bool_)

    dab(touched, pixel, size)

    for row in range(9):
        for col in range(12):
            # From the middle of the brush, in pixels; an even brush has none in its middle.
            down = row - (pixel[0] - (1 - size % 2) / 2)
            right = col - (pixel[1] - (1 - size % 2) / 2)
            assert touched[row, col] == (down**2 + right**2 <= (size / 2) ** 2)


@pytest.mark.parametrize(("size", "n"), [(1, 1), (2, 4), (3, 9), (4, 12), (5, 21)])
def test_a_larger_brush_covers_more(size: int, n: int) -> None:
    touched = np.zeros((9, 9), dtype=np.bool_)

    dab(touched, (4, 4), size)

    assert touched.sum() == n


def stroke(session: Session, brush: Brush, output: int, *through: tuple[int, int]) -> bool:
    drawn = Stroke(session, brush, output, SHAPE, through[0])
    return all(drawn.extend(pixel) for pixel in through)


def image(session: Session, output: int) -> Floats:
    return session.state.weights[output].reshape(SHAPE)


def test_paint_sets_the_weights_under_the_brush_and_no_others() -> None:
    session = digits_session()
    session.playback.take(30)
    before = session.state.weights.copy()

    assert stroke(session, Brush("paint", value=0.7), 4, (1, 1), (1, 6))

    assert image(session, 4)[1, 1:7].tolist() == [0.7] * 6
    after = session.state.weights.copy()
    after[4].reshape(SHAPE)[1, 1:7] = before[4].reshape(SHAPE)[1, 1:7]
    assert np.array_equal(after, before)


def test_the_scores_change_at_once() -> None:
    session = digits_session()
    inked = int(np.argmax(session.state.inputs))
    row, col = divmod(inked, SHAPE[1])

    stroke(session, Brush("paint", value=0.7), 4, (row, col))

    assert session.state.pred[4] == pytest.approx(0.7 * session.state.inputs[inked], rel=1e-12)


def test_erase_sets_zero() -> None:
    session = digits_session()
    session.playback.take(30)

    stroke(session, Brush("erase", size=5), 3, (3, 3))

    assert not image(session, 3)[2:5, 2:5].any()
    assert image(session, 3).any()


def test_a_stroke_is_one_entry_for_undo_however_long() -> None:
    session = digits_session()
    session.playback.take(30)
    before = session.state.weights.copy()

    stroke(session, Brush("paint"), 4, (0, 0), (0, 7), (7, 7), (7, 0))

    assert session.edits.count == 1
    assert session.edits.undo_text == "painted 22 weights of 4"
    session.edits.undo()
    assert np.array_equal(session.state.weights, before)


def test_frozen_weights_hold_to_the_last_bit_while_the_others_learn() -> None:
    session = digits_session()
    session.playback.take(30)
    stroke(session, Brush("freeze", size=3), 4, (3, 3), (5, 4))
    frozen = session.state.setup.frozen.copy()
    held = session.state.weights[frozen]

    session.playback.take(50)

    assert frozen[4].reshape(SHAPE)[3, 3]
    assert not frozen[:4].any()
    assert np.array_equal(session.state.weights[frozen], held)
    assert not np.array_equal(image(session, 5), np.zeros(SHAPE))


def test_unfreeze_takes_back_what_was_frozen() -> None:
    session = digits_session()
    stroke(session, Brush("freeze", size=5), 4, (3, 3))
    stroke(session, Brush("unfreeze"), 4, (3, 3))

    frozen = session.state.setup.frozen[4].reshape(SHAPE)
    assert not frozen[3, 3]
    assert frozen.sum() == 20


def test_all_images_change_at_the_same_pixels() -> None:
    session = digits_session(count_outputs=3)

    stroke(session, Brush("paint", value=-0.5, all_images=True), 1, (2, 2), (2, 4))

    for output in range(3):
        assert image(session, output)[2, 2:5].tolist() == [-0.5] * 3
    assert session.edits.undo_text == "painted 9 weights of all outputs"


@pytest.mark.parametrize("kind", ["erase", "unfreeze"])
def test_what_changes_nothing_leaves_no_entry(kind: BrushKind) -> None:
    session = digits_session()

    assert stroke(session, Brush(kind), 0, (0, 0), (7, 7))

    assert session.edits.count == 0
    assert session.path.edits == ()


def test_a_stroke_beside_the_image_touches_nothing() -> None:
    session = digits_session()

    assert stroke(session, Brush("paint", size=2), 0, (-9, -9), (-9, 30))

    assert session.edits.count == 0


def test_a_stroke_may_leave_the_image_and_come_back() -> None:
    session = digits_session()

    stroke(session, Brush("paint", value=1.0), 0, (2, 2), (-1, 2), (-1, 4), (1, 4))

    assert np.argwhere(image(session, 0)).tolist() == [[0, 2], [0, 4], [1, 2], [1, 4], [2, 2]]


def test_a_refused_stroke_says_why_and_changes_nothing() -> None:
    session = digits_session()
    refused: list[str] = []
    session.notices.refused.connect(refused.append)

    row, col = divmod(int(np.argmax(session.state.inputs)), SHAPE[1])
    assert not stroke(session, Brush("paint", value=9e8), 2, (row, col))

    assert len(refused) == 1
    assert refused[0].startswith("painted 1 weight of 2: ")
    assert not session.state.weights.any()
    assert session.edits.count == 0
