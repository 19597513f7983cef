"""Error by step and weights by step: where the path has been, and where on it we are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.curves.ghost_lines import last_step, with_ghosts
from gui.panels.curves.step_lines import (
    ErrorLines,
    Fit,
    StepLines,
    WeightLines,
    chosen_fit,
    with_levels,
)
from gui.panels.following import Following
from gui.plots.lines import StepPicture
from gui.plots.plot import Plot, View
from gui.plots.plot_card import PlotCard
from gui.plots.ticks import linear_ticks, tick_height, ticks_width
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import mark, say

if TYPE_CHECKING:
    from gui.panels.curves.floor_finder import FloorFinder

# While running, lines follow so many times a second: a person sees no more, and frames stay short.
_FRAMES = 8.0
MIN_HEIGHT = 84
_PX_A_POINT = 2.0
_TIP = mark(
    "Click to go to a step. Wheel, drag, + and − zoom; 0 or a double-click fits.\n"
    "← → go one step back or on along the path."
)


class StepCard(PlotCard):
    """A card with lines over steps; ``part`` is its name among the parts of the bench."""

    def __init__(
        self, session: Session, lines: StepLines, part: str, parent: QWidget | None = None
    ) -> None:
        title = lines.title(Fit.WHOLE, 0)
        super().__init__(Plot(title), parent)
        self._session = session
        self._lines = lines
        self._part = part
        self._follower = lines.follower()
        self._drawn: object = None
        self.setAccessibleName(title)
        self.setToolTip(say(_TIP))
        self.title = TextLine(role="ink")
        self.title.set_text(title)
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture = StepPicture(self.plot)
        self.plot.set_picture(self.picture)
        self.header = QHBoxLayout()
        self.header.addWidget(self.title, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.header)
        self._column.addWidget(self.plot, 1)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, describe=self._describe,
            frames=_FRAMES,
        )  # fmt: skip
        self.plot.clicked.connect(self._clicked)
        self.plot.view_changed.connect(self._view_changed)
        self.plot.zoom_changed.connect(self.draw_again)
        look.follow(self, self._restyle)
        self._restyle()

    # -- drawing ------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show the session's moment, unless that is what is drawn."""
        session = self._session
        self.set_covered(session.parts.veils.covers(self._part))
        key = (
            session.path.mark,
            session.playback.position,
            session.playback.length,
            session.playback.running,
            session.pins.version,
        )
        if key != self._drawn:
            self._drawn = key
            self._draw()

    @Slot()
    def draw_again(self) -> None:
        """Draw even if the session's moment is the same."""
        self._drawn = None
        self._following.look_again()

    @Slot()
    def renew(self) -> None:
        """Draw other lines of the same experiment."""
        self._follower = self._lines.follower()
        self.draw_again()

    def _rebuild(self) -> None:
        """Another experiment is shown whole."""
        self._follower = self._lines.follower()
        self._drawn = None
        self.setAccessibleName(self._lines.title(Fit.WHOLE, 0))
        self.plot.fit()

    def _describe(self) -> None:
        if self.covered:
            return
        told = self._lines.description()
        self.setAccessibleDescription(told)
        self.plot.setAccessibleDescription(told)

    def _draw(self) -> None:
        session, plot, picture = self._session, self.plot, self.picture
        start, stop = self._range()
        most = max(16, int(plot.area.width() / _PX_A_POINT))
        series = self._follower.series(session.path, start, stop).reduced(most)
        picture.lines = self._lines.lines(series)
        first, last = (plot.view.left, plot.view.right) if plot.zoomed else (0, self._last_step)
        picture.ghosts = self._lines.ghosts(picture.lines, first, last, most)
        picture.levels = self._lines.levels()
        picture.position, picture.length = session.playback.position, session.playback.length
        self._fit_view()
        # How many ticks there are depends on the room, and how wide they are takes some of it.
        self._set_margins()
        self._set_ticks()
        self._set_margins()
        plot.redraw()

    @property
    def _last_step(self) -> int:
        """The last step that there is room for unless the plot is zoomed."""
        return max(1, last_step(self._session))

    def _range(self) -> tuple[int, int]:
        """The steps to draw: all of them, or those in sight."""
        end = self._session.playback.length + 1
        if not self.plot.zoomed:
            return 0, end
        view = self.plot.view
        start = min(max(0, math.floor(view.left) - 1), end - 1)
        return start, min(end, max(start + 1, math.ceil(view.right) + 2))

    def _fit_view(self) -> None:
        """Name the range that fits; while zoomed, what is in sight says nothing about it."""
        position = self._session.playback.position
        if self.plot.zoomed:
            self.title.set_text(self._lines.title(Fit.WHOLE, position))
            return
        lines = [line for line in self.picture.lines if len(line.x)]
        if not lines:
            return
        fit = chosen_fit(lines, position, self._lines.logarithmic)
        self.title.set_text(self._lines.title(fit, position))
        last = position if fit is Fit.SO_FAR else self._session.playback.length
        upto = [line.x <= max(last, float(line.x[0])) for line in lines]
        low = min(float(line.low[seen].min()) for line, seen in zip(lines, upto, strict=True))
        high = max(float(line.high[seen].max()) for line, seen in zip(lines, upto, strict=True))
        low, high = with_levels(
            low, high, [level.now for level in self.picture.levels], self._lines.logarithmic
        )
        low, high = with_ghosts(low, high, self.picture.ghosts, self._lines.logarithmic)
        last = self._last_step
        self.plot.show_view(View(-0.025 * last, 1.025 * last, *self._lines.vertical(low, high)))

    def _set_ticks(self) -> None:
        view, area = self.plot.view, self.plot.area
        many = max(3, int(area.width() / look.theme.px(40)))
        left = max(0.0, view.left)
        self.picture.x_ticks = linear_ticks(left, view.right, many, whole=True)
        most = max(2, int(area.height() / look.theme.px(34)))
        self.picture.y_ticks = self._lines.y_ticks(view, most)

    def _set_margins(self) -> None:
        px = look.theme.px
        left = max(px(26), math.ceil(ticks_width(self.picture.y_ticks) / 8) * 8)
        self.plot.set_margins(left, px(7), self.picture.labels_width(), tick_height())

    @Slot()
    def _view_changed(self) -> None:
        if self.plot.zoomed:
            self.draw_again()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(10), px(7), px(3), px(4))
        self._column.setSpacing(px(2))
        self.title.setFixedHeight(px(24))
        self.setMinimumSize(px(120), px(MIN_HEIGHT))
        self.draw_again()

    # -- events -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.covered:
            self._session.playback.seek(
                self._session.playback.position + (1 if key == Qt.Key.Key_Right else -1)
            )
        else:
            super().keyPressEvent(event)

    @Slot(float, float)
    def _clicked(self, x: float, y: float) -> None:
        self._session.playback.seek(round(x))


