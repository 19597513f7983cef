"""Steps of a 3x3 network: in blocks, one by one in NumPy, and in plain Python."""

from __future__ import annotations

import numpy as np

from model.files.library import open_experiment
from model.path.saved import new_path
from tests.benchmarks.measure import faster, heading, side_by_side

_STEPS = 20_000
_EXPERIMENT = "Several inputs and outputs"


def main() -> None:
    """Print how block steps compare with the two loops."""
    heading(f"{_STEPS:,} steps of a 3x3 network")
    experiment = open_experiment(_EXPERIMENT)
    inputs, target = experiment.setup.row(0)
    alpha = experiment.setup.alpha

    def blocks() -> None:
        new_path(experiment).extend(_STEPS)

    def numpy_loop() -> None:
        weights = experiment.weights.copy()
        for _ in range(_STEPS):
            delta = weights @ inputs - target
            weights -= alpha * np.outer(delta, inputs)

    def plain_loop() -> None:
        weights = experiment.weights.tolist()
        x, goal = inputs.tolist(), target.tolist()
        for _ in range(_STEPS):
            for row, wanted in zip(weights, goal, strict=True):
                delta = sum(w * v for w, v in zip(row, x, strict=True)) - wanted
                for i, v in enumerate(x):
                    row[i] -= alpha * delta * v

    for name, loop in (("one-by-one NumPy loop", numpy_loop), ("plain-Python loop", plain_loop)):
        mine, other = side_by_side(blocks, loop, rounds=5)
        faster("block steps", mine, name, other)
