"""What the classes of a set are called: the published ones by their names, others by numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.digits import DIGITS
from model.door import say
from model.errors import SetError
from model.files.sets.naming import natural
from model.files.sets.raw import MAX_CLASSES, Labels
from model.files.survey.published import name_of_like

_MAX_NAME = 60
# EMNIST's merged splits have no small letters of their own where they look like the large ones.
_MERGED = (*DIGITS, *ascii_uppercase, *"abdefghnqrt")
_LETTERS = "letters"
_SPLITS: Mapping[str, tuple[str, ...]] = {
    "byclass": (*DIGITS, *ascii_uppercase, *ascii_lowercase),
    "bymerge": _MERGED,
    "balanced": _MERGED,
    _LETTERS: tuple(ascii_uppercase),
    "digits": DIGITS,
    "mnist": DIGITS,
}
_CLASSES: Mapping[str, tuple[str, ...]] = {
    "MNIST": DIGITS,
    "QMNIST": DIGITS,
    "Fashion-MNIST": (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
    ),
    "KMNIST": ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    **{f"EMNIST {split}": names for split, names in _SPLITS.items()},
}  # fmt: skip


class Classes(NamedTuple):
    """The classes of a set.

    Attributes
    ----------
    names : tuple of str
    numbers : numpy.ndarray
        The label of each class, rising; class i has the label numbers[i].
    """

    names: tuple[str, ...]
    numbers: Labels

    def places(self, labels: Labels) -> NDArray[np.uint8]:
        """The place of each label among the classes."""
        return np.searchsorted(self.numbers, labels).astype(np.uint8)


def like_by_name(path: Path) -> str | None:
    """The published set that a file is called like, with the split of EMNIST; not checked."""
    like = name_of_like(path)
    if like != "EMNIST":
        return like
    name = f"{path.parent.name} {path.name}".lower()
    return next((f"EMNIST {s}" for s in _SPLITS if re.search(rf"emnist.*{s}", name)), like)


def classes_of(labels: Labels, like: str | None, names: tuple[str, ...], where: Path) -> Classes:
    """The classes that labels stand for.

    Parameters
    ----------
    labels : numpy.ndarray
        (n,), all there are.
    like : str or None
        The published set that it is, or goes by.
    names : tuple of str
        What label i is called, if the files say that.
    where : Path
        For messages.

    Raises SetError where there are too many classes, or no two of them.
    """
    published = _CLASSES.get(like or "")
    first = int(labels.min())
    if names:
        found = Classes(_usable(names), np.arange(len(names)))
    elif published is not None and _fits(labels, first, len(published), like or ""):
        # Letters are counted from 1, unless a copy of them begins with 0.
        start = 1 if like == f"EMNIST {_LETTERS}" and first > 0 else 0
        found = Classes(published, np.arange(start, start + len(published)))
    else:
        numbers = np.unique(labels)
        _check_number(len(numbers), where)
        found = Classes(tuple(str(number) for number in numbers.tolist()), numbers)
    _check_number(len(found.names), where)
    return found


def from_words(words: NDArray[np.str_], where: Path) -> tuple[Labels, tuple[str, ...]]:
    """Labels that are words, as numbers, and what each of these stands for."""
    names = sorted(set(words.tolist()), key=natural)
    _check_number(len(names), where)
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[word] for word in words.tolist()], dtype=np.int64), tuple(names)


def _fits(labels: Labels, first: int, n: int, like: str) -> bool:
    last = int(labels.max())
    return first >= 0 and last <= (n if like == f"EMNIST {_LETTERS}" and first > 0 else n - 1)


def _check_number(n: int, where: Path) -> None:
    if n > MAX_CLASSES:
        raise SetError(
            say("{where}: its labels name {n:,} classes, and at most {most} can be told apart: "
                "choose a set with fewer, or look whether these are its labels",
                where=where, n=n, most=MAX_CLASSES)
        )  # fmt: skip
    if n < 2:
        raise SetError(
            say("{where}: all its pictures are of one class, so there is nothing to tell apart: "
                "add pictures of another class", where=where)
        )  # fmt: skip


def _usable(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of outputs: short, on one line, and each given once."""
    found: list[str] = []
    for number, name in enumerate(names):
        shown = "".join(letter if letter.isprintable() else " " for letter in name)
        plain = " ".join(shown.split())[:_MAX_NAME].strip() or say("class {number}", number=number)
        wanted, copy = plain, 1
        while plain in found:
            copy += 1
            plain = f"{wanted[: _MAX_NAME - 6]} ({copy})"
        found.append(plain)
    return tuple(found)
