"""Files are written whole or not at all, and only ordinary files are replaced."""

from __future__ import annotations

import errno
import os
import platform
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import BinaryIO, cast

from model.door import mark, say

# The end of the names of what is not whole yet: host, process, a number of its own.
_NAME_OF_UNFINISHED = re.compile(
    r"\..{0,40}\.([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{8}\.unfinished", re.DOTALL
)
# Nothing is written for so long; whatever is older was left by a program that was ended.
_MAX_UNFINISHED_S = 24 * 3600
_KINDS = (
    (stat.S_ISDIR, mark("it is a folder, and only ordinary files are replaced")),
    (stat.S_ISFIFO, mark("it is a pipe, and only ordinary files are replaced")),
    (stat.S_ISSOCK, mark("it is a socket, and only ordinary files are replaced")),
    (stat.S_ISCHR, mark("it is a device, and only ordinary files are replaced")),
    (stat.S_ISBLK, mark("it is a device, and only ordinary files are replaced")),
)
_tidied: set[Path] = set()
# What comes with the program is never written by it, wherever it is installed.
_OWN = Path(os.path.realpath(str(resources.files("resources"))))
# The temporary files of this process: removed where it ends in the middle of writing one.
_unfinished: set[Path] = set()


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file for writing so that at any moment it is either the old one or the new one.

    What is written goes to a temporary file beside it, which takes its place at the end, once
    the disk has it. An older file hands on its mode; where ``file`` is a link, what it points to
    is replaced in the same way and the link stays. What an ended program left unfinished in that
    folder is removed.

    Yields
    ------
    stream : binary file
        What to write to.

    Raises
    ------
    OSError
        On opening, while writing or at the end, where the folder or the disk does not allow
        it, or where ``file`` is no ordinary file (a pipe, a device, a folder, or a link to one);
        what was there is then still there, untouched, and nothing else is left behind.
    """
    mode = _mode_of(file)
    target = Path(os.path.realpath(file))
    if _OWN in target.parents:
        raise PermissionError(
            errno.EACCES, say("belongs to Weightbench itself: choose another folder"), str(file)
        )
    with _temporary_beside(target, mode) as stream:
        temporary = Path(stream.name)
        try:
            # An umask has held back some of the mode of the older file.
            if mode is not None:
                temporary.chmod(mode)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            # Windows replaces no file that is open.
            stream.close()
            _mode_of(file)
            temporary.replace(target)
        except BaseException:
            # What could not be written is still there to be written, and fails once more.
            with suppress(OSError):
                stream.close()
            temporary.unlink(missing_ok=True)
            raise
        finally:
            _unfinished.discard(temporary)
    _tidy_once(target.parent)


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


def remove_unfinished(folder: Path) -> None:
    """Remove what a program that was ended meanwhile left half written; nothing else."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if _is_abandoned(entry):
                    Path(entry.path).unlink()


def process_alive(pid: int) -> bool:
    """Whether there is such a process on this computer; True where that cannot be told."""
    if os.name == "nt":
        # There, asking by a signal would end it.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _tidy_once(folder: Path) -> None:
    """What was left was left by earlier programs: one look at a folder is enough."""
    if folder not in _tidied:
        _tidied.add(folder)
        remove_unfinished(folder)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    found = _NAME_OF_UNFINISHED.fullmatch(entry.name)
    if found is None or not entry.is_file(follow_symlinks=False):
        return False
    status = entry.stat(follow_symlinks=False)
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return False
    here = found.group(1) == _host()
    if here and not process_alive(int(found.group(2))):
        return True
    return time.time() - status.st_mtime > _MAX_UNFINISHED_S


def _host() -> str:
    """Stands for this computer in the name of a file."""
    import hashlib

    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]


def _mode_of(file: Path) -> int | None:
    """The permissions of an ordinary file, None if there is none; raises OSError for others."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISREG(mode):
        return stat.S_IMODE(mode)
    other = mark("it is no ordinary file, and only those are replaced")
    sentence = next((words for is_kind, words in _KINDS if is_kind(mode)), other)
    raise OSError(errno.EINVAL, say(sentence), str(file))


def _temporary_beside(file: Path, mode: int | None) -> BinaryIO:
    """Make a file of a name that is free, never with more permissions than it is to have."""
    # As any program makes files, so that the system sees to the umask.
    wanted = 0o666 if mode is None else mode

    def opener(path: str, flags: int) -> int:
        return os.open(path, flags, wanted)

    while True:
        # Short, or a long name could become one that the disk does not take.
        name = f".{file.name[:40]}.{_host()}-{os.getpid()}-{os.urandom(4).hex()}.unfinished"
        path = file.with_name(name)
        # Noted first, or a signal could come between.
        _unfinished.add(path)
        try:
            return cast("BinaryIO", open(path, "xb", opener=opener))
        except OSError as error:
            _unfinished.discard(path)
            if not isinstance(error, FileExistsError):
                # What cannot be written is what was asked for, by whatever name it begins.
                raise OSError(error.errno, error.strerror, str(file)) from error
