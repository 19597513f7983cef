"""The small signs on the transport's buttons, drawn so that they are crisp in every theme."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui.look.theme import look

# Drawn in a square of this many units.
_UNITS = 12.0
_SCALES = (1, 2, 3)

Sign = Callable[[QPainter, QColor], None]


def icon(sign: Sign, size: int, color: QColor, gap: int = 0) -> QIcon:
    """The sign as an icon ``size`` pixels high, with ``gap`` empty pixels at its left.

    Drawn for screens of one to three times the pixels, and for buttons that are off.
    """
    result = QIcon()
    off = look.theme.color("outline")
    for mode, ink in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, off)):
        for scale in _SCALES:
            result.addPixmap(_drawn(sign, size, gap, scale, ink), mode)
    return result


def restart(painter: QPainter, color: QColor) -> None:
    """An arrow that goes round and back to where it began."""
    painter.setPen(QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(QRectF(1.7, 1.9, 8.6, 8.6), 145 * 16, 280 * 16)
    # The arc begins at 145 degrees, on the left; its head points back along the circle.
    tip = QPointF(6 + 4.3 * math.cos(math.radians(145)), 6.2 - 4.3 * math.sin(math.radians(145)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF([tip + QPointF(-2.1, -2.7), tip + QPointF(-1.5, 2.2), tip + QPointF(2.9, 0.4)])
    )


def left(painter: QPainter, color: QColor) -> None:
    """A triangle that points back."""
    _fill(painter, color, [(10.0, 1.6), (10.0, 10.4), (2.4, 6.0)])


def right(painter: QPainter, color: QColor) -> None:
    """A triangle that points on."""
    _fill(painter, color, [(1.6, 1.6), (1.6, 10.4), (9.2, 6.0)])


def fast(painter: QPainter, color: QColor) -> None:
    """Two triangles that point on."""
    _fill(painter, color, [(0.8, 2.0), (0.8, 10.0), (6.2, 6.0)])
    _fill(painter, color, [(6.2, 2.0), (6.2, 10.0), (11.6, 6.0)])


def bars(painter: QPainter, color: QColor) -> None:
    """Two upright bars: pause."""
    painter.fillRect(QRectF(2.0, 1.5, 3.0, 9.0), color)
    painter.fillRect(QRectF(7.0, 1.5, 3.0, 9.0), color)


def _fill(painter: QPainter, color: QColor, corners: list[tuple[float, float]]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _drawn(sign: Sign, size: int, gap: int, scale: int, color: QColor) -> QPixmap:
    pixmap = QPixmap((size + gap) * scale, size * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(gap, 0)
    painter.scale(size / _UNITS, size / _UNITS)
    sign(painter, color)
    painter.end()
    return pixmap
