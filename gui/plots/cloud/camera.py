"""From coordinates to pixels of the device: a plane that is moved and zoomed, a cube that turns."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

# Coordinates and pixels in the precision that is enough for a picture, mostly float32.
Places = NDArray[np.floating[Any]]

_MAX_ZOOM, _MIN_ZOOM = 400.0, 0.2
_ROOM = 0.96  # of the area, that the points take when they fit


@dataclass(frozen=True)
class Camera:
    """What of the space is seen.

    ``middle`` (2 or 3 numbers) is the point in the middle of the area; ``extent`` the data units
    along the horizontal and the vertical that fill the area without zoom; ``zoom`` how many times
    as close it is; ``shift`` how far the picture was moved, as shares of the area; ``turn`` and
    ``tilt`` of three dimensions in degrees. With ``square`` a unit is as long across as upwards.
    """

    middle: tuple[float, ...] = (0.0, 0.0)
    extent: tuple[float, float] = (1.0, 1.0)
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    turn: float = 30.0
    tilt: float = 20.0
    square: bool = False

    @property
    def zoomed(self) -> bool:
        """Whether the part of the space was chosen by hand."""
        return self.zoom != 1.0 or self.shift != (0.0, 0.0)

    @property
    def in_space(self) -> bool:
        """Whether there are three dimensions."""
        return len(self.middle) == 3

    def closer(self, times: float, at: tuple[float, float] = (0.0, 0.0)) -> Camera:
        """Zoomed, with what is at a place (shares of the area from its middle) staying there."""
        zoom = min(max(self.zoom * times, _MIN_ZOOM), _MAX_ZOOM)
        times = zoom / self.zoom
        shift = tuple(at[k] + (self.shift[k] - at[k]) * times for k in (0, 1))
        return replace(self, zoom=zoom, shift=(shift[0], shift[1]))

    def moved(self, right: float, down: float) -> Camera:
        """The picture moved by shares of the area."""
        x, y = self.shift[0] + right, self.shift[1] + down
        most = 2.0 * max(1.0, self.zoom)
        return replace(self, shift=(min(max(x, -most), most), min(max(y, -most), most)))

    def turned(self, turn: float, tilt: float) -> Camera:
        """Turned around the vertical and tilted towards the eye, in degrees."""
        tilted = min(max(self.tilt + tilt, -90.0), 90.0)
        return replace(self, turn=(self.turn + turn + 180.0) % 360.0 - 180.0, tilt=tilted)

    def fitted(self) -> Camera:
        """Without zoom and shift."""
        return replace(self, zoom=1.0, shift=(0.0, 0.0))

    def matrix(self) -> Floats:
        """Rows that take coordinates less the middle to right, up and towards the eye."""
        if not self.in_space:
            return np.eye(2)
        a, b = math.radians(self.turn), math.radians(self.tilt)
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        # x to the right, y up, z towards the eye; first around y, then around the horizontal.
        return np.array([[ca, 0.0, sa], [sa * sb, cb, -ca * sb], [-sa * cb, sb, ca * cb]])

    def scales(self, width: float, height: float) -> tuple[float, float]:
        """Pixels a data unit, to the right and up."""
        across, up = self.extent
        sx, sy = width * _ROOM * self.zoom / across, height * _ROOM * self.zoom / up
        return (min(sx, sy),) * 2 if self.square else (sx, sy)

    def to_pixels(
        self, points: Places, width: float, height: float
    ) -> tuple[Places, Places | None]:
        """Columns and rows (n, 2) of points (n, 2 or 3) in an area, and how near they are (n,)."""
        rows = self.matrix()
        sx, sy = self.scales(width, height)
        rows[0] *= sx
        rows[1] *= -sy
        offset = rows @ np.array(self.middle)
        corner = (
            width * (0.5 + self.shift[0]) - offset[0],
            height * (0.5 + self.shift[1]) - offset[1],
        )
        # Coordinate by coordinate, and not as a product of matrices: for so small a one threads
        # would be woken that cost more than the whole of it.
        seen = np.empty((len(rows), len(points)), dtype=points.dtype)
        for at, row in enumerate(rows.astype(points.dtype)):
            np.multiply(points[:, 0], row[0], out=seen[at])
            for factor, column in zip(row[1:], points.T[1:], strict=True):
                if factor:
                    seen[at] += factor * column
        seen[0] += points.dtype.type(corner[0])
        seen[1] += points.dtype.type(corner[1])
        return seen[:2].T, seen[2] if self.in_space else None

    def to_data(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """The point of the plane at a pixel; of two dimensions only."""
        sx, sy = self.scales(width, height)
        return (
            self.middle[0] + (x - width * (0.5 + self.shift[0])) / sx,
            self.middle[1] - (y - height * (0.5 + self.shift[1])) / sy,
        )


# An axis reaches over so much of its numbers at the least.
_MIN_SHARE = 0.01


def camera_for(points: Places, square: bool, before: Camera | None = None) -> Camera:
    """A camera that sees all points, (n, 2 or 3).

    It is turned, zoomed and moved as the one before, where that had as many dimensions.
    """
    n, dims = points.shape
    if n:
        low, high = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    else:
        low, high = np.zeros(dims), np.ones(dims)
    # A column of one value, but for its last digits, still has a place in the middle of its axis,
    # which then has ticks of few figures.
    least = _MIN_SHARE * np.maximum(np.abs(low), np.abs(high))
    sides = np.where(high - low > least, high - low, np.where(least > 0.0, least, 1.0))
    extent = (float(sides[0]), float(sides[1]))
    if dims == 3:
        # The diagonal of the cube is rarely seen in its whole length.
        extent = (0.88 * float(np.linalg.norm(sides)),) * 2
    middle = tuple(((low + high) / 2).tolist())
    kept = before if before is not None and len(before.middle) == dims else Camera()
    return replace(kept, middle=middle, extent=extent, square=square or dims == 3)


def following(before: Camera, wanted: Camera, share: float = 0.25) -> Camera:
    """A camera on its way to another one, for points that move.

    The scale changes by a share of the way, in proportions; but no point is ever far outside.
    """
    if len(before.middle) != len(wanted.middle):
        return wanted
    extent = [
        max(old * (new / old) ** share, new / 1.3)
        for old, new in zip(before.extent, wanted.extent, strict=True)
    ]
    size = max(extent)
    middle = tuple(
        old + (new - old) * (share if abs(new - old) < size else 1.0)
        for old, new in zip(before.middle, wanted.middle, strict=True)
    )
    return replace(wanted, middle=middle, extent=(extent[0], extent[1]))


def by_depth(near: Places) -> NDArray[np.intp]:
    """Indices from the farthest to the nearest point, (n,); those equally far in order.

    In 65,536 steps, for whole numbers of 16 bits are sorted by their digits, a tenth of the time.
    """
    low, high = float(near.min()), float(near.max())
    steps = (near - low) * (65535.0 / max(high - low, 1e-30))
    return np.argsort(steps.astype(np.uint16), kind="stable")
