"""How SVG 1.1 writes what Qt paints with: paths, pens and brushes as texts of attributes."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath, QPen, QTransform

_CAPS = {
    Qt.PenCapStyle.FlatCap: "butt",
    Qt.PenCapStyle.SquareCap: "square",
    Qt.PenCapStyle.RoundCap: "round",
}
_JOINS = {Qt.PenJoinStyle.BevelJoin: "bevel", Qt.PenJoinStyle.RoundJoin: "round"}
# What XML does not allow in a text.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """A length in few figures: two decimals are less than is seen."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def attributes(**values: str | None) -> str:
    """Attributes of an element; those without a value are left out, _ stands for -."""
    return "".join(
        f' {name.replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def safe_text(text: str) -> str:
    """A text between two tags."""
    return escape(readable(text), quote=False)


def readable(text: str) -> str:
    """A text without what XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


def path_data(path: QPainterPath) -> str:
    """The ``d`` of a path."""
    pieces = []
    for at in range(path.elementCount()):
        element = path.elementAt(at)
        letter = ""
        if element.isMoveTo():
            letter = "M"
        elif element.isLineTo():
            letter = "L"
        elif element.isCurveTo():
            letter = "C"
        # The two points after the first one of a curve have a type of their own.
        pieces.append(f"{letter}{number(element.x)} {number(element.y)}")
    return " ".join(pieces)


def matrix(transform: QTransform) -> str | None:
    """The ``transform`` that a transform is; None where it changes nothing."""
    if transform.isIdentity():
        return None
    cells = (
        transform.m11(), transform.m12(), transform.m21(), transform.m22(), transform.dx(),
        transform.dy(),
    )  # fmt: skip
    return f"matrix({' '.join(f'{cell:.6g}' for cell in cells)})"


def color(value: QColor) -> str:
    """A colour without its opacity."""
    return value.name(QColor.NameFormat.HexRgb)


def opacity(value: float) -> str | None:
    """An opacity; None where it is full."""
    return None if value >= 1 else f"{value:.3g}"


def stroke(pen: QPen) -> str:
    """The attributes of what is drawn with a pen."""
    if pen.style() == Qt.PenStyle.NoPen:
        return ""
    width = max(pen.widthF(), 1.0) if pen.widthF() == 0 else pen.widthF()
    dashes = None
    if pen.style() != Qt.PenStyle.SolidLine:
        dashes = " ".join(number(dash * max(width, 1.0)) for dash in pen.dashPattern())
    return attributes(
        stroke=color(pen.color()),
        stroke_opacity=opacity(pen.color().alphaF()),
        stroke_width=number(width),
        stroke_dasharray=dashes,
        stroke_dashoffset=number(pen.dashOffset() * width) if dashes and pen.dashOffset() else None,
        stroke_linecap=_CAPS.get(pen.capStyle()),
        stroke_linejoin=_JOINS.get(pen.joinStyle()),
    )


def linear_gradient(name: str, gradient: QLinearGradient) -> str:
    """The definition of a gradient along a line, in the coordinates of what it fills."""
    start, stop = gradient.start(), gradient.finalStop()
    stops = "".join(_stop(at, shade) for at, shade in gradient.stops())
    ends = (("x1", start.x()), ("y1", start.y()), ("x2", stop.x()), ("y2", stop.y()))
    places = "".join(f' {key}="{number(value)}"' for key, value in ends)
    return (
        f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse"{places}>{stops}'
        "</linearGradient>"
    )


def _stop(at: float, shade: QColor) -> str:
    more = attributes(
        offset=number(at), stop_color=color(shade), stop_opacity=opacity(shade.alphaF())
    )
    return f"<stop{more}/>"


def outline(points: list[QPointF], closed: bool) -> QPainterPath:
    """The path through points."""
    path = QPainterPath()
    for place, point in enumerate(points):
        if place:
            path.lineTo(point)
        else:
            path.moveTo(point)
    if closed:
        path.closeSubpath()
    return path
