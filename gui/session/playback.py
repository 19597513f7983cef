"""Moving through time: the step that is looked at, its three parts, and runs."""

from __future__ import annotations

import math
from enum import IntEnum

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session.pace import Pace, in_parts, tick_interval
from gui.session.zone_finder import ZoneFinder
from model.curves import AlphaZones, why_diverged
from model.path.descent import LARGEST_ERROR
from model.path.path import Path, State

# A tick at full speed works this long, so that the window stays free.
_TICK_MS = 8
_STEPS_AT_ONCE = 1024


class Phase(IntEnum):
    """How far the current step has been taken."""

    READY = 0
    PREDICTED = 1
    COMPARED = 2


class Playback(QObject):
    """A path and the position on it, like a film and the frame that is shown.

    Looking at another step never changes the path; going on past its end makes it longer.

    Signals
    -------
    changed : anything of the current moment may differ; while running, once a frame
    running_changed(bool) : a run began or ended
    stopped(str) : the run ended by itself, and why; an empty text takes that back
    zones_found : ``zones`` are known that were not; all else of the moment is as it was
    """

    changed = Signal()
    running_changed = Signal(bool)
    stopped = Signal(str)
    zones_found = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._pace = Pace()
        self._zone_finder = ZoneFinder(self)
        self._zone_finder.found.connect(self.zones_found)
        self.speed = 5.0
        self._show_path(path)

    def _show_path(self, path: Path) -> None:
        """Look at the start of another path."""
        self.path = path
        self._position = 0
        self._phase = Phase.READY
        self.learned = False
        self._state: State | None = None
        self._stop_reason = ""
        self._target: int | None = None
        self._position_after = 0

    # -- the moment ---------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The step that is looked at: so many updates have been made."""
        return self._position

    @property
    def length(self) -> int:
        """The last step of the path."""
        return self.path.length

    @property
    def phase(self) -> Phase:
        """How far the step at the position has been taken."""
        return self._phase

    @property
    def state(self) -> State:
        """All numbers of the step at the position."""
        if self._state is None:
            self._state = self.path.state(self._position)
        return self._state

    @property
    def previous(self) -> State | None:
        """The step before, whose update made the current weights; None at the start."""
        return self.path.state(self._position - 1) if self._position else None

    @property
    def zones(self) -> AlphaZones:
        """What alpha does, for what is unfrozen at the position."""
        return self._zone_finder.zones(self.path.setup_at(self._position))

    @property
    def running(self) -> bool:
        """Whether steps are being taken by themselves."""
        return self._timer.isActive()

    @property
    def restoring(self) -> bool:
        """Whether a run is on its way to a certain step."""
        return self._target is not None

    @property
    def destination(self) -> tuple[int, int]:
        """Length and position once a run on its way to a certain step has arrived."""
        if self._target is None:
            return self.path.length, self._position
        return max(self._target, self.path.length), self._position_after

    @property
    def stop_reason(self) -> str:
        """Why the last run ended by itself, or an empty text."""
        return self._stop_reason

    # -- steps --------------------------------------------------------------------------

    @Slot()
    def predict(self) -> None:
        """First part of a step: show what the network predicts."""
        if self._phase is Phase.READY and not self.running:
            self._set_phase(Phase.PREDICTED)

    @Slot()
    def compare(self) -> None:
        """Second part: show how far the prediction is from the target."""
        if self._phase is Phase.PREDICTED and not self.running:
            self._set_phase(Phase.COMPARED)

    @Slot()
    def learn(self) -> None:
        """Third part: change the weights."""
        if self._phase is Phase.COMPARED and not self.running:
            self.take(1)

    @Slot()
    def step(self) -> None:
        """Do the rest of the current step."""
        if not self.running:
            self.take(1)

    def take(self, n_steps: int) -> None:
        """Take many steps at once."""
        if self._walk(n_steps) < n_steps:
            self._explain_stop()
        self._moved()

    @Slot()
    def back(self) -> None:
        """Undo what was done of the current step, or else the step before."""
        if self.running:
            return
        if self._phase is not Phase.READY:
            self._set_phase(Phase.READY)
        elif self._position:
            self.seek(self._position - 1)

    @Slot()
    def reset(self) -> None:
        """Return to the start of the path; the path stays."""
        self.pause()
        self.seek(0)

    def seek(self, step: int) -> None:
        """Look at any step of the path."""
        self._position = min(max(0, step), self.path.length)
        self._phase = Phase.READY
        self.learned = False
        self._moved()

    # -- running ------------------------------------------------------------------------

    @Slot()
    def run(self) -> None:
        """Take steps by themselves until paused, diverged or out of memory."""
        if self.running or not self._can_go_on():
            return
        self._pace.begin()
        self._timer.start(tick_interval(self._speed_now()))
        self.running_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stop taking steps; the moment stays as it is."""
        if not self.running:
            return
        self._timer.stop()
        self._target = None
        self._moved()
        self.running_changed.emit(False)

    @Slot()
    def toggle_run(self) -> None:
        """Run if paused, pause if running."""
        if self.running:
            self.pause()
        else:
            self.run()

    def run_to(self, step: int, then: int) -> None:
        """Run as fast as possible to a step, then pause and look at another one."""
        self._target, self._position_after = step, then
        self.run()
        if not self.running:
            self._target = None

    def set_speed(self, speed: float) -> None:
        """Steps a second, or math.inf; takes effect at once."""
        self.speed = speed
        if self.running:
            self._timer.setInterval(tick_interval(self._speed_now()))
        self.changed.emit()

    # -- inside -------------------------------------------------------------------------

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.learned = False
        self._moved()

    def _moved(self) -> None:
        self._state = None
        self.changed.emit()

    def _walk(self, n_steps: int) -> int:
        """Go further along the path and then beyond its end; returns by how many steps."""
        taken = min(n_steps, self.path.length - self._position)
        if taken < n_steps and not self.path.full:
            taken += self.path.extend(n_steps - taken)
        self._position += taken
        self._phase = Phase.READY
        self.learned = taken > 0
        self._state = None
        return taken

    def _can_go_on(self) -> bool:
        if self._position == self.path.length and (self.path.diverged or self.path.full):
            self._explain_stop()
            return False
        return True

    def _explain_stop(self) -> None:
        if self.path.full:
            self._say_stopped(
                f"Paused at step {self._position:,}: the path's memory is full. Go back to any "
                "step and change something to start a new future from there."
            )
            return
        why = why_diverged(self.state.setup, self.zones)
        self._say_stopped(
            f"Diverged at step {self._position:,}: the next error would pass "
            f"{LARGEST_ERROR:.0e}; {why}."
        )

    def _say_stopped(self, reason: str) -> None:
        # Said again each time: whoever closed the sentence and tries once more wants to know.
        if reason or self._stop_reason:
            self._stop_reason = reason
            self.stopped.emit(reason)

    def _speed_now(self) -> float:
        return math.inf if self._target is not None else self.speed

    @Slot()
    def _tick(self) -> None:
        speed = self._speed_now()
        if math.isinf(speed):
            self._tick_fast()
            return
        due = self._pace.due(speed)
        if due < 1:
            return
        if in_parts(speed) and self._phase is not Phase.COMPARED:
            self._set_phase(Phase(self._phase + 1))
        elif self._finish_tick(due, self._walk(due)):
            self._moved()

    def _tick_fast(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        wanted = taken = 0
        while wanted == taken and clock.elapsed() < _TICK_MS:
            n_steps = _STEPS_AT_ONCE
            if self._target is not None:
                n_steps = min(n_steps, self._target - self._position)
                if n_steps <= 0:
                    break
            wanted += n_steps
            taken += self._walk(n_steps)
        if self._finish_tick(wanted, taken) and self._pace.frame_due():
            self._moved()

    def _finish_tick(self, wanted: int, taken: int) -> bool:
        """End the run where it is over; returns whether it goes on."""
        if taken < wanted:
            self._explain_stop()
            self.pause()
        elif self._target is not None and self._position >= self._target:
            self.pause()
            self.seek(self._position_after)
        return self.running
