"""Expressions: sums and comparisons of named numbers, and nothing else.

``+ - * /``, ``< <= > >= == != ~=``, ``and or not``, ``abs min max``, numbers and names. An
expression is read by ``parse`` and worked out with a ``Source`` of numbers.

    start.delta * (1 - alpha * s)
    at(3).w[a] > start.w[a] and x["win/loss"] ~= 0.65
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class ExpressionError(ValueError):
    """A text that is no expression, or names what is not there; one sentence for a person."""


class NoValue(ExpressionError):
    """An expression is well, but has no value now: nothing to divide by, no floor, no answer."""


@dataclass(frozen=True)
class Name:
    """A number by its name.

    ``future`` is where it is looked for: "" for the bench of now, "page" for the page's own path,
    else a what-if, or "slip:NAME"; "you" for the learner's own answers. ``step`` counts from the
    start of that path. ``members`` are what stands in its brackets.
    """

    future: str
    step: int
    quantity: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expression:
    """What was read of a text; ``tree`` is for this room alone."""

    source: str
    tree: object

    def names(self) -> Iterator[Name]:
        """Every name in it."""
        raise NotImplementedError


class Source(Protocol):
    """Where the numbers behind the names come from."""

    def number(self, name: Name) -> float:
        """The finite number of that name. Raises ExpressionError, NoValue where it has none."""

    def was_true(self, condition: Expression) -> bool:
        """Whether a condition was true at some moment since the page was opened."""


def parse(text: str) -> Expression:
    """The expression that a text says.

    Raises ExpressionError, with one sentence that names what is wrong and what would be right.
    """
    raise NotImplementedError


def evaluate(expression: Expression, source: Source) -> float:
    """The finite number that an expression makes; a truth is 1 or 0.

    Raises ExpressionError where a name is not there, NoValue where there is no finite number.
    """
    raise NotImplementedError
