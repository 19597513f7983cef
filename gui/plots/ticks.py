"""Ticks of a plot: which numbers are written at its sides, and how."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from gui.look.painting import Lettering, lettering, shade
from gui.look.theme import look
from gui.plots.plot import Plot
from model.door import written


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what is written there."""

    value: float
    text: str


def linear_ticks(low: float, high: float, most: int, whole: bool = False) -> list[Tick]:
    """Up to ``most`` round numbers in low..high; only whole ones if asked."""
    if not high > low or most < 1:
        return []
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 5, 10, 20) if _count(low, high, power * nice, most))
    if whole:
        step = max(1.0, step)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [Tick(n * step, _tick_text(n, step)) for n in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Up to ``most`` powers of ten; low and high are logarithms to base 10."""
    if not high > low or most < 1:
        return []
    stride = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if _count(low, high, s, most))
    first, last = math.ceil(low / stride), math.floor(high / stride)
    return [Tick(n * stride, _power_text(n * stride)) for n in range(first, last + 1)]


def _count(low: float, high: float, step: float, most: int) -> bool:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1 <= most


def _tick_text(multiple: int, step: float) -> str:
    value = multiple * step
    if multiple == 0:
        return "0"
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if abs(value) < 1e6 and decimals <= 6:
        text = f"{value:,.{decimals}f}"
    else:
        figures = max(0, math.floor(math.log10(abs(value))) - math.floor(math.log10(step)))
        mantissa, _, power = f"{value:.{min(figures, 15)}e}".partition("e")
        text = f"{mantissa}e{int(power)}"
    return written(text).replace("-", "\u2212")


def _power_text(power: int) -> str:
    if -3 <= power <= 5:
        return written(f"{10.0**power:,.{max(0, -power)}f}")
    return f"1e{power}".replace("-", "\u2212")


def draw_x_ticks(painter: QPainter, plot: Plot, ticks: Sequence[Tick]) -> None:
    """Write ticks under the area of a plot; one that would touch its neighbour is left out."""
    theme = look.theme
    letters = _letters()
    painter.setFont(letters.font)
    painter.setPen(shade("muted"))
    baseline = plot.area.bottom() + letters.metrics.ascent() + theme.px(4)
    end = -math.inf
    for tick in ticks:
        width = letters.width(tick.text)
        left = plot.x_px(tick.value) - width / 2
        left = max(1.0, min(left, plot.width() - width - 1.0))
        if left > end + theme.px(6):
            painter.drawText(QPointF(left, baseline), tick.text)
            end = left + width


def draw_y_ticks(painter: QPainter, plot: Plot, ticks: Sequence[Tick]) -> None:
    """Write ticks left of the area, each with a hairline across it."""
    theme = look.theme
    letters = _letters()
    painter.setFont(letters.font)
    hairline = QPen(shade("hairline"), 1)
    muted = shade("muted")
    for tick in ticks:
        y = round(plot.y_px(tick.value)) + 0.5
        painter.setPen(hairline)
        painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y))
        painter.setPen(muted)
        left = plot.area.left() - letters.width(tick.text) - theme.px(5)
        painter.drawText(QPointF(left, y + letters.half_cap), tick.text)


def tick_height() -> float:
    """Pixels that ticks under an area need."""
    return _letters().metrics.height() + look.theme.px(4)


def ticks_width(ticks: Sequence[Tick]) -> float:
    """Pixels that ticks left of an area need."""
    letters = _letters()
    return max((letters.width(tick.text) for tick in ticks), default=0.0) + look.theme.px(6)


def _letters() -> Lettering:
    return lettering(0.85)
