"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import BinaryIO, cast

from model.door import say

# What comes with the program is never written by it, wherever it is installed.
_OWN = Path(os.path.realpath(str(resources.files("resources"))))
# The temporary files of this process: removed where it ends in the middle of writing one.
_unfinished: set[Path] = set()


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file for writing so that at any moment it is either the old one or the new one.

    What is written goes to a temporary file beside it, which takes its place at the end. An
    older file hands on its mode; where ``file`` is a link, what it points to is replaced and
    the link stays.

    Yields
    ------
    stream : binary file
        What to write to.

    Raises
    ------
    OSError
        On opening, while writing or at the end, where the folder or the disk does not allow
        it; an older file is then still there, untouched, and nothing else is left behind.
    """
    target = Path(os.path.realpath(file))
    if _OWN in target.parents:
        raise PermissionError(
            errno.EACCES, say("belongs to Weightbench itself: choose another folder"), str(file)
        )
    mode = _mode_of(target)
    with _temporary_beside(target, mode) as stream:
        temporary = Path(stream.name)
        try:
            # An umask has held back some of the mode of the older file.
            if mode is not None:
                temporary.chmod(mode)
            yield stream
            # Windows replaces no file that is open.
            stream.close()
            temporary.replace(target)
        except BaseException:
            # What could not be written is still there to be written, and fails once more.
            with suppress(OSError):
                stream.close()
            temporary.unlink(missing_ok=True)
            raise
        finally:
            _unfinished.discard(temporary)


def save_bytes(file: Path, content: bytes) -> None:
    """Write a whole file at once; raises as `whole_file` does."""
    with whole_file(file) as stream:
        stream.write(content)


def save_text(file: Path, text: str) -> None:
    """The same for text, as UTF-8."""
    save_bytes(file, text.encode("utf-8"))


def drop_unfinished() -> None:
    """Remove what is being written, for the process ends now; what it would replace stays."""
    for temporary in tuple(_unfinished):
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _mode_of(file: Path) -> int | None:
    """The permissions of a file, None if there is none."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return None


def _temporary_beside(file: Path, mode: int | None) -> BinaryIO:
    """Make a file of a name that is free, never with more permissions than it is to have."""
    # As any program makes files, so that the system sees to the umask.
    wanted = 0o666 if mode is None else mode

    def opener(path: str, flags: int) -> int:
        return os.open(path, flags, wanted)

    while True:
        # Short, or a long name could become one that the disk does not take.
        path = file.with_name(f".{file.name[:40]}.{secrets.token_hex(4)}")
        # Noted first, or a signal could come between.
        _unfinished.add(path)
        try:
            return cast("BinaryIO", open(path, "xb", opener=opener))
        except OSError as error:
            _unfinished.discard(path)
            if not isinstance(error, FileExistsError):
                raise
