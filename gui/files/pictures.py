"""Pictures on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPixmap

from gui.pictures.png import png_of
from model.door import say
from model.files.saving import save_bytes


def save_picture(picture: QPixmap, file: Path) -> str:
    """Write a PNG whole or not at all; returns what went wrong, or nothing."""
    if file.suffix.lower() != ".png":
        return say("{file}: pictures are saved as PNG; let its name end in .png", file=file.name)
    content = png_of(picture)
    if not content:
        return say("{file}: the picture could not be written as PNG", file=file.name)
    return save_content(content, file)


def save_content(content: bytes, file: Path) -> str:
    """Write a file whole or not at all; returns what went wrong, or nothing."""
    try:
        save_bytes(file, content)
    except OSError as error:
        return say(
            "{file} could not be saved: {reason}", file=file.name, reason=error.strerror or error
        )
    return ""
