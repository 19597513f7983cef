"""Where the parts of an output's card lie, and what is drawn once and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from gui.look.image_colors import on_paper
from gui.look.painting import fitting_scale, lettering
from gui.look.theme import look
from model.door import say
from model.network import Mask
from model.words.numbers import sign_role

# Size of the small type, relative to the theme's.
_SMALL = 0.86
_NAME_TYPES = (
    (1.05, QFont.Weight.Bold), (0.9, QFont.Weight.Bold), (0.78, QFont.Weight.DemiBold),
)  # fmt: skip
# What is left free of the line of the name for the target.
_TARGET_WIDTH = 20
_MIN_IMAGE = 26
_MIN_WIDTH = 62
# In less room than this for all cards, what is left over around the images goes to them.
_WIDTH_FOR_MARGINS, _HEIGHT_FOR_MARGINS = 480, 400
_COMFORTABLE_WIDTH = 124
# From this width of a card on, delta stands beside the score and not below it.
_WIDTH_FOR_ONE_LINE = 164
# A line of pixels as wide as the next looks better than a somewhat larger image.
_MAX_LOST_TO_WHOLE_PIXELS = 0.12
_TEXT_INSET = 5
_HATCH = 6
_DOT = 2
_ROLES = ("ink", "muted", "accent", "accent_wash", "hairline", "positive", "negative")


@dataclass(frozen=True)
class CardLayout:
    """The parts of a card of one size, in pixels; ``name`` is the line above the image."""

    size: QSize
    frame: QRectF
    name: QRectF
    image: QRect
    bar: QRectF
    pred: QRectF
    delta: QRectF

    @cached_property
    def changing(self) -> QRect:
        """The part that differs from frame to frame while a run is on."""
        top = self.image.top() - 2
        return QRect(
            int(self.bar.left()) - 1,
            top,
            int(self.bar.width()) + 2,
            int(self.delta.bottom()) - top + 1,
        )


@dataclass(frozen=True)
class _Spaces:
    """What surrounds the image on a card, in pixels of the light theme's type."""

    across: int
    above: int
    below: int
    padding: int
    header: int
    name_top: int
    bar_gap: int
    bar: int
    pred: int
    delta: int
    bottom: int


_ROOMY = _Spaces(3, 8, 8, 8, 29, 9, 6, 9, 21, 16, 5)
_TIGHT = _Spaces(1, 7, 1, 1, 22, 5, 3, 7, 17, 14, 3)


class CardSizes:
    """How large a card and its parts are for images of a shape, in the theme in force.

    ``room`` is what there is for all cards together.
    """

    def __init__(self, shape: tuple[int, int], ratio: float, room: QSize) -> None:
        self._rows, self._cols = shape
        self._ratio = ratio
        px = look.theme.px
        tight = room.width() < px(_WIDTH_FOR_MARGINS) or room.height() < px(_HEIGHT_FOR_MARGINS)
        self._spaces = _TIGHT if tight else _ROOMY

    def smallest(self) -> QSize:
        """The smallest card that can be read."""
        px, width = look.theme.px, look.theme.px(_MIN_WIDTH)
        cell = px(_MIN_IMAGE) / max(self._rows, self._cols)
        around = self._around(width)
        return QSize(
            max(width, round(cell * self._cols) + around.width()),
            round(cell * self._rows) + around.height(),
        )

    def cell_size(self, card: QSize) -> float:
        """How large a pixel of the image is in a card of that size."""
        around = self._around(card.width())
        width = max(1, card.width() - around.width())
        height = max(1, card.height() - around.height())
        return min(width / self._cols, height / self._rows)

    def fitted(self, most: QSize) -> QSize:
        """The size of a card without empty space, at most as large as the given one."""
        image, around = self._image_size(most), self._around(most.width())
        least = _WIDTH_FOR_ONE_LINE if self._one_line(most.width()) else _COMFORTABLE_WIDTH
        width = max(look.theme.px(least), image.width() + around.width())
        return QSize(min(width, most.width()), image.height() + around.height())

    def layout(self, card: QSize) -> CardLayout:
        """Where everything lies in a card of that size."""
        px, spaces = look.theme.px, self._spaces
        across, above = px(spaces.across), px(spaces.above)
        frame = QRectF(
            across, above, card.width() - 2 * across, card.height() - above - px(spaces.below)
        )
        padding = px(spaces.padding)
        left, width = frame.left() + padding, frame.width() - 2 * padding
        image, header = self._image_size(card), px(spaces.header)
        corner = QPointF(left + (width - image.width()) / 2, frame.top() + header).toPoint()
        top = corner.y() + image.height() + px(spaces.bar_gap)
        parts = []
        for height in (px(spaces.bar), px(spaces.pred), px(spaces.delta)):
            parts.append(QRectF(left, top, width, height))
            top += height
        # Text keeps a little away from the border, however narrow the card is.
        inset = max(0, px(_TEXT_INSET) - padding)
        name = QRectF(left, frame.top() + px(spaces.name_top), width, 0).adjusted(
            inset, 0, -inset, header - px(spaces.name_top) - px(2)
        )
        texts = [part.adjusted(inset, 0, -inset, 0) for part in parts[1:]]
        if self._one_line(card.width()):
            widest = say("delta {number}", number="−0.000")
            delta = QFontMetricsF(look.theme.font(_SMALL)).horizontalAdvance(widest)
            whole = texts[0]
            # The larger number in front gives way, with a gap, so that the two never touch.
            texts[0] = whole.adjusted(0, 0, -delta - px(_TEXT_INSET), 0)
            texts[1] = whole.adjusted(whole.width() - delta, 0, 0, 0)
        return CardLayout(card, frame, name, QRect(corner, image), parts[0], *texts)

    def _image_size(self, card: QSize) -> QSize:
        cell = self.cell_size(card)
        whole = int(cell * self._ratio) / self._ratio
        if whole > cell * (1 - _MAX_LOST_TO_WHOLE_PIXELS):
            cell = whole
        return QSize(max(1, int(cell * self._cols)), max(1, int(cell * self._rows)))

    def _one_line(self, width: int) -> bool:
        return width >= look.theme.px(_WIDTH_FOR_ONE_LINE)

    def _around(self, width: int) -> QSize:
        """What a card of that width needs beside its image."""
        px, spaces = look.theme.px, self._spaces
        parts = [
            spaces.above, spaces.below, spaces.header, spaces.bar_gap, spaces.bar, spaces.pred,
            spaces.bottom,
        ]  # fmt: skip
        if not self._one_line(width):
            parts.append(spaces.delta)
        return QSize(2 * (px(spaces.across) + px(spaces.padding)), sum(map(px, parts)))


