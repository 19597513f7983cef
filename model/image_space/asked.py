"""A picture of the space of images asked for in one word: ``pixels:14,14+8,12``, ``tsne``, …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.door import say, say_count
from model.examples import Examples
from model.experiment import Experiment
from model.image_space.axes import Axis, AxisChoice, component_axis, pixel_axis, score_axis
from model.image_space.forms import FORMS
from model.image_space.inputs import SampleInputs, distinct_rows, gather, project
from model.image_space.layouts import (
    LAYOUTS,
    LayoutKind,
    LayoutSettings,
    fitting,
    make_layout,
)
from model.image_space.pca import principal_components
from model.image_space.points import Points, named_points
from model.image_space.portions import finished
from model.image_space.samples import draw_sample
from model.network import Floats

_USUAL_COUNT = 2000


@dataclass(frozen=True)
class Asked:
    """What was asked for: some axes, or a layout.

    Attributes
    ----------
    axes : of AxisChoice
        Two or three; empty for a layout.
    layout : "tsne", "mds", "sammon", "graph" or None
    dimensions : 2 or 3
    """

    axes: tuple[AxisChoice, ...] = ()
    layout: LayoutKind | None = None
    dimensions: int = 2


def read_asked(text: str, experiment: Experiment) -> Asked:
    """Understand one of ``FORMS``; ``pca:3`` and layouts with ``:3`` are in three dimensions.

    Raises ValueError, with one sentence that names what is wrong.
    """
    kind, _, rest = text.strip().partition(":")
    if kind in LAYOUTS:
        return Asked(layout=kind, dimensions=_dimensions(kind, rest))
    if kind == "pca":
        n = _dimensions(kind, rest)
        return Asked(tuple(AxisChoice("component", (at,)) for at in range(n)), dimensions=n)
    if kind == "pixels":
        chosen = [_pixel(word, experiment) for word in _words(kind, rest, "+")]
        axes = tuple(AxisChoice("pixel", (at,)) for at in chosen)
    elif kind == "inputs":
        chosen = [_named(word, experiment.inputs, kind) for word in _words(kind, rest, "+")]
        axes = tuple(AxisChoice("pixel", (at,)) for at in chosen)
    elif kind == "scores":
        chosen = [_named(word, experiment.outputs, kind) for word in _words(kind, rest, ",")]
        axes = tuple(AxisChoice("score", (at,)) for at in chosen)
    else:
        raise ValueError(say("{text} is none of {forms}", text=repr(text[:60]), forms=FORMS))
    return Asked(axes, dimensions=len(axes))


def find_points(
    experiment: Experiment,
    examples: Examples,
    weights: Floats,
    asked: Asked,
    count: int | None = None,
    seed: int = 0,
) -> tuple[Points, str | None]:
    """The points that were asked for, and a sentence on what had to be chosen otherwise.

    ``examples`` and ``weights`` (n_outputs, n_inputs) are those of the moment; ``count`` of them
    are drawn by the seed, as many as a picture usually has unless it is given. Raises ValueError,
    with one sentence, where there can be no such picture of them.
    """
    usual = _USUAL_COUNT if asked.layout is None else LAYOUTS[asked.layout].usual
    sample = draw_sample(len(examples), usual if count is None else count, seed)
    inputs = finished(gather(examples, sample.examples))
    remark = None
    if asked.layout is None:
        coordinates = _along(_axes(asked.axes, experiment, inputs, weights), inputs)
    else:
        wanted = LayoutSettings(asked.layout, asked.dimensions, seed=seed)
        settings = fitting(wanted, len(distinct_rows(inputs)[0]))
        if settings != wanted:
            remark = say(
                "a perplexity of {wanted:g} needs more examples: {most:g} is taken",
                wanted=wanted.perplexity,
                most=settings.perplexity,
            )
        layout = make_layout(inputs, settings)
        finished(layout.prepare())
        for _ in range(layout.n_steps):
            layout.step()
        coordinates = layout.coordinates
    scores = project(inputs, weights, np.float64)
    targets = examples.rows(sample.examples)[1]
    return named_points(sample.examples, experiment.outputs, targets, scores, coordinates), remark


def _axes(
    chosen: Sequence[AxisChoice], experiment: Experiment, inputs: SampleInputs, weights: Floats
) -> list[Axis]:
    if chosen[0].kind == "component":
        pca = finished(principal_components(inputs))
        if len(chosen) > len(pca.components):
            raise ValueError(
                say_count(
                    "the sample has one principal component, and {wanted} are needed",
                    "the sample has {n} principal components, and {wanted} are needed",
                    len(pca.components),
                    wanted=len(chosen),
                )
            )
        return [component_axis(pca, axis.numbers[0]) for axis in chosen]
    if chosen[0].kind == "score":
        return [score_axis(axis.numbers[0], experiment.outputs, weights) for axis in chosen]
    shape = experiment.image_shape
    columns = None if shape is None else shape[1]
    return [pixel_axis(axis.numbers[0], experiment.inputs, columns) for axis in chosen]


def _along(axes: Sequence[Axis], inputs: SampleInputs) -> Floats:
    directions = np.stack([axis.direction for axis in axes])
    shifts = np.array([axis.shift for axis in axes])
    return np.asarray(project(inputs, directions, np.float64) - shifts)


def _dimensions(kind: str, text: str) -> int:
    if text not in ("", "2", "3"):
        raise ValueError(
            say("{kind} has two dimensions, or three as {kind}:3, not {text}",
                kind=kind, text=repr(text[:40]))
        )  # fmt: skip
    return int(text or 2)


def _words(kind: str, text: str, between: str) -> list[str]:
    words = [word.strip() for word in text.split(between)]
    if len(words) not in (2, 3) or not all(words):
        raise ValueError(
            say("{kind}: takes two or three, with {between} between them, not {text}",
                kind=kind, between=repr(between), text=repr(text[:40]))
        )  # fmt: skip
    return words


def _pixel(text: str, experiment: Experiment) -> int:
    shape = experiment.image_shape
    if shape is None:
        raise ValueError(
            say("the inputs of {name} are no pixels: inputs:A+B names two of them",
                name=experiment.name)
        )  # fmt: skip
    found = re.fullmatch(r"([0-9]{1,5}),([0-9]{1,5})", text)
    row, column = (int(found[1]), int(found[2])) if found else (-1, -1)
    if not (0 <= row < shape[0] and 0 <= column < shape[1]):
        raise ValueError(
            say("{text} is no pixel: row and column from 0,0 to {row},{column}",
                text=repr(text[:40]), row=shape[0] - 1, column=shape[1] - 1)
        )  # fmt: skip
    return row * shape[1] + column


def _named(text: str, names: Sequence[str], kind: str) -> int:
    if text not in names:
        known = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        raise ValueError(
            say("{kind}: there is no {text}: they are called {known}",
                kind=kind, text=repr(text[:40]), known=known)
        )  # fmt: skip
    return names.index(text)
