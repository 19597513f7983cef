"""An experiment taken apart at one moment, to be changed in form and put together again.

Nothing is computed anew that can be kept: every number that stays is the same to the last bit,
and arrays that do not change are shared, not copied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.building.errors import BuildError
from model.door import say, say_count
from model.edits import MAX_NUMBER, Edit
from model.examples import Examples, Order, Schedule, sealed
from model.experiment import (
    MAX_EXAMPLE_NUMBERS,
    MAX_WEIGHTS,
    Experiment,
    HeldOut,
    Transform,
)
from model.network import MAX_ERROR, Floats, Mask, compare, predict
from model.setup import Setup


@dataclass(frozen=True, eq=False)
class Parts:
    """All that an experiment on named numbers is put together from.

    Attributes
    ----------
    name, about : str
        Its title, and the sentence below it.
    inputs, outputs : tuple of str
        Names, each given once.
    rows, targets : numpy.ndarray
        Examples as the network is given them, (n_examples, n_inputs) and (n_examples, n_outputs).
    weights, frozen : numpy.ndarray
        (n_outputs, n_inputs) each: where the path begins.
    alpha : float
        The factor of an update.
    order, seed
        In which order the examples are visited, and the seed of a shuffle.
    here : int or None
        The example that step 0 visits; None for the first of the order.
    constant : int or None
        The column of the input that is always 1.
    transform : Transform or None
        How the inputs were made of raw numbers, which it holds, (n_examples, n_inputs).
    held_out : HeldOut or None
        Examples that are never learned from.
    """

    name: str
    about: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: Floats
    targets: Floats
    weights: Floats
    frozen: Mask
    alpha: float
    order: Order = "cycle"
    seed: int = 0
    here: int | None = None
    constant: int | None = None
    transform: Transform | None = None
    held_out: HeldOut | None = None

    @property
    def raw(self) -> Floats:
        """The inputs as a person gives them, (n_examples, n_inputs): not scaled yet."""
        return self.rows if self.transform is None else self.transform.raw

    def given(self, raw: Floats) -> Floats:
        """What the network is given of raw inputs, (..., n_inputs)."""
        return raw if self.transform is None else self.transform.given(raw)

    def with_rows(self, rows: Floats, targets: Floats, raw: Floats | None = None) -> Parts:
        """The same with other examples, (n, n_inputs) and (n, n_outputs).

        ``raw``, of the shape of ``rows``, is asked for where inputs are scaled.
        """
        transform = self.transform
        if transform is not None and raw is not None:
            transform = replace(transform, raw=sealed(raw))
        return replace(self, rows=sealed(rows), targets=sealed(targets), transform=transform)


def why_not_built(experiment: Experiment) -> str:
    """Why rows and columns of an experiment cannot be changed, in one sentence; empty if so."""
    if experiment.digits is not None:
        return say(
            "These examples are images of a published set: they are drawn and loaded at the input, "
            "and File > Number of images says how many there are."
        )
    if experiment.is_of_pairs:
        return say(
            "These examples are the vectors that are multiplied with each other, weights and "
            "inputs alike: their numbers can be changed on the graph, but not how many they are."
        )
    return ""


def parts_of(experiment: Experiment, setup: Setup, weights: Floats, step: int) -> Parts:
    """The parts of an experiment as it is at a step of its path.

    ``setup`` and ``weights``, (n_outputs, n_inputs), are those of that step. A guest on the bench
    is no part of it. Raises BuildError, with the reason, where it cannot be changed in form, or
    where weights have grown beyond what an experiment may begin with.
    """
    why_not = why_not_built(experiment)
    if why_not:
        raise BuildError(why_not)
    if not np.abs(weights).max() <= MAX_NUMBER:
        raise BuildError(
            say("A weight is beyond {limit:,.0f} at this step, and no experiment begins with such "
                "a weight: go back to an earlier step first.", limit=MAX_NUMBER)
        )  # fmt: skip
    rows, targets = whole(setup.examples)
    transform = experiment.transform
    if transform is not None:
        transform = replace(transform, raw=_raw(transform, rows))
    schedule = setup.schedule
    return Parts(
        experiment.name, experiment.about, experiment.inputs, experiment.outputs, rows, targets,
        weights, setup.frozen, setup.alpha, schedule.order, schedule.seed, schedule.index(step),
        setup.constant, transform, experiment.held_out,
    )  # fmt: skip


def experiment_of(parts: Parts) -> Experiment:
    """The experiment that parts make: its path begins with their weights, at ``parts.here``.

    Scaled inputs that no raw number stands for exactly are edits at step 0, and so is the visit
    of another example than the first of the order. Raises BuildError where there is not at least
    one example, input and output, or more than can be held, or a number beyond all use.
    """
    _check(parts)
    transform = parts.transform
    rows = parts.rows
    edits = []
    if transform is not None:
        rows = sealed(transform.inputs)
        apart = np.argwhere(rows != parts.rows)
        at = tuple((row, column) for row, column in apart.tolist())
        if at:
            edits.append(Edit(0, "inputs", tuple(parts.rows[tuple(apart.T)].tolist()), at))
    schedule = Schedule(parts.order, len(rows), parts.seed)
    if parts.here is not None and parts.here != schedule.index(0):
        edits.append(Edit(0, "visit", (float(parts.here),)))
    setup = Setup(
        Examples(rows, parts.targets), schedule, parts.alpha, sealed(parts.frozen),
        constant=parts.constant,
    )  # fmt: skip
    return Experiment(
        parts.name, parts.about, parts.inputs, parts.outputs, setup, sealed(parts.weights),
        edits=tuple(edits), transform=transform, held_out=parts.held_out,
    )  # fmt: skip


def whole(examples: Examples) -> tuple[Floats, Floats]:
    """All inputs (n, n_inputs) and targets (n, n_outputs), with the edited rows in them.

    They are the arrays themselves where nothing was edited.
    """
    if not examples.edited:
        return examples.base_inputs, examples.base_targets
    inputs, targets = examples.base_inputs.copy(), examples.base_targets.copy()
    places = list(examples.edited)
    inputs[places] = [row for row, _ in examples.edited.values()]
    targets[places] = [target for _, target in examples.edited.values()]
    return sealed(inputs), sealed(targets)


def raw_of(transform: Transform, column: int, given: float) -> float:
    """The raw number of an input, of few figures, that the network is given as ``given``.

    Where there is none, the nearest there is.
    """
    offset, scale = float(transform.offset[column]), float(transform.scale[column])
    nearest = given * scale + offset
    for figures in (12, 15, 16, 17):
        raw = float(f"{nearest:.{figures}g}")
        for candidate in (raw, float(np.nextafter(raw, -np.inf)), float(np.nextafter(raw, np.inf))):
            if (candidate - offset) / scale == given:
                return candidate
    return nearest


def _raw(transform: Transform, rows: Floats) -> Floats:
    """The raw numbers of rows, (n_examples, n_inputs), which are as they were brought or edited."""
    edited = np.argwhere(rows != transform.inputs)
    if not len(edited):
        return transform.raw
    raw = transform.raw.copy()
    for row, column in edited.tolist():
        raw[row, column] = raw_of(transform, column, float(rows[row, column]))
    return sealed(raw)


def _check(parts: Parts) -> None:
    (n_examples, n_inputs), n_outputs = parts.rows.shape, parts.targets.shape[1]
    if not n_examples:
        raise BuildError(say("An experiment needs an example: this is the last one."))
    if not n_inputs:
        raise BuildError(say("An experiment needs an input: this is the last one."))
    if not n_outputs:
        raise BuildError(say("An experiment needs an output: this is the last one."))
    if n_inputs * n_outputs > MAX_WEIGHTS:
        raise BuildError(
            say("{inputs:,} inputs and {outputs:,} outputs would be more than {most:,} weights: "
                "take fewer of them.", inputs=n_inputs, outputs=n_outputs, most=MAX_WEIGHTS)
        )  # fmt: skip
    n_held_out = 0 if parts.held_out is None else len(parts.held_out)
    if (n_examples + n_held_out) * (n_inputs + n_outputs) > MAX_EXAMPLE_NUMBERS:
        raise BuildError(
            say_count(
                "{n:,} example would hold more than {most:,} numbers: take fewer inputs.",
                "{n:,} examples would hold more than {most:,} numbers: take fewer of them.",
                n_examples, most=MAX_EXAMPLE_NUMBERS,
            )
        )  # fmt: skip
    for numbers in (parts.rows, parts.targets, parts.weights):
        check_numbers(numbers)
    if parts.transform is not None:
        check_numbers(parts.raw)
    if not 0.0 < parts.alpha <= MAX_NUMBER:
        raise BuildError(
            say("Alpha must be above zero and at most {limit:,.0f}.", limit=MAX_NUMBER)
        )
    here = Schedule(parts.order, n_examples, parts.seed).index(0) if parts.here is None else (
        parts.here
    )  # fmt: skip
    error = compare(predict(parts.weights, parts.rows[here]), parts.targets[here]).error
    if not float(error.max()) <= MAX_ERROR:
        raise BuildError(
            say("That would make an error of {error:.3g}, and the bench holds errors up to "
                "{limit:.0e}: take smaller numbers.", error=float(error.max()), limit=MAX_ERROR)
        )  # fmt: skip


def check_numbers(numbers: Floats | float) -> None:
    """Raise BuildError where a number is not finite, or beyond what an experiment may hold.

    ``numbers`` have any shape, but at least one of them is there.
    """
    # By the ends: of a large table it is done at once, and of NaN both are NaN.
    if not (np.min(numbers) >= -MAX_NUMBER and np.max(numbers) <= MAX_NUMBER):
        raise BuildError(say("A number must be finite and at most {limit:,.0f}.", limit=MAX_NUMBER))
