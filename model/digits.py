"""Images of digits with their labels, some to learn from and some held out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

# The largest seed of a shuffle of pixels.
MAX_SHUFFLE = 2**31 - 1


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
    shuffle : int or None
        The seed by which the pixels of all images have changed places; None where they have not.
    """

    name: str
    images: NDArray[np.float64]
    labels: NDArray[np.uint8]
    shape: tuple[int, int]
    held_out_images: NDArray[np.float64]
    held_out_labels: NDArray[np.uint8]
    remark: str = ""
    shuffle: int | None = None

    def __post_init__(self) -> None:
        for array in (self.images, self.labels, self.held_out_images, self.held_out_labels):
            array.setflags(write=False)

    def held_out_place(self, image: NDArray[np.float64]) -> int | None:
        """The first held-out image with exactly these pixels (rows * cols,), None without one."""
        places = np.flatnonzero((self.held_out_images == image).all(axis=1))
        return int(places[0]) if len(places) else None

    def shuffled(self, seed: int | None) -> DigitSet:
        """The same images with their pixels shuffled by this seed, or put in order by None."""
        if seed == self.shuffle:
            return self
        if self.shuffle is not None:
            ordered = replace(
                self,
                images=in_order(self.images, self.shuffle),
                held_out_images=in_order(self.held_out_images, self.shuffle),
                shuffle=None,
            )
            return ordered.shuffled(seed)
        assert seed is not None
        return replace(
            self,
            images=shuffled_pixels(self.images, seed),
            held_out_images=shuffled_pixels(self.held_out_images, seed),
            shuffle=seed,
        )

    def arranged(self, picture: NDArray[np.float64]) -> NDArray[np.float64]:
        """A picture (rows * cols,) from elsewhere with its pixels where this set has them."""
        return picture if self.shuffle is None else shuffled_pixels(picture, self.shuffle)


def pixel_order(n_pixels: int, seed: int) -> NDArray[np.intp]:
    """A permutation (n_pixels,) by a seed: place i of a shuffled image has pixel ``order[i]``."""
    return np.random.default_rng(seed).permutation(n_pixels)


def shuffled_pixels(pictures: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Images or weights (..., n_pixels) with the pixels of each shuffled in the same way."""
    return np.take(pictures, pixel_order(pictures.shape[-1], seed), axis=-1)


def in_order(shuffled: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Images or weights (..., n_pixels) of shuffled pixels, put in order again."""
    back = np.argsort(pixel_order(shuffled.shape[-1], seed))
    return np.take(shuffled, back, axis=-1)


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
