"""Inputs and outputs added and removed: the weights of those that stay keep their values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.building.errors import BuildError
from model.building.names import checked_name
from model.building.parts import Parts, check_numbers
from model.door import say
from model.experiment import HeldOut
from model.network import Floats


def with_input(
    parts: Parts, name: str, value: Floats | float, weight: float, at: int | None = None
) -> Parts:
    """The same with another input, unfrozen.

    ``value`` is what it is in every example, (n_examples,) or one for all of them; it is not
    scaled. ``weight`` is where its weights start, and ``at`` its column: after the others, but
    before a constant that is the last of them. Raises BuildError for a name that is none or is
    taken, and for a number beyond use.
    """
    place = _place_of_new_input(parts) if at is None else at
    return _with_input(parts, name, value, weight, place)


def with_constant(parts: Parts, name: str, weight: float) -> Parts:
    """The same with an input that is always 1, the last one. Raises BuildError if there is one."""
    if parts.constant is not None:
        raise BuildError(
            say("There is an input that is always 1 already: “{name}”.",
                name=parts.inputs[parts.constant])
        )  # fmt: skip
    place = len(parts.inputs)
    return replace(_with_input(parts, name, 1.0, weight, place), constant=place)


def without_input(parts: Parts, column: int) -> Parts:
    """The same without an input and its weights. Raises BuildError where it is the last one."""
    if len(parts.inputs) == 1:
        raise BuildError(say("An experiment needs an input: this is the last one."))
    transform = parts.transform
    if transform is not None:
        transform = replace(
            transform, offset=np.delete(transform.offset, column),
            scale=np.delete(transform.scale, column), raw=np.delete(transform.raw, column, axis=1),
        )  # fmt: skip
    constant = parts.constant
    if constant is not None:
        constant = None if constant == column else constant - (constant > column)
    return replace(
        parts,
        inputs=(*parts.inputs[:column], *parts.inputs[column + 1 :]),
        rows=np.delete(parts.rows, column, axis=1),
        weights=np.delete(parts.weights, column, axis=1),
        frozen=np.delete(parts.frozen, column, axis=1),
        constant=constant,
        transform=transform,
        held_out=_changed(
            parts.held_out, lambda inputs: np.delete(inputs, column, axis=1), lambda same: same
        ),
    )


def with_output(
    parts: Parts, name: str, value: Floats | float, weight: float, at: int | None = None
) -> Parts:
    """The same with another output, whose weights are unfrozen and start at ``weight``.

    ``value`` is its target in every example, (n_examples,) or one for all of them; ``at`` its
    place, by default the last. Raises BuildError for a name that is none or is taken, and for a
    number beyond use.
    """
    place = len(parts.outputs) if at is None else at
    name = checked_name(name, parts.outputs)
    check_numbers(value)
    check_numbers(weight)
    return replace(
        parts,
        outputs=(*parts.outputs[:place], name, *parts.outputs[place:]),
        targets=np.insert(parts.targets, place, value, axis=1),
        weights=np.insert(parts.weights, place, weight, axis=0),
        frozen=np.insert(parts.frozen, place, False, axis=0),
        held_out=_changed(
            parts.held_out,
            lambda same: same,
            lambda targets: np.insert(targets, place, _held_out_value(value), axis=1),
        ),
    )


def without_output(parts: Parts, output: int) -> Parts:
    """The same without an output and its weights. Raises BuildError where it is the last one."""
    if len(parts.outputs) == 1:
        raise BuildError(say("An experiment needs an output: this is the last one."))
    return replace(
        parts,
        outputs=(*parts.outputs[:output], *parts.outputs[output + 1 :]),
        targets=np.delete(parts.targets, output, axis=1),
        weights=np.delete(parts.weights, output, axis=0),
        frozen=np.delete(parts.frozen, output, axis=0),
        held_out=_changed(
            parts.held_out, lambda same: same, lambda targets: np.delete(targets, output, axis=1)
        ),
    )


def _place_of_new_input(parts: Parts) -> int:
    last = len(parts.inputs)
    return last - 1 if parts.constant == last - 1 else last


def _with_input(parts: Parts, name: str, value: Floats | float, weight: float, place: int) -> Parts:
    name = checked_name(name, parts.inputs)
    check_numbers(value)
    check_numbers(weight)
    transform = parts.transform
    if transform is not None:
        transform = replace(
            transform, offset=np.insert(transform.offset, place, 0.0),
            scale=np.insert(transform.scale, place, 1.0),
            raw=np.insert(transform.raw, place, value, axis=1),
        )  # fmt: skip
    constant = parts.constant
    return replace(
        parts,
        inputs=(*parts.inputs[:place], name, *parts.inputs[place:]),
        rows=np.insert(parts.rows, place, value, axis=1),
        weights=np.insert(parts.weights, place, weight, axis=1),
        frozen=np.insert(parts.frozen, place, False, axis=1),
        constant=None if constant is None else constant + (constant >= place),
        transform=transform,
        held_out=_changed(
            parts.held_out,
            lambda inputs: np.insert(inputs, place, _held_out_value(value), axis=1),
            lambda same: same,
        ),
    )


def _held_out_value(value: Floats | float) -> float:
    """What a new column is in examples that are held out, of which nobody says anything.

    Where it differs from example to example it is the mean of those.
    """
    low, high = float(np.min(value)), float(np.max(value))
    return low if low == high else float(np.mean(value))


def _changed(
    held_out: HeldOut | None,
    of_inputs: Callable[[Floats], Floats],
    of_targets: Callable[[Floats], Floats],
) -> HeldOut | None:
    """What is held out with other columns, which go along with those of the examples."""
    if held_out is None:
        return None
    return HeldOut(
        of_inputs(held_out.raw), of_inputs(held_out.inputs), of_targets(held_out.targets)
    )
