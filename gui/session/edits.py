"""Edits of the experiment: each at the current position, each an entry for undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from gui.session.moment import Bench, Moment
from gui.session.notices import Notices
from gui.session.playback import Playback
from gui.session.undo import EditCommand, Entry, UndoStack
from model.door import say
from model.edits import Edit, EditError, can_be_named, check_edit, says_nothing_new
from model.examples import IN_ORDER, SHUFFLE_SEED
from model.experiment import Experiment
from model.network import Floats
from model.packed.rows import packed_cells, packed_numbers
from model.words.edits import edit_title

_UNDO_LIMIT = 200
_ABANDONED_BYTES = 256 * 2**20


@dataclass(eq=False)
class _Look:
    """A gesture: looks at one example after another in place of the one of ``step``."""

    step: int


class Edits(QObject):
    """Makes changes on the path of a playback, and takes them back.

    What cannot be done leaves everything as it is and is told by the notices.

    Signals
    -------
    changed : something can be undone or redone, or was saved, that could or was not
    bench_wanted(moment) : a Moment of another bench is to come back
    """

    changed = Signal()
    bench_wanted = Signal(object)

    def __init__(
        self, experiment: Experiment, playback: Playback, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._playback = playback
        self._notices = notices
        self._look = _Look(-1)
        self._stack = self._new_stack()

    def _new_stack(self) -> UndoStack:
        stack = UndoStack(_UNDO_LIMIT, self)
        # A stack emits while it is destroyed; by then this has no receiver any more.
        stack.indexChanged.connect(self.changed)
        return stack

    # -- what can be taken back ------------------------------------------------------------

    def begin(self, experiment: Experiment) -> None:
        """Edit another experiment; nothing done before can be undone."""
        self._experiment = experiment
        self._stack.begin(bool(experiment.edits))
        self.changed.emit()

    def hand_over(self) -> UndoStack:
        """Hand over all that can be undone and redone, and begin with nothing."""
        stack, self._stack = self._stack, self._new_stack()
        stack.indexChanged.disconnect(self.changed)
        return stack

    def take_over(self, experiment: Experiment, stack: UndoStack) -> None:
        """Go on with what was handed over."""
        self._experiment = experiment
        self._stack.deleteLater()
        self._stack = stack
        stack.indexChanged.connect(self.changed)

    @Slot()
    def undo(self) -> None:
        """Take back the last edit, or all edits of its gesture."""
        if not self._is_kept():
            self._stack.undo()

    @Slot()
    def redo(self) -> None:
        """Make again what was taken back last."""
        if not self._is_kept():
            self._stack.redo()

    def _is_kept(self) -> bool:
        """Whether a lock keeps changes from being taken back, which is said."""
        why = self._playback.locked
        if why:
            self._notices.refuse(why)
        return bool(why)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether there is something to make again."""
        return self._stack.canRedo()

    @property
    def undo_text(self) -> str:
        """What undo would take back, in two or three words."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What redo would make again, in two or three words."""
        return self._stack.redoText()

    @property
    def count(self) -> int:
        """How many entries there are to undo or redo."""
        return self._stack.count()

    @property
    def unsaved(self) -> bool:
        """Whether a person made something that is not saved; looking around makes nothing."""
        return self._stack.unsaved

    @property
    def made(self) -> object:
        """Stands for what a person has made: another object after each edit, not after a look."""
        return self._stack.made

    def mark_saved(self) -> None:
        """All that there is now is saved."""
        self._stack.mark_saved()
        # A look from here on is another entry than the looks that were saved.
        self._look = _Look(-1)
        self.changed.emit()

    def mark_unsaved(self) -> None:
        """Nothing that can be reached by undo and redo is saved."""
        self._stack.mark_unsaved()
        self.changed.emit()

    # -- the edits -------------------------------------------------------------------------

    def set_alpha(self, value: float, gesture: object = None) -> bool:
        """Change alpha from here on. All edits return whether they could be made."""
        return self.edit("alpha", (), (value,), gesture=gesture)

    def set_weight(self, output: int, column: int, value: float, gesture: object = None) -> bool:
        """Give one weight another value."""
        return self.edit("weights", ((output, column),), (value,), gesture=gesture)

    def set_frozen(self, output: int, column: int, frozen: bool) -> bool:
        """Freeze or unfreeze one weight."""
        return self.edit("frozen", ((output, column),), (float(frozen),))

    def set_input(self, column: int, value: float, gesture: object = None) -> bool:
        """Change one input of the current example."""
        return self._edit_row("inputs", column, value, gesture)

    def set_target(self, output: int, value: float, gesture: object = None) -> bool:
        """Change one target of the current example."""
        return self._edit_row("targets", output, value, gesture)

    def set_inputs(self, inputs: Floats, label: str, gesture: object = None) -> bool:
        """Change the inputs of the current example, or of the guest, to others, (n_inputs,)."""
        state = self._playback.state
        if state.example is None:
            target = state.target if state.is_labelled else None
            return self.put_on_bench(inputs, target, label, gesture)
        under_way = self._command_of(gesture)
        kept = state.inputs if under_way is None else under_way.before.inputs
        changed = np.flatnonzero(inputs != kept)
        if not len(changed):
            if under_way is None:
                return True
            # The drag is back where it began: its last edit has to give way all the same.
            changed = np.array([0])
        at = [(state.example, int(column)) for column in changed]
        return self.edit("inputs", at, inputs[changed].tolist(), label, gesture)

    def set_example(self, inputs: Floats, target: Floats, label: str) -> bool:
        """Change inputs and target of the current example at once: one entry for undo."""
        state = self._playback.state
        if state.example is None:
            return self.put_on_bench(inputs, target, label)
        edits = []
        parts: tuple[tuple[str, Floats, Floats], ...] = (
            ("inputs", state.inputs, inputs),
            ("targets", state.target, target),
        )
        for kind, before, after in parts:
            changed = np.flatnonzero(after != before)
            at = tuple((state.example, int(column)) for column in changed)
            if at:
                edits.append(
                    Edit(self._playback.position, kind, tuple(after[changed].tolist()), at)
                )
        return self.make(edits, label) if edits else True

    def set_label(self, output: int) -> bool:
        """Say what is on the bench: the target of ``output`` becomes 1 and all others 0."""
        state = self._playback.state
        target = np.zeros(len(state.target))
        target[output] = 1.0
        label = f"labelled {self._experiment.outputs[output]}"
        if state.example is None:
            return self.put_on_bench(state.inputs, target, label)
        cells = [(state.example, place) for place in range(len(target))]
        return self.edit("targets", cells, target.tolist(), label)

    def draw(self, inputs: Floats, label: str, gesture: object = None) -> bool:
        """Let an image of one's own take the place of this step's example, (n_inputs,).

        It is a guest for this one step, and nobody has said yet what it is.
        """
        return self.put_on_bench(inputs, None, label, gesture)

    def put_on_bench(
        self, inputs: Floats, target: Floats | None, label: str, gesture: object = None
    ) -> bool:
        """Let an image that is not among the examples take the place of this step's example.

        ``target`` is None where it has no label; no step can be made from it then.
        """
        row = inputs.tolist() + ([] if target is None else target.tolist())
        return self.edit("guest", (), row, label, gesture)

    def look_at(self, inputs: Floats, target: Floats, label: str) -> bool:
        """Put an image on the bench to look at it; looking around is one entry for undo."""
        self._playback.pause()
        return self.put_on_bench(inputs, target, label, self._looking())

    def visit(self, example: int) -> bool:
        """Let this step visit another example; the order goes on from there.

        Looking around is one entry for undo, and none once it is back where it began.
        """
        if self._playback.state.example == example:
            return True
        self._playback.pause()
        look = self._looking()
        under_way = self._command_of(look)
        if under_way is not None and under_way.before.example == example:
            self._stack.undo()
            return True
        return self.edit("visit", (), (example,), gesture=look)

    def shuffle_pixels(self) -> bool:
        """Give every image the same other order of its pixels, or put them back in order."""
        shuffled = self._playback.state.setup.order is not None
        return self.edit("pixels", (), (IN_ORDER if shuffled else SHUFFLE_SEED,))

    @property
    def differs(self) -> bool:
        """Whether anything was changed, by edits or by looking, since the experiment began."""
        origin = self._stack.origin
        return self._playback.path.n_edits > 0 or origin not in (None, self._playback.bench)

    def back_to_original(self) -> None:
        """Begin the experiment again as it was opened, at step 0; one entry for undo."""
        if self._is_kept():
            return
        original = self._playback.original(self._stack.origin or self._playback.bench)
        self._stack.add_original(self._leave_for(original, say("back to the original")))

    def go_back_to(self, moment: Moment, label: str, made: bool = True) -> None:
        """Bring back a moment that this path had; one entry for undo.

        ``made`` says whether a person made the steps that are left for it.
        """
        command = self._leave_for(moment, label)
        command.replaces_steps = made
        self._stack.add(command, made=True)

    def rebuild(self, bench: Bench, position: int, label: str) -> None:
        """Put another form of the experiment on the bench; one entry for undo."""
        self._stack.origin = self._stack.origin or self._playback.bench
        self._stack.add(self._leave_for(Moment.of(bench, position), label), made=True)

    def _leave_for(self, moment: Moment, label: str) -> EditCommand:
        """The entry that goes from here to another moment, with room made for it."""
        self._playback.pause()
        command = EditCommand(self._restore, label, self._playback.moment(), moment, None)
        self._forget_old_futures(command.nbytes)
        return command

    def add_beside(self, entry: Entry) -> None:
        """Make a change that leaves the path as it is, as an entry for undo."""
        self._stack.add_beside(entry)

    @property
    def replaced_steps(self) -> int:
        """How many later steps the last edits here took off the path; undo brings them back.

        0 once new steps have taken their place.
        """
        return self._stack.replaced_steps(self._playback.position, self._playback.length)

    def edit(
        self,
        kind: str,
        at: Sequence[tuple[int, int]] | NDArray[np.intp],
        to: Sequence[float] | Floats,
        label: str = "",
        gesture: object = None,
    ) -> bool:
        """Make one change of any kind at the current position.

        ``at`` and ``to`` may be arrays, (n, 2) and (n,), where they are many.
        ``label`` is what undo says that it takes back; without one the kind has its own words. A
        gesture is any object that stays the same while a drag lasts: each of its edits takes
        the place of the one before, so that a stroke hands over all of its cells each time and
        is one undo entry. What cannot be done leaves everything as it is and is told by
        ``Notices.refused``.
        """
        values = to if isinstance(to, np.ndarray) else [float(value) for value in to]
        edit = Edit(self._playback.position, kind, packed_numbers(values), packed_cells(at))
        return self.make([edit], label, gesture)

    def make(self, edits: Sequence[Edit], label: str, gesture: object = None) -> bool:
        """Make edits of the current position together, as ``edit`` does one."""
        if self._playback.restoring:
            # A change starts a new future; what was being restored is given up for it.
            self._playback.pause()
        now = self._playback.moment()
        under_way = self._command_of(gesture)
        # A run may have gone on under a drag; then its steps stand, and the edit is made anew.
        again = under_way is not None and under_way.before.position == self._playback.position
        before = under_way.before if under_way is not None and again else now
        state = self._playback.state
        if not label:
            named = can_be_named(state.setup, edits[0])
            label = edit_title(self._experiment, edits[0]) if named else edits[0].kind
        try:
            for edit in edits:
                check_edit(state.setup, edit)
            # What says nothing new must not cost the future.
            if not again and all(says_nothing_new(state.setup, state.weights, e) for e in edits):
                return True
            after = self._playback.change(edits, before)
        except EditError as error:
            problem = str(error).removeprefix(f"{edits[0].kind}: ")
            self._notices.refuse(say("{change}: {problem}", change=label, problem=problem))
            return False
        if under_way is not None:
            under_way.replace(label, after)
            self.changed.emit()
        else:
            command = EditCommand(self._restore, label, before, after, gesture)
            self._forget_old_futures(command.nbytes)
            self._stack.add(command, made=not isinstance(gesture, _Look))
        return True

    def _command_of(self, gesture: object) -> EditCommand | None:
        """The undo entry of a gesture that is under way.

        None where something was undone since: what could be redone belongs to that entry.
        """
        last = self._last_command() if not self._stack.canRedo() else None
        return (
            last if last is not None and gesture is not None and last.gesture is gesture else None
        )

    def _last_command(self) -> EditCommand | None:
        """What undo would take back."""
        return self._stack.entry(self._stack.index() - 1)

    def _looking(self) -> object:
        """The gesture of looks at one step; a new one where steps were taken since."""
        followed = self._playback.length > self._playback.position
        if followed or self._look.step != self._playback.position:
            self._look = _Look(self._playback.position)
        return self._look

    def _restore(self, moment: Moment, pause: bool) -> None:
        if pause:
            self._playback.pause()
        if moment.bench == self._playback.bench:
            self._playback.restore(moment)
        else:
            self._experiment = moment.bench.experiment
            self.bench_wanted.emit(moment)

    def _edit_row(self, kind: str, column: int, value: float, gesture: object) -> bool:
        state = self._playback.state
        if state.example is not None:
            return self.edit(kind, ((state.example, column),), (value,), gesture=gesture)
        # A guest is on the bench: undo names the number that was changed, all the same.
        label = edit_title(self._experiment, Edit(state.step, kind, (value,), ((0, column),)))
        inputs = state.inputs.copy()
        target = state.target.copy() if state.is_labelled else None
        if kind == "inputs":
            inputs[column] = value
        else:
            target = np.zeros(len(state.target)) if target is None else target
            target[column] = value
        return self.put_on_bench(inputs, target, label, gesture)

    def _forget_old_futures(self, coming: int) -> None:
        """Old futures wait for undo; beyond a bound they are let go, and undo with them."""
        if coming and self.nbytes + coming > _ABANDONED_BYTES:
            self._stack.forget()

    @property
    def nbytes(self) -> int:
        """Bytes of all futures that undo could bring back, each part counted once."""
        entries = (self._stack.entry(place) for place in range(self._stack.count()))
        return sum(entry.nbytes for entry in entries if entry is not None)
