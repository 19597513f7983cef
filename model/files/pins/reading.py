"""Reads the runs that are pinned in an experiment file, and the edits of any run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from model.door import say
from model.edits import EDIT_KINDS, Edit, EditError, check_edit
from model.experiment import MAX_PINS, Experiment, Pin
from model.files.reading import Reader
from model.network import MAX_ERROR, compare, predict
from model.path.memory import MAX_STEPS
from model.pins.run import MAX_BASE_NUMBERS, MAX_EDIT_BYTES, base_numbers, edit_bytes
from model.setup import Setup

# Makes an experiment of the data in a text: (data, where it stands).
Build = Callable[[Any, str], Experiment]
_START = ("alpha", "frozen", "weights")
_KEYS = ("name", "length", "edits", "mark", "hidden")


def read_edits(part: Reader, setup: Setup, length: int) -> tuple[Edit, ...]:
    """The edits of a run of so many steps that begins with a setup, every one checked.

    Raises ExperimentError for the first fault found.
    """
    edits: list[Edit] = []
    for entry in part.parts("edits"):
        edit = _edit(entry, length, edits[-1].step if edits else 0)
        try:
            check_edit(setup, edit)
        except EditError as error:
            raise entry.fault("at, to", str(error)) from error
        edits.append(edit)
    return tuple(edits)


def read_pins(experiment: Experiment, read: Reader, build: Build) -> tuple[Pin, ...]:
    """The runs that are pinned, every one checked; none where the file has no such key.

    ``build`` makes what a pin began from where that is an experiment of its own. Raises
    ExperimentError for the first fault found.
    """
    if not read.has("pins"):
        return ()
    entries = read.parts("pins")
    if len(entries) > MAX_PINS:
        raise read.fault(
            "pins", say("{n:,} runs, where at most {most} can be pinned",
                        n=len(entries), most=MAX_PINS)
        )  # fmt: skip
    pins: list[Pin] = []
    for place, entry in enumerate(entries):
        pins.append(_pin(experiment, entry, place, build))
        if base_numbers(pins) > MAX_BASE_NUMBERS:
            raise entry.fault("experiment", say("more numbers than all pins may have together"))
        if edit_bytes(pins) > MAX_EDIT_BYTES:
            raise entry.fault("edits", say("more edits than all pins may have together"))
    for key in ("name", "mark"):
        values = [getattr(pin, key) for pin in pins]
        twice = next((at for at, value in enumerate(values) if value in values[:at]), None)
        if twice is not None:
            raise entries[twice].fault(key, say("is that of another pin, too"))
    return tuple(pins)


def _pin(experiment: Experiment, entry: Reader, place: int, build: Build) -> Pin:
    own = entry.has("experiment")
    entry.only(*_KEYS, *(("experiment",) if own else _START))
    name = entry.name("name")
    base = _own_base(entry.part("experiment"), build) if own else _shared_base(experiment, entry)
    length = entry.whole("length", 0, MAX_STEPS)
    edits = read_edits(entry, base.setup, length)
    mark = entry.whole("mark", 0, MAX_PINS - 1, default=place)
    return Pin(name, base, edits, length, mark, entry.truth("hidden", default=False))


def _own_base(part: Reader, build: Build) -> Experiment:
    """What a pin began from, an experiment of its own that has been run by nobody yet."""
    for key in ("session", "view", "pins"):
        if part.has(key):
            raise part.fault(key, say("is no key of what a pinned run began from"))
    return build(part.values(), part.where)


def _shared_base(experiment: Experiment, entry: Reader) -> Experiment:
    """What a pin began from where names, examples and order are those of the file."""
    shape = experiment.weights.shape
    frozen = entry.mask("frozen", shape) if entry.has("frozen") else np.zeros(shape, dtype=np.bool_)
    zeros = entry.raw("weights") == "zeros"
    weights = np.zeros(shape) if zeros else entry.matrix("weights", shape)
    setup = replace(experiment.setup, alpha=entry.positive("alpha"), frozen=frozen)
    inputs, target = setup.row(0)
    error = float(compare(predict(weights, inputs), target).error.max())
    if not error <= MAX_ERROR:
        raise entry.fault(
            "weights", say("the first error is {error:.3g}, beyond any use", error=error)
        )
    return replace(experiment.afresh(), setup=setup, weights=weights)


def _edit(entry: Reader, length: int, after: int) -> Edit:
    entry.only("step", "kind", "at", "to")
    step = entry.whole("step", after, length)
    kind = entry.one_of("kind", tuple(EDIT_KINDS))
    return Edit(step, kind, entry.numbers("to"), tuple(entry.cells("at")))
