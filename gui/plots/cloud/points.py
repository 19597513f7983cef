"""A cloud of points as it is painted and pointed at: positions, marks, and what lies around."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.look.painting import shade
from gui.look.theme import look
from gui.plots.cloud.atlas import Atlas
from gui.plots.cloud.camera import Camera, Places, by_depth, camera_for, following
from gui.plots.cloud.fragments import Fragments, Segments
from gui.plots.cloud.sprites import STRENGTHS, Kind, SpriteSheet, sprite_sheet
from model.image_space.picking import inside, nearest

Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]
# How far a click may lie from a point, in units of the layout.
_REACH = 8.0
# In three dimensions what lies behind is paler; what is not selected is paler still.
_FAINT = len(STRENGTHS) - 1


def dot_size(n: int, ratio: float) -> float:
    """Pixels of the device that the dot of one of n points is wide."""
    units = 9.0 if n <= 100 else 6.0 if n <= 2_500 else 5.0 if n <= 15_000 else 3.0
    return round(units * ratio)


class Cloud:
    """Points in two or three dimensions, and how each of them looks.

    ``points`` (n, 2 or 3), ``which`` (n,) the kind of each, ``shown`` and ``selected`` (n,).
    """

    def __init__(self) -> None:
        self.points: Places = np.zeros((0, 2), dtype=np.float32)
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
        self._at: tuple[Places, Places | None] | None = None
        self._pickable: Places | None = None

    def __len__(self) -> int:
        return len(self.points)

    # -- what there is -----------------------------------------------------------------------

    def set_points(self, points: Places, square: bool, follow: bool = False) -> None:
        """Other places, (n, 2 or 3); with ``follow`` those of before have moved there."""
        n = len(points)
        if n != len(self.points):
            self.which = np.zeros(n, dtype=np.uint8)
            self.shown = np.ones(n, dtype=np.bool_)
            self.selected = self.pairs = self.atlas = None
            self._order = None
        self._pickable = None
        # Column by column, as they are turned into places.
        self.points = np.asfortranarray(points, dtype=np.float32)
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
        self._order = self._pickable = None

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
            self._at = self._pickable = None

    def look(self, camera: Camera) -> None:
        """See them from elsewhere."""
        self.camera = camera
        self._at = self._pickable = None

    def places(self) -> tuple[Places, Places | None]:
        """Columns and rows (n, 2) in the area, in pixels of the device, and nearness (n,)."""
        if self._at is None:
            self._at = self.pixels_of(self.points)
        return self._at

    def pixels_of(self, points: Places) -> tuple[Places, Places | None]:
        """The same of any points (n, dims)."""
        ratio = self.ratio
        return self.camera.to_pixels(points, self.area.width() * ratio, self.area.height() * ratio)

    def place_of(self, point: Places) -> QPointF:
        """Where one point (dims,) is in the widget."""
        at, _ = self.pixels_of(np.asarray(point, dtype=np.float32)[None])
        return QPointF(float(at[0, 0]), float(at[0, 1])) / self.ratio + self.area.topLeft()

    def _pixels(self, place: QPointF) -> tuple[float, float]:
        """A place of the widget in pixels of the device in the area."""
        to = (place - self.area.topLeft()) * self.ratio
        return to.x(), to.y()

    def _shown_places(self) -> Places:
        """The same as ``places``, with NaN for what is hidden: it cannot be picked."""
        if self._pickable is None:
            places, _ = self.places()
            if not self.shown.all():
                places = np.where(self.shown, places.T, np.float32(np.nan)).T
            self._pickable = places
        return self._pickable

    def at(self, place: QPointF) -> int | None:
        """The shown point nearest to a place of the widget, within reach; None without one."""
        reach = look.theme.px(_REACH) * self.ratio
        if self.atlas is not None:
            reach = max(reach, self.atlas.side * 0.6)
        places, at = self._shown_places(), self._pixels(place)
        found = nearest(places, at, reach)
        near = self.places()[1]
        if found is None or near is None:
            return found
        # Of those that the place is on, the one in front.
        (x, y), reach = places.T, 3 * self.ratio
        close = np.flatnonzero((np.abs(x - x[found]) <= reach) & (np.abs(y - y[found]) <= reach))
        return int(close[near[close].argmax()])

    def inside(self, polygon: QPolygonF) -> Truths:
        """Which of the shown points a loop in the widget goes around, (n,), by even and odd."""
        corners = np.array([self._pixels(corner) for corner in polygon.toList()])
        return inside(self._shown_places(), corners)

    def next_to(self, start: int, right: int, down: int) -> int:
        """The shown point nearest to one in a direction; the same where there is none."""
        away = self.places()[0] - self.places()[0][start]
        ahead = away[:, 0] * right + away[:, 1] * down
        aside = np.abs(away[:, 0] * down) + np.abs(away[:, 1] * right)
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
        places, near = self.places()
        if self.pairs is not None:
            both = self.shown[self.pairs].all(axis=1)
            self._segments.place(places.T, self.pairs[both])
            painter.setPen(QPen(shade("outline", 0.55), max(1.0, round(self.ratio))))
            self._segments.draw(painter)
        order = self._ordered(near)
        if self.atlas is not None:
            self._draw_images(painter, self.atlas, order)
        else:
            self._draw_marks(painter, order, self._strengths(order, near))
        painter.restore()

    def _ordered(self, near: Places | None) -> Indices:
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
        if not self.camera.zoomed:
            return self._order
        size = np.array([self.area.width(), self.area.height()], dtype=np.float32) * self.ratio
        x, y = self.places()[0].T[:, self._order]
        margin = 40 * self.ratio
        across = (x > -margin) & (x < size[0] + margin)
        return self._order[across & (y > -margin) & (y < size[1] + margin)]

    def _strengths(self, order: Indices, near: Places | None) -> Indices | None:
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

    def _draw_images(self, painter: QPainter, atlas: Atlas, order: Indices) -> None:
        """The images of as many points as there is room for, and pale dots for the others.

        In each square of the size of an image that of one point is seen: of the one in front, or
        else of the first in the sample. Closer, there is room for more.
        """
        x, y = self.places()[0].T[:, order]
        across = math.ceil(self.area.width() * self.ratio / atlas.side) + 4
        squares = np.floor(x / atlas.side) + np.floor(y / atlas.side) * across
        front_last = self.camera.in_space or self.selected is not None
        _, first = np.unique(squares[::-1] if front_last else squares, return_index=True)
        seen = np.zeros(len(order), dtype=np.bool_)
        seen[len(order) - 1 - first if front_last else first] = True
        if self.selected is not None:
            seen &= self.selected[order]
        others = order[~seen]
        self._draw_marks(painter, others, np.full(len(others), _FAINT - 1))
        images = order[seen]
        places = self.places()[0].T[:, images]
        self._fragments.place(places, atlas.left[images], atlas.top[images], atlas.side)
        self._fragments.draw(painter, atlas.picture)

    def _draw_marks(self, painter: QPainter, order: Indices, strength: Indices | None) -> None:
        """The marks of points, each of its strength, (n,); None is the strongest for all."""
        shown = len(order)
        size = dot_size(shown, self.ratio * look.theme.line)
        opacity = 1.0 if shown <= 1_500 else 0.85
        key = (size, opacity)
        if key not in self._sheets:
            self._sheets[key] = sprite_sheet(self.kinds, size, opacity)
        sheet = self._sheets[key]
        left = self.which[order].astype(np.intp) * sheet.side
        top: Indices | int = 0 if strength is None else strength * sheet.side
        self._fragments.place(self.places()[0].T[:, order], left, top, sheet.side)
        self._fragments.draw(painter, sheet.picture)
