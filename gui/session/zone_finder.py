"""Finds the limit of alpha: at once for small data, in slices between frames for 60,000 images."""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from model.curves import AlphaZones, alpha_zones, largest_sums
from model.examples import Examples
from model.network import Mask
from model.setup import Setup

_AT_ONCE = 2**21
# Undo, and a drag along the time line, come back to what was known a moment ago.
_MAX_KEPT = 8


@dataclass(frozen=True, eq=False)
class Question:
    """What a setup is asked for: the examples, the only one visited if any, and the mask."""

    examples: weakref.ref[Examples]
    only: int | None
    frozen: Mask

    @classmethod
    def of(cls, setup: Setup) -> Question:
        """The question that a setup puts; it keeps no examples alive."""
        # A guest takes the place of an example for one step, and is no part of what is learned.
        only = setup.schedule.index(0) if setup.schedule.order == "first" else None
        return cls(weakref.ref(setup.examples), only, setup.frozen)

    def same(self, other: Question) -> bool:
        """Whether it has the same answer."""
        return (
            self.examples() is other.examples()
            and self.only == other.only
            and (self.frozen is other.frozen or np.array_equal(self.frozen, other.frozen))
        )


@dataclass(eq=False)
class _Search:
    """A question with much data, on the way to its answer."""

    question: Question
    setup: Setup
    sums: Iterator[float]
    largest: float = 0.0


class ZoneFinder(QObject):
    """Knows the zones of the setups it was asked about last; ``found`` says they are there."""

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: deque[tuple[Question, AlphaZones]] = deque(maxlen=_MAX_KEPT)
        self._search: _Search | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_on)

    def zones(self, setup: Setup) -> AlphaZones:
        """The zones for a setup; not known yet, for a moment, where there is much data."""
        question = Question.of(setup)
        for known, zones in self._known:
            if known.same(question):
                return zones
        if self._search is not None and self._search.question.same(question):
            return AlphaZones(None, None, exact=False, known=False)
        self._give_up()
        examples = setup.examples
        if question.only is not None or len(examples) * examples.n_inputs <= _AT_ONCE:
            zones = alpha_zones(setup)
            self._known.appendleft((question, zones))
            return zones
        self._search = _Search(question, setup, largest_sums(setup))
        self._timer.start(0)
        return AlphaZones(None, None, exact=False, known=False)

    def _give_up(self) -> None:
        """Let go of a search that no one waits for, and of all data that it holds."""
        self._timer.stop()
        self._search = None

    @Slot()
    def _look_on(self) -> None:
        search = self._search
        if search is None:
            return
        try:
            search.largest = next(search.sums)
        except StopIteration:
            self._give_up()
            self._known.appendleft((search.question, alpha_zones(search.setup, search.largest)))
            self.found.emit()
