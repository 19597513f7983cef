"""What a person makes of a table, asked by its dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QDialog, QWidget

from gui.files.tables.dialog import TableDialog
from model.experiment import Experiment

# In place of an experiment: each row is to be read as the pixels of a picture.
PIXELS: Literal["pixels"] = "pixels"


def ask_about_table(
    name: str, content: bytes, window: QWidget, may_be_pixels: bool = False
) -> Experiment | Literal["pixels"] | None:
    """The experiment that a person makes of a table; None where they leave it be.

    `PIXELS` where each row is to be taken for the pixels of a picture.
    """
    file = Path(name)
    dialog = TableDialog(content, file.name, file.stem[:60].strip(), window, may_be_pixels)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    experiment = dialog.experiment if accepted else None
    as_pixels = dialog.as_pixels
    dialog.deleteLater()
    return PIXELS if as_pixels else experiment
