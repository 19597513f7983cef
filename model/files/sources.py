"""The sets of images that an experiment can name as the source of its examples: a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from model.digits import DigitSet
from model.door import say
from model.errors import DigitsError, MissingImages
from model.files.mnist import MNIST_TRAINING_IMAGES, find_mnist, load_digits8, load_mnist
from model.files.survey.oddities import OddDigits, OddImages

# Published pixels are bytes where nothing else is known.
_BYTE = 255


class Source(NamedTuple):
    """A set of images.

    Attributes
    ----------
    max_count : int
        How many images there are to learn from.
    load : callable
        (count, folder that the user chose or None) -> the set with its first ``count`` images,
        its ``name`` the key of this row. Raises DigitsError where that cannot be had, or
        MissingImages where only its files are missing or damaged, or OddImages where something
        about them has to be decided first.
    levels : int
        The whole number that stands for the fullest ink in what was published.
    """

    max_count: int
    load: Callable[[int, Path | None], DigitSet]
    levels: int = _BYTE


def load_images(source: str, count: int, folder: Path | None = None) -> DigitSet:
    """The first ``count`` images of a source.

    Raises DigitsError where there are not so many, and as its ``load`` does.
    """
    most = SOURCES[source].max_count
    if not 1 <= count <= most:
        raise DigitsError(
            say(
                "there are 1 to {most:,} images in “{source}”, not {count:,}",
                most=most,
                source=source,
                count=count,
            )
        )
    return SOURCES[source].load(count, folder)


def levels_of(digits: DigitSet | None) -> int:
    """The whole number for the fullest ink of a set; that of a byte where there is none."""
    if digits is None:
        return _BYTE
    return SOURCES[digits.name].levels if digits.name in SOURCES else digits.levels


def _mnist(count: int, chosen: Path | None) -> DigitSet:
    try:
        folder = find_mnist(chosen)
        if folder is not None:
            return load_mnist(folder, count)
    except OddDigits as error:
        raise OddImages(error) from error
    except DigitsError as error:
        raise MissingImages(str(error), fault=str(error)) from error
    raise MissingImages(
        say(
            "MNIST is not on this computer yet: download it or choose a folder that has it in "
            'the window, or name one in WEIGHTBENCH_MNIST ("Digits, 8x8" needs no files)'
        )
    )


def _digits8(count: int, _: Path | None) -> DigitSet:
    digits = load_digits8()
    return replace(digits, images=digits.images[:count], labels=digits.labels[:count])


SOURCES: dict[str, Source] = {
    "mnist": Source(MNIST_TRAINING_IMAGES, _mnist),
    "digits": Source(1500, _digits8, levels=16),
}
