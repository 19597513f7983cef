"""Long work in small portions, so that whoever does it can pause or give up between two."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")

# Yields how much of the work is done, 0 to 1, several times a tenth of a second, and returns
# what came of it. To give up, drop it.
Portions = Generator[float, None, Result]


def finished(work: Portions[Result]) -> Result:
    """Do the whole work at once, for whoever need not be asked in between."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


def part(start: float, stop: float, work: Portions[Result]) -> Portions[Result]:
    """Do a piece of work as that part of a larger one which goes from ``start`` to ``stop``."""
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield start + (stop - start) * done
