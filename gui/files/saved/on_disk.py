"""The file on the bench: saved over with care, gone back to, and noticed when it changes.

It is looked at whenever the window is activated, which is when a person comes back from another
program, and before it is saved over: nothing runs between.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.door import mark, say
from model.files.kept.bench import BenchState
from model.files.kept.stamp import Stamp, stamp_of

Found = Literal["same", "changed", "gone"]
# Files whose stamps are known: a lesson gives back the one that was on the bench before it.
_MAX_KNOWN = 16
_CHANGED = mark("“{name}” was changed by another program.")
_BOTH_CHANGED = mark(
    "“{name}” was changed by another program, and there are changes here as well: saving asks "
    "which to keep."
)


class Opened(Protocol):
    """What is needed of the documents, which open and save."""

    file: Path | None

    @property
    def edited(self) -> bool:
        """Whether there are edits that were not saved."""

    @property
    def has_work(self) -> bool:
        """Whether anything was done on the bench that is not in its file."""

    def open(self, name_or_file: str) -> None:
        """Put a file on the bench."""

    def ask_open_named(self, name_or_file: str) -> None:
        """Put a file on the bench, unless the person wants to stay."""

    def set_file(self, file: Path | None, edited: bool = False, stamp: Stamp | None = None) -> None:
        """Say which file is on the bench."""

    def ask_save_as(self) -> bool:
        """Ask for a file and save there."""

    def save_to(self, file: Path) -> bool:
        """Save to this file."""


class OnDisk(QObject):
    """Knows what the file on the bench was when it was read or written last.

    At each activation of the window the file is looked at, in the background.

    Signals
    -------
    looked : that is done, and what there is to be said of it was said
    """

    looked = Signal()

    def __init__(self, documents: Opened, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._notices = session.notices
        self._window = window
        # How long the path is that is in the file.
        self.length = session.experiment.length
        self._file: Path | None = None
        self._known: dict[Path, Stamp] = {}
        # What the file became, once that was told.
        self._told: Stamp | None = None
        self._offer = ""
        # What was known of it as it began to be looked at.
        self._compared_with: Stamp | None = None
        self._background = Background((), self)
        self._background.finished.connect(self._compare)
        window.installEventFilter(self)

    # -- asked for by a person -------------------------------------------------------------

    @property
    def can_revert(self) -> bool:
        """Whether there is a file to go back to, and anything to go back from."""
        return self._documents.file is not None and self._documents.has_work

    def revert(self) -> None:
        """Go back to the file as it was saved; whether edits may be lost is asked first."""
        file = self._documents.file
        if file is None:
            return
        from gui.files.saved.asking import ask_to_revert

        if not self._documents.edited or ask_to_revert(self._window, file.name):
            self._documents.open(str(file))

    def save(self, file: Path) -> bool:
        """Save to the file on the bench; where another program changed it, ask first."""
        found = self.found()
        if found == "same":
            return self._documents.save_to(file)
        from gui.files.saved.asking import ask_before_saving

        answer = ask_before_saving(self._window, file.name, gone=found == "gone")
        if answer == "save":
            return self._documents.save_to(file)
        if answer == "save as":
            return self._documents.ask_save_as()
        if answer == "reload":
            self._documents.open(str(file))
        return False

    def _reload(self) -> None:
        if self._file is not None:
            self._documents.ask_open_named(str(self._file))

    # -- what the file is ------------------------------------------------------------------

    def take_kept(self, state: BenchState) -> None:
        """What is on the bench was kept, and came from this file before that."""
        if state.has_work:
            # How much of the path is in the file is not known, but not all of it.
            self.length = -1
        self._documents.set_file(state.file, state.edited, state.stamp)

    @property
    def stamp(self) -> Stamp | None:
        """What the file on the bench was when it was read or written last."""
        return self._known.get(self._file) if self._file is not None else None

    def follow(self, file: Path | None, stamp: Stamp | None = None) -> None:
        """Look after this file from here on, or after none.

        ``stamp`` is what it was when it was read or written. Without one it is what is known of
        it already, or else what it is now.
        """
        if file != self._file or stamp is not None:
            self._told = None
            self._background.drop()
            offer, self._offer = self._offer, ""
            if offer:
                self._notices.withdraw(offer)
        self._file = file
        if file is None:
            return
        before = self._known.pop(file, None)
        known = stamp or before
        now = known or stamp_of(file)
        if now is not None:
            self._known[file] = now
        while len(self._known) > _MAX_KNOWN:
            del self._known[next(iter(self._known))]
        if known is not None:
            self.look()

    def found(self) -> Found:
        """What the file is at this very moment, beside what it was."""
        known = self.stamp
        if self._file is None or known is None:
            return "same"
        now = stamp_of(self._file)
        if now is None:
            return "gone"
        return "same" if now.is_of_same(known) else "changed"

    def look(self) -> None:
        """Look at the file in the background; what it became is told once."""
        known = self.stamp
        if self._file is not None and known is not None:
            self._compared_with = known
            self._background.start(partial(_stamp, self._file))

    @Slot(object)
    def _compare(self, now: Stamp | None) -> None:
        self._tell(now)
        self.looked.emit()

    def _tell(self, now: Stamp | None) -> None:
        known = self.stamp
        # It may have been saved in between; and what is gone is only of interest to who saves.
        if known is None or known is not self._compared_with or now is None:
            return
        if now.is_of_same(known) or (self._told is not None and now.is_of_same(self._told)):
            return
        self._told = now
        name = self._file.name if self._file is not None else ""
        if self._documents.edited:
            self._notices.refuse(say(_BOTH_CHANGED, name=name))
            return
        self._offer = say(_CHANGED, name=name)
        self._notices.offer(self._offer, say("&Reload"), self._reload)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)


def _stamp(file: Path, _: Cancelled) -> Stamp | None:
    return stamp_of(file)
