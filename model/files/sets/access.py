"""How sets of pictures are got at: who decodes pictures, and what a person has said of a set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.files.json_text import Cancelled, never
from model.network import Floats

# The ink in a picture's file, 0 (white) to 1 (black), (h, w); raises ValueError with a sentence
# that begins with the file's name. The model itself decodes no pictures.
Decode = Callable[[Path, Cancelled], Floats]
# How many pictures of how many have been read.
Progress = Callable[[int, int], None]


def untold(_: int, __: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Access:
    """How a set is got at.

    Attributes
    ----------
    decode : callable or None
        Reads the pictures in a folder; None where there is nothing that can.
    located : Path or None
        Where a person says that a saved experiment's pictures are now.
    anyway : bool
        Whether they are taken although they are others than those that were saved.
    asks : bool
        Whether a person can be asked what is to be done about odd pictures; if not, they are put
        right, and that is said.
    cancelled : callable
        Asked every now and then whether to give up, with ReadingCancelled.
    progress : callable
        Told how far it is.
    """

    decode: Decode | None = None
    located: Path | None = None
    anyway: bool = False
    asks: bool = False
    cancelled: Cancelled = never
    progress: Progress = untold
