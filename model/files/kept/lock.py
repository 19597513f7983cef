"""Says that something has an owner: a file that the system locks for the program that runs.

Such a lock ends with the program, however that ends, so that none is left behind on this
computer. Some network drives know nothing of the locks of another computer; for those the file
names its owner, who is taken to be gone once nothing has been heard of it for an hour.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
import time
from contextlib import suppress
from pathlib import Path

from model.files.saving import process_alive

MAX_SILENCE_S = 3600
_MAX_RECORD = 512
_NOT_SUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
# Beyond what is written there: on Windows what is locked cannot be read.
_LOCKED_BYTE = 2**20


class Lock:
    """A lock that is held; ``take`` makes one."""

    def __init__(self, file: Path, descriptor: int, record: bytes) -> None:
        self._file = file
        self._descriptor = descriptor
        self._record = record

    @classmethod
    def take(cls, file: Path) -> Lock | None:
        """Lock a file, made if need be; None where somebody else has it.

        Raises OSError where no such file can be made.
        """
        while True:
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                lock = cls._taken(file, descriptor)
                if lock is not None or _is_still(file, descriptor):
                    break
            except BaseException:
                os.close(descriptor)
                raise
            # Its last owner removed it just now.
            os.close(descriptor)
        if lock is None:
            os.close(descriptor)
        return lock

    @classmethod
    def _taken(cls, file: Path, descriptor: int) -> Lock | None:
        try:
            _lock(descriptor)
            alone = True
        except OSError as error:
            if error.errno not in _NOT_SUPPORTED:
                return None
            alone = False
        if not _is_still(file, descriptor) or _has_other_owner(descriptor, alone):
            return None
        record = f"{platform.node()} {os.getpid()} {os.urandom(8).hex()}".encode()[-_MAX_RECORD:]
        _write(descriptor, record)
        return cls(file, descriptor, record)

    def held(self) -> bool:
        """Whether it is still ours: another computer may have taken it for left behind."""
        try:
            with self._file.open("rb") as stream:
                return stream.read(_MAX_RECORD) == self._record
        except OSError:
            return False

    def touch(self) -> None:
        """Let others hear that its owner is there."""
        with suppress(OSError):
            os.utime(self._file)

    def release(self, remove: bool = False) -> None:
        """Let go of it; ``remove`` takes the file away, too."""
        if self._descriptor < 0:
            return
        if self.held():
            with suppress(OSError):
                _write(self._descriptor, b"")
                if remove:
                    self._file.unlink()
        os.close(self._descriptor)
        self._descriptor = -1
        if remove:
            # Windows removes no file that is open.
            with suppress(OSError):
                if not self._file.stat().st_size:
                    self._file.unlink()

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _has_other_owner(descriptor: int, alone: bool) -> bool:
    """Whether the file names an owner that may still be there."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    words = os.read(descriptor, _MAX_RECORD).decode("utf-8", "replace").rsplit(" ", 2)
    if len(words) != 3 or not words[1].isascii() or not words[1].isdigit():
        return False
    if words[0] == platform.node():
        # The system knows; only where it has no locks does the number of the process count.
        pid = int(words[1])
        return not alone and pid != os.getpid() and process_alive(pid)
    return abs(time.time() - os.fstat(descriptor).st_mtime) < MAX_SILENCE_S


def _is_still(file: Path, descriptor: int) -> bool:
    """Whether the open file is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


def _write(descriptor: int, record: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, record)


def _lock(descriptor: int) -> None:
    """Lock an open file, or raise OSError; it ends when the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
