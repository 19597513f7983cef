"""The total error by step, with a slip in the listing and without it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.listing.comparison import Comparison
from gui.plots.lines import Line, LineStyle, StepPicture
from gui.plots.plot import Plot, View
from gui.plots.plot_card import PlotCard
from gui.plots.ticks import linear_ticks, tick_height, ticks_width
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.door import say
from model.listing.slips import SlipPath
from model.network import Floats
from model.path.step_series import StepSeries
from model.words import numbers

MIN_HEIGHT = 120
# Beside a line that grows without end the other one is seen, too, if heights end at so many times
# the larger error of the start.
_MAX_HEIGHT = 3.0
_MAX_POINTS = 400


class ErrorsCard(PlotCard):
    """Both errors over the steps that there are. A click goes to its step."""

    def __init__(self, session: Session, comparison: Comparison, parent: QWidget) -> None:
        super().__init__(Plot(say("total error by step")), parent)
        self._session = session
        self._comparison = comparison
        self.title = TextLine(role="ink")
        self.title.set_text(say("total error by step"))
        self.setAccessibleName(say("Total error by step, with the slip and by the right rule"))
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture = StepPicture(self.plot)
        self.plot.set_picture(self.picture)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self.plot, 1)
        self.plot.clicked.connect(self._clicked)
        self.plot.zoom_changed.connect(self.draw)
        look.follow(self, self._restyle)
        self._restyle()

    @Slot()
    def draw(self) -> None:
        """Draw both runs as far as they are."""
        right, wrong = self._comparison.right, self._comparison.wrong
        if right is None or not self.isVisible():
            return
        self.picture.lines = [
            line
            for number, (label, path) in enumerate(((say("right"), right), (say("slip"), wrong)))
            if path is not None
            for line in [self._line(label, path, LineStyle.of(2 if number == 0 else 3))]
        ]
        self.picture.position = self._session.playback.position
        self.picture.length = self._last
        if not self.plot.zoomed:
            self.plot.show_view(self._fitting())
        self._set_ticks()
        self.plot.redraw()

    @property
    def _last(self) -> int:
        return max(1, self._session.playback.length)

    def _line(self, label: str, path: SlipPath, style: LineStyle) -> Line:
        errors = path.total_errors(0, self._last + 1)
        steps = np.arange(len(errors), dtype=np.float64)
        at = min(self._session.playback.position, path.length)
        shown = self._reduced(steps, errors)
        now = float(errors[at])
        text = say("{name} {number}", name=label, number=numbers.short(now))
        return Line(text, label, style, now, shown.steps, shown.low[:, 0], shown.mean[:, 0],
                    shown.high[:, 0])  # fmt: skip

    @staticmethod
    def _reduced(steps: Floats, errors: Floats) -> StepSeries:
        column = errors[:, None]
        return StepSeries(steps, column, column, column).reduced(_MAX_POINTS)

    def _fitting(self) -> View:
        """Both lines whole, unless one of them grows without end."""
        lines = self.picture.lines
        start = max(float(line.mean[0]) for line in lines)
        highest = max(float(line.high.max()) for line in lines)
        top = min(highest, _MAX_HEIGHT * start) if start > 0 else highest
        return View(-0.025 * self._last, 1.025 * self._last, 0.0, 1.08 * top if top > 0 else 1.0)

    def _set_ticks(self) -> None:
        view, area, px = self.plot.view, self.plot.area, look.theme.px
        many = max(3, int(area.width() / px(40)))
        self.picture.x_ticks = linear_ticks(max(0.0, view.left), view.right, many, whole=True)
        most = max(2, int(area.height() / px(34)))
        self.picture.y_ticks = linear_ticks(view.bottom, view.top, most)
        left = max(px(26), math.ceil(ticks_width(self.picture.y_ticks) / 8) * 8)
        self.plot.set_margins(left, px(7), self.picture.labels_width(), tick_height())

    def describe(self) -> None:
        """Tell a screen reader both errors of this step."""
        told = ", ".join(line.label for line in self.picture.lines)
        words = say("step {step:,}: total error {errors}", step=self.picture.position, errors=told)
        self.setAccessibleDescription(words)
        self.plot.setAccessibleDescription(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw()

    @Slot(float, float)
    def _clicked(self, x: float, y: float) -> None:
        self._session.playback.pause()
        self._session.playback.seek(round(x))

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(10), px(5), px(3), px(4))
        self._column.setSpacing(px(2))
        self.title.setFixedHeight(px(20))
        self.setFixedHeight(px(MIN_HEIGHT))
        self.draw()
