"""What has to be said to the person at the bench, by whoever finds it out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot


class Notices(QObject):
    """Takes sentences from anywhere; the window shows them in one place.

    Signals
    -------
    refused(str) : something asked for could not be done, and why, in one sentence; an empty one
        takes that back
    """

    refused = Signal(str)

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why something could not be done; an empty sentence takes that back."""
        self.refused.emit(sentence)
