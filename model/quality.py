"""How good a network is on images it does not learn from.

A network's answer is the output with the largest score, the first of them where several are
equal. Images can be judged part by part and the parts joined, so that a window stays free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

Labels = NDArray[np.integer[Any]]
Indices = NDArray[np.intp]

# OpenBLAS shares a product of more multiplications among threads, and waiting for those costs
# more than they save: measured 0.04 ms for 64 images of MNIST, several ms for twice as many.
_MULTIPLICATIONS_AT_ONCE = 64 * 7840


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network makes of m labelled images; arrays of shape (m,).

    Attributes
    ----------
    labels : the right output of each image
    guesses : the output with the largest score
    margins : the score of the guess less that of the label; 0 where the guess is right
    errors : delta**2 against the one-hot target, mean over the outputs
    n_outputs : how many outputs there are
    """

    labels: Indices
    guesses: Indices
    margins: Floats
    errors: Floats
    n_outputs: int

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Where the guess is not the label, (m,)."""
        return np.not_equal(self.guesses, self.labels)


@dataclass(frozen=True, eq=False)
class Quality:
    """The answers to a set of images, summed up.

    Attributes
    ----------
    accuracy : the part that is right, 0 to 1
    error : delta**2, mean over all images and outputs
    confusion : int64 (n_outputs, n_outputs), images by label (row) and guess (column)
    answers : what was summed up
    """

    accuracy: float
    error: float
    confusion: NDArray[np.int64]
    answers: Answers

    def worst(self, most: int, label: int | None = None, guess: int | None = None) -> Indices:
        """Up to ``most`` images that are guessed wrong, the largest margin first.

        A label or a guess restricts them to images with that label, or taken for that guess.
        Of equal margins the earlier image comes first.
        """
        answers = self.answers
        chosen = answers.wrong
        if label is not None:
            chosen &= answers.labels == label
        if guess is not None:
            chosen &= answers.guesses == guess
        found = np.flatnonzero(chosen)
        margins = answers.margins[found]
        if len(found) > most > 0:
            least = np.partition(margins, -most)[-most]
            found, margins = found[margins >= least], margins[margins >= least]
        return found[np.argsort(-margins, kind="stable")][:most]


def scores_of(weights: Floats, images: Floats) -> Floats:
    """The prediction for each of many images: images @ weights.T.

    weights (n_outputs, n_inputs), images (m, n_inputs) -> scores (m, n_outputs).
    """
    scores = np.empty((len(images), len(weights)))
    rows = rows_at_once(weights)
    for start in range(0, len(images), rows):
        np.matmul(images[start : start + rows], weights.T, out=scores[start : start + rows])
    return scores


def rows_at_once(weights: Floats) -> int:
    """How many images one product takes, such that it needs no threads."""
    return max(1, _MULTIPLICATIONS_AT_ONCE // max(1, weights.size))


def squared_deltas(weights: Floats, inputs: Floats, targets: Floats) -> float:
    """The sum of delta**2 over m examples and all outputs: delta = inputs @ weights.T - targets.

    weights (n_outputs, n_inputs), inputs (m, n_inputs), targets (m, n_outputs). Infinite or NaN
    where weights have grown beyond all use.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return float(((scores_of(weights, inputs) - targets) ** 2).sum())


def judge(scores: Floats, labels: Labels) -> Answers:
    """Compare scores (m, n_outputs) with labels (m,).

    Raises ValueError where a label is none of the outputs, or the two do not belong together.
    """
    if scores.ndim != 2 or labels.shape != scores.shape[:1]:
        raise ValueError(f"scores {scores.shape} and labels {labels.shape} do not fit")
    m, n_outputs = scores.shape
    right = labels.astype(np.intp)
    if m and not 0 <= right.min() <= right.max() < n_outputs:
        raise ValueError(f"a label is none of the {n_outputs} outputs")
    rows = np.arange(m)
    guesses = scores.argmax(axis=1) if m else np.empty(0, dtype=np.intp)
    delta = scores.copy()
    delta[rows, right] -= 1.0
    return Answers(
        labels=right,
        guesses=guesses,
        margins=scores[rows, guesses] - scores[rows, right],
        errors=(delta**2).sum(axis=1) / max(1, n_outputs),
        n_outputs=n_outputs,
    )


def joined(parts: Sequence[Answers]) -> Answers:
    """Answers to several sets of images, at least one, as answers to one set."""
    return Answers(
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.guesses for part in parts]),
        np.concatenate([part.margins for part in parts]),
        np.concatenate([part.errors for part in parts]),
        parts[0].n_outputs,
    )


def quality_of(answers: Answers) -> Quality:
    """The quality that the answers to at least one image show.

    Raises ValueError where there are none.
    """
    if not len(answers):
        raise ValueError("no image says nothing about how good a network is")
    n = answers.n_outputs
    counts = np.bincount(answers.labels * n + answers.guesses, minlength=n * n)
    return Quality(
        accuracy=1.0 - float(np.count_nonzero(answers.wrong)) / len(answers),
        error=float(answers.errors.mean()),
        confusion=counts.reshape(n, n).astype(np.int64),
        answers=answers,
    )
