"""Where sets of digits come from: the small one that is shipped, and MNIST from its files."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.digits import DigitSet
from model.door import say
from model.errors import DigitsError
from model.files.cache import cache_folder, decided_repair
from model.files.idx import read_pair
from model.files.saving import save_bytes
from model.files.survey.oddities import (
    OddDigits,
    Repair,
    needed_repair,
    odd_words,
    repaired_images,
    repaired_labels,
)
from model.files.survey.published import MNIST, name_of_like, set_of

MNIST_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
MNIST_TRAINING_IMAGES = 60_000
MNIST_TEST_IMAGES = 10_000
MNIST_SIZE = (28, 28)
# The last 297 of the 1,797 small digits are kept back, which leaves 1,500 to learn from.
DIGITS8_HELD_OUT = 297
MNIST_VARIABLE = "WEIGHTBENCH_MNIST"
# Beside the cache's folders: what the window was told is known to the command line, without Qt.
_REMEMBERED = "mnist-folder.txt"
_MAX_NAME_BYTES = 10_000
# Where a folder that was chosen is looked into, and how far: it may be the whole disk.
_LEVELS_BELOW = 2
_MAX_FOLDERS = 300
_MAX_ENTRIES = 10_000
# So many images are shown where a person has to decide.
_SAMPLE = 10


def load_digits8() -> DigitSet:
    """Load the 1,797 digits of 8 x 8 pixels that come with Weightbench.

    Returns
    -------
    digits : DigitSet
        1,500 images to learn from and the last 297 held out, in the published order; the
        published pixels of 0 to 16 are divided by 16.
    """
    file = resources.files("resources") / "digits8" / "digits8.npz"
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        images = np.divide(arrays["images"].reshape(-1, 64), 16.0)  # (1797, 64)
        labels = arrays["labels"]  # (1797,)
    n = len(images) - DIGITS8_HELD_OUT
    return DigitSet("digits", images[:n], labels[:n], (8, 8), images[n:], labels[n:])


def load_mnist(
    folder: Path, count: int = MNIST_TRAINING_IMAGES, repair: Repair | None = None
) -> DigitSet:
    """Load MNIST from the four published files, or what goes by their names.

    All four files are read and checked to their end; only what is asked for is converted.

    Parameters
    ----------
    folder : Path
        The folder with the files, each plain or gzip-compressed.
    count : int
        How many of the training images to take, from the first; 1 to 60,000.
    repair : Repair, optional
        What to do with images and labels first; if not given, what was decided for these very
        bytes before.

    Returns
    -------
    digits : DigitSet
        The first `count` training images, and the whole test set held out, in the published
        order; the published pixels of 0 to 255 are divided by 255. Its remark says where it is
        not the published MNIST.

    Raises
    ------
    OddDigits
        If it is not the published MNIST and something is odd about it of which nothing was
        decided yet.
    DigitsError
        If a file is missing or damaged, its header announces other or more images than MNIST
        has, the files do not belong together, or `count` is out of range.
    """
    if not 1 <= count <= MNIST_TRAINING_IMAGES:
        raise DigitsError(
            say("MNIST has 1 to {most:,} training images, not {count:,}.",
                most=MNIST_TRAINING_IMAGES, count=count)
        )  # fmt: skip
    paths = [_required_file(folder, name) for name in MNIST_FILES]
    images, labels = read_pair(paths[0], paths[1], MNIST_SIZE, MNIST_TRAINING_IMAGES, 10)
    others, other_labels = read_pair(paths[2], paths[3], MNIST_SIZE, MNIST_TEST_IMAGES, 10)
    if count > len(images):
        raise DigitsError(
            say("{path} holds {n:,} images, not the {count:,} asked for.",
                path=paths[0], n=len(images), count=count)
        )  # fmt: skip
    remark = _remark(paths, (images, labels, others, other_labels))
    if remark:
        repair = (
            repair
            or decided_repair(_key_of(images))
            or _nothing_odd(paths[0], images, labels, remark)
        )
        images, others = (repaired_images(these, repair) for these in (images, others))
        labels, other_labels = (repaired_labels(these, repair) for these in (labels, other_labels))
    for path, these in ((paths[1], labels), (paths[3], other_labels)):
        if these.max() > 9:
            raise DigitsError(
                say("{path} holds more than the ten classes of digits, 0 to 9.", path=path)
            )
    rows, held_out = _as_rows(images[:count]), _as_rows(others)
    return DigitSet("mnist", rows, labels[:count], MNIST_SIZE, held_out, other_labels, remark)


def _nothing_odd(
    path: Path, images: NDArray[np.uint8], labels: NDArray[np.uint8], remark: str
) -> Repair:
    """No repair where none is needed; raises OddDigits where one is."""
    needed = needed_repair(images, labels)
    if needed != Repair():
        words, where = odd_words(needed), path.parent
        sentence = say("{path}: {remark}: {problem}.", path=where, remark=remark, problem=words)
        raise OddDigits(sentence, needed, _key_of(images), images[:_SAMPLE].copy())
    return needed


def _key_of(images: NDArray[np.uint8]) -> str:
    import hashlib

    return hashlib.sha256(np.ascontiguousarray(images).data).hexdigest()


def _remark(paths: Sequence[Path], parts: Sequence[NDArray[np.uint8]]) -> str:
    """What to say where the files are not the published MNIST; nothing where they are."""
    try:
        sets = {set_of(path, values) for path, values in zip(paths, parts, strict=True)}
    except OSError as error:
        raise DigitsError(
            say("{path} cannot be read ({reason}).", path=error.filename, reason=error.strerror)
        ) from error
    if sets == {MNIST}:
        return ""
    known = sets.pop() if len(sets) == 1 else None
    if known is not None:
        return say("This is {known}, not the published MNIST", known=known)
    like = name_of_like(paths[0])
    if like is not None:
        return say(
            "This is not the published MNIST; it is like {like} by name, which was not checked",
            like=like,
        )
    return say("This is not the published MNIST")


def find_mnist(chosen: Path | None = None) -> Path | None:
    """Find the folder that holds the four files of MNIST.

    Looked for in the folder that the user chose, else the one that the environment variable
    WEIGHTBENCH_MNIST names, else the one that was chosen once and remembered, as long as it has
    them, else the cache that downloads go to.

    Parameters
    ----------
    chosen : Path, optional
        The folder that the user chose.

    Returns
    -------
    folder : Path or None
        A folder with all four files, the one looked for or one up to two levels below it; None if
        none was chosen, and neither the one remembered nor the cache has them.

    Raises
    ------
    DigitsError
        If a folder was chosen, by argument or environment, and a file is missing there.
    """
    if chosen is None and os.environ.get(MNIST_VARIABLE):
        chosen = Path(os.environ[MNIST_VARIABLE])
    if chosen is not None:
        folder = _folder_within(chosen)
        if folder is not None:
            return folder
        for name in MNIST_FILES:
            _required_file(chosen, name)
        return chosen
    for known in (remembered_folder(), cache_folder()):
        folder = _folder_within(known) if known is not None else None
        if folder is not None:
            return folder
    return None


def _folder_within(folder: Path) -> Path | None:
    """The folder that has all four files: this one, or one up to two levels below it.

    One that is called MNIST comes before its neighbours. Where each file lies in a folder of its
    own, it is the one around them.
    """
    below = _folders_below(folder)
    for place in (folder, *below):
        if all(_file_in(place, name) for name in MNIST_FILES):
            return place
    return folder if all(find_file(folder, name) for name in MNIST_FILES) else None


def _folders_below(folder: Path) -> list[Path]:
    """The folders up to two levels below one, the likeliest first; not more than a few hundred."""
    found: list[Path] = []
    level = [folder]
    for _ in range(_LEVELS_BELOW):
        level = [inner for outer in level for inner in _subfolders(outer)][:_MAX_FOLDERS]
        found += level
    return sorted(found, key=lambda path: not any(p.lower() == "mnist" for p in path.parts[-2:]))


def _subfolders(folder: Path) -> list[Path]:
    with suppress(OSError):  # the folder may not be looked into
        entries = islice(folder.iterdir(), _MAX_ENTRIES)
        return sorted(path for path in entries if path.is_dir() and not path.is_symlink())
    return []


def remembered_folder() -> Path | None:
    """Return the folder that was remembered, be it there or not; None if there is none."""
    file = cache_folder().parent / _REMEMBERED
    with suppress(OSError):
        # A named pipe could keep us waiting for ever.
        if file.is_file():
            with file.open("rb") as stream:
                name = os.fsdecode(stream.read(_MAX_NAME_BYTES)).removesuffix("\n")
            return Path(name) if name and "\0" not in name else None
    return None


def remember_folder(folder: Path | None) -> None:
    """Remember where MNIST is, for the next start and for the command line; None to forget it.

    Raises
    ------
    OSError
        If the folder that the cache is in cannot be written to.
    """
    file = cache_folder().parent / _REMEMBERED
    if folder is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # As bytes: a folder's name need not be text.
    save_bytes(file, os.fsencode(folder.absolute()) + b"\n")


def find_file(folder: Path, name: str) -> Path | None:
    """Find one file of MNIST under any of the names in use for it.

    Parameters
    ----------
    folder : Path
        Where to look; it need not exist.
    name : str
        The published name without .gz, one of `MNIST_FILES`.

    Returns
    -------
    path : Path or None
        The file in this folder, or else in a folder of its own up to two levels below: NAME.gz or
        NAME; with a dot before "idx", as some archives have it; a copy, as "NAME (1).gz"; or as
        QMNIST and EMNIST call theirs.
    """
    places = (folder, *_folders_below(folder))
    return next((path for place in places if (path := _file_in(place, name))), None)


def _file_in(folder: Path, name: str) -> Path | None:
    """The file of MNIST in this very folder, the usual name first."""
    for spelling in (f"{name}.gz", name):
        with suppress(OSError):
            if (folder / spelling).is_file():
                return folder / spelling
    spelled = _spelling_of(name)
    with suppress(OSError):
        entries = islice(folder.iterdir(), _MAX_ENTRIES)
        return min((p for p in entries if spelled.fullmatch(p.name) and p.is_file()), default=None)
    return None


def mnist_folder_of(paths: Sequence[Path]) -> Path | None:
    """Tell which folder is meant by what a user drops to say where MNIST is.

    Parameters
    ----------
    paths : sequence of Path
        What was dropped.

    Returns
    -------
    folder : Path or None
        The one folder that was dropped, or the folder of the files if all are called like
        MNIST's and lie side by side; None for anything else.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return paths[0]
    spelled = [_spelling_of(name) for name in MNIST_FILES]
    known = all(any(pattern.fullmatch(path.name) for pattern in spelled) for path in paths)
    folders = {path.parent for path in paths}
    return folders.pop() if len(folders) == 1 and known else None


