"""What is recorded of lessons, in a file of its own beside the kept benches."""

from __future__ import annotations

import json
from pathlib import Path

from model.files.kinds import opened
from model.files.saving import save_text

_NAME = "lessons.json"
_MAX_BYTES = 2_000_000


def read_records(folder: Path) -> object:
    """What was kept last; None where nothing was, or nothing that can be read."""
    try:
        with opened(folder / _NAME) as stream:
            content = stream.read(_MAX_BYTES + 1)
        return json.loads(content) if len(content) <= _MAX_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None


def write_records(folder: Path, values: object) -> None:
    """Keep these, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    save_text(folder / _NAME, json.dumps(values, ensure_ascii=False, indent=1))
