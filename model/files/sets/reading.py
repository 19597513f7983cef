"""From the files of a set to the images and classes of an experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.digits import DigitSet, Origin, SetKind
from model.door import say
from model.errors import LostSet, SetError
from model.files.sets.access import Access
from model.files.sets.classes import Classes, classes_of, like_by_name
from model.files.sets.finding import set_at
from model.files.sets.folder_sets import read_folder_set
from model.files.sets.idx_sets import read_idx_set
from model.files.sets.npz_sets import read_npz_set
from model.files.sets.pixel_sets import read_pixel_set
from model.files.sets.raw import MAX_HELD_OUT, MAX_NUMBERS, Pixels, RawSet, digest_of
from model.files.survey.oddities import levels_in, turned_images
from model.files.survey.published import MNIST, is_of_mnist, set_of
from model.network import Floats

READERS: Mapping[SetKind, Callable[[Path, Access], RawSet]] = {
    "idx": read_idx_set,
    "npz": read_npz_set,
    "pixels.csv": read_pixel_set,
    "folder": read_folder_set,
}
DEFAULT_COUNT = 1000


@dataclass(frozen=True, eq=False)
class ReadSet:
    """A set that was read, before anything is decided about it.

    Attributes
    ----------
    raw : RawSet
    classes : Classes
    sha256 : str
        Of its files, as in `Origin`.
    like : str or None
        The published set that it is, or goes by.
    checked : bool
        Whether it is known by its bytes.
    """

    raw: RawSet
    classes: Classes
    sha256: str
    like: str | None
    checked: bool


def read_set(kind: SetKind, path: Path, access: Access) -> ReadSet:
    """Read the set at a path.

    Raises SetError with one sentence for a person; ReadingCancelled.
    """
    raw = READERS[kind](path, access)
    known = _known(raw, kind)
    like = known or (like_by_name(raw.files[0]) if kind != "folder" else None)
    classes = classes_of(raw.all_labels, like, raw.names, path)
    top = path if kind == "folder" else raw.files[0].parent
    sha256 = digest_of(raw.files, top, access.cancelled)
    return ReadSet(raw, classes, sha256, like, checked=known is not None)


def load_set(origin: Origin, count: int | None, access: Access) -> DigitSet:
    """The images of a saved experiment, from where they were or where a person says they are.

    Parameters
    ----------
    origin : Origin
    count : int or None
        How many of them to learn from; None for as many as are suggested.
    access : Access

    Raises LostSet where they are not there or have other bytes, SetError for other faults of
    theirs, ReadingCancelled.
    """
    path = access.located or origin.path
    if origin.kind != "folder" and _may_be_there(path, "folder"):
        path = set_at(path)[1]
    if not _may_be_there(path, origin.kind):
        raise LostSet(
            say("its pictures are not at {path} any more", path=path), origin, changed=False
        )
    found = read_set(origin.kind, path, access)
    changed = bool(origin.sha256) and found.sha256 != origin.sha256
    if changed and not access.anyway:
        raise LostSet(
            say("the pictures at {path} are not those that it was saved with", path=path),
            origin, changed=True,
        )  # fmt: skip
    path = path if origin.kind == "folder" else found.raw.files[0]
    digits = digit_set(found, replace(origin, path=path, sha256=found.sha256), count)
    if not changed:
        return digits
    remark = say("The pictures at {path} are not those that it was saved with", path=path)
    return replace(digits, remark=remark)


def digit_set(found: ReadSet, origin: Origin, count: int | None) -> DigitSet:
    """The images and classes that a set becomes, read as ``origin`` says.

    Raises SetError where there are not ``count`` images to learn from.
    """
    raw = found.raw
    levels = levels_in(raw.images)
    labels = found.classes.places(raw.labels)[: len(raw.images)]
    images, held_out, held_out_labels = raw.images, raw.test_images, raw.test_labels
    if held_out is None or held_out_labels is None:
        kept = _held_out(len(images), origin)
        images, held_out = raw.images[~kept], raw.images[kept]
        labels, places = labels[~kept], labels[kept]
    else:
        places = found.classes.places(held_out_labels)
    most = min(MAX_HELD_OUT, MAX_NUMBERS // max(1, images[0].size))
    held_out, places = held_out[:most], places[:most]
    n = _count(labels, len(found.classes.names)) if count is None else count
    if not 1 <= n <= len(images):
        raise SetError(
            say("{path}: there are 1 to {most:,} pictures to learn from, not {count:,}",
                path=origin.path, most=len(images), count=n)
        )  # fmt: skip
    learned = _as_rows(images[:n], origin, levels)
    rows, cols = turned_images(images[:1], origin.turned).shape[1:]
    return DigitSet(
        origin.kind, learned, labels[:n], (rows, cols), _as_rows(held_out, origin, levels), places,
        remark_on(found, origin), found.classes.names, levels, len(images), origin,
        held_out_is_chosen=raw.test_images is None,
    )  # fmt: skip


def remark_on(found: ReadSet, origin: Origin) -> str:
    """What is to be said of how a set was read; nothing where it is what it says it is."""
    parts = []
    if found.like is not None and not found.checked:
        parts.append(say("like {like} by name, which was not checked", like=found.like))
    if origin.turned == 4:
        parts.append(say("rows and columns were exchanged, so that the pictures stand upright"))
    elif origin.turned:
        parts.append(say("the pictures were turned"))
    if origin.inverted:
        parts.append(say("light and dark were exchanged"))
    if found.raw.rounded:
        parts.append(say("the pixels were rounded to 256 levels"))
    left = len(found.raw.labels) - len(found.raw.images)
    if left:
        parts.append(say("the last {left:,} pictures are beyond what can be taken", left=left))
    title = found.like if found.checked and found.like is not None else found.raw.title
    return say("{name}: {remarks}", name=title, remarks="; ".join(parts)) if parts else ""


def _may_be_there(path: Path, kind: SetKind) -> bool:
    """Whether such a set may lie at a path of this computer; no other is asked for it."""
    if str(path).startswith(("//", "\\\\")):
        return False
    try:
        return path.is_dir() if kind == "folder" else path.is_file()
    except OSError:
        return False


def _known(raw: RawSet, kind: SetKind) -> str | None:
    """The published set that these are by their bytes."""
    if raw.labels.min() < 0 or raw.labels.max() > 255 or len(raw.labels) != len(raw.images):
        return None
    if is_of_mnist(raw.images) and is_of_mnist(raw.labels.astype(np.uint8)):
        return MNIST
    if kind != "idx":
        return None
    sets = {set_of(file, np.empty(0, dtype=np.uint8)) for file in raw.files[:2]}
    return sets.pop() if len(sets) == 1 else None


def _held_out(n: int, origin: Origin) -> NDArray[np.bool_]:
    """Which of n pictures are held out, (n,)."""
    chosen = np.zeros(n, dtype=np.bool_)
    k = min(n - 1, MAX_HELD_OUT, max(1, round(n * origin.held_out)) if origin.held_out else 0)
    chosen[np.random.default_rng(origin.seed).permutation(n)[:k]] = True
    return chosen


def _count(labels: NDArray[np.uint8], n_classes: int) -> int:
    """How many to begin with: a thousand, or as many as it takes to see every class."""
    firsts = np.unique(labels, return_index=True)[1]
    needed = int(firsts.max()) + 1 if len(firsts) <= n_classes else len(labels)
    return min(len(labels), max(DEFAULT_COUNT, needed))


def _as_rows(images: Pixels, origin: Origin, levels: int) -> Floats:
    """Pictures (n, rows, cols) as rows of ink, (n, rows * cols), from 0 to 1."""
    turned = turned_images(images, origin.turned)
    rows: Floats = np.empty((len(images), images[0].size if len(images) else 1))
    np.divide(turned.reshape(len(images), -1), levels, out=rows)
    np.minimum(rows, 1.0, out=rows)
    return np.subtract(1.0, rows, out=rows) if origin.inverted else rows
