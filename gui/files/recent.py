"""The files that were opened or saved last."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from model.files.kept.bench import usable_path

MAX_RECENT = 8


def with_file(files: Iterable[Path], file: Path) -> list[Path]:
    """The list with a file at its head, each file once, of at most MAX_RECENT."""
    return [file, *(other for other in files if other != file)][:MAX_RECENT]


def written(files: Iterable[Path]) -> str:
    """The list as text."""
    return json.dumps([str(file) for file in files])


def read(text: str) -> list[Path]:
    """The list from text, whatever somebody has made of it: only paths that can be any."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    texts = found if isinstance(found, list) else []
    files: list[Path] = []
    for entry in texts:
        file = usable_path(entry)
        if file is not None and str(file).isprintable() and file not in files:
            files.append(file)
    return files[:MAX_RECENT]
