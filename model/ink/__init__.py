"""From any picture of a digit to the inputs of a network; pure NumPy."""

from model.ink.finding import Ink, find_ink
from model.ink.picture import Doubt, PictureInput, Reading, Taken, picture_input, read_picture

__all__ = [
    "Doubt",
    "Ink",
    "PictureInput",
    "Reading",
    "Taken",
    "find_ink",
    "picture_input",
    "read_picture",
]
