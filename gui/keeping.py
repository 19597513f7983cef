"""Keeps the bench from one start to the next, without asking and without losing anything."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Slot

from gui.documents import Documents
from gui.settings import Settings


class Keeper(QObject):
    """Writes the bench to the autosave file when the window closes, and brings it back.

    While what is in the file has not come back yet, the file is left as it is. A file that
    cannot be read (a newer version's, say) is set aside, not written over.
    """

    def __init__(self, documents: Documents, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._documents = documents
        self._settings = settings
        self._awaited = False
        documents.opener.opened.connect(self._opened)
        documents.opener.failed.connect(self._failed)

    def bring_back(self) -> None:
        """Put on the bench what was there when the application was last closed."""
        file = self._settings.autosave
        if file.is_file():
            self._awaited = True
            self._documents.open(str(file))

    def keep(self) -> None:
        """Keep what is on the bench for the next start."""
        if self._awaited:
            return
        self._settings.last_name = self._documents.name
        self._settings.edited = self._documents.edited
        self._documents.write(self._settings.autosave)

    @Slot(str)
    def _opened(self, name: str) -> None:
        self._awaited = False
        if name == str(self._settings.autosave):
            self._documents.set_origin(self._settings.last_name, self._settings.edited)

    @Slot(str)
    def _failed(self, name: str) -> None:
        if self._awaited and name == str(self._settings.autosave):
            self._awaited = False
            with suppress(OSError):
                self._settings.autosave.replace(self._settings.autosave.with_suffix(".bak"))
