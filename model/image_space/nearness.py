"""The nearest examples of an image in the full space, and its place in a finished map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.image_space.inputs import SampleInputs
from model.network import Floats


class Near(NamedTuple):
    """The k nearest rows of a sample, nearest first, and their distances: each (k,)."""

    rows: NDArray[np.intp]
    distances: Floats


def nearest_rows(inputs: SampleInputs, image: Floats, k: int, without: int | None = None) -> Near:
    """The k rows of a sample nearest to an image (n_inputs,) by Euclid's distance.

    ``without`` leaves out one row, as the image itself. Of equal distances the earlier row comes
    first. There are fewer than k where the sample has no more.
    """
    raise NotImplementedError


def place_in_map(near: Near, coordinates: Floats) -> Floats:
    """Where an image belongs in a map (n, d): the mean of its neighbours' places, (d,).

    If the nearest is the image itself (distance 0) it is that one's place.
    """
    raise NotImplementedError
