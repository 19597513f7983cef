"""The cost of a layout by step, as a small curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from model.door import say
from model.words import numbers

_MAX_POINTS = 600  # points of the curve: beyond, there is no room for more


class CostCurve(QWidget):
    """What a layout makes smaller, from its first step to the last one."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._costs: np.ndarray = np.zeros(0)
        self._n_costs = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("Cost by step"))

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(160), look.theme.px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(90), look.theme.px(46))

    def accessible_value(self) -> str:
        """The last cost."""
        return self.accessibleDescription()

    def show_costs(self, name: str, costs: Sequence[float]) -> None:
        """Show costs by step, the newest last; what is not finite is left out."""
        n = len(costs)
        if (name, n) == (self._name, self._n_costs):
            return
        self._name, self._n_costs = name, n
        step = max(1, n // _MAX_POINTS)
        # The last one is always among them.
        shown = np.array(costs[(n - 1) % step :: step], dtype=np.float64) if n else np.zeros(0)
        self._costs = shown[np.isfinite(shown)]
        self.setAccessibleDescription(self.words)
        self.update()

    @property
    def words(self) -> str:
        """The last cost in words."""
        if not len(self._costs):
            return ""
        return say("{name} {cost} after {n:,} steps", name=self._name,
                   cost=numbers.short(float(self._costs[-1])), n=self._n_costs)  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters, px = lettering(0.82), look.theme.px
        line = letters.metrics.height()
        area = QRectF(2, line + 2, self.width() - 4, self.height() - line - 6)
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self.words)
        painter.setPen(QPen(shade("hairline"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if len(self._costs) < 2:
            return
        low, high = float(self._costs.min()), float(self._costs.max())
        span = high - low or 1.0
        x = np.linspace(area.left(), area.right(), len(self._costs))
        y = area.bottom() - (self._costs - low) / span * area.height()
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setPen(QPen(shade("accent"), 1.5 * look.theme.line))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(shade("accent"))
        painter.drawEllipse(points[-1], px(2.5), px(2.5))
