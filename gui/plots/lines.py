"""How lines over steps are painted: the lines, the current step, and labels that never overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from gui.look.painting import Lettering, lettering, shade
from gui.look.theme import look
from gui.plots.ghosts import Ghost, GhostStyle, draw_ghosts, draw_mark, mark_width
from gui.plots.plot import Picture, Plot
from gui.plots.polyline import draw_polyline
from gui.plots.ticks import Tick, draw_x_ticks, draw_y_ticks
from model.network import Floats

# Told apart by hue and lightness, and by dashes from the fifth on; teal is kept for frozen.
_ROLES = ("accent", "overshoots", "ink", "diverges")
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine)
_LEVEL_DASHES = (7.0, 4.0)
_NOISY_PX = 3.0
_DOT_ROOM_PX = 9.0
_LATER_SHARE = 0.32
_MAX_FOR_LABELS = 0.42
_MAX_FOR_BRIEF_LABELS = 0.46
_MAX_FOR_GHOSTS = 0.36


@dataclass(frozen=True)
class LineStyle:
    """A role of the theme and a dash pattern."""

    role: str
    dashes: Qt.PenStyle

    @classmethod
    def of(cls, number: int, frozen: bool = False) -> LineStyle:
        """The style of the n-th line."""
        if frozen:
            return cls("frozen", Qt.PenStyle.DotLine)
        return cls(_ROLES[number % len(_ROLES)], _STYLES[number // len(_ROLES) % len(_STYLES)])


@dataclass(frozen=True)
class Line:
    """One line, in plot coordinates: x (n,), and low, mean and high (n,) of what a point sums up.

    ``brief`` is the label where there is little room; ``now`` is the height at the current step.
    A name that is still too long is cut; a figure is left out, as half of one says a wrong number.
    """

    label: str
    brief: str
    style: LineStyle
    now: float
    x: Floats
    low: Floats
    mean: Floats
    high: Floats
    brief_is_figure: bool = False


@dataclass(frozen=True)
class _Shape:
    """A line in pixels, and the band around it where points stand for several steps.

    One whose band is wide at most of its points is noisy, and drawn thin.
    """

    style: LineStyle
    x: Floats
    y: Floats
    band: QPolygonF | None
    noisy: bool


class StepPicture(Picture):
    """Lines over steps, paler after the current one, each with its label at the right end.

    ``ghosts`` are lines of other runs, beneath them.
    ``levels`` are lines of one height, -inf for one below any: of what is the same at each step.
    """

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self.lines: Sequence[Line] = ()
        self.ghosts: Sequence[Ghost] = ()
        self.levels: Sequence[Line] = ()
        self.position = 0
        self.length = 0
        self.x_ticks: Sequence[Tick] = ()
        self.y_ticks: Sequence[Tick] = ()
        self._brief = False
        self._room = self._room_for_ghosts = math.inf

    def draw(self, painter: QPainter) -> None:
        theme, plot = look.theme, self.plot
        area = plot.area
        draw_y_ticks(painter, plot, self.y_ticks)
        draw_x_ticks(painter, plot, self.x_ticks)
        painter.setPen(QPen(shade("outline"), theme.line))
        base = round(area.bottom()) + 0.5
        painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base))
        now = plot.x_px(self.position)
        wide = area.adjusted(-6, -6, 6, 6)
        painter.setClipRect(wide)
        if area.left() - 1 <= now <= area.right() + 1:
            painter.setPen(QPen(shade("accent", 0.45), 1))
            at = round(now) + 0.5
            painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        draw_ghosts(painter, plot, self.ghosts)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_levels(painter)
        shapes = [self._shape(line) for line in self.lines if len(line.x)]
        cut = min(max(now, wide.left()), wide.right())
        if self.position < self.length:
            painter.setClipRect(QRectF(QPointF(cut, wide.top()), wide.bottomRight()))
            for shape in shapes:
                self._draw_line(painter, shape, _LATER_SHARE)
        painter.setClipRect(QRectF(wide.topLeft(), QPointF(cut + 1, wide.bottom())))
        for shape in shapes:
            self._draw_line(painter, shape, 1.0)
        painter.setClipRect(wide)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            painter.setPen(QPen(shade("panel"), 1))
            painter.setBrush(shade(line.style.role))
            painter.drawEllipse(QPointF(now, plot.y_px(line.now)), *(theme.px(3.8),) * 2)
        painter.setClipping(False)
        self._draw_labels(painter)

    def _draw_levels(self, painter: QPainter) -> None:
        area = self.plot.area
        for level in self.levels:
            height = self.plot.y_px(level.now)
            if area.top() - 1 <= height <= area.bottom() + 1:
                pen = QPen(shade(level.style.role), look.theme.line)
                pen.setDashPattern(_LEVEL_DASHES)
                painter.setPen(pen)
                at = round(height) + 0.5
                painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))

    # -- lines --------------------------------------------------------------------------

    def _shape(self, line: Line) -> _Shape:
        plot = self.plot
        x, y = plot.x_pixels(line.x), plot.y_pixels(line.mean)
        band, noisy = None, False
        if np.any(line.high > line.low):
            low, high = plot.y_pixels(line.low), plot.y_pixels(line.high)
            around = np.concatenate([low, high[::-1]])
            band = arrayToQPolygonF(np.concatenate([x, x[::-1]]), around)
            noisy = 2 * int(np.count_nonzero(low - high > _NOISY_PX)) > len(low)
        return _Shape(line.style, x, y, band, noisy)

    def _draw_line(self, painter: QPainter, shape: _Shape, share: float) -> None:
        theme = look.theme
        role = shape.style.role
        color = shade(role, share)
        if shape.band is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade(role, 0.25 * share))
            painter.drawPolygon(shape.band)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 1.0 if shape.noisy else 1.8
        painter.setPen(QPen(QBrush(color), wide * theme.line, shape.style.dashes))
        draw_polyline(painter, shape.x, shape.y, self.plot.area)
        spacing = self.plot.area.width() / self.plot.view.width
        if spacing >= _DOT_ROOM_PX and shape.style.dashes != Qt.PenStyle.DotLine:
            self._draw_dots(painter, shape, color)

    def _draw_dots(self, painter: QPainter, shape: _Shape, color: QColor) -> None:
        """A dot for each step, where there is room for them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        radius = look.theme.px(2.4)
        for x, y in zip(shape.x, shape.y, strict=True):
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- labels -------------------------------------------------------------------------

    def labels_width(self) -> float:
        """Pixels that the labels need at the right; where that is too much, brief ones do.

        The lines keep a share of the width also beside a very long name: it is cut short.
        """
        self._brief, self._room = False, math.inf
        wide = self._widest_label()
        if wide > _MAX_FOR_LABELS * self.plot.width():
            self._brief, self._room = True, _MAX_FOR_BRIEF_LABELS * self.plot.width()
            wide = self._widest_label()
        if self.ghosts:
            self._room_for_ghosts = max(wide, _MAX_FOR_GHOSTS * self.plot.width())
            letters = _ghost_letters()
            ghosts = max(letters.width(self._ghost_label(one)) for one in self.ghosts)
            wide = max(wide, ghosts + mark_width())
        # In coarse steps, so that the width of the plot does not change with every figure.
        coarse = look.theme.px(16)
        return math.ceil((wide + look.theme.px(14)) / coarse) * coarse

    def _widest_label(self) -> float:
        letters = _label_letters()
        return max((letters.width(self._label(line)) for line in self._labelled), default=0.0)

    def _label(self, line: Line) -> str:
        if not self._brief:
            return line.label
        letters = _label_letters()
        if letters.width(line.brief) <= self._room:
            return line.brief
        if line.brief_is_figure:
            return ""
        return letters.metrics.elidedText(line.brief, Qt.TextElideMode.ElideRight, self._room)

    def _ghost_label(self, ghost: Ghost) -> str:
        letters = _ghost_letters()
        if letters.width(ghost.label) <= self._room_for_ghosts:
            return ghost.label
        elide = letters.metrics.elidedText
        return elide(ghost.brief, Qt.TextElideMode.ElideRight, self._room_for_ghosts)

    def label_rows(self) -> list[tuple[str, LineStyle | GhostStyle | None, float, float]]:
        """Text, style, end of the line and middle of the label, in pixels, from the top down.

        Labels never overlap; where not all fit, the last one says how many are left out. Those
        are ghosts first, and then lines that run close to another one: the highest and the lowest
        of either are always named.
        """
        top, bottom = self.plot.area.top(), self.plot.area.bottom()
        height = _label_letters().metrics.capHeight() + look.theme.px(6)
        fitting = max(1, int((bottom - top) / height) + 1)
        lines = self._labelled
        ghosts = [ghost for ghost in self.ghosts if len(ghost.x)]
        left_out = 0
        if len(lines) + len(ghosts) > fitting:
            n_lines = min(len(lines), fitting - 1)
            lines, without = _some([self._end(one) for one in lines], lines, n_lines)
            ends_of_ghosts = [self._ghost_end(one) for one in ghosts]
            ghosts, more = _some(ends_of_ghosts, ghosts, fitting - 1 - n_lines)
            left_out = without + more
        named: list[tuple[float, str, LineStyle | GhostStyle]] = [
            *((self._end(line), self._label(line), line.style) for line in lines),
            *((self._ghost_end(one), self._ghost_label(one), one.style) for one in ghosts),
        ]
        named = [(min(max(end, top), bottom), text, style) for end, text, style in named]
        named.sort(key=lambda label: label[0])
        last_row = bottom - height if left_out else bottom
        rows = apart([end for end, *_ in named], height, top, max(top, last_row))
        labels: list[tuple[str, LineStyle | GhostStyle | None, float, float]] = [
            (text, style, end, row) for (end, text, style), row in zip(named, rows, strict=True)
        ]
        return [*labels, (f"+{left_out}", None, bottom, bottom)] if left_out else labels

    def _ghost_end(self, ghost: Ghost) -> float:
        """Where a ghost leaves the area, in pixels."""
        return self.plot.y_px(float(np.interp(self.plot.view.right, ghost.x, ghost.y)))

    @property
    def _labelled(self) -> list[Line]:
        return [*(line for line in self.lines if len(line.x)), *self.levels]

    def _end(self, line: Line) -> float:
        """Where a line leaves the area, in pixels."""
        if not len(line.x):
            return self.plot.y_px(line.now)
        return self.plot.y_px(float(np.interp(self.plot.view.right, line.x, line.mean)))

    def _draw_labels(self, painter: QPainter) -> None:
        theme, letters = look.theme, _label_letters()
        painter.setFont(letters.font)
        edge = self.plot.area.right()
        left = edge + theme.px(11)
        for text, style, end, row in self.label_rows():
            role = style.role if style else "muted"
            if abs(end - row) > 2.0:
                painter.setPen(QPen(shade(role, 0.5), 1))
                painter.drawLine(QPointF(edge + theme.px(3), end), QPointF(left - theme.px(2), row))
            if isinstance(style, GhostStyle):
                draw_mark(painter, style, QPointF(left + mark_width() / 2 - theme.px(2), row))
                painter.setFont(_ghost_letters().font)
                painter.setPen(shade(role))
                painter.drawText(QPointF(left + mark_width(), row + letters.half_cap), text)
                painter.setFont(letters.font)
                continue
            painter.setPen(shade(role))
            painter.drawText(QPointF(left, row + letters.half_cap), text)


