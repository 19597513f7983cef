"""The segments of a path one after another, each linked to the one before it.

Paths that differ share what they have in common, and nothing that is done to one of them walks
through all of it: the links that skip many stretches make finding a step, and where two paths
part, a matter of a few looks however many edits there are (skew-binary skip links, Myers 1983).
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from model.edits import EDIT_KINDS, Edit
from model.path.segment import Segment


class Stretch:
    """A segment, the edits at its start, and all that lies before it on the path.

    ``bytes_before`` is what everything before it counts for the limit of a path, ``nbytes_of``
    its own part; both follow from the edits and the steps alone.
    """

    __slots__ = (
        "__weakref__", "_own_bytes", "before", "bytes_before", "depth", "edits", "n_edits_before",
        "segment", "skip", "start",
    )  # fmt: skip

    def __init__(
        self,
        segment: Segment,
        before: Stretch | None = None,
        edits: tuple[Edit, ...] = (),
        change_bytes: int = 0,
    ) -> None:
        self.segment = segment
        self.start = segment.start
        self.before = before
        self.edits = edits
        self._own_bytes = change_bytes
        if before is None:
            self.depth = self.n_edits_before = self.bytes_before = 0
            self.skip: Stretch | None = None
            return
        self.depth = before.depth + 1
        self.n_edits_before = before.n_edits_before + len(before.edits)
        self.bytes_before = before.bytes_before + before.nbytes_of(self.start - before.start)
        far = before.skip
        farther = far.skip if far is not None else None
        if far is None or farther is None or before.depth - far.depth != far.depth - farther.depth:
            self.skip = before
        else:
            self.skip = farther

    @property
    def n_edits(self) -> int:
        """How many edits there are up to here."""
        return self.n_edits_before + len(self.edits)

    @property
    def nbytes(self) -> int:
        """Bytes that its segment and its edits take, however far they have been computed."""
        return self._own_bytes + self.segment.nbytes

    def nbytes_of(self, n_steps: int) -> int:
        """What it counts for the limit of a path where so many of its steps are on it."""
        return self._own_bytes + self.segment.nbytes_of(n_steps)

    def steps_within(self, nbytes: int) -> int:
        """The most of its steps for which it and all before it count at most so much; or none."""
        return self.segment.steps_within(nbytes - self.bytes_before - self._own_bytes)

    def at(self, step: int) -> Stretch:
        """The stretch that ``step`` lies in, this one or one before it."""
        here = self
        while here.start > step:
            assert here.skip is not None
            assert here.before is not None
            here = here.skip if here.skip.start > step else here.before
        return here

    def cut(self, step: int) -> Stretch:
        """The same without what is known of the steps far beyond ``step``."""
        segment = self.segment.cut(step)
        if segment is self.segment:
            return self
        return Stretch(segment, self.before, self.edits, self._own_bytes)

    def back_to(self, step: int) -> Iterator[Stretch]:
        """This stretch and those before it, last one first, to the one that ``step`` lies in."""
        here: Stretch | None = self
        while here is not None:
            yield here
            here = here.before if here.start > step else None

    def next_on(self, last: Stretch) -> Stretch | None:
        """The stretch after this one on the path that ends with ``last``; None for that one."""
        return last.at_depth(self.depth + 1) if last.depth > self.depth else None

    def at_depth(self, depth: int) -> Stretch:
        """The stretch that has so many before it, this one or one before it."""
        here = self
        while here.depth > depth:
            assert here.skip is not None
            assert here.before is not None
            here = here.skip if here.skip.depth >= depth else here.before
        return here


def parting(one: Stretch, other: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """Where two paths part: the first stretch of each that the other does not have.

    None for a path that ends before that.
    """
    depth = min(one.depth, other.depth)
    here, there = one.at_depth(depth), other.at_depth(depth)
    if here is there:
        return here.next_on(one), there.next_on(other)
    while here.before is not there.before:
        assert here.skip is not None
        assert here.before is not None
        assert there.skip is not None
        assert there.before is not None
        # Stretches of one depth skip equally far.
        together = here.skip is there.skip
        here = here.before if together else here.skip
        there = there.before if together else there.skip
    return here, there


class EditList:
    """The edits of a path in a row, for whoever looks at all of them.

    Of a path that changed only what is new is put in.
    """

    def __init__(self, last: Stretch) -> None:
        # Weak: a future that nobody can go back to is not kept for its list of edits.
        self._last = weakref.ref(last)
        self._edits: list[Edit] = list(last.edits)
        # A row for each: its step, and the place of its kind in EDIT_KINDS.
        self._rows = np.empty((16, 2), dtype=np.int64)
        self._tuple: tuple[Edit, ...] | None = None

    def of(self, last: Stretch) -> tuple[Edit, ...]:
        """The edits of the path that ends with ``last``, oldest first."""
        self._follow(last)
        if self._tuple is None:
            self._tuple = tuple(self._edits)
        return self._tuple

    def steps_of(self, last: Stretch) -> NDArray[np.int64]:
        """The step of each of them, (n_edits,); read-only, and good until the path changes."""
        return self._column(last, 0)

    def kinds_of(self, last: Stretch) -> NDArray[np.int64]:
        """The place of the kind of each in EDIT_KINDS, as `steps_of` has their steps."""
        return self._column(last, 1)

    def _column(self, last: Stretch, column: int) -> NDArray[np.int64]:
        self._follow(last)
        values = self._rows[: len(self._edits), column]
        values.setflags(write=False)
        return values

    def _follow(self, last: Stretch) -> None:
        known = self._last()
        if last is known:
            return
        gone, new = parting(known, last) if known is not None else (None, last.at_depth(0))
        if known is None or gone is not None:
            del self._edits[gone.n_edits_before if gone is not None else 0 :]
        added = list(last.back_to(new.start)) if new is not None else []
        n = len(self._edits)
        for stretch in reversed(added):
            self._edits += stretch.edits
        if len(self._edits) > len(self._rows):
            more = np.empty((2 * len(self._edits), 2), dtype=np.int64)
            more[:n] = self._rows[:n]
            self._rows = more
        places = {kind: place for place, kind in enumerate(EDIT_KINDS)}
        for at, edit in enumerate(self._edits[n:], n):
            self._rows[at] = edit.step, places[edit.kind]
        self._last, self._tuple = weakref.ref(last), None
