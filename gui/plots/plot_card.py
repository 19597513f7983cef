"""A card around a plot: a frame while it has the focus, and the keys that zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.look.painting import draw_focus
from gui.look.theme import look
from gui.plots.plot import Plot
from gui.widgets.marks.cover import Covering

# Of a card that is covered its header stays in sight, so high in 13 pixel type.
_HEADER = 28


class PlotCard(QFrame):
    """What the cards of all plots have in common."""

    accessible_role = QAccessible.Role.Grouping

    def __init__(self, plot: Plot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = plot
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cover = Covering(self, below=_HEADER)

    @property
    def covered(self) -> bool:
        """Whether nothing of it may be seen for now."""
        return self._cover.on

    def set_covered(self, covered: bool) -> None:
        """Cover it, or show it again; covered it takes no keys and says nothing."""
        if covered == self.covered:
            return
        policy = self.plot.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.plot.setSizePolicy(policy)
        self._cover.set_on(covered)
        self.plot.setVisible(not covered)
        if covered:
            self.setAccessibleDescription("")
            self.plot.setAccessibleDescription("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.covered:
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.plot.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.plot.zoom(-1)
        elif key == Qt.Key.Key_0:
            self.plot.fit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_focus(painter, QRectF(self.rect()), look.theme.px(6))
