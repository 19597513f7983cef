"""What is odd about a set of digits that is not the published MNIST, and how it is put right.

What is odd is measured on the images; what is to be done about it is a `Repair`, decided by a
person and applied on the way in.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from model.door import listed, mark, say
from model.errors import DigitsError, ExperimentError
from model.network import Floats

# Fewer images than these say too little: of 100 of MNIST's, upright ones come to 0.84 or more,
# those on their sides to 0.33 or less, and mirrored ones to 0.60 or less.
MIN_IMAGES = 100
_LIKE_DIGITS = 0.7
_CLEARLY_BETTER = 0.2
_SIDE, _COARSE = 28, 7
_MAX_PIXEL = 255
# Images whose brightest pixel is no brighter have another range than 0 to 255.
_MAX_OF_ANOTHER_RANGE = 64
# The mean image of each digit of MNIST, in blocks of 4 x 4 pixels, from 0 to 9.
_MEAN_DIGITS = (
    "0000000002672001665600461260055264003885100000000",
    "0000000000341000064000008100002810000351000000000",
    "0001000014761001236200025610037863003643200000000",
    "0000000014751001256100048610011262003675100011000",
    "0000000001122001526200385820014661000143000001000",
    "0000000002453001563200166410012352002664100011000",
    "0001100002530000451100175630018773000363000000000",
    "0000000001220003778200122710001650000262000023100",
    "0000000002662001556300049610015741001674100011000",
    "0000000001330001657200266810003550000153000012100",
)
# What is odd, by what would be done about it.
_ODD = {
    "turn": mark("its images lie on their sides or are mirrored, as in EMNIST's files"),
    "invert": mark("its images are inverted, with dark ink on light paper"),
    "stretch": mark("its pixels have another range than 0 to 255"),
    "labels_from_one": mark("its labels begin with 1"),
}
Images = NDArray[np.uint8]


@dataclass(frozen=True)
class Repair:
    """What to do with images and labels on the way in; nothing, as it is made.

    Attributes
    ----------
    turn : int
        0 to 3: so many quarter turns to the left; 4 to 7: rows and columns exchanged first.
    invert : bool
        Light becomes dark.
    stretch : int
        The pixel value that is to become 255; 0 to leave all as they are.
    labels_from_one : bool
        The label of the first class is 1.
    """

    turn: int = 0
    invert: bool = False
    stretch: int = 0
    labels_from_one: bool = False

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Each thing to do: the name of its attribute, and what it does."""
        turning = (
            say("Exchange rows and columns, so that the images stand upright")
            if self.turn == 4
            else say("Turn the images upright")
        )
        sentences = {
            "turn": turning,
            "invert": say("Invert the images, so that the ink is light on dark"),
            "stretch": say(
                "Stretch the pixels from 0 to {brightest} to the range 0 to 255",
                brightest=self.stretch,
            ),
            "labels_from_one": say("Count the labels from 0 instead of 1"),
        }
        return tuple((name, sentences[name]) for name, value in asdict(self).items() if value)

    def to_text(self) -> str:
        """In one line, for a file."""
        return " ".join(f"{name}={int(value)}" for name, value in asdict(self).items())

    @classmethod
    def from_text(cls, text: str) -> Repair | None:
        """Back from that line; None if it is none."""
        words = dict(word.partition("=")[::2] for word in text.split())
        known = {field.name for field in fields(cls)}
        if set(words) != known or not all(re.fullmatch("[0-9]{1,2}", w) for w in words.values()):
            return None
        turn, invert, stretch, labels_from_one = (int(words[field.name]) for field in fields(cls))
        if turn > 7 or stretch > _MAX_OF_ANOTHER_RANGE:
            return None
        return cls(turn, bool(invert), stretch, bool(labels_from_one))


class OddDigits(DigitsError):
    """Digits of which something has to be decided first.

    Attributes
    ----------
    repair : Repair
        What would put them right.
    key : str
        Stands for their bytes.
    sample : uint8 array, shape (n, rows, cols)
        The first few images.
    """

    def __init__(self, message: str, repair: Repair, key: str, sample: Images) -> None:
        super().__init__(message)
        self.repair = repair
        self.key = key
        self.sample = sample


class OddImages(ExperimentError):
    """The experiment is well, but what becomes of its odd images has to be decided first."""

    def __init__(self, odd: OddDigits) -> None:
        super().__init__(say("{odd} Open it in the window to decide how they are read", odd=odd))
        self.odd = odd


