"""The one door to what is on the bench: an experiment, the path it has taken, and the moment.

Panels read from the session and ask it for changes; it tells them by signals when to look
again. It is the only object that holds state of the subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gui.session.playback import Phase, Playback
from gui.session.undo import EditCommand, Moment
from model.experiment import Experiment
from model.network import Floats
from model.path.edits import Edit, EditError, EditKind
from model.path.path import Path

_UNDO_LIMIT = 200
_ABANDONED_BYTES = 256 * 2**20


@dataclass(eq=False)
class _Look:
    """A gesture: looks at one example after another in place of the one of ``step``."""

    step: int


class Session(Playback):
    """An experiment with its playback; every change goes through here and can be undone.

    Signals besides those of Playback
    ---------------------------------
    opened : another experiment is on the bench (names and shapes may differ)
    history_changed : something can be undone or redone, or was saved, that could or was not
    refused(str) : a change could not be made, and why, in one sentence; an empty one takes
        that back
    """

    opened = Signal()
    history_changed = Signal()
    refused = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(experiment.saved_path(), parent)
        self.experiment = experiment
        self.undo_stack = QUndoStack(self)
        # It speaks even while it is destroyed; by then a session listens no more, others might.
        self.undo_stack.indexChanged.connect(self.history_changed)
        self.undo_stack.cleanChanged.connect(self.history_changed)
        self.undo_stack.setUndoLimit(_UNDO_LIMIT)
        self._look = _Look(-1)

    def open(self, experiment: Experiment, path: Path | None = None) -> None:
        """Put another experiment on the bench, and go where it was saved.

        ``path`` is its saved path, if that has been followed already. Raises ExperimentError,
        with the old experiment still there, where its edits cannot be made again.
        """
        path = experiment.saved_path() if path is None else path
        self.pause()
        self.undo_stack.clear()
        self.experiment = experiment
        self._show_path(path)
        self.opened.emit()
        self.stopped.emit("")
        self._moved()
        self.resume()

    def resume(self) -> None:
        """Go on to where the experiment was saved, as far as its path is not there yet."""
        if self.experiment.length > self.path.length:
            self.run_to(self.experiment.length, then=self.experiment.position)
        else:
            self.seek(self.experiment.position)

    # -- edits --------------------------------------------------------------------------

    def set_alpha(self, value: float, gesture: object = None) -> bool:
        """Change alpha from here on. All edits return whether they could be made."""
        return self.edit("alpha", (), (value,), f"alpha {value:.6g}", gesture)

    def set_weight(self, output: int, column: int, value: float, gesture: object = None) -> bool:
        """Give one weight another value."""
        label = f"weight {self.weight_name(output, column)}"
        return self.edit("weights", ((output, column),), (value,), label, gesture)

    def set_frozen(self, output: int, column: int, frozen: bool) -> bool:
        """Freeze or unfreeze one weight."""
        label = f"{'froze' if frozen else 'unfroze'} {self.weight_name(output, column)}"
        return self.edit("frozen", ((output, column),), (float(frozen),), label)

    def set_input(self, column: int, value: float, gesture: object = None) -> bool:
        """Change one input of the current example."""
        label = f"input {self.experiment.inputs[column]}"
        return self._edit_row(column, value, "inputs", label, gesture)

    def set_target(self, output: int, value: float, gesture: object = None) -> bool:
        """Change one target of the current example."""
        label = f"target {self.experiment.outputs[output]}"
        return self._edit_row(output, value, "targets", label, gesture)

    def set_inputs(self, inputs: Floats, label: str, gesture: object = None) -> bool:
        """Change the inputs of the current example to others, (n_inputs,); a drawn image, say."""
        state = self.state
        if state.example is None:
            return self.put_on_bench(inputs, state.target, label, gesture)
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
        state = self.state
        if state.example is None:
            return self.put_on_bench(inputs, target, label)
        edits = []
        parts: tuple[tuple[EditKind, Floats, Floats], ...] = (
            ("inputs", state.inputs, inputs),
            ("targets", state.target, target),
        )
        for kind, before, after in parts:
            changed = np.flatnonzero(after != before)
            at = tuple((state.example, int(column)) for column in changed)
            if at:
                edits.append(Edit(self._position, kind, tuple(after[changed].tolist()), at))
        return self._make(edits, label) if edits else True

    def put_on_bench(
        self, inputs: Floats, target: Floats, label: str, gesture: object = None
    ) -> bool:
        """Let an image that is not among the examples take the place of this step's example."""
        return self.edit("guest", (), (*inputs.tolist(), *target.tolist()), label, gesture)

    def look_at(self, inputs: Floats, target: Floats, label: str) -> bool:
        """Put an image on the bench to look at it; looking around is one entry for undo."""
        self.pause()
        return self.put_on_bench(inputs, target, label, self._looking())

    def visit(self, example: int) -> bool:
        """Let this step visit another example; the order goes on from there.

        Looking around is one entry for undo, and none once it is back where it began.
        """
        if self.state.example == example:
            return True
        self.pause()
        look = self._looking()
        under_way = self._command_of(look)
        if under_way is not None and under_way.before.example == example:
            self.undo_stack.undo()
            return True
        return self.edit("visit", (), (example,), f"to example {example + 1}", look)

    @property
    def last_change(self) -> object:
        """Stands for what undo would take back: another object after each change, even a like one.

        None where there is nothing to undo.
        """
        last = self._last_command()
        return last.after if last is not None else None

    @property
    def set_aside(self) -> int:
        """How many later steps the last edits here took off the path; undo brings them back.

        0 once new steps have taken their place.
        """
        here, most = self._position, self.path.length
        if here != most:
            return 0
        for index in range(self.undo_stack.index() - 1, -1, -1):
            command = self.undo_stack.command(index)
            if not isinstance(command, EditCommand) or command.after.position != here:
                break
            most = max(most, command.before.snapshot.length)
            if command.before.position != here:
                break
        return most - here

    def edit(
        self,
        kind: EditKind,
        at: Sequence[tuple[int, int]],
        to: Sequence[float],
        label: str,
        gesture: object = None,
    ) -> bool:
        """Make one change at the current position.

        A gesture is any object that stays the same while a drag lasts: each of its edits takes
        the place of the one before, so that a stroke hands over all of its cells each time and
        is one undo entry. What cannot be done leaves everything as it is and is told by
        ``refused``.
        """
        edit = Edit(self._position, kind, tuple(float(value) for value in to), tuple(at))
        return self._make([edit], label, gesture)

    def _make(self, edits: Sequence[Edit], label: str, gesture: object = None) -> bool:
        if self.restoring:
            # A change starts a new future; what was being restored is given up for it.
            self.pause()
        now = self._moment()
        under_way = self._command_of(gesture)
        # A run may have gone on under a drag; then its steps stand, and the edit is made anew.
        again = under_way is not None and under_way.before.position == self._position
        before = under_way.before if under_way is not None and again else now
        if not again and all(self._is_so_already(edit) for edit in edits):
            return True
        try:
            self.path.restore(before.snapshot)
            self.path.edit(*edits)
        except EditError as error:
            self.path.restore(now.snapshot)
            self.refused.emit(f"{label}: {str(error).removeprefix(f'{edits[0].kind}: ')}")
            return False
        if under_way is not None:
            under_way.replace(label, self._moment())
            self.history_changed.emit()
        else:
            self._forget_old_futures(before)
            self.undo_stack.push(EditCommand(self, label, before, self._moment(), gesture))
        return True

    def _is_so_already(self, edit: Edit) -> bool:
        """Whether an edit says nothing new; such a one must not cost the future."""
        state = self.state
        if edit.kind == "alpha":
            return edit.to == (state.setup.alpha,)
        if edit.kind in ("weights", "frozen"):
            cells = state.weights if edit.kind == "weights" else state.setup.frozen
            inside = all(0 <= o < cells.shape[0] and 0 <= i < cells.shape[1] for o, i in edit.at)
            return inside and [float(cells[cell]) for cell in edit.at] == list(edit.to)
        if edit.kind in ("inputs", "targets"):
            row = state.inputs if edit.kind == "inputs" else state.target
            inside = all(e == state.example and 0 <= i < len(row) for e, i in edit.at)
            return inside and [float(row[column]) for _, column in edit.at] == list(edit.to)
        return False

    def _command_of(self, gesture: object) -> EditCommand | None:
        """The undo entry of a gesture that is under way.

        None where something was undone since: what could be redone belongs to that entry.
        """
        last = self._last_command() if not self.undo_stack.canRedo() else None
        return (
            last if last is not None and gesture is not None and last.gesture is gesture else None
        )

    def _last_command(self) -> EditCommand | None:
        """What undo would take back."""
        index = self.undo_stack.index()
        last = self.undo_stack.command(index - 1) if index else None
        return last if isinstance(last, EditCommand) else None

    def _looking(self) -> object:
        """The gesture of looks at one step; a new one where steps were taken or saved since."""
        followed = self.path.length > self._position or self.undo_stack.isClean()
        if followed or self._look.step != self._position:
            self._look = _Look(self._position)
        return self._look

    def weight_name(self, output: int, column: int) -> str:
        """The letter of a weight, row by row: a, b, ... z, aa, ab ..."""
        number = output * len(self.experiment.inputs) + column
        letters = ""
        while number >= 0:
            letters = chr(ord("a") + number % 26) + letters
            number = number // 26 - 1
        return letters

    def restore(self, moment: Moment) -> None:
        """Bring back a moment of this path; what undo and redo do."""
        self.path.restore(moment.snapshot)
        self._position = moment.position
        self._phase = Phase.READY
        self.learned = False
        self._say_stopped("")
        self._moved()

    def _moment(self) -> Moment:
        state = self.state
        return Moment(self.path.snapshot(), self._position, state.example, state.inputs)

    def _edit_row(
        self, column: int, value: float, kind: EditKind, label: str, gesture: object
    ) -> bool:
        state = self.state
        if state.example is not None:
            return self.edit(kind, ((state.example, column),), (value,), label, gesture)
        row = np.concatenate([state.inputs, state.target])
        row[column + (len(state.inputs) if kind == "targets" else 0)] = value
        return self.edit("guest", (), tuple(row), label, gesture)

    def _forget_old_futures(self, before: Moment) -> None:
        """Old futures wait for undo; beyond a bound they are let go, and undo with them."""
        if before.snapshot.nbytes < _ABANDONED_BYTES / _UNDO_LIMIT:
            return
        stack = self.undo_stack
        commands = [stack.command(place) for place in range(stack.count())]
        kept = [c.before.snapshot for c in commands if isinstance(c, EditCommand)]
        segments = {
            segment for snapshot in (*kept, before.snapshot) for segment in snapshot.segments
        }
        if sum(segment.nbytes for segment in segments) > _ABANDONED_BYTES:
            stack.clear()
            # Nothing can be undone any more, but nothing was saved either.
            stack.resetClean()
