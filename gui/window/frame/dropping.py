"""What is done with the files that are dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from gui.files.documents import Documents
from gui.session.notices import Notices
from gui.weights.desk import WeightDesk
from model.door import say


@runtime_checkable
class TakesPictures(Protocol):
    """A panel that takes a picture which was dropped on the window."""

    def load_file(self, file: Path) -> None:
        """Load the picture; what is wrong with it is said."""


def take(
    files: list[Path],
    documents: Documents,
    weights: WeightDesk,
    panels: list[QWidget],
    notices: Notices,
) -> None:
    """Give the files to what they are for: weights, a picture, or anything that can be opened.

    Parameters
    ----------
    files : list of Path
        None where what was dropped lies in no file; the documents say so.
    panels : list of QWidget
        Those on the bench, one of which may take pictures.
    notices : Notices
        Told where a picture is dropped that is of no use.
    """
    from gui.pictures.image_file import is_image
    from model.files.weights.opening import is_weights

    if len(files) == 1 and is_weights(files[0]):
        weights.load_file(files[0])
        return
    if len(files) != 1 or not is_image(files[0]):
        documents.drop(files)
        return
    takers = [panel for panel in panels if isinstance(panel, TakesPictures)]
    if takers:
        takers[0].load_file(files[0])
    else:
        notices.refuse(
            say(
                "{file}: an image is of use where the inputs are one, as in Digits, 8x8",
                file=files[0].name,
            )
        )
