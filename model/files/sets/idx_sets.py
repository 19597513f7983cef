"""Sets in IDX files: a file of images, that of its labels, and the two to test with, if any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from model.door import say
from model.errors import DigitsError, SetError
from model.files.idx import label_numbers, read_images, read_shape
from model.files.json_text import ReadingCancelled
from model.files.sets.access import Access
from model.files.sets.naming import Part, SetName, set_name, title_of
from model.files.sets.raw import (
    MAX_HELD_OUT,
    Labels,
    Pixels,
    RawSet,
    check_alike,
    check_pairs,
    check_size,
    most_of,
)

_MAX_ENTRIES = 10_000
_MAX_FILES = 300
_MAX_FOLDERS = 100
_LEVELS_BELOW = 2
_MAX_LABELS = 5_000_000
_LIKELY = re.compile(r"idx|ubyte|images?|labels?|imgs?", re.IGNORECASE)
_IMAGE_DIMENSIONS = 3


class IdxFile(NamedTuple):
    """An IDX file: where, what its name tells, and the sizes in its header."""

    path: Path
    name: SetName
    shape: tuple[int, ...]

    @property
    def is_of_images(self) -> bool:
        """Whether it holds pictures; if not, labels."""
        return len(self.shape) == _IMAGE_DIMENSIONS


def images_in_folder(folder: Path) -> list[Path]:
    """The files of images of each IDX set in a folder, or one up to two levels below it.

    One for each set: that to learn from, where the names tell.
    """
    level = [folder]
    for _ in range(_LEVELS_BELOW + 1):
        found = [file for place in level for file in idx_files(place)]
        sets = {(file.path.parent, file.name.key): file.path for file in reversed(found)
                if file.is_of_images and file.name.part != "test"}  # fmt: skip
        if sets:
            return sorted(sets.values())
        alone = [file.path for file in found if file.is_of_images]
        if alone:
            return alone[:1]
        level = [inner for outer in level for inner in _subfolders(outer)][:_MAX_FOLDERS]
    return []


def read_idx_set(path: Path, access: Access) -> RawSet:
    """The set that an IDX file is part of; also where it is its labels or the test's images.

    Raises SetError with one sentence where files are missing, damaged, or do not fit.
    """
    try:
        return _read(path, access)
    except DigitsError as error:
        raise SetError(str(error).rstrip(".")) from error


def _read(path: Path, access: Access) -> RawSet:
    files = idx_files(path.parent, path)
    if len(files) == 1:
        # Some archives have a folder for each file.
        key = set_name(path.parent.name).key
        files += [
            file
            for place in _subfolders(path.parent.parent)[:_MAX_FOLDERS]
            if place != path.parent and key == set_name(place.name).key == set_name(path.name).key
            for file in idx_files(place)
        ]
    own = next((file for file in files if file.path == path), None)
    if own is None:
        # What is wrong with it is said by who reads it.
        read_images(path, first=1)
        raise SetError(say("{path} is no IDX file of images or labels", path=path))
    same = [file for file in files if file.name.key == own.name.key]
    images = _chosen(own, same, files)
    labels = _labels_of(images, files)
    size = (images.shape[1], images.shape[2])
    check_size(images.path, size)
    paths = [images.path, labels.path]
    test_images, test_labels = None, None
    tested = _with_part([f for f in same if f.is_of_images], "test")
    if tested is not None and images.name.part == "train":
        test_size = (tested.shape[1], tested.shape[2])
        check_alike(tested.path, size, test_size)
        with_labels = _labels_of(tested, files)
        paths += [tested.path, with_labels.path]
        test_images, test_labels = _pair(tested, with_labels, MAX_HELD_OUT)
        test_labels = test_labels[: len(test_images)]
    if access.cancelled():
        raise ReadingCancelled
    pixels, numbers = _pair(images, labels, most_of(size))
    return RawSet(
        title_of(images.path, paths), tuple(paths), pixels, numbers, test_images, test_labels
    )


def _pair(images: IdxFile, labels: IdxFile, most: int) -> tuple[Pixels, Labels]:
    """The first pictures, and all labels."""
    check_pairs(images.path, images.shape[0], labels.shape[0])
    numbers = label_numbers(labels.path, _MAX_LABELS)
    return read_images(images.path, first=most), numbers.astype(np.int64)


def _chosen(own: IdxFile, same: Sequence[IdxFile], files: Sequence[IdxFile]) -> IdxFile:
    """The images to learn from of the set that a file is of."""
    images = [file for file in same if file.is_of_images]
    if own.is_of_images and own.name.part != "test":
        return own
    train = _with_part(images, "train") or _with_part(images, own.name.part)
    if own.is_of_images:
        return train or own
    alike = [f for f in files if f.is_of_images and f.shape[0] == own.shape[0]]
    found = train or (alike[0] if len(alike) == 1 else None)
    if found is None:
        raise SetError(
            say("{path} holds labels, and there are no images beside it: put the file of images "
                "into the same folder", path=own.path)
        )  # fmt: skip
    return found


def _labels_of(images: IdxFile, files: Sequence[IdxFile]) -> IdxFile:
    """The labels of images: by their name, or else the only ones that are as many."""
    labels = [file for file in files if not file.is_of_images]
    named = [file for file in labels if file.name == images.name]
    fitting = [file for file in labels if file.shape[0] == images.shape[0]]
    found = [file for file in named if file in fitting] or named or fitting
    if len(found) == 1 or (found and named):
        return found[0]
    if found:
        raise SetError(
            say("{path}: {n} files beside it may be its labels: call them alike, such as "
                "a-images-idx3-ubyte and a-labels-idx1-ubyte", path=images.path, n=len(found))
        )  # fmt: skip
    raise SetError(
        say("{path} holds images, and there are no labels beside it: put the file of labels "
            "(…-labels-idx1-ubyte) into the same folder", path=images.path)
    )  # fmt: skip


def _with_part(files: Sequence[IdxFile], part: Part) -> IdxFile | None:
    return next((file for file in files if file.name.part == part), None)


def idx_files(folder: Path, own: Path | None = None) -> list[IdxFile]:
    """The IDX files of images and labels in a folder, by what their names promise, and ``own``."""
    names: list[Path] = [] if own is None else [own]
    with suppress(OSError):
        entries = sorted(islice(folder.iterdir(), _MAX_ENTRIES))
        names += [path for path in entries if path != own and _LIKELY.search(path.name)]
    found = []
    for path in names[:_MAX_FILES]:
        shape = read_shape(path) if path.is_file() else None
        if shape is not None:
            found.append(IdxFile(path, set_name(path.name), shape))
    return found


def _subfolders(folder: Path) -> list[Path]:
    with suppress(OSError):
        entries = islice(folder.iterdir(), _MAX_ENTRIES)
        return sorted(path for path in entries if path.is_dir() and not path.name.startswith("."))
    return []
