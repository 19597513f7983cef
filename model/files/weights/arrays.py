"""Weights in NumPy's own files."""

from __future__ import annotations

import io
import math
import zipfile
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from model.door import listed, say
from model.experiment import MAX_WEIGHTS
from model.files.npz.arrays import BROKEN, directory_size, read_head, read_values, value_bytes
from model.files.weights.found import FoundWeights, WeightsError

KEY = "weights"
# Whether it is weights, or names of at most 60 letters of 4 bytes.
_MAX_ARRAY_BYTES = 256 * MAX_WEIGHTS
_MAX_DIRECTORY_BYTES = 2**20


class _Refused(ValueError):
    """What is wrong with an array, without the name of its file."""


def weights_of_arrays(content: bytes, name: str) -> FoundWeights:
    """The weights in the bytes of an NPZ file (its array ``weights``) or of an NPY file.

    Names in the arrays ``inputs`` and ``outputs`` are taken where they are texts, one for each
    column and row. Raises WeightsError with one sentence.
    """
    try:
        if content.startswith(npy.MAGIC_PREFIX):
            return FoundWeights(name, _matrix(_array(io.BytesIO(content))))
        _check_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _in_archive(archive, name)
    except _Refused as error:
        raise WeightsError(f"{name}: {error}") from error
    except BROKEN as error:
        raise WeightsError(
            say("{name}: it is damaged, or no file that NumPy has written: save it once more",
                name=name)
        ) from error  # fmt: skip


def _check_directory(content: bytes) -> None:
    """Raise where the list of what is in an archive is longer than that of any NPZ file."""
    size = directory_size(content)
    if size is not None and size[1] > _MAX_DIRECTORY_BYTES:
        raise _Refused(say("it is an archive of far too many files"))


def _in_archive(archive: zipfile.ZipFile, name: str) -> FoundWeights:
    keys = [entry.removesuffix(".npy") for entry in archive.namelist()]
    if KEY not in keys:
        shown = listed(f"“{key[:40]}”" for key in keys[:8]) or "–"
        raise _Refused(
            say("there is no array “{key}” in it, only {keys}: save the weights under that name",
                key=KEY, keys=shown)
        )  # fmt: skip
    values = _matrix(_member(archive, KEY))
    outputs = _names(archive, "outputs", keys, values.shape[0])
    inputs = _names(archive, "inputs", keys, values.shape[1])
    return FoundWeights(name, values, outputs, inputs)


def _member(archive: zipfile.ZipFile, key: str) -> NDArray[Any]:
    entry = f"{key}.npy" if f"{key}.npy" in archive.namelist() else key
    with archive.open(entry) as stream:
        return _array(stream)


def _names(
    archive: zipfile.ZipFile, key: str, keys: list[str], n: int
) -> tuple[str, ...] | None:  # fmt: skip
    """The names in an array; None where it is none of n texts, for it may be anything."""
    if key not in keys:
        return None
    names = _member(archive, key)
    return tuple(names.tolist()) if names.dtype.kind == "U" and names.shape == (n,) else None


def _array(stream: IO[bytes]) -> NDArray[Any]:
    """One array, where it may be weights or names."""
    head = read_head(stream)
    if head.dtype.hasobject or head.dtype.kind not in "fiubU":
        raise _Refused(
            say("its array is of the type {kind}, and weights are numbers",
                kind=str(head.dtype)[:40])
        )  # fmt: skip
    count = math.prod(head.shape)
    if count > MAX_WEIGHTS or value_bytes(head) > _MAX_ARRAY_BYTES:
        raise _Refused(
            say("its array has {count:,} numbers, more than {most:,} weights", count=count,
                most=MAX_WEIGHTS)
        )  # fmt: skip
    return read_values(stream, head)


def _matrix(array: NDArray[Any]) -> NDArray[np.float64]:
    """An array of numbers as rows and columns; one without rows is that of a single output."""
    if array.dtype.kind not in "fiub" or array.ndim not in (1, 2) or not array.size:
        raise _Refused(
            say("its weights must be numbers in rows and columns, and have the shape {shape} and "
                "the type {kind}", shape=str(array.shape)[:40], kind=str(array.dtype)[:40])
        )  # fmt: skip
    with np.errstate(over="ignore", invalid="ignore"):
        return np.atleast_2d(array).astype(np.float64)
