"""Where the numbers of a lesson come from: its own path, other futures of it, and the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from model.curves import AlphaZones
from model.experiment import Experiment
from model.lessons.expressions import Expression, Name
from model.lessons.lesson import Lesson, Page, Predict, Wrong
from model.path import State


class Length(Protocol):
    """A path, as far as its length goes."""

    @property
    def length(self) -> int:
        """Its last step."""


class Live(Protocol):
    """The bench that the learner works on; a session is one."""

    @property
    def experiment(self) -> Experiment:
        """What is on the bench."""

    @property
    def state(self) -> State:
        """All numbers of the step that is looked at."""

    @property
    def zones(self) -> AlphaZones:
        """What alpha does at that step."""

    @property
    def path(self) -> Length:
        """The path."""


def bench_of(lesson: Lesson, page: Page) -> Experiment:
    """The experiment as the page begins: its saved path is the page's own (edits, position).

    ``session.open`` or ``session.set_aside`` puts exactly that on the bench; opened again, it is
    the same to the last bit. Raises LessonError where it cannot be made.
    """
    raise NotImplementedError


class Reference:
    """The numbers of a page that stay true whatever the learner does.

    ``start`` is the page's beginning; ``at(n)`` is n steps after it, on a path of its own.
    ``page`` is None for what holds of the lesson as a whole: its experiment from step 0.
    """

    def __init__(self, lesson: Lesson, page: Page | None) -> None:
        self.lesson = lesson
        self.page = page


class Latch:
    """Remembers which ``ever(…)`` of some conditions were true since the page was opened."""

    def __init__(self, conditions: Iterable[Expression]) -> None:
        raise NotImplementedError

    def look(self, scopes: Scopes) -> None:
        """Look at the bench; to be called at each change of it."""
        raise NotImplementedError

    def __contains__(self, condition: object) -> bool:
        raise NotImplementedError


@dataclass
class Scopes:
    """All that the expressions of a page can name.

    ``answers`` are the learner's numeric answers by the ids of their predictions.
    """

    reference: Reference
    live: Live | None = None
    answers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    latch: Latch | None = None

    def number(self, name: Name) -> float:
        """The number of a name; see ``Source``."""
        raise NotImplementedError

    def was_true(self, condition: Expression) -> bool:
        """Whether a condition was true at some moment since the page was opened."""
        raise NotImplementedError


def truth(condition: Expression, scopes: Scopes) -> bool:
    """Whether a condition is true; one that has no value now is not."""
    raise NotImplementedError


@dataclass(frozen=True)
class Judgement:
    """What an answer in numbers is: right, a known wrong one, or neither.

    ``answer`` is the right number.
    """

    right: bool
    wrong: Wrong | None
    answer: float


def judge(predict: Predict, answer: float, scopes: Scopes) -> Judgement:
    """Judge a numeric answer: right within the tolerance, else the nearest known wrong one."""
    raise NotImplementedError
