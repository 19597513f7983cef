"""How runs that are not on the bench are drawn: thin, dashed, with a mark of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui.look.painting import shade
from gui.look.theme import look
from gui.plots.plot import Plot
from gui.plots.polyline import draw_polyline
from model.network import Floats

# Told apart by mark and dashes first, and by hue where only one thing is drawn of each run.
_ROLES = ("overshoots", "diverges", "ink")
_DASHES = (Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine)
N_SHAPES = 7
# As much of a colour as still stands out from the panel, three to one, in every theme.
_SHARE = 0.72
_WIDTH = 1.3
_RADIUS = 3.6
_ICON = QSize(30, 14)


@dataclass(frozen=True)
class GhostStyle:
    """How the lines of one run are drawn: a role of the theme, and the number of its mark."""

    role: str
    mark: int

    @classmethod
    def of(cls, mark: int, role: str = "") -> GhostStyle:
        """The style of a run; ``role`` is that of the thing drawn, where several are."""
        return cls(role or _ROLES[mark % len(_ROLES)], mark)

    @property
    def dashes(self) -> Qt.PenStyle:
        """The dash pattern."""
        return _DASHES[self.mark // len(_ROLES) % len(_DASHES)]


@dataclass(frozen=True)
class Ghost:
    """One line of such a run, in plot coordinates: x (n,) and y (n,), and what it is called.

    ``brief`` is the label where there is little room. ``whole`` says that the last point is
    where the run ends.
    """

    label: str
    brief: str
    style: GhostStyle
    x: Floats
    y: Floats
    whole: bool = True


def draw_ghosts(painter: QPainter, plot: Plot, ghosts: Sequence[Ghost]) -> None:
    """The lines, each with its mark where it ends."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ghost in ghosts:
        if not len(ghost.x):
            continue
        x, y = plot.x_pixels(ghost.x), plot.y_pixels(ghost.y)
        n = _until_it_left(plot, y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(ghost.style))
        draw_polyline(painter, x[:n], y[:n], plot.area)
        if ghost.whole:
            draw_mark(painter, ghost.style, QPointF(float(x[-1]), float(y[-1])))


def _until_it_left(plot: Plot, y: Floats) -> int:
    """How many points of a line are drawn: of one that explodes those until it has left the plot.

    What comes later would only cross the plot up and down.
    """
    height = plot.area.height()
    far = (y < plot.area.top() - height) | (y > plot.area.bottom() + height)
    return int(np.argmax(far)) + 1 if far[-1] else len(y)


def draw_mark(painter: QPainter, style: GhostStyle, at: QPointF) -> None:
    """The mark of a run around a point."""
    radius = look.theme.px(_RADIUS)
    shape = style.mark % N_SHAPES
    painter.setPen(QPen(shade(style.role, _SHARE), 1.4 * look.theme.line))
    painter.setBrush(shade("panel"))
    if shape == 0:
        painter.drawEllipse(at, radius, radius)
    elif shape < len(_CORNERS):
        corners = [at + QPointF(x * radius, y * radius) for x, y in _CORNERS[shape]]
        painter.drawPolygon(QPolygonF(corners))
    else:
        turn = 1.0 if shape == len(_CORNERS) else 0.0
        for x, y in ((1.0, turn), (-turn if turn else 0.0, 1.0)):
            arm = QPointF(x * radius, y * radius)
            painter.drawLine(at - arm, at + arm)


# The corners of marks of one radius, after the circle: square, diamond, triangles.
_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    ((0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    ((0.0, 1.1), (1.1, -0.9), (-1.1, -0.9)),
)


def mark_width() -> float:
    """Pixels that the mark takes before a label."""
    return float(look.theme.px(2 * _RADIUS + 5))


def sample_size() -> QSize:
    """How large a sample is."""
    return _ICON * (look.theme.font_px / 13)


def sample(style: GhostStyle, ratio: float = 1.0) -> QIcon:
    """A piece of the line with its mark, for a table."""
    px, size = look.theme.px, sample_size()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, size.width(), size.height())
    painter.setPen(_pen(style))
    middle = box.center().y()
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
    draw_mark(painter, style, QPointF(box.right() - px(8), box.center().y()))
    painter.end()
    icon = QIcon(picture)
    # Qt would tint it where its row is selected.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def _pen(style: GhostStyle) -> QPen:
    color = shade(style.role, _SHARE)
    return QPen(QBrush(color), _WIDTH * look.theme.line, style.dashes)
