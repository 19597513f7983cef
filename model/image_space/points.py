"""A sample as points with their labels and the network's predictions, and as a table of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats


@dataclass(frozen=True, eq=False)
class Points:
    """n examples with their coordinates.

    Attributes
    ----------
    examples : int64 array, shape (n,)
        From 0.
    labels : n names
        Of the class of each; empty where the targets are no classes.
    predictions : n names or numbers
        The output with the largest score; of a single output its pred itself.
    coordinates : float64 array, shape (n, d)
        d of 1 to 3.
    """

    examples: NDArray[np.int64]
    labels: Sequence[str]
    predictions: Sequence[str | float]
    coordinates: Floats


def named_points(
    examples: NDArray[np.int64],
    outputs: Sequence[str],
    targets: Floats,
    scores: Floats,
    coordinates: Floats,
) -> Points:
    """Points with the names of their classes; targets and scores are (n, n_outputs)."""
    labels = classes_of(targets)
    names = [""] * len(examples) if labels is None else [outputs[at] for at in labels.tolist()]
    predictions: Sequence[str | float]
    if len(outputs) == 1:
        predictions = [float(pred) for pred in scores[:, 0]]
    else:
        predictions = [outputs[at] for at in scores.argmax(axis=1).tolist()]
    return Points(examples, names, predictions, coordinates)


def classes_of(targets: Floats) -> NDArray[np.intp] | None:
    """The class of each example, (n,), where every target (n, n_outputs) names exactly one.

    None where the targets are no classes.
    """
    if targets.shape[1] < 2 or not len(targets):
        return None
    one_hot = ((targets == 0) | (targets == 1)).all() and (targets.sum(axis=1) == 1).all()
    return targets.argmax(axis=1) if one_hot else None


def points_csv(points: Points) -> str:
    """A table with a row for each point: example (from 1), label, prediction, x, y and z.

    A coordinate has all the digits that tell it from its neighbours.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    letters = ("x", "y", "z")[: points.coordinates.shape[1]]
    writer.writerow(["example", "label", "prediction", *letters])
    for example, label, prediction, place in zip(
        (points.examples + 1).tolist(),
        points.labels,
        points.predictions,
        points.coordinates.tolist(),
        strict=True,
    ):
        writer.writerow([example, label, prediction, *place])
    return out.getvalue()
