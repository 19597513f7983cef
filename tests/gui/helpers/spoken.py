"""What a screen reader is told without being asked: announcements, and notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from gui.window.window import Window


class Heard:
    """Notes each sentence as it is spoken."""

    def __init__(
        self,
        window: Window,
        monkeypatch: pytest.MonkeyPatch,
        note: Callable[[str], None] | None = None,
    ) -> None:
        self.sentences: list[str] = []
        self._note = note
        tell = QAccessible.updateAccessibility

        def heard(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                self.hear(event.message())
            tell(event)

        monkeypatch.setattr(QAccessible, "updateAccessibility", heard)
        window.session.notices.refused.connect(self.hear)

    def hear(self, sentence: str) -> None:
        """Note one."""
        self.sentences.append(sentence)
        if self._note is not None:
            self._note(sentence)
