"""The network on the bench: inputs, weights and outputs, every number of which can be edited."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.network.captions import Caption, Paragraph
from gui.panels.network.layout import Shape
from gui.panels.network.moment import moment_of
from gui.panels.network.view import GraphView
from gui.session import Session
from gui.widgets.whereabouts import rect_in
from model.door import say
from model.phase import Phase, StepPart
from model.words.names import weight_name
from model.words.parts import Part, part
from model.words.step import Focus, GraphMoment, explain, moment_in_words
from model.words.why import HIDDEN_WHY, why

_FLOW_MS = 240
# So many can be drawn in every frame without holding up the run, and so many in a second.
_CARDS_A_FRAME = 24
_CARDS_A_SECOND = 730.0


class NetworkGraph(QWidget):
    """Draws the session's network and asks the session for every change made on it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(say("Network"))
        self._shown_phase = Phase.READY
        self._moment: GraphMoment | None = None
        self.example = Caption(Qt.AlignmentFlag.AlignLeft, self)
        self.view = GraphView(session, self)
        self.caption = Caption(Qt.AlignmentFlag.AlignHCenter, self)
        self.why = Paragraph(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.example)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)
        column.addWidget(self.why)
        # A prediction is seen to go from left to right; the numbers are there at once.
        self._flow = QVariantAnimation(self)
        self._flow.setDuration(_FLOW_MS)
        self._flow.setStartValue(0.0)
        self._flow.setEndValue(1.0)
        self._flow.valueChanged.connect(self._flowed)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, forget=self._forget,
            describe=self._describe, frames=self._frames,
        )  # fmt: skip
        self.view.picked.connect(self._picked)
        self.view.cards_shown.connect(self._following.describe_soon)
        session.view.changed.connect(self._view_changed)
        look.follow(self, self._following.look_again)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return self.view.tab_stops

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.family in ("network", "why"):
            return rect_in(self, self if part.family == "network" else self.why)
        card = self.view.card_in_sight(part)
        return None if card is None else rect_in(self, card, card.part_rect(part.family))

    def reveal(self, part: Part) -> None:
        """Bring one of the named parts into sight."""
        if part.cell:
            self.current_view().card_of(part)

    def current_view(self) -> GraphView:
        """The view with its cards, up to date even while the panel is hidden."""
        self._following.catch_up()
        return self.view

    # -- following the session ---------------------------------------------------------------

    def _forget(self) -> None:
        """Let go of the cards and of all that was shown in them."""
        self._moment = None
        self.view.clear()

    def _rebuild(self) -> None:
        """Another experiment: names and shapes may differ."""
        self._shown_phase = self._session.playback.phase
        targets = np.abs(self._session.experiment.setup.examples.base_targets)
        self.view.start_over(float(targets.max()) or 1.0)

    def _refresh(self) -> None:
        """Show the session's moment."""
        session = self._session
        began = (
            session.playback.phase is Phase.PREDICTED and self._shown_phase is not Phase.PREDICTED
        )
        self._shown_phase = session.playback.phase
        self._moment = moment_of(session)
        self.view.show_moment(self._moment)
        self._show_flow(began)
        self._show_example(self._moment)
        self._explain(self._moment)

    def _describe(self) -> None:
        assert self._moment is not None
        self.setAccessibleDescription(moment_in_words(self._moment))
        self.view.describe()

    def _frames(self) -> float | None:
        """While running, a graph of very many cards is not drawn for every frame."""
        n_cards = self.view.card_count
        return None if n_cards <= _CARDS_A_FRAME else _CARDS_A_SECOND / n_cards

    def _show_example(self, moment: GraphMoment) -> None:
        """Say which example of a stream is on the bench."""
        setup = moment.state.setup
        stream = len(setup.examples) > 1 and setup.schedule.order != "first"
        if stream:
            index, n_examples = moment.state.example, len(setup.examples)
            which = say("an example of your own")
            if index is not None:
                which = say("example {example:,} of {n:,}", example=index + 1, n=n_examples)
            self.example.show_sentences((which,))
        self.example.setVisible(stream)

    # -- what is selected ------------------------------------------------------------------

    @Slot()
    def _focus_changed(self) -> None:
        """Select what the focus has come to."""
        shown = self._moment is not None and self._moment.experiment is self._session.experiment
        if shown and self._following.in_sight:
            focus = self.view.focused_cell()
            if focus != (None, None):
                self._select(focus)

    @Slot(object, object)
    def _picked(self, output: int | None, column: int | None) -> None:
        self._select((output, column))

    def _select(self, focus: Focus) -> None:
        """Ask for a card to be what is looked at, or none."""
        view, experiment = self._session.view, self._session.experiment
        output, column = focus
        name = None
        if output is not None and column is not None:
            name = f"weight:{weight_name(experiment, output, column)}"
        elif output is not None:
            name = f"output:{experiment.outputs[output]}"
        elif column is not None:
            name = f"input:{experiment.inputs[column]}"
        if name != view.part:
            view.show(part=name)

    @property
    def _selected(self) -> Focus:
        """The output and input of what is selected on the network."""
        name = self._session.view.part
        if name is None:
            return None, None
        found = part(self._session.experiment, name)
        if found.panel != "network" or not found.cell:
            return None, None
        if found.family == "input":
            return None, found.cell[0]
        return found.cell[0], found.cell[1] if len(found.cell) == 2 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._selected != (None, None):
            self._session.view.show(part=None)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _view_changed(self, name: str) -> None:
        if name == "part" and self._following.in_sight and self._moment is not None:
            self._explain(self._moment)

    def _explain(self, moment: GraphMoment) -> None:
        """Say how the newest numbers were made, and why, of what is selected."""
        selected = self._selected
        self.view.select(selected)
        sentences = explain(moment, selected)
        told = selected != (None, None) or moment.part is not StepPart.REST
        self.caption.show_sentences(sentences, new=told)
        reasons = () if moment.running and moment.part is StepPart.REST else why(moment, selected)
        if self._session.parts.veils.covers("why"):
            reasons = (say(HIDDEN_WHY),)
        self.why.show_sentences(reasons)

    # -- the flow of a prediction ------------------------------------------------------------

    def _show_flow(self, began: bool) -> None:
        """Start the flow where a person has just asked for a prediction; else be done with it."""
        wanted = began and self._following.in_sight and not self._session.playback.running
        if wanted and self.view.arrangement.shape is Shape.FAN and look.motion:
            self._flow.start()
        elif began or self._shown_phase is not Phase.PREDICTED or not look.motion:
            self._flow.stop()
            self.view.set_flow(1.0)

    @Slot(object)
    def _flowed(self, value: float) -> None:
        self.view.set_flow(value)
