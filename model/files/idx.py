"""Read IDX files, the format in which the MNIST digits are published, and trust nothing in them.

An IDX file is a header and then the values, nothing else. The header is two zero bytes, one byte
for the type of the values, one for the number of dimensions, and one big-endian 32-bit size per
dimension (http://yann.lecun.com/exdb/mnist/).
"""

import gzip
import io
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.door import mark, say
from model.errors import DigitsError
from model.files.kinds import HEAD_BYTES, kind_of, not_digits

UNSIGNED_BYTE = 0x08
INTEGER = 0x0C
IMAGE_DIMENSIONS = 3
LABEL_DIMENSIONS = 1

# MNIST's largest file holds 47 million bytes. A header that promises more than this is refused
# before anything is read for it.
MAX_BYTES = 2**27

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 2**20
_KINDS = {IMAGE_DIMENSIONS: mark("images"), LABEL_DIMENSIONS: mark("labels")}
_OTHER_VALUES = mark("values of {n} dimensions")


def read_images(
    path: Path,
    size: tuple[int, int] | None = None,
    most: int | None = None,
    first: int | None = None,
) -> NDArray[np.uint8]:
    """Read an IDX file of images.

    Parameters
    ----------
    path : Path
        The file, plain or gzip-compressed; its content tells which, not its name.
    size : tuple of int, optional
        (rows, cols) that every image must have.
    most : int, optional
        How many images there may be.
    first : int, optional
        Read no more than so many; the rest of the file is left unread.

    Returns
    -------
    images : uint8 array, shape (n, rows, cols)
        Pixels from 0 to 255, in the order of the file; n, rows and cols are at least 1.

    Raises
    ------
    DigitsError
        If the file cannot be read, is damaged, or holds anything but such images. Size and
        number are taken from the header, before anything else is read.
    """
    return _read_idx(path, IMAGE_DIMENSIONS, size, most, first)


def read_labels(path: Path, most: int | None = None, highest: int = 9) -> NDArray[np.uint8]:
    """Read an IDX file of labels.

    Parameters
    ----------
    path : Path
        The file, plain or gzip-compressed; its content tells which, not its name. Its values
        are bytes, or 32-bit numbers in one or more columns as in QMNIST.
    most : int, optional
        How many labels there may be.
    highest : int
        The highest label that there may be.

    Returns
    -------
    labels : uint8 array, shape (n,)
        Labels from 0 on, in the order of the file; n is at least 1.

    Raises
    ------
    DigitsError
        If the file cannot be read, is damaged, holds anything but labels, or a label is higher.
    """
    values = label_numbers(path, most)
    wrong = np.flatnonzero((values < 0) | (values > highest))
    if wrong.size:
        raise DigitsError(
            say(
                "{path} is not a file of digits: its label number {at} is {label}, not 0 to 9.",
                path=path,
                at=wrong[0] + 1,
                label=values[wrong[0]],
            )
        )
    return values.astype(np.uint8, copy=False)


def label_numbers(path: Path, most: int | None = None) -> NDArray[np.integer]:
    """Read an IDX file of labels as `read_labels` does, whatever numbers they are, (n,)."""
    values = _read_idx(path, LABEL_DIMENSIONS, None, most)
    if values.ndim > 1:  # 32-bit numbers, of which the first column is the label
        return values.reshape(len(values), -1).view(">i4")[:, 0]
    return values


def read_shape(path: Path) -> tuple[int, ...] | None:
    """The sizes that an IDX file of images or labels announces: three of images, one of labels.

    None for anything else. Only its header is read.
    """
    for n_dimensions in (IMAGE_DIMENSIONS, LABEL_DIMENSIONS):
        try:
            with open_unpacked(path) as stream:
                shape = _read_header(stream, path, n_dimensions, first=1)
        except DigitsError:
            continue
        return shape if n_dimensions == IMAGE_DIMENSIONS else shape[:1]
    return None


