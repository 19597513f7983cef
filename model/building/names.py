"""Names of inputs and outputs: what is one, and one that nothing else has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from model.building.errors import BuildError
from model.door import say
from model.experiment import Experiment

MAX_NAME_LETTERS = 60


def checked_name(text: str, taken: Collection[str] = ()) -> str:
    """The name that a person typed, without blanks around it.

    ``taken`` are the names that the others of its kind have. Raises BuildError where it is
    empty, too long, of letters that cannot be shown, or taken.
    """
    name = text.strip()
    if not name:
        raise BuildError(say("A name is needed: type at least one letter."))
    if len(name) > MAX_NAME_LETTERS:
        raise BuildError(
            say("A name has at most {most} letters, and this one has {letters:,}: shorten it.",
                most=MAX_NAME_LETTERS, letters=len(name))
        )  # fmt: skip
    if not name.isprintable():
        raise BuildError(
            say("A name stands on one line and has no control characters: type it once more.")
        )
    if name in taken:
        raise BuildError(
            say("“{name}” is the name of another one already: choose another name.", name=name)
        )
    return name


def fresh_name(wanted: str, taken: Collection[str]) -> str:
    """A name that none of the others has: the one that is wanted, or one with a number after it."""
    name, number = wanted[:MAX_NAME_LETTERS], 1
    while name in taken:
        number += 1
        ending = f" {number}"
        name = f"{wanted[: MAX_NAME_LETTERS - len(ending)]}{ending}"
    return name


def renamed_input(experiment: Experiment, column: int, name: str) -> Experiment:
    """The same experiment with another name for an input. Raises BuildError as `checked_name`."""
    return replace(experiment, inputs=_renamed(experiment.inputs, column, name))


def renamed_output(experiment: Experiment, output: int, name: str) -> Experiment:
    """The same experiment with another name for an output. Raises BuildError as `checked_name`."""
    return replace(experiment, outputs=_renamed(experiment.outputs, output, name))


def _renamed(names: Sequence[str], place: int, name: str) -> tuple[str, ...]:
    others = (*names[:place], *names[place + 1 :])
    return (*names[:place], checked_name(name, others), *names[place + 1 :])
