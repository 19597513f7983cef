"""Undo and redo of edits: a command holds the moments before and after, nothing else."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from gui.session.moment import Moment

# Brings back a moment; a run goes on under an edit, but not under undo and redo.
Restore = Callable[[Moment, bool], None]


class EditCommand(QUndoCommand):
    """One edit, or all edits of one gesture; ``restore`` is a method that takes (moment, pause).

    ``nbytes`` are those of the future that gave way to it.
    """

    def __init__(
        self, restore: Restore, label: str, before: Moment, after: Moment, gesture: object
    ) -> None:
        super().__init__(label)
        # Weakly: whoever restores owns the stack that owns this, and Qt takes them down in order.
        self._restore = weakref.WeakMethod(restore)
        self.before = before
        self.after = after
        self.gesture = gesture
        self.nbytes = before.snapshot.nbytes_beyond(after.snapshot)
        self._made = False

    def replace(self, label: str, after: Moment) -> None:
        """Let the gesture's next edit take the place of the one before."""
        self.setText(label)
        self.after = after
        self._go(after)

    def redo(self) -> None:
        # Pushing calls this first.
        self._go(self.after, pause=self._made)
        self._made = True

    def undo(self) -> None:
        self._go(self.before, pause=True)

    def _go(self, moment: Moment, pause: bool = False) -> None:
        restore = self._restore()
        if restore is not None:
            restore(moment, pause)
