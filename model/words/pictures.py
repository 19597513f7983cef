"""What was taken of a picture, and what is doubtful about it, in sentences."""

from __future__ import annotations

from model.door import mark, say, say_count
from model.ink.picture import Doubt, PictureInput, Taken

_TAKEN = {
    Taken.AS_IT_IS: mark(
        "The picture has {rows} × {columns} pixels already and a dark border, so its pixels are "
        "taken as they are."
    ),
    Taken.INVERTED: mark(
        "The picture has {rows} × {columns} pixels already and a light border, so its pixels are "
        "inverted, and nothing else."
    ),
    Taken.INK: mark(
        "The ink was found in rows {top} to {bottom} and columns {left} to {right} of the picture, "
        "and scaled and centred like the images of the data set."
    ),
}

_DOUBTS = {
    Doubt.WIDE: mark(
        "The mark is {ratio:.1f} times as wide as high, so it may be more than one: crop the "
        "picture to one."
    ),
    Doubt.TOUCHES_EDGE: mark(
        "The ink touches the edge of the picture, so a part of it may be missing: take the "
        "picture with paper all around."
    ),
    Doubt.HARDLY_ANY_INK: mark(
        "There is hardly any ink: {inked:,} of {pixels:,} pixels are more ink than paper."
    ),
    Doubt.FEW_PIXELS: mark(
        "The ink is only {height} pixels high and {width} wide: take the picture from nearer."
    ),
    Doubt.FAINT: mark(
        "The ink is faint, {percent:.0f} % darker or lighter than its paper: use a stronger pen or "
        "more light."
    ),
    Doubt.GREY_BORDER: mark(
        "The border is neither dark nor light, so what is paper is not sure: invert the picture if "
        "it looks wrong."
    ),
}


def taken(picture: PictureInput) -> str:
    """What was done with the pixels of a picture; rows and columns are counted from 1."""
    top, left, bottom, right = picture.box
    rows, columns = picture.size
    sentence = _TAKEN[picture.taken]
    return say(
        sentence,
        rows=rows,
        columns=columns,
        top=top + 1,
        bottom=bottom,
        left=left + 1,
        right=right,
    )


def doubts(picture: PictureInput) -> list[str]:
    """A sentence for each doubt about a picture, the most important one first."""
    return [_doubt(doubt, picture) for doubt in picture.doubts]


def _doubt(doubt: Doubt, picture: PictureInput) -> str:
    if doubt is Doubt.SEVERAL_MARKS:
        return say_count(
            "There is {n} mark that may be a digit; only the likeliest is read.",
            "There are {n} marks that may be digits, and only the likeliest is read: crop the "
            "picture to one.",
            picture.marks,
        )
    top, left, bottom, right = picture.box
    return say(
        _DOUBTS[doubt],
        ratio=(right - left) / (bottom - top),
        inked=int(picture.seen.sum()),
        pixels=picture.seen.size,
        height=bottom - top,
        width=right - left,
        percent=100 * picture.level,
    )
