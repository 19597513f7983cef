"""Inputs of samples for the tests of this room."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from model.examples import Examples
from model.files.mnist import load_digits8
from model.image_space import SampleInputs, finished, gather
from model.network import Floats


def inputs_of(rows: ArrayLike) -> SampleInputs:
    """All of these examples (n, n_inputs), gathered."""
    inputs: Floats = np.array(rows, dtype=np.float64)
    examples = Examples(inputs, np.zeros((len(inputs), 1)))
    return finished(gather(examples, np.arange(len(inputs))))


def digits(n: int) -> SampleInputs:
    """The first n shipped digits of 8 x 8 pixels."""
    return inputs_of(load_digits8().images[:n])