def odd_words(repair: Repair) -> str:
    """What is odd about images that need a repair."""
    return listed(say(_ODD[name]) for name, _ in repair.offers)


def needed_repair(images: Images, labels: NDArray[np.uint8]) -> Repair:
    """What would make images and labels like MNIST's.

    Parameters
    ----------
    images : uint8 array, shape (n, 28, 28)
    labels : uint8 array, shape (n,)

    Returns
    -------
    repair : Repair
        Nothing for fewer than `MIN_IMAGES` images, and for what is like no digits.
    """
    if len(images) < MIN_IMAGES:
        return Repair()
    from_one = bool(labels.min() == 1 and labels.max() == 10)
    brightest, levels = int(images.max()), levels_in(images)
    stretch = levels if levels != _MAX_PIXEL else 0
    invert = is_inverted(images, brightest or _MAX_PIXEL)
    upright = repaired_images(images, Repair(invert=invert, stretch=stretch))
    return Repair(needed_turn(upright, labels - from_one), invert, stretch, from_one)


def is_inverted(images: Images, brightest: int) -> bool:
    """Whether the paper is light: the border of most images (n, rows, cols) is."""
    border = np.concatenate(
        [images[:, 0], images[:, -1], images[:, 1:-1, 0], images[:, 1:-1, -1]], axis=1
    )
    return bool(2 * np.median(border) > brightest)


def levels_in(images: Images) -> int:
    """The value of the fullest ink: 255, or the brightest where that is clearly another range."""
    brightest = int(images.max())
    return brightest if 0 < brightest <= _MAX_OF_ANOTHER_RANGE else _MAX_PIXEL


def repaired_images(images: Images, repair: Repair) -> Images:
    """The images (n, rows, cols) after a repair; the given ones where there is nothing to do."""
    if repair.stretch:
        levels = np.minimum(np.arange(256) / repair.stretch, 1.0) * _MAX_PIXEL
        images = np.round(levels).astype(np.uint8)[images]
    if repair.invert:
        images = _MAX_PIXEL - images
    return np.ascontiguousarray(turned_images(images, repair.turn)) if repair.turn else images


def repaired_labels(labels: NDArray[np.uint8], repair: Repair) -> NDArray[np.uint8]:
    """The labels (n,) after a repair."""
    return labels - np.uint8(1) if repair.labels_from_one else labels


def likeness(images: Images, labels: NDArray[np.uint8]) -> float:
    """How like MNIST's the mean images of the labels are: at most 1, about 0 for no likeness.

    The correlation of the mean images with MNIST's, both without what all classes share.
    """
    known = [digit for digit in range(10) if (labels == digit).any()]
    if len(known) < 2:
        return 0.0
    blocks = images.reshape(len(images), _COARSE, _SIDE // _COARSE, _COARSE, _SIDE // _COARSE)
    coarse: Floats = blocks.mean(axis=(2, 4)).reshape(len(images), -1)  # (n, 49)
    means = np.array([coarse[labels == digit].mean(axis=0) for digit in known])
    wanted = np.array([[float(level) for level in _MEAN_DIGITS[digit]] for digit in known])
    means -= means.mean(axis=0)
    wanted -= wanted.mean(axis=0)
    size = float(np.sqrt((means**2).sum() * (wanted**2).sum()))
    return float((means * wanted).sum() / size) if size else 0.0


def is_upright(images: Images, labels: NDArray[np.uint8]) -> bool:
    """Whether images (n, rows, cols) of digits are clearly like MNIST's as they are."""
    return images.shape[1:] == (_SIDE, _SIDE) and likeness(images, labels) >= _LIKE_DIGITS


def needed_turn(images: Images, labels: NDArray[np.uint8]) -> int:
    """How images (n, rows, cols) of digits have to be turned, as in `Repair`; 0 if in doubt."""
    if images.shape[1:] != (_SIDE, _SIDE):
        return 0
    scores = [likeness(turned_images(images, turn), labels) for turn in range(8)]
    best = int(np.argmax(scores))
    clear = scores[best] >= _LIKE_DIGITS and scores[best] - scores[0] >= _CLEARLY_BETTER
    return best if clear else 0


def turned_images(images: Images, turn: int) -> Images:
    """Images (n, rows, cols) turned as in `Repair`; nothing is copied."""
    exchanged = images.transpose(0, 2, 1) if turn >= 4 else images
    return np.rot90(exchanged, turn % 4, (1, 2))
