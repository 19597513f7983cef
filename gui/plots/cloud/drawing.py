"""What lies around and over a cloud of points: its cube, its ticks, marked places, a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.plots.cloud.camera import Places
from gui.plots.cloud.points import Cloud
from gui.plots.ticks import linear_ticks


@dataclass(frozen=True, eq=False)
class Sign:
    """A place that is marked beside the points: (dims,) coordinates, a word, a theme's role."""

    at: Places
    word: str
    role: str = "accent"


@dataclass(frozen=True)
class PlaneLine:
    """A line across the plane: through a point, in a direction, with a word for each side."""

    through: tuple[float, float]
    towards: tuple[float, float]
    above: str
    below: str


def draw_box(painter: QPainter, cloud: Cloud, names: Sequence[str]) -> None:
    """The edges of the cube around points in three dimensions, and the names of its axes."""
    if not len(cloud) or cloud.points.shape[1] != 3:
        return
    low, high = cloud.points.min(axis=0), cloud.points.max(axis=0)
    corners = np.array(list(product((0.0, 1.0), repeat=3)), dtype=np.float32)
    places = [cloud.place_of(low + corner * (high - low)) for corner in corners]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for one, other in product(range(8), repeat=2):
        apart = corners[other] - corners[one]
        if apart.sum() == 1 and np.count_nonzero(apart) == 1:
            from_origin = not corners[one].any()
            pen = QPen(shade("muted" if from_origin else "outline"), look.theme.line)
            painter.setPen(pen)
            painter.drawLine(places[one], places[other])
    letters = lettering(0.85)
    painter.setFont(letters.font)
    painter.setPen(shade("muted"))
    for name, corner in zip(names, (4, 2, 1), strict=False):
        out = places[corner] - places[0]
        length = math.hypot(out.x(), out.y())
        at = places[corner] + (out * (10 / length) if length > 1 else QPointF(0, 0))
        painter.drawText(at - QPointF(letters.width(name) / 2, -letters.half_cap), name)


def draw_sign(painter: QPainter, cloud: Cloud, sign: Sign) -> None:
    """A ring around a marked place, and its word beside it on a ground of its own."""
    px, theme = look.theme.px, look.theme
    at = cloud.place_of(sign.at)
    area = cloud.area
    inside = area.contains(at)
    # Where it lies outside, at the edge: it is never lost.
    at = QPointF(
        min(max(at.x(), area.left() + 8), area.right() - 8),
        min(max(at.y(), area.top() + 8), area.bottom() - 8),
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.SolidLine if inside else Qt.PenStyle.DotLine
    for color, width in ((shade("panel"), 4.5), (shade(sign.role), 2.2)):
        painter.setPen(QPen(color, width * theme.line, style))
        painter.drawEllipse(at, px(7), px(7))
    if not sign.word:
        return
    letters = lettering(0.85)
    width, height = letters.width(sign.word) + px(8), px(17)
    left = at.x() + px(11)
    if left + width > area.right():
        left = at.x() - px(11) - width
    box = QRectF(left, at.y() - height / 2, width, height)
    painter.setPen(QPen(shade(sign.role), theme.line))
    painter.setBrush(shade("panel"))
    painter.drawRoundedRect(box, px(4), px(4))
    painter.setFont(letters.font)
    painter.setPen(shade(sign.role))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign.word)


def draw_plane_ticks(painter: QPainter, cloud: Cloud) -> None:
    """Round numbers at the two sides, and a hairline for each; that of zero is stronger."""
    theme, letters = look.theme, lettering(0.8)
    area, camera = cloud.area, cloud.camera
    size = area.width(), area.height()
    left, bottom = camera.to_data(0, size[1], *size)
    right, top = camera.to_data(size[0], 0, *size)
    painter.setFont(letters.font)
    for tick in linear_ticks(left, right, max(2, int(size[0] / theme.px(70)))):
        x = area.left() + (tick.value - left) / (right - left) * size[0]
        _hairline(painter, tick.value, QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(shade("muted"))
        at = x - letters.width(tick.text) / 2
        painter.drawText(QPointF(at, area.bottom() + theme.px(14)), tick.text)
    for tick in linear_ticks(bottom, top, max(2, int(size[1] / theme.px(44)))):
        y = area.bottom() - (tick.value - bottom) / (top - bottom) * size[1]
        _hairline(painter, tick.value, QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(shade("muted"))
        at = area.left() - letters.width(tick.text) - theme.px(5)
        painter.drawText(QPointF(at, y + letters.half_cap), tick.text)


def _hairline(painter: QPainter, value: float, start: QPointF, end: QPointF) -> None:
    painter.setPen(QPen(shade("outline" if value == 0 else "hairline"), 1))
    half = QPointF(0.5, 0.5)
    painter.drawLine(_whole(start) + half, _whole(end) + half)


def _whole(place: QPointF) -> QPointF:
    return QPointF(math.floor(place.x()), math.floor(place.y()))


def draw_plane_line(painter: QPainter, cloud: Cloud, line: PlaneLine) -> None:
    """The line from edge to edge, and on each side what lies there."""
    one = cloud.place_of(np.array(line.through))
    other = cloud.place_of(np.add(line.through, line.towards))
    along = other - one
    length = math.hypot(along.x(), along.y())
    if length < 1e-6:
        return
    along /= length
    area = cloud.area
    far = along * (2 * (area.width() + area.height()))
    painter.save()
    painter.setClipRect(area)
    painter.setPen(QPen(shade("ink"), 1.5 * look.theme.line))
    painter.drawLine(one - far, one + far)
    # Towards one end of it, where fewer points lie than in the middle.
    ends = [
        one + along * step
        for step in np.linspace(-1, 1, 41) * (area.width() + area.height())
        if area.adjusted(30, 20, -30, -20).contains(one + along * step)
    ]
    if ends:
        place = max(ends, key=lambda end: end.x())
        upwards = QPointF(along.y(), -along.x())
        if upwards.y() > 0 or (upwards.y() == 0 and upwards.x() < 0):
            upwards = -upwards
        for word, out in ((line.above, upwards), (line.below, -upwards)):
            _draw_label(painter, cloud, place + out * look.theme.px(24), word)
    painter.restore()


def _draw_label(painter: QPainter, cloud: Cloud, at: QPointF, word: str) -> None:
    letters, area = lettering(0.88), cloud.area
    box = QRectF(0, 0, letters.width(word) + 12, letters.metrics.height() + 4)
    box.moveCenter(at)
    box.moveLeft(min(max(box.left(), area.left()), area.right() - box.width()))
    box.moveTop(min(max(box.top(), area.top()), area.bottom() - box.height()))
    painter.setFont(letters.font)
    painter.setPen(QPen(shade("outline"), 1))
    painter.setBrush(shade("panel"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(shade("ink"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
