"""Undo and redo of edits: a command holds the moments before and after, nothing else."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from model.network import Floats
from model.path.path import Snapshot

if TYPE_CHECKING:
    from gui.session.session import Session


@dataclass(frozen=True, eq=False)
class Moment:
    """A path as it was, the step that was looked at, and what was on the bench then.

    ``example`` is the index of that example, None for a guest; ``inputs`` (n_inputs,) are its.
    """

    snapshot: Snapshot
    position: int
    example: int | None
    inputs: Floats


class EditCommand(QUndoCommand):
    """One edit, or all edits of one gesture."""

    def __init__(
        self, session: Session, label: str, before: Moment, after: Moment, gesture: object
    ) -> None:
        super().__init__(label)
        # Weakly: the session owns the stack that owns this, and Qt takes them down in order.
        self._session = weakref.ref(session)
        self.before = before
        self.after = after
        self.gesture = gesture
        self._made = False

    def replace(self, label: str, after: Moment) -> None:
        """Let the gesture's next edit take the place of the one before."""
        self.setText(label)
        self.after = after
        self._restore(after)

    def redo(self) -> None:
        # Pushing calls this first; a run goes on under an edit, but not under undo and redo.
        self._restore(self.after, pause=self._made)
        self._made = True

    def undo(self) -> None:
        self._restore(self.before, pause=True)

    def _restore(self, moment: Moment, pause: bool = False) -> None:
        session = self._session()
        if session is None:
            return
        if pause:
            session.pause()
        session.restore(moment)
