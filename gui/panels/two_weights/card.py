"""The card around the contours: keys move a probe, Enter or a click starts there."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.two_weights.plot import ContourPlot
from gui.plots.plot_card import PlotCard
from model.curves import round_step
from model.door import mark, say

_TIP = mark(
    "The error over two weights, and the path on it.\n"
    "Click to start there. Wheel, drag, + and − zoom; 0 or a double-click fits.\n"
    "Arrow keys move a probe (Shift: ten times as far), Enter starts there, Escape ends."
)
# A probe moves by a round number of at most such a share of what is in sight.
_MOVES_ACROSS = 40
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip


class ContourCard(PlotCard):
    """Asks for weights to begin from; it holds nothing but where the probe is.

    Signals
    -------
    chosen(first, second) : the path is to begin at these weights
    taken_back : the click before was the first of a double-click
    probed : the probe or the pointer is elsewhere
    """

    chosen = Signal(float, float)
    taken_back = Signal()
    probed = Signal()

    plot: ContourPlot

    def __init__(self, parent: QWidget | None = None) -> None:
        title = say("Error over two weights")
        super().__init__(ContourPlot(title), parent)
        self.setAccessibleName(title)
        self.setToolTip(say(_TIP))
        self._pointed: tuple[float, float] | None = None
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.plot)
        self.plot.clicked.connect(self._clicked)
        self.plot.double_clicked.connect(self.taken_back)
        self.plot.pointed.connect(self._point)
        self.plot.left.connect(self._leave)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def probe(self) -> tuple[float, float] | None:
        """The weights that the keys have gone to; None while they are not used."""
        return self.plot.contours.probe

    @property
    def told(self) -> tuple[float, float] | None:
        """The weights whose error is asked for: under the pointer, or else at the probe."""
        return self.probe if self._pointed is None else self._pointed

    @property
    def pointing(self) -> bool:
        """Whether the pointer is over the picture."""
        return self._pointed is not None

    def let_go(self) -> None:
        """Try nothing any more."""
        self._pointed = None
        self._set_probe(None)

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(float, float)
    def _clicked(self, x: float, y: float) -> None:
        self.chosen.emit(*self.plot.weights_at(x, y))

    @Slot(float, float)
    def _point(self, x: float, y: float) -> None:
        self._pointed = self.plot.weights_at(x, y)
        self.probed.emit()

    @Slot()
    def _leave(self) -> None:
        if self._pointed is not None:
            self._pointed = None
            self.probed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        surface = self.plot.contours.drawn.surface
        if surface is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            ten = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            at = self.probe or (surface.first, surface.second)
            self._set_probe(self._moved(at, _ARROWS[key], ten))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.probe is not None:
            self.chosen.emit(*self.probe)
            self._set_probe(None)
        elif key == Qt.Key.Key_Escape and self.probe is not None:
            self._set_probe(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_probe(None)

    def _moved(
        self, at: tuple[float, float], way: tuple[int, int], times: int
    ) -> tuple[float, float]:
        """The probe a step on, never out of sight."""
        view = self.plot.view
        found = []
        for value, by, low, high in zip(
            at, way, (view.left, view.bottom), (view.right, view.top), strict=True
        ):
            step = round_step((high - low) / _MOVES_ACROSS)
            figures = min(300, max(0, 1 - math.floor(math.log10(step))))
            wanted = round(value + by * times * step, figures) if by else value
            found.append(min(max(wanted, low), high) if by else value)
        return found[0], found[1]

    def _set_probe(self, probe: tuple[float, float] | None) -> None:
        if probe != self.probe:
            self.plot.show_probe(probe)
            self.probed.emit()

    # -- layout -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plot.fit_margins()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(8), px(7), px(6), px(4))
        self.setMinimumSize(px(160), px(130))
