"""Numbers of examples that are offered until a person has typed others; the same each time.

Every example is different, and the targets follow from the inputs by a rule that a network without
a bias can learn: each is the mean of two of the inputs.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from model.examples import sealed
from model.network import Floats

# Multiples of an irrational number, less their whole parts, are spread evenly and never repeat.
_STEP = (5**0.5 - 1) / 2


@lru_cache(maxsize=2)
def default_inputs(n_examples: int, n_inputs: int) -> Floats:
    """Inputs from 0.1 to 1 in one decimal, (n_examples, n_inputs), not to be written into."""
    rows, columns = np.arange(1, n_examples + 1), np.arange(1, n_inputs + 1)
    inputs: Floats = np.ceil(10.0 * (np.outer(rows, columns) * _STEP % 1.0)) / 10.0
    return sealed(inputs)


def default_targets(n_examples: int, n_inputs: int, n_outputs: int) -> Floats:
    """Targets that belong to the default inputs, in two decimals, (n_examples, n_outputs)."""
    inputs = default_inputs(n_examples, n_inputs)
    means = np.round((inputs + np.roll(inputs, -1, axis=1)) / 2.0, 2)
    targets: Floats = means[:, np.arange(n_outputs) % n_inputs]
    return targets
