"""Puts the PyTorch program of an experiment together: the text, and the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.experiment import Experiment
from model.listing.data import literal, one_line
from model.listing.loop import MAX_PRINTED, headings
from model.listing.program import program_of
from model.listing.told import steps_to_print
from model.path.readable import ReadablePath
from model.programs.arrays import Arrays, whole_levels, wrapped
from model.programs.history import History, history, is_shuffled, visits
from model.programs.told import NoProgram


@dataclass(frozen=True, eq=False)
class TorchProgram:
    """A program, and the arrays that have to lie in an NPZ file beside it, if any."""

    text: str
    arrays: dict[str, NDArray[Any]]


def pytorch_program(
    experiment: Experiment,
    path: ReadablePath,
    n_steps: int,
    file_name: str,
    data_name: str,
    levels: int,
) -> TorchProgram:
    """The program that takes the first n_steps steps of a path; fewer where the path is shorter.

    ``file_name`` is what it will be called, ``data_name`` the file beside it; ``levels`` stands
    for the fullest ink of images. Raises NoProgram where the first example has no target.
    """
    setup = path.setup_at(0)
    if not setup.is_labelled(0):
        raise NoProgram(
            say("a PyTorch program learns, and this example has no target yet: say what it is")
        )
    n_steps = steps_to_print(path, n_steps)
    arrays = Arrays()
    found = history(path, n_steps, arrays)
    numbers = _Numbers(experiment, path, arrays, levels)
    lines = list(numbers.lines(n_steps, found))
    features = {
        "file": bool(arrays.kept),
        "images": numbers.on_images,
        "pixels": numbers.on_images and setup.order is not None,
        "shuffle": is_shuffled(path, n_steps),
        "changes": bool(found.changes),
        "guests": bool(found.guests),
        "frozen": bool(setup.frozen.any()),
        "path": bool(found.path),
        "weights": experiment.weights.size <= MAX_PRINTED,
    }
    features["unfrozen"] = not features["frozen"]
    features["numpy"] = features["file"] or features["shuffle"]
    images = numbers.on_images
    slots = {
        "TITLE": _in_docstring(one_line(experiment.name)),
        "STEPS": "step" if n_steps == 1 else f"{n_steps:,} steps",
        "FILE": _in_docstring(one_line(file_name)),
        "DATA": _in_docstring(one_line(data_name)),
        "DATA_NAME": repr(data_name),
        "NUMBERS": "\n".join(lines),
        "ORDER": "\n".join(visits(path, n_steps)),
        "PATH": "\n".join(found.path),
        "LEVELS_PARAMETER": ", levels=LEVELS, own=True" if images else "",
        "SCALING": " / self.levels" if images else "",
        "IF_OWN": " and self.own" if images else "",
        "INPUTS_DTYPE": "" if numbers.as_bytes else ", dtype=torch.float64",
    }
    template = (resources.files("resources") / "programs" / "pytorch.txt").read_text("utf-8")
    text = _filled(_chosen(template, features), slots)
    return TorchProgram(text, arrays.kept)


class _Numbers:
    """The experiment's own numbers, as constants of the program."""

    def __init__(
        self, experiment: Experiment, path: ReadablePath, arrays: Arrays, levels: int
    ) -> None:
        self._experiment, self._path, self._arrays = experiment, path, arrays
        self._setup = path.setup_at(0)
        self.on_images = experiment.image_shape is not None
        every = np.arange(len(self._setup.examples))
        inputs, self._targets = self._setup.examples.rows(every)
        found = whole_levels(inputs, levels) if self.on_images else None
        self.as_bytes = found is not None
        self._levels = levels if self.as_bytes else 1
        self._inputs: NDArray[Any] = inputs if found is None else found

    def lines(self, n_steps: int, found: History) -> Iterator[str]:
        """All of them, and what is changed of the examples on the way."""
        experiment, arrays = self._experiment, self._arrays
        yield f"STEPS = {n_steps}"
        yield f"ALPHA = {literal(self._setup.alpha)}"
        program = program_of(experiment, self._setup, self._path.weights(0), ())
        first, *others = map(repr, headings(program))
        yield from wrapped("HEADINGS = ", [f"[{first}", *others[:-1], f"{others[-1]}]"])
        yield ""
        yield "# A row for each example."
        # Images lie in a file, however few there are: nobody reads them.
        yield from arrays.assigned("INPUTS", self._inputs, self.on_images)
        yield from arrays.assigned("TARGETS", self._targets, self.on_images)
        if self.on_images:
            yield f"LEVELS = {self._levels}"
        if self.on_images and self._setup.order is not None:
            yield "# Which pixel of a published image each place has."
            yield from arrays.assigned("PIXELS", self._setup.order, True)
        yield ""
        yield "# A row of weights for each output."
        names = [one_line(name) for name in experiment.outputs]
        yield from arrays.assigned("WEIGHTS", self._path.weights(0), self.on_images, names)
        if self._setup.frozen.any():
            yield "# True where a weight is frozen."
            yield from arrays.assigned("FROZEN", self._setup.frozen, self.on_images)
        if found.changes:
            yield ""
            yield "# What was changed of examples: (step, input or target, example, column, value);"
            yield "# of shuffled pixels (step, order, the place that each one comes from)."
            yield from ["CHANGES = [", *found.changes, "]"]
        if found.guests:
            yield ""
            yield "# Steps at which another example stood in: its inputs and its targets."
            yield from ["GUESTS = {", *found.guests, "}"]


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _chosen(template: str, features: dict[str, bool]) -> str:
    """The template without the parts between ``#[feature`` and ``#]`` that are not wanted."""
    lines, wanted = [], [True]
    for line in template.splitlines():
        if line.startswith("#["):
            wanted.append(wanted[-1] and features[line[2:]])
        elif line == "#]":
            wanted.pop()
        elif wanted[-1]:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _filled(template: str, slots: dict[str, str]) -> str:
    """The text with every ``{{SLOT}}`` filled in; what is filled in is not looked through again."""
    return re.sub(r"\{\{([A-Z_]+)\}\}", lambda slot: slots[slot[1]], template)
