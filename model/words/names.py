"""What the parts of an experiment are called."""

from __future__ import annotations

import re

from model.door import say
from model.experiment import Experiment

_MAX_LETTERS = 8
_QUOTED = 20


def weight_name(experiment: Experiment, output: int, column: int) -> str:
    """The letter of a weight, row by row: a, b, ... z, aa, ab ...

    Where the weights are vectors with letters of their own, vector and place: a1, a2 ... e4.
    """
    if _has_vectors(experiment):
        return f"{experiment.outputs[output]}{column + 1}"
    number = output * len(experiment.inputs) + column
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters


def weight_cell(experiment: Experiment, letters: str) -> tuple[int, int]:
    """(output, column) of the weight with these letters, the inverse of ``weight_name``.

    Raises ValueError, with one sentence for a person, where there is none.
    """
    if _has_vectors(experiment):
        return _place_in_vector(experiment, letters)
    number = 0
    for letter in letters[:_MAX_LETTERS]:
        number = number * 26 + ord(letter) - ord("a") + 1
    number -= 1
    width = len(experiment.inputs)
    is_name = letters.isascii() and letters.isalpha() and letters.islower()
    if not is_name or number >= experiment.weights.size:
        raise ValueError(_unknown(experiment, letters))
    return divmod(number, width)


def input_label(experiment: Experiment, column: int) -> str:
    """What an input is called on its card; that it is the constant is said there."""
    name = experiment.inputs[column]
    return say("{name} · always 1", name=name) if column == experiment.setup.constant else name


def _has_vectors(experiment: Experiment) -> bool:
    """Whether the outputs are vectors called by single letters, which weights must not share."""
    return (
        len(experiment.outputs) > 1
        and all(len(name) == 1 and "a" <= name <= "z" for name in experiment.outputs)
        and experiment.is_of_pairs
    )


def _place_in_vector(experiment: Experiment, name: str) -> tuple[int, int]:
    found = re.fullmatch(r"([a-z])([1-9]\d{0,3})", name)
    if (
        found is None
        or found[1] not in experiment.outputs
        or int(found[2]) > len(experiment.inputs)
    ):
        raise ValueError(_unknown(experiment, name))
    return experiment.outputs.index(found[1]), int(found[2]) - 1


def _unknown(experiment: Experiment, name: str) -> str:
    n_outputs, n_inputs = experiment.weights.shape
    return say(
        "“{letters}” is not a weight here: they run from {first} to {last}",
        letters=name[:_QUOTED],
        first=weight_name(experiment, 0, 0),
        last=weight_name(experiment, n_outputs - 1, n_inputs - 1),
    )
