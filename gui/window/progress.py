"""Says that a run is on its way to a certain step, how far it is, and lets it be cancelled."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.door import say

# What takes less is over before it could be read.
_PATIENCE_MS = 300
_PARTS = 1000


class RunProgress(QFrame):
    """Hidden unless a run to a certain step takes long enough to wonder about."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._begun_at = 0
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._appear)
        self.setObjectName("notice")
        self.label = TextLine(role="ink")
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("How far it is"))
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.setToolTip(say("Stay at the step that has been reached"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(session.playback.pause)
        self._row = row = QHBoxLayout(self)
        row.addWidget(self.label, 2)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        session.playback.running_changed.connect(self._running_changed)
        session.changed.connect(self._refresh)
        look.follow(self, self._restyle)
        self._restyle()
        self.hide()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.cancel_button]

    @Slot()
    def _running_changed(self) -> None:
        if self._session.playback.restoring:
            self._begun_at = self._session.playback.position
            self._soon.start()
        else:
            self._soon.stop()
            self.hide()

    @Slot()
    def _appear(self) -> None:
        if self._session.playback.restoring:
            self.show()
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        playback = self._session.playback
        if self.isHidden() or not playback.restoring:
            return
        goal, then = playback.destination
        at = playback.position
        if then == goal:
            text = say("Going to step {goal:,}: now at {at:,}", goal=goal, at=at)
        else:
            text = say(
                "Going to step {goal:,} and back to {then:,}, as it was saved: now at {at:,}",
                goal=goal, then=then, at=at,
            )  # fmt: skip
        self.label.set_text(text)
        share = (at - self._begun_at) / max(1, goal - self._begun_at)
        self.bar.setValue(round(_PARTS * min(max(0.0, share), 1.0)))

    @Slot()
    def _restyle(self) -> None:
        theme, px = look.theme, look.theme.px
        give_sheet(
            self,
            f"QFrame#notice {{ background: {theme.raised}; border: 1px solid {theme.outline};"
            f" border-radius: {px(4)}px; }}",
        )
        self._row.setContentsMargins(px(12), px(5), px(8), px(5))
        self._row.setSpacing(px(10))
