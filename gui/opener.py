"""Opens experiments: at once where it can, in the background where images must be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.background import Background
from gui.session import Session
from model.experiment import Experiment
from model.library import image_source, open_experiment
from model.reading import ExperimentError, MissingImages


class Opener(QObject):
    """Puts experiments on the bench by name or file.

    Signals
    -------
    opened(name_or_file) : it is on the bench
    loading(bool) : images are being read
    images_missing(name_or_file) : it needs MNIST, which is not on this computer
    """

    opened = Signal(str)
    loading = Signal(bool)
    images_missing = Signal(str)

    def __init__(self, session: Session, mnist_folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.mnist_folder = mnist_folder
        self._background = Background((ExperimentError,), self)
        self._background.finished.connect(self._loaded)
        self._background.failed.connect(self._failed)
        self._name = ""

    def open(self, name_or_file: str, count: int | None = None) -> None:
        """Open a built-in experiment or a file; ``count`` images of it if given."""
        self._name = name_or_file
        folder = self.mnist_folder

        def load() -> Experiment:
            return open_experiment(name_or_file, folder, count)

        try:
            if image_source(name_or_file) is not None:
                self.loading.emit(True)
                self._background.start(load)
            else:
                self._background.drop()
                self._put(load())
        except ExperimentError as error:
            self._session.refused.emit(str(error))

    @property
    def busy(self) -> bool:
        """Whether images are being read."""
        return self._background.busy

    def wait(self) -> None:
        """Stay until nothing is being read; what was is dropped."""
        self._background.wait()

    @Slot(object)
    def _loaded(self, experiment: Experiment) -> None:
        self.loading.emit(False)
        self._put(experiment)

    @Slot(object)
    def _failed(self, error: ExperimentError) -> None:
        self.loading.emit(False)
        if isinstance(error, MissingImages):
            self.images_missing.emit(self._name)
        else:
            self._session.refused.emit(str(error))

    def _put(self, experiment: Experiment) -> None:
        try:
            self._session.open(experiment)
        except ExperimentError as error:
            self._session.refused.emit(str(error))
            return
        self.opened.emit(self._name)
