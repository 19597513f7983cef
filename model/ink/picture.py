"""A picture as an example of a data set: what was taken of it, and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from model.door import say
from model.image_input import framed
from model.ink.finding import Ink, find_ink
from model.network import Floats, Mask, predict

# The levels of files, and those of the published 8 x 8 digits.
_LEVELS, _FEW_LEVELS = 255, 16
_FEW_LEVELS_BELOW = 16  # pixels a side
_ROUNDING = 1e-6

# A border that is neither dark nor light: its lightness is further than this from both ends.
_GREY = 0.2
# The thinnest digits of MNIST have 20 pixels that are more ink than paper, 2.5 % of theirs.
_MIN_COVER = 0.02
# A digit is scaled up, not down, where it is smaller than this part of the frame's side.
_FEW_PIXELS = 0.5
# Pencil stands out by 0.25 or more; what stands out by less than this is hardly seen.
_FAINT = 0.1
# One of 200 digits of MNIST is wider than that, as a multiple of its height.
_WIDE = 1.45


class Taken(Enum):
    """What was done with the pixels of a picture."""

    AS_IT_IS = auto()
    INVERTED = auto()
    INK = auto()


class Doubt(Enum):
    """What makes it doubtful that a picture shows one digit, seen whole."""

    SEVERAL_MARKS = auto()
    WIDE = auto()
    TOUCHES_EDGE = auto()
    HARDLY_ANY_INK = auto()
    FEW_PIXELS = auto()
    FAINT = auto()
    GREY_BORDER = auto()


@dataclass(frozen=True, eq=False)
class PictureInput:
    """A picture as the inputs of a network.

    Attributes
    ----------
    inputs : float64 array, shape (rows * cols,), from 0 (paper) to 1 (ink)
    taken : what was done with the pixels
    doubts : the most important one first
    size : rows and columns of the picture as it came
    box : top, left, bottom and right of the ink in it, in pixels, the last two one past the end
    seen : where ink was seen, (h, w); the picture reduced as it was looked at
    marks : how many marks there are that might be digits
    level : how far the ink stands out, as a part of the paper's lightness
    """

    inputs: Floats
    taken: Taken
    doubts: tuple[Doubt, ...]
    size: tuple[int, int]
    box: tuple[int, int, int, int]
    seen: Mask
    marks: int = 1
    level: float = 1.0


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network makes of a picture.

    answer is the output with the largest score, the first of several; scores (n_outputs,).
    """

    answer: int
    scores: Floats
    picture: PictureInput


def read_picture(weights: Floats, gray: Floats, shape: tuple[int, int]) -> Reading:
    """What a network answers to a picture, prepared as by ``picture_input``.

    weights (n_outputs, rows * cols), gray (h, w) from 0 (white) to 1 (black).

    Raises
    ------
    ValueError
        If the picture cannot be used, or the weights are not for images of that shape.
    """
    if weights.ndim != 2 or weights.shape[1] != shape[0] * shape[1] or not len(weights):
        raise ValueError(
            say(
                "the weights {shape} do not fit images of {rows} × {columns} pixels",
                shape=weights.shape,
                rows=shape[0],
                columns=shape[1],
            )
        )
    picture = picture_input(gray, shape)
    scores = predict(weights, picture.inputs)
    return Reading(int(scores.argmax()), scores, picture)


def picture_input(gray: Floats, shape: tuple[int, int]) -> PictureInput:
    """Any picture of a digit as an example of a data set, prepared as MNIST's images are.

    A picture that has the data set's shape is taken as it is where the median of its border is
    dark, and exactly inverted where it is light; its levels of 255 become the very numbers that
    the data set has for them. In any other picture the ink is found against its paper
    (`find_ink`), cropped, scaled and centred (`framed`); it is not turned.

    Parameters
    ----------
    gray : float array, shape (h, w)
        Pixels from 0 (white) to 1 (black).
    shape : tuple of int
        (rows, cols) of the data set's images.

    Raises
    ------
    ValueError
        If there is no picture, a pixel is not a number from 0 to 1, or nothing is drawn on it.
    """
    if gray.ndim != 2 or not gray.size:
        raise ValueError(say("the image has no pixels"))
    if not (gray.min() >= 0 and gray.max() <= 1):  # so that NaN is refused too
        raise ValueError(say("every pixel of an image must be a number from 0 to 1"))
    ready = gray.shape == shape
    picture = _ready(gray, shape) if ready else _found(gray, shape)
    if picture is None:
        raise ValueError(say("the image is blank: nothing on it stands out from its paper"))
    return picture


def _ready(gray: Floats, shape: tuple[int, int]) -> PictureInput | None:
    if gray.min() == gray.max():
        return None
    dark = np.asarray(gray, dtype=np.float64)
    border = np.concatenate((dark[0], dark[-1], dark[1:-1, 0], dark[1:-1, -1]))
    paper = float(np.median(border))
    is_light = paper < 0.5
    ink = _as_published(dark if is_light else 1.0 - dark)
    seen = ink > 0.5
    doubts = []
    if np.count_nonzero(seen) < _MIN_COVER * seen.size:
        doubts.append(Doubt.HARDLY_ANY_INK)
    if _GREY < paper < 1 - _GREY:
        doubts.append(Doubt.GREY_BORDER)
    taken = Taken.INVERTED if is_light else Taken.AS_IT_IS
    box = _box(ink > 0)
    return PictureInput(ink.ravel(), taken, tuple(doubts), shape, box, seen)


def _as_published(ink: Floats) -> Floats:
    """Levels of a file as the numbers of the data set, level / 255, to the last bit.

    In small frames whose levels are all those of sixteenths, the sixteenths.
    """
    levels = np.rint(ink * _LEVELS)
    if np.abs(ink * _LEVELS - levels).max() > _ROUNDING:
        return ink
    few = np.rint(levels * (_FEW_LEVELS / _LEVELS))
    # Who writes a file may round or cut off.
    is_of_few = np.abs(few * (_LEVELS / _FEW_LEVELS) - levels).max() < 1
    if is_of_few and max(ink.shape) < _FEW_LEVELS_BELOW:
        return few / _FEW_LEVELS
    return levels / _LEVELS


def _found(gray: Floats, shape: tuple[int, int]) -> PictureInput | None:
    ink = find_ink(1.0 - gray)
    if ink is None:
        return None
    return PictureInput(
        framed(ink.strength, shape),
        Taken.INK,
        tuple(_doubts(ink, shape)),
        (gray.shape[0], gray.shape[1]),
        ink.box,
        ink.seen,
        ink.others + 1,
        ink.level,
    )


def _doubts(ink: Ink, shape: tuple[int, int]) -> list[Doubt]:
    height, width = ink.box[2] - ink.box[0], ink.box[3] - ink.box[1]
    found = {
        Doubt.SEVERAL_MARKS: ink.others > 0,
        Doubt.WIDE: width > _WIDE * height,
        Doubt.TOUCHES_EDGE: ink.touches,
        Doubt.FEW_PIXELS: max(height, width) < _FEW_PIXELS * max(shape),
        Doubt.FAINT: ink.level < _FAINT,
    }
    return [doubt for doubt, applies in found.items() if applies]


def _box(mask: Mask) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of what is marked, the last two one past the end."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
