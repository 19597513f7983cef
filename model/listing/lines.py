"""What a listing is made of: lines of text, the part of a step each is of, and what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from model.phase import StepPart

# A variable of the program and a place in it: ("weights", (0, 2)), ("pred", (1,)), ("alpha", ()).
# Weights and weight_deltas have (output, column), whatever the shape of the program's own lists.
Ref = tuple[str, tuple[int, ...]]
Cells = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Change:
    """What another number in its place would be: an edit of this kind at these cells."""

    kind: str
    at: Cells
    value: float


@dataclass(frozen=True)
class Span:
    """Letters start..stop-1 of a line that name something, or are a number that can be edited."""

    start: int
    stop: int
    ref: Ref | None = None
    change: Change | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """One line.

    ``part`` is that of a step, REST for what stands before the steps; ``shown`` is what is seen
    of a line that is too long to be looked at, ``text`` may then take a while to be made.
    """

    make: str | Callable[[], str]
    part: StepPart = StepPart.REST
    spans: tuple[Span, ...] = ()
    shown: str | None = None

    @property
    def text(self) -> str:
        """The line as it is in the program."""
        return self.make if isinstance(self.make, str) else self.make()

    @property
    def seen(self) -> str:
        """The line as it is looked at."""
        return self.text if self.shown is None else self.shown


@dataclass(frozen=True, eq=False)
class Listing:
    """The lines of a program, and what of it is walked through.

    ``body`` is Python: its line n, from 1, is what ``lines[first + n - 1]`` does.
    """

    lines: tuple[Line, ...]
    body: str
    first: int

    @property
    def text(self) -> str:
        """The whole program; it may be long."""
        return "\n".join(line.text for line in self.lines) + "\n"

    def of_part(self, part: StepPart) -> Iterator[int]:
        """The numbers of the lines that belong to a part of a step."""
        return (at for at, line in enumerate(self.lines) if line.part is part)


class Writer:
    """Puts a line together from pieces, and knows where each of them stands."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.spans: list[Span] = []

    def add(self, text: str, ref: Ref | None = None, change: Change | None = None) -> Writer:
        """Add a piece; with what it names, or what an edit of it would change."""
        if ref is not None or change is not None:
            self.spans.append(Span(len(self.text), len(self.text) + len(text), ref, change))
        self.text += text
        return self

    def line(self, part: StepPart = StepPart.REST) -> Line:
        """The line."""
        return Line(self.text, part, tuple(self.spans))
