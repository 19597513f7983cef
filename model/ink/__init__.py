"""From any picture of a digit to the inputs of a network; pure NumPy."""

from model.ink.finding import find_ink
from model.ink.picture import Doubt, PictureInput, Reading, Taken, picture_input, read_picture

__all__ = [
    "Doubt",
    "PictureInput",
    "Reading",
    "Taken",
    "find_ink",
    "picture_input",
    "read_picture",
]
