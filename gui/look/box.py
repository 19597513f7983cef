"""Rectangles in whole pixels, for layouts that know nothing of Qt."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle: left, top, width and height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """Where the box ends; the first column that is no longer part of it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below the box."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """Height of the horizontal line through its centre."""
        return self.y + self.h / 2

    def moved(self, dx: int, dy: int) -> Box:
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def without_left(self, width: int) -> Box:
        """What remains when a strip is taken from the left."""
        return Box(self.x + width, self.y, self.w - width, self.h)

    def united(self, other: Box) -> Box:
        """The smallest box that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def cut(self, other: Box) -> Box:
        """The part that lies inside another box; of width or height 0 where there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        w, h = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Box(x, y, max(0, w), max(0, h))


def pixel_box(x: float, y: float, w: float, h: float, scale: float = 1.0) -> Box:
    """The box in whole pixels; boxes that only touched still do not overlap."""
    left, top = round(x * scale), round(y * scale)
    return Box(left, top, round((x + w) * scale) - left, round((y + h) * scale) - top)
