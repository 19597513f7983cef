"""What a look is changed to: names and values as they are read from a file, each checked.

A check takes the experiment and a value, and returns the value as it is kept, or raises ValueError
with what it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from model.door import say
from model.experiment import Experiment

Check = Callable[[Experiment, Any], Any]
Word = TypeVar("Word", bound=str)


def checked_values(
    checks: Mapping[str, Check], experiment: Experiment, wanted: object
) -> dict[str, Any]:
    """The wanted values as they are kept, by their names.

    Raises ValueError, with one sentence that names what cannot be.
    """
    if not isinstance(wanted, Mapping):
        raise ValueError(say("must be an object with names and values"))
    values: dict[str, Any] = {}
    for name, value in wanted.items():
        check = checks.get(name)
        if check is None:
            raise ValueError(say("{name} is nothing that can be set", name=repr(name)))
        try:
            values[name] = check(experiment, value)
        except ValueError as error:
            raise ValueError(say("{name}: {problem}", name=name, problem=error)) from error
    return values


def one_of(known: Sequence[Word]) -> Callable[[Experiment, Any], Word]:
    """The check that a value is one of these words."""

    def check(_: Experiment, value: Any) -> Word:
        for word in known:
            if value == word:
                return word
        raise ValueError(say("must be one of {known}", known=", ".join(known)))

    return check


def truth(_: Experiment, value: Any) -> bool:
    """The check that a value is either so or not."""
    if not isinstance(value, bool):
        raise ValueError(say("must be true or false"))
    return value


def whole_number(value: Any, low: int, high: int) -> int:
    """The value, where it is a whole number in that range. Raises ValueError."""
    if type(value) is not int or not low <= value <= high:
        raise ValueError(say("must be a whole number from {low} to {high}", low=low, high=high))
    return value
