"""Draws the rows of a listing: its text, what names or numbers are in it, and what it made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gui.look.image_colors import diverging_image, ink_image, largest
from gui.look.painting import Lettering, lettering, shade
from gui.look.theme import look
from gui.panels.listing.lines import ListingRows, Marks
from gui.panels.listing.reading import Beside
from model.listing.lines import Line, Span

_ROW, _PICTURE, _GUTTER, _EDGE = 19, 26, 30, 8
_SCALE = 0.95
# An indent of a letter's width is more than enough in type that is not of one width.
_INDENT_PX = 4.5


@dataclass(frozen=True)
class Measures:
    """Lengths of the theme in force."""

    row: int
    picture: int
    gutter: int
    edge: int
    letters: Lettering
    bold: Lettering

    @classmethod
    def now(cls) -> Measures:
        """Those of the theme in force."""
        px = look.theme.px
        return cls(
            px(_ROW), px(_PICTURE), px(_GUTTER), px(_EDGE), lettering(_SCALE),
            lettering(_SCALE, QFont.Weight.DemiBold),
        )  # fmt: skip


def x_of(measures: Measures, text: str, place: int) -> float:
    """Where the letter at a place of a line begins, from the left of the row."""
    indent = len(text) - len(text.lstrip(" "))
    inside = _width(look.theme.name, text[indent : max(indent, place)])
    return measures.gutter + look.theme.px(_INDENT_PX) * min(indent, place) + inside


@lru_cache(maxsize=8192)
def _width(_: str, text: str) -> float:
    """The width of a text in the theme of that name: to measure it takes longer than to draw it."""
    return lettering(_SCALE).width(text)


def text_width(measures: Measures, line: Line) -> float:
    """How far a line's text reaches, from the left of the row."""
    return x_of(measures, line.seen, len(line.seen))


def beside_fits(measures: Measures, line: Line, beside: Beside, width: int) -> bool:
    """Whether what stands beside a line has room in the same row."""
    if beside.pictures is not None or "\n" in beside.text:
        return False
    needed = measures.bold.width(beside.text) + 3 * measures.edge
    return text_width(measures, line) + needed <= width


def row_height(measures: Measures, line: Line, marks: Marks, width: int) -> int:
    """How high a row is: one line, or two where what it made has no room beside it."""
    height = measures.row
    if marks.beside is not None and not beside_fits(measures, line, marks.beside, width):
        lines = 1 + marks.beside.text.count("\n")
        height += lines * measures.row if marks.beside.pictures is None else measures.picture
    return height + (measures.row if marks.wrong else 0)


