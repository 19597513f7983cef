"""What the parts of an experiment are called."""

from __future__ import annotations

from model.experiment import Experiment


def weight_name(experiment: Experiment, output: int, column: int) -> str:
    """The letter of a weight, row by row: a, b, ... z, aa, ab ..."""
    number = output * len(experiment.inputs) + column
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters
