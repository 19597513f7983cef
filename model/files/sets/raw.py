"""A set of pictures as it was read, before anything is turned, named or held out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.errors import SetError
from model.files.json_text import Cancelled, ReadingCancelled

Pixels = NDArray[np.uint8]
Labels = NDArray[np.int64]
MAX_SIDE = 64
MAX_CLASSES = 62
# As many as MNIST's: pixels of all the pictures that are learned from. What is beyond is not read.
MAX_NUMBERS = 60_000 * 28 * 28
MAX_HELD_OUT = 10_000
_BLOCK = 2**20


@dataclass(frozen=True, eq=False)
class RawSet:
    """Pictures and labels as they are in their files.

    Attributes
    ----------
    title : str
        What the set would be called by its files.
    files : tuple of Path
        All the files it was read from, the first of them its path.
    images : numpy.ndarray
        uint8, (n, rows, cols): the first `most_of` the size, or all if those are fewer.
    labels : numpy.ndarray
        One for each picture, also for those that were not read.
    test_images, test_labels : numpy.ndarray or None
        Those to test with, if the set has them.
    names : tuple of str
        What the labels stand for, if the files say that; label i is names[i].
    rounded : bool
        Whether the pixels were finer than the 256 levels that are kept.
    """

    title: str
    files: tuple[Path, ...]
    images: Pixels
    labels: Labels
    test_images: Pixels | None = None
    test_labels: Labels | None = None
    names: tuple[str, ...] = ()
    rounded: bool = False

    @property
    def all_labels(self) -> Labels:
        """Those to learn from and those to test with."""
        if self.test_labels is None:
            return self.labels
        return np.concatenate([self.labels, self.test_labels])


def most_of(size: tuple[int, int]) -> int:
    """How many pictures of (rows, cols) can be learned from at the most."""
    return max(1, MAX_NUMBERS // (size[0] * size[1]))


def check_size(where: Path | str, size: tuple[int, int]) -> None:
    """Raise SetError unless pictures of (rows, cols) can be taken as they are."""
    if not (1 <= size[0] <= MAX_SIDE and 1 <= size[1] <= MAX_SIDE):
        raise SetError(
            say("{where}: its pictures have {rows:,} x {cols:,} pixels, and at most {most} x "
                "{most} can be taken: make them smaller first",
                where=where, rows=size[0], cols=size[1], most=MAX_SIDE)
        )  # fmt: skip


def check_alike(where: Path | str, learned: tuple[int, ...], tested: tuple[int, ...]) -> None:
    """Raise SetError unless the pictures to test with have the size of the others."""
    if learned != tested:
        raise SetError(
            say("{where}: its pictures to test with have {rows} x {cols} pixels, and those to "
                "learn from {high} x {wide}: take one away, so that the other is opened alone",
                where=where, rows=tested[0], cols=tested[1], high=learned[0], wide=learned[1])
        )  # fmt: skip


def check_pairs(where: Path | str, n_images: int, n_labels: int) -> None:
    """Raise SetError unless there is one label for each picture."""
    if n_images != n_labels:
        raise SetError(
            say("{where}: {images:,} pictures and {labels:,} labels do not belong together: "
                "there must be one label for each picture",
                where=where, images=n_images, labels=n_labels)
        )  # fmt: skip


def digest_of(files: Sequence[Path], top: Path, cancelled: Cancelled) -> str:
    """The SHA-256 of a file; of several, that of the list of them and theirs.

    The list is what the command ``sha256sum`` prints for them: a line each, sorted by their names
    below ``top``. Raises SetError where one cannot be read.
    """
    own = {_name_below(file, top): _digest(file, cancelled) for file in files}
    if len(own) == 1:
        return next(iter(own.values()))
    lines = "".join(f"{own[name]}  {name}\n" for name in sorted(own))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _name_below(file: Path, top: Path) -> str:
    return file.relative_to(top).as_posix() if top in file.parents else file.name


def _digest(file: Path, cancelled: Cancelled) -> str:
    found = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                if cancelled():
                    raise ReadingCancelled
                found.update(block)
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=file, reason=error.strerror)
        ) from error
    return found.hexdigest()
