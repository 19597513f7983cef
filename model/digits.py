"""Images of digits with their labels, some to learn from and some held out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class DigitSet:
    """Images of digits with their labels, some to learn from and some held out.

    All arrays are made read-only.

    Attributes
    ----------
    name : str
        "mnist" or "digits".
    images : float64 array, shape (n, rows * cols)
        One image a row, pixels from 0 (paper) to 1 (ink), in the published order.
    labels : uint8 array, shape (n,)
        The digit that each image shows, 0 to 9.
    shape : tuple of int
        (rows, cols) of every image.
    held_out_images : float64 array, shape (m, rows * cols)
        Images that are not learnt from, for asking what the network makes of new ones.
    held_out_labels : uint8 array, shape (m,)
    remark : str
        One sentence where it is not the published set that it goes by; empty where it is.
    """

    name: str
    images: NDArray[np.float64]
    labels: NDArray[np.uint8]
    shape: tuple[int, int]
    held_out_images: NDArray[np.float64]
    held_out_labels: NDArray[np.uint8]
    remark: str = ""

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
