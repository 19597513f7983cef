"""Why no weights fit every example: what is frozen, what is missing, and what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.network import Floats
from model.setup import Setup
from model.study.floor import Floor, floor, visited

Cell = tuple[int, int]

# Frozen weights that are tried free one by one, and examples and inputs that are held against
# each other one by one.
MAX_TRIED = 24
MAX_EXAMPLES = 400
MAX_INPUTS = 64
# Examples that are named one by one.
MAX_NAMED = 4
# A floor that something lowers by less than this share of it is not lowered.
WORTH = 0.01
# A constant input is worth adding where it lowers the floor by such a share of it.
WORTH_ADDING = 0.1
# Inputs are made of others where less than this share of them is left over.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Causes:
    """Why a floor is above 0; mean errors over all outputs.

    Attributes
    ----------
    frozen : tuple of cells
        The frozen weights, where without them the floor would be lower; then ``without`` is how
        low, ``best`` the one that does most, and ``best_floor`` the floor with that one free.
    with_constant : float or None
        The floor with an input that is always 1, where there is none and it lowers the floor.
    clash : tuple of int
        Examples, counted from 0, that no weights fit together, where a few are found.
    same_inputs : bool
        Whether these have the same inputs, and different targets.
    furthest : int or None
        The example that the best weights are furthest from.
    off : float
        By how much, in the output that is worst.
    """

    frozen: tuple[Cell, ...] = ()
    without: float = 0.0
    best: Cell | None = None
    best_floor: float = 0.0
    with_constant: float | None = None
    clash: tuple[int, ...] = ()
    same_inputs: bool = False
    furthest: int | None = None
    off: float = 0.0


def causes(setup: Setup, weights: Floats, found: Floor) -> Causes:
    """Why the floor of a setup is above 0; ``found`` is that floor.

    weights (n_outputs, n_inputs) says where the frozen ones are held.
    """
    held, free = float(found.held.mean()), float(found.free.mean())
    cells = [(int(row), int(column)) for row, column in np.argwhere(setup.frozen)]
    told = Causes()
    if cells and free < (1.0 - WORTH) * held:
        told = replace(told, frozen=tuple(cells), without=free, best_floor=held)
        if len(cells) <= MAX_TRIED and visited(setup)[0].size <= MAX_EXAMPLES * MAX_INPUTS:
            told = _tried_free(setup, weights, told)
    inputs, targets = visited(setup)
    with_constant = float(found.with_constant.mean())
    ones = inputs.std(axis=0) == 0.0
    has_one = setup.constant is not None or bool((ones & (inputs[0] != 0.0)).any())
    if not has_one and with_constant < (1.0 - WORTH_ADDING) * free:
        told = replace(told, with_constant=with_constant)
    return _contradictions(inputs, targets, told) if free > 0.0 else told


def _tried_free(setup: Setup, weights: Floats, told: Causes) -> Causes:
    """The frozen weight without which the floor is lowest."""
    for cell in told.frozen:
        mask = setup.frozen.copy()
        mask[cell] = False
        lower = float(floor(replace(setup, frozen=mask), weights).held.mean())
        if lower < told.best_floor:
            told = replace(told, best=cell, best_floor=lower)
    return told


def _contradictions(inputs: Floats, targets: Floats, told: Causes) -> Causes:
    n, d = inputs.shape
    if n > MAX_EXAMPLES or d > MAX_INPUTS:
        return told
    fitted, *_ = np.linalg.lstsq(inputs, targets, rcond=None)
    off = np.abs(inputs @ fitted - targets)
    furthest = int(off.max(axis=1).argmax())
    told = replace(told, furthest=furthest, off=float(off.max()))
    clash = smallest_clash(inputs, targets)
    if len(clash) > MAX_NAMED:
        return told
    same = len(clash) > 1 and bool((inputs[list(clash)] == inputs[clash[0]]).all())
    return replace(told, clash=clash, same_inputs=same)


def smallest_clash(inputs: Floats, targets: Floats) -> tuple[int, ...]:
    """Few examples that no weights fit together, rising, from 0; none where all fit.

    inputs (n, n_inputs), targets (n, n_outputs). Examples whose inputs are independent can
    always be fitted together. Each further one has inputs that are made of theirs, in one way,
    x = sum of c_j x_j; where its target is not made in the same way, it and those with a c_j
    other than 0 contradict each other, and no fewer of these do. The smallest of these is taken.
    """
    same = _same_inputs(inputs, targets)
    if same:
        return same
    basis: list[int] = []
    best: tuple[int, ...] = ()
    size = float(np.abs(targets).max(initial=0.0)) or 1.0
    for at, x in enumerate(inputs):
        length = float(np.linalg.norm(x))
        if not length:
            made: Floats = np.zeros(len(basis))
            left = 0.0
        elif basis:
            made, *_ = np.linalg.lstsq(inputs[basis].T, x, rcond=None)
            left = float(np.linalg.norm(inputs[basis].T @ made - x)) / length
        else:
            made, left = np.zeros(0), 1.0
        if left > _NOTHING:
            basis.append(at)
            continue
        if float(np.abs(made @ targets[basis] - targets[at]).max()) <= _NOTHING * size:
            continue
        used = [
            place
            for place, share in zip(basis, made.tolist(), strict=True)
            if abs(share) * float(np.linalg.norm(inputs[place])) > _NOTHING * (length or 1.0)
        ]
        clash = tuple(sorted([*used, at]))
        if not best or len(clash) < len(best):
            best = clash
    return best


def _same_inputs(inputs: Floats, targets: Floats) -> tuple[int, ...]:
    """The first two examples with the same inputs and different targets."""
    first: dict[bytes, list[int]] = {}
    for at, row in enumerate(inputs + 0.0):  # -0 is 0
        others = first.setdefault(row.tobytes(), [])
        for other in others:
            if bool((targets[other] != targets[at]).any()):
                return other, at
        others.append(at)
    return ()
