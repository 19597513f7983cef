"""The nearest examples of an image in the full space, and its place in a finished map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.image_space.inputs import SampleInputs, project
from model.network import Floats

# Of the largest squares: how far a product of single precision can be off.
_DOUBT = 4e-6


class Near(NamedTuple):
    """The k nearest rows of a sample, nearest first, and their distances: each (k,)."""

    rows: NDArray[np.intp]
    distances: Floats


def nearest_rows(inputs: SampleInputs, image: Floats, k: int, without: int | None = None) -> Near:
    """The k rows of a sample nearest to an image (n_inputs,) by Euclid's distance.

    ``without`` leaves out one row, as the image itself. Of equal distances the earlier row comes
    first. There are fewer than k where the sample has no more.
    """
    length = float(image @ image)
    squares = inputs.squared_lengths + length - 2 * project(inputs, image[None])[:, 0]
    if without is not None:
        squares[without] = np.inf
    k = min(k, len(inputs) - (without is not None))
    if k < 1:
        return Near(np.zeros(0, dtype=np.intp), np.zeros(0))
    # The quick products are right to a few units of their last place: whatever may be among the
    # nearest is measured again, exactly.
    doubt = _DOUBT * (float(inputs.squared_lengths.max()) + length)
    rows = np.flatnonzero(squares <= np.partition(squares, k - 1)[k - 1] + doubt)
    differences = inputs.rows(rows) - image
    distances = np.sqrt(np.einsum("ij,ij->i", differences, differences))
    order = np.argsort(distances, kind="stable")[:k]
    return Near(rows[order], distances[order])


def place_in_map(near: Near, coordinates: Floats) -> Floats:
    """Where an image belongs in a map (n, d): the mean of its neighbours' places, (d,).

    If the nearest is the image itself (distance 0) it is that one's place. Raises ValueError
    where there is no neighbour.
    """
    if not len(near.rows):
        raise ValueError(say("an image has no place in a map without a neighbour"))
    if near.distances[0] == 0:
        place: Floats = coordinates[near.rows[0]]
        return place
    return np.asarray(coordinates[near.rows].mean(axis=0), dtype=np.float64)
