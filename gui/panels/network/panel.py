"""The network on the bench: inputs, weights and outputs, every number of which can be edited."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.network.layout import Shape
from gui.panels.network.moment import moment_of
from gui.panels.network.view import GraphView
from gui.session import Session
from gui.widgets.whereabouts import rect_in
from model.phase import Phase
from model.words.parts import Part
from model.words.step import GraphMoment, explain, is_news, moment_in_words

_FLOW_MS = 240
_MARGIN = 20
# So many can be drawn in every frame without holding up the run, and so many in a second.
_CARDS_A_FRAME = 24
_CARDS_A_SECOND = 730.0


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
        self.example = Caption(Qt.AlignmentFlag.AlignLeft, self)
        self.view = GraphView(session, self)
        self.caption = Caption(Qt.AlignmentFlag.AlignHCenter, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.example)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)
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
        look.changed.connect(self._following.look_again)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return self.view.tab_stops

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.family == "network":
            return rect_in(self, self)
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

    def _describe(self) -> None:
        assert self._moment is not None
        self.setAccessibleDescription(moment_in_words(self._moment))

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
            own = "an example of your own"
            which = own if index is None else f"example {index + 1:,} of {n_examples:,}"
            self.example.show_sentences((which,))
        self.example.setVisible(stream)

    # -- the caption -------------------------------------------------------------------------

    @Slot()
    def _focus_changed(self) -> None:
        """With several outputs, explain the one under focus."""
        if self._following.in_sight and self._moment is not None:
            self._explain(self._moment)

    def _explain(self, moment: GraphMoment) -> None:
        """Say how the newest numbers were made."""
        sentences = explain(moment, self.view.focused_cell())
        self.caption.show_sentences(sentences, new=is_news(sentences))

    # -- the flow of a prediction ------------------------------------------------------------

    def _show_flow(self, began: bool) -> None:
        """Start the flow where a person has just asked for a prediction; else be done with it."""
        wanted = began and self._following.in_sight and not self._session.playback.running
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
