"""The experiment with a slip beside the right one, followed a little at a time."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gui.session import Session
from model.door import say
from model.listing.slips import (
    MAX_SLIP_STEPS,
    RIGHT,
    SLIPS,
    Slip,
    SlipPath,
    SlipStep,
    WrongNumber,
    first_wrong,
    stopped_words,
)
from model.listing.told import first_step, wrong_number
from model.path.watch import PathWatch

# Steps are taken this long at a time, so that the window stays free.
_SLICE_MS = 6
# So many steps, or all there are, are looked through for the first wrong number.
_LOOKED_THROUGH = 64


class Comparison(QObject):
    """Two runs of the session's experiment, by the right rule and with the view's slip.

    Signals
    -------
    changed : they have more steps, or others
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._watch = PathWatch()
        self._key: str | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self.right: SlipPath | None = None
        self.wrong: SlipPath | None = None
        self._first: WrongNumber | None = None
        self._looked = False

    @property
    def slip(self) -> Slip:
        """What is put into the listing, or RIGHT."""
        key = self._session.view.slip
        return RIGHT if key is None else SLIPS[key]

    @property
    def first(self) -> WrongNumber | None:
        """The first number that the slip makes wrong, once it is known."""
        return self._first

    def forget(self) -> None:
        """Let go of both runs."""
        self.pause()
        self._key = self.right = self.wrong = self._first = None

    def pause(self) -> None:
        """Take no steps until it is asked for again."""
        self._timer.stop()

    def follow(self) -> None:
        """Have both runs as long as the path, or be on the way there."""
        session, slip = self._session, self.slip
        changed = self._watch.first_change(session.path) is not None
        if slip is RIGHT:
            self.forget()
            return
        if changed or self._key != slip.key:
            self._begin(slip)
        if not self._done and not self._timer.isActive():
            self._go_on()

    def _begin(self, slip: Slip) -> None:
        """Begin both runs at the start of the path."""
        path = self._session.path
        setup, weights = path.setup_at(0), path.weights(0)
        later = [edit for edit in path.edits if edit.step > 0]
        self._key, self._first, self._looked = slip.key, None, False
        self.right = SlipPath(setup, weights, RIGHT, later)
        shape = (weights.shape[0], weights.shape[1])
        self.wrong = SlipPath(setup, weights, slip, later) if slip.runs(shape) else None

    @property
    def _goal(self) -> int:
        return min(self._session.path.length, MAX_SLIP_STEPS)

    @property
    def _done(self) -> bool:
        both = (path for path in (self.right, self.wrong) if path is not None)
        return all(path.ended or path.length >= max(1, self._goal) for path in both)

    @Slot()
    def _go_on(self) -> None:
        """Take steps for a moment, and go on when the window has had its turn."""
        clock = QElapsedTimer()
        clock.start()
        # A step at the least, so that what the first one does can always be said.
        goal = max(1, self._goal)
        while not self._done and clock.elapsed() < _SLICE_MS:
            for path in (self.right, self.wrong):
                if path is not None:
                    path.extend(min(goal, path.length + 16))
        if self._done:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(0)
        self._look_for_wrong()
        self.changed.emit()

    def _look_for_wrong(self) -> None:
        if self.right is None or self.wrong is None or self._looked:
            return
        self._first = first_wrong(self.right, self.wrong)
        self._looked = self._first is not None or self.right.length >= _LOOKED_THROUGH

    # -- one step ------------------------------------------------------------------------------

    def at(self, step: int) -> SlipStep | None:
        """The numbers of one step with the slip; None where its run does not have it."""
        wrong = self.wrong
        return None if wrong is None or step > wrong.length else wrong.at(step)

    def sentences(self) -> list[str]:
        """What the slip is, which number it makes wrong first, and what it does to the error."""
        slip, experiment = self.slip, self._session.experiment
        if slip is RIGHT:
            return []
        told = [say(slip.about)]
        shape = (len(experiment.outputs), len(experiment.inputs))
        if slip.stops(shape):
            told.append(stopped_words(slip))
        if self.right is None or self.wrong is None:
            return told
        if self._first is not None:
            told += [wrong_number(experiment, self._first), first_step(self.right, self.wrong)]
        else:
            told.append(say("In this experiment it makes no number wrong."))
        if self.wrong.ended and self.wrong.length < self._goal:
            told.append(say("With the slip it ends at step {step:,}.", step=self.wrong.length))
        return told
