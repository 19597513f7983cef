"""Benches that lessons speak of: how a page begins, what might have been, and each step after.

All are paths of their own, computed in the model; what the learner does never touches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath

import numpy as np

from model.actions.spaces import first_space
from model.curves import AlphaZones, alpha_zones
from model.door import mark, say
from model.edits import Edit, EditError, says_nothing_new
from model.errors import ExperimentError
from model.examples import SHUFFLE_SEED
from model.experiment import Experiment
from model.files.library import builtin_names, open_experiment
from model.lessons.grammar import not_known, shortened
from model.lessons.lesson import Changes, Lesson, LessonError, Page
from model.lessons.quantities import NoValue
from model.listing.slips import Slip, SlipPath
from model.network import MAX_ERROR
from model.path import Path, State
from model.path.saved import saved_path
from model.phase import Phase
from model.words.names import weight_cell

Cells = tuple[tuple[int, int], ...]

# Moments of one path that are kept; with 7,840 weights each takes 130 kB.
_MAX_MOMENTS = 8

_kept: dict[str, Experiment] = {}


@dataclass(frozen=True)
class _Ahead:
    """The length of a path that ends where it is looked at."""

    length: int


@dataclass(frozen=True, eq=False)
class Moment:
    """One step of a path, as a bench that expressions can be asked of."""

    experiment: Experiment
    state: State

    @cached_property
    def zones(self) -> AlphaZones:
        """What alpha does at that step."""
        return alpha_zones(self.state.setup)

    @property
    def path(self) -> _Ahead:
        """The path up to there."""
        return _Ahead(self.state.step)

    @property
    def phase(self) -> Phase:
        """No part of that step is done yet."""
        return Phase.READY

    @property
    def slip(self) -> str | None:
        """Nobody has put a slip into its listing."""
        return None

    @property
    def space(self) -> str:
        """Nobody has looked at its space of images."""
        return first_space(self.experiment)


class Future:
    """The steps after a beginning; ``at(0)`` is the beginning itself."""

    def __init__(self, experiment: Experiment, path: Path) -> None:
        self._experiment = experiment
        self._path = path
        self._moments: dict[int, Moment] = {}

    def at(self, steps: int) -> Moment:
        """So many steps later. Raises NoValue where the path diverges before."""
        moment = self._moments.pop(steps, None) or self._look(steps)
        # The last to be asked for stands last, and the first gives way.
        self._moments[steps] = moment
        if len(self._moments) > _MAX_MOMENTS:
            del self._moments[next(iter(self._moments))]
        return moment

    def _look(self, steps: int) -> Moment:
        step = self._experiment.position + steps
        _go_to(self._path, step)
        if step > self._path.length:
            raise _ended(self._path.length)
        return Moment(self._experiment, self._path.state(step))


class SlipFuture:
    """The same beginning, gone on from by a printed slip instead of the right rule.

    Raises NoValue where the rule cannot be followed with weights of this shape.
    """

    def __init__(self, experiment: Experiment, path: Path, slip: Slip) -> None:
        self._experiment = experiment
        start = path.state(experiment.position)
        self._setup = start.setup
        try:
            self._path = SlipPath(start.setup, start.weights, slip, start=start.step)
        except ValueError as error:
            raise NoValue(str(error)) from error

    def at(self, steps: int) -> Moment:
        """So many steps later. Raises NoValue where the path diverges before."""
        step = self._experiment.position + steps
        self._path.extend(step)
        if step > self._path.length:
            raise _ended(self._path.length)
        made = self._path.at(step)
        state = State(
            step, made.example, self._setup, made.inputs, made.target, made.weights, made.pred,
            made.delta, made.error, made.weight_delta,
        )  # fmt: skip
        return Moment(self._experiment, state)


def _ended(step: int) -> NoValue:
    return NoValue(
        say(
            "after {step:,} steps the error would pass {most:.0e}, and it ends there",
            step=step,
            most=MAX_ERROR,
        )
    )


def whole_path(experiment: Experiment) -> Path:
    """The path of an experiment up to where it was saved. Raises ExperimentError."""
    path = saved_path(experiment)
    _go_to(path, experiment.length)
    if path.length < experiment.length:
        raise ExperimentError(say("the path diverges at step {step}", step=path.length))
    return path


def _go_to(path: Path, step: int) -> None:
    """Make a path longer if it must be: it computes some steps ahead, which takes a while."""
    if step > path.length:
        path.extend(step - path.length)


def bench_of(lesson: Lesson, page: Page) -> Experiment:
    """The experiment as the page begins: its saved path is the page's own (edits, position).

    ``whole_path`` makes that path; opened again, it is the same to the last bit. Raises
    LessonError where it cannot be made.
    """
    return begun(lesson, page.setup.bench)[0]


def begun(lesson: Lesson, changes: Changes) -> tuple[Experiment, Path]:
    """An experiment with the steps and changes made, and its path; see ``bench_of``."""
    try:
        base = experiment_of(lesson, changes.experiment)
        steps = replace(base, edits=(), length=changes.at, position=changes.at)
        path = whole_path(steps)
        edits = []
        for edit in _edits(base, changes, path.state(changes.at)):
            state = path.state(changes.at)
            if not says_nothing_new(state.setup, state.weights, edit):
                path.edit(edit)
                edits.append(edit)
    except LessonError:
        raise
    except (ExperimentError, EditError, ValueError) as error:
        raise LessonError(lesson.name, changes.line, str(error)) from error
    return replace(steps, edits=tuple(edits)), path


def experiment_of(lesson: Lesson, name: str) -> Experiment:
    """A built-in experiment by its name, or a file beside the lesson or below.

    Raises ExperimentError where there is none.
    """
    names = {known.casefold(): known for known in builtin_names()}
    known = names.get(name.casefold())
    if known is not None:
        return _built_in(known)
    file = beside(lesson.folder, name) if name.endswith(".json") else None
    if file is not None:
        return open_experiment(str(file))
    raise ExperimentError(
        not_known(
            name, builtin_names(),
            mark("there is no experiment “{name}”, did you mean “{near}”?"),
            mark("there is no experiment “{name}”: --list prints the built-in ones, and a file "
                 "ends in .json and lies beside the lesson"),
        )
    )  # fmt: skip


def _built_in(name: str) -> Experiment:
    if name not in _kept:
        experiment = open_experiment(name)
        if experiment.digits is not None and experiment.digits.name == "mnist":
            # Too large to be kept for somebody who may ask again.
            return experiment
        _kept[name] = experiment
    return _kept[name]


def beside(folder: FilePath | None, name: str) -> FilePath | None:
    """The file of that name in a folder or below it; None where there is none, or it lies outside.

    Links are followed before it is decided where a file lies.
    """
    if folder is None or "\0" in name or FilePath(name).is_absolute():
        return None
    try:
        root = folder.resolve()
        file = (root / name).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, RuntimeError):
        return None


# -- the changes of a setup or a what-if, as edits ---------------------------------------------


def _edits(experiment: Experiment, changes: Changes, state: State) -> list[Edit]:
    edits = []
    if changes.shuffled:
        if experiment.image_shape is None:
            raise EditError(say("shuffled: this experiment has no pixels"))
        edits.append(Edit(changes.at, "pixels", (SHUFFLE_SEED,)))
    if changes.alpha is not None:
        edits.append(Edit(changes.at, "alpha", (changes.alpha,)))
    if changes.frozen is not None:
        edits.append(_frozen(experiment, changes, state))
    if changes.weights:
        cells = tuple(weight_cell(experiment, letters) for letters in changes.weights)
        edits.append(Edit(changes.at, "weights", tuple(changes.weights.values()), cells))
    for kind, names, values in (
        ("inputs", experiment.inputs, changes.inputs),
        ("targets", experiment.outputs, changes.targets),
    ):
        if values:
            edits.append(_row(changes.at, kind, names, values, state.example or 0))
    return edits


def _frozen(experiment: Experiment, changes: Changes, state: State) -> Edit:
    """Freeze the named weights and no others."""
    frozen = np.zeros(experiment.weights.shape, dtype=np.bool_)
    for letters in changes.frozen or ():
        frozen[weight_cell(experiment, letters)] = True
    changed = np.argwhere(frozen != state.setup.frozen).tolist()
    cells: Cells = tuple((row, column) for row, column in changed) or ((0, 0),)
    return Edit(changes.at, "frozen", tuple(float(frozen[cell]) for cell in cells), cells)


def _row(
    step: int, kind: str, names: tuple[str, ...], values: Mapping[str, float], example: int
) -> Edit:
    unknown = next((name for name in values if name not in names), None)
    if unknown is not None:
        raise EditError(
            say(
                "{kind}: there is no “{name}”, there are {names}",
                kind=kind,
                name=shortened(unknown),
                names=", ".join(names[:10]),
            )
        )
    cells = tuple((example, names.index(name)) for name in values)
    return Edit(step, kind, tuple(values.values()), cells)
