"""A cloud of points as it is painted and pointed at: positions, marks, and what lies around."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.plots.atlas import Atlas
from gui.plots.camera import Camera, by_depth, camera_for, following
from gui.plots.fragments import Fragments, Segments
from gui.plots.sprites import STRENGTHS, Kind, SpriteSheet, sprite_sheet
from model.network import Floats

Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]
# How far a click may lie from a point, in units of the layout.
_REACH = 8.0
# In three dimensions what lies behind is paler; what is not selected is paler still.
_FAINT = len(STRENGTHS) - 1


@dataclass(frozen=True, eq=False)
class Sign:
    """A place that is marked beside the points: (dims,) coordinates, a word, a theme's role."""

    at: Floats
    word: str
    role: str = "accent"


def dot_size(n: int, ratio: float) -> float:
    """Pixels of the device that the dot of one of n points is wide."""
    units = 9.0 if n <= 100 else 7.0 if n <= 1_500 else 5.0 if n <= 15_000 else 3.0
    return round(units * ratio)


class Cloud:
    """Points in two or three dimensions, and how each of them looks.

    ``points`` (n, 2 or 3), ``which`` (n,) the kind of each, ``shown`` and ``selected`` (n,).
    """

    def __init__(self) -> None:
        self.points: Floats = np.zeros((0, 2), dtype=np.float32)
        self.kinds: Sequence[Kind] = (Kind("#000000"),)
        self.which: NDArray[np.uint8] = np.zeros(0, dtype=np.uint8)
        self.shown: Truths = np.zeros(0, dtype=np.bool_)
        self.selected: Truths | None = None
        self.camera = Camera()
        self.pairs: Indices | None = None
        self.atlas: Atlas | None = None
        self.area = QRectF()
        self.ratio = 1.0
        self._sheets: dict[tuple[object, ...], SpriteSheet] = {}
        self._fragments, self._segments = Fragments(), Segments()
        self._order: Indices | None = None
        self._at: tuple[Floats, Floats, Floats | None] | None = None

    def __len__(self) -> int:
        return len(self.points)

    # -- what there is -----------------------------------------------------------------------

    def set_points(self, points: Floats, square: bool, follow: bool = False) -> None:
        """Other places, (n, 2 or 3); with ``follow`` those of before have moved there."""
        n = len(points)
        if n != len(self.points):
            self.which = np.zeros(n, dtype=np.uint8)
            self.shown = np.ones(n, dtype=np.bool_)
            self.selected = self.pairs = self.atlas = None
            self._order = None
        self.points = np.ascontiguousarray(points, dtype=np.float32)
        wanted = camera_for(self.points, square, self.camera)
        self.camera = following(self.camera, wanted) if follow else wanted
        self._at = None

    def set_kinds(self, kinds: Sequence[Kind], which: NDArray[np.uint8]) -> None:
        """How the kinds look, and of which kind each point is, (n,)."""
        if tuple(kinds) != tuple(self.kinds):
            self.kinds = tuple(kinds)
            self._sheets.clear()
        self.which = which
        self._paint_atlas()

    def set_atlas(self, atlas: Atlas | None) -> None:
        """Paint the images of the points, or their marks."""
        self.atlas = atlas
        self._paint_atlas()

    def _paint_atlas(self) -> None:
        if self.atlas is not None:
            self.atlas.paint([kind.color for kind in self.kinds], self.which)

    def set_shown(self, shown: Truths) -> None:
        """Which points are painted, (n,)."""
        self.shown = shown
        self._order = None

    def set_selected(self, selected: Truths | None) -> None:
        """Which points stand out, (n,); all of them without one."""
        self.selected = selected
        self._order = None

    def restyle(self) -> None:
        """Marks are to be drawn again."""
        self._sheets.clear()

    # -- where they are ----------------------------------------------------------------------

    def set_area(self, area: QRectF, ratio: float) -> None:
        """The rectangle of the widget that the points have, and pixels of the device a unit."""
        if (area, ratio) != (self.area, self.ratio):
            self.area, self.ratio = area, ratio
            self._at = None

    def look(self, camera: Camera) -> None:
        """See them from elsewhere."""
        self.camera = camera
        self._at = None

    def places(self) -> tuple[Floats, Floats, Floats | None]:
        """Columns and rows in the area in pixels of the device, and nearness, (n,) each."""
        if self._at is None:
            self._at = self.pixels_of(self.points)
        return self._at

    def pixels_of(self, points: Floats) -> tuple[Floats, Floats, Floats | None]:
        """The same of any points (n, dims)."""
        ratio = self.ratio
        return self.camera.to_pixels(points, self.area.width() * ratio, self.area.height() * ratio)

    def place_of(self, point: Floats) -> QPointF:
        """Where one point (dims,) is in the widget."""
        x, y, _ = self.pixels_of(np.asarray(point, dtype=np.float32)[None])
        return QPointF(float(x[0]), float(y[0])) / self.ratio + self.area.topLeft()

    def at(self, place: QPointF) -> int | None:
        """The shown point nearest to a place of the widget, within reach; None without one."""
        if not len(self):
            return None
        x, y, near = self.places()
        to = (place - self.area.topLeft()) * self.ratio
        away = np.square(x - np.float32(to.x()))
        away += np.square(y - np.float32(to.y()))
        away[~self.shown] = np.inf
        found = int(away.argmin())
        reach = look.theme.px(_REACH) * self.ratio
        if self.atlas is not None:
            reach = max(reach, self.atlas.side * 0.6)
        if not away[found] <= reach**2:
            return None
        if near is not None:
            # Of those that the place is on, the one in front.
            close = np.flatnonzero(away <= max(float(away[found]), (3 * self.ratio) ** 2))
            found = int(close[near[close].argmax()])
        return found

    def inside(self, polygon: QPolygonF) -> Truths:
        """Which of the shown points a loop in the widget goes around, (n,), by even and odd."""
        x, y, _ = self.places()
        corners = np.array(
            [[corner.x(), corner.y()] for corner in polygon], dtype=np.float32
        ) - np.array([self.area.left(), self.area.top()], dtype=np.float32)
        return inside_loop(x, y, corners * np.float32(self.ratio)) & self.shown

    def next_to(self, start: int, right: int, down: int) -> int:
        """The shown point nearest to one in a direction; the same where there is none."""
        x, y, _ = self.places()
        dx, dy = x - x[start], y - y[start]
        ahead = dx * right + dy * down
        aside = np.abs(dx * down) + np.abs(dy * right)
        cost = np.where(self.shown & (ahead > 0.5), ahead + 2.5 * aside, np.inf)
        found = int(cost.argmin())
        return found if np.isfinite(cost[found]) else start

    # -- painting ----------------------------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        """Paint the lines between points, and the points."""
        if not len(self):
            return
        painter.save()
        painter.setClipRect(self.area)
        painter.translate(self.area.topLeft())
        painter.scale(1 / self.ratio, 1 / self.ratio)
        x, y, near = self.places()
        if self.pairs is not None:
            both = self.shown[self.pairs].all(axis=1)
            self._segments.place(x, y, self.pairs[both])
            painter.setPen(QPen(shade("outline", 0.55), max(1.0, round(self.ratio))))
            self._segments.draw(painter)
        order = self._ordered(near)
        strength = self._strengths(order, near)
        picture, left, top, side = self._marks(order, strength)
        self._fragments.place(x[order], y[order], left, top, side)
        self._fragments.draw(painter, picture)
        painter.restore()

    def _ordered(self, near: Floats | None) -> Indices:
        """Which points are painted, the one painted last last."""
        if near is not None:
            order = by_depth(near)
            return order if self.shown.all() else order[self.shown[order]]
        if self._order is None:
            shown = np.flatnonzero(self.shown)
            if self.selected is not None:
                # What is selected lies on top.
                shown = shown[np.argsort(self.selected[shown], kind="stable")]
            self._order = shown
        x, y, _ = self.places()
        if not self.camera.zoomed:
            return self._order
        width, height = self.area.width() * self.ratio, self.area.height() * self.ratio
        x, y = x[self._order], y[self._order]
        margin = 40 * self.ratio
        seen = (x > -margin) & (x < width + margin) & (y > -margin) & (y < height + margin)
        return self._order[seen]

    def _strengths(self, order: Indices, near: Floats | None) -> Indices | None:
        """The row of the sheet for each painted point; None where it is the first for all."""
        strength = None
        if near is not None and len(order):
            # By places in the order, which is that of depth.
            steps = np.arange(len(order)) * 3 // len(order)
            strength = 2 - steps
        if self.selected is not None:
            pale = np.where(self.selected[order], 0, _FAINT)
            strength = pale if strength is None else np.maximum(pale, strength)
        return strength

    def _marks(
        self, order: Indices, strength: Indices | None
    ) -> tuple[QPixmap, Indices, Indices | int, int]:
        """The sheet, the corners of the marks on it, and their size."""
        atlas = self.atlas
        if atlas is not None:
            return atlas.picture, atlas.left[order], atlas.top[order], atlas.side
        shown = len(order)
        size = dot_size(shown, self.ratio * look.theme.line)
        opacity = 1.0 if shown <= 1_500 else 0.85
        key = (size, opacity)
        if key not in self._sheets:
            self._sheets[key] = sprite_sheet(self.kinds, size, opacity)
        sheet = self._sheets[key]
        left = self.which[order].astype(np.intp) * sheet.side
        top: Indices | int = 0 if strength is None else strength * sheet.side
        return sheet.picture, left, top, sheet.side


def inside_loop(x: Floats, y: Floats, corners: Floats) -> Truths:
    """Which points lie inside a closed loop of corners (k, 2), by even and odd crossings; (n,).

    First by the rectangle around it: most points lie outside.
    """
    inside = np.zeros(len(x), dtype=np.bool_)
    if len(corners) < 3:
        return inside
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero((x >= left) & (x <= right) & (y >= top) & (y <= bottom))
    px, py = x[near], y[near]
    odd = np.zeros(len(near), dtype=np.bool_)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 != y1:
            crosses = (y0 > py) != (y1 > py)
            odd ^= crosses & (px < (x1 - x0) * (py - y0) / (y1 - y0) + x0)
    inside[near] = odd
    return inside


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
