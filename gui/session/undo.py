"""Undo and redo of edits: a command holds the moments before and after, nothing else."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from gui.session.moment import Bench, Moment

# Brings back a moment; a run goes on under an edit, but not under undo and redo.
Restore = Callable[[Moment, bool], None]


class Entry(QUndoCommand):
    """Something that can be undone and redone.

    ``made_before`` and ``made_after`` stand for all that a person has made by then: the same
    object on both sides of a look, which makes nothing.
    """

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.made_before: object = None
        self.made_after: object = None


class EditCommand(Entry):
    """One edit, or all edits of one gesture; ``restore`` is a method that takes (moment, pause).

    ``nbytes`` are those of the future that gave way to it, ``replaces_steps`` whether its steps
    are to be told of.
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
        self.replaces_steps = True
        self.nbytes = _bytes_given_way(before, after)
        self._made = False

    def replace(self, label: str, after: Moment) -> None:
        """Let the gesture's next edit take the place of the one before."""
        self.setText(label)
        self.after = after
        if self.made_after is not self.made_before:
            # It may have been saved while the gesture was under way.
            self.made_after = object()
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


def _bytes_given_way(before: Moment, after: Moment) -> int:
    """Bytes that the moment before keeps alive and that after it does not."""
    if before.bench.path is after.bench.path:
        return before.snapshot.nbytes_beyond(after.snapshot)
    arrays, shared = before.bench.arrays, after.bench.arrays
    own = sum(nbytes for key, nbytes in arrays.items() if key not in shared)
    return before.snapshot.nbytes + own


class UndoStack(QUndoStack):
    """Entries to undo and redo, and whether what a person made is saved.

    Qt's own clean state counts entries; a look is an entry, too, but loses nothing.
    """

    def __init__(self, limit: int, parent: QObject) -> None:
        super().__init__(parent)
        self.setUndoLimit(limit)
        # Stands for what the experiment is without any edit.
        self._original: object = object()
        self._base = self._saved = self._original
        # What was opened, once it has given way to another form of it.
        self.origin: Bench | None = None

    def begin(self, edited: bool) -> None:
        """Forget all for another experiment, which is saved as it is, ``edited`` or not."""
        self.clear()
        self.origin = None
        self._original = object()
        self._base = self._saved = object() if edited else self._original

    def add(self, command: EditCommand, made: bool) -> None:
        """Make an edit; a look is one by which nothing is ``made``."""
        self._push(command, object() if made else self.made)

    def add_beside(self, entry: Entry) -> None:
        """Make a change beside the path; taking all edits away leaves it."""
        self._push(entry, object())
        self._original = object()

    def add_original(self, command: EditCommand) -> None:
        """Make the edit that takes all others away."""
        self._push(command, self._original)

    def _push(self, command: Entry, made: object) -> None:
        command.made_before, command.made_after = self.made, made
        self.push(command)

    def forget(self) -> None:
        """Let go of all entries; what was made stays so."""
        self._base = self.made
        self.clear()

    @property
    def made(self) -> object:
        """Stands for what a person has made: another object after each edit, not after a look."""
        last = self._any(self.index() - 1)
        if last is not None:
            return last.made_after
        # Those that fell off the far end can no longer be taken back.
        first = self._any(0)
        return first.made_before if first is not None else self._base

    def entry(self, place: int) -> EditCommand | None:
        """The edit at a place from 0; None where there is none, or something beside the path."""
        entry = self._any(place)
        return entry if isinstance(entry, EditCommand) else None

    def replaced_steps(self, position: int, length: int) -> int:
        """How many later steps the last edits at a position took off a path of that length."""
        if position != length:
            return 0
        most = length
        for place in range(self.index() - 1, -1, -1):
            command = self._any(place)
            if not isinstance(command, EditCommand):
                # It left the path as it was.
                continue
            if command.after.position != position or not command.replaces_steps:
                break
            most = max(most, command.before.snapshot.length)
            if command.before.position != position:
                break
        return most - length

    def _any(self, place: int) -> Entry | None:
        command = self.command(place) if 0 <= place < self.count() else None
        return command if isinstance(command, Entry) else None

    @property
    def unsaved(self) -> bool:
        """Whether something was made that is not saved."""
        return self.made is not self._saved

    def mark_saved(self) -> None:
        """All that is made now is saved."""
        self._saved = self.made

    def mark_unsaved(self) -> None:
        """Nothing that can be reached by undo and redo is saved."""
        self._saved = object()
