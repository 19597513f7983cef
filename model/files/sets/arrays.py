"""The arrays of an archive that may be a set of pictures, and what is wrong with them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from model.door import mark, say
from model.errors import SetError
from model.files.json_text import Cancelled
from model.files.npz.arrays import (
    BROKEN,
    END_BYTES,
    ArrayHead,
    HeadError,
    NoArrayError,
    directory_size,
    read_head,
    read_values,
    value_bytes,
)

# An archive with more parts than these is none of a set.
_MAX_PARTS = 64
_MAX_DIRECTORY_BYTES = 64 * 2**10
# What is unpacked of one array at the most: 60,000 pictures of 28 x 28 numbers of eight bytes.
MAX_ARRAY_BYTES = 400 * 2**20
_MAX_DIMENSIONS = 4
_NUMBERS, _TEXTS = "biuf", "US"
# Numbers of more bytes than double ones, and longer texts than a label is.
_MAX_NUMBER_BYTES = 8
_MAX_LETTERS = 64
_NOT_PLAIN = mark(
    "{path}: its array “{name}” is no plain array of numbers: save pixels and labels as whole "
    "numbers"
)


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
        n_bytes = value_bytes(head, first)
        if n_bytes > MAX_ARRAY_BYTES:
            raise SetError(
                say("{path}: its array “{name}” is too large: {n:,} bytes would be unpacked, more "
                    "than {most:,}", **self._slots(head.name), n=n_bytes, most=MAX_ARRAY_BYTES)
            )  # fmt: skip
        with self._parts.open(f"{head.name}.npy") as stream:
            read_head(stream)
            try:
                return read_values(stream, head, first, cancelled)
            except EOFError as error:
                raise self._fault(
                    head.name,
                    mark("{path}: its array “{name}” is cut short: save the archive once more"),
                ) from error

    def _head(self, stream: IO[bytes], name: str) -> ArrayHead:
        try:
            head = read_head(stream, name)
        except NoArrayError as error:
            raise self._fault(
                name, mark("{path}: its array “{name}” is no array, though its name says so")
            ) from error
        except HeadError as error:
            raise self._fault(name, _NOT_PLAIN) from error
        if head.dtype.hasobject:
            raise self._fault(
                name,
                mark("{path}: its array “{name}” holds Python objects, which can run any program "
                     "when they are read, and is never opened here: save plain numbers instead"),
            )  # fmt: skip
        if not _is_plain(head.dtype):
            raise self._fault(name, _NOT_PLAIN)
        if len(head.shape) > _MAX_DIMENSIONS:
            raise self._fault(
                name,
                mark("{path}: its array “{name}” has more places than pictures have: save it as "
                     "pictures, rows, columns"),
            )  # fmt: skip
        return head

    def _fault(self, name: str, sentence: str) -> SetError:
        return SetError(say(sentence, **self._slots(name)))

    def _slots(self, name: str) -> dict[str, object]:
        return {"path": self._path, "name": name[:40]}


def _is_plain(dtype: np.dtype[Any]) -> bool:
    """Whether values are numbers, or texts as short as labels are."""
    if dtype.kind in _NUMBERS:
        return dtype.itemsize <= _MAX_NUMBER_BYTES
    n_letters = dtype.itemsize // np.dtype(f"{dtype.kind}1").itemsize if dtype.kind in _TEXTS else 0
    return 1 <= n_letters <= _MAX_LETTERS


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
    except SetError:
        raise
    except BROKEN as error:
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
        stream.seek(max(0, size - END_BYTES))
        listed = directory_size(stream.read())
    if listed is None:
        raise zipfile.BadZipFile
    n_parts, n_bytes = listed
    if n_parts > _MAX_PARTS or n_bytes > _MAX_DIRECTORY_BYTES:
        raise SetError(
            say("{path} has {n:,} parts, and an archive of pictures has a few: save pictures and "
                "labels in one of their own", path=path, n=n_parts)
        )  # fmt: skip
