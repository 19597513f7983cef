"""What is dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_files(data: QMimeData | None) -> list[Path]:
    """The files that are dropped; none where one of them lies elsewhere."""
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls] if all(u.isLocalFile() for u in urls) else []
