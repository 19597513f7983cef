"""The same fixed permutation of the pixels of every image: noise to the eye, not to a network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.digits import in_order, shuffled_pixels
from model.door import say
from model.experiment import Experiment
from model.network import Floats


def with_shuffled_pixels(experiment: Experiment, seed: int | None) -> Experiment:
    """The same experiment afresh, on images whose pixels all have changed places by this seed.

    With None they are put in order again. Held-out images, starting weights and frozen weights
    go along, so that the network learns just as before. Raises ValueError where the inputs are
    no images.
    """
    digits = experiment.digits
    if digits is None:
        raise ValueError(say("only the pixels of images can be shuffled"))
    other = digits.shuffled(seed)
    shuffled = experiment.on(other)
    setup = shuffled.setup
    frozen = _moved(setup.frozen.astype(np.float64), digits.shuffle, seed) > 0
    weights = _moved(experiment.weights, digits.shuffle, seed)
    return replace(shuffled, setup=replace(setup, frozen=frozen), weights=weights)


def _moved(rows: Floats, before: int | None, after: int | None) -> Floats:
    """Rows (n, n_inputs) of pixels shuffled by one seed, shuffled by another one instead."""
    ordered = rows if before is None else in_order(rows, before)
    return ordered if after is None else shuffled_pixels(ordered, after)
