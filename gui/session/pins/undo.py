"""Undo and redo of what is pinned: an entry holds the pins before and after, nothing else."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from gui.session.undo import Entry
from model.experiment import Pin

Put = Callable[[tuple[Pin, ...]], None]


class PinEntry(Entry):
    """One change of the pins; ``put`` is a method that takes them."""

    def __init__(
        self, put: Put, label: str, before: tuple[Pin, ...], after: tuple[Pin, ...]
    ) -> None:
        super().__init__(label)
        self._put = weakref.WeakMethod(put)
        self._before, self._after = before, after

    def redo(self) -> None:
        # Pushing calls this first.
        self._go(self._after)

    def undo(self) -> None:
        self._go(self._before)

    def _go(self, pins: tuple[Pin, ...]) -> None:
        put = self._put()
        if put is not None:
            put(pins)
