"""The parts of a step: predict, compare, learn."""

from __future__ import annotations

from enum import Enum, IntEnum, auto


class Phase(IntEnum):
    """How far the current step has been taken."""

    READY = 0
    PREDICTED = 1
    COMPARED = 2


class StepPart(Enum):
    """The part of a step whose numbers are in sight; REST where none was done by itself."""

    REST = auto()
    PREDICT = auto()
    COMPARE = auto()
    LEARN = auto()
