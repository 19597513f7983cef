"""One array of NumPy's own files (NPY, and the parts of an NPZ archive), from whoever made them.

Nothing is unpickled, and a header is believed only as far as its bytes are there: who reads says
how much may be made of them. The format is NumPy's (numpy.lib.format).
"""

from __future__ import annotations

import lzma
import math
import struct
import tokenize
import zipfile
import zlib
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from model.files.json_text import Cancelled, ReadingCancelled, never

# The end of an archive's list of parts, which is the end of the archive but for a comment.
_END = struct.Struct("<4s4H2LH")
END_BYTES = _END.size + 2**16
_MAX_HEADER_BYTES = 10_000
# So large that no memory has room for it, and small enough to be multiplied.
_MAX_SIDE = 2**40
_CHUNK = 2**20
# What is raised where an archive, or what is packed in it, is damaged or made to harm.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, KeyError,
    NotImplementedError, RuntimeError, OverflowError, MemoryError,
)  # fmt: skip
# What NumPy raises where a header is none, or is made to harm who reads it.
_UNREADABLE = (
    ValueError, TypeError, KeyError, OverflowError, SyntaxError, tokenize.TokenError, MemoryError,
    RecursionError,
)  # fmt: skip


class NoArrayError(ValueError):
    """What was read does not begin as an array does."""


class HeadError(ValueError):
    """The header of an array cannot be read."""


class ArrayHead(NamedTuple):
    """What the header of an array says.

    Attributes
    ----------
    name : str
        Of the array in its archive, without the ending .npy.
    dtype : numpy.dtype
        Of any kind.
    shape : tuple of int
    in_columns : bool
        Whether the first place changes fastest (Fortran's order).
    """

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    in_columns: bool


def read_head(stream: IO[bytes], name: str = "") -> ArrayHead:
    """Read the header of an array; the stream then stands before its values.

    Raises NoArrayError where it does not begin as an array, HeadError where its header is damaged.
    """
    magic = stream.read(npy.MAGIC_LEN)
    if len(magic) < npy.MAGIC_LEN or not magic.startswith(npy.MAGIC_PREFIX):
        raise NoArrayError
    # The third version differs from the second in letters that only names of fields can have.
    read = npy.read_array_header_1_0 if magic[-2] == 1 else npy.read_array_header_2_0
    try:
        shape, in_columns, dtype = read(stream, max_header_size=_MAX_HEADER_BYTES)
    except _UNREADABLE as error:
        raise HeadError from error
    if not all(0 <= side <= _MAX_SIDE for side in shape):
        raise HeadError
    return ArrayHead(name, dtype, shape, in_columns)


def read_values(
    stream: IO[bytes], head: ArrayHead, first: int | None = None, cancelled: Cancelled = never
) -> NDArray[Any]:
    """The values behind a header, or the first items of them; (n, *shape[1:]).

    The caller has seen to it that ``value_bytes`` are few enough, and that they are plain values.
    Raises EOFError where there are fewer; ReadingCancelled.
    """
    shape = _read_shape(head, first)
    memory = bytearray(value_bytes(head, first))
    done = 0
    while done < len(memory):
        if cancelled():
            raise ReadingCancelled
        chunk = stream.read(min(_CHUNK, len(memory) - done))
        if not chunk:
            raise EOFError
        memory[done : done + len(chunk)] = chunk
        done += len(chunk)
    values = np.frombuffer(memory, dtype=head.dtype, count=math.prod(shape))
    return values.reshape(shape, order="F" if head.in_columns else "C")[:first]


def value_bytes(head: ArrayHead, first: int | None = None) -> int:
    """How many bytes are read for the first items of an array."""
    return math.prod(_read_shape(head, first)) * head.dtype.itemsize


def _read_shape(head: ArrayHead, first: int | None) -> tuple[int, ...]:
    # Where the first place changes fastest, no item is there before all of them are.
    if first is None or (head.in_columns and len(head.shape) > 1):
        return head.shape
    return min(first, head.shape[0]), *head.shape[1:]


def directory_size(tail: bytes) -> tuple[int, int] | None:
    """How many parts an archive says it has, and in how many bytes it lists them.

    ``tail`` holds its last ``END_BYTES``. None where it has no such list. It is read as a whole
    before the first part, so that it should be asked for its length first.
    """
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return None
    end = _END.unpack_from(tail, at)
    return end[4], end[5]