def read_pair(
    images_path: Path,
    labels_path: Path,
    size: tuple[int, int] | None = None,
    most: int | None = None,
    highest: int = 9,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Read a file of images and the file of their labels, and check that they belong together.

    Parameters
    ----------
    images_path, labels_path : Path
        The two files, each plain or gzip-compressed.
    size, most, highest : optional
        As for `read_images` and `read_labels`.

    Returns
    -------
    images : uint8 array, shape (n, rows, cols)
    labels : uint8 array, shape (n,)

    Raises
    ------
    DigitsError
        As `read_images` and `read_labels`, and if there is not one label for each image.
    """
    labels = read_labels(labels_path, most, highest)
    images = read_images(images_path, size, most)
    if len(images) != len(labels):
        raise DigitsError(
            say(
                "{images_path} holds {n_images:,} images but {labels_path} holds {n_labels:,} "
                "labels.",
                images_path=images_path,
                n_images=len(images),
                labels_path=labels_path,
                n_labels=len(labels),
            )
        )
    return images, labels


@contextmanager
def open_unpacked(path: Path) -> Iterator[io.BufferedIOBase]:
    """Open a plain or gzip-compressed file for reading what is inside it.

    Nothing is unpacked before it is read, so the reader decides how much of a file it takes.

    Parameters
    ----------
    path : Path
        The file; its content tells whether it is compressed, not its name.

    Yields
    ------
    stream : binary file
        The content, unpacked as it is read.

    Raises
    ------
    DigitsError
        On opening or while reading: if there is no such file, it cannot be read, or its
        compression is broken.
    """
    try:
        # A named pipe or a device could keep us waiting for ever.
        if not path.is_file():
            raise DigitsError(say("There is no file {path}.", path=path))
        with path.open("rb") as file:
            if file.peek(2)[:2] == _GZIP_MAGIC:
                with gzip.GzipFile(fileobj=file) as stream:
                    yield stream
            else:
                yield file
    except EOFError as error:
        raise DigitsError(
            say("{path} is cut short: its gzip data ends too soon.", path=path)
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise DigitsError(
            say("{path} is damaged: its gzip data cannot be unpacked.", path=path)
        ) from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise DigitsError(
            say("{path} cannot be read ({reason}).", path=path, reason=reason)
        ) from error


def _read_idx(
    path: Path,
    n_dimensions: int,
    size: tuple[int, int] | None,
    most: int | None,
    first: int | None = None,
) -> NDArray[np.uint8]:
    """Read one IDX file of unsigned bytes with the given number of dimensions."""
    with open_unpacked(path) as stream:
        shape = _read_header(stream, path, n_dimensions, first)
        if size is not None and shape[1:] != size:
            rows, cols = shape[1:]
            raise DigitsError(
                say(
                    "{path} holds images of {rows:,} x {cols:,} pixels, not {high} x {wide}.",
                    path=path,
                    rows=rows,
                    cols=cols,
                    high=size[0],
                    wide=size[1],
                )
            )
        if most is not None and shape[0] > most:
            raise DigitsError(
                say(
                    "{path} is too large: its header announces {n:,} {kinds}, more than {most:,}.",
                    path=path,
                    n=shape[0],
                    kinds=say(_KINDS[n_dimensions]),
                    most=most,
                )
            )
        n = shape[0] if first is None else min(first, shape[0])
        values = np.empty((n, *shape[1:]), dtype=np.uint8)
        _fill(values, stream, path)
        if n < shape[0]:
            return values
        # Asking for one byte more also makes gzip compare its checksum.
        if stream.read(1):
            raise DigitsError(
                say(
                    "{path} is too long: more bytes follow the {n:,} {kinds} that its header "
                    "announces.",
                    path=path,
                    n=shape[0],
                    kinds=say(_KINDS[n_dimensions]),
                )
            )
    return values


def _read_header(
    stream: io.BufferedIOBase, path: Path, n_dimensions: int, first: int | None = None
) -> tuple[int, ...]:
    """Read and check the header; return the sizes of the dimensions in bytes, all at least 1.

    With ``first`` there may be any number of values, as no more than so many items are wanted.
    """
    there, n_bytes = _read_kind(stream, path, n_dimensions)
    sizes = stream.read(4 * there)
    if len(sizes) < 4 * there:
        raise DigitsError(say("{path} is cut short: it ends within its header.", path=path))
    shape: tuple[int, ...] = struct.unpack(f">{there}I", sizes)
    words = " x ".join(f"{size:,}" for size in shape)
    if 0 in shape:
        raise DigitsError(
            say(
                "{path} holds no {kind}: its header announces {words} values.",
                path=path,
                kind=say(_KINDS[n_dimensions]),
                words=words,
            )
        )
    n = shape[0] if first is None else min(first, shape[0])
    if n * math.prod(shape[1:]) * n_bytes > MAX_BYTES:
        raise DigitsError(
            say(
                "{path} is too large: its header announces {words} values, more than "
                "{most:,} in all.",
                path=path,
                words=words,
                most=MAX_BYTES // n_bytes,
            )
        )
    return shape if n_bytes == 1 else (*shape, n_bytes)


def _read_kind(stream: io.BufferedIOBase, path: Path, n_dimensions: int) -> tuple[int, int]:
    """The number of dimensions that there are, and of the bytes of a value.

    Both are as asked for, but for labels that are whole numbers, perhaps several of each image.
    """
    kind = say(_KINDS[n_dimensions])
    magic = stream.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0":
        own = kind_of(magic + stream.read(HEAD_BYTES - len(magic)))
        if own.family != "other":
            raise DigitsError(f"{path} {not_digits(own)}.")
        raise DigitsError(
            say(
                "{path} is not an IDX file of {kind}: it starts with the wrong bytes.",
                path=path,
                kind=kind,
            )
        )
    if magic[2] == INTEGER and n_dimensions == LABEL_DIMENSIONS and magic[3] in (1, 2):
        return magic[3], 4
    if magic[2] != UNSIGNED_BYTE:
        raise DigitsError(
            say(
                "{path} is not an IDX file of {kind}: its values have the type 0x{found:02x}, "
                "not 0x{wanted:02x} (unsigned bytes).",
                path=path,
                kind=kind,
                found=magic[2],
                wanted=UNSIGNED_BYTE,
            )
        )
    if magic[3] != n_dimensions:
        found = say(_KINDS.get(magic[3], _OTHER_VALUES), n=magic[3])
        raise DigitsError(
            say("{path} holds {found} where {kind} are needed.", path=path, found=found, kind=kind)
        )
    return n_dimensions, 1


def _fill(values: NDArray[np.uint8], stream: io.BufferedIOBase, path: Path) -> None:
    """Fill the array from the stream, a chunk at a time, straight into its memory."""
    memory = values.reshape(-1).data
    done = 0
    while done < len(memory):
        chunk = stream.read(min(_CHUNK, len(memory) - done))
        if not chunk:
            raise DigitsError(
                say(
                    "{path} is cut short: it holds {done:,} of the {n_all:,} values that its "
                    "header announces.",
                    path=path,
                    done=done,
                    n_all=len(memory),
                )
            )
        memory[done : done + len(chunk)] = chunk
        done += len(chunk)
