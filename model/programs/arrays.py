"""Arrays of a program: written into it where they are small, else into a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# So many numbers are looked at in a program, in one array and in all of them.
_MAX_IN_ARRAY, _MAX_IN_ALL = 2000, 6000
_WIDTH = 88


class Arrays:
    """Gives the text of each array, and keeps those that are to lie in a file.

    Attributes
    ----------
    kept : dict
        The arrays that the text speaks of as DATA["name"], by name.
    """

    def __init__(self) -> None:
        self.kept: dict[str, NDArray[Any]] = {}
        self._written = 0

    def text(self, name: str, array: NDArray[Any], always: bool = False) -> str:
        """What stands for an array; ``always`` puts it into the file, however small it is."""
        written = self._written + array.size
        if always or array.size > _MAX_IN_ARRAY or written > _MAX_IN_ALL:
            self.kept[name] = array
            return f'DATA["{name}"]'
        self._written = written
        return repr(array.tolist())

    def assigned(
        self,
        name: str,
        array: NDArray[Any],
        always: bool = False,
        comments: Sequence[str] | None = None,
    ) -> list[str]:
        """Lines that give a variable in capitals the array, a row a line, with comments."""
        text = self.text(name.lower(), array, always)
        if array.ndim != 2 or not text.startswith("["):
            return wrapped(f"{name} = ", text.split(", "))
        lines = [f"{name} = ["]
        for number, row in enumerate(array.tolist()):
            comment = f"  # {comments[number]}" if comments is not None else ""
            inside = wrapped("    ", f"{row!r},".split(", "))
            inside[-1] += comment
            lines += inside
        return [*lines, "]"]


def wrapped(start: str, pieces: Sequence[str]) -> list[str]:
    """Lines with what begins and the pieces of a list, which goes on below where it is long."""
    indent = " " * (len(start) - len(start.lstrip()) + 4)
    lines, line = [], start
    for place, piece in enumerate(pieces):
        joined = piece if place == 0 else f", {piece}"
        if len(line) + len(joined) > _WIDTH and place:
            lines.append(f"{line},")
            line = indent + piece
        else:
            line += joined
    return [*lines, line]


def whole_levels(inputs: NDArray[np.float64], levels: int) -> NDArray[np.uint8] | None:
    """Pixels (n, n_pixels) as the bytes that they were published as; None where they are others.

    Those bytes divided by ``levels`` are the pixels to the last bit.
    """
    found = np.empty(inputs.shape, dtype=np.uint8)
    # A few rows at a time: 60,000 images as floats are 376 MB.
    for start in range(0, len(inputs), 4096):
        rows = inputs[start : start + 4096]
        if rows.min() < 0.0 or rows.max() * levels > 255.0:
            return None
        whole = np.rint(rows * levels)
        if not np.array_equal(whole / levels, rows):
            return None
        found[start : start + 4096] = whole
    return found
