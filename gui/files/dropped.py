"""What is dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from model.files.kept.bench import usable_path


def local_files(data: QMimeData | None) -> list[Path]:
    """The files that are dropped; none where one of them lies elsewhere, or can be no file."""
    files: list[Path] = []
    for url in data.urls() if data is not None else []:
        # An address may be of no letters, or have letters that no path has.
        file = usable_path(url.toLocalFile()) if url.isLocalFile() else None
        if file is None:
            return []
        files.append(file)
    return files
