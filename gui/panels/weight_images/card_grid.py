"""Equal cards in as many columns as make their images largest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from gui.look.theme import look

# An arrangement with fewer empty places is worth this much of an image's size.
_EMPTY_PLACE_COSTS = 0.12
_MAX_SPACE = 14
_ROWS_IN_SIGHT = 2


def best_columns(n: int, room: QSize, smallest: QSize, cell_size: Callable[[QSize], float]) -> int:
    """The number of columns for n cards, 1 to n, that makes their images largest.

    ``cell_size(card)`` tells how large an image's pixel is in a card of that size. No card is
    narrower than ``smallest``, unless even one column would be.
    """

    def worth(columns: int) -> float:
        rows = math.ceil(n / columns)
        cell = cell_size(QSize(room.width() // columns, room.height() // rows))
        return cell * (1 - _EMPTY_PLACE_COSTS * (rows * columns - n))

    most = max(1, min(n, room.width() // max(1, smallest.width())))
    fitting = [
        columns
        for columns in range(1, most + 1)
        if math.ceil(n / columns) * smallest.height() <= room.height()
    ]
    # Where not all fit, the board is scrolled: as many beside each other as there is width for.
    return max(fitting, key=worth) if fitting else most


class CardGrid(QWidget):
    """Shows cards of one size beside and below each other; scrolls where they find no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = QWidget()
        self._area = QScrollArea(self)
        self._area.setWidget(self._board)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def height_of_cards(self) -> int:
        """The height that the cards take as they were placed last."""
        return self._board.height()

    @property
    def board(self) -> QWidget:
        """The parent of the cards."""
        return self._board

    def reveal(self, card: QWidget) -> None:
        """Scroll to a card."""
        self._area.ensureWidgetVisible(card)

    def place(
        self,
        cards: Sequence[QWidget],
        room: QSize,
        smallest: QSize,
        cell_size: Callable[[QSize], float],
        fitted: Callable[[QSize], QSize],
    ) -> QSize:
        """Place the cards on a board as wide as the room; returns the size of each card.

        ``fitted(card)`` is the size that a card of at most that size takes, its image being
        as large as it can be.
        """
        columns = best_columns(len(cards), room, smallest, cell_size)
        rows = math.ceil(len(cards) / columns)
        height = max(room.height(), rows * smallest.height())
        if height > room.height():
            bar = self._area.verticalScrollBar().sizeHint().width()
            room = QSize(room.width() - bar, room.height())
            # As they are scrolled anyway, images are as wide as their cards, but two rows are seen.
            across = QSize(room.width() // columns, room.height() // _ROWS_IN_SIGHT)
            height = rows * max(smallest.height(), fitted(across).height())
        slot = QSize(room.width() // columns, height // rows)
        card = fitted(slot)
        most = look.theme.px(_MAX_SPACE)
        step_x = card.width() + min(most, slot.width() - card.width())
        step_y = card.height() + min(most, slot.height() - card.height())
        left = (room.width() - step_x * (columns - 1) - card.width()) // 2
        height = step_y * (rows - 1) + card.height()
        self._board.resize(room.width(), height)
        for at, widget in enumerate(cards):
            row, column = divmod(at, columns)
            widget.setGeometry(left + column * step_x, row * step_y, card.width(), card.height())
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._area.setGeometry(self.rect())

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), look.theme.px(120))
