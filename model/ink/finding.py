"""Finds the ink of a digit on any paper, in any light.

Ink is thin: it is narrower than the paper around it. Filling in all that is narrower than a
square therefore shows the paper under it, with its shadows, its folds and the desk beside it,
whatever their edges are like. How far a pixel is below that, as a part of it, is how far it
stands out; light ink on dark paper is found the same way in the inverted picture. Of what
stands out, the digit is the mark with the most ink, weighed by how sharp its rim is, how alike
the rim is all around, and how much like a stroke it looks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.ink.filters import Picture, closed, reduced, softened
from model.ink.marks import Marks, marks_of
from model.ink.rulings import without_rulings
from model.network import Floats, Mask

# The longer side of the picture that is looked at.
_SIDE = 512
# A digit that is smaller there is looked at again from nearer, where the picture has more pixels.
_SMALL_DIGIT = 120
_NEARER = 1.0  # times the digit's extent on each side of it
_SAME_DIGIT = 0.15  # how far its box may be off then, as a part of its extent

# What stands out by less cannot be told from paper: 6 of 255 levels on white.
_FAINTEST = 0.025
_NOISE_DEVIATIONS = 6.0
_SD_PER_MEDIAN_DEVIATION = 1.4826
# Of a large picture every so-many-th pixel tells what is usual.
_SAMPLED = 7
# Below this lightness paper is so dark that a part of it means nothing; for light ink the same
# of the inverted picture, where it is white paper that has nothing left to stand out by.
_DARKEST_PAPER, _LIGHTEST_BOARD = 0.1, 0.5
# Strokes may be as wide as these parts of the shorter side.
_WINDOWS = (0.3, 0.12)
# The smallest part of the picture that can be a digit's ink.
_MIN_INK = 0.0006
# From this part of the ink's level a pixel belongs to it; a mark must reach the second somewhere.
_LOW, _HIGH = 0.35, 0.6

# How wide strokes may be as a part of the extent of what they make, what part of a square around
# it they may fill, and how even its rim is. Over 1,000 pictures of digits the first two were 0.27
# and 0.51 at most and the third mostly 0.93 or more; for patches of paper beside a digit or on a
# desk they were 0.3, 0.9 and 0.75.
_MAX_STROKE, _PATCH_STROKE = 0.25, 4
_FULLEST, _PATCH_FULL = 0.5, 6
_UNEVEN = 12
# Shadows and glare have softer rims than this, in parts of their depth a pixel; digits that are
# badly out of focus had 0.1 at least. A mark that is less likely than this is a speck.
_SOFTEST = 0.025
_MIN_SCORE = 0.3
# What touches so many sides of the picture, from none to all four, is less likely a digit.
_TOUCHING = np.array([1.0, 0.3, 0.03, 0.02, 0.02])
_MIN_EXTENT = 4
_MIN_STRONG = 3

# Pieces of one digit: how large and dark beside the largest, and how far off at most, as a part
# of its extent. What is about as high, and clearly beside or below it, is another digit.
_MIN_PIECE = 0.03
_PIECE_DARKNESS = 0.6
_PIECE_GAP = 0.25
_AS_HIGH = 0.6
_CLEARLY = 0.07
# Other marks that are worth a word.
_OTHER_EXTENT = 0.4
_OTHER_AREA = 0.2
_OTHER_EVENNESS = 0.8

# Ink is from the first of these parts of its level on, and full ink after so much more.
_EDGE, _EDGE_WIDTH = 0.3, 0.4
# The level is what three quarters of the digit's pixels do not exceed.
_LEVEL = 0.75


@dataclass(frozen=True, eq=False)
class Ink:
    """The digit that was found in a picture.

    Attributes
    ----------
    strength : how much ink each pixel within the digit's box has, 0 to 1, (rows, cols)
    seen : the digit's pixels in the picture reduced to 512 pixels a side, (h, w)
    box : top, left, bottom and right of the digit in the picture as it came, in pixels, the last
        two one past the end
    is_light : whether the ink is lighter than its paper
    level : how far the ink stands out, as a part of the paper's lightness
    others : how many more marks there are that might be digits
    touches : whether the digit reaches the edge of the picture
    """

    strength: Floats
    seen: Mask
    box: tuple[int, int, int, int]
    is_light: bool
    level: float
    others: int
    touches: bool


@dataclass(frozen=True, eq=False)
class _Guess:
    """What would be the digit for one lightness of ink and one width of strokes."""

    marks: Marks
    depth: Picture
    best: int
    score: float
    is_light: bool


def find_ink(light: Floats) -> Ink | None:
    """The digit in a picture of lightness (h, w) from 0 to 1; None where nothing stands out."""
    ink = _found(light)
    if ink is None:
        return None
    top, left, bottom, right = ink.box
    extent = max(bottom - top, right - left)
    longest = max(light.shape)
    if longest <= _SIDE or extent * _SIDE / longest >= _SMALL_DIGIT:
        return ink
    margin = round(_NEARER * extent)
    top, left = max(0, top - margin), max(0, left - margin)
    near = _found(light[top : bottom + margin, left : right + margin])
    if near is None or near.is_light != ink.is_light:
        return ink
    box = near.box[0] + top, near.box[1] + left, near.box[2] + top, near.box[3] + left
    if max(abs(a - b) for a, b in zip(box, ink.box, strict=True)) > _SAME_DIGIT * extent:
        return ink
    return replace(ink, strength=near.strength, box=box)


def _found(light: Floats) -> Ink | None:
    small = reduced(light, _SIDE)
    guesses = []
    for is_light in (False, True):
        soft = softened(1 - small if is_light else small)
        least = _LIGHTEST_BOARD if is_light else _DARKEST_PAPER
        steepness = np.hypot(*np.gradient(soft)).astype(np.float32) if min(soft.shape) > 1 else soft
        for window in _WINDOWS:
            depth, noise = _depth(soft, window, least)
            guess = _guess(without_rulings(depth, noise), noise, steepness, is_light)
            if guess is not None:
                guesses.append(guess)
    if not guesses:
        return None
    return _ink(max(guesses, key=lambda guess: guess.score), light.shape)


def _depth(soft: Picture, window: float, least: float) -> tuple[Picture, float]:
    """How far each pixel is below the paper, as a part of it, and how much of that is noise."""
    paper = closed(soft, max(5, int(window * min(soft.shape)) // 2 * 2 + 1))
    depth = (paper - soft) / np.maximum(paper, least)
    sample = depth.ravel()[:: _SAMPLED if depth.size > _SAMPLED**5 else 1]
    usual = float(np.median(sample))
    noise = _SD_PER_MEDIAN_DEVIATION * float(np.median(np.abs(sample - usual)))
    return np.maximum(depth - usual, 0), max(_FAINTEST, _NOISE_DEVIATIONS * noise)


def _guess(depth: Picture, noise: float, steepness: Picture, is_light: bool) -> _Guess | None:
    rank = min(depth.size, max(8, round(_MIN_INK * depth.size)))
    level = float(np.partition(depth, -rank, axis=None)[-rank])
    if level < noise:
        return None
    marks = marks_of(depth > max(noise, _LOW * level), depth, steepness)
    scores = _scores(marks, depth, level)
    best = int(scores.argmax())
    return _Guess(marks, depth, best, float(scores[best]), is_light) if scores[best] > 0 else None


def _scores(marks: Marks, depth: Picture, level: float) -> Floats:
    """How likely each mark is the digit, (n,); 0 where it cannot be."""
    strong = np.bincount(marks.labels[depth > _HIGH * level], minlength=len(marks) + 1)[1:]
    likely = marks.ink * marks.sharpness * marks.evenness**_UNEVEN
    likely *= np.minimum(1, _MAX_STROKE * marks.extent / marks.stroke) ** _PATCH_STROKE
    likely *= np.minimum(1, _FULLEST * marks.extent**2 / marks.area) ** _PATCH_FULL
    likely *= _TOUCHING[marks.sides]
    possible = (
        (strong >= _MIN_STRONG)
        & (marks.extent >= _MIN_EXTENT)
        & (marks.sharpness >= _SOFTEST * marks.ink / marks.area)
        & (likely >= _MIN_SCORE)
    )
    return np.where(possible, likely, 0.0)


def _ink(guess: _Guess, shape: tuple[int, ...]) -> Ink:
    marks, depth = guess.marks, guess.depth
    own = _own(marks, guess.best, np.ones(len(marks), dtype=np.bool_))
    top, left = int(marks.top[own].min()), int(marks.left[own].min())
    bottom, right = int(marks.bottom[own].max()), int(marks.right[own].max())
    seen = np.concatenate(([False], own))[marks.labels]
    inside = np.where(seen, depth, 0)[top:bottom, left:right].astype(np.float64)
    level = float(np.quantile(inside[inside > 0], _LEVEL))
    rows, cols = shape[0] / depth.shape[0], shape[1] / depth.shape[1]
    return Ink(
        strength=np.clip((inside / level - _EDGE) / _EDGE_WIDTH, 0, 1),
        seen=seen,
        box=(round(top * rows), round(left * cols), round(bottom * rows), round(right * cols)),
        is_light=guess.is_light,
        level=level,
        others=_others(marks, own),
        touches=bool(marks.sides[own].any()),
    )


def _own(marks: Marks, best: int, free: Mask) -> Mask:
    """The marks among the free ones that make one digit with the best one, (n,)."""
    darkness = marks.ink / marks.area
    able = (
        free
        & (marks.area >= _MIN_PIECE * marks.area[best])
        & (marks.area <= marks.area[best])
        & (marks.extent <= marks.extent[best])
        & (darkness >= _PIECE_DARKNESS * darkness[best])
    )
    own: Mask = np.arange(len(marks)) == best
    while True:
        joined = own | (able & _near(marks, own, int(marks.extent[best])))
        if (joined == own).all():
            return own
        own = joined


def _near(marks: Marks, own: Mask, extent: int) -> Mask:
    """Which marks lie so near to the digit's that they are pieces of it, (n,)."""
    top, left = marks.top[own].min(), marks.left[own].min()
    bottom, right = marks.bottom[own].max(), marks.right[own].max()
    across = np.maximum(marks.left - right, left - marks.right)
    along = np.maximum(marks.top - bottom, top - marks.bottom)
    gap = np.maximum(across, along)
    another = (marks.height > _AS_HIGH * (bottom - top)) & (gap > _CLEARLY * extent)
    near: Mask = (gap < _PIECE_GAP * extent) & ~another
    return near


def _others(marks: Marks, own: Mask) -> int:
    """How many digits there may be besides the marks that make this one."""
    area, extent = int(marks.area[own].sum()), int(marks.extent[own].max())
    able = (
        ~own
        & (marks.extent >= _OTHER_EXTENT * extent)
        & (marks.area >= _OTHER_AREA * area)
        & (marks.ink / marks.area >= _PIECE_DARKNESS * marks.ink[own].sum() / area)
        & (marks.evenness >= _OTHER_EVENNESS)
        & (marks.stroke <= _MAX_STROKE * marks.extent)
        & (marks.area <= _FULLEST * marks.extent**2)
        & (marks.sides == 0)
    )
    n = 0
    while able.any():
        able &= ~_own(marks, int(np.where(able, marks.area, 0).argmax()), ~own)
        n += 1
    return n
