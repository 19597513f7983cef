"""The one door to what is on the bench: an experiment, the path it has taken, and the moment.

Panels read from the session and ask it for changes; it tells them by signals when to look
again. It is put together from parts that each do one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.session.commands import SESSION_COMMANDS, CommandSet, Controls
from gui.session.edits import Edits
from gui.session.evaluator import Evaluator
from gui.session.moment import Bench, Moment
from gui.session.notices import Notices
from gui.session.parts import Parts
from gui.session.pins import Pins
from gui.session.playback import Playback
from gui.session.space.presets import shown_space
from gui.session.undo import UndoStack
from gui.session.view import View
from gui.session.weight_choice import WeightChoice
from model.curves import AlphaZones
from model.door import say
from model.errors import ExperimentError
from model.experiment import Experiment, Pin
from model.path import Path, State
from model.path.readable import ReadablePath
from model.path.saved import saved_path
from model.phase import Phase


@dataclass(frozen=True, eq=False)
class AsideBench:
    """All that was on the bench, kept while something else is there."""

    bench: Bench
    position: int
    undo: UndoStack
    view: dict[str, Any]
    pins: tuple[Pin, ...]


class Session(QObject):
    """An experiment, the moment that is looked at, and all that can be done to them.

    ``playback`` moves through time, ``edits`` changes the experiment and takes changes back,
    ``notices`` is told what the person should know, ``view`` is what is looked at, ``parts``
    knows what can be pointed at by its name, and ``evaluator`` what the network makes of
    held-out images; ``pins`` are runs to compare with.

    Signals
    -------
    opened : another experiment is on the bench (names and shapes may differ)
    changed : anything of the current moment may differ; while running, once a frame
    """

    opened = Signal()
    changed = Signal()

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        # Whether the bench is only lent, as to a lesson, while a person's own waits.
        self.lent = False
        # Whether what is being opened is another form of what was there before.
        self.changes_form = False
        self.notices = Notices(self)
        self.playback = Playback(Bench(experiment, saved_path(experiment)), self)
        self.edits = Edits(experiment, self.playback, self.notices, self)
        self.view = View(
            experiment, self.playback, WeightChoice(experiment, self.playback, self), self
        )
        self.parts = Parts(experiment, self.view, self)
        self.evaluator = Evaluator(experiment, self.playback, self)
        self.pins = Pins(experiment, self.playback, self.edits, self.notices, self.view, self.parts)
        # Before anyone else is told, so that a button finds what can be done already known.
        self.commands = CommandSet(
            SESSION_COMMANDS,
            Controls(self.playback, self.edits, self.view, self.pins),
            self,
            (
                self.playback.changed,
                self.playback.running_changed,
                self.edits.changed,
                self.playback.lock_changed,
            ),
        )
        self.playback.changed.connect(self.changed)
        self.pins.changed.connect(self.changed)
        self.edits.bench_wanted.connect(self._change_bench)
        self.parts.veils_changed.connect(self._veils_changed)

    # -- the moment ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """All numbers of the step that is looked at."""
        return self.playback.state

    @property
    def seen(self) -> State:
        """The step whose numbers are in sight: after Learn alone, that which was learned from."""
        previous = self.playback.previous if self.playback.learned else None
        return self.playback.state if previous is None else previous

    @property
    def path(self) -> ReadablePath:
        """The path of the experiment, to read from."""
        return self.playback.path

    @property
    def bench(self) -> Bench:
        """Stands for what is on the bench: another object after each opening and renaming."""
        return self.playback.bench

    @property
    def phase(self) -> Phase:
        """How far the step that is looked at has been taken."""
        return self.playback.phase

    @property
    def slip(self) -> str | None:
        """The key of the slip that is in the listing; None without one."""
        return self.view.slip

    @property
    def space(self) -> str:
        """The name of what is shown of the space of images."""
        return shown_space(self.view.space)

    @property
    def zones(self) -> AlphaZones:
        """What alpha does, for what is unfrozen at the position."""
        return self.playback.zones

    @Slot()
    def _veils_changed(self) -> None:
        self.playback.tells_limit = not self.parts.veils.covers("zones")

    # -- what is on the bench --------------------------------------------------------------

    def open(
        self, experiment: Experiment, path: Path | None = None, veiled: Iterable[str] = ()
    ) -> None:
        """Put another experiment on the bench, and go where it was saved.

        ``path`` is its saved path, if that has been followed already; ``veiled`` are the parts of
        it that are hidden. Raises ExperimentError,
        with the old experiment still there, where its edits cannot be made again, or where what
        was looked at is not there to be looked at.
        """
        self._check_view(experiment)
        path = saved_path(experiment) if path is None else path
        self.playback.pause()
        self.edits.begin(experiment)
        self._put(Bench(experiment, path), self._begins_at(experiment, path), veiled)
        self.pins.begin(experiment.pins)
        self.resume()

    @staticmethod
    def _begins_at(experiment: Experiment, path: Path) -> int:
        """The step to show at once: where it was saved, if the path reaches so far already."""
        return experiment.position if path.length >= experiment.length else 0

    def resume(self) -> None:
        """Look at what was looked at when the experiment was saved, and go on to where it was.

        The path is run there as far as it is not there yet.
        """
        self.look_as_saved()
        if self.experiment.length > self.playback.length:
            self.playback.run_to(self.experiment.length, then=self.experiment.position)
        elif self.experiment.position != self.playback.position:
            self.playback.seek(self.experiment.position)

    def look_as_saved(self) -> None:
        """Look at what was looked at when the experiment was saved; what is wrong is told."""
        try:
            self.view.show(**self.experiment.view)
        except ValueError as error:
            self.notices.refuse(say("view: {problem}", problem=error))

    def _check_view(self, experiment: Experiment) -> None:
        try:
            self.view.check_for(experiment, experiment.view)
        except ValueError as error:
            raise ExperimentError(say("view: {problem}", problem=error)) from error

    def set_aside(
        self, experiment: Experiment, path: Path | None = None, veiled: Iterable[str] = ()
    ) -> AsideBench:
        """Put another experiment on the bench, and hand over what was there, undo included.

        ``path`` and ``veiled`` are as for ``open``. A run is paused. Raises ExperimentError, with
        nothing changed, as ``open`` does.
        """
        self._check_view(experiment)
        path = saved_path(experiment) if path is None else path
        self.playback.pause()
        kept = AsideBench(
            self.playback.bench, self.playback.position, self.edits.hand_over(),
            self.view.values(), self.pins.all,
        )  # fmt: skip
        self.lent = True
        self.edits.begin(experiment)
        self._put(Bench(experiment, path), self._begins_at(experiment, path), veiled)
        self.pins.begin(experiment.pins)
        self.resume()
        return kept

    def bring_back(self, kept: AsideBench) -> None:
        """Put on the bench what was set aside; what is there now is let go."""
        self.playback.pause()
        self.lent = False
        self.edits.take_over(kept.bench.experiment, kept.undo)
        self._put(kept.bench, kept.position)
        self.pins.begin(kept.pins)
        self.view.show(**kept.view)

    # -- another form of the same ----------------------------------------------------------

    def rebuild(self, experiment: Experiment, label: str, path: Path | None = None) -> bool:
        """Put an experiment that was made of this one in its place: one entry for undo.

        ``path`` is given where it is this one's own, as after a change of names; without it the
        path of the new experiment begins as it is saved. What is looked at stays, as far as it is
        there to be looked at. Returns whether it could be done; where not, the notices say why.
        """
        why = self.why_not_rebuilt
        if why:
            self.notices.refuse(why)
            return False
        position = self.playback.position if path is not None else 0
        try:
            if path is None:
                path = saved_path(experiment, beside=self.playback.bench.path)
        except ExperimentError as error:
            self.notices.refuse(str(error))
            return False
        self.edits.rebuild(Bench(experiment, path), position, label)
        return True

    @property
    def why_not_rebuilt(self) -> str:
        """Why the experiment keeps its form for now, in one sentence; empty where it need not."""
        if self.lent:
            return say(
                "A lesson's experiment keeps its examples, inputs and outputs: leave the lesson "
                "to change those of your own."
            )
        return self.playback.locked

    @Slot(object)
    def _change_bench(self, moment: Moment) -> None:
        """Put another bench there, as undo and redo want it; look at the same as before."""
        looked_at = self.view.values()
        moment.bench.path.restore(moment.snapshot)
        self.changes_form = True
        try:
            self._put(moment.bench, moment.position)
        finally:
            self.changes_form = False
        # To show panels would bring up again what a person has folded away.
        del looked_at["panels"]
        for name, value in looked_at.items():
            try:
                self.view.show(**{name: value})
            except ValueError:
                # That output, weight or part is not there any more.
                continue

    def _put(self, bench: Bench, position: int, veiled: Iterable[str] = ()) -> None:
        experiment = self.experiment = bench.experiment
        self.playback.show(bench, position)
        # What was hidden before is of another shape.
        self.parts.begin(experiment, veiled)
        self.view.begin(experiment)
        self.evaluator.begin(experiment)
        self.pins.follow(experiment)
        self.opened.emit()
        self.playback.refresh()
        self.parts.tell()
