"""The pins of the bench: put there, taken off, renamed, left out of plots, and run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from gui.session.edits import Edits
from gui.session.moment import Bench, Moment
from gui.session.notices import Notices
from gui.session.parts import Parts
from gui.session.pins.ghosts import Ghosts
from gui.session.pins.portions import Portions
from gui.session.pins.undo import PinEntry
from gui.session.playback import Playback
from gui.session.view import View
from model.building.errors import BuildError
from model.building.names import checked_name, fresh_name
from model.door import say
from model.edits import Edit
from model.experiment import MAX_PINS, Experiment, Pin
from model.path.saved import new_path
from model.pins.ghost import Ghost
from model.pins.names import run_name
from model.pins.run import (
    MAX_BASE_NUMBERS,
    MAX_EDIT_BYTES,
    base_numbers,
    edit_bytes,
    edits_on,
    is_run,
    pin_of,
    replayed,
)

Made = tuple[Bench, str]


class Pins(QObject):
    """Runs that are kept beside the one on the bench.

    What cannot be done leaves everything as it is and is told by the notices. Pinning, taking off
    and renaming are entries for undo; leaving a line out of the plots is a look, and is none.

    Signals
    -------
    changed : other pins, names or ghosts, or others are left out
    """

    changed = Signal()

    def __init__(
        self,
        experiment: Experiment,
        playback: Playback,
        edits: Edits,
        notices: Notices,
        view: View,
        parts: Parts,
    ) -> None:
        super().__init__(parts.parent())
        self._experiment = experiment
        self._parts = parts
        self._playback, self._edits, self._notices = playback, edits, notices
        self._pins: tuple[Pin, ...] = experiment.pins
        self._count = 0
        # The path as it was when a run was asked for that is on its way to the bench.
        self._pin_it = False
        self._asked_at: tuple[Bench | None, int] = (None, 0)
        self._bringing: Portions[Made] = Portions(self._put_on_bench, notices.refuse, self)
        self._ghosts = Ghosts(view.weights, self)
        self._ghosts.found.connect(self._tell)
        playback.lock_changed.connect(self._tell_if_any)
        self._ghosts.follow(self._pins)

    # -- reading ---------------------------------------------------------------------------

    @property
    def all(self) -> tuple[Pin, ...]:
        """Every pin, oldest first; the same object for as long as they are the same."""
        return self._pins

    @property
    def shown(self) -> tuple[Pin, ...]:
        """Those that are to be seen: none while a lesson waits for a prediction."""
        return () if self._playback.locked else self._pins

    @property
    def lines(self) -> tuple[tuple[Pin, Ghost], ...]:
        """Those whose lines belong into the plots now."""
        pairs = ((pin, self.ghost(pin)) for pin in self.shown if not pin.hidden)
        return tuple((pin, ghost) for pin, ghost in pairs if ghost is not None)

    def ghost(self, pin: Pin) -> Ghost | None:
        """What plots and tables show of a pin; None while it is being made."""
        return self._ghosts.ghost(pin)

    def trouble(self, pin: Pin) -> str:
        """Why the run of a pin cannot be made again; empty where it can."""
        return self._ghosts.trouble(pin)

    @property
    def version(self) -> int:
        """Another number after each change."""
        return self._count

    @property
    def busy(self) -> bool:
        """Whether ghosts, or a run for the bench, are being made."""
        return self._ghosts.busy or self._bringing.busy

    @property
    def _known(self) -> Pin | None:
        """The pin that is the run on the bench."""
        path = self._playback.path
        runs = (pin for pin in self._pins if is_run(pin, self._experiment, path.edits, path.length))
        return next(runs, None)

    # -- asking ----------------------------------------------------------------------------

    def pin_run(self) -> bool:
        """Pin the run on the bench as far as it has come. All of these say whether they could."""
        path = self._playback.path
        names = [pin.name for pin in self._pins]
        if self._is_kept():
            return False
        known = self._known
        problem = ""
        if not path.length:
            problem = say("There is no run to pin yet: take a step first.")
        elif known is not None:
            problem = say("This run is pinned already, as “{name}”.", name=known.name)
        elif len(self._pins) == MAX_PINS:
            problem = say("{n} runs are pinned, and no more can be: remove one.", n=MAX_PINS)
        if problem:
            self._notices.refuse(problem)
            return False
        if self._parts.veils.hides("alpha"):
            name = fresh_name(say("run {number}", number=len(self._pins) + 1), names)
        else:
            name = run_name(self._experiment, path, names)
        pin = pin_of(self._experiment, path, name, self._pins)
        return self._change((*self._pins, pin), say("pin “{name}”", name=name))

    def remove(self, pin: Pin) -> bool:
        """Take a pin off."""
        left = tuple(other for other in self._pins if other.mark != pin.mark)
        return self._change(left, say("removed the pin “{name}”", name=pin.name))

    def rename(self, pin: Pin, name: str) -> bool:
        """Call a pin something else."""
        name = name.strip()
        if name == pin.name:
            return True
        try:
            name = checked_name(name, [other.name for other in self._pins])
        except BuildError as error:
            self._notices.refuse(str(error))
            return False
        renamed = replace(pin, name=name)
        pins = tuple(renamed if other.mark == pin.mark else other for other in self._pins)
        return self._change(pins, say("pin “{name}” renamed", name=pin.name))

    def show(self, pin: Pin, shown: bool) -> None:
        """Draw the line of a pin, or leave it out."""
        if pin.hidden is not shown:
            return
        changed = replace(pin, hidden=not shown)
        self._pins = tuple(changed if other.mark == pin.mark else other for other in self._pins)
        self._ghosts.follow(self._pins)
        self._tell()

    def bring(self, pin: Pin) -> bool:
        """Make the run of a pin the one on the bench, looked at at its end: one entry for undo.

        Of another experiment it brings that along.
        """
        label = say("the run “{name}”", name=pin.name)
        edits = edits_on(pin, self._experiment)
        if edits is not None:
            return self.run(edits, pin.length, label)
        return self._begin(pin.base, pin.edits, pin.length, label)

    def run(
        self,
        edits: Sequence[Edit],
        length: int,
        label: str,
        base: Experiment | None = None,
        pinned: bool = False,
    ) -> bool:
        """Run the experiment from its start along edits, and put that on the bench.

        Where this takes long it is done between frames, unless the path changes meanwhile; it is
        one entry for undo, called ``label``. ``base`` is another experiment, made of this one, that
        takes its place; ``pinned`` has the run pinned as well, once it is there.
        """
        return self._begin(base or self._experiment, edits, length, label, pinned)

    def _begin(
        self, base: Experiment, edits: Sequence[Edit], length: int, label: str, pinned: bool = False
    ) -> bool:
        if self._is_kept():
            return False
        self._playback.pause()
        bench = self._playback.bench
        self._asked_at = bench, bench.path.mark
        path = new_path(base, beside=bench.path)
        self._pin_it = pinned
        self._bringing.start(_made(Bench(base, path), edits, length, label))
        self._tell()
        return True

    # -- with the bench --------------------------------------------------------------------

    def begin(self, pins: Sequence[Pin]) -> None:
        """Have the pins of another bench; nothing of it is an entry for undo."""
        self._bringing.drop()
        self._put(tuple(pins), keep_hidden=False)

    def follow(self, experiment: Experiment) -> None:
        """Another experiment is on the bench; the pins stay."""
        self._bringing.drop()
        self._experiment = experiment

    # -- inside ----------------------------------------------------------------------------

    def _change(self, pins: tuple[Pin, ...], label: str) -> bool:
        if self._is_kept():
            return False
        if edit_bytes(pins) > MAX_EDIT_BYTES or base_numbers(pins) > MAX_BASE_NUMBERS:
            self._notices.refuse(say("The pinned runs hold too much already: remove one first."))
            return False
        self._edits.add_beside(PinEntry(self._put, label, self._pins, pins))
        return True

    def _put(self, pins: tuple[Pin, ...], keep_hidden: bool = True) -> None:
        before = self._pins
        hidden = {pin.mark: pin.hidden for pin in before} if keep_hidden else {}
        # What was left out of the plots meanwhile stays so.
        self._pins = tuple(
            pin if hidden.get(pin.mark, pin.hidden) is pin.hidden
            else replace(pin, hidden=not pin.hidden)
            for pin in pins
        )  # fmt: skip
        self._ghosts.follow(self._pins)
        # Whoever shows pins looks again then: where there are none, at each page of a lesson.
        if before or self._pins:
            self._tell()

    def _put_on_bench(self, made: Made) -> None:
        new, label = made
        bench = self._playback.bench
        if self._asked_at == (bench, bench.path.mark) and not self._is_kept():
            position = new.path.length
            if new.experiment is bench.experiment:
                moment = replace(Moment.of(new, position), bench=bench)
                self._edits.go_back_to(moment, label)
            else:
                self._edits.rebuild(new, position, label)
            if self._pin_it and self._known is None:
                self.pin_run()
        self._tell()

    def _is_kept(self) -> bool:
        """Whether a lock keeps anything from being changed, which is said."""
        why = self._playback.locked
        if why:
            self._notices.refuse(why)
        return bool(why)

    @Slot()
    def _tell_if_any(self) -> None:
        if self._pins:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        self._count += 1
        self.changed.emit()


def _made(bench: Bench, edits: Sequence[Edit], length: int, label: str) -> Iterator[Made]:
    yield bench, label
    for _ in replayed(bench.path, edits, length):
        yield bench, label
