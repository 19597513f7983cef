"""Where the run stands against the floor, and why it is stuck, in a line or two below the plots."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.look.theme import look
from gui.panels.curves.floor_finder import FloorFinder
from gui.panels.following import Following
from gui.session import Session
from gui.session.building.forms import add_constant
from gui.widgets.background import Background, Cancelled
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.building.names import fresh_name
from model.building.parts import why_not_built
from model.curves import AlphaZones
from model.door import say
from model.experiment import Experiment
from model.study import words
from model.study.causes import causes
from model.study.floor import Floor
from model.study.progress import Look, is_light, look_at, progress
from model.study.words import Told, told

# A second, while running.
_FRAMES = 2.0
_LINES = 3


@dataclass(frozen=True, eq=False)
class _Asked:
    """All that what is said follows from."""

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


class Standing(QWidget):
    """A sentence that follows the moment at rest, and a button where a constant input helps."""

    def __init__(
        self, session: Session, finder: FloorFinder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._finder = session, finder
        self._told = Told(())
        self.text = TextLine(lines=_LINES)
        self.constant_button = quiet_button(
            say("Add a constant input"), say("Add an input that is always 1")
        )
        self.constant_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.constant_button.clicked.connect(self._add_constant)
        self.constant_button.hide()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.constant_button)
        self._background = Background((MemoryError,), self)
        self._background.finished.connect(self._show)
        self._background.failed.connect(self._drop)
        self._following = Following(
            session, self, self._refresh, describe=self._tell, frames=_FRAMES, forget=self._drop
        )
        finder.found.connect(self._following.look_again)
        look.changed.connect(self._restyle)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._background.wait)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.constant_button]

    def _refresh(self) -> None:
        """While running, as often as that is no trouble; else it is told at rest."""
        if self._session.playback.running:
            self._tell()

    def _tell(self) -> None:
        session = self._session
        self._background.drop()
        if session.parts.veils.covers("standing"):
            self._show(Told(()))
            return
        state = session.state
        found = self._finder.floor(state.setup, state.weights)
        if found is None:
            why = words.COMPUTING if self._finder.searching else words.NOT_FOUND
            self._show(Told((say(why),)))
            return
        light = is_light(state.setup)
        if session.playback.running and not light:
            self._show(words.floor_alone(float(found.held.mean())))
            return
        asked = _Asked(
            session.experiment, look_at(session.path, session.playback.position), found,
            session.zones,
        )  # fmt: skip
        if light:
            self._show(asked.told())
            return

        def work(_: Cancelled) -> Told:
            return asked.told()

        self._background.start(work)

    @Slot(object)
    def _show(self, told: Told) -> None:
        self._told = told
        self.text.set_text(told.text)
        self.text.setToolTip(told.text)
        offered = told.with_constant is not None and self._can_add_constant
        self.constant_button.setVisible(offered)
        if offered and told.with_constant is not None:
            number = words.floor_number(told.with_constant)
            tip = say("Add an input that is always 1: with it the floor is {floor}", floor=number)
            self.constant_button.setToolTip(tip)
            self.constant_button.setAccessibleDescription(tip)

    @Slot()
    def _drop(self, *_: object) -> None:
        self._background.drop()
        self._show(Told(()))

    @property
    def _can_add_constant(self) -> bool:
        session = self._session
        return not (session.why_not_rebuilt or why_not_built(session.experiment))

    @Slot()
    def _add_constant(self) -> None:
        name = fresh_name(say("constant"), self._session.experiment.inputs)
        add_constant(self._session, name, 0.0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._background.drop()
        if not self.window().isVisible():
            # The window is closed: no thread may be left when all of this is taken down.
            self._finder.wait()
            self._background.wait()

    @Slot()
    def _restyle(self) -> None:
        self._row.setContentsMargins(2, 0, 2, 0)
        self._row.setSpacing(look.theme.px(10))
