"""Sets in folders: a folder for each class, named after it, with pictures in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np

from model.door import say
from model.errors import SetError
from model.files.json_text import Cancelled, ReadingCancelled
from model.files.sets.access import Access, Decode
from model.files.sets.naming import natural, set_name
from model.files.sets.raw import (
    MAX_CLASSES,
    MAX_HELD_OUT,
    MAX_SIDE,
    Pixels,
    RawSet,
    check_alike,
    most_of,
)
from model.files.sets.shrinking import fitted

# Pictures of several sizes, or of larger ones, become as large as MNIST's.
FRAME = (28, 28)
MAX_PICTURES = 70_000
_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".webp")
_MAX_ENTRIES = 200_000
_LEVELS_BELOW = 2
_MAX_FOLDERS = 1_000
# A class and the picture's file.
_Sample = tuple[int, Path]


def is_folder_set(folder: Path) -> bool:
    """Whether a folder has folders with pictures. Raises OSError where it cannot be read."""
    return _top_of(folder) is not None


def read_folder_set(path: Path, access: Access) -> RawSet:
    """The set in a folder of folders.

    Raises SetError where there are none, or one of the pictures cannot be read.
    """
    if access.decode is None:
        raise SetError(
            say("{path}: pictures in folders cannot be read here: open it in the window", path=path)
        )
    try:
        top = _top_of(path)
        if top is None:
            raise SetError(_no_classes(path))
        learned, tested = _parts(top)
        classes = _classes(learned, access.cancelled)
        others = _classes(tested, access.cancelled) if tested is not None else {}
    except OSError as error:
        raise SetError(
            say(
                "{path} cannot be read ({reason})",
                path=error.filename or path,
                reason=error.strerror,
            )
        ) from error
    names = tuple(sorted({*classes, *others}, key=natural))
    _check(path, names, sum(map(len, classes.values())) + sum(map(len, others.values())))
    samples, test_samples = _in_turn(names, classes), _in_turn(names, others)[:MAX_HELD_OUT]
    reader = _PictureReader(path, access.decode, access, len(samples) + len(test_samples))
    images = reader.read([file for _, file in samples])
    test_images = None
    if test_samples:
        test_images = reader.read([file for _, file in test_samples])
        if test_images.shape[1:] != images.shape[1:]:
            images, test_images = reader.framed(images), reader.framed(test_images)
        check_alike(path, images.shape[1:], test_images.shape[1:])
    used = most_of((images.shape[1], images.shape[2]))
    labels = np.array([label for label, _ in samples], dtype=np.int64)
    test_labels = np.array([label for label, _ in test_samples], dtype=np.int64)
    return RawSet(
        path.name, tuple(file for _, file in (*samples, *test_samples)), images[:used], labels,
        test_images, test_labels if test_samples else None, names,
    )  # fmt: skip


class _PictureReader:
    """Decodes pictures and brings them to one size."""

    def __init__(self, top: Path, decode: Decode, access: Access, n_all: int) -> None:
        self._top, self._decode, self._access, self._n_all = top, decode, access, n_all
        self._n_read = 0
        self._framed = False

    def read(self, files: Sequence[Path]) -> Pixels:
        """Pictures of one size, (n, rows, cols): their own if all are alike, else `FRAME`."""
        pictures: list[Pixels] = []
        for file in files:
            picture = self._decoded(file)
            if not self._framed and (
                max(picture.shape) > MAX_SIDE or (pictures and picture.shape != pictures[0].shape)
            ):
                self._framed = True
                pictures = [fitted(each, FRAME) for each in pictures]
            pictures.append(fitted(picture, FRAME) if self._framed else picture)
            self._n_read += 1
            self._access.progress(self._n_read, self._n_all)
        return np.stack(pictures)

    def framed(self, images: Pixels) -> Pixels:
        """Pictures (n, rows, cols) that turned out not to have the size of the others."""
        return np.stack([fitted(image, FRAME) for image in images])

    def _decoded(self, file: Path) -> Pixels:
        if self._access.cancelled():
            raise ReadingCancelled
        try:
            ink = self._decode(file, self._access.cancelled)
        except ValueError as error:
            if self._access.cancelled():
                raise ReadingCancelled from error
            below = file.parent.relative_to(self._top).as_posix()
            raise SetError(
                say("{folder}: {problem}: mend it or take it out",
                    folder=self._top / below, problem=error)
            ) from error  # fmt: skip
        return np.round((1.0 - ink) * 255.0).astype(np.uint8)


def _top_of(folder: Path) -> Path | None:
    """The folder that has the folders of classes: this one, or the only one in it."""
    for _ in range(_LEVELS_BELOW + 1):
        below = _folders(folder)
        if any(_has_pictures(each) for each in below) or _train_and_test(below)[0] is not None:
            return folder
        if len(below) != 1:
            return None
        folder = below[0]
    return None


def _parts(top: Path) -> tuple[Path, Path | None]:
    """The folder to learn from, and the one to test with, if that is how it is parted."""
    learned, tested = _train_and_test(_folders(top))
    return (top, None) if learned is None else (learned, tested)


def _train_and_test(folders: Sequence[Path]) -> tuple[Path | None, Path | None]:
    """Folders of folders that are called train and test, or alike."""
    named = {set_name(folder.name).part: folder for folder in reversed(folders)
             if not set_name(folder.name).key}  # fmt: skip
    learned = named.get("train")
    if learned is None or not any(_has_pictures(each) for each in _folders(learned)):
        return None, None
    tested = named.get("test")
    if tested is None or not any(_has_pictures(each) for each in _folders(tested)):
        return learned, None
    return learned, tested


def _folders(folder: Path) -> list[Path]:
    """The folders in one that are not hidden, in the order in which a person counts."""
    found: list[Path] = []
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number > _MAX_ENTRIES or len(found) > _MAX_FOLDERS:
                break
            if not _is_hidden(entry.name) and entry.is_dir():
                found.append(Path(entry.path))
    return sorted(found, key=lambda path: natural(path.name))


def _has_pictures(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return any(_is_picture(entry) for number, entry in enumerate(entries) if number < 1000)


def _classes(folder: Path, cancelled: Cancelled) -> dict[str, list[Path]]:
    """The pictures in each of the folders that have any, by their names."""
    found: dict[str, list[Path]] = {}
    n = 0
    for each in _folders(folder):
        if cancelled():
            raise ReadingCancelled
        with os.scandir(each) as entries:
            files = [Path(entry.path) for entry in entries if _is_picture(entry)]
        n += len(files)
        if n > _MAX_ENTRIES:
            break
        if files:
            found[each.name] = sorted(files, key=lambda path: natural(path.name))
    return found


def _is_picture(entry: os.DirEntry[str]) -> bool:
    shown = not _is_hidden(entry.name)
    return shown and entry.name.lower().endswith(_ENDINGS) and entry.is_file()


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__"))


def _in_turn(names: Sequence[str], classes: dict[str, list[Path]]) -> list[_Sample]:
    """One picture of each class after another, and again, until there are no more."""
    rows = [[(place, file) for file in classes.get(name, ())] for place, name in enumerate(names)]
    return [sample for sample in chain.from_iterable(zip_longest(*rows)) if sample is not None]


def _check(path: Path, names: Sequence[str], n: int) -> None:
    if len(names) > MAX_CLASSES:
        raise SetError(
            say("{path} has {n:,} folders with pictures, and at most {most} classes can be told "
                "apart: take some out, or put them together",
                path=path, n=len(names), most=MAX_CLASSES)
        )  # fmt: skip
    if n > MAX_PICTURES:
        raise SetError(
            say("{path} has {n:,} pictures, more than the {most:,} that can be taken: open a part "
                "of them", path=path, n=n, most=MAX_PICTURES)
        )  # fmt: skip


def _no_classes(path: Path) -> str:
    if _has_pictures(path):
        return say("{path} has its pictures side by side: put those of each class into a folder of "
                   "their own that is named after it", path=path)  # fmt: skip
    return say("{path} has neither folders of pictures, a folder for each class, nor files of "
               "images and labels (IDX): choose a folder that has", path=path)  # fmt: skip
