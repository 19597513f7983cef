"""A cloud of points as a file: a picture of pixels or of lines, or a table of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from gui.look.theme import look
from gui.pictures.png import png_of
from gui.plots.cloud.sprites import Kind
from gui.plots.cloud.view import CloudView
from model.door import say
from model.files.saving import whole_file
from model.image_space.points import Points, points_csv

ENDINGS = (".png", ".svg", ".csv")
_RATIO = 2.0
_RADIUS = 3.0


def export_cloud(
    file: Path, picture: QWidget, view: CloudView, points: Points, names: Sequence[str]
) -> None:
    """Write a file of the kind that its ending says; ``names`` are those of the kinds.

    Raises ValueError where the ending is none of them, OSError where it cannot be written.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(
            say("{file}: the name of the file ends with one of {known}",
                file=file.name, known=", ".join(ENDINGS))
        )  # fmt: skip
    made = {
        ".png": lambda: png(picture),
        ".svg": lambda: svg(view, names).encode(),
        ".csv": lambda: points_csv(points).encode(),
    }[ending]()
    with whole_file(file) as stream:
        stream.write(made)


def png(widget: QWidget) -> bytes:
    """What a widget shows, with twice as many pixels as on a usual screen."""
    pixmap = QPixmap(widget.size() * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    widget.render(pixmap)
    return png_of(pixmap)


def svg(view: CloudView, names: Sequence[str]) -> str:
    """The shown points as shapes, with what their colours stand for and the names of the axes."""
    cloud = view.cloud
    width, height, foot = view.width(), view.height(), 24
    places = np.asarray(cloud.places()[0], dtype=np.float64) / cloud.ratio
    left, top = cloud.area.left(), cloud.area.top()
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height + foot}"',
        f' viewBox="0 0 {width} {height + foot}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(', '.join(view.axis_names) or view.accessibleName())}</title>",
        f'<rect width="100%" height="100%" fill="{look.theme.panel}"/>',
    ]
    if cloud.pairs is not None:
        pieces.append(f'<g stroke="{look.theme.hairline}">')
        for one, other in cloud.pairs[cloud.shown[cloud.pairs].all(axis=1)].tolist():
            (x1, y1), (x2, y2) = places[one], places[other]
            pieces.append(
                f'<line x1="{left + x1:.1f}" y1="{top + y1:.1f}" '
                f'x2="{left + x2:.1f}" y2="{top + y2:.1f}"/>'
            )
        pieces.append("</g>")
    for number, kind in enumerate(cloud.kinds):
        rows = np.flatnonzero(cloud.shown & (cloud.which == number))
        if len(rows):
            pieces.append(f'<g fill="{kind.color}">')
            pieces += [
                _shape(kind, left + x, top + y)
                for x, y in places[rows].tolist()
                if 0 <= x <= cloud.area.width() and 0 <= y <= cloud.area.height()
            ]
            pieces.append("</g>")
    at = 8.0
    for kind, name in zip(cloud.kinds, names, strict=False):
        pieces.append(f'<g fill="{kind.color}">{_shape(kind, at + 4, height + 12)}</g>')
        pieces.append(
            f'<text x="{at + 12:.1f}" y="{height + 16}" fill="{look.theme.ink}">'
            f"{escape(name)}</text>"
        )
        at += 24 + 7 * len(name)
    if view.axis_names:
        pieces.append(
            f'<text x="{width - 8}" y="{height + 16}" text-anchor="end" '
            f'fill="{look.theme.muted}">{escape(", ".join(view.axis_names))}</text>'
        )
    return "\n".join([*pieces, "</svg>", ""])


def _shape(kind: Kind, x: float, y: float) -> str:
    r = _RADIUS
    if kind.shape == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    if kind.shape == "ring":
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="none" stroke="{kind.color}" '
            f'stroke-width="1.5"/>'
        )
    if kind.shape == "cross":
        return (
            f'<path d="M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}" '
            f'stroke="{kind.color}" stroke-width="1.5"/>'
        )
    corners = {
        "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
        "triangle": ((0, -r), (r, r), (-r, r)),
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
    }[kind.shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}"/>'
