"""Asking for files: dialogs that remember their folder, and names that get their ending."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtWidgets import QWidget

from gui.files.saved.asking import short_name
from gui.widgets.tips import plain_tip
from model.door import mark, say

_EXPERIMENTS = mark("Experiments (*.json);;All files (*)")
_TO_OPEN = mark(
    "Experiments, tables, pictures and lessons (*.json *.csv *.tsv *.txt *.md *.npz *ubyte "
    "*ubyte.gz *idx2-int *idx2-int.gz *.idx*);;All files (*)"
)
_WEIGHTS = mark("Weights (*.npz *.npy *.csv *.tsv *.txt);;All files (*)")
_WEIGHTS_TO_SAVE = mark("A table with names (*.weights.csv);;NumPy arrays (*.npz)")
# No name of a file is longer on any usual disk; the ending is to have room, too.
_MAX_NAME = 200
_PICTURES = {
    ".png", ".svg", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pdf",
}  # fmt: skip
_NOT_IN_NAMES = '/\\:*?"<>|'


def file_title(name: str) -> str:
    """A name of an experiment as the name of a file, without an ending."""
    kept = "".join("-" if c in _NOT_IN_NAMES or not c.isprintable() else c for c in name)
    # A name of dots alone would be a folder; one that begins with a dot is hidden.
    return kept.strip(" .")[:_MAX_NAME].rstrip(" .") or say("experiment")


def with_ending(file: Path, ending: str) -> Path:
    """The file with an ending such as ".json" where its name has another one, or none."""
    return file if file.suffix.lower() == ending else file.with_name(file.name + ending)


class FileChooser:
    """The dialogs that ask for files; each begins in the folder in which the last one ended.

    ``folder`` is that folder; None before any file was chosen.
    """

    def __init__(self, window: QWidget, folder: Path | None = None) -> None:
        self._window = window
        self.folder = folder

    def file_to_open(self, first: Path | None, near: Path | None) -> Path | None:
        """An experiment to open; ``first`` is chosen to begin with, ``near`` is on the bench."""
        return self._opened(say("Open experiment"), first or self._beginning(near), say(_TO_OPEN))

    def file_to_save(self, title: str, near: Path | None) -> Path | None:
        """Where to save an experiment of that title; its name ends in .json."""
        begin = self._beginning(near) / f"{file_title(title)}.json"
        chosen = self._saved(say("Save experiment"), begin, say(_EXPERIMENTS))
        return self._completed(chosen, ".json")

    def answers_to_save(self, title: str) -> Path | None:
        """Where to save the answers to a lesson; its name ends in .json."""
        begin = self._beginning(None) / f"{file_title(title)}.json"
        chosen = self._saved(say("Save my answers"), begin, say("Answers (*.json)"))
        return self._completed(chosen, ".json")

    def file_to_export(
        self, title: str, kinds: Sequence[tuple[str, str]], near: Path | None
    ) -> Path | None:
        """Where to save one of some kinds of files, each (what they are called, their ending).

        Its name ends in one of the endings, or as that of another kind of picture where pictures
        are asked for; any other gets that of the kind that was chosen in the dialog.
        """
        filters = [f"{words} (*{ending})" for words, ending in kinds]
        begin = str(self._beginning(near) / f"{file_title(title)}{kinds[0][1]}")
        answer = QtWidgets.QFileDialog.getSaveFileName(
            self._window, say("Export"), begin, ";;".join(filters)
        )
        chosen = self._chosen(answer)
        known = {ending for _, ending in kinds}
        if not known.isdisjoint(_PICTURES):
            known |= _PICTURES
        if chosen is not None and chosen.suffix.lower() in known:
            return chosen
        place = filters.index(answer[1]) if answer[1] in filters else 0
        return self._completed(chosen, kinds[place][1])

    def weights_to_load(self, near: Path | None) -> Path | None:
        """A file of weights."""
        return self._opened(say("Load weights"), self._beginning(near), say(_WEIGHTS))

    def weights_to_save(self, title: str, near: Path | None) -> Path | None:
        """Where to save weights; its name ends in .npz or .csv, and else in .weights.csv."""
        begin = self._beginning(near) / f"{file_title(title)}.weights.csv"
        chosen = self._saved(say("Save weights"), begin, say(_WEIGHTS_TO_SAVE))
        if chosen is not None and chosen.suffix.lower() in (".npz", ".csv"):
            return chosen
        return self._completed(chosen, ".weights.csv")

    def folder_to_open(self, near: Path | None) -> Path | None:
        """A folder of pictures to open; ``near`` is on the bench."""
        title, begin = say("Open a folder of pictures"), str(self._beginning(near))
        chosen = QtWidgets.QFileDialog.getExistingDirectory(self._window, title, begin)
        if not chosen:
            return None
        self.folder = Path(chosen).absolute().parent
        return Path(chosen).absolute()

    def folder_of_images(self) -> Path | None:
        """The folder that has MNIST's four files."""
        chosen = QtWidgets.QFileDialog.getExistingDirectory(
            self._window, say("The folder with MNIST's files")
        )
        return Path(chosen) if chosen else None

    def _beginning(self, near: Path | None) -> Path:
        """A folder that is there: the last one, or that of the file on the bench."""
        folders = (self.folder, near.parent if near is not None else None)
        return next((f for f in folders if f is not None and f.is_dir()), Path.home())

    def _opened(self, title: str, begin: Path, kinds: str) -> Path | None:
        """The file that was chosen to be read."""
        asked = QtWidgets.QFileDialog.getOpenFileName(self._window, title, str(begin), kinds)
        return self._chosen(asked)

    def _saved(self, title: str, begin: Path, kinds: str) -> Path | None:
        """The file that was chosen to be written, as it was typed."""
        asked = QtWidgets.QFileDialog.getSaveFileName(self._window, title, str(begin), kinds)
        return self._chosen(asked)

    def _chosen(self, answer: tuple[str, str]) -> Path | None:
        if not answer[0]:
            return None
        file = Path(answer[0]).absolute()
        self.folder = file.parent
        return file

    def _completed(self, file: Path | None, ending: str) -> Path | None:
        """The file with its ending; the dialog has not asked about a file of that name."""
        if file is None:
            return None
        whole = with_ending(file, ending)
        if whole == file or not whole.exists():
            return whole
        buttons = QtWidgets.QMessageBox.StandardButton
        answer = QtWidgets.QMessageBox.question(
            self._window,
            "Weightbench",
            plain_tip(say("{file} is there already. Replace it?", file=short_name(whole.name))),
            buttons.Yes | buttons.Cancel,
        )
        return whole if answer == buttons.Yes else None
