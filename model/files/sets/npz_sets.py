"""Sets in NumPy's archives: mnist.npz as Keras has it, and others that are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.door import say
from model.errors import SetError
from model.files.npz.arrays import ArrayHead
from model.files.sets.access import Access
from model.files.sets.arrays import Archive, open_archive
from model.files.sets.classes import from_words
from model.files.sets.naming import Part, set_name, title_of
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
from model.network import Floats

_MAX_LABELS = 5_000_000
_WORD = r"(?:^|[^a-z])(?:{words})(?:[^a-z]|$|(?=train|test|val))"
_LABELS = re.compile(_WORD.format(words="y|labels?|lbls?|targets?|class(?:es)?"), re.IGNORECASE)
_IMAGES = re.compile(_WORD.format(words="x|images?|imgs?|pictures?|pixels?|data"), re.IGNORECASE)
_GRAY = np.array([0.299, 0.587, 0.114])  # as ITU-R BT.601 weighs red, green and blue
_COLORS = (3, 4)
# Pictures of numbers with decimals that are looked at in one go.
_AT_ONCE = 2048
_FINER = 1e-3
# The last of Unicode's letters.
_LETTERS = 0x10FFFF
_IN_NAMES = re.compile(r"imgs?|images?", re.IGNORECASE)


class _Pair(NamedTuple):
    """Pictures and their labels, and where each is."""

    images: ArrayHead
    labels: ArrayHead
    images_path: Path
    labels_path: Path


def read_npz_set(path: Path, access: Access) -> RawSet:
    """The set in an archive of arrays.

    Raises SetError with one sentence where it has no pictures with labels, or is damaged.
    """
    with open_archive(path) as archive:
        heads = archive.heads()
        learned, tested = _pairs(heads, path)
        if learned is not None:
            return _read(path, archive, learned, tested, access)
    partner = _partner(path) if len(heads) == 1 else None
    if partner is None:
        raise _nothing_in(path, heads)
    return _read_apart(path, partner, access)


def _read(
    path: Path, archive: Archive, learned: _Pair, tested: _Pair | None, access: Access
) -> RawSet:
    images, rounded, labels, names = _read_pair(archive, learned, most=None, access=access)
    test_images, test_labels = None, None
    if tested is not None:
        test_images, _, test_labels, test_names = _read_pair(
            archive, tested, most=MAX_HELD_OUT, access=access
        )
        check_alike(path, images.shape[1:], test_images.shape[1:])
        if names != test_names:
            raise SetError(
                say("{path}: the labels to test with have other names than those to learn from: "
                    "save both with the same ones", path=path)
            )  # fmt: skip
        test_labels = test_labels[: len(test_images)]
    return RawSet(title_of(path), (path,), images, labels, test_images, test_labels, names, rounded)


def _read_apart(path: Path, partner: Path, access: Access) -> RawSet:
    """Pictures and labels that lie in two archives, as those of KMNIST do."""
    paths = (path, partner) if _IN_NAMES.search(path.name) else (partner, path)
    with open_archive(paths[0]) as archive:
        head = archive.heads()[0]
        images, rounded = _images(archive, head, paths[0], None, access)
    with open_archive(paths[1]) as archive:
        heads = archive.heads()
        if len(heads) != 1:
            raise _nothing_in(path, heads)
        if not heads[0].shape:
            raise _no_labels(heads[0], paths[1])
        check_pairs(paths[0], head.shape[0], heads[0].shape[0])
        labels, names = _labels(archive, heads[0], paths[1], access)
    return RawSet(title_of(paths[0], paths), paths, images, labels, names=names, rounded=rounded)


def _partner(path: Path) -> Path | None:
    """The archive with the labels of one with pictures, or the other way round."""
    own = set_name(path.name)
    try:
        beside = sorted(path.parent.glob("*.npz"))[:200]
    except OSError:
        return None
    others = [file for file in beside if file != path and set_name(file.name) == own]
    return others[0] if len(others) == 1 else None


def _pairs(heads: Sequence[ArrayHead], path: Path) -> tuple[_Pair | None, _Pair | None]:
    """What to learn from, and what to test with, by the names of the arrays."""
    found: dict[Part, _Pair] = {}
    parts: tuple[Part, ...] = ("train", "", "test")
    for part in parts:
        same = [head for head in heads if set_name(_spread(head.name)).part == part and head.shape]
        images = [head for head in same if _IMAGES.search(head.name)]
        labels = [head for head in same if _LABELS.search(head.name) and head not in images]
        if images and labels:
            found[part] = _Pair(images[0], labels[0], path, path)
    learned = found.get("train") or found.get("") or found.get("test") or _by_shape(heads, path)
    tested = found.get("test")
    return learned, tested if tested is not learned else None


def _by_shape(heads: Sequence[ArrayHead], path: Path) -> _Pair | None:
    """Of two arrays of any name, pictures and a label for each of them."""
    if len(heads) != 2:
        return None
    labels, images = sorted(heads, key=lambda head: len(head.shape))
    fits = len(labels.shape) == 1 and len(images.shape) >= 3 and labels.shape[0] == images.shape[0]
    return _Pair(images, labels, path, path) if fits else None


def _spread(name: str) -> str:
    """xtrain as x_train."""
    return re.sub(r"^([xy])(?=train|test|val)", r"\1_", name.lower())


def _nothing_in(path: Path, heads: Sequence[ArrayHead]) -> SetError:
    names = ", ".join(f"“{head.name[:20]}”" for head in heads[:8]) or say("none")
    return SetError(
        say("{path}: pictures with labels are looked for under names such as x_train and y_train, "
            "and its arrays are {names}: save them under such names", path=path, names=names)
    )  # fmt: skip


def _read_pair(
    archive: Archive, pair: _Pair, most: int | None, access: Access
) -> tuple[Pixels, bool, Labels, tuple[str, ...]]:
    check_pairs(pair.images_path, pair.images.shape[0], pair.labels.shape[0])
    if not pair.labels.shape[0]:
        raise SetError(say("{path}: there are no pictures in it", path=pair.images_path))
    labels, names = _labels(archive, pair.labels, pair.labels_path, access)
    images, rounded = _images(archive, pair.images, pair.images_path, most, access)
    return images, rounded, labels, names


def _images(
    archive: Archive, head: ArrayHead, path: Path, most: int | None, access: Access
) -> tuple[Pixels, bool]:
    """Pictures (n, rows, cols) of whole numbers, and whether they were finer than that."""
    size = _size(head, path)
    check_size(path, size)
    wanted = most_of(size) if most is None else most
    values = archive.read(head, wanted, access.cancelled)
    return _as_bytes(_gray(values, size, head), path, head.name)


def _size(head: ArrayHead, path: Path) -> tuple[int, int]:
    shape = head.shape
    if head.dtype.kind not in "biuf" or len(shape) < 2:
        raise SetError(
            say("{path}: its array “{name}” holds no pictures: it must have a place for pictures, "
                "rows and columns", path=path, name=head.name)
        )  # fmt: skip
    if len(shape) == 2:
        side = round(shape[1] ** 0.5)
        if side * side != shape[1]:
            raise SetError(
                say("{path}: its array “{name}” has rows of {n:,} pixels, which make no square: "
                    "save it as pictures, rows, columns", path=path, name=head.name, n=shape[1])
            )  # fmt: skip
        return side, side
    if len(shape) == 4 and shape[3] not in (1, *_COLORS) and shape[1] in (1, *_COLORS):
        return shape[2], shape[3]
    if len(shape) == 4 and shape[3] not in (1, *_COLORS):
        raise SetError(
            say("{path}: its array “{name}” has {n:,} numbers for each pixel, where 1 is for grey "
                "and 3 are for colours: save it as pictures, rows, columns",
                path=path, name=head.name, n=shape[3])
        )  # fmt: skip
    return shape[1], shape[2]


def _gray(values: NDArray[Any], size: tuple[int, int], head: ArrayHead) -> NDArray[Any]:
    n = len(values)
    if len(head.shape) < 4:
        return values.reshape(n, *size)
    if head.shape[3] not in (1, *_COLORS):
        values = np.moveaxis(values, 1, 3)
    if values.shape[3] == 1:
        return values[..., 0]
    whole = head.dtype.kind in "iu"
    gray = values[..., :3].astype(np.float64) @ _GRAY
    rounded: Floats = np.round(gray) if whole else gray
    return rounded


def _as_bytes(values: NDArray[Any], path: Path, name: str) -> tuple[Pixels, bool]:
    """Pixels from 0 to 255, and whether that has made them coarser."""
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values, dtype=np.uint8), False
    if values.dtype.kind == "b":
        return values.astype(np.uint8) * np.uint8(255), False
    low, high = float(values.min()), float(values.max())
    if not 0.0 <= low <= high <= 255.0:
        raise SetError(
            say("{path}: its array “{name}” has pixels from {low:.4g} to {high:.4g}, and they must "
                "be from 0 to 255, or from 0 to 1", path=path, name=name, low=low, high=high)
        )  # fmt: skip
    if values.dtype.kind in "iu":
        return values.astype(np.uint8), False
    pixels = np.empty(values.shape, dtype=np.uint8)
    rounded = False
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE] * np.float64(255.0 if high <= 1.0 else 1.0)
        whole = np.round(some)
        pixels[start : start + _AT_ONCE] = whole
        rounded = rounded or bool(np.abs(some - whole).max() > _FINER)
    return pixels, rounded


def _labels(
    archive: Archive, head: ArrayHead, path: Path, access: Access
) -> tuple[Labels, tuple[str, ...]]:
    """A label for each picture, and what they stand for, if they are words."""
    shape, kind = head.shape, head.dtype.kind
    if head.shape[0] > _MAX_LABELS:
        raise SetError(
            say("{path} has {n:,} labels, more than the {most:,} that can be taken: save a part of "
                "it as an archive of its own", path=path, n=head.shape[0], most=_MAX_LABELS)
        )  # fmt: skip
    values = archive.read(head, head.shape[0], access.cancelled)
    if kind in "US" and len(shape) == 1:
        if kind == "S":
            return from_words(np.char.decode(values, "latin-1"), path)
        if values.view(values.dtype.str.replace(f"U{values.itemsize // 4}", "u4")).max() > _LETTERS:
            raise SetError(
                say("{path}: its array “{name}” is damaged: it holds letters that there are not",
                    path=path, name=head.name)
            )  # fmt: skip
        return from_words(values.astype(np.str_), path)
    if len(shape) == 2 and shape[1] == 1:
        values = values[:, 0]
    elif len(shape) == 2 and kind in "biuf" and _is_one_hot(values):
        values = values.argmax(axis=1)
    whole = values.ndim == 1 and kind in "biuf"
    if whole and values.dtype.kind == "f":
        whole = bool(np.isfinite(values).all() and np.array_equal(np.round(values), values))
    if not whole or np.abs(values.astype(np.float64)).max() > 2**31:
        raise _no_labels(head, path)
    return values.astype(np.int64), ()


def _no_labels(head: ArrayHead, path: Path) -> SetError:
    return SetError(
        say("{path}: its array “{name}” holds no labels: there must be one whole number, or "
            "one word, for each picture", path=path, name=head.name)
    )  # fmt: skip


def _is_one_hot(values: NDArray[Any]) -> bool:
    ones = values == 1
    return bool((ones.sum(axis=1) == 1).all() and ((values == 0) | ones).all())
