"""Paints what Qt can paint into an SVG text: clipped, images cut out, text as shapes.

Qt's own generator (QtSvg) leaves out what an image is cut out of, and relies on the fonts of
whoever looks at it.
"""

from __future__ import annotations

import base64
import math
from hashlib import blake2b
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QImageWriter,
    QLinearGradient,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QPolygonF,
    QTextItem,
    QTransform,
)

from gui.exports.svg_text import (
    attributes,
    color,
    linear_gradient,
    matrix,
    number,
    opacity,
    outline,
    path_data,
    readable,
    safe_text,
    stroke,
)

_DPI = 96
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
# An image with sharp edges has at least so many dots to a pixel, and at most so many a side.
_DOTS, _MOST_DOTS = 2, 2000


class SvgPage(QPaintDevice):
    """A page that is painted on; ``text`` is what came of it, once painting has ended.

    ``ratio`` is how many dots of an image there are to a pixel where one is made for the page.
    """

    def __init__(self, size: QSize, title: str) -> None:
        super().__init__()
        self._size = size
        self._title = title
        self._engine = _Engine(QRectF(0, 0, size.width(), size.height()))

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        width, height = self._size.width(), self._size.height()
        return {
            kinds.PdmWidth: width,
            kinds.PdmHeight: height,
            kinds.PdmWidthMM: round(width * _MM_PER_INCH / _DPI),
            kinds.PdmHeightMM: round(height * _MM_PER_INCH / _DPI),
            kinds.PdmNumColors: 2**24,
            kinds.PdmDepth: 32,
            kinds.PdmDpiX: _DPI,
            kinds.PdmDpiY: _DPI,
            kinds.PdmPhysicalDpiX: _DPI,
            kinds.PdmPhysicalDpiY: _DPI,
            kinds.PdmDevicePixelRatio: 1,
            kinds.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }.get(metric, 0)

    @property
    def text(self) -> str:
        """The SVG."""
        width, height = self._size.width(), self._size.height()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
            f"<title>{safe_text(self._title)}</title>\n{self._engine.text()}</svg>\n"
        )


