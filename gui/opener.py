"""Opens experiments: at once where it can, in the background where that takes a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.background import Background, Cancelled, Work
from gui.session import Session
from model.experiment import Experiment, FollowingCancelled
from model.library import image_source, open_experiment
from model.path import Path as ExperimentPath
from model.reading import ExperimentError, MissingImages

# A saved path with edits this far along takes longer than a frame to follow again.
_STEPS_AT_ONCE = 20_000


@dataclass(frozen=True)
class _Ready:
    name: str
    experiment: Experiment
    path: ExperimentPath


class _CannotOpen(Exception):
    """Carries the name of what could not be opened out of the background."""

    def __init__(self, name: str, cause: ExperimentError) -> None:
        super().__init__(str(cause))
        self.name = name
        self.cause = cause


class Opener(QObject):
    """Puts experiments on the bench by name or file.

    ``confirm`` is asked before something that took a while replaces the bench: there may be
    edits by then.

    Signals
    -------
    opened(name_or_file) : it is on the bench
    failed(name_or_file) : it is not, and why was said by the session's ``refused``
    loading(bool) : something is being read
    images_missing(name_or_file) : it needs MNIST, which is not on this computer
    """

    opened = Signal(str)
    failed = Signal(str)
    loading = Signal(bool)
    images_missing = Signal(str)

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
        self._background = Background((_CannotOpen, FollowingCancelled), self)
        self._background.finished.connect(self._loaded)
        self._background.failed.connect(self._failed)

    def open(self, name_or_file: str, count: int | None = None) -> None:
        """Open a built-in experiment or a file; ``count`` images of it if given."""
        self.drop()
        folder = self.mnist_folder
        try:
            if image_source(name_or_file) is not None:
                self._begin(partial(_load, name_or_file, folder, count))
                return
            experiment = open_experiment(name_or_file, folder, count)
            if experiment.edits and experiment.edits[-1].step > _STEPS_AT_ONCE:
                self._begin(partial(_follow, name_or_file, experiment))
                return
            self._put(_Ready(name_or_file, experiment, experiment.saved_path()))
        except ExperimentError as error:
            self._say_failed(name_or_file, error)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._background.busy

    def drop(self) -> None:
        """Want nothing any more of what is being read."""
        if self.busy:
            self._background.drop()
            self.loading.emit(False)

    def wait(self) -> None:
        """Stay until nothing is being read; what was is dropped."""
        self.drop()
        self._background.wait()

    def _begin(self, work: Work) -> None:
        self.loading.emit(True)
        self._background.start(work)

    @Slot(object)
    def _loaded(self, ready: _Ready) -> None:
        self.loading.emit(False)
        if self._confirm is None or self._confirm():
            self._put(ready)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.loading.emit(False)
        if not isinstance(error, _CannotOpen):
            self._session.refused.emit(f"It could not be opened: {error}")
        elif isinstance(error.cause, MissingImages):
            self.images_missing.emit(error.name)
        else:
            self._say_failed(error.name, error.cause)

    def _put(self, ready: _Ready) -> None:
        self._session.open(ready.experiment, ready.path)
        self.opened.emit(ready.name)

    def _say_failed(self, name: str, error: ExperimentError) -> None:
        self._session.refused.emit(str(error))
        self.failed.emit(name)


def _load(name: str, folder: Path | None, count: int | None, cancelled: Cancelled) -> _Ready:
    try:
        return _follow(name, open_experiment(name, folder, count), cancelled)
    except ExperimentError as error:
        raise _CannotOpen(name, error) from error


def _follow(name: str, experiment: Experiment, cancelled: Cancelled) -> _Ready:
    try:
        return _Ready(name, experiment, experiment.saved_path(cancelled))
    except ExperimentError as error:
        raise _CannotOpen(name, error) from error
