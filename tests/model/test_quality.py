"""Accuracy, error, confusion and worst mistakes, held against loops over lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.quality import joined, judge, quality_of, scores_of

Case = tuple[list[list[float]], list[int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Scores [image][output], many of them equal, and labels."""
    n_outputs = draw(st.integers(1, 5))
    score = st.sampled_from([-1.0, 0.0, 0.25, 1.0]) | st.floats(-1e6, 1e6)
    row = st.lists(score, min_size=n_outputs, max_size=n_outputs)
    scores = draw(st.lists(row, min_size=1, max_size=30))
    labels = st.integers(0, n_outputs - 1)
    return scores, draw(st.lists(labels, min_size=len(scores), max_size=len(scores)))


def guess_of(row: list[float]) -> int:
    best = 0
    for at in range(1, len(row)):
        if row[at] > row[best]:
            best = at
    return best


def worst_of(case: Case, most: int, label: int | None, guess: int | None) -> list[int]:
    found = []
    for image, (row, right) in enumerate(zip(*case, strict=True)):
        said = guess_of(row)
        if said != right and label in (None, right) and guess in (None, said):
            found.append((-(row[said] - row[right]), image))
    return [image for _, image in sorted(found)][:most]


def arrays(case: Case) -> tuple[np.ndarray, np.ndarray]:
    return np.array(case[0]), np.array(case[1], dtype=np.uint8)


@given(cases())
def test_accuracy_error_and_confusion_are_those_of_a_loop(case: Case) -> None:
    scores, labels = case
    n = len(scores[0])
    right, total, counts = 0, 0.0, [[0] * n for _ in range(n)]
    for row, label in zip(scores, labels, strict=True):
        right += guess_of(row) == label
        counts[label][guess_of(row)] += 1
        for output, score in enumerate(row):
            total += (score - (1.0 if output == label else 0.0)) ** 2

    quality = quality_of(judge(*arrays(case)))

    assert quality.accuracy == pytest.approx(right / len(scores), rel=1e-12)
    assert quality.error == pytest.approx(total / (len(scores) * n), rel=1e-12)
    assert quality.confusion.tolist() == counts


@given(cases(), st.integers(1, 12), st.none() | st.integers(0, 4), st.none() | st.integers(0, 4))
def test_the_worst_mistakes_are_those_of_a_sorted_list(
    case: Case, most: int, label: int | None, guess: int | None
) -> None:
    quality = quality_of(judge(*arrays(case)))

    assert quality.worst(most, label, guess).tolist() == worst_of(case, most, label, guess)


@given(cases(), st.data())
def test_parts_judged_apart_and_joined_are_the_whole(case: Case, data: st.DataObject) -> None:
    scores, labels = arrays(case)
    cut = data.draw(st.integers(0, len(scores)))

    parts = [judge(scores[:cut], labels[:cut]), judge(scores[cut:], labels[cut:])]
    apart, whole = quality_of(joined(parts)), quality_of(judge(scores, labels))

    assert (apart.accuracy, apart.error) == (whole.accuracy, whole.error)
    assert apart.confusion.tolist() == whole.confusion.tolist()
    assert apart.worst(9).tolist() == whole.worst(9).tolist()


def test_scores_are_one_prediction_an_image_however_many_there_are() -> None:
    rng = np.random.default_rng(3)
    weights, images = rng.normal(size=(10, 784)), rng.random((200, 784))

    scores = scores_of(weights, images)

    for image in (0, 63, 64, 199):
        for output in (0, 9):
            total = 0.0
            for w, x in zip(weights[output].tolist(), images[image].tolist(), strict=True):
                total += w * x
            assert scores[image, output] == pytest.approx(total, rel=1e-12)


def test_where_all_scores_are_equal_the_first_output_is_the_answer() -> None:
    quality = quality_of(judge(np.zeros((4, 3)), np.array([0, 1, 2, 0])))

    assert quality.accuracy == 0.5
    assert quality.confusion[:, 0].tolist() == [2, 1, 1]
    assert quality.worst(5).tolist() == [1, 2]


@pytest.mark.parametrize("labels", [[0, 3], [0, -1], [0], [[0, 1]]])
def test_labels_that_do_not_fit_are_refused(labels: list[int]) -> None:
    with pytest.raises(ValueError, match="label"):
        judge(np.zeros((2, 3)), np.array(labels))


def test_no_images_say_nothing() -> None:
    with pytest.raises(ValueError, match="no image"):
        quality_of(judge(np.empty((0, 3)), np.empty(0, dtype=np.uint8)))
