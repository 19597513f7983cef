"""Finds the floor of what is on the bench: at once for little data, else in the background."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gui.session.zone_finder import Question
from gui.widgets.background import Background, Cancelled
from model.network import Floats
from model.setup import Setup
from model.study.floor import Floor, FloorCancelled, can_be_found, floor, is_quick

# Undo, and a drag along the time line, come back to what was known a moment ago.
_MAX_KEPT = 8


class _Question(NamedTuple):
    """All that a floor depends on: what the limit of alpha does, and the weights that are frozen.

    ``held`` is (n_frozen,), in the order of the mask.
    """

    of_setup: Question
    held: Floats

    @classmethod
    def of(cls, setup: Setup, weights: Floats) -> _Question:
        """The question that a setup puts with weights, (n_outputs, n_inputs)."""
        return cls(Question.of(setup), weights[setup.frozen])

    def same(self, other: _Question) -> bool:
        """Whether it has the same answer."""
        return self.of_setup.same(other.of_setup) and np.array_equal(self.held, other.held)


class FloorFinder(QObject):
    """Knows the floors that it was asked for last.

    Signals
    -------
    found : a floor is known that was not, or it is known that there is none
    """

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: deque[tuple[_Question, Floor | None]] = deque(maxlen=_MAX_KEPT)
        self._asked: _Question | None = None
        self._background = Background((FloorCancelled, MemoryError), self)
        self._background.finished.connect(self._finished)
        self._background.failed.connect(self._failed)

    @property
    def searching(self) -> bool:
        """Whether the floor that was asked for last is still being worked out."""
        return self._asked is not None

    def floor(self, setup: Setup, weights: Floats) -> Floor | None:
        """The floor; None while it is worked out, and where none can be."""
        question = _Question.of(setup, weights)
        for known, answer in self._known:
            if known.same(question):
                self._give_up()
                return answer
        if self._asked is not None and self._asked.same(question):
            return None
        self._give_up()
        if not can_be_found(setup):
            self._known.appendleft((question, None))
        elif is_quick(setup):
            self._known.appendleft((question, floor(setup, weights)))
        else:
            self._asked = question

            def work(cancelled: Cancelled) -> Floor:
                return floor(setup, weights, cancelled)

            self._background.start(work)
            return None
        return self._known[0][1]

    @Slot()
    def wait(self) -> None:
        """Stop what is done in the background, and stay until it has stopped."""
        self._asked = None
        self._background.wait()

    def _give_up(self) -> None:
        """Let go of a search that no one waits for, and of all data that it holds."""
        self._asked = None
        self._background.drop()

    @Slot(object)
    def _finished(self, answer: Floor) -> None:
        self._answer(answer)

    @Slot(object)
    def _failed(self, _: object) -> None:
        self._answer(None)

    def _answer(self, answer: Floor | None) -> None:
        if self._asked is not None:
            self._known.appendleft((self._asked, answer))
            self._asked = None
            self.found.emit()
