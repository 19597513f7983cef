"""Undo and redo of edits: a command holds the moments before and after, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from model.network import Floats
from model.path import Snapshot

if TYPE_CHECKING:
    from gui.session import Session


@dataclass(frozen=True)
class Moment:
    """A path as it was, the step that was looked at, and the inputs on the bench then."""

    snapshot: Snapshot
    position: int
    inputs: Floats


class EditCommand(QUndoCommand):
    """One edit, or all edits of one gesture."""

    _ID = 1

    def __init__(
        self, session: Session, label: str, before: Moment, after: Moment, gesture: object
    ) -> None:
        super().__init__(label)
        self._session = session
        self.before = before
        self.after = after
        self.gesture = gesture
        self._made = False

    def id(self) -> int:
        return self._ID

    def redo(self) -> None:
        # Pushing calls this first; a run goes on under an edit, but not under undo and redo.
        if self._made:
            self._session.pause()
        self._made = True
        self._session.restore(self.after)

    def undo(self) -> None:
        self._session.pause()
        self._session.restore(self.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand):
            return False
        if self.gesture is None or other.gesture is not self.gesture:
            return False
        self.after = other.after
        self.setText(other.text())
        return True
