"""What a page of a lesson shows, from top to bottom; who shows it needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["", "answered", "done", "shown", "skipped"]


@dataclass(frozen=True)
class Words:
    """Markdown to be read. ``kind`` tells what the lesson wrote from what it answers."""

    key: str
    markdown: str
    kind: Literal["prose", "response"] = "prose"


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    id: str
    markdown: str


@dataclass(frozen=True)
class Question:
    """A prediction or an observation: asked in Markdown, answered by an option or a number.

    ``answer`` is the chosen option or the number as it was typed; empty while none was given.
    ``asks_sure`` asks how sure the learner is, too. ``remark`` is what a number that is none, or an
    observation that is not what happened, is told.
    """

    key: str
    markdown: str
    options: tuple[Option, ...]
    numeric: bool
    predicts: bool
    asks_sure: bool
    answer: str
    sure: str
    remark: str
    outcome: Outcome


@dataclass(frozen=True)
class Doing:
    """A task. ``remark`` is what it says of the bench as it is now; ``hints`` are those asked for.

    ``offers_hint`` is true once the first hint is offered; ``more_hints`` while there is another.
    ``showing`` is true while the solution is played, ``was_shown`` from then on.
    """

    key: str
    markdown: str
    remark: str
    hints: tuple[str, ...]
    more_hints: bool
    offers_hint: bool
    showing: bool
    was_shown: bool
    outcome: Outcome


Item = Words | Question | Doing
