"""The picture of the error over two weights: its contours, and the path of the run on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.panels.two_weights.shapes import bands, bottom_of, label_places
from gui.plots.plot import Picture, Plot
from gui.plots.polyline import draw_polyline
from gui.plots.ticks import Tick, draw_x_ticks, draw_y_ticks, linear_ticks, tick_height, ticks_width
from model.door import say
from model.network import Floats
from model.study.levels import levels
from model.study.two_weights import ErrorOverTwo
from model.words import numbers

# Contour lines, where there is room; the darkest band lies around the floor.
_MAX_LEVELS = 9
_PX_A_LEVEL = 26.0
_HUE, _DEEPEST, _HIGHEST = "accent", 0.32, 0.02
_LINE_SHARE = 0.42
# Up to so many steps each has a dot; of more the line is thin.
_MAX_DOTS = 160
_MAX_THICK = 200
_LATER_SHARE = 0.35
_OLDEST_SHARE = 0.45
_LABEL_GAP = 34.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """What one picture shows.

    Attributes
    ----------
    surface : ErrorOverTwo or None
        The error; None where there is none to be drawn, and ``why`` says so.
    path : numpy.ndarray
        The two weights by step from the start to the end of the path, (n, 2).
    n_so_far : int
        How many of them are steps up to the current one.
    names : tuple of str
        What the weights across and up are called.
    frozen : tuple of bool
        Whether updates leave them as they are.
    """

    surface: ErrorOverTwo | None = None
    path: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    n_so_far: int = 0
    names: tuple[str, str] = ("", "")
    frozen: tuple[bool, bool] = (False, False)
    why: str = ""


class ContourPicture(Picture):
    """Paints bands, contours, path and probe; ``levels`` are those of its last painting."""

    plot: ContourPlot

    def __init__(self, plot: ContourPlot) -> None:
        super().__init__(plot)
        self.drawn = Drawn()
        self.probe: tuple[float, float] | None = None
        self._levels: tuple[object, list[float]] | None = None

    @property
    def levels(self) -> list[float]:
        """The errors that have a contour in what is in sight, rising."""
        surface, plot = self.drawn.surface, self.plot
        if surface is None:
            return []
        key = (surface, plot.view, plot.area.size())
        if self._levels is None or self._levels[0] != key:
            low, high = _range_of(surface, plot)
            side = min(plot.area.width(), plot.area.height())
            most = min(_MAX_LEVELS, max(3, int(side / look.theme.px(_PX_A_LEVEL))))
            self._levels = key, levels(surface.least, low, high, most)
        return self._levels[1]

    def draw(self, painter: QPainter) -> None:
        plot, surface = self.plot, self.drawn.surface
        if surface is None:
            self._say(painter, self.drawn.why)
            return
        draw_y_ticks(painter, plot, plot.y_ticks)
        draw_x_ticks(painter, plot, plot.x_ticks)
        painter.save()
        painter.setClipRect(plot.area)
        found = self.levels
        outlines = bands(plot, surface, found)
        self._fill(painter, outlines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_lines(painter, outlines)
        self._draw_floor(painter, surface)
        if not found and surface.rank == 0:
            self._say(painter, say("flat: neither weight changes the error"))
        else:
            self._write_levels(painter, surface, found)
        self._draw_path(painter)
        self._draw_probe(painter)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter)

    # -- the error --------------------------------------------------------------------------

    def _fill(self, painter: QPainter, outlines: Sequence[QPolygonF]) -> None:
        n = len(outlines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(self.plot.area, _band(1.0))
        # From the highest on: each lower one lies inside. Lines will lie over their edges.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for at in range(n - 1, -1, -1):
            painter.setBrush(_band(at / n))
            painter.drawPolygon(outlines[at])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_lines(self, painter: QPainter, outlines: Sequence[QPolygonF]) -> None:
        painter.setPen(QPen(shade(_HUE, _LINE_SHARE), look.theme.line))
        for outline in outlines:
            painter.drawPolygon(outline)

    def _draw_floor(self, painter: QPainter, surface: ErrorOverTwo) -> None:
        """A cross where the error is least, or a line where it is so along one."""
        plot, px = self.plot, look.theme.px
        painter.setPen(QPen(shade("ink", 0.75), 1.4 * look.theme.line))
        if surface.floor is not None:
            at, arm = self._place(*surface.floor), px(4.5)
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
        elif surface.valley is not None:
            (x, y), (along, up) = surface.valley
            # Long enough to leave what is in sight, however it is zoomed.
            far = 2.0 * (plot.view.width + plot.view.height)
            far += abs(x - plot.view.left) + abs(y - plot.view.bottom)
            ends = [self._place(x + side * far * along, y + side * far * up) for side in (-1, 1)]
            painter.setPen(QPen(shade("ink", 0.75), 1.4 * look.theme.line, Qt.PenStyle.DashLine))
            painter.drawLine(*ends)

    def _write_levels(
        self, painter: QPainter, surface: ErrorOverTwo, found: Sequence[float]
    ) -> None:
        """The numbers of the contours, one after another along a line away from the path."""
        letters, n = lettering(0.82), len(found)
        path = self.drawn.path[: self.drawn.n_so_far]
        half = letters.metrics.capHeight() / 2
        painter.setFont(letters.font)
        for at, x, y in label_places(self.plot, surface, found, path, look.theme.px(_LABEL_GAP)):
            text = numbers.plain(found[at], 3)
            box = QRectF(0.0, 0.0, letters.width(text) + 6, 2 * half + 6)
            box.moveCenter(QPointF(x, y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_band((at + 0.5) / n))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(shade("ink", 0.85))
            painter.drawText(QPointF(box.left() + 3, y + half), text)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- the path ---------------------------------------------------------------------------

    def _draw_path(self, painter: QPainter) -> None:
        drawn, theme = self.drawn, look.theme
        x, y = self._rows(drawn.path)
        n = drawn.n_so_far
        if len(x) > n:
            painter.setPen(QPen(shade("accent", _LATER_SHARE), theme.line))
            draw_polyline(painter, x[n - 1 :], y[n - 1 :], self.plot.area)
        wide = 1.8 if n <= _MAX_THICK else 1.0
        if n > 1:
            # A light edge keeps the line apart from the bands.
            if n <= _MAX_DOTS:
                painter.setPen(QPen(shade("panel"), (wide + 2.0) * theme.line))
                draw_polyline(painter, x[:n], y[:n], self.plot.area)
            painter.setPen(QPen(shade("accent"), wide * theme.line))
            draw_polyline(painter, x[:n], y[:n], self.plot.area)
        if n <= _MAX_DOTS:
            self._draw_dots(painter, x[:n], y[:n])
        if n:
            painter.setPen(QPen(shade("accent"), 1.8 * theme.line))
            painter.setBrush(shade("panel"))
            painter.drawEllipse(QPointF(x[0], y[0]), *(theme.px(4),) * 2)
        surface = drawn.surface
        if surface is not None:
            painter.setPen(QPen(shade("panel"), 1.5 * theme.line))
            painter.setBrush(shade("accent"))
            painter.drawEllipse(self._place(surface.first, surface.second), *(theme.px(5.5),) * 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_dots(self, painter: QPainter, x: Floats, y: Floats) -> None:
        """A dot for each step, the older the paler."""
        painter.setPen(QPen(shade("panel"), 0.8))
        n = len(x)
        for at in range(n):
            age = round(1.0 - (1.0 - _OLDEST_SHARE) * (n - 1 - at) / max(1, n - 1), 1)
            painter.setBrush(shade("accent", age))
            painter.drawEllipse(QPointF(x[at], y[at]), *(look.theme.px(2.8),) * 2)

    def _rows(self, points: Floats) -> tuple[Floats, Floats]:
        """Points in pixels, kept near enough to be painted."""
        plot = self.plot
        far = 20.0 * (plot.width() + plot.height())
        return (
            np.clip(plot.x_pixels(points[:, 0]), -far, far),
            np.clip(plot.y_pixels(points[:, 1]), -far, far),
        )

    def _place(self, x: float, y: float) -> QPointF:
        far = 20.0 * (self.plot.width() + self.plot.height())
        return QPointF(
            min(max(self.plot.x_px(x), -far), far), min(max(self.plot.y_px(y), -far), far)
        )

    # -- the probe, the frame ---------------------------------------------------------------

    def _draw_probe(self, painter: QPainter) -> None:
        if self.probe is None:
            return
        at, area = self._place(*self.probe), self.plot.area
        painter.setPen(QPen(shade("ink", 0.6), look.theme.line, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
        painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
        painter.setPen(QPen(shade("ink"), 1.6 * look.theme.line))
        painter.setBrush(shade("panel"))
        painter.drawEllipse(at, *(look.theme.px(4),) * 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_frame(self, painter: QPainter) -> None:
        """Both axes and the names of their weights; teal and dotted where one is frozen."""
        theme, area, drawn = look.theme, self.plot.area, self.drawn
        left, base = round(area.left()) - 0.5, round(area.bottom()) + 0.5
        corner = QPointF(left, base)
        ends = (QPointF(area.right(), base), QPointF(left, area.top()))
        letters = lettering(0.95, QFont.Weight.DemiBold)
        painter.setFont(letters.font)
        for at, end in enumerate(ends):
            frozen = drawn.frozen[at]
            pen = QPen(shade("outline"), theme.line)
            if frozen:
                pen = QPen(shade("frozen"), 2.0 * theme.line, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(corner, end)
            painter.setPen(shade("frozen" if frozen else "ink"))
            name = self.axis_title(at)
            wide = self.plot.width() - theme.px(16)
            text = letters.metrics.elidedText(name, Qt.TextElideMode.ElideRight, wide)
            if at:
                place = QPointF(theme.px(8), letters.metrics.ascent() + theme.px(1))
            else:
                place = QPointF(
                    area.right() - letters.width(text),
                    self.plot.height() - letters.metrics.descent() - theme.px(1),
                )
            painter.drawText(place, text)

    def axis_title(self, at: int) -> str:
        """What stands at the axis across (0) or up (1)."""
        name = self.drawn.names[at]
        if self.drawn.frozen[at]:
            name = say("{name} · frozen", name=name)
        return say("{name} →", name=name) if at == 0 else say("↑ {name}", name=name)

    def _say(self, painter: QPainter, text: str) -> None:
        """Why there is no picture, or no line in it."""
        letters = lettering(0.95)
        room = self.plot.area.adjusted(8, 8, -8, -8)
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, text)


class ContourPlot(Plot):
    """A plot of the error over two weights.

    Signals
    -------
    pointed(x, y) : the pointer is over a point in data coordinates
    left : it is over none any more
    double_clicked : a click before was the first of two
    """

    pointed = Signal(float, float)
    left = Signal()
    double_clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.contours = ContourPicture(self)
        self.set_picture(self.contours)
        self.scene().sigMouseMoved.connect(self._moved)
        look.follow(self, self.fit_margins)
        self.view_changed.connect(self.fit_margins)
        self.fit_margins()

    @property
    def x_ticks(self) -> list[Tick]:
        """The numbers below."""
        most = max(2, int(self.area.width() / look.theme.px(46)))
        return linear_ticks(self.view.left, self.view.right, most)

    @property
    def y_ticks(self) -> list[Tick]:
        """The numbers at the left."""
        most = max(2, int(self.area.height() / look.theme.px(36)))
        return linear_ticks(self.view.bottom, self.view.top, most)

    @Slot()
    def fit_margins(self) -> None:
        """Leave room for ticks and for the names of the weights."""
        px = look.theme.px
        names = lettering(0.95, QFont.Weight.DemiBold).metrics.height()
        left = max(px(30), math.ceil(ticks_width(self.y_ticks) / 8) * 8)
        self.set_margins(left, names + px(6), px(10), tick_height() + names + px(4))

    def show_drawn(self, drawn: Drawn) -> None:
        """Show another moment, in the range that there is."""
        self.contours.drawn = drawn
        self.redraw()

    def show_probe(self, probe: tuple[float, float] | None) -> None:
        """Show where something is tried, or nowhere."""
        if probe != self.contours.probe:
            self.contours.probe = probe
            self.redraw()

    def weights_at(self, x: float, y: float) -> tuple[float, float]:
        """The weights at a point, no finer than a pixel is wide."""
        sides = (self.view.width / self.area.width(), self.view.height / self.area.height())
        first, second = (
            round(value, min(300, max(0, 1 - math.floor(math.log10(side)))))
            for value, side in zip((x, y), sides, strict=True)
        )
        return first, second

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.double_clicked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    @Slot(object)
    def _moved(self, at: QPointF) -> None:
        if self.area.contains(at):
            self.pointed.emit(self.x_at(at.x()), self.y_at(at.y()))
        else:
            self.left.emit()


def _band(height: float) -> QColor:
    """The colour of a band, from the floor (0) to the highest in sight (1)."""
    return shade(_HUE, round(_HIGHEST + (_DEEPEST - _HIGHEST) * (1.0 - height), 2))


def _range_of(surface: ErrorOverTwo, plot: Plot) -> tuple[float, float]:
    """The least and the largest error in what is in sight."""
    view = plot.view
    across = np.linspace(view.left, view.right, 25)[None, :]
    up = np.linspace(view.bottom, view.top, 25)[:, None]
    heights = surface.at(across, up)
    low = float(heights.min())
    x, y = bottom_of(surface)
    if view.left <= x <= view.right and view.bottom <= y <= view.top:
        low = surface.least
    return low, float(heights.max())
