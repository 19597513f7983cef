"""Images that a script draws, as inputs of the experiment."""

from __future__ import annotations

import numpy as np

from model.actions.kinds import Picture
from model.door import say
from model.errors import DigitsError
from model.files.mnist import load_digits8
from model.image_input import framed
from model.network import Floats


class Refused(ValueError):
    """What cannot be done on this bench; the message is one sentence for a person."""


def drawn(what: int | Picture, shape: tuple[int, int]) -> Floats:
    """What is drawn as inputs of the experiment, (rows * columns,)."""
    gray = what.gray if isinstance(what, Picture) else _shipped(what)
    try:
        return gray.ravel() if gray.shape == shape else framed(gray, shape)
    except ValueError as error:
        raise Refused(str(error)) from error


def _shipped(number: int) -> Floats:
    """A shipped digit by its number from 1, (8, 8)."""
    try:
        digits = load_digits8()
    except DigitsError as error:
        raise Refused(str(error)) from error
    images = np.concatenate([digits.images, digits.held_out_images])
    if number > len(images):
        raise Refused(say("the shipped digits have numbers 1 to {last:,}", last=len(images)))
    image: Floats = images[number - 1].reshape(digits.shape)
    return image
