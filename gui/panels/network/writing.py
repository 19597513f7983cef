"""Type of the network graph, which grows with its room, and texts that fit their places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from gui.look.box import Box
from gui.look.painting import CENTER, LEFT, RIGHT, Lettering, lettering, paint_cover
from gui.look.theme import look
from gui.widgets.number_field import NumberField
from model.words.numbers import HIDDEN

SMALL = 0.85
# A number field keeps this much of its width free.
_IN_FIELD = 7
_MIN_PX = 5
# Between a label and its number, for type of 13 pixels.
_GAP = 5


class GraphType(NamedTuple):
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

    def letters(self, size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> Lettering:
        """Type of a size relative to the plain one."""
        return lettering(size * self.zoom, weight)

    def fitting(self, text: str, width: float, size: float, weight: QFont.Weight) -> Lettering:
        """Type of that size, or as much smaller as lets a text fit into a width."""
        letters = self.letters(size, weight)
        while (taken := letters.width(text)) > width:
            pixels = letters.font.pixelSize()
            if pixels <= _MIN_PX:
                break
            smaller = max(_MIN_PX, min(pixels - 1, int(pixels * width / taken)))
            letters = lettering(smaller / look.theme.font_px, weight)
        return letters


class Text(NamedTuple):
    """A text in its place on a card; ``role`` is the theme's name of its colour."""

    box: Box
    text: str
    letters: Lettering
    role: str
    align: Qt.AlignmentFlag = LEFT

    def paint(self, painter: QPainter) -> None:
        """Write it; a number that is hidden on a hatched block of the size of a number."""
        box, align = QRectF(*self.box), self.align
        if self.text == HIDDEN:
            box, align = self._block, CENTER
            paint_cover(painter, box)
        painter.setFont(self.letters.font)
        painter.setPen(look.theme.color(self.role))
        painter.drawText(box, align, self.text)

    @property
    def _block(self) -> QRectF:
        """Where a hidden number stands: as wide as one that can be seen."""
        width = min(float(self.box.w), 4 * self.letters.width(HIDDEN))
        height = min(float(self.box.h), 4 * self.letters.half_cap)
        left = float(self.box.x)
        if self.align & Qt.AlignmentFlag.AlignRight:
            left += self.box.w - width
        elif self.align & Qt.AlignmentFlag.AlignHCenter:
            left += (self.box.w - width) / 2
        return QRectF(left, self.box.middle - height / 2, width, height)

    @property
    def ink(self) -> QRectF:
        """What the text itself takes of its place."""
        width, height = self.letters.width(self.text), 2 * self.letters.half_cap
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
        fonts = of.letters(size, weights[0]), of.letters(size, weights[1])
        widths = fonts[0].width(label), fonts[1].width(value)
        gap = of.px(_GAP) if label and value else 0
        taken = sum(widths) + gap
        if taken > box.w and at < len(lines) - 1:
            continue
        if taken > box.w:
            share = (box.w - gap) / (taken - gap)
            fonts = (
                of.fitting(label, math.floor(widths[0] * share), size, weights[0]),
                of.fitting(value, math.floor(widths[1] * share), size, weights[1]),
            )
        break
    texts = []
    if label:
        texts.append(Text(box, label, fonts[0], roles[0]))
    if value and spread:
        texts.append(Text(box, value, fonts[1], roles[1], RIGHT))
    elif value:
        left = math.ceil(fonts[0].width(label)) + gap if label else 0
        texts.append(Text(box.without_left(left), value, fonts[1], roles[1]))
    return tuple(texts)


def fit_field(field: NumberField, of: GraphType, size: float) -> None:
    """Write a field's number in type of that size, or as much smaller as its place asks for."""
    room = field.width() - _IN_FIELD
    letters = of.fitting(field.text, room, size, QFont.Weight.DemiBold)
    pixels = letters.font.pixelSize()
    if field.font_in_use().pixelSize() != pixels:
        field.set_type(pixels / look.theme.font_px)
