"""From a file to the weights in it, whatever kind of file it is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from model.door import say
from model.files.json_text import Cancelled, never
from model.files.kinds import HEAD_BYTES, kind_of, kind_of_file
from model.files.weights.arrays import weights_of_arrays
from model.files.weights.found import FoundWeights, WeightsError
from model.files.weights.table import weights_of_text

# The first file in an archive that was written here, as its header names it.
_FIRST = b"weights.npy"
MAX_BYTES = 64 * 2**20
_ARRAYS = ("npz", "npy", "zip")
_TEXTS = ("table", "text", "old_encoding", "json")


def is_weights(file: Path) -> bool:
    """Whether a file is one of weights that were written here: by its name or its first bytes."""
    if file.name.lower().endswith(".weights.csv"):
        return True
    with suppress(OSError):
        if kind_of_file(file).key == "npz":
            with file.open("rb") as stream:
                return stream.read(HEAD_BYTES)[30:].startswith(_FIRST)
    return False


def read_weights(file: Path, cancelled: Cancelled = never) -> FoundWeights:
    """The weights in an NPZ, NPY, CSV or other file of text.

    Raises WeightsError with one sentence where there are none; ReadingCancelled as soon as
    ``cancelled`` returns True.
    """
    try:
        kind = kind_of_file(file)
        content = b""
        if kind.family not in ("folder", "device"):
            with file.open("rb") as stream:
                # As much as is there: room for all that is asked for would be made at once.
                content = stream.read(min(file.stat().st_size, MAX_BYTES) + 1)
    except OSError as error:
        raise WeightsError(
            say("{file}: cannot be read ({why})", file=file.name, why=error.strerror)
        ) from error
    if len(content) > MAX_BYTES:
        raise WeightsError(
            say("{file}: is larger than {size} MB, and no weights are: choose another file",
                file=file.name, size=MAX_BYTES // 2**20)
        )  # fmt: skip
    if content:
        kind = kind_of(content[:HEAD_BYTES])
    if kind.key in _ARRAYS:
        return weights_of_arrays(content, file.name)
    if kind.key in _TEXTS:
        return weights_of_text(content, file.name, cancelled)
    raise WeightsError(
        say("{file}: is {kind}, not weights: choose an NPZ or a CSV file",
            file=file.name, kind=say(kind.name))
    )  # fmt: skip
