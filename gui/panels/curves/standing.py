"""Where the run stands against the floor, and why it is stuck, in a line or two below the plots."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from gui.widgets.tips import put_tip
from model.door import say
from model.words import numbers

if TYPE_CHECKING:
    from gui.panels.curves.judge import Judge
    from model.study.words import Told

# A second, while running.
_FRAMES = 2.0
# Lines of text, one more where it is less wide than so many pixels in 13 pixel type; and how high
# a line and the button are.
_LINES = 3
_WIDE = 400
_A_LINE, _BUTTON = 15, 26
# What it takes to find out is imported once the window is there, one in each turn of its loop, as
# all of it takes longer than a frame.
_NEEDED = (
    *(f"model.study.{name}" for name in ("floor", "ahead", "shuffled", "progress", "causes")),
    "model.study.words", "gui.panels.curves.judge",
)  # fmt: skip


class Standing(QWidget):
    """A sentence that follows the moment at rest, and a button where a constant input helps.

    Signals
    -------
    ready : floors can be asked for: ``judge`` is there
    height_changed : ``height_needed`` is another number of pixels
    """

    ready = Signal()
    height_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.judge: Judge | None = None
        self.height_needed = 0
        self.text = TextLine(lines=_LINES, scale=0.9)
        self.constant_button = quiet_button(
            say("Add a constant input"), say("Add an input that is always 1")
        )
        self.constant_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.constant_button.clicked.connect(self._add_constant)
        self.constant_button.hide()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.text, 1)
        self._column.addWidget(self.constant_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._needed = list(_NEEDED)
        self._import_next = QTimer(self, interval=0)
        self._import_next.timeout.connect(self._get_ready)
        self._following = Following(
            session, self, self._refresh, describe=self._tell, frames=_FRAMES, forget=self._forget
        )
        # Out of sight, too: what is hidden must be nowhere.
        session.parts.veils_changed.connect(self._veils_changed)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.constant_button]

    @property
    def busy(self) -> bool:
        """Whether anything that is to be said here has not been found out yet."""
        if not self.isVisible() or self._session.parts.veils.covers("standing"):
            return False
        return self.judge is None or self.judge.busy

    # -- getting ready ------------------------------------------------------------------------

    @Slot()
    def _get_ready(self) -> None:
        """Import one more of what is needed; with the last, begin."""
        if self._needed:
            import_module(self._needed.pop(0))
            return
        self._import_next.stop()
        from gui.panels.curves.judge import Judge

        self.judge = Judge(self._session, self)
        self.judge.said.connect(self._show)
        self.judge.finder.found.connect(self._tell)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.judge.wait)
        self.ready.emit()
        self._tell()

    # -- what is said -------------------------------------------------------------------------

    def _refresh(self) -> None:
        """While running, as often as that is no trouble; else it is told at rest."""
        if self._session.playback.running:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        if self._session.parts.veils.covers("standing"):
            self._forget()
        elif self.judge is not None:
            self.judge.ask()
        else:
            self._import_next.start()

    @Slot()
    def _veils_changed(self) -> None:
        if self._session.parts.veils.covers("standing"):
            self._forget()

    @Slot(object)
    def _show(self, told: Told) -> None:
        # It may have been on its way when it was hidden.
        if self._session.parts.veils.covers("standing"):
            return
        self.text.set_text(told.text)
        put_tip(self.text, told.text)
        lower = told.with_constant
        self._offer(lower is not None and self._can_add_constant)
        if lower is not None:
            number = numbers.short_or_zero(lower)
            tip = say("Add an input that is always 1: with it the floor is {floor}", floor=number)
            self.constant_button.setToolTip(tip)
            self.constant_button.setAccessibleDescription(tip)

    def _forget(self) -> None:
        if self.judge is not None:
            self.judge.drop()
        self.text.set_text("")
        put_tip(self.text, "")
        self._offer(False)

    # -- the constant input -------------------------------------------------------------------

    @property
    def _can_add_constant(self) -> bool:
        from model.building.parts import why_not_built

        session = self._session
        return not (session.why_not_rebuilt or why_not_built(session.experiment))

    @Slot()
    def _add_constant(self) -> None:
        from gui.session.building.forms import add_constant
        from model.building.names import fresh_name

        name = fresh_name(say("constant"), self._session.experiment.inputs)
        add_constant(self._session, name, 0.0)

    def _offer(self, offered: bool) -> None:
        if self.constant_button.isHidden() == offered:
            self.constant_button.setVisible(offered)
            self._fit_height()

    # -- layout -------------------------------------------------------------------------------

    def _fit_height(self) -> None:
        """Take as much as the longest text needs, so that nothing moves when it changes."""
        px = look.theme.px
        lines = _LINES if self.width() >= px(_WIDE) else _LINES + 1
        self.text.set_lines(lines)
        height = px(_A_LINE * lines) + (px(_BUTTON) if not self.constant_button.isHidden() else 0)
        if height != self.height_needed:
            self.height_needed = height
            self.setFixedHeight(height)
            self.height_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._import_next.stop()
        # What is given up here is asked for again when it is seen again.
        self._following.look_again()
        if self.judge is None:
            return
        self.judge.drop()
        if not self.window().isVisible():
            # The window is closed: no thread may be left when all of this is taken down.
            self.judge.wait()

    @Slot()
    def _restyle(self) -> None:
        self._column.setContentsMargins(2, 0, 2, 0)
        self._column.setSpacing(0)
        self._fit_height()
