"""What can be wrong with a set of pictures."""

from __future__ import annotations

from model.digits import Origin
from model.errors import ExperimentError


class SetError(ExperimentError):
    """A set of pictures that cannot be read; the message is one sentence for a person."""


class LostSet(ExperimentError):
    """The experiment is well, but its pictures are not where they were, or are others now.

    Attributes
    ----------
    origin : Origin
        As the experiment's file has it.
    changed : bool
        There are pictures, but of other bytes.
    """

    def __init__(self, message: str, origin: Origin, changed: bool) -> None:
        super().__init__(message)
        self.origin = origin
        self.changed = changed
