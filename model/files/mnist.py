"""Where sets of digits come from: the small one that is shipped, and MNIST from its files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.digits import DigitSet
from model.errors import DigitsError
from model.files.idx import read_pair
from model.files.saving import save_bytes

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
CACHE_VARIABLE = "WEIGHTBENCH_CACHE"
# Beside the cache's folders: what the window was told is known to the command line, without Qt.
_REMEMBERED = "mnist-folder.txt"
_LONGEST_PATH = 10_000


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


def load_mnist(folder: Path, count: int = MNIST_TRAINING_IMAGES) -> DigitSet:
    """Load MNIST from the four published files.

    All four files are read and checked to their end; only what is asked for is converted.

    Parameters
    ----------
    folder : Path
        The folder with the files, each plain or gzip-compressed.
    count : int
        How many of the training images to take, from the first; 1 to 60,000.

    Returns
    -------
    digits : DigitSet
        The first `count` training images, and the whole test set held out, in the published
        order; the published pixels of 0 to 255 are divided by 255.

    Raises
    ------
    DigitsError
        If a file is missing or damaged, its header announces other or more images than MNIST
        has, the files do not belong together, or `count` is out of range.
    """
    if not 1 <= count <= MNIST_TRAINING_IMAGES:
        raise DigitsError(
            f"MNIST has 1 to {MNIST_TRAINING_IMAGES:,} training images, not {count:,}."
        )
    paths = [_required_file(folder, name) for name in MNIST_FILES]
    images, labels = read_pair(paths[0], paths[1], MNIST_SIZE, MNIST_TRAINING_IMAGES)
    held_out_images, held_out_labels = read_pair(paths[2], paths[3], MNIST_SIZE, MNIST_TEST_IMAGES)
    if count > len(images):
        raise DigitsError(f"{paths[0]} holds {len(images):,} images, not the {count:,} asked for.")
    return DigitSet(
        "mnist",
        _as_rows(images[:count]),
        labels[:count],
        MNIST_SIZE,
        _as_rows(held_out_images),
        held_out_labels,
    )


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
        A folder with all four files; None if none was chosen, and neither the one remembered nor
        the cache has them.

    Raises
    ------
    DigitsError
        If a folder was chosen, by argument or environment, and a file is missing there.
    """
    if chosen is None and os.environ.get(MNIST_VARIABLE):
        chosen = Path(os.environ[MNIST_VARIABLE])
    if chosen is not None:
        for name in MNIST_FILES:
            _required_file(chosen, name)
        return chosen
    for folder in (remembered_folder(), cache_folder()):
        if folder is not None and all(find_file(folder, name) for name in MNIST_FILES):
            return folder
    return None


def remembered_folder() -> Path | None:
    """Return the folder that was remembered, be it there or not; None if there is none."""
    file = cache_folder().parent / _REMEMBERED
    with suppress(OSError):
        # A named pipe could keep us waiting for ever.
        if file.is_file():
            with file.open("rb") as stream:
                name = os.fsdecode(stream.read(_LONGEST_PATH)).removesuffix("\n")
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
        The first that exists of NAME.gz, NAME, and both with a dot before "idx", as some
        archives have it.
    """
    for spelling in _spellings(name):
        with suppress(OSError):  # the folder may not be looked into
            path = folder / spelling
            if path.is_file():
                return path
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
    known = {spelling for name in MNIST_FILES for spelling in _spellings(name)}
    folders = {path.parent for path in paths}
    return folders.pop() if len(folders) == 1 and known >= {p.name for p in paths} else None


def cache_folder() -> Path:
    """Return the folder that MNIST is downloaded to; it need not exist.

    Returns
    -------
    folder : Path
        "mnist" within the folder that the environment variable WEIGHTBENCH_CACHE names, or else
        within the operating system's cache folder for Weightbench.
    """
    if os.environ.get(CACHE_VARIABLE):
        return Path(os.environ[CACHE_VARIABLE]) / "mnist"
    from platformdirs import user_cache_path

    return user_cache_path("weightbench") / "mnist"


def _spellings(name: str) -> tuple[str, ...]:
    """The names in use for one file of MNIST, the usual one first."""
    dotted = name.replace("-idx", ".idx")
    return f"{name}.gz", name, f"{dotted}.gz", dotted


def _as_rows(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Scale (n, rows, cols) bytes to (n, rows * cols) from 0 to 1; no copy but the result."""
    rows: NDArray[np.float64] = np.empty((len(images), images[0].size))
    np.divide(images.reshape(rows.shape), 255.0, out=rows)
    return rows


def _required_file(folder: Path, name: str) -> Path:
    """Find one file of MNIST; say what is missing if it is not there."""
    path = find_file(folder, name)
    if path is None:
        raise DigitsError(f"There is no file {name}, with or without .gz, in the folder {folder}.")
    return path