class ErrorSteps(StepCard):
    """Error by step, with a button for a logarithmic axis."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._errors = ErrorLines(session)
        super().__init__(session, self._errors, "plot:error", parent)
        session.parts.veils_changed.connect(self.draw_again)
        self.log_button = quiet_button(
            say("log"),
            say(
                "Each tick a power of ten: shows how fast a small error shrinks, and errors of any "
                "size beside each other"
            ),
            say("Error by step: logarithmic scale"),
            checkable=True,
        )
        self.log_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.log_button.setChecked(session.view.log)
        self.log_button.clicked.connect(self._log_pressed)
        pin = session.commands["pin"]
        self.pin_button = quiet_button(
            say("pin"),
            say("Pin this run: its lines stay while another alpha, freeze or start is tried"),
            say("Error by step: pin this run"),
        )
        self.pin_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.pin_button.clicked.connect(pin.trigger)
        self.pin_button.setEnabled(pin.isEnabled())
        pin.enabledChanged.connect(self.pin_button.setEnabled)
        self.header.addWidget(self.pin_button)
        self.header.addWidget(self.log_button)
        session.view.changed.connect(self._view_differs)

    def show_floors(self, finder: FloorFinder) -> None:
        """Draw floors, too, from now on."""
        self._errors.finder = finder
        finder.found.connect(self.draw_again)
        self.draw_again()

    @Slot(bool)
    def _log_pressed(self, log: bool) -> None:
        self._session.view.show(log=log)

    @Slot(str)
    def _view_differs(self, name: str) -> None:
        if name == "log":
            self.log_button.setChecked(self._session.view.log)
            # Heights mean something else now: no old zoom fits them.
            self.plot.fit()
            self.draw_again()


class StepPlots(QWidget):
    """Both cards: beside each other where there is width, else one above the other."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = ErrorSteps(session)
        self.weights = StepCard(session, WeightLines(session), "plot:weights")
        session.view.weights.changed.connect(self.weights.renew)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.theme.px(8))
        self.take_back(self.cards)

    @property
    def cards(self) -> tuple[StepCard, StepCard]:
        """The two cards, wherever they are placed."""
        return self.error, self.weights

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.error, self.error.pin_button, self.error.log_button, self.weights]

    def take_back(self, cards: Sequence[QWidget]) -> None:
        """Place these of the cards here, also from another layout; in order, error first."""
        for card in self.cards:
            if card in cards:
                self._layout.addWidget(card, 1)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() > 1.3 * self.height()
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
