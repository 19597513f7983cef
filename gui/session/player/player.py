"""Plays a script of actions, one after the other, through a session and its view alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count, takewhile

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session.player.deeds import DEEDS, Goal
from gui.session.session import Session
from model.actions import Action, ActionError, text
from model.door import say

# Actions are done at once for so long; then the window has its turn.
_AT_ONCE_MS = 8
_QUOTED = 40

# Told once an experiment is on the bench (with an empty text), or why it is not.
Told = Callable[[str], None]
# Puts an experiment on the bench by its name or file, at once or later.
Opening = Callable[[str, Told], None]


class Player(QObject):
    """Plays one script at a time. ``opening`` does what ``open`` asks for.

    Signals
    -------
    began(action) : an Action is done now
    finished : all of the script is done
    failed(line, sentence) : an action could not be done; what stands before it is, the rest is not
    stopped : somebody stopped it
    """

    began = Signal(object)
    finished = Signal()
    failed = Signal(int, str)
    stopped = Signal()

    def __init__(
        self, session: Session, opening: Opening | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._opening = opening
        self._playing = False
        self._left: deque[Action] = deque()
        self._now = Action("")
        self._goal: Goal = None
        # The number of the opening that is waited for; 0 for none. Others are answered too late.
        self._turn = 0
        self._turns = count(1)
        self._said = ""
        self._pace_ms = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        session.notices.refused.connect(self._note)
        session.playback.running_changed.connect(self._running_changed)
        session.opened.connect(self._opened)

    @property
    def playing(self) -> bool:
        """Whether a script is under way."""
        return self._playing

    def play(self, script: Iterable[Action], pace: float = 0.0) -> None:
        """Play a script, with so many seconds before each action but the first.

        What is under way is stopped. Raises ActionError, with nothing done, where an action
        names what is not on the bench; after an ``open`` that is looked at when it is there, and
        told by ``failed``.
        """
        self.stop()
        actions = deque(script)
        self._check(actions)
        self._left = actions
        self._pace_ms = round(1000 * pace)
        self._playing = True
        self._go_on()

    def hurry(self) -> None:
        """Wait no more between the actions that are left."""
        self._pace_ms = 0
        if self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def stop(self) -> None:
        """Leave the rest of the script undone; a run that it began is paused.

        An experiment that is being read still comes.
        """
        if self._playing:
            self._end()
            self.stopped.emit()

    # -- one after the other -----------------------------------------------------------------

    @Slot()
    def _go_on(self) -> None:
        """Do what comes next, and as much of what follows as there is time for."""
        clock = QElapsedTimer()
        clock.start()
        while self._left:
            if not self._do(self._left.popleft()):
                return
            if self._left and (self._pace_ms or clock.elapsed() >= _AT_ONCE_MS):
                self._timer.start(self._pace_ms)
                return
        self._end()
        self.finished.emit()

    def _go_on_soon(self) -> None:
        """Go on once whoever tells that something has come about is done with it."""
        self._goal, self._turn = None, 0
        self._timer.start(self._pace_ms if self._left else 0)

    def _do(self, action: Action) -> bool:
        """Do an action; returns whether it is done already and the script goes on."""
        self._now, self._said = action, ""
        self.began.emit(action)
        if not self._playing or self._now is not action:
            return False
        if action.verb == "open":
            self._open(str(action.values[0]))
            return False
        deed = DEEDS[action.verb]
        try:
            deed.check(self._session, *action.values)
            self._goal = deed.do(self._session, *action.values)
        except ValueError as error:
            self._said = str(error)
        if self._said:
            self._fail(self._said)
            return False
        return self._playing and self._goal is None

    def _end(self) -> None:
        running = self._goal is not None
        self._playing = False
        self._left.clear()
        self._goal, self._turn = None, 0
        self._timer.stop()
        if running:
            self._session.playback.pause()

    def _fail(self, fault: str) -> None:
        error = _error(self._now, fault)
        self._end()
        self.failed.emit(error.line, str(error))

    # -- what is waited for ------------------------------------------------------------------

    def _open(self, name: str) -> None:
        if self._opening is None:
            self._fail(say("no other experiment can be opened here"))
            return
        self._turn = next(self._turns)
        self._opening(name, partial(self._told, self._turn))

    def _told(self, turn: int, fault: str) -> None:
        """An experiment is on the bench, or why it is not."""
        if turn != self._turn:
            return
        if fault:
            self._fail(fault)
            return
        try:
            self._check(self._left)
        except ActionError as error:
            self._end()
            self.failed.emit(error.line, str(error))
            return
        if self._session.playback.restoring:
            # A saved path is still being followed; what comes next is meant for its end.
            self._turn, self._goal = 0, self._session.playback.destination[0]
            return
        self._go_on_soon()

    @Slot()
    def _opened(self) -> None:
        if self._playing and not self._turn:
            self._fail(say("another experiment was put on the bench"))

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        if running or self._goal is None:
            return
        playback = self._session.playback
        if playback.position == self._goal:
            self._go_on_soon()
            return
        self._goal = None
        paused = say("the run was paused at step {step:,}", step=playback.position)
        self._fail(playback.stop_reason or paused)

    @Slot(str)
    def _note(self, sentence: str) -> None:
        """Keep what was refused while an action is done."""
        self._said = sentence

    # -- before anything is done -------------------------------------------------------------

    def _check(self, actions: Iterable[Action]) -> None:
        """Look at all that is done on the experiment of now. Raises ActionError."""
        for action in takewhile(lambda action: action.verb != "open", actions):
            try:
                DEEDS[action.verb].check(self._session, *action.values)
            except ValueError as error:
                raise _error(action, str(error)) from error


def _error(action: Action, fault: str) -> ActionError:
    """A fault with the line and the words of the action it is about."""
    words = text([action]).partition("\n")[0]
    words = words if len(words) <= _QUOTED else words[:_QUOTED] + "…"
    if not action.line:
        return ActionError(say("{action}: {fault}", action=words, fault=fault), 0)
    sentence = say("line {line}, {action}: {fault}", line=action.line, action=words, fault=fault)
    return ActionError(sentence, action.line)
