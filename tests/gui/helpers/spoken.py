"""What a screen reader is told without being asked: announcements and alerts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


class Heard:
    """Notes each sentence as it is spoken."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        note: Callable[[str], None] | None = None,
    ) -> None:
        self.sentences: list[str] = []
        self._note = note
        tell = QAccessible.updateAccessibility

        def heard(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                self.hear(event.message())
            elif event.type() == QAccessible.Event.Alert:
                alert = event.object()
                assert isinstance(alert, QWidget)
                self.hear(alert.accessibleName())
            tell(event)

        monkeypatch.setattr(QAccessible, "updateAccessibility", heard)

    def hear(self, sentence: str) -> None:
        """Note one."""
        self.sentences.append(sentence)
        if self._note is not None:
            self._note(sentence)
