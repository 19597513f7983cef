"""Saves what is on the bench, or a picture of it, under a name that is asked for."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.exports.kinds import ExportKind
from gui.exports.pictures import for_paper, picture_of, png_of, svg_of
from gui.files.documents import Documents
from gui.files.pictures import save_content
from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.door import say
from model.experiment import Experiment
from model.files.export import (
    PICTURE_ENDINGS,
    ExportCancelled,
    ExportError,
    Style,
    data_file,
    export,
)

# What takes less is over before it could be read.
_PATIENCE_MS = 400


class Exporter(QObject):
    """Asks where to save what is taken away; what takes a while can be cancelled.

    ``on_paper`` is whether pictures are of the light theme, whatever the window has.
    """

    def __init__(self, session: Session, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._documents, self._window = session, documents, window
        self.on_paper = False
        self._background = Background((ExportError, ExportCancelled), self)
        self._background.finished.connect(self._written)
        self._background.failed.connect(self._failed)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._offer_to_cancel)
        self._offer = ""
        self._file = Path()

    @property
    def locked(self) -> bool:
        """Whether nothing may be taken out for now, as while a prediction is open."""
        return bool(self._session.playback.locked)

    # -- files of numbers and programs -------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._background.busy

    def ask(self, kind: ExportKind) -> None:
        """Ask for a file of a kind, and write it."""
        if self._session.parts.veiled:
            self._session.notices.refuse(
                say("Some numbers are hidden for now, and so nothing with all of them is written.")
            )
            return
        file = self._ask_file(self._session.experiment.name, [(say(kind.words), kind.ending)])
        if file is not None:
            self.write(kind, file)

    def _ask_file(self, title: str, kinds: list[tuple[str, str]]) -> Path | None:
        near = self._documents.file
        return self._documents.ask_file(lambda chooser: chooser.file_to_export(title, kinds, near))

    def write(self, kind: ExportKind, file: Path) -> None:
        """Write what is on the bench now, whatever is done to it meanwhile."""
        session = self._session
        if kind.ending == ".json":
            # As Save does, which is as quick.
            if self._documents.write(file):
                session.notices.refuse(_saved(file))
            return
        bench = replace(
            session.experiment,
            edits=session.path.edits,
            length=session.path.length,
            position=session.playback.position,
        )
        # The last state of a path has a row in the trace, too.
        n_steps = bench.length + 1 - bench.position if kind.whole else 0
        self.cancel()
        self._file = file
        self._background.start(partial(_write, bench, n_steps, file, kind.style))
        self._soon.start()

    @Slot()
    def cancel(self) -> None:
        """Want nothing any more of what is being written."""
        self._background.drop()
        self._be_done()

    def wait(self) -> None:
        """Stay until nothing is being written; for the end of the application."""
        self._background.wait()

    @Slot()
    def _offer_to_cancel(self) -> None:
        self._offer = say("{file} is being written…", file=self._file.name)
        self._session.notices.offer(self._offer, say("Cancel"), self.cancel)

    def _be_done(self) -> None:
        self._soon.stop()
        offer, self._offer = self._offer, ""
        if offer:
            self._session.notices.withdraw(offer)

    @Slot(object)
    def _written(self, told: str) -> None:
        self._be_done()
        self._session.notices.refuse(told)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._be_done()
        self._session.notices.refuse(str(error))

    # -- pictures ----------------------------------------------------------------------------

    def ask_picture(self, widget: QWidget | None = None, title: str = "") -> None:
        """Ask for a file, and save a picture of a part of the window, or of all of it."""
        # It is to be a picture of now.
        self._session.playback.pause()
        name = self._session.experiment.name
        named = say("{experiment}, {part}", experiment=name, part=title) if title else name
        kinds = [(say("Pictures of dots"), ".png"), (say("Pictures of shapes"), ".svg")]
        file = self._ask_file(named, kinds)
        if file is None:
            return
        if file.suffix.lower() not in PICTURE_ENDINGS:
            self._session.notices.refuse(
                say(
                    "{file}: pictures are saved as PNG or SVG; let its name end in .png or .svg",
                    file=file.name,
                )
            )
            return
        with self._theme():
            shown = widget or self._window
            vector = file.suffix.lower() == ".svg"
            content = svg_of(shown, named).encode("utf-8") if vector else png_of(shown)
        problem = save_content(content, file)
        self._session.notices.refuse(problem or _saved(file))

    def copy_picture(self, widget: QWidget) -> None:
        """Put a picture of a part of the window on the clipboard."""
        with self._theme():
            picture = picture_of(widget)
        picture.setDevicePixelRatio(1)
        QGuiApplication.clipboard().setImage(picture.toImage())
        self._session.notices.refuse(
            say(
                "The picture was copied: {width} × {height} dots.",
                width=picture.width(),
                height=picture.height(),
            )
        )

    def _theme(self) -> AbstractContextManager[None]:
        return for_paper(self._window) if self.on_paper else nullcontext()


def _write(bench: Experiment, n_steps: int, file: Path, style: Style, cancelled: Cancelled) -> str:
    """Write it; returns what to say of it."""
    beside = data_file(file)
    before = _changed_at(beside)
    export(bench, n_steps, file, style, cancelled)
    if style == "pytorch" and _changed_at(beside) != before:
        return say(
            "Saved as {file}; its numbers lie beside it in {data}.", file=file, data=beside.name
        )
    return _saved(file)


def _saved(file: Path) -> str:
    return say("Saved as {file}.", file=file)


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
