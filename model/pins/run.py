"""A run that is pinned: what it takes to make it again, and to have it on the bench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from model.edits import Edit
from model.experiment import MAX_PINS, Experiment, HeldOut, Pin
from model.path import Path
from model.path.readable import ReadablePath
from model.path.saved import followed

# Steps at a time: a millisecond or two, also of images.
PIECE = 1024
# Edits of all pins together; guests on the bench are images, and each is some of these.
MAX_EDIT_BYTES = 64 * 2**20
# Numbers in the examples that pins began from: twice the images of MNIST, and some more.
MAX_BASE_NUMBERS = 100_000_000


def pin_of(experiment: Experiment, path: ReadablePath, name: str, pins: Sequence[Pin] = ()) -> Pin:
    """The run so far as a pin beside other ones, each of which keeps its mark."""
    base = next((pin.base for pin in pins if same_base(pin.base, experiment)), experiment.afresh())
    taken = {pin.mark for pin in pins}
    mark = next(number for number in range(MAX_PINS) if number not in taken)
    return Pin(name, base, path.edits, path.length, mark)


def edit_bytes(pins: Sequence[Pin]) -> int:
    """Bytes that the edits of these pins take, about: in a file each pin has its own."""
    return sum(edit.nbytes for pin in pins for edit in pin.edits)


def base_numbers(pins: Sequence[Pin]) -> int:
    """How many numbers are in the examples of all that these pins began from."""
    bases = {id(pin.base.setup.examples.base_inputs): pin.base.setup.examples for pin in pins}
    return sum(len(one) * (one.n_inputs + one.n_outputs) for one in bases.values())


def is_run(pin: Pin, base: Experiment, edits: Sequence[Edit], length: int) -> bool:
    """Whether a pin is just that run."""
    known = pin.edits is edits or pin.edits == tuple(edits)
    return known and pin.length == length and same_base(pin.base, base)


def same_base(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments begin alike to the last bit: the same edits make the same runs."""
    return (
        same_data(one, other)
        and one.setup.alpha == other.setup.alpha
        and _equal(one.setup.frozen, other.setup.frozen)
        and _equal(one.weights, other.weights)
    )


def same_data(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments have the same examples in the same order, by whatever names."""
    a, b = one.setup, other.setup
    return (
        a.schedule == b.schedule
        and a.constant == b.constant
        and _equal(a.examples.base_inputs, b.examples.base_inputs)
        and _equal(a.examples.base_targets, b.examples.base_targets)
        and _same_held_out(one.held_out, other.held_out)
    )


def _same_held_out(one: HeldOut | None, other: HeldOut | None) -> bool:
    if one is None or other is None:
        return one is other
    return _equal(one.inputs, other.inputs) and _equal(one.targets, other.targets)


def same_weights(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments have as many inputs and outputs, so that weights are called alike."""
    return one.weights.shape == other.weights.shape


def edits_on(pin: Pin, experiment: Experiment) -> tuple[Edit, ...] | None:
    """The edits by which an experiment of the same data makes the run of a pin, to the last bit.

    Where the pin began with another alpha, mask or weights, edits at step 0 bring these about.
    None where examples or order are others.
    """
    if not same_data(pin.base, experiment):
        return None
    base, setup = pin.base.setup, experiment.setup
    first: list[Edit] = []
    if base.alpha != setup.alpha:
        first.append(Edit(0, "alpha", (base.alpha,)))
    for kind, wanted, there in (
        ("frozen", base.frozen, setup.frozen),
        ("weights", pin.base.weights, experiment.weights),
    ):
        cells = [(int(row), int(column)) for row, column in np.argwhere(wanted != there)]
        if cells:
            first.append(Edit(0, kind, tuple(float(wanted[cell]) for cell in cells), tuple(cells)))
    return (*first, *pin.edits)


def replayed(path: Path, edits: Sequence[Edit], length: int) -> Iterator[None]:
    """Take a path that is at its start along edits to a length, a piece at a time.

    It ends earlier where the path goes no further. Raises ExperimentError as ``followed``.
    """
    yield from followed(path, edits, PIECE)
    while path.length < length:
        yield
        if not path.extend(min(PIECE, length - path.length)):
            break


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    return one is other or np.array_equal(one, other)
