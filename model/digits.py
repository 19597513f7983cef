"""Images of digits, or of other classes, with their labels: some to learn from, some held out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

DIGITS = tuple("0123456789")
# What the pictures that a person brings lie in; a saved experiment names it.
SetKind = Literal["idx", "npz", "pixels.csv", "folder"]
SET_KINDS: tuple[SetKind, ...] = get_args(SetKind)
# Of a set without pictures to test with, so large a part is held out where nobody says otherwise.
HELD_OUT_SHARE = 0.15


@dataclass(frozen=True)
class Origin:
    """Where pictures of one's own lie, and how they are read.

    Attributes
    ----------
    kind : str
        One of `SET_KINDS`.
    path : Path
        The file, or the folder of folders; of an IDX set the file of images.
    sha256 : str
        Of the file's bytes, in hexadecimal; of several files, that of the list of theirs. Empty
        where it is not known.
    turned : int
        0 to 3: so many quarter turns to the left; 4 to 7: rows and columns exchanged first.
    inverted : bool
        Light becomes dark.
    held_out : float
        The part that is held out, 0 to 1, where the set has no pictures to test with.
    seed : int
        Of the choice of that part.
    """

    kind: SetKind
    path: Path
    sha256: str = ""
    turned: int = 0
    inverted: bool = False
    held_out: float = HELD_OUT_SHARE
    seed: int = 0


@dataclass(frozen=True, eq=False)
class DigitSet:
    """Images of digits, or of other classes, some to learn from and some held out.

    All arrays are made read-only.

    Attributes
    ----------
    name : str
        The source that an experiment's file names: "mnist", "digits" or one of `SET_KINDS`.
    images : float64 array, shape (n, rows * cols)
        One image a row, pixels from 0 (paper) to 1 (ink), in the published order.
    labels : uint8 array, shape (n,)
        The class that each image shows, its place in ``classes``.
    shape : tuple of int
        (rows, cols) of every image.
    held_out_images : float64 array, shape (m, rows * cols)
        Images that are not learnt from, for asking what the network makes of new ones.
    held_out_labels : uint8 array, shape (m,)
    remark : str
        One sentence where it is not the published set that it goes by; empty where it is.
    classes : tuple of str
        What each class is called.
    levels : int
        The whole number that stands for the fullest ink in what was published.
    n_all : int
        How many images there are to learn from, of which ``images`` are the first.
    origin : Origin or None
        Where pictures of one's own lie; None for a set that the program knows by name.
    held_out_is_chosen : bool
        Whether the held-out images are a part of a set that has none to test with.
    """

    name: str
    images: NDArray[np.float64]
    labels: NDArray[np.uint8]
    shape: tuple[int, int]
    held_out_images: NDArray[np.float64]
    held_out_labels: NDArray[np.uint8]
    remark: str = ""
    classes: tuple[str, ...] = DIGITS
    levels: int = 255
    n_all: int = 0
    origin: Origin | None = None
    held_out_is_chosen: bool = False

    def __post_init__(self) -> None:
        for array in (self.images, self.labels, self.held_out_images, self.held_out_labels):
            array.setflags(write=False)

    def held_out_place(self, image: NDArray[np.float64]) -> int | None:
        """The first held-out image with exactly these pixels (rows * cols,), None without one."""
        places = np.flatnonzero((self.held_out_images == image).all(axis=1))
        return int(places[0]) if len(places) else None


def one_hot(labels: ArrayLike, n: int = 10) -> NDArray[np.float64]:
    """Turn labels into targets: 1 for the output of the label, 0 for all others.

    Parameters
    ----------
    labels : integers, shape (n_examples,)
        Labels from 0 to n - 1.
    n : int
        The number of outputs.

    Returns
    -------
    targets : float64 array, shape (n_examples, n)

    Raises
    ------
    ValueError
        If the labels are not a row of integers from 0 to n - 1.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError("Labels must be one row of integers.")
    if labels.size and not 0 <= labels.min() <= labels.max() < n:
        raise ValueError(f"Labels must be from 0 to {n - 1}.")
    targets = np.zeros((len(labels), n))
    targets[np.arange(len(labels)), labels] = 1.0
    return targets
