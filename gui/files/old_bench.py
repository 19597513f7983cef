"""What older versions kept of the bench, taken over once."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from model.files.json_text import MAX_FILE_BYTES
from model.files.kept.bench import BenchState
from model.files.kept.shelf import Shelf


def take_over(old: Path, file: Path | None, edited: bool, shelf: Shelf, key: str) -> None:
    """Put an experiment file on the shelf as the bench ``key``, and remove it.

    ``file`` is where it was saved, ``edited`` whether there are edits that are not in it. What
    cannot be taken over stays where it is.
    """
    with suppress(OSError, UnicodeDecodeError):
        if not old.is_file() or old.stat().st_size > MAX_FILE_BYTES:
            return
        when = old.stat()
        text = old.read_bytes().decode("utf-8")
        try:
            bench = shelf.new(key)
        except FileExistsError:
            bench = shelf.new()
        try:
            # Without its name, which is in the text and nobody is told of.
            bench.write(BenchState(old.stem, file, edited, has_work=True, closed=True), [text])
            os.utime(bench.file, ns=(when.st_atime_ns, when.st_mtime_ns))
            old.unlink()
        finally:
            bench.release()
