"""Arrays of numbers in NumPy's archives (NPZ), from files that may hold anything.

Nothing is unpickled, and nothing is unpacked before its header was found to promise a bounded
number of plain values. The format is NumPy's (numpy.lib.format).
"""

from __future__ import annotations

import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.errors import SetError
from model.files.json_text import Cancelled, ReadingCancelled

# An archive with more parts than these is none of a set.
_MAX_PARTS = 64
_MAX_DIRECTORY_BYTES = 64 * 2**10
_MAX_HEADER_BYTES = 10_000
# What is unpacked of one array at the most: 60,000 pictures of 28 x 28 numbers of eight bytes.
MAX_ARRAY_BYTES = 400 * 2**20
_MAX_DIMENSIONS = 4
_CHUNK = 2**20
_MAGIC = b"\x93NUMPY"
_ENDING = b"PK\5\6"
_HEADER = re.compile(
    r"\s*\{\s*'descr':\s*'([<>|=]?)([a-zA-Z])([0-9]{0,3})',\s*'fortran_order':\s*(True|False),"
    r"\s*'shape':\s*\(([0-9, ]*)\),?\s*\}\s*"
)
_NUMBERS, _OTHERS = "biuf", "US"


class ArrayHead(NamedTuple):
    """What the header of an array says.

    Attributes
    ----------
    name : str
        Without its ending .npy.
    dtype : numpy.dtype
        Of plain numbers or of text.
    shape : tuple of int
    in_columns : bool
        Whether the first place changes fastest (Fortran's order).
    """

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    in_columns: bool


class Archive:
    """An archive of arrays, open for reading; made by `open_archive`."""

    def __init__(self, path: Path, parts: zipfile.ZipFile) -> None:
        self._path = path
        self._parts = parts

    def heads(self) -> list[ArrayHead]:
        """What all the arrays in it are. Raises SetError where one is no array of plain values."""
        names = [name for name in self._parts.namelist() if name.endswith(".npy")]
        heads = []
        for name in names:
            with self._parts.open(name) as stream:
                heads.append(self._head(stream, name.removesuffix(".npy")))
        return heads

    def read(self, head: ArrayHead, first: int, cancelled: Cancelled) -> NDArray[Any]:
        """The first items of an array, as they are.

        Raises SetError where it is too large or damaged; ReadingCancelled.
        """
        whole = head.in_columns and len(head.shape) > 1
        n = head.shape[0] if whole else min(first, head.shape[0])
        shape = (n, *head.shape[1:])
        n_bytes = math.prod(shape) * head.dtype.itemsize
        if n_bytes > MAX_ARRAY_BYTES:
            raise self._fault(
                head.name,
                say("is too large: {n:,} bytes would be unpacked, more than {most:,}",
                    n=n_bytes, most=MAX_ARRAY_BYTES),
            )  # fmt: skip
        memory = bytearray(n_bytes)
        with self._parts.open(f"{head.name}.npy") as stream:
            self._head(stream, head.name)
            done = 0
            while done < n_bytes:
                if cancelled():
                    raise ReadingCancelled
                chunk = stream.read(min(_CHUNK, n_bytes - done))
                if not chunk:
                    raise self._fault(head.name, say("is cut short: save the archive once more"))
                memory[done : done + len(chunk)] = chunk
                done += len(chunk)
        values = np.frombuffer(memory, dtype=head.dtype)
        return values.reshape(shape, order="F" if head.in_columns else "C")[:first]

    def _head(self, stream: IO[bytes], name: str) -> ArrayHead:
        """Read the header; the stream then stands before the values."""
        begin = stream.read(8)
        if begin[:6] != _MAGIC or len(begin) < 8:
            raise self._fault(name, say("is no array, though its name says so"))
        form = "<H" if begin[6] == 1 else "<I"
        sized = stream.read(struct.calcsize(form))
        n_bytes = struct.unpack(form, sized)[0] if len(sized) == struct.calcsize(form) else 0
        if not 0 < n_bytes <= _MAX_HEADER_BYTES:
            raise self._fault(name, say("is damaged: its header has no sensible length"))
        text = stream.read(n_bytes).decode("latin-1")
        found = _HEADER.fullmatch(text)
        if found is None:
            if re.search(r"'\|?O\d*'", text):
                raise self._objects(name)
            raise self._fault(
                name, say("is no plain array of numbers: save pixels and labels as whole numbers")
            )
        order, kind, size, in_columns, shape = found.groups()
        if kind == "O":
            raise self._objects(name)
        return ArrayHead(
            name, self._dtype(order, kind, size, name), self._shape(shape, name),
            in_columns == "True",
        )  # fmt: skip

    def _dtype(self, order: str, kind: str, size: str, name: str) -> np.dtype[Any]:
        sizes = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8)}
        fits = size and (int(size) in sizes[kind] if kind in _NUMBERS else kind in _OTHERS)
        if not fits or (kind in _OTHERS and not 1 <= int(size) <= 64):
            raise self._fault(
                name, say("is no plain array of numbers: save pixels and labels as whole numbers")
            )
        return np.dtype(f"{order}{kind}{size}")

    def _shape(self, text: str, name: str) -> tuple[int, ...]:
        sizes = [size for size in text.replace(" ", "").split(",") if size]
        if not all(len(size) <= 12 for size in sizes) or len(sizes) > _MAX_DIMENSIONS:
            raise self._fault(
                name, say("has more places than pictures have: save it as pictures, rows, columns")
            )
        return tuple(map(int, sizes))

    def _objects(self, name: str) -> SetError:
        return self._fault(
            name,
            say("holds Python objects, which can run any program when they are read, and is never "
                "opened here: save plain numbers instead"),
        )  # fmt: skip

    def _fault(self, name: str, problem: str) -> SetError:
        return SetError(
            say("{path}: its array “{name}” {problem}",
                path=self._path, name=name[:40], problem=problem)
        )  # fmt: skip


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an archive of arrays.

    Raises SetError, on opening or while it is read, where it is no such archive or damaged.
    """
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as parts:
            yield Archive(path, parts)
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=path, reason=error.strerror or error)
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError,
            RuntimeError) as error:  # fmt: skip
        if isinstance(error, SetError):
            raise
        raise SetError(
            say(
                "{path} is damaged, or packed in a way that is not known here: save it once more "
                "with NumPy",
                path=path,
            )
        ) from error


def _check_directory(path: Path) -> None:
    """Raise unless the list of the archive's parts is short: it is read as a whole."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 2**16 - 22))
        tail = stream.read()
    at = tail.rfind(_ENDING)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    n_parts, n_bytes = (
        struct.unpack_from("<H", tail, at + 10)[0],
        struct.unpack_from("<I", tail, at + 12)[0],
    )
    if n_parts > _MAX_PARTS or n_bytes > _MAX_DIRECTORY_BYTES:
        raise SetError(
            say("{path} has {n:,} parts, and an archive of pictures has a few: save pictures and "
                "labels in one of their own", path=path, n=n_parts)
        )  # fmt: skip
