"""A dot product of an image: input × weights = product, and the votes for and against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from gui.look.image_colors import diverging_image, ink_image, largest
from gui.look.painting import fitting_scale, lettering, stamp
from gui.look.theme import look
from model.door import mark, say
from model.dot_product import DotProduct, Groups, running_sums
from model.network import Floats
from model.words import numbers

_CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEFT_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_DIGITS = 3
# Heights for 13 pixel type: above the pictures, their captions, the votes with their bars, and
# the chart of the sum.
_TOP, _CAPTION, _VOTES = 12, 44, 64
_MIN_CHART, _MAX_CHART = 40, 600
# Widths: beside all, and of the signs between the pictures.
_MARGIN, _SIGN = 12, 28
# Of the width, for the votes for, those against, and the sum.
_VOTE_SHARES = (0.3, 0.4, 0.3)
_VOTE_WORDS = (mark("for"), mark("against"), mark("sum"))
_VOTE_ROLES = ("positive", "negative", "ink")
_MAX_POINTS = 120
_BOLD = QFont.Weight.DemiBold
_SMALL = 0.82
_LITTLE_LESS = 0.85


@dataclass(frozen=True, eq=False)
class Pictures:
    """What the view shows.

    ``groups`` are the products in the order of adding, ``count`` groups of which are added;
    ``heading`` says what their chart shows. ``weight_scale`` is the size of weight that has the
    fullest colour.
    """

    dot: DotProduct
    shape: tuple[int, int]
    output: str
    weight_scale: float
    groups: Groups
    count: int
    heading: str

    @property
    def is_full(self) -> bool:
        """Whether all products have been added."""
        return self.count == len(self.groups)

    @property
    def added(self) -> Floats:
        """The products added so far, 0 elsewhere, (n_inputs,)."""
        if self.is_full:
            return self.dot.products
        added = np.zeros_like(self.dot.products)
        places = self.groups.added(self.count)
        added[places] = self.dot.products[places]
        return added

    @property
    def votes(self) -> tuple[float, float, float]:
        """For, against and their sum, of what has been added."""
        if self.is_full:
            return self.dot.votes_for, self.dot.votes_against, self.dot.score
        added = self.added
        ayes, noes = float(added[added > 0].sum()), float(added[added < 0].sum())
        return ayes, noes, ayes + noes

    @cached_property
    def sums(self) -> Floats:
        """The sum after 0, 1, 2 ... groups, (n_groups + 1,)."""
        return np.concatenate([[0.0], running_sums(self.dot.products, self.groups)])


class DotProductImages(QFrame):
    """Three pictures in a row and two bars beneath, painted in one go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Pictures | None = None
        self._images: tuple[QImage, QImage, QImage] | None = None
        self.setObjectName("panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Input times weights is product"))
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def votes_text(self) -> str:
        """The line of votes as it is written."""
        if self._pictures is None:
            return ""
        pairs = zip(_VOTE_WORDS, _numbers(self._pictures), strict=True)
        return " ".join(f"{say(word)} {number}" for word, number in pairs)

    def show_pictures(self, pictures: Pictures) -> None:
        """Show another moment."""
        self._pictures = pictures
        self._forget_images()

    def forget(self) -> None:
        """Let go of a moment: its inputs may be a part of a whole data set."""
        self._pictures = None
        self._forget_images()

    def _forget_images(self) -> None:
        self._images = None
        self.update()

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        metrics = QFontMetricsF(theme.font())
        self._word_widths = [metrics.horizontalAdvance(f"{say(word)} ") for word in _VOTE_WORDS]
        self.updateGeometry()
        self._forget_images()

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(420), look.theme.px(270))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(240), look.theme.px(190))

    # -- layout -------------------------------------------------------------------------

    def picture_box(self, which: int) -> QRect:
        """Where the input (0), the weights (1) or the product (2) is drawn."""
        assert self._pictures is not None
        rows, columns = self._pictures.shape
        px = look.theme.px
        slot = (self.width() - 2 * px(_MARGIN) - 2 * px(_SIGN)) / 3
        room = self.height() - px(_TOP) - px(_CAPTION) - px(_VOTES)
        cell = max(0.0, min(slot / columns, room / rows))
        if int(cell) > _LITTLE_LESS * cell:
            cell = int(cell)  # then all pixels are of the same size
        wide, high = round(cell * columns), round(cell * rows)
        left = px(_MARGIN) + which * (slot + px(_SIGN)) + (slot - wide) / 2
        return QRect(round(left), px(_TOP), wide, high)

    def chart_box(self) -> QRectF | None:
        """Where the growing sum is drawn; None where the pictures leave too little room."""
        px = look.theme.px
        top = self.picture_box(0).bottom() + px(_CAPTION) + px(_VOTES)
        high = min(self.height() - top - px(10), px(_MAX_CHART))
        if high < px(_MIN_CHART):
            return None
        return QRectF(px(_MARGIN), top, self.width() - 2 * px(_MARGIN), high)

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        pictures = self._pictures
        if pictures is None:
            return
        if self._images is None:
            self._images = _images(pictures)
        painter = QPainter(self)
        boxes = [self.picture_box(which) for which in range(3)]
        key = f"dot product {pictures.output} {pictures.heading} {pictures.shape}"
        stamp(painter, self, key, self._draw_still)
        for box, image in zip(boxes, self._images, strict=True):
            painter.drawImage(box, image)
        self._draw_scales(painter, boxes, pictures)
        self._draw_latest(painter, boxes, pictures)
        top = boxes[0].bottom() + look.theme.px(_CAPTION)
        self._draw_votes(painter, top, pictures)
        self._draw_bars(painter, top + look.theme.px(24), pictures)
        chart = self.chart_box()
        if chart is not None:
            self._draw_chart(painter, chart, pictures)

    def _draw_still(self, painter: QPainter) -> None:
        """Draw what stays while numbers change: frames, signs and words."""
        theme, pictures = look.theme, self._pictures
        assert pictures is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        boxes = [self.picture_box(which) for which in range(3)]
        painter.setPen(QPen(theme.color("hairline"), 1))
        for box in boxes:
            painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font(0.92))
        names = (say("input"), say("weights of {output}", output=pictures.output), say("product"))
        for box, name in zip(boxes, names, strict=True):
            painter.drawText(self._caption_box(box, 0), _CENTER, name)
        painter.setFont(theme.font(1.4))
        for first, second, sign in ((0, 1, "×"), (1, 2, "=")):
            left, right = boxes[first].right(), boxes[second].left()
            between = QRectF(left, boxes[0].top(), right - left, boxes[0].height())
            painter.drawText(between, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font())
        top = boxes[0].bottom() + theme.px(_CAPTION)
        for word, box_of_word in zip(_VOTE_WORDS, self._vote_boxes(top), strict=True):
            painter.drawText(box_of_word, _LEFT, say(word))
        chart = self.chart_box()
        if chart is not None:
            painter.setFont(theme.font(0.88))
            painter.drawText(chart, _LEFT_TOP, pictures.heading)

    def _caption_box(self, picture: QRect, line: int) -> QRectF:
        """Where the first (0) or second (1) line below a picture is written."""
        px = look.theme.px
        width = (self.width() - 2 * px(_MARGIN)) / 3
        left = picture.left() + (picture.width() - width) / 2
        return QRectF(left, picture.bottom() + px(4) + line * px(16), width, px(16))

    def _vote_boxes(self, top: float) -> list[QRectF]:
        """Places for the votes, so that their words stay where they are as numbers change."""
        px = look.theme.px
        room = self.width() - 2 * px(_MARGIN)
        edges = np.cumsum([0.0, *_VOTE_SHARES]) * room + px(_MARGIN)
        return [QRectF(left, top, right - left, px(20)) for left, right in pairwise(edges.tolist())]

    def _draw_scales(self, painter: QPainter, boxes: list[QRect], pictures: Pictures) -> None:
        """Which size of weight and of product has the fullest colour."""
        painter.setPen(look.theme.color("muted"))
        scales = (pictures.weight_scale, largest(pictures.dot.products))
        places = [self._caption_box(box, 1) for box in boxes[1:]]
        texts = [_full_color(scale) for scale in scales]
        rooms = [(text, place.width()) for text, place in zip(texts, places, strict=True)]
        size = fitting_scale(rooms, _SMALL, QFont.Weight.Normal)
        painter.setFont(lettering(size).font)
        for text, place in zip(texts, places, strict=True):
            painter.drawText(place, _CENTER, text)

    def _draw_latest(self, painter: QPainter, boxes: list[QRect], pictures: Pictures) -> None:
        """A frame around the pixels that were added last, in all three pictures."""
        if pictures.count == 0 or pictures.is_full:
            return
        rows, columns = pictures.shape
        down, right = np.divmod(pictures.groups.latest(pictures.count), columns)
        painter.setPen(QPen(look.theme.color("accent"), 1.5 * look.theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            wide, high = box.width() / columns, box.height() / rows
            frame = QRectF(
                box.left() + float(right.min()) * wide,
                box.top() + float(down.min()) * high,
                float(right.max() - right.min() + 1) * wide,
                float(down.max() - down.min() + 1) * high,
            )
            painter.drawRect(frame.adjusted(-1, -1, 0, 0))

    def _draw_votes(self, painter: QPainter, top: int, pictures: Pictures) -> None:
        theme = look.theme
        boxes, written = self._vote_boxes(top), _numbers(pictures)
        rooms = [box.width() - word for box, word in zip(boxes, self._word_widths, strict=True)]
        scale = fitting_scale(list(zip(written, rooms, strict=True)), 1.0, _BOLD)
        painter.setFont(lettering(scale, _BOLD).font)
        for box, word, number, role in zip(
            boxes, self._word_widths, written, _VOTE_ROLES, strict=True
        ):
            painter.setPen(theme.color(role))
            painter.drawText(box.adjusted(word, 0, 0, 0), _LEFT, number)

    def _draw_bars(self, painter: QPainter, top: int, pictures: Pictures) -> None:
        """The votes for go right from 0, those against back from there; they end at the sum."""
        theme = look.theme
        left, width = theme.px(_MARGIN), self.width() - 2 * theme.px(_MARGIN)
        ayes, noes, total = pictures.votes
        low, high = float(pictures.sums.min()), pictures.dot.votes_for
        span = high - low if high > low else 1.0

        def x(value: float) -> float:
            return left + width * (value - low) / span

        thick = theme.px(12)
        end = ayes + noes
        painter.fillRect(QRectF(x(0), top, x(ayes) - x(0), thick), theme.color("positive"))
        against = QRectF(x(end), top + thick, x(ayes) - x(end), thick)
        painter.fillRect(against, theme.color("negative"))
        painter.setPen(QPen(theme.color("outline"), theme.line))
        painter.drawLine(QPointF(x(0), top - 2), QPointF(x(0), top + 2 * thick + 2))
        painter.setPen(QPen(theme.color("ink"), 2 * theme.line))
        painter.drawLine(QPointF(x(total), top - 3), QPointF(x(total), top + 2 * thick + 4))

    def _draw_chart(self, painter: QPainter, box: QRectF, pictures: Pictures) -> None:
        """The sum as it grew with each group so far."""
        theme, sums = look.theme, pictures.sums
        low, high = float(sums.min()), float(sums.max())
        span = high - low if high > low else 1.0
        inner = box.adjusted(0, theme.px(22), -theme.px(4), -theme.px(4))

        def point(at: int) -> QPointF:
            x = inner.left() + inner.width() * at / (len(sums) - 1)
            return QPointF(x, inner.bottom() - inner.height() * (float(sums[at]) - low) / span)

        zero = inner.bottom() + inner.height() * low / span
        painter.setPen(QPen(theme.color("outline"), theme.line))
        painter.drawLine(QPointF(inner.left(), zero), QPointF(inner.right(), zero))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("ink"), 1.5 * theme.line))
        stride = max(1, pictures.count // _MAX_POINTS)
        places = [*range(0, pictures.count, stride), pictures.count]
        painter.drawPolyline([point(at) for at in places])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(point(pictures.count), theme.px(3.5), theme.px(3.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    # -- pointing -----------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self._pixel_text(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _pixel_text(self, x: int, y: int) -> str:
        """The product of the pixel under the pointer; nothing beside the pictures."""
        pictures = self._pictures
        if pictures is None:
            return ""
        rows, columns = pictures.shape
        for box in (self.picture_box(which) for which in range(3)):
            if box.contains(x, y):
                row = (y - box.top()) * rows // box.height()
                column = (x - box.left()) * columns // box.width()
                at, dot = row * columns + column, pictures.dot
                return say(
                    "row {row}, column {column}: {input} × {weight} = {product}",
                    row=row,
                    column=column,
                    input=numbers.plain(dot.inputs[at], 3),
                    weight=numbers.signed(float(dot.weights[at])),
                    product=numbers.signed(float(dot.products[at])),
                )
        return ""


def _numbers(pictures: Pictures) -> list[str]:
    """Votes for, against and their sum as they are written."""
    return [numbers.signed(value, _DIGITS) for value in pictures.votes]


def _images(pictures: Pictures) -> tuple[QImage, QImage, QImage]:
    dot, shape = pictures.dot, pictures.shape
    return (
        ink_image(dot.inputs.reshape(shape)),
        diverging_image(dot.weights.reshape(shape), pictures.weight_scale),
        diverging_image(pictures.added.reshape(shape), largest(dot.products)),
    )


def _full_color(scale: float) -> str:
    if scale > 0:
        return say("fullest at ±{number}", number=numbers.short(scale, _DIGITS))
    return say("all 0")
