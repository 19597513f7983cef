"""The same fixed permutation of the pixels of every image: noise to the eye, not to a network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.experiment import Experiment
from model.network import Floats


def pixel_order(n_inputs: int, seed: int) -> NDArray[np.intp]:
    """A permutation (n_inputs,) by a seed: place i of a shuffled image has pixel ``order[i]``."""
    return np.random.default_rng(seed).permutation(n_inputs)


def in_order(shuffled: Floats, order: NDArray[np.intp]) -> Floats:
    """Images or weights (..., n_inputs) of shuffled pixels, put back in order."""
    ordered = np.empty_like(shuffled)
    ordered[..., order] = shuffled
    return ordered


def with_shuffled_pixels(experiment: Experiment, seed: int) -> Experiment:
    """The same experiment on images whose pixels all have changed places in the same way.

    Held-out images, starting weights and frozen weights go along.
    """
    raise NotImplementedError
