"""The path of an experiment: at its start, or as far as it was saved."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter

from model.door import say
from model.edits import EditError
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
    Raises ExperimentError where an edit cannot be made again.
    """
    path = new_path(experiment, beside)
    number = 0
    # Those of one step together: what they were made of may have come in another order.
    for step, edits in groupby(experiment.edits, attrgetter("step")):
        here = tuple(edits)
        try:
            while path.length < step:
                if cancelled is not None and cancelled():
                    raise FollowingCancelled
                if not path.extend(min(step - path.length, _PIECE)):
                    if path.lacks_label:
                        raise EditError(
                            say("the image at step {step} has no label", step=path.length)
                        )
                    if path.full:
                        raise EditError(
                            say("the path is too long at step {step}", step=path.length)
                        )
                    raise EditError(say("the path diverges at step {step}", step=path.length))
            path.edit(*here)
        except EditError as error:
            raise ExperimentError(
                say("session: edits[{number}]: {problem}", number=number, problem=error)
            ) from error
        number += len(here)
    return path
