"""Which answer is taken for which: a table of counts, darker where there are more."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import has_dots, shortened
from gui.look.theme import Theme, look
from gui.widgets.cell_area import ARROWS
from model.door import mark, mark_count, say, say_count

Counts = NDArray[np.int64]
# (label, answer) of a cell.
Pair = tuple[int, int]

# A cell needs so many pixels before lines part it from its neighbours.
_PARTED = 8
_ALIKE = 5
_LONG_NAME, _MAX_NAME = 24, 60
_SHADES = 64
_TITLES = (mark("what the network says"), mark("network says"), mark("answer"))
_COUNT_SCALES = (0.82, 0.74, 0.68)


class ConfusionView(QWidget):
    """Counts by label (rows) and guess (columns); a cell can be pointed at and chosen.

    Signals
    -------
    pointed : the cell that is pointed at is another one
    chosen(object) : the pair (label, guess) that was clicked or entered; None takes it back
    """

    pointed = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._counts: Counts = np.zeros((0, 0), dtype=np.int64)
        self._picture: QPixmap | None = None
        self._hovered: Pair | None = None
        self._cursor: Pair = (0, 0)
        self.pair: Pair | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Confusion matrix: label by row, answer by column"))
        look.follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(240), look.theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(140), look.theme.px(140))

    # -- what is shown ----------------------------------------------------------------------

    def set_counts(self, names: tuple[str, ...], counts: Counts) -> None:
        """Show counts (n, n); another number of them takes back what was chosen."""
        if names != self._names:
            self._hovered, self._cursor, self.pair = None, (0, 0), None
        self._names, self._counts = names, counts
        self._redraw()

    def set_pair(self, pair: Pair | None) -> None:
        """Mark the pair whose mistakes are shown, or none."""
        self.pair = pair
        self.update()

    @property
    def pointed_at(self) -> Pair | None:
        """The cell under the mouse, or else the one that the keyboard is on."""
        if self._hovered is not None:
            return self._hovered
        return self._cursor if self.hasFocus() and len(self._counts) else None

    def words(self, pair: Pair) -> str:
        """What a cell says: "4 taken for 9: 37 times"."""
        label, guess = pair
        count = int(self._counts[pair])
        slots = {
            "label": self._names[label],
            "guess": self._names[guess],
            "all": int(self._counts[label].sum()),
        }
        if label == guess:
            one, many = mark_count(
                "{label} recognised: once of {all:,}", "{label} recognised: {n:,} times of {all:,}"
            )
        else:
            one, many = mark_count(
                "{label} taken for {guess}: once", "{label} taken for {guess}: {n:,} times"
            )
        return say_count(one, many, count, **slots)

    @property
    def table(self) -> str:
        """The counts as tab-separated text: a line for each answer, what the network says along."""
        lines = ["\t".join([say("answer"), *self._names])]
        lines += [
            "\t".join([name, *map(str, row)])
            for name, row in zip(self._names, self._counts.tolist(), strict=True)
        ]
        return "\n".join(lines) + "\n"

    def copy(self) -> None:
        """Put them on the clipboard."""
        if len(self._counts):
            QGuiApplication.clipboard().setText(self.table)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self._redraw()

    # -- geometry ---------------------------------------------------------------------------

    def _area(self) -> tuple[int, int, float]:
        """Left, top and the side of a cell: whole pixels, so that all cells are alike.

        Of many classes each pixel counts: cells that are hardly larger than one are not alike.
        """
        px, n = look.theme.px, max(1, len(self._counts))
        label = QFontMetricsF(look.theme.font(0.85))
        widest = max((label.horizontalAdvance(name) for name in self._names), default=0.0)
        left = px(24) + min(round(widest), px(_MAX_NAME))
        # Long names of columns stand upright.
        above = min(widest, px(_MAX_NAME)) if widest > px(_LONG_NAME) else label.height()
        top = round(above) + px(23 if widest > px(_LONG_NAME) else 19)
        cell = max(1.0, min((self.width() - left - 2) / n, (self.height() - top - 2) / n))
        return left, top, float(int(cell)) if cell >= _ALIKE else cell

    def cell_rect(self, pair: Pair) -> QRect:
        """Where a cell lies."""
        left, top, cell = self._area()
        return _cell(left, top, cell, pair)

    def _pair_at(self, place: QPointF) -> Pair | None:
        left, top, cell = self._area()
        row, column = int((place.y() - top) // cell), int((place.x() - left) // cell)
        n = len(self._counts)
        return (row, column) if 0 <= row < n and 0 <= column < n else None

    # -- mouse and keys ---------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._pair_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, pair: Pair | None) -> None:
        if pair != self._hovered:
            self._hovered = pair
            self.update()
            self.pointed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pair = self._pair_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and pair is not None:
            self._cursor = pair
            self._choose(pair)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._counts) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in ARROWS:
            (row, column), (down, right) = self._cursor, ARROWS[key]
            self._cursor = (min(max(0, row + down), last), min(max(0, column + right), last))
            self._hovered = None
            self.update()
            self.pointed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        elif key == Qt.Key.Key_Escape and self.pair is not None:
            self.chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def _choose(self, pair: Pair) -> None:
        self.chosen.emit(None if pair == self.pair else pair)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        self.pointed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        self.pointed.emit()

    # -- drawing ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._counts):
            return
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        if has_dots(painter, self._picture.devicePixelRatio()):
            painter.drawPixmap(0, 0, self._picture)
        else:
            self._draw(painter)
        if self.pair is not None:
            self._outline(painter, self.pair, 2.5, "ink")
        at = self.pointed_at
        if at is not None:
            self._outline(painter, at, 2.0, "accent")

    def _outline(self, painter: QPainter, pair: Pair, width: float, role: str) -> None:
        rect = QRectF(self.cell_rect(pair))
        width *= look.theme.line
        # A light line inside the dark one, so that it shows on cells of its own colour.
        painter.setPen(QPen(look.theme.color("panel"), width + 2))
        painter.drawRect(rect)
        painter.setPen(QPen(look.theme.color(role), width))
        painter.drawRect(rect)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._draw(painter)
        painter.end()
        return picture

    def _draw(self, painter: QPainter) -> None:
        shades = self._shades()
        self._draw_cells(painter, shades)
        self._draw_counts(painter, shades)
        self._draw_names(painter)

    def _shades(self) -> Counts:
        """How dark each cell is, 0 to _SHADES - 1, in steps of the logarithm of its count.

        Mistakes are few beside right answers; in proportion, none of them would show.
        """
        sizes = np.log1p(self._counts) / np.log1p(max(1, int(self._counts.max())))
        # Rounded up, so that a single mistake shows; and rounding must not lead beyond the end.
        return np.minimum(np.ceil(sizes * (_SHADES - 1)), _SHADES - 1).astype(np.int64)

    def _draw_cells(self, painter: QPainter, shades: Counts) -> None:
        colors, _ = _colors(look.theme)
        left, top, cell = self._area()
        gap = 1 if cell >= _PARTED else 0
        for row, line in enumerate(shades.tolist()):
            for column, shade in enumerate(line):
                place = _cell(left, top, cell, (row, column))
                painter.fillRect(place.adjusted(0, 0, -gap, -gap), colors[shade])

    def _draw_counts(self, painter: QPainter, shades: Counts) -> None:
        theme = look.theme
        left, top, cell = self._area()
        largest = str(self._counts.max())
        fonts = (theme.font(scale) for scale in _COUNT_SCALES)
        font = next((f for f in fonts if QFontMetricsF(f).horizontalAdvance(largest) < cell), None)
        if font is None:
            return
        painter.setFont(font)
        _, inks = _colors(theme)
        for row, column in np.argwhere(self._counts > 0).tolist():
            painter.setPen(inks[shades[row, column]])
            text = str(self._counts[row, column])
            painter.drawText(
                _cell(left, top, cell, (row, column)), Qt.AlignmentFlag.AlignCenter, text
            )

    def _draw_names(self, painter: QPainter) -> None:
        """Names of rows and columns, as many as have room, and what rows and columns are."""
        theme = look.theme
        font, small = theme.font(0.85), theme.font(0.8)
        height = QFontMetricsF(font).height()
        left, top, cell = self._area()
        n = len(self._counts)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        every = max(1, math.ceil(round(height) / cell))
        widest = max(QFontMetricsF(font).horizontalAdvance(name) for name in self._names)
        most = theme.px(_MAX_NAME)
        for at in range(0, n, every):
            row = QRectF(theme.px(16), top + at * cell, left - theme.px(20), cell * every)
            painter.drawText(row, _RIGHT, shortened(self._names[at], font, most))
        upright = widest > theme.px(_LONG_NAME)
        across = height if upright else widest + 4
        every = max(1, math.ceil(round(across) / cell))
        for at in range(0, n, every):
            middle = left + at * cell + cell * every / 2
            if at and middle + across / 2 > self.width():
                break
            if upright:
                painter.save()
                painter.translate(left + (at + 0.5) * cell, top - 4)
                painter.rotate(-90)
                column = QRectF(0, -height / 2, most, height)
                painter.drawText(column, _LEFT, shortened(self._names[at], font, most))
                painter.restore()
                continue
            column = QRectF(left + at * cell, top - height - 3, cell * every, height)
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, self._names[at])
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        side = n * cell
        above = QRectF(left, 0, side, theme.px(15))
        width = QFontMetricsF(small).horizontalAdvance
        title = next(
            (words for words in map(say, _TITLES) if width(words) <= side), say(_TITLES[-1])
        )
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, title)
        painter.translate(0, top + side)
        painter.rotate(-90)
        beside = QRectF(0, 0, side, theme.px(15))
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, say("label"))
        painter.resetTransform()


def _cell(left: int, top: int, side: float, pair: Pair) -> QRect:
    """A cell between whole pixels."""
    x, y = (round(start + at * side) for start, at in ((left, pair[1]), (top, pair[0])))
    right, bottom = round(left + (pair[1] + 1) * side), round(top + (pair[0] + 1) * side)
    return QRect(x, y, right - x, bottom - y)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@cache
def _colors(theme: Theme) -> tuple[list[QColor], list[QColor]]:
    """Grounds from that of an empty cell to the accent, and what is readable on each."""
    empty, accent = theme.color("raised"), theme.color("accent")
    grounds = [
        QColor(
            round(empty.red() + part * (accent.red() - empty.red())),
            round(empty.green() + part * (accent.green() - empty.green())),
            round(empty.blue() + part * (accent.blue() - empty.blue())),
        )
        for part in np.linspace(0.0, 1.0, _SHADES).tolist()
    ]
    return grounds, [_readable_on(ground) for ground in grounds]


def _readable_on(color: QColor) -> QColor:
    """Black or white, whichever stands out more."""
    return QColor("#000000" if _luminance(color) > 0.18 else "#ffffff")


def _luminance(color: QColor) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    parts = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
