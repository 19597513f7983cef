"""Whether there is a set of pictures at a path, and of which kind, from its first bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model.digits import SetKind
from model.door import say
from model.errors import DigitsError, SetError
from model.files.idx import label_numbers, read_shape
from model.files.mnist import (
    MNIST_FILES,
    MNIST_SIZE,
    MNIST_TRAINING_IMAGES,
    find_file,
    find_mnist,
    mnist_folder_of,
)
from model.files.sets.access import kind_inside
from model.files.sets.folder_sets import is_folder_set
from model.files.sets.idx_sets import images_in_folder
from model.files.survey.published import MNIST, name_of_like, set_of

_MAX_TOLD = 6
# As many images as "Digits, MNIST" asks for.
_MIN_OF_MNIST = 1000


def mnist_folder(path: Path) -> Path | None:
    """The folder with MNIST's four files, where a path means those; None where it is another set.

    Of files that are called like MNIST's but hold other pictures, other classes, or fewer than
    "Digits, MNIST" asks for, or that are known as another set by their bytes, it is none.
    """
    folder = path if path.is_dir() else mnist_folder_of([path])
    try:
        found = find_mnist(folder) if folder is not None else None
    except DigitsError:
        return None
    return found if found is not None and _may_be_mnist(found) else None


def _may_be_mnist(folder: Path) -> bool:
    """Whether nothing about the files in a folder says that they are another set."""
    images, labels = (find_file(folder, name) for name in MNIST_FILES[:2])
    if images is None or labels is None or name_of_like(images) is not None:
        return False
    shape = read_shape(images)
    # What is wrong with a damaged file is said by who reads MNIST.
    if shape is None:
        return True
    if shape[1:] != MNIST_SIZE or not _MIN_OF_MNIST <= shape[0] <= MNIST_TRAINING_IMAGES:
        return False
    try:
        numbers = label_numbers(labels, MNIST_TRAINING_IMAGES)
        other = set_of(images, np.empty(0, dtype=np.uint8))
    except (DigitsError, OSError):
        return True
    low, high = int(numbers.min()), int(numbers.max())
    of_digits = (low >= 0 and high <= 9) or (low, high) == (1, 10)
    return of_digits and other in (None, MNIST)


def set_at(path: Path) -> tuple[SetKind, Path]:
    """The kind of the set at a path, and the path that stands for it.

    Raises SetError where there is none, or more than one.
    """
    try:
        if not path.is_dir():
            kind = _kind_of_file(path)
            if kind is not None:
                return kind, path
            raise SetError(
                say("{path} holds no pictures that can be read here: choose an IDX file, an NPZ "
                    "archive, a table of pixels or a folder of folders of pictures", path=path)
            )  # fmt: skip
        if is_folder_set(path):
            return "folder", path
        return _in_folder(path)
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=path, reason=error.strerror)
        ) from error


def _in_folder(folder: Path) -> tuple[SetKind, Path]:
    """The one set in files in a folder."""
    images = images_in_folder(folder)
    archives = sorted(folder.glob("*.npz"))[:100]
    found: list[tuple[SetKind, Path]] = [("idx", path) for path in images]
    if not found:
        found = [("npz", path) for path in archives[:_MAX_TOLD]]
    if len(found) == 1:
        return found[0]
    if not found:
        # Who reads folders says what is wrong with it.
        return "folder", folder
    names = ", ".join(path.name for _, path in found[:_MAX_TOLD])
    raise SetError(
        say("{folder} holds {n} sets of pictures: open one of their files instead: {names}",
            folder=folder, n=len(found), names=names)
    )  # fmt: skip


def _kind_of_file(path: Path) -> SetKind | None:
    kinds: dict[str, SetKind] = {"idx": "idx", "npz": "npz"}
    return kinds.get(kind_inside(path).key)