class _Engine(QPaintEngine):
    """Writes an element for everything that is drawn."""

    def __init__(self, page: QRectF) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._page = page
        self._defined: list[str] = []
        self._drawn: list[str] = []
        # Names of what was defined before, by what it is.
        self._names: dict[object, str] = {}
        self._clip = ""

    def text(self) -> str:
        """All elements, what they refer to first."""
        closing = "</g>\n" if self._clip else ""
        return "".join([f"<defs>\n{''.join(self._defined)}</defs>\n", *self._drawn, closing])

    # -- what Qt asks for; the types of what it hands over differ --------------------------------

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        """All of it is asked of the painter when something is drawn."""

    def drawPath(self, path: QPainterPath) -> None:
        self._draw(path, filled=True)

    def drawPolygon(self, points: Any, mode: QPaintEngine.PolygonDrawMode) -> None:
        is_line = mode == QPaintEngine.PolygonDrawMode.PolylineMode
        path = outline([QPointF(point) for point in points], closed=not is_line)
        if mode == QPaintEngine.PolygonDrawMode.WindingMode:
            path.setFillRule(Qt.FillRule.WindingFill)
        self._draw(path, filled=not is_line)

    def drawLines(self, lines: Any) -> None:
        path = QPainterPath()
        for line in lines:
            exact = QLineF(line)
            path.moveTo(exact.p1())
            path.lineTo(exact.p2())
        self._draw(path, filled=False)

    def drawRects(self, rects: Any) -> None:
        for rect in rects:
            path = QPainterPath()
            path.addRect(QRectF(rect))
            self._draw(path, filled=True)

    def drawEllipse(self, rect: Any) -> None:
        path = QPainterPath()
        path.addEllipse(QRectF(rect))
        self._draw(path, filled=True)

    def drawPoints(self, points: Any) -> None:
        path = QPainterPath()
        for point in points:
            path.moveTo(QPointF(point))
            # A line of no length has its caps alone, which is a point.
            path.lineTo(QPointF(point) + QPointF(0.01, 0))
        self._draw(path, filled=False)

    def drawImage(self, rect: Any, image: QImage, source: Any, flags: Any = None) -> None:
        self._place(QRectF(rect), image, QRectF(source))

    def drawPixmap(self, rect: Any, pixmap: Any, source: Any) -> None:
        self._place(QRectF(rect), pixmap.toImage(), QRectF(source))

    def drawTiledPixmap(self, rect: Any, pixmap: Any, offset: Any) -> None:
        area, shift = QRectF(rect), QPointF(offset)
        brush = QBrush(pixmap)
        brush.setTransform(QTransform.fromTranslate(area.x() - shift.x(), area.y() - shift.y()))
        path = QPainterPath()
        path.addRect(area)
        shape = f"<path{attributes(d=path_data(path))}{self._fill(brush)}"
        self._element(shape, self.painter().deviceTransform())

    def drawTextItem(self, point: Any, item: QTextItem) -> None:
        """Text as the outlines of its letters: the font may not be there where it is looked at."""
        text = item.text()
        if not text.strip():
            return
        painter, at = self.painter(), QPointF(point)
        pen = painter.pen().color()
        name = self._letters(text, item.font())
        place = QTransform.fromTranslate(at.x(), at.y()) * painter.deviceTransform()
        style = attributes(
            fill=color(pen), fill_opacity=opacity(pen.alphaF()), aria_label=readable(text)
        )
        self._element(f'<use role="img" xlink:href="#{name}"{style}', place)

    def _letters(self, text: str, font: QFont) -> str:
        """The outlines of a text that begins at the origin."""
        if font.pixelSize() <= 0:
            font = QFont(font)
            font.setPixelSize(round(font.pointSizeF() * _DPI / _POINTS_PER_INCH))
        path = QPainterPath()
        path.addText(QPointF(), font, text)
        shape = f'<path id="{{}}" d="{path_data(path)}"/>\n'
        return self._define((text, font.key()), shape)

    # -- elements ------------------------------------------------------------------------------

    def _element(self, opening: str, transform: QTransform, closing: str = "/>") -> None:
        """Write an element within the clip that is in force."""
        self._clip_as_it_is()
        more = attributes(transform=matrix(transform), opacity=opacity(self.painter().opacity()))
        self._drawn.append(f"{opening}{more}{closing}\n")

    def _draw(self, path: QPainterPath, filled: bool) -> None:
        painter = self.painter()
        pen, brush = painter.pen(), painter.brush()
        fill = self._fill(brush) if filled else ' fill="none"'
        line = stroke(pen)
        if not line and fill == ' fill="none"':
            return
        transform = painter.deviceTransform()
        if line and not painter.testRenderHint(QPainter.RenderHint.Antialiasing):
            # Qt then fills whole pixels, of which the path has the upper left corners.
            path = path.translated(0.5, 0.5)
        pattern = brush.style() not in (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush)
        if (pen.isCosmetic() or not line) and not pattern:
            # The pen is as wide as it is, however large what it draws is shown.
            path, transform = transform.map(path), QTransform()
        rule = None if path.fillRule() == Qt.FillRule.WindingFill else "evenodd"
        self._element(
            f"<path{attributes(d=path_data(path), fill_rule=rule)}{fill}{line}", transform
        )

    def _fill(self, brush: QBrush) -> str:
        style = brush.style()
        if style == Qt.BrushStyle.NoBrush:
            return ' fill="none"'
        gradient = brush.gradient()
        if isinstance(gradient, QLinearGradient):
            text = linear_gradient("{}", gradient)
            return f' fill="url(#{self._define(text, text)})"'
        if style == Qt.BrushStyle.TexturePattern:
            return f' fill="url(#{self._pattern(brush)})"'
        shade = brush.color()
        return attributes(fill=color(shade), fill_opacity=opacity(shade.alphaF()))

    def _pattern(self, brush: QBrush) -> str:
        image = brush.textureImage()
        size = attributes(width=number(image.width()), height=number(image.height()))
        place = attributes(patternTransform=matrix(brush.transform()))
        text = (
            f'<pattern id="{{}}" patternUnits="userSpaceOnUse"{size}{place}>'
            f'<use xlink:href="#{self._image(image)}"/></pattern>\n'
        )
        return self._define(text, text)

    def _place(self, rect: QRectF, image: QImage, source: QRectF) -> None:
        if image.isNull() or source.isEmpty() or rect.isEmpty():
            return
        part = image.copy(source.toAlignedRect())
        # The image without what an image of a dense screen says of its size.
        part.setDevicePixelRatio(1)
        if not self.painter().testRenderHint(QPainter.RenderHint.SmoothPixmapTransform):
            part = _enlarged(part, rect)
        transform = self.painter().deviceTransform()
        onto = QTransform.fromTranslate(rect.x(), rect.y())
        onto.scale(rect.width() / part.width(), rect.height() / part.height())
        self._element(f'<use xlink:href="#{self._image(part)}"', onto * transform)

    def _image(self, image: QImage) -> str:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        content = bytes(buffer.data().data())
        size = attributes(width=str(image.width()), height=str(image.height()))
        text = (
            f'<image id="{{}}"{size} preserveAspectRatio="none" '
            f'xlink:href="data:image/png;base64,{base64.b64encode(content).decode()}"/>\n'
        )
        return self._define(blake2b(content).digest(), text)

    def _define(self, key: object, text: str) -> str:
        """The name of something that is defined once; ``text`` has a slot for it."""
        if key not in self._names:
            self._names[key] = f"d{len(self._names)}"
            self._defined.append(text.replace("{}", self._names[key], 1))
        return self._names[key]

    # -- clips ---------------------------------------------------------------------------------

    def _clip_as_it_is(self) -> None:
        """Open and close groups so that what follows is clipped as it has to be."""
        name = self._clip_name()
        if name != self._clip:
            closing = "</g>\n" if self._clip else ""
            opening = f'<g clip-path="url(#{name})">\n' if name else ""
            self._drawn.append(closing + opening)
            self._clip = name

    def _clip_name(self) -> str:
        painter = self.painter()
        clip: QPainterPath | None = None
        if painter.hasClipping():
            clip = painter.deviceTransform().map(painter.clipPath())
        # A widget is cut off at the edges of those that it lies in.
        region = self.systemClip()
        if not region.isEmpty():
            of_widget = QPolygonF(QRectF(region.boundingRect()))
            path = QPainterPath()
            path.addPolygon(of_widget)
            if region.rectCount() > 1:
                path = QPainterPath()
                path.addRegion(region)
            clip = path if clip is None else clip.intersected(path)
        if clip is None or clip.contains(self._page):
            return ""
        text = f'<clipPath id="{{}}"><path d="{path_data(clip)}"/></clipPath>\n'
        return self._define(text, text)


def _enlarged(image: QImage, rect: QRectF) -> QImage:
    """An image whose dots are to be seen as squares, with so many dots that they are.

    Not everything that shows SVG can be told to leave the edges between them sharp.
    """
    times = math.ceil(_DOTS * max(rect.width() / image.width(), rect.height() / image.height()))
    times = min(times, _MOST_DOTS // max(image.width(), image.height()))
    return image.scaled(image.size() * times) if times > 1 else image
