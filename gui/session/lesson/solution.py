"""Shows how a task is done: the author's solution, slowly, each part lit as it is used."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.session.player import Player
from gui.session.session import Session
from model.actions import Action

# Seconds before each action, and milliseconds after the last one before the bench goes back.
_PACE = 1.1
_AFTER_MS = 1600
# The part that a verb uses; what ends in a colon goes on with the name that the action gives.
_USES = {
    "step": "step", "run to": "run", "back": "back", "predict": "predict", "compare": "compare",
    "learn": "learn", "seek": "time_line", "reset": "reset", "alpha": "alpha",
    "weight": "weight:", "input": "input:", "target": "target:", "freeze": "padlock:",
    "unfreeze": "padlock:", "draw": "image_input", "label": "image_input", "visit": "examples",
}  # fmt: skip
# Of a solution with more steps than this only the last ones are shown one by one.
_MAX_SHOWN = 8


class Solution(QObject):
    """Plays one solution at a time.

    Signals
    -------
    ended : it was shown to its end, or could not go on
    """

    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._player = Player(session, parent=self)
        self._player.began.connect(self._light)
        self._player.finished.connect(self._rest)
        self._player.failed.connect(self._end)
        self._playing = False
        self._after = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._after.timeout.connect(self._end)

    @property
    def playing(self) -> bool:
        """Whether a solution is being shown, or has just been."""
        return self._playing

    def play(self, actions: tuple[Action, ...]) -> None:
        """Show a solution from the bench as it is now."""
        self.stop()
        self._playing = True
        self._player.play(tuple(_one_by_one(actions)), _PACE)

    def hurry(self) -> None:
        """Do at once what is left of it."""
        if self._playing:
            self._after.stop()
            if self._player.playing:
                self._player.hurry()
            else:
                self._end()

    def stop(self) -> None:
        """Show no more of it; ``ended`` is not told."""
        self._playing = False
        self._after.stop()
        self._player.stop()

    @Slot(object)
    def _light(self, action: Action) -> None:
        part = _USES.get(action.verb)
        if part is not None and part.endswith(":"):
            part += str(action.values[0])
        if part is None:
            return
        try:
            self._session.parts.light([part])
        except ValueError:
            # Of images a weight has no padlock of its own.
            self._session.parts.light([])

    @Slot()
    def _rest(self) -> None:
        """Let what came of it be seen for a moment."""
        self._after.start()

    @Slot()
    def _end(self) -> None:
        if self._playing:
            self._playing = False
            self._after.stop()
            self.ended.emit()


def _one_by_one(actions: tuple[Action, ...]) -> Iterator[Action]:
    """The same actions with several steps as that many actions, as far as that can be watched."""
    for action in actions:
        count = action.values[0] if action.verb == "step" else 1
        if not isinstance(count, int) or count == 1:
            yield action
            continue
        if count > _MAX_SHOWN:
            yield Action("step", (count - _MAX_SHOWN,), action.line)
        for _ in range(min(count, _MAX_SHOWN)):
            yield Action("step", (1,), action.line)
