"""Type of the network graph, which grows with its room, and texts that fit their places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from gui.look.box import Box
from gui.look.painting import LEFT, RIGHT
from gui.look.theme import look
from gui.widgets.number_field import NumberField

SMALL = 0.85
# A number field keeps this much of its width free.
_IN_FIELD = 7
_SMALLEST_PX = 5
# Between a label and its number, for type of 13 pixels.
_GAP = 5


@dataclass(frozen=True)
class GraphType:
    """How large everything in the graph is: ``font_px`` pixels is its plain type."""

    font_px: int = 13

    @property
    def scale(self) -> float:
        """Size relative to type of 13 pixels."""
        return self.font_px / 13

    @property
    def zoom(self) -> float:
        """Size relative to the type of the theme."""
        return self.font_px / look.theme.font_px

    def px(self, pixels: float) -> int:
        """A length given for type of 13 pixels."""
        return round(pixels * self.scale)

    def font(self, size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Type of a size relative to the plain one."""
        return look.theme.font(size * self.zoom, weight)

    def fitting(self, text: str, width: float, size: float, weight: QFont.Weight) -> QFont:
        """Type of that size, or as much smaller as lets a text fit into a width."""
        font = self.font(size, weight)
        pixels = font.pixelSize()
        while pixels > _SMALLEST_PX and advance(text, font) > width:
            pixels = max(_SMALLEST_PX, min(pixels - 1, int(pixels * width / advance(text, font))))
            font = look.theme.font(pixels / look.theme.font_px, weight)
        return font


def advance(text: str, font: QFont) -> float:
    """Pixels that a text takes."""
    return QFontMetricsF(font).horizontalAdvance(text)


@dataclass(frozen=True)
class Text:
    """A text in its place on a card; ``role`` is the theme's name of its colour."""

    box: Box
    text: str
    font: QFont
    role: str
    align: Qt.AlignmentFlag = LEFT

    def paint(self, painter: QPainter) -> None:
        """Write it."""
        painter.setFont(self.font)
        painter.setPen(look.theme.color(self.role))
        painter.drawText(QRectF(*self.box), self.align, self.text)

    @property
    def ink(self) -> QRectF:
        """What the text itself takes of its place."""
        metrics = QFontMetricsF(self.font)
        width, height = metrics.horizontalAdvance(self.text), metrics.capHeight()
        x = float(self.box.x)
        if self.align & Qt.AlignmentFlag.AlignRight:
            x += self.box.w - width
        elif self.align & Qt.AlignmentFlag.AlignHCenter:
            x += (self.box.w - width) / 2
        return QRectF(x, self.box.middle - height / 2, width, height)


# A label and what stands beside it; either may be empty.
Line = tuple[str, str]


def labelled(
    box: Box,
    lines: Sequence[Line],
    of: GraphType,
    size: float,
    roles: tuple[str, str],
    weights: tuple[QFont.Weight, QFont.Weight],
    spread: bool = True,
) -> tuple[Text, ...]:
    """The first of the lines that fits into a box, or else the last in smaller type.

    ``spread`` puts label and value at the two ends of the box.
    """
    for at, (label, value) in enumerate(lines):
        fonts = of.font(size, weights[0]), of.font(size, weights[1])
        gap = of.px(_GAP) if label and value else 0
        taken = advance(label, fonts[0]) + gap + advance(value, fonts[1])
        if taken > box.w and at < len(lines) - 1:
            continue
        if taken > box.w:
            share = (box.w - gap) / (taken - gap)
            fonts = (
                of.fitting(label, math.floor(advance(label, fonts[0]) * share), size, weights[0]),
                of.fitting(value, math.floor(advance(value, fonts[1]) * share), size, weights[1]),
            )
        break
    texts = []
    if label:
        texts.append(Text(box, label, fonts[0], roles[0]))
    if value and spread:
        texts.append(Text(box, value, fonts[1], roles[1], RIGHT))
    elif value:
        left = math.ceil(advance(label, fonts[0])) + gap if label else 0
        texts.append(Text(box.without_left(left), value, fonts[1], roles[1]))
    return tuple(texts)


def fit_field(field: NumberField, of: GraphType, size: float) -> None:
    """Write a field's number in type of that size, or as much smaller as its place asks for."""
    room = field.width() - _IN_FIELD
    font = of.fitting(field.text, room, size, QFont.Weight.DemiBold)
    scale = font.pixelSize() / look.theme.font_px
    if field.font_in_use().pixelSize() != font.pixelSize():
        field.set_type(scale)
