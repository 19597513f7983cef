"""What a selection of examples has in common: average image, labels, confusion, the worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.image_space.inputs import ROWS, SampleInputs
from model.network import Floats


@dataclass(frozen=True, eq=False)
class Selection:
    """Some rows of a sample, summed up.

    Attributes
    ----------
    rows : intp array, shape (m,)
    average : float64 array, shape (n_inputs,)
        All 0 where nothing is selected.
    confusion : int64 array, shape (n_outputs, n_outputs)
        How many have that label (row) and that answer (column); all 0 without labels.
    worst : int or None
        The row with the largest error.
    """

    rows: NDArray[np.intp]
    average: Floats
    confusion: NDArray[np.int64]
    worst: int | None

    @property
    def labels(self) -> NDArray[np.int64]:
        """How many have each label, (n_outputs,)."""
        counts: NDArray[np.int64] = self.confusion.sum(axis=1)
        return counts


def sum_up(
    inputs: SampleInputs,
    rows: NDArray[np.intp],
    labels: NDArray[np.integer] | None,
    answers: NDArray[np.integer],
    errors: Floats,
    n_outputs: int,
) -> Selection:
    """Sum up some rows; labels, answers and errors (n,) are those of the whole sample."""
    confusion = np.zeros((n_outputs, n_outputs), dtype=np.int64)
    if labels is not None:
        np.add.at(confusion, (labels[rows], answers[rows]), 1)
    average = np.zeros(inputs.n_inputs)
    for start in range(0, len(rows), ROWS):
        average += inputs.sums(rows[start : start + ROWS])
    return Selection(
        rows,
        average / max(1, len(rows)),
        confusion,
        int(rows[errors[rows].argmax()]) if len(rows) else None,
    )
