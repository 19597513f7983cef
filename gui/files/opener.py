"""Opens experiments: at once where it can, in the background where that takes a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.files.loading.loads import (
    CannotOpen,
    FoundTable,
    Ready,
    WantedImages,
    follow,
    is_large,
    load,
    load_set,
    load_table,
    load_text,
    recount,
)
from gui.pictures.later import read_gray
from gui.session import Session
from gui.widgets.background import Background, Cancelled, Work, followed_by
from model.digits import Origin
from model.door import say
from model.errors import ExperimentError, LostSet, MissingImages
from model.experiment import Experiment
from model.files.json_text import ReadingCancelled
from model.files.kept.stamp import Stamp, stamp_of
from model.files.kinds import is_table
from model.files.library import file_of, find_experiment
from model.files.sets.access import Access, Decode, may_be_set
from model.files.survey.oddities import OddImages
from model.path.saved import FollowingCancelled, new_path, saved_path

# Told once it is on the bench (with an empty text), or why it is not.
_Told = Callable[[str], None]
_Reading = Callable[[WantedImages, Cancelled], object]
# Signs of how far it is come thousands of times a second; eyes need fewer.
_SECONDS_BETWEEN_SIGNS = 0.05


class Opener(QObject):
    """Puts experiments on the bench by name or file.

    ``mnist_folder`` is where MNIST was read from last, once the user had chosen a folder; where
    it is no more, it is passed over.
    ``confirm`` is asked before anything replaces the bench: there may be edits by then.

    Signals
    -------
    opened(name_or_file) : it is on the bench; the name is empty for what is of no file
    failed(name_or_file, reason) : it is not, and why was said by the session's ``refused``
    loading(bool) : something is being read
    images_missing(name_or_file, fault) : it needs MNIST, which is not on this computer or of
        which a file is at fault
    images_odd(name_or_file, odd) : it needs images of which something is to be decided first
    set_lost(name_or_file, lost) : its own pictures are not where they were, or others now
    table_found(file, content, may_be_pixels) : it is a table, of which nothing is decided yet
    progress(n, of) : so much of what is being read has been read
    """

    opened = Signal(str)
    failed = Signal(str, str)
    loading = Signal(bool)
    images_missing = Signal(str, str)
    images_odd = Signal(str, object)
    set_lost = Signal(str, object)
    table_found = Signal(str, object, bool)
    progress = Signal(int, int)

    def __init__(
        self,
        session: Session,
        mnist_folder: Path | None,
        parent: QObject,
        confirm: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._confirm = confirm
        self.mnist_folder = mnist_folder
        # Reads the pictures in folders.
        self.decode: Decode = read_gray
        # What is got ready for an experiment in the thread that reads it.
        self.prepare: Callable[[Experiment], object] = lambda _: None
        self._reading: _Reading | None = None
        self._chosen: Path | None = None
        self._pictures: Path | None = None
        self._last_sign = 0.0
        self._told: _Told | None = None
        self._name = ""
        # What the file was when it began to be read; None for what is of no file.
        self.stamp: Stamp | None = None
        self._background = Background((CannotOpen, FollowingCancelled, ReadingCancelled), self)
        self._background.finished.connect(self._loaded)
        self._background.failed.connect(self._failed)

    def open(
        self, name_or_file: str, folder: Path | None = None, pictures: Path | None = None
    ) -> None:
        """Open a built-in experiment or a file.

        ``folder`` is where the user says MNIST is, ``pictures`` where those of their own are now.
        """
        self.drop()
        self._pictures = pictures
        self._open(name_or_file, folder)

    def open_then(self, name_or_file: str, told: Callable[[str], None]) -> None:
        """Open as ``open`` does; ``told`` is called once, with an empty text when it is there.

        Otherwise with the reason: it cannot be opened, the person keeps what is on the bench, or
        something else is opened meanwhile.
        """
        self.drop()
        self._told = told
        self._open(name_or_file, None)

    def open_text(self, text: str, told: Callable[[str], None]) -> None:
        """Open the experiment of a JSON text that is in no file; ``told`` as ``open_then``."""
        self.drop()
        self._told, self._name = told, ""
        self._read(partial(load_text, text), None)

    def _open(self, name_or_file: str, folder: Path | None) -> None:
        self._name = name_or_file
        file = file_of(name_or_file)
        self.stamp = None if file is None else stamp_of(file)
        if file is not None and may_be_set(file):
            self._read(partial(load_set, name_or_file, file, None), folder)
            return
        if file is not None and is_table(file):
            self._read(partial(load_table, name_or_file, file), folder)
            return
        try:
            if is_large(name_or_file):
                self._read(partial(load, name_or_file, None), folder)
                return
            found = find_experiment(name_or_file)
            if found.source is not None:
                self._read(partial(load, name_or_file, found), folder)
                return
            experiment = found.experiment()
            if not experiment.is_quick:
                self._begin(partial(follow, name_or_file, experiment))
                return
            self._put(Ready(name_or_file, experiment, saved_path(experiment)))
        except ExperimentError as error:
            self._say_failed(name_or_file, error)

    def put(self, experiment: Experiment) -> None:
        """Put an experiment on the bench that is of no file, at its start."""
        self.drop()
        self._put(Ready("", experiment, new_path(experiment)))

    def open_pixels(self, name_or_file: str, origin: Origin | None = None) -> None:
        """Open a set of pictures, a table of pixels among them, read as ``origin`` says."""
        self.drop()
        self._name = name_or_file
        self._read(partial(load_set, name_or_file, Path(name_or_file), origin), None)

    def set_count(self, count: int) -> None:
        """Open the experiment on the bench afresh, to learn from ``count`` of its images."""
        self.drop()
        self._name = ""
        self._read(partial(recount, self._session.experiment, count), None)

    def read_again(self, folder: Path | None) -> None:
        """Try what needed images once more, with MNIST from this folder."""
        if self._reading is not None:
            self._read(self._reading, folder)

    def read_from(self, located: Path | None, anyway: bool = False) -> None:
        """Try once more what needed pictures of one's own, from where they are now.

        ``anyway`` takes them although they are others than those that were saved.
        """
        if self._reading is not None:
            self._read(self._reading, self._chosen, located, anyway)

    def try_again(self) -> None:
        """Try what needed images once more, from where it was tried."""
        self.read_again(self._chosen)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._background.busy

    @Slot()
    def cancel(self) -> None:
        """Give up what is being read, and say so."""
        if self.busy:
            name = self._name
            self.drop()
            self._say_failed(name, ExperimentError(say("It was not opened: you cancelled it.")))

    def drop(self) -> None:
        """Want nothing any more of what is being read."""
        self._tell(say("something else was opened meanwhile"))
        self._reading = self._pictures = None
        if self.busy:
            self._background.drop()
            self.loading.emit(False)

    def wait(self) -> None:
        """Stay until nothing is being read; what was is dropped."""
        self.drop()
        self._background.wait()

    def _read(
        self,
        reading: _Reading,
        folder: Path | None,
        located: Path | None = None,
        anyway: bool = False,
    ) -> None:
        self._reading = reading
        self._chosen = folder
        # What was said on the command line is wanted, whatever it is.
        anyway = anyway or (located is None and self._pictures is not None)
        located = located or self._pictures
        access = Access(self.decode, located, anyway, asks=True, progress=self._sign_of_life)
        self._begin(partial(reading, WantedImages(folder, self.mnist_folder, access)))

    def _sign_of_life(self, n: int, of: int) -> None:
        # Called in the reading thread: only sends a signal.
        now = time.monotonic()
        if now - self._last_sign >= _SECONDS_BETWEEN_SIGNS:
            self._last_sign = now
            self.progress.emit(n, of)

    def _begin(self, work: Work) -> None:
        self.loading.emit(True)
        self._background.start(followed_by(work, self._prepare))

    def _prepare(self, ready: object) -> None:
        # Called in the reading thread.
        if isinstance(ready, Ready):
            self.prepare(ready.experiment)

    @Slot(object)
    def _loaded(self, ready: Ready | FoundTable) -> None:
        self.loading.emit(False)
        self._reading = None
        if isinstance(ready, FoundTable):
            self._tell(say("{file} is a table of numbers, to be opened by hand", file=ready.name))
            self.table_found.emit(ready.name, ready.content, ready.may_be_pixels)
        else:
            self._put(ready)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.loading.emit(False)
        if not isinstance(error, CannotOpen):
            self._reading = None
            reason = say("It could not be opened: {reason}", reason=error)
            self._say_failed(self._name, ExperimentError(reason))
            return
        name, cause = error.name, error.cause
        if isinstance(cause, MissingImages | OddImages | LostSet):
            # It can be tried once more, with what the person says then.
            self._tell(str(cause))
            self._ask_for(name, cause)
        else:
            self._reading = None
            self._say_failed(name, cause)

    def _ask_for(self, name: str, cause: MissingImages | OddImages | LostSet) -> None:
        if isinstance(cause, MissingImages):
            self.images_missing.emit(name, cause.fault)
        elif isinstance(cause, OddImages):
            self.images_odd.emit(name, cause.odd)
        else:
            self.set_lost.emit(name, cause)

    def _put(self, ready: Ready) -> None:
        if self._confirm is not None and not self._confirm():
            self._tell(say("what is on the bench was kept"))
            return
        if ready.folder is not None:
            self.mnist_folder = ready.folder
        try:
            self._session.open(ready.experiment, ready.path)
        except ExperimentError as error:
            self._say_failed(ready.name, error)
            return
        self.opened.emit(ready.name)
        digits = ready.experiment.digits
        if digits is not None and digits.remark:
            self._session.notices.refuse(digits.remark)
        self._tell("")

    def _tell(self, reason: str) -> None:
        """Tell whoever waits for what is being opened, once."""
        told, self._told = self._told, None
        if told is not None:
            told(reason)

    def _say_failed(self, name: str, error: ExperimentError) -> None:
        self._session.notices.refuse(str(error))
        self.failed.emit(name, str(error))
        self._tell(str(error))
