"""A selection, summed up."""

from __future__ import annotations

import numpy as np

from model.image_space import sum_up
from tests.model.image_space.examples import digits

LABELS = np.array([0, 1, 1, 2, 1])
ANSWERS = np.array([0, 1, 2, 2, 1])
ERRORS = np.array([0.5, 0.1, 0.9, 0.3, 0.2])


def test_average_labels_confusion_and_the_worst() -> None:
    inputs = digits(5)
    rows = np.array([0, 1, 2])

    found = sum_up(inputs, rows, LABELS, ANSWERS, ERRORS, 3)

    assert np.allclose(found.average, inputs.rows(rows).mean(axis=0), rtol=0, atol=1e-15)
    assert found.confusion.tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 0]]
    assert found.labels.tolist() == [1, 2, 0]
    assert found.worst == 2


def test_nothing_selected_and_nothing_labelled() -> None:
    none = sum_up(digits(5), np.zeros(0, dtype=np.intp), LABELS, ANSWERS, ERRORS, 3)
    assert none.worst is None
    assert not none.average.any()
    assert not none.confusion.any()

    unlabelled = sum_up(digits(5), np.array([3, 4]), None, ANSWERS, ERRORS, 3)
    assert unlabelled.worst == 3
    assert not unlabelled.labels.any()


def test_the_average_of_many_is_exact() -> None:
    inputs = digits(700)

    found = sum_up(inputs, np.arange(700), None, np.zeros(700, int), np.zeros(700), 10)

    assert np.array_equal(found.average, inputs.mean)