class LineDrawing(QStyledItemDelegate):
    """Draws the rows. ``at`` is the row and span that the keyboard is at."""

    def __init__(self, rows: ListingRows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self.at: tuple[int, int] | None = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, box, measures = index.row(), option.rect, Measures.now()
        line, marks = self._rows.line(row), self._rows.marks(row)
        self._draw_ground(painter, box, marks, row)
        baseline = box.top() + measures.row / 2 + measures.letters.half_cap
        self._draw_number(painter, box, measures, row, baseline, marks)
        room = box.width() - measures.edge
        painter.save()
        painter.setClipRect(box.adjusted(0, 0, -measures.edge, 0))
        self._draw_text(painter, box, measures, line, marks, baseline)
        painter.restore()
        if self.at is not None and self.at[0] == row:
            self._draw_focus(painter, box, measures, line, self.at[1])
        below = box.top() + measures.row
        if marks.beside is not None:
            below = self._draw_beside(painter, box, measures, line, marks.beside, room)
        if marks.wrong:
            self._draw_wrong(painter, box, measures, marks.wrong, below)

    def _draw_ground(self, painter: QPainter, box: QRect, marks: Marks, row: int) -> None:
        """A wash behind what is lit, and at its left a bar that does without colour."""
        if marks.now or marks.lit:
            painter.fillRect(box, shade("accent_wash", 1.0 if marks.now else 0.55))
        if marks.now:
            bar = QRect(box.left(), box.top(), look.theme.px(4), box.height())
            painter.fillRect(bar, shade("accent"))
        elif marks.selected:
            bar = QRect(box.left(), box.top(), look.theme.px(2), box.height())
            painter.fillRect(bar, shade("ink"))

    def _draw_number(
        self,
        painter: QPainter,
        box: QRect,
        measures: Measures,
        row: int,
        baseline: float,
        marks: Marks,
    ) -> None:
        small = lettering(0.78)
        text = "▸" if marks.now else f"{row + 1}"
        painter.setFont(small.font)
        painter.setPen(shade("accent" if marks.now else "muted", 1.0 if marks.now else 0.75))
        left = box.left() + measures.gutter - look.theme.px(8) - small.width(text)
        painter.drawText(QPointF(left, baseline), text)

    def _draw_text(
        self,
        painter: QPainter,
        box: QRect,
        measures: Measures,
        line: Line,
        marks: Marks,
        baseline: float,
    ) -> None:
        text = line.seen
        painter.setFont(measures.letters.font)
        comment = _comment_at(text)
        pieces: list[tuple[int, int, QColor]] = []
        done = 0
        for span in line.spans:
            pieces.append((done, span.start, shade("ink")))
            pieces.append((span.start, span.stop, _color(span)))
            done = span.stop
        pieces.append((done, comment, shade("ink")))
        pieces.append((comment, len(text), _comment_color(text)))
        for start, stop, color in pieces:
            piece = text[start:stop]
            if piece.strip():
                skipped = len(piece) - len(piece.lstrip(" ")) if start == 0 else 0
                painter.setPen(color)
                left = box.left() + x_of(measures, text, start + skipped)
                painter.drawText(QPointF(left, baseline), piece[skipped:])
        for span in line.spans:
            if span.change is not None:
                self._underline(painter, box, measures, text, span, baseline)

    def _underline(
        self,
        painter: QPainter,
        box: QRect,
        measures: Measures,
        text: str,
        span: Span,
        baseline: float,
    ) -> None:
        """Dots below a number say that it can be edited."""
        painter.setPen(QPen(shade("outline"), 1, Qt.PenStyle.DotLine))
        y = round(baseline + look.theme.px(3)) + 0.5
        left, right = (x_of(measures, text, place) for place in (span.start, span.stop))
        painter.drawLine(QPointF(box.left() + left, y), QPointF(box.left() + right, y))

    def _draw_focus(
        self, painter: QPainter, box: QRect, measures: Measures, line: Line, at: int
    ) -> None:
        painter.setPen(QPen(shade("accent"), 1.5 * look.theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = (
            span_box(measures, line, line.spans[at]).translated(box.topLeft())
            if at < len(line.spans)
            else QRectF(box).adjusted(1, 1, -1, -1)
        )
        painter.drawRoundedRect(around, 3, 3)

    def _draw_beside(
        self,
        painter: QPainter,
        box: QRect,
        measures: Measures,
        line: Line,
        beside: Beside,
        room: int,
    ) -> int:
        """What the line made; returns where a row below it would begin."""
        letters = measures.bold if beside.changed else measures.letters
        painter.setFont(letters.font)
        painter.setPen(shade("accent" if beside.changed else "muted"))
        same_row = beside_fits(measures, line, beside, box.width())
        top = box.top() + (0 if same_row else measures.row)
        if beside.pictures is not None:
            self._draw_pictures(painter, box, measures, beside, top)
            return top + measures.picture
        for text in (f"• {beside.text}" if beside.changed else beside.text).split("\n"):
            shown = letters.metrics.elidedText(
                text, Qt.TextElideMode.ElideRight, room - measures.gutter
            )
            baseline = top + measures.row / 2 + letters.half_cap
            painter.drawText(QPointF(box.left() + room - letters.width(shown), baseline), shown)
            top += measures.row
        return top

    def _draw_pictures(
        self, painter: QPainter, box: QRect, measures: Measures, beside: Beside, top: int
    ) -> None:
        """Small pictures in place of thousands of numbers: inputs as ink, all else signed."""
        if beside.pictures is None:
            return
        side = measures.picture - look.theme.px(4)
        left = float(box.left() + measures.gutter + look.theme.px(18))
        scale = largest(beside.pictures)
        for values in beside.pictures:
            if left + side > box.right():
                break
            area = QRectF(left, top + look.theme.px(1), side, side)
            image = ink_image(values) if beside.ink else diverging_image(values, scale)
            painter.drawImage(area, image)
            painter.setPen(QPen(shade("outline"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
            left += side + look.theme.px(3)

    def _draw_wrong(
        self, painter: QPainter, box: QRect, measures: Measures, text: str, top: int
    ) -> None:
        letters = measures.bold
        painter.setFont(letters.font)
        painter.setPen(shade("diverges"))
        left = box.left() + measures.gutter
        shown = letters.metrics.elidedText(
            f"≠ {text}", Qt.TextElideMode.ElideRight, box.width() - measures.gutter - measures.edge
        )
        painter.drawText(QPointF(left, top + measures.row / 2 + letters.half_cap), shown)


def span_box(measures: Measures, line: Line, span: Span) -> QRectF:
    """Where a name or number of a line is, from the top left of its row."""
    left, right = (x_of(measures, line.seen, place) for place in (span.start, span.stop))
    room = look.theme.px(2)
    return QRectF(left - room, room / 2, math.ceil(right - left) + 2 * room, measures.row - room)


def _color(span: Span) -> QColor:
    if span.change is None:
        return shade("ink")
    return look.theme.signed(span.change.value) if span.change.kind == "weights" else shade("ink")


def _comment_at(text: str) -> int:
    """Where the comment of a line begins; in a line of the experiment's names there is none."""
    at = text.find("# ")
    return len(text) if at < 0 or "'" in text[:at] else at


def _comment_color(text: str) -> QColor:
    return shade("diverges") if "the slip" in text else shade("muted")
