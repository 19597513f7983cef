"""What changed on a path since somebody looked: the first step that may be another one now."""

from __future__ import annotations

from bisect import bisect_left

# Beyond this many, the oldest looks share one answer: the first step that any of them asks for.
_MAX_KEPT = 1000


class Changes:
    """Counts changes, each of which makes all steps from a certain one on others.

    A mark is the number of changes made before. Of an earlier change only what lies before every
    later one is kept, so that the steps kept only grow.
    """

    def __init__(self) -> None:
        self._count = 0
        self._marks: list[int] = []
        self._steps: list[int] = []

    @property
    def mark(self) -> int:
        """Stands for now, to ask with later."""
        return self._count

    def note(self, step: int) -> None:
        """The steps from ``step`` on are others."""
        self._count += 1
        kept = bisect_left(self._steps, step)
        del self._steps[kept:], self._marks[kept:]
        self._steps.append(step)
        self._marks.append(self._count)
        if len(self._steps) > _MAX_KEPT:
            # An answer that is too early costs a look; one that is too late would be wrong.
            del self._steps[1], self._marks[0]

    def since(self, mark: int) -> int | None:
        """The first step that may be another one since ``mark``; None where none is."""
        place = bisect_left(self._marks, mark + 1)
        return self._steps[place] if place < len(self._steps) else None
