"""An experiment of a set of pictures that somebody brings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from model.curves import alpha_zones
from model.digits import DIGITS, DigitSet, Origin, SetKind, one_hot
from model.door import say, say_count
from model.edits import MAX_NUMBER
from model.errors import SetError
from model.examples import Examples, Schedule, sealed
from model.experiment import Experiment
from model.files.cache import decided_repair
from model.files.experiment_text import pixel_names
from model.files.sets.access import Access
from model.files.sets.finding import set_at
from model.files.sets.pixel_layout import pixel_layout
from model.files.sets.reading import ReadSet, digit_set, read_set
from model.files.survey.oddities import (
    MIN_IMAGES,
    OddDigits,
    OddImages,
    Repair,
    is_inverted,
    is_upright,
    levels_in,
    needed_turn,
    odd_words,
)
from model.setup import Setup

_MAX_NAME = 60
_SAMPLE = 10
# So many pictures tell whether they are on their sides or inverted.
_LOOKED_AT = 2000
_PART_OF_LIMIT = 0.5
_EMNIST = "EMNIST"
_EXCHANGED = 4


def set_of_path(path: Path) -> tuple[SetKind, Path]:
    """The kind of the set at a path, and the path that stands for it, a table of pixels included.

    Raises SetError where there is none; OSError.
    """
    if path.is_file() and pixel_layout(path) is not None:
        return "pixels.csv", path
    return set_at(path)


def open_set(path: Path, access: Access, wanted: Origin | None = None) -> Experiment:
    """The experiment that a set of pictures becomes, with an output for each class.

    Parameters
    ----------
    path : Path
        A file of the set, or a folder.
    access : Access
    wanted : Origin, optional
        How a person wants it to be read; None where that is to be found out.

    Raises SetError with one sentence where it cannot be had; OddImages where a person can be
    asked and has to decide about its pictures; ReadingCancelled.
    """
    try:
        kind, path = set_of_path(path)
    except OSError as error:
        raise SetError(
            say("{path} cannot be read ({reason})", path=path, reason=error.strerror)
        ) from error
    found = read_set(kind, path, access)
    origin = Origin(kind, found.raw.files[0] if kind != "folder" else path, found.sha256)
    if wanted is None:
        origin = _put_right(found, origin, access)
    else:
        origin = replace(wanted, kind=kind, path=origin.path, sha256=found.sha256)
    return _experiment(found, digit_set(found, origin, None), origin)


def _put_right(found: ReadSet, origin: Origin, access: Access) -> Origin:
    """What has to be done with the pictures, as they seem, or as a person has decided before."""
    known = _known_turn(found)
    decided = decided_repair(found.sha256)
    if decided is not None:
        return replace(origin, turned=decided.turn, inverted=decided.invert)
    # Of published pictures nothing is odd but what is known; of others a part tells.
    step = max(1, len(found.raw.images) // _LOOKED_AT)
    images = found.raw.images[::step]
    labels = found.classes.places(found.raw.labels[: len(found.raw.images) : step])
    turn = known
    if found.classes.names[:10] == DIGITS and not found.checked:
        of_digits = labels < len(DIGITS)
        some, theirs = images[of_digits], labels[of_digits]
        if len(some) >= MIN_IMAGES:
            turn = needed_turn(some, theirs) or (0 if is_upright(some, theirs) else known)
    invert = len(images) >= 2 and is_inverted(images, levels_in(images))
    odd = Repair(turn if turn != known else 0, invert)
    if access.asks and odd != Repair():
        sentence = say("{path}: {problem}.", path=origin.path, problem=odd_words(odd))
        raise OddImages(
            OddDigits(
                sentence, Repair(turn, invert), found.sha256, found.raw.images[:_SAMPLE].copy()
            )
        )
    return replace(origin, turned=turn, inverted=invert)


def _known_turn(found: ReadSet) -> int:
    """EMNIST's files have rows and columns exchanged, and so have the tables made of them."""
    is_emnist = found.like is not None and found.like.startswith(_EMNIST)
    return _EXCHANGED if is_emnist and found.raw.files[0].suffix != ".npz" else 0


def _experiment(found: ReadSet, digits: DigitSet, origin: Origin) -> Experiment:
    n = len(digits.classes)
    examples = Examples(digits.images, one_hot(digits.labels, n))
    frozen = sealed(np.zeros((n, examples.n_inputs), dtype=np.bool_))
    schedule = Schedule("shuffle", len(examples))
    setup = Setup(examples, schedule, 1.0, frozen)
    limit = alpha_zones(setup).limit
    alpha = 1.0 if limit is None else min(_rounded(limit * _PART_OF_LIMIT), MAX_NUMBER)
    setup = Setup(examples, schedule, alpha, frozen)
    weights = sealed(np.zeros((n, examples.n_inputs)))
    return Experiment(
        _name(found, origin), _about(digits), pixel_names(digits), digits.classes, setup, weights,
        digits,
    )  # fmt: skip


def _rounded(value: float) -> float:
    """Cut to two figures, so that it can be read."""
    power = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(f"{np.floor(value / power) * power:.3g}")


def _name(found: ReadSet, origin: Origin) -> str:
    title = found.raw.title
    if found.like is not None and (found.checked or found.like.startswith(_EMNIST)):
        title = found.like
    shown = "".join(letter if letter.isprintable() else " " for letter in title)
    return " ".join(shown.split())[:_MAX_NAME].strip() or origin.kind


def _about(digits: DigitSet) -> str:
    rows, cols = digits.shape
    return say_count(
        "Pictures of {rows} by {cols} pixels in {classes} classes: {inputs:,} inputs, {weights:,} "
        "weights, each class seen as a picture; one of them is held out.",
        "Pictures of {rows} by {cols} pixels in {classes} classes: {inputs:,} inputs, {weights:,} "
        "weights, each class seen as a picture; {n:,} of them are held out.",
        len(digits.held_out_labels), rows=rows, cols=cols, classes=len(digits.classes),
        inputs=rows * cols, weights=rows * cols * len(digits.classes),
    )  # fmt: skip
