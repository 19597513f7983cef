"""Keeps the bench while the window is open and from one start to the next, without asking."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from gui.files.bench_text import BenchContent, BenchWriter
from gui.files.documents import Documents
from gui.files.settings import Settings
from gui.session import Session
from gui.widgets.background import Background
from model.door import mark, say
from model.errors import ExperimentError
from model.files.kept.bench import BenchState
from model.files.kept.shelf import OwnedBench, Shelf
from model.files.library import builtin_names

# From a change until it is kept; twice that is the age of what a kill leaves, at the most.
_KEEP_AFTER_MS = 2000
# What takes long to write is written so much less often.
_REST = 10

_KEPT = mark("The bench as you left it is kept in {file}, where File > Open finds it")
_FAILED = mark("{reason}: the bench as you left it is kept in {file}, where File > Open finds it")
_OTHER = mark("Another bench, “{name}”, is kept in {file}, where File > Open finds it")
_SEVERAL = mark(
    "More benches, from “{name}” on, are kept in {folder}, where File > Open finds them"
)
_CRASHED = mark(
    "Weightbench ended without being closed. This is the bench as it was kept on {when}."
)
_CRASHED_ONCE = mark(
    "Weightbench ended without being closed. This is the bench as it was kept last."
)
_NOT_KEPT = mark("The bench cannot be kept for the next start: {reason}")
_FRESH = mark("Start fresh")


class Keeper(QObject):
    """Writes the bench to a file of its own a moment after each change, and brings it back.

    Each window owns the file of its bench; what another window owns is left alone. A bench that
    cannot come back, because its images are missing or a newer version wrote it, stays in its
    file. Where nothing was done meanwhile, it is tried again at the next start; else the user is
    told where it is.
    """

    def __init__(
        self, session: Session, documents: Documents, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._documents = documents
        self._settings = settings
        self._shelf = Shelf(settings.benches)
        self._writer = BenchWriter()
        # The bench of this window, once there is something in it to keep.
        self._mine: OwnedBench | None = None
        # One that has not come back yet.
        self._awaited: OwnedBench | None = None
        # Those that stay where they are, until that was told.
        self._others: list[OwnedBench] = []
        self._written: BenchContent | None = None
        self._trouble = ""
        self._ended = self._held = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._keep_behind)
        self._rest_ms = 0
        self._clock = QElapsedTimer()
        self._background = Background((OSError,), self)
        self._background.finished.connect(self._kept)
        self._background.failed.connect(self._not_kept)
        documents.opener.opened.connect(self._opened)
        documents.given_up.connect(self._given_up)
        session.changed.connect(self._note)
        session.view.changed.connect(self._note)
        documents.title_changed.connect(self._note)
        # At once, or what is brought back could be older than the file, and be saved over it.
        # Before as well: a bench that is older than its file must not pass for what is in there,
        # wherever the program is ended.
        documents.saving.connect(self.keep_now)
        documents.saved.connect(self.keep_now)

    # -- coming back -----------------------------------------------------------------------

    def bring_back(self) -> None:
        """Put on the bench what was there when it was kept last, unless a window has it."""
        found = self._found()
        if not found:
            return
        self._awaited, *self._others = found
        self._documents.open(str(self._awaited.file))

    def step_aside(self) -> None:
        """Leave benches with edits that were not saved: another one is wanted this time."""
        self._others = self._found()
        self._leave_others()

    def _found(self) -> list[OwnedBench]:
        """What nobody owns, the last one first."""
        self._settings.take_over_old_bench(self._shelf)
        return self._shelf.unowned()

    def _leave_others(self) -> None:
        """Tell once of benches that stay in their files; what nobody misses is removed."""
        untold: list[tuple[str, OwnedBench]] = []
        others, self._others = self._others, []
        for bench in others:
            try:
                state = bench.state()
            except (ExperimentError, OSError):
                state = BenchState(bench.file.name, has_work=True)
            # A path without edits is run again; after a crash, what is there is there.
            if not state.edited and (state.closed or not state.has_work):
                bench.remove()
                continue
            if not bench.told:
                untold.append((state.name, bench))
                bench.set_told(True)
            bench.release()
        if len(untold) == 1:
            name, bench = untold[0]
            self._tell(_OTHER, bench.file, name=name)
        elif untold:
            self._tell(_SEVERAL, untold[0][1].file, name=untold[0][0], folder=self._shelf.folder)

    @Slot(str)
    def _opened(self, name: str) -> None:
        awaited = self._awaited
        if awaited is not None and Path(name) == awaited.file:
            self._awaited = None
            self._take(awaited)
            self._leave_others()
            return
        if awaited is not None:
            # Something else was opened while it was on its way, or in its place.
            self._leave(awaited)
            self._awaited = None
        if Path(name) in self._shelf:
            bench = self._shelf.claim(Path(name))
            if bench is not None:
                self._take(bench)
            else:
                # Another window has it: this is a copy.
                self._documents.set_file(None, edited=True)

    def _take(self, bench: OwnedBench) -> None:
        """What is on the bench comes from this file, with its state; it is kept there again."""
        self._wait()
        if self._mine is not None:
            self._mine.remove()
        self._mine = bench
        try:
            state = bench.state()
            when = bench.file.stat().st_mtime
        except (ExperimentError, OSError):
            state, when = BenchState("", edited=True, closed=True), time.time()
        bench.set_told(False)
        self._documents.on_disk.take_kept(state)
        if not state.closed:
            self._session.notices.offer(crashed_words(when), say(_FRESH), self._start_fresh)

    @Slot(str, str)
    def _given_up(self, name: str, reason: str) -> None:
        awaited = self._awaited
        if awaited is None:
            return
        if Path(name) == awaited.file:
            self._tell(_FAILED, awaited.file, reason=reason.rstrip("."))
        elif not self._documents.has_work:
            # What was asked for in its place does not come.
            self._documents.open(str(awaited.file))

    def _start_fresh(self) -> None:
        """Leave the bench in its file and begin as at the first start."""
        self.keep_now()
        bench, self._mine = self._mine, None
        self._documents.open(next(iter(builtin_names())))
        if bench is not None:
            self._leave(bench)

    def _leave(self, bench: OwnedBench) -> None:
        bench.set_told(True)
        bench.release()
        self._tell(_KEPT, bench.file)

    def _tell(self, sentence: str, file: Path, **slots: object) -> None:
        self._documents.first_choice = file
        self._documents.say(say(sentence, file=file, **slots))

    # -- keeping ---------------------------------------------------------------------------

    def keep(self) -> bool:
        """Keep the bench for the next start as the window closes; whether nothing gets lost."""
        self._wait()
        if not self._waits_in_vain and not self._write(closed=True):
            return False
        self._ended = True
        for bench in (self._mine, self._awaited, *self._others):
            if bench is not None:
                bench.release()
        self._mine = self._awaited = None
        self._others = []
        return True

    @Slot()
    def keep_now(self) -> bool:
        """Keep what is on the bench at this very moment; the window stays."""
        self._wait()
        return self._ended or self._held or self._waits_in_vain or self._write(closed=False)

    def hold(self, held: bool) -> None:
        """Leave what is kept as it is: what is on the bench now is not the person's own."""
        self._wait()
        self._held = held
        if not held:
            self._note()

    @property
    def _waits_in_vain(self) -> bool:
        """Whether a bench did not come back, and nothing was done in its place."""
        return self._awaited is not None and not self._documents.has_work

    def _wait(self) -> None:
        """Nothing is being written from here on."""
        self._timer.stop()
        if self._background.busy:
            # Nobody will hear whether that went well.
            self._written = None
        self._background.wait()

    @Slot()
    def _note(self) -> None:
        """Something may have changed: keep it soon."""
        idle = not self._timer.isActive() and not self._background.busy
        if idle and not self._ended and not self._held:
            self._timer.start(_KEEP_AFTER_MS + self._rest_ms)

    @Slot()
    def _keep_behind(self) -> None:
        """Keep what changed, in the background."""
        content = self._content(closed=False)
        if self._waits_in_vain or self._ended or content == self._written:
            return
        try:
            bench = self._bench()
        except OSError as error:
            self._not_kept(error)
            return
        self._clock.start()
        self._written = content
        self._background.start(partial(self._writer.write_gently, bench, content))

    @Slot(object)
    def _kept(self, _: object) -> None:
        self._trouble = ""
        self._rest_ms = int(self._clock.elapsed()) * _REST
        if self._content(closed=False) != self._written:
            self._note()

    @Slot(object)
    def _not_kept(self, error: Exception) -> None:
        self._written = None
        reason = getattr(error, "strerror", None) or str(error)
        if reason != self._trouble:
            # Once for as long as it lasts.
            self._trouble = reason
            self._documents.say(say(_NOT_KEPT, reason=reason))

    def _write(self, closed: bool) -> bool:
        content = self._content(closed)
        if content == self._written:
            return True
        try:
            self._writer.write(self._bench(), content)
        except OSError as error:
            self._trouble = ""
            self._not_kept(error)
            return False
        self._written = content
        return True

    def _bench(self) -> OwnedBench:
        """The file to write to, still ours. Raises OSError."""
        if self._mine is None or not self._mine.owned:
            self._mine = self._shelf.new()
        return self._mine

    def _content(self, closed: bool) -> BenchContent:
        """What is on the bench, none of which changes any more."""
        session, documents = self._session, self._documents
        length, position = session.playback.destination
        state = BenchState(
            session.experiment.name, documents.file, documents.edited, documents.has_work, closed,
            documents.on_disk.stamp,
        )  # fmt: skip
        view = {} if session.view.is_default else session.view.values()
        return BenchContent(
            state, session.experiment, session.path.edits, length, position, view, session.pins.all
        )


def crashed_words(when: float) -> str:
    """What to say of a bench that was kept then, in seconds since 1970."""
    try:
        stamp = f"{datetime.fromtimestamp(when):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        # A file may say that it is of any year.
        return say(_CRASHED_ONCE)
    return say(_CRASHED, when=stamp)
