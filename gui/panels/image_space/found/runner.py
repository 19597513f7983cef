"""A layout that is run in the background, and can be paused between any two portions of work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.widgets.background import Background, Cancelled
from model.image_space import Portions, SampleInputs
from model.image_space.layouts import Layout, LayoutSettings, make_layout
from model.network import Floats

_FRAME_MS = 33


class _Work:
    """A layout and how far it is; touched by one thread at a time."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.share = 0.0
        self.prepared = False
        self._portions: Portions[None] = layout.prepare()

    def go_on(self, until: int, cancelled: Cancelled) -> None:
        """Prepare what is not prepared yet, then take steps until so many were taken."""
        while not self.prepared:
            try:
                self.share = next(self._portions)
            except StopIteration:
                self.prepared = True
            if cancelled():
                return
        while self.layout.iteration < until and not cancelled():
            self.layout.step()


class LayoutRun(QObject):
    """One layout: nothing of it starts before it is asked for.

    Signals
    -------
    moved : the points are elsewhere, or it got further with its preparation
    running_changed : it began to run, or came to rest
    """

    moved = Signal()
    running_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: _Work | None = None
        self.settings: LayoutSettings | None = None
        self.inputs: SampleInputs | None = None
        self._background = Background((), self)
        self._background.finished.connect(self._ended)
        self._background.failed.connect(self._ended)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self.moved)

    # -- reading -----------------------------------------------------------------------------

    @property
    def layout(self) -> Layout | None:
        """The layout, prepared or not; None before there is one."""
        return None if self._work is None else self._work.layout

    @property
    def running(self) -> bool:
        """Whether it is being worked on."""
        return self._background.busy

    @property
    def started(self) -> bool:
        """Whether anything was done of it."""
        return self._work is not None and (self._work.prepared or self._work.share > 0)

    @property
    def share_prepared(self) -> float:
        """How much of the preparation is done, from 0 to 1."""
        if self._work is None:
            return 0.0
        return 1.0 if self._work.prepared else min(1.0, self._work.share)

    @property
    def coordinates(self) -> Floats | None:
        """Where the points are, (n, dimensions); None before they have places."""
        return self._work.layout.coordinates if self._work and self._work.prepared else None

    # -- asking ------------------------------------------------------------------------------

    def begin(self, inputs: SampleInputs, settings: LayoutSettings) -> None:
        """Make another layout, which is not started. Raises ValueError where it cannot be."""
        self.forget()
        self._work = _Work(make_layout(inputs, settings))
        self.inputs, self.settings = inputs, settings

    def forget(self) -> None:
        """Stop, and let go of the layout."""
        self.pause()
        self._work = self.inputs = self.settings = None

    @Slot()
    def run(self) -> None:
        """Go on until the usual number of steps was taken, or as many again beyond it."""
        layout = self.layout
        if layout is not None and not self.running:
            usual = max(1, layout.n_steps)
            self._start((layout.iteration // usual + 1) * usual)

    @Slot()
    def step(self) -> None:
        """Take one step."""
        layout = self.layout
        if layout is not None:
            self.pause()
            self._start(layout.iteration + 1)

    def _start(self, until: int) -> None:
        work = self._work
        assert work is not None

        def go_on(cancelled: Cancelled) -> None:
            work.go_on(until, cancelled)

        self._background.start(go_on)
        self._frames.start()
        self.running_changed.emit()

    @Slot()
    def pause(self) -> None:
        """Stop after the portion that is under way."""
        if self.running:
            self._background.drop()
            self._rest()

    def wait(self) -> None:
        """Stop, and stay until no thread works on it any more."""
        self.pause()
        self._background.wait()

    @Slot()
    def _ended(self) -> None:
        self._rest()

    def _rest(self) -> None:
        self._frames.stop()
        self.running_changed.emit()
        self.moved.emit()
