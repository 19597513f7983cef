"""Asks where MNIST shall come from, and fetches it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.look import dialog_parts
from gui.look.theme import look
from gui.look.wrapping import WrappingRow
from gui.widgets.background import Background
from model.door import mark, say
from model.errors import DigitsError
from model.files.cache import cache_folder
from model.files.download import DownloadCancelled, download_mnist
from model.files.mnist import find_mnist

_MEGABYTE = 1e6
_PARTS = 1000
_DONE = mark("{name}: {done:.1f} MB")
_DONE_OF = mark("{name}: {done:.1f} of {total:.1f} MB")
# Progress comes some hundred times a second; eyes need fewer.
_SECONDS_BETWEEN_SIGNS = 0.05


class MnistDialog(QDialog):
    """Download, choose a folder, or take the small digits instead.

    ``fault`` is a sentence on what is wrong with the files that are there. After the dialog was
    accepted, ``folder`` is where MNIST is; None if the 8x8 digits are wanted instead.
    """

    _arrived = Signal(object, object, str)

    def __init__(self, parent: QWidget | None = None, fault: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Where is MNIST?"))
        self.folder: Path | None = None
        self._cancelled = threading.Event()
        self._last_sign = 0.0
        self._background = Background((DigitsError, DownloadCancelled, OSError), self)
        self._background.finished.connect(self._downloaded)
        self._background.failed.connect(self._failed)
        self._arrived.connect(self._show_progress)
        self._build(fault)

    def _build(self, fault: str) -> None:
        heading = dialog_parts.heading(say("Where shall MNIST come from?"))
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(say("Download progress"))
        self.progress.hide()
        self.download_button = QPushButton(say("&Download"))
        dialog_parts.make_primary(self.download_button)
        self.folder_button = QPushButton(say("Choose a &folder…"))
        self.small_button = QPushButton(say("Use the &8x8 digits"))
        self.cancel_button = QPushButton(say("Cancel"))
        for button, slot in (
            (self.download_button, self.download),
            (self.folder_button, self._ask_folder),
            (self.small_button, self._take_small_digits),
            (self.cancel_button, self.reject),
        ):
            button.clicked.connect(slot)
        buttons = WrappingRow(
            (self.small_button, self.folder_button, self.cancel_button, self.download_button)
        )
        self._column = column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addWidget(self.message)
        column.addWidget(self.progress)
        column.addWidget(buttons)
        # At the least; what it holds may ask for more.
        column.addStrut(look.theme.dialog_width)
        self._say(
            f"{fault}\n\n".lstrip()
            + say(
                "MNIST is four files, 11 MB: 70,000 pictures of handwritten digits. They can be "
                "downloaded once to {folder}, or read from a folder that has them.",
                folder=cache_folder(),
            )
        )

    def _say(self, text: str) -> None:
        """Show a text in full, however long it is."""
        self.message.setText(text)
        margins = self._column.contentsMargins()
        width = look.theme.dialog_width - margins.left() - margins.right()
        self.message.setMinimumHeight(self.message.heightForWidth(width))

    @Slot()
    def download(self) -> None:
        """Fetch the files into the user's cache; the window can be used meanwhile."""
        self._cancelled.clear()
        self._set_busy(True)
        self._say(say("Looking for a server…"))
        self.progress.setRange(0, 0)
        folder = cache_folder()
        self._background.start(
            lambda _: download_mnist(
                folder, progress=self._sign_of_life, cancelled=self._cancelled.is_set
            )
        )

    def _sign_of_life(self, done: int, total: int | None, name: str) -> None:
        # Called in the downloading thread: only sends a signal.
        now = time.monotonic()
        if now - self._last_sign >= _SECONDS_BETWEEN_SIGNS or done == total:
            self._last_sign = now
            self._arrived.emit(done, total, name)

    @Slot(object, object, str)
    def _show_progress(self, done: int, total: int | None, name: str) -> None:
        if self._background.busy and not self._cancelled.is_set():
            megabytes = done / _MEGABYTE
            if total:
                whole = total / _MEGABYTE
                self._say(say(_DONE_OF, name=name, done=megabytes, total=whole))
            else:
                self._say(say(_DONE, name=name, done=megabytes))
            # In parts of the whole: no number of bytes is too large for the bar then.
            self.progress.setRange(0, _PARTS if total else 0)
            self.progress.setValue(min(_PARTS, done * _PARTS // total) if total else 0)

    @Slot(object)
    def _downloaded(self, _: object) -> None:
        self.folder = cache_folder()
        self.accept()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, DownloadCancelled):
            self._say(say("The download was cancelled."))
        else:
            self._say(str(error))

    @Slot()
    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("The folder with MNIST's four files"))
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, folder: Path) -> None:
        """Accept a folder if the files are there; else say which one is not."""
        try:
            self.folder = find_mnist(folder)
        except DigitsError as error:
            self._say(str(error))
            return
        self.accept()

    @Slot()
    def _take_small_digits(self) -> None:
        self.folder = None
        self.accept()

    def reject(self) -> None:
        """Cancel the download if there is one, else close."""
        if self._background.busy:
            self._cancelled.set()
            self._say(say("Cancelling…"))
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Leave nothing running behind a closed dialog."""
        self._cancelled.set()
        self._background.wait()
        super().done(result)

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for button in (self.download_button, self.folder_button, self.small_button):
            button.setEnabled(not busy)
