"""What is known of a file that was read or written, to tell later whether it is another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Of larger files size and time have to do: they are looked at whenever the window is activated.
MAX_HASHED_BYTES = 2**20
_HEX_DIGITS = 64


@dataclass(frozen=True)
class Stamp:
    """A file as it was at one moment.

    Attributes
    ----------
    size : int
        Bytes.
    modified_ns : int
        When it was written last, in nanoseconds since 1970.
    sha256 : str
        Of its bytes, in hexadecimal digits; empty for a file that is too large to be read again.
    """

    size: int
    modified_ns: int
    sha256: str = ""

    def is_of_same(self, other: Stamp) -> bool:
        """Whether both are of the same content, whenever that was written."""
        if self.sha256 and other.sha256:
            return self.sha256 == other.sha256
        return (self.size, self.modified_ns) == (other.size, other.modified_ns)

    def data(self) -> list[int | str]:
        """What is written of it, for JSON."""
        return [self.size, self.modified_ns, self.sha256]


def stamp_of(file: Path) -> Stamp | None:
    """What a file is now; None where there is none, or it cannot be read."""
    # Not every start reads a file.
    import hashlib

    try:
        status = file.stat()
        if status.st_size > MAX_HASHED_BYTES:
            return Stamp(status.st_size, status.st_mtime_ns)
        with file.open("rb") as stream:
            content = stream.read(MAX_HASHED_BYTES + 1)
    except (OSError, ValueError):
        return None
    return Stamp(status.st_size, status.st_mtime_ns, hashlib.sha256(content).hexdigest())


def stamp_from(data: Any) -> Stamp | None:
    """The stamp that ``Stamp.data`` wrote; None for anything else."""
    if not isinstance(data, list) or len(data) != 3:
        return None
    size, modified, sha256 = data
    whole = type(size) is int and type(modified) is int and 0 <= size < 2**63
    if not whole or not -(2**63) <= modified < 2**63 or not isinstance(sha256, str):
        return None
    is_hash = len(sha256) == _HEX_DIGITS and set(sha256) <= set("0123456789abcdef")
    return Stamp(size, modified, sha256) if is_hash or not sha256 else None