@dataclass(frozen=True)
class Standing:
    """What a card says of its output beside the numbers."""

    says: bool = False
    labelled: bool = False
    chosen: bool = False


def _name_font(names: Sequence[str], room: float) -> QFont:
    """The largest type for names in which all of them fit a width, or else the smallest."""
    for scale, weight in _NAME_TYPES:
        font = look.theme.font(scale, weight)
        width = QFontMetricsF(font).horizontalAdvance
        if all(width(name) <= room for name in names):
            break
    return font


class CardDrawing:
    """Type, frames and the size in force, shared by all cards; made anew when any changes."""

    def __init__(self, layout: CardLayout, ratio: float, names: Sequence[str] = ()) -> None:
        theme = look.theme
        self.layout = layout
        self.ratio = ratio
        self.name_font = _name_font(names, layout.name.width() - theme.px(_TARGET_WIDTH))
        self.small_font = theme.font(_SMALL)
        self.pred_font = theme.font(1.12, QFont.Weight.DemiBold)
        self.tag_font = theme.font(0.8, QFont.Weight.DemiBold)
        self.name_metrics = QFontMetricsF(self.name_font)
        self.small_metrics = QFontMetricsF(self.small_font)
        self.pred_metrics = QFontMetricsF(self.pred_font)
        self.tag_metrics = QFontMetricsF(self.tag_font)
        self._frames: dict[Standing, QPixmap] = {}
        self.inks = {role: theme.color(role) for role in _ROLES}
        self.image_pen = QPen(theme.color("hairline"), 1)
        self.focus_pen = QPen(theme.color("accent"), 2)
        self.tick = self._draw_tick()
        self.pred_at = _baseline(layout.pred, self.pred_font)
        self.delta_at = _baseline(layout.delta, self.small_font)

    def name_in(self, name: str, room: float) -> str:
        """As much of a name as fits a width."""
        return self.name_metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)

    def small_for(self, text: str, room: float) -> QFont:
        """The small type, or a smaller one where a number would not be whole in a width."""
        if self.small_metrics.horizontalAdvance(text) <= room:
            return self.small_font
        weight = QFont.Weight.Normal
        return lettering(fitting_scale([(text, room)], _SMALL, weight), weight).font

    def signed(self, value: float) -> QColor:
        """The colour of a number by its sign."""
        return self.inks[sign_role(value)]

    def frame(self, standing: Standing) -> QPixmap:
        """The card's ground and border."""
        pixmap = self._frames.get(standing)
        if pixmap is None:
            pixmap = self._frames[standing] = self._draw_frame(standing)
        return pixmap

    def ground(self, standing: Standing) -> QColor:
        """The colour that numbers stand on."""
        return look.theme.color("accent_wash" if standing.chosen else "panel")

    def _draw_frame(self, standing: Standing) -> QPixmap:
        theme = look.theme
        pixmap = blank(self.layout.size, self.ratio)
        pixmap.fill(theme.color("background"))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.line
        pen = QPen(theme.color("hairline"), line)
        if standing.says:
            pen = QPen(theme.color("accent"), 2 * line)
        elif standing.labelled:
            pen = QPen(theme.color("muted"), 1.4 * line, Qt.PenStyle.DashLine)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(self.ground(standing))
        box = self.layout.frame.adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.px(7), theme.px(7))
        painter.end()
        return pixmap

    def light(self, painter: QPainter, box: QRectF) -> None:
        """Light a number that has just been made."""
        theme = look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.inks["accent"], theme.line))
        painter.setBrush(self.inks["accent_wash"])
        around = theme.px(3) - 0.5
        lit = box.adjusted(-around, 0.5, around, -0.5)
        painter.drawRoundedRect(lit, theme.px(3), theme.px(3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_tick(self) -> QPixmap:
        """The dotted tick that marks the target on the score's bar."""
        # Above the bar and across it: below it stands the score.
        height = round(self.layout.bar.height()) + 3
        pixmap = blank(QSize(_DOT, height), self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        for top in range(0, height, 2 * _DOT):
            painter.fillRect(0, top, _DOT, _DOT, self.inks["ink"])
        painter.end()
        return pixmap

    def tag_width(self, text: str) -> float:
        """How wide a caption on the border is."""
        return self.tag_metrics.horizontalAdvance(text) + look.theme.px(10)

    def draw_tag(self, painter: QPainter, text: str, left: float, filled: bool) -> float:
        """Draw a caption on the upper border of the frame; returns where it ends."""
        theme = look.theme
        box = QRectF(left, 0.5, self.tag_width(text), 2 * self.layout.frame.top() - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if filled else "muted"), theme.line))
        painter.setBrush(theme.color("accent" if filled else "panel"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.color("on_accent" if filled else "ink"))
        painter.setFont(self.tag_font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.right()


class FrozenOverlays:
    """Marks on the frozen pixels of images of one shape and size, drawn once for equal masks."""

    def __init__(self, shape: tuple[int, int], size: QSize, ratio: float) -> None:
        self._shape, self._size, self._ratio = shape, size, ratio
        self._drawn: dict[bytes, QPixmap] = {}

    def of(self, mask: Mask) -> QPixmap | None:
        """The marks for a mask (n_pixels,); None where nothing is frozen."""
        if not mask.any():
            return None
        key = mask.tobytes()
        if key not in self._drawn:
            image_mask = mask.reshape(self._shape)
            self._drawn[key] = frozen_overlay(image_mask, self._size, self._ratio)
        return self._drawn[key]


def frozen_overlay(mask: Mask, size: QSize, ratio: float) -> QPixmap:
    """Teal hatching with an outline over the frozen pixels, mask (rows, cols), else nothing."""
    rows, cols = mask.shape
    pixmap = blank(size, ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    area = QRectF(0, 0, size.width(), size.height())
    painter.fillRect(area, _hatching())
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(area, _opaque_where(mask))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.scale(size.width() / cols, size.height() / rows)
    pen = QPen(on_paper("frozen"), 1.6 * look.theme.line)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawLines(list(_outline(mask)))
    painter.end()
    return pixmap


def _baseline(box: QRectF, font: QFont) -> QPointF:
    """Where a line of text in the middle of a box begins; faster to draw at than in the box."""
    metrics = QFontMetricsF(font)
    return QPointF(box.left(), round(box.center().y() + (metrics.ascent() - metrics.descent()) / 2))


def blank(size: QSize, ratio: float) -> QPixmap:
    """A pixmap of that size on a screen with so many dots a pixel."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _hatching() -> QBrush:
    """Diagonals, each of a teal line beside a white one, so that it shows on any colour."""
    n = look.theme.px(_HATCH)
    tile = QImage(n, n, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    teal, white = on_paper("frozen"), QColor(on_paper("zero"))
    white.setAlpha(190)
    for at in range(n):
        tile.setPixelColor(at, n - 1 - at, teal)
        tile.setPixelColor((at + 1) % n, n - 1 - at, white)
    brush = QBrush()
    brush.setTextureImage(tile)
    return brush


def _opaque_where(mask: Mask) -> QImage:
    rows, cols = mask.shape
    image = QImage(cols, rows, QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.asarray(image.bits()).view(np.uint32).reshape(rows, cols)
    pixels[:] = np.where(mask, 0xFF000000, 0)
    return image


def _outline(mask: Mask) -> Iterator[QLineF]:
    """The edges between what is in the mask and what is not, in pixels of the image."""
    across = np.diff(np.pad(mask, ((1, 1), (0, 0))).astype(np.int8), axis=0)
    for row, col in np.argwhere(across).tolist():
        yield QLineF(col, row, col + 1, row)
    down = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    for row, col in np.argwhere(down).tolist():
        yield QLineF(col, row, col, row + 1)
