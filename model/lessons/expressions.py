"""Expressions: sums and comparisons of named numbers, and nothing else.

``+ - * /``, ``< <= > >= == != ~=``, ``and or not``, ``abs min max``, numbers and names. An
expression is read by ``parse`` and worked out with a ``Source`` of numbers.

    start.delta * (1 - alpha * s)
    at(3).w[a] > start.w[a] and x["win/loss"] ~= 0.65
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from model.door import say
from model.lessons.quantities import ExpressionError, NoValue

# Numbers that agree to four figures are about the same.
_ABOUT = 5e-4
_NEXT_TO_NOTHING = 1e-12
# What the future of a printed slip is called by, before its own name.
SLIP = "slip:"


@dataclass(frozen=True)
class Name:
    """A number by its name.

    ``future`` is where it is looked for: "" and "now" for the bench of now, "page" for the page's
    own path, else a what-if, or "slip:NAME"; "you" for the learner's own answers. ``step`` counts
    from the start of that path. ``members`` are what stands in its brackets.
    """

    future: str
    step: int
    quantity: str
    members: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it is a number of the bench that the learner works on."""
        return self.future in ("", "now")


@dataclass(frozen=True)
class Number:
    """A number as it was typed."""

    value: float


@dataclass(frozen=True)
class Call:
    """An operation or a function on its parts."""

    what: str
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Ever:
    """Whether a condition was true at some moment since the page was opened."""

    condition: Expression


Tree = Name | Number | Call | Ever


@dataclass(frozen=True)
class Expression:
    """What was read of a text; ``is_truth`` says that it is a condition and not a number."""

    source: str
    tree: Tree
    is_truth: bool

    def names(self) -> Iterator[Name]:
        """Every name in it, also in what may ever have been true."""
        for tree in self._trees():
            if isinstance(tree, Name):
                yield tree

    def evers(self) -> Iterator[Expression]:
        """Every condition that it asks of the past."""
        for tree in self._trees():
            if isinstance(tree, Ever):
                yield tree.condition

    def _trees(self) -> Iterator[Tree]:
        waiting: list[Tree] = [self.tree]
        while waiting:
            tree = waiting.pop()
            yield tree
            if isinstance(tree, Call):
                waiting.extend(reversed(tree.parts))
            elif isinstance(tree, Ever):
                waiting.append(tree.condition.tree)


class Source(Protocol):
    """Where the numbers behind the names come from."""

    def number(self, name: Name) -> float:
        """The finite number of that name. Raises ExpressionError, NoValue where it has none."""

    def was_true(self, condition: Expression) -> bool:
        """Whether a condition was true at some moment since the page was opened."""


@cache
def _operations() -> dict[str, Callable[..., float]]:
    return {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": _divide,
        "negative": operator.neg,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "==": operator.eq,
        "!=": operator.ne,
        "~=": _about,
        "not": operator.not_,
        "abs": abs,
        "min": min,
        "max": max,
    }


def evaluate(expression: Expression, source: Source) -> float:
    """The finite number that an expression makes; a truth is 1 or 0.

    Raises ExpressionError where a name is not there, NoValue where there is no finite number.
    """
    return float(_value(expression.tree, source))


def _value(tree: Tree, source: Source) -> float:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        return source.number(tree)
    if isinstance(tree, Ever):
        return source.was_true(tree.condition)
    if tree.what in ("and", "or"):
        first, second = tree.parts
        decided = bool(_value(first, source)) is (tree.what == "or")
        return tree.what == "or" if decided else _value(second, source)
    number = _operations()[tree.what](*(_value(part, source) for part in tree.parts))
    if not math.isfinite(number):
        raise NoValue(say("the result is too large for a number"))
    return number


def _divide(number: float, by: float) -> float:
    if by == 0.0:
        raise NoValue(say("nothing can be divided by 0"))
    return number / by


def _about(first: float, second: float) -> bool:
    return abs(first - second) <= max(_ABOUT * max(abs(first), abs(second)), _NEXT_TO_NOTHING)


__all__ = [
    "Call", "Ever", "Expression", "ExpressionError", "Name", "NoValue", "Number", "Source",
    "Tree", "evaluate",
]  # fmt: skip
