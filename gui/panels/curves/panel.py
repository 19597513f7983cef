"""The right part of the window: the curves above, what happened by step below."""

from __future__ import annotations

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.curves.error_curves import ErrorCurvesPanel
from gui.panels.curves.standing import Standing
from gui.panels.curves.step_plots import MIN_HEIGHT, StepPlots
from gui.session import Session
from gui.widgets.whereabouts import rect_in
from model.words.parts import Part

# Up to so many bowls share one grid with the plots by step.
_MAX_IN_GRID = 3
# Less high, in 13 pixel type, the bowls and the plots stand in a row, where it can be scrolled.
_LOW = 250


class PlotsColumn(QWidget):
    """Arranges the curves and the plots by step for any number of weights and any height."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = session.view.weights
        self.curves = ErrorCurvesPanel(session)
        self.steps = StepPlots(session)
        self.standing = Standing(session)
        self.standing.ready.connect(self._show_floors)
        self.standing.height_changed.connect(self._share_height)
        self._is_low = False
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.curves)
        self._column.addWidget(self.steps)
        self._column.addWidget(self.standing)
        self.choice.changed.connect(self._arrange)
        look.follow(self, self._arrange)
        self._arrange()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.curves.tab_stops, *self.steps.tab_stops, *self.standing.tab_stops]

    @property
    def busy(self) -> bool:
        """Whether what is said of the floor is still being worked out."""
        return self.standing.busy

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.cell:
            card = self.curves.card_of(part.cell)
            return None if card is None else rect_in(self, card.part_widget(part.family))
        if part.family in ("curves", "standing"):
            return rect_in(self, self if part.family == "curves" else self.standing)
        error, weights = self.steps.cards
        return rect_in(self, error if part.family == "plot:error" else weights)

    def reveal(self, part: Part) -> None:
        """Bring one of the named parts into sight; a weight that is not shown is chosen, too."""
        if part.cell:
            output, column = part.cell
            self.choice.add((output, column))
            self.curves.reveal(part.cell)
        elif part.family not in ("curves", "standing"):
            error, weights = self.steps.cards
            self.curves.reveal_companion(error if part.family == "plot:error" else weights)

    @Slot()
    def _show_floors(self) -> None:
        if self.standing.judge is not None:
            self.steps.error.show_floors(self.standing.judge.finder)

    @Slot()
    def _arrange(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(8))
        n = len(self.choice.cells)
        error, weights = self.steps.cards
        companions: list[QWidget] = []
        self._is_low = 0 < self.height() < px(_LOW)
        together = n == 2 or (self._is_low and n <= _MAX_IN_GRID)
        if together:
            companions = [error, weights]
        elif n <= _MAX_IN_GRID:
            companions = [error]
        # Those that stay in the grid are left in it: taken out, they would leave a hole.
        self.steps.take_back([card for card in self.steps.cards if card not in companions])
        self.curves.set_in_row(self._is_low)
        self.curves.set_companions(companions)
        self.steps.setVisible(not together)
        self.standing.setVisible(not self._is_low)
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        """Few bowls are all shown if that is possible at all; many scroll."""
        box = self.contentsRect().marginsRemoved(self._column.contentsMargins())
        total = box.height() - self._column.spacing()
        if not self._is_low:
            total -= self.standing.height_needed + self._column.spacing()
        if len(self.choice.cells) > _MAX_IN_GRID:
            curves = 0.64 * total
        else:
            rows = self.curves.rows
            least = look.theme.px(MIN_HEIGHT)
            curves = max(total * rows / (rows + 1.1), self.curves.whole_height)
            curves = min(curves, total - least)
        curves = max(1, round(curves))
        self._column.setStretch(0, curves)
        self._column.setStretch(1, max(1, total - curves))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.height() < look.theme.px(_LOW)) != self._is_low:
            self._arrange()
        self._share_height()
