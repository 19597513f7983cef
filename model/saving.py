"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def save_bytes(file: Path, content: bytes) -> None:
    """Write a file so that at any moment it is either the old one or the new one.

    Raises OSError where the folder or the disk does not allow it; an older file is then
    still there, untouched.
    """
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(_usual_mode())
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def save_text(file: Path, text: str) -> None:
    """The same for text, as UTF-8."""
    save_bytes(file, text.encode("utf-8"))


def _usual_mode() -> int:
    """The mode that a file made in the ordinary way would have; mkstemp makes private ones."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
