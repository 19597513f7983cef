"""What the names of files tell: which of them belong together, and which part each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

Part = Literal["train", "test", ""]
_COPY = re.compile(r"(?: ?\(\d+\)| - copy| copy(?: \d+)?)$")
_ENDINGS = re.compile(r"\.(?:gz|npz|npy|csv|tsv|txt|idx|idx[1-4]|ubyte|bin|data?)$")
_IDX = re.compile(r"[-._ ]?idx\d?(?:[-._]?(?:ubyte|int))?$")
_ROLE = re.compile(r"(?<![a-z])(?:images?|imgs?|labels?|lbls?|pixels)(?![a-z])")
_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = (
    (re.compile(r"(?<![a-z])(?:train(?:ing)?)(?![a-z])"), "train"),
    (re.compile(r"(?<![a-z])(?:t10k|test(?:ing)?|val(?:id(?:ation)?)?)(?![a-z])"), "test"),
)
_MARKS = re.compile(r"[-._ ]+")


class SetName(NamedTuple):
    """What a file's name tells.

    Attributes
    ----------
    key : str
        The same for all files of a set.
    part : str
        "train", "test", or nothing where the name says neither.
    """

    key: str
    part: Part


def set_name(name: str) -> SetName:
    """Which set and which part of it a file is by its name."""
    rest, before = name.lower(), ""
    while rest != before:
        before = rest
        rest = _IDX.sub("", _ENDINGS.sub("", _COPY.sub("", rest)))
    rest = _ROLE.sub("", rest)
    part: Part = ""
    for pattern, called in _PARTS:
        shorter = pattern.sub("", rest)
        if shorter != rest:
            rest, part = shorter, called
            break
    return SetName(_MARKS.sub("-", rest).strip("-"), part)


def natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """To sort names as a person does: 2 before 10, a beside A, and numbers before words."""
    return tuple(
        (not piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece)
        for piece in re.split(r"([0-9]{1,18})", name.casefold())
        if piece
    )


def title_of(path: Path, files: Iterable[Path] = ()) -> str:
    """What a set is called by its files, or by their folder where they are called like any."""
    key = set_name(path.name).key
    if key:
        same = [file.name for file in files if set_name(file.name).key == key]
        return path.stem if len(same) < 2 and "." in path.name else key
    return path.parent.name or path.name
