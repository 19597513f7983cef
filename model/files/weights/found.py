"""Weights as they were found in a file or a text, and whether they fit a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.door import mark, say
from model.edits import MAX_NUMBER
from model.errors import ExperimentError
from model.examples import Order1D
from model.experiment import Experiment
from model.network import Floats, first_beyond

_QUOTED = 40


class WeightsError(ExperimentError):
    """No weights can be taken from what was given; one sentence with the next step."""


@dataclass(frozen=True, eq=False)
class FoundWeights:
    """Numbers that are meant to be weights.

    Attributes
    ----------
    name : str
        Where they came from, for messages.
    values : numpy.ndarray
        One row for each output, one column for each input; not checked in any other way.
    outputs, inputs : tuple of str or None
        What the rows and the columns are called; None where they have no names.
    """

    name: str
    values: Floats
    outputs: tuple[str, ...] | None = None
    inputs: tuple[str, ...] | None = None


def fitted(found: FoundWeights, experiment: Experiment, order: Order1D | None = None) -> Floats:
    """The weights (n_outputs, n_inputs) of an experiment, from what was found.

    Rows and columns with names go to the outputs and inputs of these names, in whatever order
    they stand; others are taken by their place. ``order`` is that of the pixels while they are
    shuffled: files have the published one.

    Raises WeightsError where the shapes differ (both are named), where a name is not one of the
    network's, and where a number is not finite or larger than weights may be.
    """
    _check_shape(found, experiment.weights.shape)
    rows = _places(
        found.outputs, experiment.outputs,
        mark("{name}: there is a row for the output “{given}”, and this network has no output of "
             "that name: rename it, or leave the names of the rows out to go by their places"),
        found.name,
    )  # fmt: skip
    columns = _places(
        found.inputs, experiment.inputs,
        mark("{name}: there is a column for the input “{given}”, and this network has no input of "
             "that name: rename it, or leave the names of the columns out to go by their places"),
        found.name,
    )  # fmt: skip
    weights = found.values[np.ix_(rows, columns)]
    _check_numbers(found, experiment, weights)
    return weights if order is None else weights[:, order]


def _check_shape(found: FoundWeights, wanted: tuple[int, ...]) -> None:
    given = found.values.shape
    if given == wanted:
        return
    sizes = {
        "name": found.name, "rows": given[0], "columns": given[1], "outputs": wanted[0],
        "inputs": wanted[1],
    }  # fmt: skip
    if given[::-1] == wanted:
        raise WeightsError(
            say("{name}: the weights there are {rows:,} × {columns:,}, and those of this network "
                "{outputs:,} × {inputs:,} (outputs × inputs): turn rows into columns first",
                **sizes)
        )  # fmt: skip
    raise WeightsError(
        say("{name}: the weights there are {rows:,} × {columns:,}, and those of this network "
            "{outputs:,} × {inputs:,} (outputs × inputs): choose weights of the same shape",
            **sizes)
    )  # fmt: skip


def _places(
    given: Sequence[str] | None, wanted: Sequence[str], sentence: str, name: str
) -> NDArray[np.intp]:
    """Which row or column of what was found belongs to each name of the network, (n,)."""
    places: dict[str, list[int]] = {}
    if given is None or list(given) == list(wanted):
        return np.arange(len(wanted))
    # Blanks around a name are lost in most tables.
    for place, each in enumerate(given):
        places.setdefault(each.strip(), []).append(place)
    known = {each.strip() for each in wanted}
    for each in given:
        if each.strip() not in known:
            raise WeightsError(say(sentence, name=name, given=each.strip()[:_QUOTED]))
    found = [places.get(each.strip(), []) for each in wanted]
    for each, at in zip(wanted, found, strict=True):
        if not at:
            raise WeightsError(
                say("{name}: there is nothing for “{missing}”, and another name stands there "
                    "twice: give every name once", name=name, missing=each[:_QUOTED])
            )  # fmt: skip
    return np.array([at.pop(0) for at in found], dtype=np.intp)


def _check_numbers(found: FoundWeights, experiment: Experiment, weights: Floats) -> None:
    beyond = first_beyond(weights, MAX_NUMBER)
    if beyond is not None:
        output, column = beyond
        raise WeightsError(
            say("{name}: the weight of “{output}” for “{input}” is {value:g}: it must be a finite "
                "number of at most {limit:,.0f}",
                name=found.name, output=experiment.outputs[output],
                input=experiment.inputs[column], value=float(weights[output, column]),
                limit=MAX_NUMBER)
        )  # fmt: skip
