"""The parts of a step: predict, compare, learn."""

from __future__ import annotations

from enum import IntEnum


class Phase(IntEnum):
    """How far the current step has been taken."""

    READY = 0
    PREDICTED = 1
    COMPARED = 2
