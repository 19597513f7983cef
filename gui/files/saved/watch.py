"""Notices that the file on the bench was changed by another program.

It is looked at whenever the window is activated, which is when a person comes back from another
program, and before it is saved over: nothing runs between.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.session.notices import Notices
from gui.widgets.background import Background, Cancelled
from model.door import mark, say
from model.files.kept.stamp import Stamp, stamp_of

Found = Literal["same", "changed", "gone"]
# Files whose stamps are known: a lesson gives back the one that was on the bench before it.
_MAX_KNOWN = 16
_CHANGED = mark("“{name}” was changed by another program.")
_BOTH_CHANGED = mark(
    "“{name}” was changed by another program, and there are changes here as well: saving asks "
    "which to keep."
)


class FileWatch(QObject):
    """Knows what the file on the bench was when it was read or written last.

    Parameters
    ----------
    window : QWidget
        At its activation the file is looked at, in the background.
    is_edited : callable
        Tells whether there is something on the bench that is not in the file.
    reload : callable
        Opens the file again, unless the person wants to stay.
    """

    def __init__(
        self,
        window: QWidget,
        notices: Notices,
        is_edited: Callable[[], bool],
        reload: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._is_edited = is_edited
        self._reload = reload
        self._file: Path | None = None
        self._known: dict[Path, Stamp] = {}
        # What the file became was told, or is being looked at, with what was known by then.
        self._told: Stamp | None = None
        self._offer = ""
        self._compared_with: Stamp | None = None
        self._background = Background((), self)
        self._background.finished.connect(self._looked)
        window.installEventFilter(self)

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
    def _looked(self, now: Stamp | None) -> None:
        known = self.stamp
        # It may have been saved in between; and what is gone is only of interest to who saves.
        if known is None or known is not self._compared_with or now is None:
            return
        if now.is_of_same(known) or (self._told is not None and now.is_of_same(self._told)):
            return
        self._told = now
        name = self._file.name if self._file is not None else ""
        if self._is_edited():
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
