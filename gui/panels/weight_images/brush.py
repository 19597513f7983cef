"""Painting, erasing, freezing and unfreezing weights that are seen as pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gui.session import Session
from model.door import mark_count, say, say_count

BrushKind = Literal["paint", "erase", "freeze", "unfreeze"]
Pixel = tuple[int, int]
MAX_SIZE = 5

_LABELS: dict[BrushKind, tuple[str, str]] = {
    "paint": mark_count("painted {n:,} weight of {whose}", "painted {n:,} weights of {whose}"),
    "erase": mark_count("erased {n:,} weight of {whose}", "erased {n:,} weights of {whose}"),
    "freeze": mark_count("froze {n:,} weight of {whose}", "froze {n:,} weights of {whose}"),
    "unfreeze": mark_count("unfroze {n:,} weight of {whose}", "unfroze {n:,} weights of {whose}"),
}  # fmt: skip


@dataclass(frozen=True)
class Brush:
    """What a touch does to a weight, and to how many weights at once.

    ``size`` is the diameter in pixels, 1 to 5; with ``all_images`` the same pixels change in
    the weights of every output.
    """

    kind: BrushKind
    value: float = 0.2
    size: int = 1
    all_images: bool = False

    @property
    def edits(self) -> str:
        """The kind of edit that its strokes are."""
        return "weights" if self.kind in ("paint", "erase") else "frozen"

    @property
    def result(self) -> float:
        """What a weight, or its place in the frozen mask, is after a touch."""
        return {"paint": self.value, "erase": 0.0, "freeze": 1.0, "unfreeze": 0.0}[self.kind]


class Stroke:
    """One stroke over the image of one output: one gesture, one entry for undo.

    It hands over all pixels touched so far each time it grows. Pixels are (row, column) and may
    lie beside the image, where they touch nothing.
    """

    def __init__(
        self, session: Session, brush: Brush, output: int, shape: tuple[int, int], at: Pixel
    ) -> None:
        self._session = session
        self._brush = brush
        self._output = output
        self._at = at
        self._gesture = object()
        self._touched = np.zeros(shape, dtype=np.bool_)
        self._changed = self._changeable()
        self._handed_over = 0
        self._moment = session.state

    def extend(self, to: Pixel) -> bool:
        """Draw on to another pixel, or on the spot; False where the session refused it."""
        for pixel in line(self._at, to):
            dab(self._touched, pixel, self._brush.size)
        self._at = to
        cells = np.nonzero(self._changed & self._touched.ravel())
        outputs, columns = cells[0].tolist(), cells[1].tolist()
        if len(columns) == self._handed_over:
            return True
        self._handed_over = len(columns)
        to_each = [self._brush.result] * len(columns)
        at = list(zip(outputs, columns, strict=True))
        taken = self._session.edits.edit(
            self._brush.edits, at, to_each, self._label(len(at)), self._gesture
        )
        self._moment = self._session.state
        return taken

    @property
    def is_over(self) -> bool:
        """Whether what it was drawn on is no longer there."""
        return self._moment is not self._session.state

    def _changeable(self) -> NDArray[np.bool_]:
        """The weights that a touch would change, (n_outputs, n_inputs)."""
        state = self._session.state
        now = state.weights if self._brush.edits == "weights" else state.setup.frozen
        changeable: NDArray[np.bool_] = now != self._brush.result
        if not self._brush.all_images:
            others = np.arange(len(changeable)) != self._output
            changeable[others] = False
        return changeable

    def _label(self, n: int) -> str:
        names = self._session.experiment.outputs
        whose = say("all outputs") if self._brush.all_images else names[self._output]
        return say_count(*_LABELS[self._brush.kind], n, whose=whose)


def line(start: Pixel, end: Pixel) -> list[Pixel]:
    """The pixels from start to end, both with it, each touching the next."""
    n = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    rows = np.rint(np.linspace(start[0], end[0], n + 1)).astype(int).tolist()
    columns = np.rint(np.linspace(start[1], end[1], n + 1)).astype(int).tolist()
    return list(zip(rows, columns, strict=True))


def dab(touched: NDArray[np.bool_], pixel: Pixel, size: int) -> None:
    """Mark what a round brush covers, ``size`` pixels across; clipped at the image's edge.

    touched (rows, cols) is changed in place. A brush of even size lies up and left of the middle.
    """
    top, left = dab_corner(pixel, size)
    rows = np.arange(max(top, 0), min(top + size, touched.shape[0]))
    columns = np.arange(max(left, 0), min(left + size, touched.shape[1]))
    if not len(rows) or not len(columns):
        return
    middle = (size - 1) / 2
    distance = (rows[:, None] - top - middle) ** 2 + (columns - left - middle) ** 2
    touched[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] |= distance <= (size / 2) ** 2


def dab_corner(pixel: Pixel, size: int) -> Pixel:
    """The top left pixel of the square around a dab."""
    return pixel[0] - size // 2, pixel[1] - size // 2
