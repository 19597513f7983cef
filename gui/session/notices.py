"""What has to be said to the person at the bench, by whoever finds it out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot


class Notices(QObject):
    """Takes sentences from anywhere; the window shows them in one place.

    Signals
    -------
    refused(str) : something asked for could not be done, and why, in one sentence; an empty one
        takes that back
    offered(str, str, callable) : a sentence that stays until it is closed, the words of a button
        beside it, and what that does
    withdrawn(str) : a sentence that was said or offered is of no more use
    """

    refused = Signal(str)
    offered = Signal(str, str, object)
    withdrawn = Signal(str)

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why something could not be done; an empty sentence takes that back."""
        self.refused.emit(sentence)

    def offer(self, sentence: str, button: str, do: Callable[[], object]) -> None:
        """Say something that stays until it is closed, with something to do about it."""
        self.offered.emit(sentence, button, do)

    def withdraw(self, sentence: str) -> None:
        """Take back what was said or offered; nothing where another sentence has come since."""
        self.withdrawn.emit(sentence)
