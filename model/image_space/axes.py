"""Directions in the space of all images, to be used as the axes of a picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.examples import sealed
from model.network import Floats

if TYPE_CHECKING:
    from model.image_space.inputs import SampleInputs
    from model.image_space.pca import PCA

AxisKind = Literal["pixel", "component", "score", "difference", "picture"]


@dataclass(frozen=True)
class AxisChoice:
    """What a person chose for an axis; plain, so that it can be saved and compared.

    ``numbers`` counts from 0: (input,) of a pixel, (component,), (output,) of a score, and the
    two labels (plus, minus) of a difference; empty for a picture, which is kept beside it.
    """

    kind: AxisKind
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Axis:
    """One direction: an example's coordinate is ``direction @ (x - origin)``.

    Attributes
    ----------
    choice : AxisChoice
    name : str
        For a person: "pixel 4, 9", "score of 4", "component 1".
    direction : float64 array, shape (n_inputs,)
        Not made a unit vector: the score of an output is to be the score itself.
    shift : float
        ``direction @ origin``, taken off every product: not 0 for components alone, which are
        measured from the average example.
    is_live : bool
        Whether it changes while the network learns.
    """

    choice: AxisChoice
    name: str
    direction: Floats
    shift: float = 0.0
    is_live: bool = False


def pixel_axis(column: int, names: Sequence[str], columns: int | None) -> Axis:
    """One input as an axis; ``columns`` of an image, None where inputs form none."""
    direction = np.zeros(len(names))
    direction[column] = 1.0
    if columns is None:
        name = names[column]
    else:
        name = say("pixel {row}, {column}", row=column // columns, column=column % columns)
    return Axis(AxisChoice("pixel", (column,)), name, sealed(direction))


def component_axis(pca: PCA, component: int) -> Axis:
    """A principal component as an axis, from 0, measured from the average example."""
    direction = pca.components[component]
    name = say("component {number}", number=component + 1)
    shift = float(direction @ pca.mean)
    return Axis(AxisChoice("component", (component,)), name, direction, shift)


def score_axis(output: int, outputs: Sequence[str], weights: Floats) -> Axis:
    """The score of one output as an axis: its row of ``weights`` (n_outputs, n_inputs)."""
    name = say("score of {output}", output=outputs[output])
    return Axis(AxisChoice("score", (output,)), name, weights[output], is_live=True)


def difference_axis(
    inputs: SampleInputs, labels: NDArray[np.integer], plus: int, minus: int, classes: Sequence[str]
) -> Axis:
    """From the average of one class to the average of another one, ``labels`` (n,).

    Raises ValueError where the sample has no example of one of them.
    """
    means = []
    for label in (plus, minus):
        rows = np.flatnonzero(labels == label)
        if not len(rows):
            raise ValueError(say("the sample has no example of {label}", label=classes[label]))
        means.append(inputs.rows(rows).mean(axis=0))
    name = say("mean of {plus} − mean of {minus}", plus=classes[plus], minus=classes[minus])
    return Axis(AxisChoice("difference", (plus, minus)), name, sealed(means[0] - means[1]))


def picture_axis(picture: Floats) -> Axis:
    """A picture that a person painted, (n_inputs,), negative where orange.

    Raises ValueError where nothing is painted: then everything would lie at 0.
    """
    if not picture.any():
        raise ValueError(say("paint something: along an empty picture every example lies at 0"))
    return Axis(AxisChoice("picture"), say("the painted picture"), sealed(picture.copy()))
