"""What can be wrong with what a person gives: each message is one sentence for them."""

from __future__ import annotations

from model.digits import Origin


class ExperimentError(ValueError):
    """Something is wrong with an experiment; the message is one sentence for a person."""


class UnknownExperiment(ExperimentError):
    """There is no built-in experiment and no file of that name."""


class UnknownLesson(ValueError):
    """There is no built-in lesson and no file of that name; one sentence for a person."""


class MissingImages(ExperimentError):
    """The experiment is well, but the images it asks for cannot be had on this computer.

    ``fault`` says what is wrong with their files; empty where there are none at all.
    """

    def __init__(self, message: str, fault: str = "") -> None:
        super().__init__(message)
        self.fault = fault


class DigitsError(ValueError):
    """Images of digits that cannot be had; the message is one sentence fit to be shown."""


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
