"""Directions as axes."""

from __future__ import annotations

import numpy as np
import pytest

from model.files.library import open_experiment
from model.image_space import (
    Axis,
    AxisChoice,
    component_axis,
    difference_axis,
    finished,
    gather,
    picture_axis,
    pixel_axis,
    principal_components,
    project,
    score_axis,
)
from model.network import Floats
from model.path.saved import new_path
from tests.model.image_space.examples import digits, inputs_of

ROWS = np.array([[0.0, 2.0, 1.0], [4.0, 0.0, 1.0], [2.0, 1.0, 0.0]])


def along(axis: Axis, rows: Floats = ROWS) -> Floats:
    return project(inputs_of(rows), axis.direction[None], np.float64)[:, 0] - axis.shift


def test_a_pixel_is_the_input_itself() -> None:
    axis = pixel_axis(1, ("a", "b", "c"), None)

    assert along(axis).tolist() == [2.0, 0.0, 1.0]
    assert axis.name == "b"
    assert pixel_axis(10, [""] * 64, 8).name == "pixel 1, 2"


def test_a_component_is_measured_from_the_average() -> None:
    pca = finished(principal_components(inputs_of(ROWS)))

    axis = component_axis(pca, 0)

    assert np.allclose(along(axis), pca.coordinates(ROWS, 1)[:, 0], rtol=0, atol=1e-12)
    assert abs(along(axis).mean()) < 1e-12
    assert axis.name == "component 1"


def test_a_score_is_the_score_at_every_step() -> None:
    experiment = open_experiment("Digits, 8x8")
    examples = experiment.setup.examples
    inputs = finished(gather(examples, np.arange(50)))
    path = new_path(experiment)
    path.extend(200)

    for step in (0, 1, 77, 200):
        weights = path.weights(step)
        for output in (0, 4, 9):
            axis = score_axis(output, experiment.outputs, weights)
            scores = [weights[output] @ examples.inputs(i) for i in range(50)]
            assert np.allclose(
                project(inputs, axis.direction[None], np.float64)[:, 0], scores, rtol=0, atol=1e-12
            )
    assert axis.is_live
    assert axis.choice == AxisChoice("score", (9,))


def test_the_difference_of_two_means() -> None:
    labels = np.array([0, 1, 0])

    axis = difference_axis(inputs_of(ROWS), labels, 0, 1, ("no", "yes"))

    assert axis.direction.tolist() == [-3.0, 1.5, -0.5]
    assert axis.name == "mean of no − mean of yes"


def test_a_class_that_the_sample_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no example of 7"):
        difference_axis(digits(3), np.zeros(3, dtype=np.int64), 0, 7, "0123456789")


def test_a_painted_picture_is_an_axis_unless_it_is_empty() -> None:
    assert along(picture_axis(np.array([1.0, -1.0, 0.0]))).tolist() == [-2.0, 4.0, 1.0]
    with pytest.raises(ValueError, match="paint something"):
        picture_axis(np.zeros(3))
