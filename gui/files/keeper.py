"""Keeps the bench from one start to the next, without asking and without losing anything."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gui.files.documents import Documents
from gui.files.settings import Settings
from model.door import mark, say

# Benches that could not come back are kept side by side; beyond so many nothing is kept.
_MOST_ASIDE = 99
_KEPT = mark("The bench as you left it is kept in {file}, where File > Open finds it")
_OLDER = mark(
    "An older bench that could not come back is kept in {file}, where File > Open finds it"
)
_FAILED = mark("{reason}: the bench as you left it is kept in {file}, where File > Open finds it")


class Keeper(QObject):
    """Writes the bench to the autosave file when the window closes, and brings it back.

    A bench that cannot come back, because its images are missing or a newer version wrote it,
    is set aside under a name of its own. Where nothing was done meanwhile, it is tried again at
    the next start; else the user is told where it is.
    """

    def __init__(self, documents: Documents, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._documents = documents
        self._settings = settings
        # The file of a bench that has not come back yet.
        self._awaited: Path | None = None
        documents.opener.opened.connect(self._opened)
        documents.given_up.connect(self._given_up)

    def bring_back(self) -> None:
        """Put on the bench what was there when the application was last closed."""
        aside = self._settings.set_aside
        if self._settings.autosave.is_file():
            self._awaited = self._settings.autosave
        elif aside is not None and aside.is_file():
            self._awaited = aside
        if self._awaited is not None:
            self._documents.open(str(self._awaited))

    def step_aside(self) -> None:
        """Set aside a bench with edits that were not saved: another one is wanted this time."""
        if self._settings.edited and self._settings.autosave.is_file():
            self._awaited = self._settings.autosave
            if self._make_room():
                self._tell(_KEPT, self._settings.set_aside)
                self._awaited = self._settings.set_aside = None
                self._settings.edited = False

    def keep(self) -> bool:
        """Keep what is on the bench for the next start; returns whether nothing gets lost."""
        if self._awaited is not None and not self._documents.has_work:
            return True
        if not self._make_room() or not self._documents.write(self._settings.autosave):
            return False
        self._settings.last_file = self._documents.file
        self._settings.edited = self._documents.edited
        return True

    @Slot(str)
    def _opened(self, name: str) -> None:
        awaited, settings = self._awaited, self._settings
        if awaited is None:
            return
        if Path(name) != awaited:
            # Something else was opened while it was on its way, or in its place.
            if self._make_room():
                self._tell(_KEPT, settings.set_aside)
                self._awaited = None
            return
        self._awaited = None
        if awaited == settings.set_aside:
            with suppress(OSError):
                awaited.replace(settings.autosave)
                settings.set_aside = None
        self._documents.set_file(settings.last_file, settings.edited)
        if settings.set_aside is not None:
            self._tell(_OLDER, settings.set_aside)
            settings.set_aside = None

    @Slot(str, str)
    def _given_up(self, name: str, reason: str) -> None:
        if self._awaited is None:
            return
        if Path(name) == self._awaited:
            if self._make_room():
                self._tell(_FAILED, self._settings.set_aside, reason=reason.rstrip("."))
        elif self._awaited == self._settings.autosave and not self._documents.has_work:
            # What was asked for in its place does not come.
            self._documents.open(str(self._awaited))

    def _make_room(self) -> bool:
        """Set aside what is in the autosave file but has not come back; False if it cannot be."""
        autosave = self._settings.autosave
        if self._awaited != autosave or not autosave.exists():
            return True
        names = (autosave.with_stem(f"{autosave.stem}-{n}") for n in range(1, _MOST_ASIDE + 1))
        try:
            aside = next(file for file in names if not file.exists())
            autosave.rename(aside)
        except (StopIteration, OSError):
            self._documents.say(
                say("{file} holds a bench that could not be set aside", file=autosave)
            )
            return False
        self._awaited = self._settings.set_aside = aside
        return True

    def _tell(self, sentence: str, file: Path | None, **slots: object) -> None:
        self._documents.first_choice = file
        self._documents.say(say(sentence, file=file, **slots))
