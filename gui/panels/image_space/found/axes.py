"""From what a person chose to axes: directions and the coordinates of a sample along them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gui.panels.image_space.found.data import SpaceData
from gui.session import Session
from gui.session.space.look import SpaceLook
from model.door import say
from model.image_space import (
    Axis,
    AxisChoice,
    component_axis,
    difference_axis,
    picture_axis,
    pixel_axis,
    project,
    score_axis,
)
from model.network import Floats

_MAX_COORDINATE = 1e15  # beyond it single precision has no room for squares


def axis_of(session: Session, data: SpaceData, choice: AxisChoice) -> Axis | None:
    """The axis of the moment; None while what it needs is being found.

    Raises ValueError, with one sentence, where there is none such.
    """
    experiment = session.experiment
    if data.inputs is None:
        return None
    if choice.kind == "component":
        return _component(data, choice.numbers[0])
    if choice.kind == "difference":
        if data.labels is None:
            raise ValueError(say("the examples have no classes here, and so no averages of them"))
        plus, minus = choice.numbers
        return difference_axis(data.inputs, data.labels, plus, minus, experiment.outputs)
    if choice.kind == "picture":
        return picture_axis(painted(session.view.space, len(experiment.inputs)))
    (number,) = choice.numbers
    if choice.kind == "score":
        return score_axis(number, experiment.outputs, session.state.weights)
    shape = experiment.image_shape
    return pixel_axis(number, experiment.inputs, None if shape is None else shape[1])


def _component(data: SpaceData, number: int) -> Axis | None:
    """A principal component; None while they are being found."""
    data.want_components()
    if data.pca is None:
        return None
    n = len(data.pca.components)
    if number >= n:
        raise ValueError(
            say("a sample of so few examples has no component {number}: the last is {n}",
                number=number + 1, n=n)
        )  # fmt: skip
    return component_axis(data.pca, number)


def painted(space: SpaceLook, n_inputs: int) -> Floats:
    """The picture that was painted for an axis, (n_inputs,)."""
    picture = np.zeros(n_inputs)
    for at, value in space.picture:
        picture[at] = value
    return picture


def coordinates(data: SpaceData, axes: Sequence[Axis]) -> Floats:
    """Where the sample lies along axes, (n, n_axes)."""
    assert data.inputs is not None
    found = np.empty((len(data), len(axes)), order="F")
    for at, axis in enumerate(axes):
        kind, numbers = axis.choice.kind, axis.choice.numbers
        if kind == "pixel":
            found[:, at] = data.inputs.column(numbers[0])
        elif kind == "score":
            found[:, at] = data.scores[:, numbers[0]]
        else:
            found[:, at] = project(data.inputs, axis.direction[None])[:, 0] - axis.shift
    np.clip(found, -_MAX_COORDINATE, _MAX_COORDINATE, out=found)
    return found


def place_of(image: Floats, axes: Sequence[Axis]) -> Floats:
    """Where one image (n_inputs,) lies along axes, (n_axes,)."""
    place: Floats = np.array([float(axis.direction @ image) - axis.shift for axis in axes])
    return np.clip(place, -_MAX_COORDINATE, _MAX_COORDINATE)


def name_of(choice: AxisChoice) -> str:
    """What an axis is called while it is still being found."""
    if choice.kind == "component":
        return say("component {number}", number=choice.numbers[0] + 1)
    if choice.kind == "picture":
        return say("paint a picture")
    return say("finding…")
