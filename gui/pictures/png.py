"""A picture as the bytes of a PNG file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap


def png_of(picture: QPixmap) -> bytes:
    """What a file of it would hold; nothing where it cannot be written as one, as of no size."""
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    written = picture.save(content, "PNG")
    return bytes(content.data().data()) if written else b""
