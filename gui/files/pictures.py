"""Pictures on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSaveFile
from PySide6.QtGui import QPixmap

from model.door import say


def save_picture(picture: QPixmap, file: Path) -> str:
    """Write a PNG whole or not at all; returns what went wrong, or nothing."""
    if file.suffix.lower() != ".png":
        return say("{file}: pictures are saved as PNG; let its name end in .png", file=file.name)
    target = QSaveFile(str(file))
    if not target.open(QSaveFile.OpenModeFlag.WriteOnly):
        return f"{file.name}: {target.errorString()}"
    if not picture.save(target, "PNG") or not target.commit():
        return f"{file.name}: {target.errorString()}"
    return ""
