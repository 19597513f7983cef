"""What a lesson is made of: pages, the blocks on them, and the line of the file each came from.

Everything here is only data. Texts are Markdown with ``{{ expression | format }}`` in it, which
``model.lessons.texts.fill`` fills; conditions and numbers are ``Expression``s, which are worked
out with the scopes of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import NamedTuple

from model.actions import Action
from model.door import say
from model.errors import UnknownLesson as UnknownLesson  # noqa: PLC0414 -- beside LessonError
from model.lessons.expressions import Expression

UNSURE = "unsure"


class LessonError(ValueError):
    """Something is wrong with a lesson; the message is ``FILE:LINE: sentence``."""

    def __init__(self, where: str, line: int, problem: str) -> None:
        super().__init__(f"{where}:{line}: {problem}")
        self.where = where
        self.line = line
        self.problem = problem


class Text(NamedTuple):
    """Markdown with numbers to be filled in, and the line where it begins."""

    markdown: str
    line: int


def _none() -> Mapping[str, float]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Changes:
    """A bench, as a page begins or as it might have been: an experiment, steps, and changes.

    ``at`` steps are taken as the experiment has it; then the changes are made. What is None or
    empty stays as it was. ``frozen`` are the letters of all weights that are frozen from then on;
    ``weights`` go by letters, ``inputs`` and ``targets`` by names, of the example of that step.
    ``shuffled`` gives every image the same other order of its pixels.
    """

    experiment: str
    at: int = 0
    alpha: float | None = None
    frozen: tuple[str, ...] | None = None
    weights: Mapping[str, float] = field(default_factory=_none)
    inputs: Mapping[str, float] = field(default_factory=_none)
    targets: Mapping[str, float] = field(default_factory=_none)
    shuffled: bool = False
    line: int = 0


# -- blocks ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prose:
    """Markdown between blocks."""

    text: Text

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.text.line


@dataclass(frozen=True)
class Setup:
    """How a page begins, complete by itself.

    ``show`` are parts or families that are brought into sight, ``hide`` those that are veiled
    from the start, ``light`` those with an outline, ``select`` the one that is looked at.
    """

    bench: Changes
    select: str | None = None
    show: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Choice:
    """One answer of several.

    ``reveals`` is the misconception that a wrong one shows. ``condition`` (``if`` in the file) is
    what must be true of the bench for an observation to be what happened.
    """

    id: str
    text: Text
    right: bool = False
    say: Text | None = None
    reveals: str | None = None
    condition: Expression | None = None
    line: int = 0


@dataclass(frozen=True)
class Wrong:
    """A wrong number that is known: what it is, what it says and what it shows."""

    value: Expression
    say: Text
    reveals: str | None
    line: int = 0


@dataclass(frozen=True)
class Tolerance:
    """How near an answer must be: ``size``, or that share of the right answer."""

    size: float
    relative: bool

    def of(self, answer: float) -> float:
        """How far from the answer is near enough."""
        return self.size * abs(answer) if self.relative else self.size


@dataclass(frozen=True)
class Predict:
    """A question that is answered before the outcome is seen: by a choice or by a number.

    Either ``choices`` are there, or ``answer``, ``within`` and ``wrongs``. ``say`` is what a right
    number is told. ``sure`` asks how sure the learner is, too. Who cannot say yet is offered a
    choice of their own: the one with the id ``unsure``, if there is one.
    """

    id: str
    ask: Text
    choices: tuple[Choice, ...] = ()
    answer: Expression | None = None
    within: Tolerance = Tolerance(0.0, False)
    wrongs: tuple[Wrong, ...] = ()
    say: Text | None = None
    sure: bool = False
    line: int = 0


@dataclass(frozen=True)
class Observe:
    """A question about what was seen; exactly one choice is true of the bench."""

    id: str
    ask: Text
    choices: tuple[Choice, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Say:
    """What a task says while something is true of the bench."""

    when: Expression
    text: Text
    line: int = 0


@dataclass(frozen=True)
class Task:
    """Something to be done on the bench, known by what is true afterwards.

    ``allow`` names the commands and parts that may be touched. ``solution`` is the author's way,
    in the one vocabulary of actions. ``hints`` say where to look, what to think, what to press.
    """

    do: Text
    done: Expression
    allow: tuple[str, ...] = ()
    hints: tuple[Text, ...] = ()
    solution: tuple[Action, ...] = ()
    says: tuple[Say, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Reveal:
    """From here on parts are shown, hidden or lit that were not before."""

    show: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Notes:
    """For who presents: what to say, what to ask, how long it takes."""

    say: Text | None = None
    ask: Text | None = None
    minutes: float | None = None
    line: int = 0


Gate = Predict | Observe | Task
Block = Prose | Setup | Predict | Observe | Task | Reveal | Notes


@dataclass(frozen=True)
class Segment:
    """What is in sight at once: blocks, the last of which may be a gate.

    The next segment waits until ``gate`` is answered, done, shown or skipped.
    """

    blocks: tuple[Prose | Predict | Observe | Task | Reveal, ...]

    @property
    def gate(self) -> Gate | None:
        """What the next segment waits for; None in the last one of a page."""
        last = self.blocks[-1] if self.blocks else None
        return last if isinstance(last, Gate) else None


# -- pages and lessons -------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """One page; ``number`` is counted from 1. ``setup`` and ``notes`` are not in the segments."""

    number: int
    title: str
    setup: Setup
    blocks: tuple[Block, ...]
    line: int

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The blocks in order, parted behind each that others wait for."""
        found: list[Segment] = []
        here: list[Prose | Predict | Observe | Task | Reveal] = []
        for block in self.blocks:
            if isinstance(block, Setup | Notes):
                continue
            here.append(block)
            if isinstance(block, Gate):
                found.append(Segment(tuple(here)))
                here = []
        return (*found, Segment(tuple(here))) if here or not found else tuple(found)

    @property
    def predicts(self) -> tuple[Predict, ...]:
        """The predictions of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Predict))

    @property
    def observes(self) -> tuple[Observe, ...]:
        """The observations of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Observe))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Task))

    @property
    def notes(self) -> tuple[Notes, ...]:
        """What is meant for who presents."""
        return tuple(block for block in self.blocks if isinstance(block, Notes))


