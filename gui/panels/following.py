"""When a panel looks at its session again: written once, for panels of whatever Qt class."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.session.pace import FrameRate
from model.experiment import Experiment

Action = Callable[[], None]


class Following(QObject):
    """Calls a panel back when what it shows may differ.

    ``rebuild`` is called once for each experiment, before the first ``refresh`` of it, as names
    and shapes may differ. ``refresh`` is called while the widget is in sight, and once when it
    comes into sight if anything happened meanwhile; during a run at most ``frames`` times a
    second, or as often as the session tells if that is None. ``describe`` is called after a
    refresh while nothing runs: a screen reader is told of what stays.
    """

    _came_into_sight = Signal()

    def __init__(
        self,
        session: Session,
        widget: QWidget,
        refresh: Action,
        rebuild: Action | None = None,
        describe: Action | None = None,
        frames: float | None = None,
    ) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        self._refresh = refresh
        self._rebuild = rebuild
        self._describe = describe
        self._frames = FrameRate(frames) if frames is not None else None
        self._built: Experiment | None = None
        self._behind = True
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        # By a slot, for what goes wrong in it is then told; in an event filter Qt would lose it.
        self._came_into_sight.connect(self.catch_up)
        widget.installEventFilter(self)

    @property
    def in_sight(self) -> bool:
        """Whether the widget can be seen now."""
        return self._widget.isVisible()

    @Slot()
    def look_again(self) -> None:
        """Refresh now, or as soon as the widget is in sight."""
        self._behind = True
        if self.in_sight:
            self.catch_up()

    @Slot()
    def catch_up(self) -> None:
        """Refresh, in sight or not, if anything happened since the last time."""
        experiment = self._session.experiment
        if not self._behind and self._built is experiment:
            return
        self._behind = False
        if self._built is not experiment:
            self._built = experiment
            if self._rebuild is not None:
                self._rebuild()
        self._refresh()
        if self._describe is not None and not self._session.playback.running:
            self._describe()

    @Slot()
    def _opened(self) -> None:
        # The refresh follows with ``changed``, once every part of the session is in place.
        self._behind = True

    @Slot()
    def _changed(self) -> None:
        self._behind = True
        if not self.in_sight:
            return
        running = self._session.playback.running
        if self._frames is None or not running or self._frames.due():
            self.catch_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._widget:
            self._came_into_sight.emit()
        return False
