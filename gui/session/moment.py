"""A path and the position on it as they were, to come back to."""

from __future__ import annotations

from dataclasses import dataclass

from model.network import Floats
from model.path import Snapshot


@dataclass(frozen=True, eq=False)
class Moment:
    """A path as it was, the step that was looked at, and what was on the bench then.

    ``example`` is the index of that example, None for a guest; ``inputs`` (n_inputs,) are its.
    """

    snapshot: Snapshot
    position: int
    example: int | None
    inputs: Floats
