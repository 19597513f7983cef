"""The figures of lessons 13 to 15 once more, by lists and a loop."""

from __future__ import annotations

import pytest

from model.files.mnist import load_digits8
from tests.model.lessons.course.asked import number
from tests.model.lessons.course.test_figures import Table, digits

VECTORS = {
    "a": [0.0, 1.0, 0.0, 1.0],
    "b": [1.0, 0.0, 1.0, 0.0],
    "c": [0.0, 1.0, 1.0, 0.0],
    "d": [0.5, 0.0, 0.5, 0.0],
    "e": [0.0, 1.0, -1.0, 0.0],
}


def dot(one: list[float], other: list[float]) -> float:
    total = 0.0
    for left, right in zip(one, other, strict=True):
        total += left * right
    return total


def distance(one: list[float], other: list[float]) -> float:
    total = 0.0
    for left, right in zip(one, other, strict=True):
        total += (left - right) ** 2
    return float(total**0.5)


def images() -> Table:
    found: Table = load_digits8().images.tolist()
    return found


def moved_right(image: list[float]) -> list[float]:
    rows = [image[place : place + 8] for place in range(0, 64, 8)]
    return [ink for row in rows for ink in [0.0, *row[:-1]]]


# -- 13: weights as pictures -----------------------------------------------------------------------


def test_the_picture_of_zero_is_a_ring_with_orange_inside() -> None:
    zero = digits(1500)[0]
    middle = [zero[row * 8 + column] for row in (3, 4) for column in (3, 4)]
    assert max(middle) < 0
    # To the left and right of it, on the ring, it is blue.
    assert min(zero[3 * 8 + 6], zero[4 * 8 + 2], zero[3 * 8 + 1]) > 0
    orange = number("weights-as-pictures", 1, "start.against(0)")
    assert sum(weight < 0 for weight in zero) == orange


def test_ink_in_the_middle_takes_a_zero_from_itself() -> None:
    weights, image = digits(1500), images()[0]
    for place in (27, 28, 35, 36):
        assert image[place] == 0.0
        image[place] = 1.0
    scores = [dot(row, image) for row in weights]
    assert scores[0] == pytest.approx(0.269, abs=0.001)
    assert scores.index(max(scores)) == 8


# -- 14: the dot product ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "expected"), [("bd", 1.0), ("dd", 0.5), ("ce", 0.0), ("ab", 0.0), ("bb", 2.0)]
)
def test_dot_products_of_the_five_vectors(pair: str, expected: float) -> None:
    assert dot(VECTORS[pair[0]], VECTORS[pair[1]]) == expected
    assert number("dot-product", 1, f"start.dot({pair[0]}, {pair[1]})") == expected


def test_an_eight_has_more_in_common_with_a_zero_than_the_zero_with_itself() -> None:
    shown = images()
    assert dot(shown[0], shown[424]) > dot(shown[0], shown[0])
    assert load_digits8().labels[424] == 8
    asked = number("dot-product", 6, "start.dot(1, 425)")
    assert asked == pytest.approx(dot(shown[0], shown[424]), rel=1e-12)


# -- 15: images as lists ---------------------------------------------------------------------------


def test_somebody_elses_nine_is_nearer_than_the_same_zero_moved() -> None:
    shown, labels = images(), load_digits8().labels
    moved, nine = distance(shown[0], moved_right(shown[0])), distance(shown[0], shown[1412])
    assert (labels[0], labels[1412], labels[1078]) == (0, 9, 0)
    assert f"{nine:.2f} against {moved:.2f}" == "1.98 against 3.19"
    assert nine < distance(shown[0], shown[1078])
    assert number("image-space", 1, "moved.start.distance(1, 2)") == pytest.approx(moved, rel=1e-12)
    assert number("image-space", 1, "start.distance(1, 1413)") == pytest.approx(nine, rel=1e-12)


def test_zeros_lie_furthest_along_their_own_weights() -> None:
    labels, zero = load_digits8().labels.tolist()[:1500], digits(1500)[0]
    scores = [dot(zero, image) for image in images()[:1500]]
    own = [score for score, label in zip(scores, labels, strict=True) if label == 0]
    others = [score for score, label in zip(scores, labels, strict=True) if label != 0]
    assert sum(own) / len(own) == pytest.approx(0.71, abs=0.005)
    assert abs(sum(others) / len(others)) < 0.01


def test_shuffled_pixels_make_no_difference_to_what_is_read() -> None:
    mixed = number("image-space", 2, "mixed.at(1000).held_out")
    assert mixed == number("image-space", 2, "plain.at(1000).held_out")
    # The pictures of weights are drawn in another order: what was the corner has ink now.
    assert number("image-space", 2, "mixed.start.blank") == 3
