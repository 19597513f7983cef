"""Opening and saving: dialogs, dropped files, unsaved edits, and MNIST when it is missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from gui.files.choosing import FileChooser
from gui.files.image_asker import SMALL_DIGITS, ImageAsker
from gui.files.loading.loads import MNIST_EXPERIMENT
from gui.files.opener import Opener
from gui.files.recent import with_file
from gui.files.saved.on_disk import OnDisk
from gui.files.settings import Settings
from gui.session import Session
from model.door import say
from model.errors import DigitsError
from model.experiment import Experiment
from model.files.experiment_file import dump
from model.files.kept.stamp import Stamp, stamp_of
from model.files.kinds import is_moment
from model.files.library import builtin_names, file_of, title_of
from model.files.mnist import MNIST_VARIABLE, find_mnist, mnist_folder_of
from model.files.saving import save_text
from model.files.sets.access import is_one_set
from model.files.sources import SOURCES


class Documents(QObject):
    """The file on the bench.

    Signals
    -------
    title_changed : its name or its edits differ
    leaving : something else is about to be opened, or the window to be closed
    saving : what is on the bench is about to be written to a file
    saved : all that is on the bench is in its file
    given_up(name_or_file, reason) : it could not be opened, or the user leaves it without MNIST
    """

    title_changed = Signal()
    leaving = Signal()
    saving = Signal()
    saved = Signal()
    given_up = Signal(str, str)

    def __init__(self, session: Session, settings: Settings | None, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        # Where to save without asking; None for a built-in experiment and what was made of one.
        self.file: Path | None = None
        self.on_disk = OnDisk(self, session, window)
        # The files that were opened or saved last.
        self.recent = settings.recent if settings is not None else []
        self._chooser = FileChooser(window, settings.folder if settings is not None else None)
        # Opens a path as a lesson and returns True, if it is one.
        self.open_lesson: Callable[[Path], bool] = lambda _: False
        # What the dialog to open a file has chosen when it comes up.
        self.first_choice: Path | None = None
        # What was made when the user agreed to leave it; empty if that was not asked.
        self._agreed: tuple[object, ...] = ()
        self._steps_to_take = 0
        # A folder of an earlier start gives way to one that is named for this one.
        named = bool(os.environ.get(MNIST_VARIABLE))
        folder = settings.mnist_folder if settings is not None and not named else None
        self._known_folder = folder
        self.opener = Opener(session, folder, self, self._may_replace)
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self._give_up)
        self._asker = ImageAsker(session, self.opener, window)
        self._asker.given_up.connect(self._give_up)
        self._asker.replaced.connect(self._take_no_steps)
        self.opener.table_found.connect(self._table_found)
        session.edits.changed.connect(self.title_changed)

    @property
    def edited(self) -> bool:
        """Whether there are edits that were not saved."""
        return self._session.edits.unsaved

    @property
    def title(self) -> str:
        """What is on the bench: the name of its file, or else of the experiment."""
        return self.file.name if self.file is not None else title_of(self._session.experiment.name)

    @property
    def has_work(self) -> bool:
        """Whether anything was done on the bench that is not in its file."""
        return self.edited or self._session.playback.length > self.on_disk.length

    def say(self, sentence: str) -> None:
        """Tell the user what could not be done, or where something is."""
        self._session.notices.refuse(sentence)

    # -- opening ------------------------------------------------------------------------

    def open(self, name_or_file: str, pictures: Path | None = None) -> None:
        """Put a built-in experiment or a file on the bench; what is wrong is said.

        ``pictures`` is where those of a saved experiment are now, if a person has said that.
        """
        if name_or_file not in builtin_names() and self.open_lesson(Path(name_or_file)):
            return
        self._leave_edits()
        self.opener.open(name_or_file, pictures=pictures)

    def _leave_edits(self, agreed: bool = True) -> None:
        """Begin a request; unless the user agreed to leave the edits, it is asked later on."""
        self.leaving.emit()
        self._agreed = (self._session.edits.made,) if agreed else ()
        self._steps_to_take = 0

    def set_origin(self, name_or_file: str) -> None:
        """Say what the experiment on the bench was opened from; nothing, if it is of no file."""
        file = file_of(name_or_file) if name_or_file else None
        if file is not None and is_moment(file):
            # Around a moment there may be a whole conversation, which is never written over.
            self.set_file(None, edited=True)
            return
        # Of a kept bench the keeper knows where it came from; it is never saved to by hand.
        benches = self._settings.benches if self._settings is not None else None
        is_kept = file is not None and file.parent == benches
        self.on_disk.length = self._session.experiment.length
        self.set_file(None if is_kept else file, stamp=self.opener.stamp)

    def set_file(self, file: Path | None, edited: bool = False, stamp: Stamp | None = None) -> None:
        """Say which file is on the bench, with its stamp, and whether edits are not in it."""
        self.file = file.absolute() if file is not None else None
        self.on_disk.follow(self.file, stamp)
        if edited:
            self._session.edits.mark_unsaved()
        self.title_changed.emit()

    def take_once_open(self, n_steps: int) -> None:
        """Take steps when all that is being opened is there."""
        if self.opener.busy:
            self._steps_to_take = n_steps
        else:
            self._take(n_steps)

    def _take(self, n_steps: int) -> None:
        session = self._session
        length, position = session.playback.destination
        step = position + n_steps
        # What was saved beyond that step stays on the path.
        session.playback.run_to(max(length, step), then=step)

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a file to open."""
        if not self.may_leave():
            return
        chosen = self._chooser.file_to_open(self.first_choice, self.file)
        self._keep_folder()
        if chosen is not None:
            self.open(str(chosen))

    def ask_open_named(self, name_or_file: str) -> None:
        """Open what a menu names, unless the person wants to stay."""
        if self.may_leave():
            self.open(name_or_file)

    def drop(self, paths: Sequence[Path]) -> None:
        """Open what was dropped: an experiment, a table, or pictures in files or folders.

        What becomes of edits is asked when it is there: it may be no experiment.
        """
        if len(paths) == 1 and not paths[0].is_dir() and self.open_lesson(paths[0]):
            return
        of_one_set = mnist_folder_of(paths) is not None or is_one_set(paths)
        if len(paths) == 1 or (paths and of_one_set):
            self._leave_edits(agreed=False)
            self.opener.open(str(paths[0]))
        elif paths:
            self.say(
                say(
                    "{count} files were dropped at once: only those of one set of pictures can be",
                    count=len(paths),
                )
            )

    @Slot()
    def ask_count(self) -> None:
        """Ask how many images to learn from."""
        digits = self._session.experiment.digits
        if digits is None or not self.may_leave():
            return
        most = digits.n_all if digits.origin is not None else SOURCES[digits.name].max_count
        count, chosen = QtWidgets.QInputDialog.getInt(
            self._window, say("Number of images"),
            say("Images to learn from, 1 to {most:,}:", most=most),
            len(digits.images), 1, most,
        )  # fmt: skip
        if chosen:
            self._leave_edits()
            self.opener.set_count(count)

    # -- tables of numbers ---------------------------------------------------------------

    @Slot()
    def paste_table(self) -> None:
        """Make an experiment of the table that was copied elsewhere."""
        text = QtGui.QGuiApplication.clipboard().text()
        if text.strip():
            self._leave_edits(agreed=False)
            from model.files.tables.dialect import bytes_of_copied

            self._ask_about_table(say("the clipboard"), bytes_of_copied(text))
        else:
            self.say(say("There is no text on the clipboard: copy a table of numbers first."))

    @Slot(str, object, bool)
    def _table_found(self, name: str, content: bytes, may_be_pixels: bool) -> None:
        if self._ask_about_table(name, content, may_be_pixels):
            self._note_recent(Path(name))

    def _ask_about_table(self, name: str, content: bytes, may_be_pixels: bool = False) -> bool:
        """Ask what to make of a table, and put that on the bench; returns whether it is there."""
        from gui.files.tables.asking import PIXELS, ask_about_table

        experiment = ask_about_table(name, content, self._window, may_be_pixels)
        if experiment == PIXELS:
            self.opener.open_pixels(name)
            return False
        if experiment is None:
            self._give_up(name, say("What shall be made of {file} was not said.", file=name))
            return False
        self.put_made(experiment)
        return self._session.experiment is experiment

    def put_made(self, experiment: Experiment, agreed: bool = False) -> None:
        """Put an experiment on the bench that is in no file yet.

        ``agreed`` says that what becomes of edits was asked already, by ``may_leave``.
        """
        if agreed:
            self._leave_edits()
        self.opener.put(experiment)
        if self._session.experiment is experiment:
            self.set_file(None, edited=True)

    # -- pictures of one's own -----------------------------------------------------------

    @Slot()
    def ask_open_folder(self) -> None:
        """Let the user choose a folder of pictures to open."""
        if not self.may_leave():
            return
        chosen = self._chooser.folder_to_open(self.file)
        self._keep_folder()
        if chosen is not None:
            self.open(str(chosen))

    @Slot()
    def ask_how_read(self) -> None:
        """Ask how the pictures on the bench are turned, inverted and held out."""
        if self.may_leave():
            self._leave_edits()
            self._asker.ask_how_read()

    def open_text(self, text: str) -> None:
        """Put on the bench what a JSON text says, which is in no file."""
        self._leave_edits(agreed=False)
        self.opener.open_text(text, self._of_no_file)

    def _of_no_file(self, problem: str) -> None:
        if not problem:
            self.set_file(None, edited=True)

    # -- MNIST --------------------------------------------------------------------------

    @Slot()
    def ask_mnist_folder(self) -> None:
        """Ask for the folder that has MNIST's four files."""
        chosen = self._chooser.folder_of_images()
        if chosen is not None:
            self._use_mnist_folder(chosen)

    @Slot()
    def ask_download(self) -> None:
        """Offer to download MNIST, also where it is already, and open it."""
        dialog = self._asker.asked_for_mnist()
        if dialog.result() == QDialog.DialogCode.Accepted:
            self._leave_edits(agreed=False)
            self.opener.open(MNIST_EXPERIMENT if dialog.folder else SMALL_DIGITS, dialog.folder)

    def _use_mnist_folder(self, folder: Path) -> None:
        try:
            find_mnist(folder)
        except DigitsError as error:
            self.say(str(error))
            return
        self._leave_edits(agreed=False)
        self.opener.open(MNIST_EXPERIMENT, folder)

    # -- saving -------------------------------------------------------------------------

    @Slot()
    def save(self) -> bool:
        """Save to the file that was opened, or ask for one."""
        return self.on_disk.save(self.file) if self.file is not None else self.ask_save_as()

    @Slot()
    def ask_save_as(self) -> bool:
        """Ask for a file and save there."""
        chosen = self._chooser.file_to_save(self._session.experiment.name, self.file)
        self._keep_folder()
        return chosen is not None and self.save_to(chosen)

    def save_to(self, file: Path) -> bool:
        """Save the experiment and its path; what goes wrong is said, and changes nothing."""
        self.saving.emit()
        if not self.write(file):
            return False
        self.on_disk.length = self._session.playback.destination[0]
        self._session.edits.mark_saved()
        self.set_file(file, stamp=stamp_of(file))
        self._note_recent()
        self.saved.emit()
        return True

    def text(self, beside: Path | None = None) -> str:
        """The JSON text of all that is on the bench.

        Pictures that lie in the folder ``beside`` or below it are named from there on.
        """
        session = self._session
        length, position = session.playback.destination
        view = {} if session.view.is_default else session.view.values()
        pins = session.pins.all
        return dump(session.experiment, session.path, position, length, view, pins, beside)

    def write(self, file: Path) -> bool:
        """Write the bench to a file without making that the file on the bench."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            save_text(file, self.text(file.absolute().parent))
        except OSError as error:
            why = error.strerror or error
            if isinstance(error, FileExistsError):
                why = say("“{folder}” is no folder", folder=file.parent.name)
            self.say(say("{file} could not be saved: {reason}", file=file.name, reason=why))
            return False
        return True

    def may_leave(self) -> bool:
        """Ask what to do with unsaved edits; False to stay."""
        self.leaving.emit()
        if not self._session.edits.unsaved:
            return True
        from gui.files.saved.asking import ask_to_leave

        answer = ask_to_leave(self._window, self.title)
        return self.save() if answer == "save" else answer == "discard"

    def _may_replace(self) -> bool:
        """Ask again if something was edited while the next experiment was being read."""
        now = self._session.edits.made
        return any(agreed is now for agreed in self._agreed) or self.may_leave()

    @Slot(str)
    def _opened(self, name_or_file: str) -> None:
        self.set_origin(name_or_file)
        digits = self._session.experiment.digits
        origin = digits.origin if digits is not None else None
        self._note_recent(origin.path if origin is not None else None)
        if Path(name_or_file) == self.first_choice:
            self.first_choice = None
        if self._settings is not None and self.opener.mnist_folder != self._known_folder:
            self._known_folder = self._settings.mnist_folder = self.opener.mnist_folder
        if self._steps_to_take:
            self._take(self._steps_to_take)
            self._steps_to_take = 0

    @Slot()
    def _take_no_steps(self) -> None:
        self._steps_to_take = 0

    @Slot(str, str)
    def _give_up(self, name_or_file: str, reason: str) -> None:
        gone = Path(name_or_file)
        if gone in self.recent and not gone.exists():
            self._set_recent([file for file in self._known_recent() if file != gone])
        self._steps_to_take = 0
        self.given_up.emit(name_or_file, reason)

    def ask_file(self, ask: Callable[[FileChooser], Path | None]) -> Path | None:
        """Let the person choose a file in one of the dialogs."""
        chosen = ask(self._chooser)
        self._keep_folder()
        return chosen

    def _keep_folder(self) -> None:
        if self._settings is not None:
            self._settings.folder = self._chooser.folder

    def _note_recent(self, data: Path | None = None) -> None:
        """Note the file on the bench as the one used last, or the data that it was made of."""
        used = self.file or (data.absolute() if data is not None else None)
        if used is not None:
            self._set_recent(with_file(self._known_recent(), used))

    def _known_recent(self) -> list[Path]:
        """The list as it is by now: other windows add to it."""
        return self._settings.recent if self._settings is not None else self.recent

    def _set_recent(self, files: list[Path]) -> None:
        self.recent = files
        if self._settings is not None:
            self._settings.recent = files
