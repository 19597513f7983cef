"""The path of an experiment: at its start, or as far as it was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from model.door import say
from model.edits import Edit, EditError
from model.errors import ExperimentError
from model.experiment import Experiment
from model.path.path import Path

# Steps between two looks at whether a path is still wanted.
_PIECE = 2**16

Cancelled = Callable[[], bool]


class FollowingCancelled(Exception):
    """A saved path is no longer wanted."""


def new_path(experiment: Experiment, beside: Path | None = None) -> Path:
    """The path at its start, with nothing restored; ``beside`` is as in `Path`."""
    return Path(experiment.setup, experiment.weights, beside)


def saved_path(
    experiment: Experiment, cancelled: Cancelled | None = None, beside: Path | None = None
) -> Path:
    """The path as far as its last saved edit; the steps after it can just be taken.

    ``cancelled`` is asked every now and then whether to give up, with FollowingCancelled;
    ``beside`` is as in `Path`.
    Raises ExperimentError where an edit cannot be made again, one of a pin included.
    """
    for number, pin in enumerate(experiment.pins):
        _follow(new_path(pin.base), pin.edits, f"pins[{number}]", cancelled)
    return _follow(new_path(experiment, beside), experiment.edits, "session", cancelled)


def walked(experiment: Experiment, step: int, cancelled: Cancelled | None = None) -> Path:
    """The path with all its saved edits and up to a step, or as far as it goes.

    Raises as `saved_path` does.
    """
    path = saved_path(experiment, cancelled)
    while path.length < step:
        if cancelled is not None and cancelled():
            raise FollowingCancelled
        if not path.extend(min(step - path.length, _PIECE)):
            break
    return path


def _follow(
    path: Path, edits: Sequence[Edit], where: str, cancelled: Cancelled | None = None
) -> Path:
    """The path once the edits are made on it; ``where`` is the key of the file that has them."""
    try:
        for _ in followed(path, edits):
            if cancelled is not None and cancelled():
                raise FollowingCancelled
    except ExperimentError as error:
        raise ExperimentError(say("{where}: {problem}", where=where, problem=error)) from error
    return path


def followed(path: Path, edits: Sequence[Edit], piece: int = _PIECE) -> Iterator[None]:
    """Make edits again along a path, as far as the last of them, ``piece`` steps at a time.

    Raises ExperimentError, which begins with the number of the edit, where one cannot be made.
    """
    number = 0
    # Those of one step together: what they were made of may have come in another order.
    for step, group in groupby(edits, attrgetter("step")):
        here = tuple(group)
        try:
            while path.length < step:
                yield
                if not path.extend(min(step - path.length, piece)):
                    raise EditError(_why_no_further(path))
            path.edit(*here)
        except EditError as error:
            raise ExperimentError(
                say("edits[{number}]: {problem}", number=number, problem=error)
            ) from error
        number += len(here)


def _why_no_further(path: Path) -> str:
    if path.lacks_label:
        return say("the image at step {step} has no label", step=path.length)
    if path.full:
        return say("the path is too long at step {step}", step=path.length)
    return say("the path diverges at step {step}", step=path.length)
