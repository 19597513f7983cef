"""A show of hands: how many chose each answer, and how many once they had talked about it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.session.lesson import LessonPlayer

_MAX_HANDS = 999


class Votes(QObject):
    """The hands counted for one question at a time, in up to two rounds.

    Signals
    -------
    changed : a hand was counted or taken back, or another round or question began
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds: dict[str, list[dict[str, int]]] = {}
        self._player: LessonPlayer | None = None
        self._question = ""
        self._options: tuple[str, ...] = ()

    def keep_in(self, player: LessonPlayer) -> None:
        """Go on with what is recorded of the player's lesson, and record what is counted there."""
        self._player = player
        if player.lesson is not None and self._rounds is not player.record.votes:
            self._rounds = player.record.votes
            self.changed.emit()

    def _tell(self) -> None:
        if self._player is not None:
            self._player.records.note()
        self.changed.emit()

    def ask(self, question: str, options: tuple[str, ...]) -> None:
        """Count for this question from here on; what was counted for it before stays."""
        if (question, options) != (self._question, self._options):
            self._question, self._options = question, options
            self.changed.emit()

    @property
    def options(self) -> tuple[str, ...]:
        """The ids of the answers that can be counted; none where nothing is asked."""
        return self._options

    @property
    def rounds(self) -> tuple[tuple[int, ...], ...]:
        """The hands of each round, in the order of the options; empty before the first hand."""
        return tuple(
            tuple(found.get(option, 0) for option in self._options)
            for found in self._rounds.get(self._question, ())
        )

    @property
    def may_revote(self) -> bool:
        """Whether a second round can begin: the first has hands, and none began yet."""
        rounds = self._rounds.get(self._question, [])
        return len(rounds) == 1 and any(rounds[0].values())

    def count(self, place: int, by: int = 1) -> bool:
        """Count hands for the answer in that place, from 0; returns whether there is one."""
        if not 0 <= place < len(self._options):
            return False
        rounds = self._rounds.setdefault(self._question, [{}])
        option = self._options[place]
        rounds[-1][option] = min(max(0, rounds[-1].get(option, 0) + by), _MAX_HANDS)
        self._tell()
        return True

    def vote_again(self) -> None:
        """Begin the second round beside the first."""
        if self.may_revote:
            self._rounds[self._question].append({})
            self._tell()

    def clear(self) -> None:
        """Forget the hands of this question."""
        if self._rounds.pop(self._question, None) is not None:
            self._tell()
