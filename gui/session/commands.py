"""Commands: what menus, keys and buttons do, each written once with when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtGui import QAction, QKeySequence

from gui.session.edits import Edits
from gui.session.pace import SPEEDS
from gui.session.pins import Pins
from gui.session.playback import Playback
from gui.session.view import View
from model.door import mark, say
from model.phase import Phase

Target = TypeVar("Target")


def _always(_: object) -> bool:
    return True


@dataclass(frozen=True)
class Command(Generic[Target]):
    """One entry: ``do`` is called with the target, ``enabled`` tells whether that is of any use.

    ``keys`` are Qt key sequences, the first one shown in the menu. A checkable command is told
    its new state, too. ``label`` is its text where that depends on what it would do.
    """

    name: str
    menu: str
    text: str
    do: Callable[..., object]
    keys: tuple[str, ...] = ()
    enabled: Callable[[Target], bool] = _always
    checkable: bool = False
    starts_group: bool = False
    label: Callable[[Target], str] | None = None


class CommandAction(QAction, Generic[Target]):
    """The one action of a command: the menu shows it, and so does a button."""

    def __init__(self, command: Command[Target], target: Target, parent: QObject) -> None:
        super().__init__(say(command.text), parent)
        self._command = command
        self._target = target
        self.setObjectName(command.name)
        self.setShortcuts([QKeySequence(key) for key in command.keys])
        self.setCheckable(command.checkable)
        if command.checkable:
            self.toggled.connect(self._switch)
        else:
            self.triggered.connect(self._do)

    def refresh(self) -> None:
        """Look again whether it can be done."""
        self.setEnabled(self._command.enabled(self._target))
        if self._command.label is not None:
            self.setText(self._command.label(self._target))

    @Slot()
    def _do(self) -> None:
        self._command.do(self._target)

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        self._command.do(self._target, on)


class CommandSet(QObject, Generic[Target]):
    """The actions of a table of commands, enabled as the signals tell that something changed."""

    def __init__(
        self,
        commands: Sequence[Command[Target]],
        target: Target,
        parent: QObject,
        signals: Sequence[SignalInstance],
    ) -> None:
        super().__init__(parent)
        self.actions = {row.name: CommandAction(row, target, self) for row in commands}
        for signal in signals:
            signal.connect(self.refresh)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    @Slot()
    def refresh(self) -> None:
        """Look again what can be done."""
        for action in self.actions.values():
            action.refresh()


@dataclass(frozen=True)
class Controls:
    """What the commands of a session act on."""

    playback: Playback
    edits: Edits
    view: View
    pins: Pins

    @property
    def paused(self) -> bool:
        """Whether no steps are being taken by themselves."""
        return not self.playback.running

    @property
    def free(self) -> bool:
        """Whether anything new may happen."""
        return not self.playback.locked

    @property
    def away_from_start(self) -> bool:
        """Whether there is a part of a step, or a step, to go back by."""
        return self.playback.position > 0 or self.playback.phase is not Phase.READY

    def in_phase(self, phase: Phase) -> bool:
        """Whether the next part of the step is the one that follows ``phase``."""
        return self.free and self.paused and self.playback.phase is phase

    def change_speed(self, by: int) -> None:
        """Go ``by`` places up in the table of speeds, as far as it reaches."""
        place = SPEEDS.index(self.view.speed) + by
        self.view.show(speed=SPEEDS[min(max(0, place), len(SPEEDS) - 1)])


SESSION_COMMANDS: tuple[Command[Controls], ...] = (
    Command(
        "undo", "Edit", mark("&Undo"), lambda on: on.edits.undo(), ("Ctrl+Z",),
        lambda on: on.free and on.edits.can_undo,
    ),
    Command(
        "redo", "Edit", mark("&Redo"), lambda on: on.edits.redo(), ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda on: on.free and on.edits.can_redo,
    ),
    Command(
        "original", "Edit", mark("Back to the &original"),
        lambda on: on.edits.back_to_original(), ("Ctrl+Shift+R",),
        lambda on: on.free and (on.edits.differs or on.playback.length > 0),
    ),
    Command(
        "predict", "Run", mark("&Predict"), lambda on: on.playback.predict(), ("P",),
        lambda on: on.in_phase(Phase.READY),
    ),
    Command(
        "compare", "Run", mark("&Compare"), lambda on: on.playback.compare(), ("C",),
        lambda on: on.in_phase(Phase.PREDICTED),
    ),
    Command(
        "learn", "Run", mark("&Learn"), lambda on: on.playback.learn(), ("L",),
        lambda on: on.in_phase(Phase.COMPARED),
    ),
    Command(
        "step", "Run", mark("&Step"), lambda on: on.playback.step(), ("S", "Ctrl+Right"),
        lambda on: on.free and on.paused, starts_group=True,
    ),
    Command(
        "back", "Run", mark("&Back"), lambda on: on.playback.back(), ("B", "Ctrl+Left"),
        lambda on: on.paused and on.away_from_start,
    ),
    Command(
        "run", "Run", mark("&Run or pause"), lambda on: on.playback.toggle_run(), ("R", "F5"),
        lambda on: on.free,
    ),
    Command(
        "pin", "Run", mark("P&in this run"), lambda on: on.pins.pin_run(), ("Ctrl+D",),
        lambda on: on.free and on.playback.length > 0,
    ),
    Command("slower", "Run", mark("Slo&wer"), lambda on: on.change_speed(-1), ("[",)),
    Command("faster", "Run", mark("&Faster"), lambda on: on.change_speed(1), ("]",)),
    Command(
        "reset", "Run", mark("To st&ep 0"), lambda on: on.playback.reset(), ("Ctrl+Home",),
        lambda on: on.away_from_start, starts_group=True,
    ),
)  # fmt: skip
