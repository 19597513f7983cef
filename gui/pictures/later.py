"""Reads a picture by what is imported when the first one is read."""

from __future__ import annotations

from pathlib import Path

from model.files.json_text import Cancelled
from model.network import Floats


def read_gray(file: Path, cancelled: Cancelled) -> Floats:
    """The ink in a picture, (h, w), read or refused by `gui.pictures.image_file.read_gray`."""
    from gui.pictures import image_file

    return image_file.read_gray(file, cancelled)
