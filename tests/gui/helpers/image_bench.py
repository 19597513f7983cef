"""What tests of image panels share: sessions on made-up digits, drawn as on a pocket calculator."""

from __future__ import annotations

import numpy as np

from gui.session import Session
from model.digits import DigitSet, one_hot
from model.examples import Examples, Schedule
from model.experiment import Experiment
from model.network import Floats
from model.setup import Setup

SHAPE = (8, 8)
# The seven bars that a figure is put together from: rows and columns, ends included.
_BARS = {
    "a": (0, 0, 1, 4), "b": (0, 3, 4, 4), "c": (3, 6, 4, 4), "d": (6, 6, 1, 4),
    "e": (3, 6, 1, 1), "f": (0, 3, 1, 1), "g": (3, 3, 1, 4),
}  # fmt: skip
_FIGURES = (
    "abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"
)  # fmt: skip


def made_up_digits(n: int = 200, count_outputs: int = 10, seed: int = 0) -> DigitSet:
    """Digits of 8 x 8 pixels with labels 0, 1, 2 ..., each a little different; 20 held out."""
    rng = np.random.default_rng(seed)
    labels = (np.arange(n + 20) % count_outputs).astype(np.uint8)
    images = np.stack([_figure(int(label), rng).ravel() for label in labels])
    return DigitSet("digits", images[:n], labels[:n], SHAPE, images[n:], labels[n:])


def digits_experiment(n: int = 200, count_outputs: int = 10, alpha: float = 0.02) -> Experiment:
    """An experiment on made-up digits: weights of zero, examples in order, nothing frozen."""
    digits = made_up_digits(n, count_outputs)
    n_pixels = SHAPE[0] * SHAPE[1]
    setup = Setup(
        Examples(digits.images, one_hot(digits.labels, count_outputs)),
        Schedule("cycle", n),
        alpha,
        np.zeros((count_outputs, n_pixels), dtype=np.bool_),
    )
    inputs = tuple(f"pixel {at // SHAPE[1]},{at % SHAPE[1]}" for at in range(n_pixels))
    outputs = tuple(str(output) for output in range(count_outputs))
    weights = np.zeros((count_outputs, n_pixels))
    return Experiment("made-up digits", "", inputs, outputs, setup, weights, digits)


def digits_session(n: int = 200, count_outputs: int = 10, alpha: float = 0.02) -> Session:
    """A session at step 0 of `digits_experiment`."""
    return Session(digits_experiment(n, count_outputs, alpha))


def _figure(label: int, rng: np.random.Generator) -> Floats:
    image = np.zeros(SHAPE)
    down, right = rng.integers(0, 2), rng.integers(0, 3)
    for bar in _FIGURES[label % len(_FIGURES)]:
        top, bottom, left, end = _BARS[bar]
        image[top + down : bottom + down + 1, left + right : end + right + 1] = 1.0
    return image * rng.uniform(0.6, 1.0, SHAPE)
