"""Says to a screen reader what a step, or a part of one, has come to."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from gui.session import Session
from model.door import say
from model.words import numbers
from model.words.step import GraphMoment, output_in_words

# Of more outputs the sum of their errors is said.
_FEW = 3


class StepsTold:
    """Tells where the bench is now, and what the network makes there, each time it has moved.

    What is hidden is not told, and nothing is of a bench that has just been opened.
    """

    def __init__(self, session: Session, widget: QWidget) -> None:
        self._session = session
        self._widget = widget
        self._told = self._place

    @property
    def _place(self) -> tuple[object, int, int]:
        playback = self._session.playback
        return playback.bench, playback.position, playback.phase

    def tell(self) -> None:
        """Say it, if the bench is at another step, or part of one, than when it was said last."""
        before, self._told = self._told, self._place
        if before != self._told and before[0] is self._told[0]:
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self._widget, self.sentence)
            )

    @property
    def sentence(self) -> str:
        """The step, and each output as far as it has been made."""
        session = self._session
        seen = session.parts.shown(session.seen)
        step, n_outputs = session.playback.position, len(seen.target)
        if n_outputs > _FEW:
            return say(
                "step {step:,}: error {error}", step=step, error=numbers.plain(seen.error.sum())
            )
        moment = GraphMoment(
            session.experiment, seen, session.playback.part, session.playback.running,
            seen.weights, seen.setup.frozen, None,
        )  # fmt: skip
        outputs = "; ".join(output_in_words(moment, at) for at in range(n_outputs))
        return say("step {step:,}: {outputs}", step=step, outputs=outputs)
