"""Error as each weight alone changes: one bowl a weight, with the steps that led here."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.curves.bowl_card import BowlCard
from gui.panels.curves.ranges import held, one_scale, own_view
from gui.panels.curves.weight_chooser import WeightChooser
from gui.panels.following import Following
from gui.plots.plot import Plot
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.tab_order import chain
from model.door import mark, say
from model.path import State
from model.path.readable import ReadablePath
from model.path.watch import PathWatch
from model.words.names import weight_name

EARLIER_STEPS = 5
# While running, the steps before are looked up only where that takes no time.
_CHEAP_WEIGHTS = 1000
# At full speed no one sees single steps; the time goes to more of them.
_FASTEST_FRAMES = 12.0
_HEADINGS = (mark("Error as each weight alone changes"), mark("Error by weight"), "")
_SWITCHES = (
    (
        mark("one scale"),
        mark("Draw all curves with the same scale, so that it is seen which one is steepest"),
    ),
    (
        mark("hot and cold"),
        mark("Show the error for a little less and a little more of each weight: ↓ is warmer"),
    ),
)  # fmt: skip
_CARD_WIDTH = 205
# Beside each other in a low room a slope still stands whole beside its weight's letter.
_MIN_CARD_WIDTH = 124
# A grid that scrolls anyway gives each card more height.
_CARD_HEIGHT = 104
_MIN_CARD_HEIGHT = 84
# What the probes beside a dot say takes a line more.
_PROBES_HEIGHT = 26


class RecentStates:
    """States of a path by step, kept so that a further step looks up one and not five."""

    def __init__(self) -> None:
        self._watch = PathWatch()
        self._path: ReadablePath | None = None
        self._states: dict[int, State] = {}

    def follow(self, path: ReadablePath) -> None:
        """Forget what an edit or another path has made untrue."""
        self._path = path
        first = self._watch.first_change(path)
        if first is not None:
            self._states = {k: state for k, state in self._states.items() if k < first}

    def keep(self, state: State) -> None:
        """Remember a state that was looked up elsewhere."""
        self._states[state.step] = state

    def state(self, step: int) -> State:
        """The state at ``step`` of the path followed."""
        assert self._path is not None
        if step not in self._states:
            self._states[step] = self._path.state(step)
        return self._states[step]

    def drop_all_but(self, first: int, last: int) -> None:
        """Keep only the start and the steps first..last."""
        self._states = {k: s for k, s in self._states.items() if k == 0 or first <= k <= last}


class _Heading(QLabel):
    """Says what the curves are in as many words as there is room for beside the buttons."""

    def __init__(self) -> None:
        super().__init__(say(_HEADINGS[0]))
        self.setObjectName("heading")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self.font())
        headings = [say(text) if text else "" for text in _HEADINGS]
        fitting = (text for text in headings if metrics.horizontalAdvance(text) <= self.width())
        self.setText(next(fitting, ""))


class ErrorCurvesPanel(QWidget):
    """A card for each chosen weight, in a grid that scrolls where it must."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        choice = self._choice = session.view.weights
        self._recent = RecentStates()
        self._companions: list[QWidget] = []
        self._in_row = False
        # The weights and the names that there are cards for.
        self._cards_for: object = None
        self.cards: list[BowlCard] = []
        self._arranged = 0
        self._heading = _Heading()
        self.chooser = WeightChooser(choice, self)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        self.scale_button, self.probes_button = (
            self._switch(say(text), say(tip), on)
            for (text, tip), on in zip(
                _SWITCHES, (session.view.one_scale, session.view.hot_and_cold), strict=True
            )
        )
        self.scale_button.clicked.connect(self._scale_pressed)
        self.probes_button.clicked.connect(self._probes_pressed)
        top.addWidget(self.scale_button)
        top.addWidget(self.probes_button)
        top.addWidget(self.chooser)
        self._revealed: tuple[int, ...] = ()
        self._reveal_soon = QTimer(self, singleShot=True, interval=0)
        self._reveal_soon.timeout.connect(self._reveal_now)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inside)
        self._area.verticalScrollBar().rangeChanged.connect(self._scroll_range_changed)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._area, 1)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, forget=self._forget,
            describe=self._describe, frames=self._frames,
        )  # fmt: skip
        choice.changed.connect(self._following.start_over)
        session.view.changed.connect(self._view_differs)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.scale_button, self.probes_button, self.chooser, *self.cards]

    def card_of(self, cell: tuple[int, ...]) -> BowlCard | None:
        """The card of a weight, (output, input); None where it is not among the chosen ones."""
        return next((card for card in self.cards if card.cell == cell), None)

    def reveal(self, cell: tuple[int, ...]) -> None:
        """Scroll to the card of a weight, once the grid has found room for it."""
        self._revealed = cell
        self._reveal_soon.start()

    def reveal_companion(self, card: QWidget) -> None:
        """Scroll to one of the other cards, where it is in the grid."""
        if card in self._companions:
            self._area.ensureWidgetVisible(card)

    @Slot()
    def _reveal_now(self) -> None:
        card = self.card_of(self._revealed)
        if card is not None:
            self._revealed = ()
            self._area.ensureWidgetVisible(card)

    @property
    def rows(self) -> int:
        """Rows of the grid."""
        return -(-self._n_tiles // self._columns())

    @property
    def whole_height(self) -> int:
        """Pixels that it takes to show every card without scrolling."""
        heading = max(self._heading.sizeHint().height(), self.chooser.minimumHeight())
        return heading + self._column.spacing() + self._inside.minimumHeight()

    def set_companions(self, cards: list[QWidget]) -> None:
        """Put other cards into the last places of the grid."""
        if cards != self._companions:
            self._companions = list(cards)
            self._arrange()

    def set_in_row(self, in_row: bool) -> None:
        """Put as many cards as fit beside each other, or few of them into a square."""
        if in_row != self._in_row:
            self._in_row = in_row
            self._arrange()

    # -- what is shown ------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show the session's moment."""
        session, recent = self._session, self._recent
        now = session.state
        recent.follow(session.path)
        recent.keep(now)
        earlier = [recent.state(step) for step in self._earlier_steps()]
        first = recent.state(0)
        recent.drop_all_but(now.step - EARLIER_STEPS, now.step)
        for card in self.cards:
            card.show_states(now, earlier, first)
        self._fit_ranges()

    @Slot()
    def _fit_ranges(self) -> None:
        """Have the ranges serve what is shown; while a dot is held, they are held, too."""
        if any(card.plot.bowls.held for card in self.cards):
            return
        shown = [card.plot.shown for card in self.cards]
        if self._session.view.one_scale:
            views = one_scale(shown)
        elif self._session.playback.running:
            plots = [card.plot for card in self.cards]
            views = [held(plot.fitting, own_view(plot.shown)) for plot in plots]
        else:
            views = [own_view(bowls) for bowls in shown]
        for card, view in zip(self.cards, views, strict=True):
            card.plot.show_view(view)

    @Slot(str)
    def _view_differs(self, name: str) -> None:
        view = self._session.view
        if name == "one_scale":
            self.scale_button.setChecked(view.one_scale)
            # What was zoomed to on another scale would not be comparable.
            for card in self.cards:
                card.plot.fit()
            self._following.look_again()
        elif name == "hot_and_cold":
            self.probes_button.setChecked(view.hot_and_cold)
            for card in self.cards:
                card.plot.show_probes(view.hot_and_cold)
            self._arrange()
            self._following.look_again()

    @Slot(bool)
    def _scale_pressed(self, one: bool) -> None:
        self._session.view.show(one_scale=one)

    @Slot(bool)
    def _probes_pressed(self, shown: bool) -> None:
        self._session.view.show(hot_and_cold=shown)

    def _describe(self) -> None:
        for card in self.cards:
            card.describe()

    def _frames(self) -> float | None:
        return _FASTEST_FRAMES if math.isinf(self._session.view.speed) else None

    def _earlier_steps(self) -> range:
        """Steps before the current one, newest first."""
        position = self._session.playback.position
        if (
            self._session.playback.running
            and self._session.experiment.weights.size > _CHEAP_WEIGHTS
        ):
            return range(0)
        return range(position - 1, max(-1, position - 1 - EARLIER_STEPS), -1)

    def _switch(self, text: str, tip: str, on: bool) -> QToolButton:
        button = quiet_button(text, tip, text, checkable=True)
        button.setChecked(on)
        button.setAccessibleDescription(tip)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        return button

    # -- the grid -----------------------------------------------------------------------

    def _forget(self) -> None:
        """Let go of the states of a path, each of which keeps all examples alive."""
        self._recent = RecentStates()

    def _rebuild(self) -> None:
        """A card for each of the weights that are chosen now; the same ones serve again."""
        if self._revealed:
            self._reveal_soon.start()
        experiment = self._session.experiment
        wanted = [
            (cell, self._choice.name(cell), weight_name(experiment, *cell))
            for cell in self._choice.cells
        ]
        if (wanted, experiment.inputs, experiment.outputs) == self._cards_for:
            for card in self.cards:
                card.plot.bowls.let_go()
                card.plot.fit()
            return
        self._cards_for = (wanted, experiment.inputs, experiment.outputs)
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            BowlCard(self._session, cell, self._choice.names(cell)) for cell in self._choice.cells
        ]
        for card in self.cards:
            card.plot.let_go.connect(self._fit_ranges)
            card.plot.show_probes(self._session.view.hot_and_cold)
        self._arrange()
        chain(self.tab_stops)

    @property
    def _n_tiles(self) -> int:
        # Chosen weights rather than cards: these are made when they are in sight.
        return len(self._choice.cells) + len(self._companions)

    def _columns(self) -> int:
        if self._n_tiles <= 4 and not self._in_row:
            return min(self._n_tiles, 2)
        width = _MIN_CARD_WIDTH if self._in_row else _CARD_WIDTH
        fitting = (self.width() + look.theme.px(8)) // look.theme.px(width)
        return min(max(2, fitting), 4, self._n_tiles)

    def _arrange(self) -> None:
        columns, rows = self._columns(), self.rows
        few = self._n_tiles <= 4
        gap = self._grid.spacing()
        height = _MIN_CARD_HEIGHT if few else _CARD_HEIGHT
        if self._session.view.hot_and_cold:
            height += _PROBES_HEIGHT
        height = look.theme.px(height)
        for at, tile in enumerate([*self.cards, *self._companions]):
            self._grid.addWidget(tile, *divmod(at, columns))
            tile.show()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, int(row < rows))
            self._grid.setRowMinimumHeight(row, height if row < rows else 0)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < columns))
        self._inside.setMinimumHeight(rows * height + (rows - 1) * gap)
        self._arranged = columns
        self._scroll_range_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns() != self._arranged:
            self._arrange()

    @Slot()
    def _scroll_range_changed(self, *_: object) -> None:
        """Where the grid scrolls, the plain wheel scrolls it; with Ctrl it zooms."""
        scrolls = self._area.verticalScrollBar().maximum() > 0
        for plot in self._inside.findChildren(Plot):
            plot.leaves_wheel = scrolls

    @Slot()
    def _restyle(self) -> None:
        self._heading.setMinimumHeight(look.theme.px(22))
        self._grid.setSpacing(look.theme.px(8))
        if self.cards:
            self._arrange()
