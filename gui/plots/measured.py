"""What plots of measured shares and errors have in common: levels, steps, dots, a ring, and now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from gui.look.painting import RIGHT
from gui.look.theme import look
from model.door import say, written

PERCENTS = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))
# Between a level and its words, in 13 pixel type.
_GAP = 6


def place_in(area: QRectF, across: float, up: float) -> QPointF:
    """The point at so much of the width of an area, and so much of its height."""
    return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())


def draw_levels(painter: QPainter, area: QRectF, levels: Iterable[tuple[float, str]]) -> None:
    """A line across at so much of the height each, with its words at the left of the area."""
    theme = look.theme
    height = QFontMetricsF(painter.font()).height()
    for up, words in levels:
        y = round(place_in(area, 0.0, up).y()) + 0.5
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(theme.color("muted"))
        box = QRectF(0, y - height / 2, area.left() - theme.px(_GAP), height)
        painter.drawText(box, RIGHT, words)


def draw_steps(painter: QPainter, area: QRectF, length: int) -> None:
    """Below an area, from where to where its steps go."""
    px, height = look.theme.px, QFontMetricsF(painter.font()).height()
    foot = QRectF(area.left(), area.bottom() + px(3), area.width() + px(_GAP), height)
    painter.setPen(look.theme.color("muted"))
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, say("step 0"))
    if length:
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, written(f"{length:,}"))


def draw_measured(
    painter: QPainter, places: Sequence[QPointF], best: QPointF | None, now: QPointF | None
) -> None:
    """A line of what was measured: each of it a dot, the best a ring, now a large dot."""
    theme, px = look.theme, look.theme.px
    painter.setPen(QPen(theme.color("settles"), 1.5 * theme.line))
    painter.drawPolyline(QPolygonF(places))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("settles"))
    for at in places:
        painter.drawEllipse(at, px(1.6), px(1.6))
    if best is not None:
        painter.setPen(QPen(theme.color("settles"), 2 * theme.line))
        painter.setBrush(theme.color("panel"))
        painter.drawEllipse(best, px(5), px(5))
    if now is not None:
        painter.setPen(QPen(theme.color("panel"), 1.5))
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(now, px(4), px(4))
