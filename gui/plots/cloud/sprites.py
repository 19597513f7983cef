"""The sheet of marks that points are painted with: one column a kind, one row a strength."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

Shape = Literal["disc", "diamond", "triangle", "square", "ring", "cross"]
# With more classes than colours the colours come again with the next of these.
SHAPES: tuple[Shape, ...] = ("disc", "diamond", "triangle", "square", "ring", "cross")
# From all of the colour to a hint of it: what lies behind, or is not selected, is paler.
STRENGTHS = (1.0, 0.62, 0.38, 0.16)


@dataclass(frozen=True)
class Kind:
    """How points of one kind look: a colour #rrggbb and a shape."""

    color: str
    shape: Shape = "disc"


@dataclass(frozen=True)
class SpriteSheet:
    """Marks of all kinds in pixels of the device; ``side`` is the size of one."""

    picture: QPixmap
    side: int


def sprite_sheet(kinds: Sequence[Kind], size: float, opacity: float = 1.0) -> SpriteSheet:
    """Draw marks of a size in pixels of the device, 1 at least.

    Opacity is part of the picture: asked for of each mark by itself, it doubles the time.
    """
    side = max(1, math.ceil(size))
    picture = QPixmap(side * max(1, len(kinds)), side * len(STRENGTHS))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, strength in enumerate(STRENGTHS):
        for column, kind in enumerate(kinds):
            color = QColor(kind.color)
            color.setAlphaF(opacity * strength)
            middle = QPointF((column + 0.5) * side, (row + 0.5) * side)
            painter.setClipRect(QRectF(column * side, row * side, side, side))
            draw_shape(painter, kind.shape, middle, size / 2, color)
    painter.end()
    return SpriteSheet(picture, side)


def draw_shape(
    painter: QPainter, shape: Shape, middle: QPointF, radius: float, color: QColor
) -> None:
    """Draw one mark."""
    thick = max(1.0, radius / 2.2)
    if shape in ("ring", "cross"):
        painter.setPen(QPen(color, thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = radius - thick / 2
        if shape == "ring":
            painter.drawEllipse(middle, inner, inner)
        else:
            arm = inner * 0.85
            painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
            painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if shape == "disc":
        painter.drawEllipse(middle, radius, radius)
    else:
        corners = {"diamond": (4, 0.0, 1.0), "triangle": (3, 0.0, 1.1), "square": (4, 45.0, 1.15)}
        count, first, scale = corners[shape]
        painter.drawPolygon(QPolygonF(_corners(middle, radius * scale, count, first)))


def _corners(middle: QPointF, radius: float, count: int, first: float) -> list[QPointF]:
    """The corners of a regular polygon, the first one ``first`` degrees from the top."""
    turns = (math.radians(first + 360 * at / count) for at in range(count))
    return [middle + QPointF(math.sin(turn), -math.cos(turn)) * radius for turn in turns]
