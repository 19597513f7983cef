"""Helpers for what is painted: type, colours on the panel, texts in boxes, pictures kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QWidget

from gui.look.box import Box
from gui.look.theme import THEMES, look, type_of

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
_SCALE_STEPS = 25
_WIDTHS_KEPT = 2000
# Between the lines of a cover's hatching, in 13 pixel type.
_HATCH = 9


def stamp(painter: QPainter, widget: QWidget, key: str, draw: Callable[[QPainter], None]) -> None:
    """Fill a widget with a picture that is drawn once for all widgets of a key and size.

    On a page that takes shapes it is drawn as such.
    """
    if not takes_dots(painter):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.restore()
        return
    # That of what is painted on, which may be a picture with more dots than the screen.
    ratio = painter.deviceTransform().m11()
    full_key = f"{look.theme.key} {widget.width()} {widget.height()} {ratio} {key}"
    picture = QPixmap()
    if not QPixmapCache.find(full_key, picture):
        picture = QPixmap(widget.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        artist = QPainter(picture)
        artist.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(artist)
        artist.end()
        QPixmapCache.insert(full_key, picture)
    painter.drawPixmap(0, 0, picture)


def takes_dots(painter: QPainter) -> bool:
    """Whether what is painted on is made of dots, as a screen is, and not of shapes."""
    return painter.paintEngine().type() != QPaintEngine.Type.User


def has_dots(painter: QPainter, ratio: float) -> bool:
    """Whether what is painted on has that many dots to a pixel."""
    return takes_dots(painter) and math.isclose(painter.deviceTransform().m11(), ratio)


def write(
    painter: QPainter,
    box: Box,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """A text that has room in its box."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(*box), align, text)


def draw_whole(painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
    """A number in the painter's type, or in smaller type where it would be cut off."""
    needed = QFontMetricsF(painter.font()).horizontalAdvance(text)
    if needed <= box.width():
        painter.drawText(box, align, text)
        return
    usual = painter.font()
    smaller = QFont(usual)
    smaller.setPixelSize(max(1, math.floor(usual.pixelSize() * box.width() / needed)))
    painter.setFont(smaller)
    painter.drawText(box, align, text)
    painter.setFont(usual)


def shortened(text: str, font: QFont, width: int) -> str:
    """A name, cut short where it has no room."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def fitting_scale(texts: Sequence[tuple[str, float]], scale: float, weight: QFont.Weight) -> float:
    """The largest type, from ``scale`` down to half of it, in which each text fits its width."""
    smaller = scale
    for text, width in texts:
        needed = lettering(scale, weight).width(text)
        if needed > width:
            smaller = min(smaller, scale * width / needed)
    # In steps, so that few sizes of type are made; each is a whole number of pixels high, and may
    # be a little larger than was asked for.
    steps = math.floor(smaller * _SCALE_STEPS)
    if smaller < scale:
        while steps / _SCALE_STEPS > scale / 2 and any(
            lettering(steps / _SCALE_STEPS, weight).width(text) > width for text, width in texts
        ):
            steps -= 1
    return max(scale / 2, steps / _SCALE_STEPS)


class Lettering(NamedTuple):
    """Type of one size and weight, with its measures; made once, as pictures are painted often."""

    font: QFont
    metrics: QFontMetricsF
    widths: dict[str, float]

    def width(self, text: str) -> float:
        """Pixels that a text takes."""
        # Of one frame the same texts are measured to be placed and to be written.
        known = self.widths.get(text)
        if known is None:
            if len(self.widths) >= _WIDTHS_KEPT:
                self.widths.clear()
            known = self.widths[text] = self.metrics.horizontalAdvance(text)
        return known

    @property
    def half_cap(self) -> float:
        """How far below the middle of a line its baseline is."""
        return self.metrics.capHeight() / 2


def lettering(scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> Lettering:
    """Type of the theme in force, for painting."""
    return _lettering(look.theme.font_px, scale, weight)


@cache
def _lettering(font_px: int, scale: float, weight: QFont.Weight) -> Lettering:
    font = type_of(font_px, scale, weight)
    return Lettering(font, QFontMetricsF(font), {})


def shade(role: str, share: float = 1.0) -> QColor:
    """A role's colour with only a share of it left on the panel.

    Opaque, which paints faster than translucent.
    """
    return _shade(look.theme.name, role, share)


@cache
def _shade(theme: str, role: str, share: float) -> QColor:
    over, under = THEMES[theme].color(role), THEMES[theme].color("panel")
    return QColor.fromRgbF(
        under.redF() + (over.redF() - under.redF()) * share,
        under.greenF() + (over.greenF() - under.greenF()) * share,
        under.blueF() + (over.blueF() - under.blueF()) * share,
    )


def draw_focus(
    painter: QPainter, box: QRectF, radius: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> None:
    """The ring just inside a box, with round corners, that says that it has the keyboard."""
    painter.setPen(QPen(shade("accent"), 1.5 * look.theme.line, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)


def paint_cover(painter: QPainter, box: QRectF) -> None:
    """Hatch a box: something is there that may not be seen yet."""
    theme = look.theme
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, theme.color("background"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("hairline"), theme.line))
    step, x = theme.px(_HATCH), box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += step
    painter.restore()