def _some(places: Sequence[float], of: list[Any], n: int) -> tuple[list[Any], int]:
    """The n that tell most about where all are, and how many are left out."""
    if len(of) <= n:
        return of, 0
    return [of[at] for at in far_apart(places, n)] if n > 0 else [], len(of) - max(0, n)


def far_apart(places: Sequence[float], n: int) -> list[int]:
    """Which n of the places tell most about where they all are, as rising indices.

    That is the lowest and the highest one, and then always the one farthest from all so far.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    chosen = [order[0], order[-1]][: min(n, len(order))]
    left = [at for at in range(len(places)) if at not in chosen]
    while len(chosen) < n and left:
        farthest = max(left, key=lambda at: min(abs(places[at] - places[k]) for k in chosen))
        chosen.append(farthest)
        left.remove(farthest)
    return sorted(chosen)


def apart(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Rising places moved as little as needed to lie at least ``distance`` apart in low..high.

    Neighbours that touch are moved as one block, centred on what they label. Where there is
    no room for all, they are spread evenly.
    """
    n = len(places)
    if n > 1 and (n - 1) * distance > high - low:
        return [low + (high - low) * at / (n - 1) for at in range(n)]
    blocks: list[list[float]] = []  # the places of a block, as if each stood alone
    for at, place in enumerate(places):
        blocks.append([place - at * distance])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1].extend(last)
    top = high - (n - 1) * distance
    moved = [min(max(_mean(block), low), top) for block in blocks for _ in block]
    return [place + at * distance for at, place in enumerate(moved)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _label_letters() -> Lettering:
    return lettering(0.92, QFont.Weight.DemiBold)


def _ghost_letters() -> Lettering:
    return lettering(0.92)
