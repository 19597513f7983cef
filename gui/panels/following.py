"""When a panel looks at its session again: written once, for panels of whatever Qt class."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.session.pace import FrameRate
from model.path.watch import PathWatch

# Shorter than the time between two letters of a key that is held down.
_AT_REST_MS = 30

Action = Callable[[], None]
# At most so many frames a second, or None for as many as the session tells of.
Frames = float | None


class Following(QObject):
    """Calls a panel back when what it shows may differ.

    ``forget`` is called at once when another experiment comes, in sight or not, to let go of
    all that belongs to the one before. ``rebuild`` is called once for each experiment, before
    the first ``refresh`` of it, as names and shapes may differ. ``refresh`` is called while the
    widget is in sight, and once when it comes into sight if anything happened meanwhile; during
    a run at most ``frames`` times a second, but at once after a change of the path. ``frames``
    may be a function, where the limit depends on what is shown. ``describe`` is called a moment
    after the last refresh, while nothing runs: a screen reader is told of what stays, and what was
    asked for is painted before. Where other parts are hidden it is called as after a change.
    """

    _came_into_sight = Signal()

    def __init__(
        self,
        session: Session,
        widget: QWidget,
        refresh: Action,
        rebuild: Action | None = None,
        describe: Action | None = None,
        frames: Frames | Callable[[], Frames] = None,
        forget: Action | None = None,
    ) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        self._refresh = refresh
        self._rebuild = rebuild
        self._describe = describe
        self._frames = frames
        self._forget = forget
        self._rate = FrameRate(1.0)
        self._watch = PathWatch()
        # Each opening brings a bench of its own, also of the same experiment.
        self._built: object = None
        self._behind = True
        self._at_rest = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._at_rest.timeout.connect(self._tell)
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        # By a slot, for what goes wrong in it is then told; in an event filter Qt would lose it.
        self._came_into_sight.connect(self.catch_up)
        session.playback.running_changed.connect(self._running_changed)
        self._veils = session.parts.veils
        session.parts.veils_changed.connect(self._veils_changed)
        widget.installEventFilter(self)

    @property
    def in_sight(self) -> bool:
        """Whether the widget can be seen now."""
        return self._widget.isVisible()

    @property
    def is_current(self) -> bool:
        """Whether the panel is built for the bench that is there; between two it is not.

        A widget may be given another size before its turn to be built anew has come.
        """
        return self._built is self._session.bench

    @Slot()
    def look_again(self) -> None:
        """Refresh now, or as soon as the widget is in sight."""
        self._behind = True
        if self.in_sight:
            self.catch_up()

    @Slot()
    def start_over(self) -> None:
        """Forget and rebuild as for another experiment, now or as soon as it is in sight.

        Not while another experiment is just being put on the bench: ``changed`` follows, and the
        panel may be out of sight by then.
        """
        comes = self._built not in (None, self._session.bench)
        self._let_go()
        self._behind = True
        if not comes:
            self.look_again()

    @Slot()
    def catch_up(self) -> None:
        """Refresh, in sight or not, if anything happened since the last time."""
        bench = self._session.bench
        if not self._behind and self._built is bench:
            return
        self._behind = False
        self._veils = self._session.parts.veils
        if self._built is not bench:
            self._let_go()
            self._built = bench
            if self._rebuild is not None:
                self._rebuild()
        self._refresh()
        if self._session.parts.veiled:
            # The words from before may say what is hidden now.
            self._tell()
        else:
            self.describe_soon()

    @Slot()
    def describe_soon(self) -> None:
        """Describe once nothing has happened for a moment."""
        if self._describe is not None and not self._session.playback.running:
            self._at_rest.start()

    @Slot()
    def _tell(self) -> None:
        if self._describe is not None and not self._session.playback.running:
            self._describe()

    def _let_go(self) -> None:
        """Keep nothing of the experiment that was shown; it may be large."""
        self._at_rest.stop()
        if self._built is not None:
            self._built = None
            if self._forget is not None:
                self._forget()

    @Slot()
    def _opened(self) -> None:
        # The refresh follows with ``changed``, once every part of the session is in place.
        self._behind = True
        if self._built is not self._session.bench:
            self._let_go()

    @Slot()
    def _changed(self) -> None:
        self._behind = True
        if self.in_sight and (not self._session.playback.running or self._is_due()):
            self.catch_up()

    @Slot()
    def _veils_changed(self) -> None:
        # Of another experiment what is hidden is known before it is shown.
        if self._veils is not self._session.parts.veils:
            self.look_again()

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        # That a run has ended was told by ``changed``.
        if running:
            self.look_again()

    def _is_due(self) -> bool:
        """Whether a frame of a run is to be shown."""
        if self._watch.first_change(self._session.path) is not None:
            return True
        frames = self._frames() if callable(self._frames) else self._frames
        if frames is None:
            return True
        self._rate.a_second = frames
        return self._rate.due()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QShowEvent) and watched is self._widget:
            self._came_into_sight.emit()
        return False
