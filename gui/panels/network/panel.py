"""The network on the bench: inputs, weights and outputs, every number of which can be edited."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.network.layout import Shape
from gui.panels.network.moment import moment_of
from gui.panels.network.view import GraphView
from gui.panels.network.weight_card import Padlock
from gui.session import Session
from gui.widgets.number_field import NumberField
from model.phase import Phase
from model.words.step import HINTS, RUNNING, GraphMoment, explain, in_words

_FLOW_MS = 240
_MARGIN = 20
# So many can be drawn in a frame without holding up the run.
_CARDS_A_FRAME = 24


class Caption(QWidget):
    """One line of text, in as many words as the width holds."""

    def __init__(self, align: Qt.AlignmentFlag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._align = align
        self._sentences: tuple[str, ...] = ("",)
        self._new = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def show_sentences(self, sentences: tuple[str, ...], new: bool = False) -> None:
        """Say one of these, the first that fits; ``new`` where it tells what just happened."""
        if (sentences, new) != (self._sentences, self._new):
            self._sentences, self._new = sentences, new
            self.setAccessibleName(sentences[0])
            self.update()

    @property
    def text(self) -> str:
        """What is written."""
        metrics = QFontMetricsF(look.theme.font())
        room = self.width() - 2 * look.theme.px(_MARGIN)
        for sentence in self._sentences:
            if metrics.horizontalAdvance(sentence) <= room:
                return sentence
        return metrics.elidedText(self._sentences[-1], Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:
        return QSize(0, look.theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.theme.font())
        painter.setPen(look.theme.color("ink" if self._new else "muted"))
        margin = look.theme.px(_MARGIN)
        box = QRectF(self.rect()).adjusted(margin, 0, -margin, 0)
        painter.drawText(box, self._align | Qt.AlignmentFlag.AlignVCenter, self.text)


class NetworkGraph(QWidget):
    """Draws the session's network and asks the session for every change made on it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName("Network")
        self._shown_phase = Phase.READY
        self._moment: GraphMoment | None = None
        self._left_out = 0
        self._example = Caption(Qt.AlignmentFlag.AlignLeft, self)
        self.view = GraphView(session, self)
        self._caption = Caption(Qt.AlignmentFlag.AlignHCenter, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._example)
        column.addWidget(self.view, 1)
        column.addWidget(self._caption)
        # A prediction is seen to go from left to right; the numbers are there at once.
        self._flow = QVariantAnimation(self)
        self._flow.setDuration(_FLOW_MS)
        self._flow.setStartValue(0.0)
        self._flow.setEndValue(1.0)
        self._flow.valueChanged.connect(self._flowed)
        session.opened.connect(self._opened)
        session.changed.connect(self.refresh)
        session.playback.running_changed.connect(self.refresh)
        look.changed.connect(self.refresh)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self._opened()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return self.view.tab_stops

    # -- what is shown, for others -----------------------------------------------------------

    def input_field(self, column: int) -> NumberField:
        """The field of an input's value; scrolls to it if need be."""
        return self._current_view().input_card(column).field

    def weight_field(self, output: int, column: int) -> NumberField:
        """The field of a weight's value; scrolls to it if need be."""
        return self._current_view().weight_card(output, column).field

    def padlock(self, output: int, column: int) -> Padlock:
        """The button that freezes a weight; scrolls to it if need be."""
        return self._current_view().weight_card(output, column).padlock

    def weight_lines(self, output: int, column: int) -> tuple[str, str]:
        """What is written below a weight: weight_delta and next, or that it is held."""
        return self._current_view().weight_card(output, column).lines

    def target_field(self, output: int) -> NumberField:
        """The field of an output's target; scrolls to it if need be."""
        return self._current_view().output_card(output).field

    def pred(self, output: int) -> float:
        """An output's prediction, with every digit."""
        return float(self._session.state.pred[output])

    def pred_text(self, output: int) -> str:
        """An output's prediction as it is written."""
        return self._current_view().output_card(output).pred_text

    def delta_text(self, output: int) -> str:
        """An output's delta as it is written; a dash before it is made."""
        return self._current_view().output_card(output).delta_text

    def error_text(self, output: int) -> str:
        """An output's error as it is written; a dash before it is made."""
        return self._current_view().output_card(output).error_text

    @property
    def caption(self) -> str:
        """The sentence below the graph, as it is written."""
        return self._caption.text

    @property
    def example_text(self) -> str:
        """Which example is on the bench; empty where there is only one."""
        return "" if self._example.isHidden() else self._example.text

    # -- following the session ---------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the session's moment; while hidden nothing is done, and made up for later."""
        if not self.isVisible() or self._leaves_out_frame():
            return
        self._update()

    def _update(self) -> None:
        session = self._session
        # While running, only a slow run goes through the parts of a step.
        in_parts = (
            not session.playback.running
            or session.playback.phase is not Phase.READY
            or self._shown_phase is Phase.COMPARED
        )
        began = (
            session.playback.phase is Phase.PREDICTED and self._shown_phase is not Phase.PREDICTED
        )
        self._shown_phase = session.playback.phase
        self._moment = moment_of(session, in_parts)
        self.view.show_moment(self._moment, in_words=not session.playback.running)
        self._show_flow(began)
        self._show_example(self._moment)
        self._explain(self._moment)
        if not session.playback.running:
            self.setAccessibleDescription(in_words(self._moment))

    def _current_view(self) -> GraphView:
        """The view, up to date even while the panel is hidden."""
        if not self.isVisible():
            self._update()
        return self.view

    def _leaves_out_frame(self) -> bool:
        """While running, a graph of very many cards is not drawn for every frame."""
        self._left_out += 1
        if (
            self._session.playback.running
            and self._left_out * _CARDS_A_FRAME < self.view.card_count
        ):
            return True
        self._left_out = 0
        return False

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()

    @Slot()
    def _opened(self) -> None:
        """Another experiment: names and shapes may differ."""
        self._shown_phase = self._session.playback.phase
        self._moment = None
        targets = np.abs(self._session.experiment.setup.examples.base_targets)
        self.view.start_over(float(targets.max()) or 1.0)
        self.refresh()

    def _show_example(self, moment: GraphMoment) -> None:
        """Say which example of a stream is on the bench."""
        setup = moment.state.setup
        stream = len(setup.examples) > 1 and setup.schedule.order != "first"
        if stream:
            index, n_examples = moment.state.example, len(setup.examples)
            own = "an example of your own"
            which = own if index is None else f"example {index + 1:,} of {n_examples:,}"
            self._example.show_sentences((which,))
        self._example.setVisible(stream)

    # -- the caption -------------------------------------------------------------------------

    @Slot()
    def _focus_changed(self) -> None:
        """With several outputs, explain the one under focus."""
        if self.isVisible() and self._moment is not None:
            self._explain(self._moment)

    def _explain(self, moment: GraphMoment) -> None:
        """Say how the newest numbers were made."""
        sentences = explain(moment, self.view.focused_cell())
        self._caption.show_sentences(sentences, new=sentences not in (HINTS, RUNNING))

    # -- the flow of a prediction ------------------------------------------------------------

    def _show_flow(self, began: bool) -> None:
        """Start the flow where a person has just asked for a prediction; else be done with it."""
        wanted = began and self.isVisible() and not self._session.playback.running
        # The style's hint is 0 where a person has turned animation off.
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        if wanted and self.view.arrangement.shape is Shape.FAN and self.style().styleHint(hint):
            self._flow.start()
        elif began or self._shown_phase is not Phase.PREDICTED:
            self._flow.stop()
            self.view.set_flow(1.0)

    @Slot(object)
    def _flowed(self, value: float) -> None:
        self.view.set_flow(value)