@cache
def _spelling_of(name: str) -> re.Pattern[str]:
    """All names in use for one file of MNIST."""
    start, _, kind = name.partition("-idx")
    start = start.replace("t10k", "(?:t10k|test)")
    # QMNIST's labels are numbers in columns.
    kind = "(?:idx1-ubyte|idx2-int)" if kind.startswith("1") else f"idx{kind}"
    copy = r"(?: ?\(\d+\)| - copy| copy(?: \d+)?)?"
    return re.compile(
        rf"(?:qmnist-|emnist-[a-z]+-)?{start}[-.]{kind}{copy}(?:\.gz)?{copy}", re.IGNORECASE
    )


def _as_rows(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Scale (n, rows, cols) bytes to (n, rows * cols) from 0 to 1; no copy but the result."""
    rows: NDArray[np.float64] = np.empty((len(images), images[0].size))
    np.divide(images.reshape(rows.shape), 255.0, out=rows)
    return rows


def _required_file(folder: Path, name: str) -> Path:
    """Find one file of MNIST; say what is missing if it is not there."""
    path = find_file(folder, name)
    if path is None:
        raise DigitsError(
            say("There is no file {name}, with or without .gz, in the folder {folder}.",
                name=name, folder=folder)
        )  # fmt: skip
    return path
