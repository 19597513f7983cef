"""Finds out where the run stands: what is quick at once, all else in the background."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from gui.panels.curves.floor_finder import FloorFinder
from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.curves import AlphaZones
from model.door import say
from model.experiment import Experiment
from model.study import words
from model.study.causes import causes
from model.study.floor import Floor
from model.study.progress import Look, is_light, look_at, progress
from model.study.words import Told, told


@dataclass(frozen=True, eq=False)
class _Asked:
    """All that what is said follows from; none of it changes any more."""

    experiment: Experiment
    look: Look
    floor: Floor
    zones: AlphaZones

    def told(self) -> Told:
        """What is said; the more examples, the longer it takes to find out."""
        setup = self.look.setup
        run = progress(self.look, float(self.floor.held.mean()), self.zones)
        why = causes(setup, self.look.weights, self.floor) if run.floor > 0.0 else None
        return told(self.experiment, setup, run, why, self.zones)


class Judge(QObject):
    """Says of a session where its run stands.

    Signals
    -------
    said(Told) : what was found out last
    """

    said = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.finder = FloorFinder(self)
        self._background = Background((MemoryError,), self)
        self._background.finished.connect(self.said)
        self._background.failed.connect(self._say_nothing)

    @property
    def busy(self) -> bool:
        """Whether a floor, or what follows from it, is being worked out."""
        return self.finder.searching or self._background.busy

    def ask(self) -> None:
        """Find out where the run stands at the moment that is looked at."""
        session, state = self._session, self._session.state
        self._background.drop()
        found = self.finder.floor(state.setup, state.weights)
        if found is None:
            why = words.COMPUTING if self.finder.searching else words.NOT_FOUND
            self.said.emit(Told((say(why),)))
            return
        light = is_light(state.setup)
        if session.playback.running and not light:
            self.said.emit(words.floor_alone(float(found.held.mean())))
            return
        asked = _Asked(
            session.experiment, look_at(session.path, session.playback.position), found,
            session.zones,
        )  # fmt: skip
        if light:
            self.said.emit(asked.told())
            return

        def work(_: Cancelled) -> Told:
            return asked.told()

        self._background.start(work)

    def drop(self) -> None:
        """Want nothing any more that is still being worked out."""
        self._background.drop()

    def wait(self) -> None:
        """Stop all work, and stay until it has stopped."""
        self.finder.wait()
        self._background.wait()

    @Slot(object)
    def _say_nothing(self, _: object) -> None:
        self.said.emit(Told(()))
