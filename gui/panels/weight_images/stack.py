"""How the weight images, the bar above and what stands below share a panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from gui.look.theme import look
from gui.panels.weight_images.card_grid import CardGrid

# The line is as wide as this beside the brush, or else above it; where there is little height,
# shorter words have to do.
_LINE_WIDTH, _SHORT_LINE_WIDTH = 350, 150
_LITTLE_HEIGHT = 430
_MARGINS = 10, 1
_SPACING = 2
_MIN_GRID = 120


class Stack:
    """Places a bar, the grid of cards, a line and the brush; everything together in the middle.

    By hand, and at once: how large the cards are depends on the room, and what lies around them
    on how large they are; a layout of Qt's gets there in several rounds.
    """

    def __init__(
        self, panel: QWidget, bar: QWidget, grid: CardGrid, line: QWidget, brush: QWidget
    ) -> None:
        self._panel = panel
        self._bar, self._grid, self._line, self._brush = bar, grid, line, brush
        for part in (bar, grid, line, brush):
            part.setParent(panel)

    def arrange(self, place_cards: Callable[[QSize], int]) -> None:
        """Place everything; ``place_cards(room)`` places the cards and tells their height."""
        px, panel = look.theme.px, self._panel
        left, top, gap = px(_MARGINS[0]), px(_MARGINS[1]), px(_SPACING)
        width = max(0, panel.width() - 2 * left)
        bar, bottom = self._bar.heightForWidth(width), self._bottom_height(width)
        room = QSize(width, max(0, panel.height() - 2 * top - bar - bottom - 2 * gap))
        height = min(room.height(), place_cards(room))
        top += (room.height() - height) // 2
        self._bar.setGeometry(left, top, width, bar)
        self._grid.setGeometry(left, top + bar + gap, width, height)
        self._place_bottom(QRect(left, top + bar + height + 2 * gap, width, bottom))

    def least_size(self) -> QSize:
        """The size in which all of it can still be used."""
        px = look.theme.px
        left, top, gap = px(_MARGINS[0]), px(_MARGINS[1]), px(_SPACING)
        widths = self._bar.minimumSizeHint().width(), self._brush.minimumSizeHint().width()
        width = max(*widths, px(_MIN_GRID))
        height = self._bar.heightForWidth(width) + self._bottom_height(width) + px(_MIN_GRID)
        return QSize(width + 2 * left, height + 2 * top + 2 * gap)

    def _is_narrow(self, width: int) -> bool:
        """Whether the brush stands below the line, which would be too short beside it."""
        px = look.theme.px
        is_low = self._panel.height() < px(_LITTLE_HEIGHT)
        line = _SHORT_LINE_WIDTH if is_low else _LINE_WIDTH
        return width < self._brush.sizeHint().width() + px(line)

    def _bottom_height(self, width: int) -> int:
        line, brush = self._line.sizeHint().height(), self._brush.sizeHint().height()
        if self._is_narrow(width):
            return line + look.theme.px(_SPACING) + brush
        return max(line, brush)

    def _place_bottom(self, area: QRect) -> None:
        line, brush = self._line.sizeHint().height(), self._brush.sizeHint()
        beside = min(brush.width(), area.width())
        self._brush.setGeometry(
            area.right() + 1 - beside, area.bottom() + 1 - brush.height(), beside, brush.height()
        )
        if self._is_narrow(area.width()):
            self._line.setGeometry(area.left(), area.top(), area.width(), line)
            return
        width = area.width() - beside - look.theme.px(_SPACING)
        top = area.top() + (area.height() - line) // 2
        self._line.setGeometry(area.left(), top, width, line)
