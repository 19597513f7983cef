"""What the parts of an experiment are called."""

from __future__ import annotations

from model.door import say
from model.experiment import Experiment

_LONGEST = 8
_QUOTED = 20


def weight_name(experiment: Experiment, output: int, column: int) -> str:
    """The letter of a weight, row by row: a, b, ... z, aa, ab ..."""
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
    number = 0
    for letter in letters[:_LONGEST]:
        number = number * 26 + ord(letter) - ord("a") + 1
    number -= 1
    width = len(experiment.inputs)
    is_name = letters.isascii() and letters.isalpha() and letters.islower()
    if not is_name or number >= experiment.weights.size:
        raise ValueError(
            say(
                "“{letters}” is not a weight here: they run from a to {last}",
                letters=letters[:_QUOTED],
                last=weight_name(experiment, *divmod(experiment.weights.size - 1, width)),
            )
        )
    return divmod(number, width)


def input_label(experiment: Experiment, column: int) -> str:
    """What an input is called on its card; that it is the constant is said there."""
    name = experiment.inputs[column]
    return say("{name} · always 1", name=name) if column == experiment.setup.constant else name
