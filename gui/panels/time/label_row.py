"""The words under the time line, none of which touch each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from gui.look.theme import look

Type = tuple[QFont, QFontMetricsF]


class LabelRow:
    """Texts side by side; one that would touch another or leave the row is left out."""

    def __init__(self, painter: QPainter, type_: Type, inside: QRectF, top: float) -> None:
        self._painter = painter
        self._font, self._metrics = type_
        self._inside = inside
        self._baseline = top + self._metrics.ascent()
        self._gap = look.theme.px(10)
        self._taken: list[tuple[float, float]] = []

    def free(self, x: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where of many places, (n,), a short text might have room."""
        found = np.ones(len(x), dtype=np.bool_)
        for start, stop in self._taken:
            found &= (x + self._gap < start) | (x - self._gap > stop)
        return found

    def is_free(self, x: float) -> bool:
        """Whether a short text about x could have room."""
        half = self._gap
        return all(x + half < start or x - half > stop for start, stop in self._taken)

    def write_bold(self, text: str, x: float, role: str, type_: Type) -> None:
        """Write a text about x in another type, moved inwards where it would leave the row."""
        font, metrics = type_
        width = metrics.horizontalAdvance(text)
        start = min(x - width / 2, self._inside.right() - width)
        self._draw(text, max(self._inside.left(), start), width, role, font)

    def write(self, text: str, x: float, role: str, align: float = 0.5) -> None:
        """Write a text of which ``align`` (0..1) lies before x, if there is room for it."""
        width = self._metrics.horizontalAdvance(text)
        start = x - align * width
        margin = self._inside.left()
        inside = start >= 0 and start + width <= self._inside.right() + margin
        free = all(
            start + width + self._gap <= taken_from or start - self._gap >= taken_to
            for taken_from, taken_to in self._taken
        )
        if inside and free:
            self._draw(text, start, width, role, self._font)

    def _draw(self, text: str, start: float, width: float, role: str, font: QFont) -> None:
        self._taken.append((start, start + width))
        self._painter.setFont(font)
        self._painter.setPen(look.theme.color(role))
        self._painter.drawText(QPointF(start, self._baseline), text)
