"""What may be looked at: a check for each name of the view that does not depend on a window."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any

from gui.session.checks.values import Check, one_of, truth, whole_number
from gui.session.pace import SPEEDS
from gui.session.weight_choice import check_cells
from model.door import listed, say, written
from model.experiment import Experiment
from model.listing.program import FORMS
from model.words.parts import part
from model.words.pixels import SHOWN

# Colours of the weight images: one scale for all, each its own, or a number for the fullest.
Scale = str | float
SCALES = ("one", "each")
# (label, answer) of a cell of the confusion matrix.
Pair = tuple[int, int]


def _output(experiment: Experiment, value: Any) -> int:
    return whole_number(value, 0, len(experiment.outputs) - 1)


def _pixel(experiment: Experiment, value: Any) -> int | None:
    return None if value is None else whole_number(value, 0, len(experiment.inputs) - 1)


def _weights(experiment: Experiment, value: Any) -> list[tuple[int, int]]:
    pairs = value if isinstance(value, list | tuple) else [value]
    cells = [tuple(pair) if isinstance(pair, list | tuple) else () for pair in pairs]
    if any(len(cell) != 2 or any(type(place) is not int for place in cell) for cell in cells):
        raise ValueError(say("must be pairs of an output and an input"))
    return check_cells(experiment, cells)


def _scale(_: Experiment, value: Any) -> Scale:
    if value in SCALES:
        return str(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= sys.float_info.max:
        raise ValueError(say("must be one, each, or a number above zero"))
    return float(value)


def _pair(experiment: Experiment, value: Any) -> Pair | None:
    if value is None:
        return None
    n = len(experiment.outputs)
    good = isinstance(value, list | tuple) and len(value) == 2
    if not good or not all(type(place) is int and 0 <= place < n for place in value):
        raise ValueError(say("must be a label and an answer, each from 0 to {last}", last=n - 1))
    return value[0], value[1]


def _part(experiment: Experiment, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(say("must be the name of a part of the bench"))
    return part(experiment, value).name


def _slip(_: Experiment, value: Any) -> str | None:
    if value is None:
        return None
    # Few ever choose one.
    from model.listing.slips import SLIPS

    if isinstance(value, str) and value in SLIPS:
        return value
    raise ValueError(say("must be null or one of {names}", names=", ".join(SLIPS)))


def _speed(_: Experiment, value: Any) -> float:
    """Steps a second: one of SPEEDS, or "fastest"."""
    for speed in SPEEDS:
        if value == ("fastest" if math.isinf(speed) else speed) and not isinstance(value, bool):
            return speed
    if value == math.inf:
        return math.inf
    known = listed(written(f"{speed:g}") for speed in SPEEDS[:-1])
    raise ValueError(say("must be one of {known} steps a second, or fastest", known=known))


VIEW_CHECKS: Mapping[str, Check] = {
    "output": _output,
    "pixel": _pixel,
    "weights": _weights,
    "quantity": one_of(SHOWN),
    "scale": _scale,
    "enlarged": truth,
    "log": truth,
    "one_scale": truth,
    "hot_and_cold": truth,
    "pair": _pair,
    "part": _part,
    "form": one_of(FORMS),
    "slip": _slip,
    "wide": truth,
    "speed": _speed,
}