@dataclass(frozen=True)
class Claim:
    """A sentence of the lesson that compares, and why it is true.

    ``says`` are its words as they stand in the lesson. ``holds`` is what must be true of the
    numbers; where no number can tell, ``because`` gives the reason instead.
    """

    says: tuple[str, ...]
    holds: Expression | None
    because: str | None
    page: int | None
    line: int


@dataclass(frozen=True, eq=False)
class Lesson:
    """A whole lesson.

    ``name`` is that of its file, ``folder`` where it lies (None for a text from elsewhere): images
    and experiments that do not come with Weightbench are looked for there, and nowhere else.
    ``lines`` are those of the keys in its front matter. Where ``again`` is not 0, so many of the
    pages are asked, chosen by what the learner missed before.
    """

    id: str
    title: str
    about: str
    experiment: str
    minutes: float
    pages: tuple[Page, ...]
    needs: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    what_ifs: Mapping[str, Changes] = field(default_factory=lambda: MappingProxyType({}))
    claims: tuple[Claim, ...] = ()
    again: int = 0
    name: str = ""
    folder: FilePath | None = None
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def fault(self, key: str, problem: str) -> LessonError:
        """The error to raise for a key of the front matter."""
        sentence = say("{key}: {problem}", key=key, problem=problem)
        return LessonError(self.name, self.lines.get(key, 1), sentence)

    def page(self, number: int) -> Page:
        """A page by its number, from 1. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.pages):
            raise IndexError(number)
        return self.pages[number - 1]

    def of_pages(self, numbers: Iterable[int]) -> Lesson:
        """A lesson of these pages alone, counted anew. Raises IndexError where one is not there."""
        pages = [replace(self.page(number), number=at) for at, number in enumerate(numbers, 1)]
        return replace(self, pages=tuple(pages), again=0)

    @property
    def predicts(self) -> Iterator[Predict]:
        """Every prediction, in order."""
        return (predict for page in self.pages for predict in page.predicts)


@dataclass(frozen=True)
class Heading:
    """What a list of lessons shows: ``file`` is that of a built-in one."""

    id: str
    title: str
    about: str
    minutes: float
    needs: tuple[str, ...]
    file: str
