"""Lessons in the window: opened and left, kept between starts, and the person's own bench safe."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.files.documents import Documents
from gui.files.keeper import Keeper
from gui.files.settings import Settings
from gui.session import Session
from gui.window.places import Places
from model.door import mark, say
from model.files.kinds import opened

if TYPE_CHECKING:
    from gui.files.kept_lessons import KeptLessons
    from gui.session.lesson import LessonPlayer

# From a change until it is kept.
_KEEP_AFTER_MS = 400
_HEAD_BYTES = 64
_MAX_ENTRIES = 300
_TOUR = "the-bench"
_DAMAGED = mark("What was recorded of lessons cannot be read. It is kept as {file}.")


class Lessons(QObject):
    """What the commands and files of the window ask of lessons.

    Nothing of a lesson is loaded before one is asked for.

    Signals
    -------
    changed : other commands of lessons may be of use
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        places: Places,
        documents: Documents,
        keeper: Keeper | None,
        settings: Settings | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._places = places
        self._documents = documents
        self._keeper = keeper
        self._settings = settings
        self._player: LessonPlayer | None = None
        self._file: KeptLessons | None = None
        self._own_file: Path | None = None
        # A lesson to be opened when the bench is there.
        self._asked: tuple[str, int | None] | None = None
        # What was offered at the start; whoever opens a lesson has found one.
        self._welcomed_with = ""
        self._keep_soon = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self._keep)
        documents.leaving.connect(self.leave)
        documents.open_lesson = self.take

    # -- the player, made when it is asked for -------------------------------------------------

    @property
    def player(self) -> LessonPlayer:
        """The player of the window's bench, with what was kept of lessons."""
        if self._player is None:
            from gui.session.lesson import LessonPlayer, Records

            player = self._player = LessonPlayer.of(self._session)
            kept = self._kept
            if kept is not None:
                player.records = Records(self._read(kept), player)
                kept.begin(player.records.values())
            player.records.changed.connect(self._keep_soon.start)
            player.beginning.connect(self._beginning)
            player.opened.connect(self._opened)
            player.closed.connect(self._closed)
            player.changed.connect(self.changed)
            player.list_closed.connect(self._hide)
        return self._player

    @property
    def is_open(self) -> bool:
        """Whether a lesson is on the bench."""
        return self._player is not None and self._player.lesson is not None

    @property
    def _kept(self) -> KeptLessons | None:
        """The file of what is recorded, looked for when it is asked for; None without settings."""
        if self._file is None and self._settings is not None:
            from gui.files.kept_lessons import KeptLessons

            self._file = KeptLessons(self._settings.kept)
        return self._file

    def _read(self, kept: KeptLessons) -> dict[str, Any]:
        found = kept.read()
        self._tell_of_damage(kept)
        return found

    def _tell_of_damage(self, kept: KeptLessons) -> None:
        damaged, kept.damaged = kept.damaged, None
        if damaged is not None:
            self._documents.say(say(_DAMAGED, file=damaged))

    @Slot()
    def _keep(self) -> None:
        kept = self._kept
        if kept is None or self._player is None:
            return
        try:
            kept.write(self._player.records.values())
        except OSError as error:
            self._documents.say(
                say(
                    "What is recorded of lessons cannot be kept: {reason}",
                    reason=error.strerror or error,
                )
            )
        self._tell_of_damage(kept)

    # -- opening and leaving -------------------------------------------------------------------

    def open(self, name_or_file: str, page: int | None = None) -> None:
        """Open a lesson by its id, title or number, or from a file; what is wrong is said."""
        from gui.session.lesson.again import to_be_asked
        from model.lessons.lesson import LessonError, UnknownLesson
        from model.lessons.library import load

        try:
            self.player.open(to_be_asked(load(name_or_file), self.player.records), page)
        except IndexError:
            self._documents.say(say("The lesson has no page {page}.", page=page))
        except (LessonError, UnknownLesson) as error:
            self._documents.say(str(error))

    def take(self, path: Path) -> bool:
        """Open a file as a lesson, or the first of a folder, if it is one; by what is in it."""
        file = path if _is_lesson(path) else _lesson_in(path)
        if file is not None:
            self.open(str(file))
        return file is not None

    def show_list(self) -> None:
        """Show the list of all lessons; a lesson that is open is left for it."""
        self.leave()
        _ = self.player
        self._places.show_lesson(True)
        self._places.focus_lesson()

    @Slot()
    def leave(self) -> None:
        """Give the person's own bench back."""
        if self._player is not None:
            self._player.leave()

    @Slot()
    def _hide(self) -> None:
        self._places.show_lesson(False)

    def end(self) -> None:
        """Leave and keep all, as the window closes."""
        self.leave()
        if self._keep_soon.isActive():
            self._keep_soon.stop()
            self._keep()

    def turn(self, by: int) -> None:
        """Go to another page; behind the last one the lesson is finished.

        What waits on the page is not passed without a word: it is answered, done or skipped first.
        """
        player = self.player
        lesson = player.lesson
        if by > 0 and player.waiting:
            self._session.notices.refuse(player.waiting)
        elif lesson is not None and by > 0 and player.page == len(lesson.pages):
            player.finish()
        else:
            player.turn(by)

    # -- at the start --------------------------------------------------------------------------

    def open_soon(self, name_or_file: str, page: int | None) -> None:
        """Open a lesson once the bench that is being read is there."""
        self._asked = (name_or_file, page)
        if self._documents.opener.busy:
            self._documents.opener.opened.connect(self._bench_came)
            self._documents.given_up.connect(self._bench_came)
        else:
            self.open(name_or_file, page)

    @Slot()
    def _bench_came(self) -> None:
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self.open(*asked)

    @Slot()
    def welcome(self) -> None:
        """Offer the tour at the first start, and later to go on with what was under way."""
        file = self._kept
        if file is None:
            return
        kept = self._read(file)
        if kept.get("tour_offered") is not True:
            with suppress(OSError):
                file.write({"tour_offered": True})
            self._welcomed_with = say(
                "New here? Three minutes on the bench itself show what to press."
            )
            self._session.notices.offer(
                self._welcomed_with, say("Start the &tour"), self._begin_tour
            )
        elif isinstance(kept.get("under_way"), str) and kept["under_way"]:
            self._welcomed_with = say("A lesson is under way: go on where you left it?")
            self._session.notices.offer(self._welcomed_with, say("&Go on with it"), self._go_on)

    def _begin_tour(self) -> None:
        self.open(_TOUR)

    def _go_on(self) -> None:
        self.open(self.player.records.under_way)

    # -- the person's own bench ----------------------------------------------------------------

    @Slot()
    def _beginning(self) -> None:
        """What is on the bench is kept as it is until it comes back."""
        if self._keeper is not None:
            self._keeper.keep_now()
            self._keeper.hold(True)
        self._own_file = self._documents.file
        self._documents.set_file(None)
        self._places.begin_lesson()

    @Slot()
    def _opened(self) -> None:
        self._session.notices.withdraw(self._welcomed_with)
        self._places.show_lesson(True)
        # What is done on a lesson's bench is nothing to be saved.
        self._session.edits.mark_saved()

    @Slot()
    def _closed(self) -> None:
        self._documents.set_file(self._own_file)
        self._own_file = None
        self._places.end_lesson()
        if self._keeper is not None:
            self._keeper.hold(False)


def _is_lesson(file: Path) -> bool:
    """Whether a file begins as a lesson does, whatever it is called."""
    try:
        with opened(file) as stream:
            head = stream.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"+++")


def _lesson_in(folder: Path) -> Path | None:
    """The first lesson by name in a folder; None where there is none, or no such folder."""
    try:
        with os.scandir(folder) as entries:
            # Nobody keeps lessons among thousands of files, all of which would be opened.
            among = islice(entries, _MAX_ENTRIES)
            names = sorted(entry.name for entry in among if entry.name.endswith(".md"))
    except (OSError, ValueError):
        return None
    return next((folder / name for name in names if _is_lesson(folder / name)), None)
