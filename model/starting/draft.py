"""An experiment while it is being filled in: texts as they were typed, and what they make.

Nothing that an experiment file refuses is ever made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.building.errors import BuildError
from model.building.names import fresh_name
from model.building.parts import Parts, experiment_of
from model.curves import AlphaZones, alpha_zones
from model.door import say, say_count
from model.edits import MAX_NUMBER
from model.examples import Examples, Order, Schedule, sealed
from model.experiment import MAX_WEIGHTS, Experiment
from model.network import MAX_ERROR, Floats
from model.setup import Setup
from model.starting.names import fault_of_name, fault_of_names, with_count
from model.starting.numbers import default_inputs, default_targets
from model.starting.weights import StartKind, StartWeights, amount_of, seed_of
from model.words import numbers

# A file can hold more; so many can still be looked through in a dialog.
MAX_NAMES, MAX_EXAMPLES = 1_000, 1_000
_QUOTED = 40
Cells = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Draft:
    """What was typed so far.

    Attributes
    ----------
    name, amount, seed, alpha, order_seed : str
        As typed. Without an alpha it is half of its limit.
    inputs, outputs : tuple of str
        Names, without the constant input.
    n_inputs, n_outputs, n_examples : int
        How many are wanted; the names are fewer or more only where that cannot be.
    cells, targets : mapping
        Numbers that were typed, by (example, column); the others are offered ones.
    constant : bool
        Whether there is an input that is always 1.
    start : str
        How the weights are chosen, of `START_KINDS`.
    order : str
        In which order the examples are visited.
    """

    name: str = field(default_factory=lambda: say("My experiment"))
    n_inputs: int = 3
    n_outputs: int = 1
    n_examples: int = 4
    inputs: tuple[str, ...] = field(default_factory=lambda: _offered(say("input"), 3))
    outputs: tuple[str, ...] = field(default_factory=lambda: _offered(say("output"), 1))
    cells: Cells = field(default_factory=dict)
    targets: Cells = field(default_factory=dict)
    constant: bool = False
    start: StartKind = "zeros"
    amount: str = "0.1"
    seed: str = "0"
    alpha: str = ""
    order: Order = "cycle"
    order_seed: str = "0"


@dataclass(frozen=True, eq=False)
class DraftReading:
    """What a draft comes to.

    Attributes
    ----------
    experiment : Experiment or None
        None where anything is at fault.
    faults : dict
        One sentence for each part of the draft that is at fault, by its name: name, inputs,
        outputs, examples, numbers, amount, seed, alpha or order_seed.
    zones : AlphaZones or None
        What alpha does, where the examples are known.
    """

    experiment: Experiment | None
    faults: dict[str, str]
    zones: AlphaZones | None = None


def read_draft(draft: Draft) -> DraftReading:
    """The experiment that was typed, or a sentence for each part that is at fault."""
    faults = _faults_of_names(draft)
    setup = None if faults else _setup(draft, faults)
    weights = _weights(draft, faults)
    order_seed = _seed(draft.order_seed, "order_seed", faults) if draft.order == "shuffle" else 0
    if setup is None:
        _alpha(draft, None, faults)
        return DraftReading(None, faults)
    setup = replace(setup, schedule=Schedule(draft.order, draft.n_examples, order_seed))
    zones = alpha_zones(setup)
    alpha = _alpha(draft, zones, faults)
    if faults:
        return DraftReading(None, faults, zones)
    names = draft.inputs
    if draft.constant:
        names = (*names, fresh_name(say("constant"), names))
    parts = Parts(
        draft.name.strip(), "", names, draft.outputs, setup.examples.base_inputs,
        setup.examples.base_targets, weights.made(len(draft.outputs), len(names)), setup.frozen,
        alpha, draft.order, order_seed, constant=setup.constant,
    )  # fmt: skip
    try:
        return DraftReading(experiment_of(parts), faults, zones)
    except BuildError as error:
        # All else was asked for already: it is the first error that is too large.
        faults["amount"] = str(error)
        return DraftReading(None, faults, zones)


def _offered(base: str, n: int) -> tuple[str, ...]:
    return tuple(with_count((), n, base))


def _faults_of_names(draft: Draft) -> dict[str, str]:
    """What is wrong with the names and with how many there are."""
    faults = {
        "name": fault_of_name(draft.name.strip()),
        "inputs": _fault_of_count(draft.n_inputs, MAX_NAMES) or fault_of_names(draft.inputs),
        "outputs": _fault_of_count(draft.n_outputs, MAX_NAMES) or fault_of_names(draft.outputs),
        "examples": _fault_of_count(draft.n_examples, MAX_EXAMPLES),
    }
    n_weights = (len(draft.inputs) + draft.constant) * len(draft.outputs)
    if n_weights > MAX_WEIGHTS and not faults["outputs"]:
        faults["outputs"] = say(
            "that would be {n:,} weights, and there can be {most:,}: take fewer inputs or outputs",
            n=n_weights, most=MAX_WEIGHTS,
        )  # fmt: skip
    return {part: fault for part, fault in faults.items() if fault}


def _fault_of_count(n: int, most: int) -> str:
    return "" if 1 <= n <= most else say("there can be 1 to {most:,} of them", most=most)


def _setup(draft: Draft, faults: dict[str, str]) -> Setup | None:
    """The examples and all that belongs to them but alpha; None where a number is at fault."""
    inputs = default_inputs(draft.n_examples, len(draft.inputs)).copy()
    targets = default_targets(draft.n_examples, len(draft.inputs), len(draft.outputs))
    fault = _take(inputs, draft.cells, draft.inputs) or _take(targets, draft.targets, draft.outputs)
    if not fault and not float((targets**2).max()) <= MAX_ERROR:
        fault = say("the targets are so large that their error is beyond any use")
    if fault:
        faults["numbers"] = fault
        return None
    constant = None
    if draft.constant:
        constant = len(draft.inputs)
        inputs = np.column_stack([inputs, np.ones(len(inputs))])
    frozen = np.zeros((targets.shape[1], inputs.shape[1]), dtype=np.bool_)
    schedule = Schedule(draft.order, len(inputs))
    return Setup(Examples(inputs, targets), schedule, 1.0, sealed(frozen), constant=constant)


def _take(values: Floats, cells: Cells, names: tuple[str, ...]) -> str:
    """Write the numbers that were typed over those offered; returns the first fault."""
    for (row, column), text in sorted(cells.items()):
        if row >= values.shape[0] or column >= values.shape[1]:
            continue
        try:
            values[row, column] = number_of(text)
        except ValueError as error:
            return say("example {number:,}, {name}: {fault}", number=row + 1,
                       name=names[column], fault=error)  # fmt: skip
    return ""


def number_of(text: str) -> float:
    """The number that a cell says. Raises ValueError with one sentence where it is none."""
    value = numbers.parse(text)
    if not abs(value) <= MAX_NUMBER:
        raise ValueError(
            say("“{text}” is too large: at most {most:,.0f} can be", text=text.strip()[:_QUOTED],
                most=MAX_NUMBER)
        )  # fmt: skip
    return value + 0.0


def _weights(draft: Draft, faults: dict[str, str]) -> StartWeights:
    amount, seed = 0.0, 0
    try:
        amount = amount_of(draft.amount, draft.start)
    except ValueError as error:
        faults["amount"] = str(error)
    if draft.start in ("even", "normal"):
        seed = _seed(draft.seed, "seed", faults)
    return StartWeights(draft.start, amount, seed)


def _seed(text: str, part: str, faults: dict[str, str]) -> int:
    try:
        return seed_of(text)
    except ValueError as error:
        faults[part] = str(error)
        return 0


def _alpha(draft: Draft, zones: AlphaZones | None, faults: dict[str, str]) -> float:
    if not draft.alpha.strip():
        return 1.0 if zones is None else zones.offered
    try:
        alpha = number_of(draft.alpha)
    except ValueError as error:
        faults["alpha"] = str(error)
        return 1.0
    if not alpha > 0.0:
        faults["alpha"] = say("alpha must be above zero")
    return alpha


def summary(experiment: Experiment) -> str:
    """What is made, in one sentence."""
    n_outputs, n_inputs = experiment.weights.shape
    return say_count(
        "One example, {inputs} → {outputs}, alpha {alpha}.",
        "{n:,} examples, {inputs} → {outputs}, alpha {alpha}.",
        len(experiment.setup.examples),
        inputs=say_count("one input", "{n:,} inputs", n_inputs),
        outputs=say_count("one output", "{n:,} outputs", n_outputs),
        alpha=numbers.plain(experiment.setup.alpha),
    )
