"""Moving through time: the step that is looked at, its three parts, and runs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session.moment import Bench, Moment
from gui.session.pace import Pace, in_parts, tick_interval
from gui.session.zone_finder import ZoneFinder
from model.curves import AlphaZones
from model.edits import Edit, EditError
from model.path import State
from model.path.readable import ReadablePath
from model.phase import Phase, StepPart
from model.words.going import why_no_step

# A tick at full speed works this long, so that the window stays free.
_TICK_MS = 8
_STEPS_AT_ONCE = 1024


class Playback(QObject):
    """A path and the position on it, like a film and the frame that is shown.

    Looking at another step never changes the path; going on past its end makes it longer.

    Signals
    -------
    changed : anything of the current moment may differ; while running, once a frame
    running_changed(bool) : a run began or ended
    stopped(str) : the run ended by itself, and why; an empty text takes that back
    zones_found : ``zones`` are known that were not; all else of the moment is as it was
    lock_changed : something new may happen, or may not any more
    """

    changed = Signal()
    running_changed = Signal(bool)
    stopped = Signal(str)
    zones_found, lock_changed = Signal(), Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._pace = Pace()
        self._zone_finder = ZoneFinder(self)
        self._zone_finder.found.connect(self.zones_found)
        # Whether the limit of alpha may be told where it is why a run stopped.
        self.speed, self._lock, self.tells_limit = 5.0, "", True
        self._begin(bench)

    def _begin(self, bench: Bench, position: int = 0) -> None:
        self._bench = bench
        self._path = bench.path
        self._position = position
        self._phase = Phase.READY
        self._learned = False
        self._state: State | None = None
        self._stop_reason = ""
        self._target: int | None = None
        self._position_after = 0

    # -- the path -----------------------------------------------------------------------

    @property
    def path(self) -> ReadablePath:
        """The path that is followed, to read from."""
        return self._path

    @property
    def bench(self) -> Bench:
        """The experiment and the path that are on the bench, for whoever keeps them for later."""
        return self._bench

    def show(self, bench: Bench, position: int = 0) -> None:
        """Look at another path instead; ``refresh`` tells of it once all is in place."""
        self.pause()
        self._begin(bench, position)

    def refresh(self) -> None:
        """Tell that another path is shown."""
        self.stopped.emit("")
        self._moved()

    def moment(self) -> Moment:
        """The path as it is, the position on it and what is on the bench there."""
        return Moment.of(self._bench, self._position)

    @staticmethod
    def original(bench: Bench) -> Moment:
        """The start of a bench's path before any edit; the path stays as it is."""
        now = bench.path.snapshot()
        bench.path.restore(bench.path.original())
        moment = Moment.of(bench, 0)
        bench.path.restore(now)
        return moment

    def restore(self, moment: Moment) -> None:
        """Bring back a moment of this path; what undo and redo do."""
        self._path.restore(moment.snapshot)
        self._position = moment.position
        self._rest()
        self._say_stopped("")
        self._moved()

    def change(self, edits: Sequence[Edit], before: Moment) -> Moment:
        """Make edits of one step on the path as it was ``before``; returns the moment after.

        Raises EditError where they cannot be made, with the path as it is now. The caller shows
        what came of it by ``restore``.
        """
        if self._lock:
            raise EditError(self._lock)
        now = self._path.snapshot()
        try:
            self._path.restore(before.snapshot)
            self._path.edit(*edits)
        except EditError:
            self._path.restore(now)
            raise
        self._state = None
        return self.moment()

    # -- the moment ---------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The step that is looked at: so many updates have been made."""
        return self._position

    @property
    def length(self) -> int:
        """The last step of the path."""
        return self._path.length

    @property
    def phase(self) -> Phase:
        """How far the step at the position has been taken."""
        return self._phase

    @property
    def state(self) -> State:
        """All numbers of the step at the position."""
        if self._state is None:
            self._state = self._path.state(self._position)
        return self._state

    @property
    def previous(self) -> State | None:
        """The step before, whose update made the current weights; None at the start."""
        return self._path.state(self._position - 1) if self._position else None

    @property
    def learned(self) -> bool:
        """Whether Learn was made last, by itself: what it did is in sight until the next part."""
        return self._learned

    @property
    def part(self) -> StepPart:
        """The part of the step that was made last, by itself; REST where none was."""
        if self._learned:
            return StepPart.LEARN
        parts = {Phase.PREDICTED: StepPart.PREDICT, Phase.COMPARED: StepPart.COMPARE}
        return parts.get(self._phase, StepPart.REST)

    @property
    def zones(self) -> AlphaZones:
        """What alpha does, for what is unfrozen at the position."""
        return self._zone_finder.zones(self._path.setup_at(self._position))

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
            return self._path.length, self._position
        return max(self._target, self._path.length), self._position_after

    @property
    def stop_reason(self) -> str:
        """Why the last run ended by itself, or an empty text."""
        return self._stop_reason

    # -- locked -------------------------------------------------------------------------

    @property
    def locked(self) -> str:
        """Why nothing new may happen for now, in one sentence; empty where it may."""
        return self._lock

    def lock(self, why: str) -> None:
        """Let nothing new happen, steps forward or changes, and say why; empty to free it."""
        if why != self._lock:
            self.pause()
            told, self._lock = self._lock, why
            self._say_stopped("" if self._stop_reason == told else self._stop_reason)
            self.lock_changed.emit()

    def _is_kept(self) -> bool:
        """Whether a lock keeps something from being done, which is said."""
        if self._lock:
            self._say_stopped(self._lock)
        return bool(self._lock)

    # -- steps --------------------------------------------------------------------------

    @Slot()
    def predict(self) -> None:
        """First part of a step: show what the network predicts."""
        if self._phase is Phase.READY and not self.running and not self._is_kept():
            self._set_phase(Phase.PREDICTED)

    @Slot()
    def compare(self) -> None:
        """Second part: show how far the prediction is from the target."""
        if self._phase is not Phase.PREDICTED or self.running or self._is_kept():
            return
        if self.state.is_labelled:
            self._set_phase(Phase.COMPARED)
        else:
            self._explain_stop()

    @Slot()
    def learn(self) -> None:
        """Third part: change the weights; what it did stays in sight until the next part."""
        if self._phase is not Phase.COMPARED or self.running or self._is_kept():
            return
        self._learned = self._walk(1) == 1
        if not self._learned:
            self._explain_stop()
        self._moved()

    @Slot()
    def step(self) -> None:
        """Do the rest of the current step."""
        if not self.running:
            self.take(1)

    def take(self, n_steps: int) -> None:
        """Take many steps at once."""
        if self._is_kept():
            return
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
        if step > self._position and self._is_kept():
            return
        self._position = min(max(0, step), self._path.length)
        self._rest()
        self._moved()

    # -- running ------------------------------------------------------------------------

    @Slot()
    def run(self) -> None:
        """Take steps by themselves until paused, diverged or out of memory."""
        if self.running or self._is_kept() or not self._can_go_on():
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
        self._rest()
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
        self._learned = False
        self._moved()

    def _rest(self) -> None:
        """Show all numbers of a step, rather than one of its parts."""
        self._phase = Phase.READY
        self._learned = False

    def _moved(self) -> None:
        self._state = None
        self.changed.emit()

    def _walk(self, n_steps: int) -> int:
        """Go further along the path and then beyond its end; returns by how many steps."""
        taken = min(n_steps, self._path.length - self._position)
        if taken < n_steps and not self._path.full:
            taken += self._path.extend(n_steps - taken)
        self._position += taken
        self._rest()
        self._state = None
        return taken

    def _can_go_on(self) -> bool:
        stands = self._path.diverged or self._path.full or self._path.lacks_label
        if self._position == self._path.length and stands:
            self._explain_stop()
            return False
        return True

    def _explain_stop(self) -> None:
        zones = self.zones if self.tells_limit else None
        self._say_stopped(why_no_step(self._path, self.state, zones, self._bench.experiment.inputs))

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
        may_compare = self._phase is Phase.READY or self.state.is_labelled
        if in_parts(speed) and self._phase is not Phase.COMPARED and may_compare:
            self._set_phase(Phase(self._phase + 1))
            return
        taken = self._walk(due)
        self._learned = in_parts(speed) and taken > 0
        if self._finish_tick(due, taken):
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
