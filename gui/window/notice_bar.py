"""A bar that says why a run stopped, or why a change could not be made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import say

_REFUSAL_MS = 6000
# A sentence may hold a name or a path of any length.
_MAX_LINES = 6
# How far back the step with the lowest error is looked for.
_LOOK_BACK = 1000


class NoticeBar(QFrame):
    """One sentence, and what can be done about it; hidden while there is nothing to say.

    Why a run stopped is said for as long as its last step is looked at; why a change was
    refused, for a few seconds or until another change is made. What was said last is shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stopped_at = session.playback.position
        self._best_step = session.playback.position
        self._closed = False
        self._refusal = ""
        # What stays until it is closed, and what its button does.
        self._offer = ""
        self._accept: Callable[[], object] | None = None
        self._urgent = True
        self._refusal_timer = QTimer(self)
        self._refusal_timer.setSingleShot(True)
        self._refusal_timer.setInterval(_REFUSAL_MS)
        self._refusal_timer.timeout.connect(self._forget_refusal)

        self.setObjectName("notice")
        self.label = TextLine(role="ink", lines=_MAX_LINES, scale=1.0)
        self.back_button = QPushButton(say("Go back"), self)
        self.back_button.setAutoDefault(False)
        self.close_button = quiet_button("×", say("Close"), say("Close the notice"))
        self._row = row = QHBoxLayout(self)
        row.addWidget(self.label, 1)
        self.offer_button = QPushButton(self)
        self.offer_button.setAccessibleName(say("What the notice offers"))
        self.offer_button.setAutoDefault(False)
        row.addWidget(self.offer_button)
        row.addWidget(self.back_button)
        row.addWidget(self.close_button)

        self.back_button.clicked.connect(self._go_back)
        self.offer_button.clicked.connect(self._accept_offer)
        self.close_button.clicked.connect(self._close)
        session.playback.stopped.connect(self._stopped)
        session.notices.refused.connect(self._refused)
        session.notices.offered.connect(self._offered)
        session.notices.withdrawn.connect(self._withdrawn)
        session.changed.connect(self._moved)
        session.edits.changed.connect(self._forget_refusal)
        look.follow(self, self._restyle)
        self._restyle()
        self.hide()
        self._stopped(session.playback.stop_reason)

    @property
    def text(self) -> str:
        """The sentence that is shown; empty while there is none."""
        return self.label.text if not self.isHidden() else ""

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.offer_button, self.back_button, self.close_button]

    # -- what the session says ------------------------------------------------------------

    @Slot(str)
    def _stopped(self, reason: str) -> None:
        self._closed = False
        self._stopped_at = self._session.playback.position
        if reason:
            # An older sentence would hide why the command just given did nothing.
            self._refusal_timer.stop()
            self._refusal = ""
        went_wrong = bool(reason) and not self._session.path.lacks_label
        self._best_step = self._lowest_error() if went_wrong else self._stopped_at
        self._show()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._refusal_timer.start()
        self._show()

    @Slot(str, str, object)
    def _offered(self, sentence: str, button: str, do: Callable[[], object]) -> None:
        self._offer, self._accept = sentence, do
        self.offer_button.setText(button)
        self.offer_button.setAccessibleName(button.replace("&", ""))
        self._show()

    @Slot(str)
    def _withdrawn(self, sentence: str) -> None:
        if sentence == self._refusal:
            self._forget_refusal()
        if sentence == self._offer:
            self._offer, self._accept = "", None
            self._show()

    @Slot()
    def _accept_offer(self) -> None:
        do, self._offer, self._accept = self._accept, "", None
        self._show()
        if do is not None:
            do()

    @Slot()
    def _moved(self) -> None:
        if self._session.playback.position != self._stopped_at:
            self._closed = False
        self._show()

    @Slot()
    def _forget_refusal(self) -> None:
        self._refusal_timer.stop()
        if self._refusal:
            self._refusal = ""
            self._show()

    def _lowest_error(self) -> int:
        """The step with the lowest error, summed over the outputs, of those just before."""
        position = self._session.playback.position
        steps, errors = self._session.path.errors(max(0, position - _LOOK_BACK), position + 1)
        return int(steps[np.argmin(errors[:, 1, :].sum(axis=1))]) if len(steps) else position

    # -- what it shows --------------------------------------------------------------------

    def _show(self) -> None:
        session = self._session
        here = session.playback.position == self._stopped_at and not self._closed
        stopped = session.playback.stop_reason if here else ""
        sentence = self._refusal or stopped or self._offer
        if not sentence:
            self.hide()
            return
        if sentence == self.label.text and not self.isHidden():
            return
        self.label.set_text(sentence)
        self._set_urgent(bool(stopped) and not self._refusal)
        self.offer_button.setVisible(sentence == self._offer)
        self.back_button.setText(say("Go back to step {step:,}", step=self._best_step))
        self.back_button.setVisible(self._urgent and self._best_step != session.playback.position)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.label, QAccessible.Event.Alert))

    @Slot()
    def _go_back(self) -> None:
        self._session.playback.seek(self._best_step)

    @Slot()
    def _close(self) -> None:
        if self._refusal:
            self._forget_refusal()
        elif self.offer_button.isVisibleTo(self):
            self._offer, self._accept = "", None
            self._show()
        else:
            self._closed = True
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    # -- looks ----------------------------------------------------------------------------

    def _set_urgent(self, urgent: bool) -> None:
        if urgent != self._urgent:
            self._urgent = urgent
            self._restyle()

    @Slot()
    def _restyle(self) -> None:
        theme, px = look.theme, look.theme.px
        wash, edge = (
            (theme.diverges_wash, theme.diverges) if self._urgent else (theme.raised, theme.outline)
        )
        give_sheet(
            self,
            f"QFrame#notice {{ background: {wash}; border: 1px solid {edge};"
            f" border-left-width: {px(4)}px; border-radius: {px(4)}px; }}"
            f"QToolButton#quiet {{ color: {theme.ink}; font-size: {px(15)}px; }}",
        )
        self._row.setContentsMargins(px(12), px(7), px(8), px(7))
        self._row.setSpacing(px(10))
        self.setMinimumHeight(px(44))
