"""How sets of pictures are got at: who decodes pictures, and what a person has said of a set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.files.json_text import Cancelled, never
from model.files.kinds import HEAD_BYTES, Kind, kind_of, kind_of_file
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


def may_be_set(path: Path) -> bool:
    """Whether a path is for those who read sets: a folder, an IDX file or an archive of arrays.

    A table of pixels is told from one of numbers by `pixel_layout`.
    """
    try:
        return path.is_dir() or (path.is_file() and kind_inside(path).key in ("idx", "npz"))
    except OSError:
        return False


def is_one_set(paths: Sequence[Path]) -> bool:
    """Whether files lie side by side and each is one that sets of pictures are kept in."""
    beside = len({path.parent for path in paths}) == 1
    return beside and all(path.is_file() and may_be_set(path) for path in paths)


def kind_inside(file: Path) -> Kind:
    """The kind of a file; of one that is packed with gzip, that of what is in it.

    Raises OSError as `kind_of_file`, and where it cannot be unpacked.
    """
    kind = kind_of_file(file)
    if kind.key != "gzip":
        return kind
    import gzip
    import zlib

    try:
        with gzip.open(file) as stream:
            return kind_of(stream.read(HEAD_BYTES))
    except (EOFError, zlib.error):
        return kind
