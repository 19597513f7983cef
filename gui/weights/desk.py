"""Does things to all weights at once: each is one edit, and one entry for undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.files.choosing import FileChooser
from gui.session import Session
from gui.widgets.background import Background, Cancelled
from model.door import mark_count, say, say_count
from model.errors import ExperimentError
from model.files.json_text import ReadingCancelled
from model.network import Mask
from model.starting.weights import StartKind, StartWeights
from model.words.parts import part

# What is put on the clipboard is read again in so many bytes at the most.
_MAX_PASTED = 32 * 2**20
# So many weights are written within a frame.
_WEIGHTS_AT_ONCE = 10_000
# A file of so many bytes is read within a frame.
_BYTES_AT_ONCE = 32 * 2**10
Ask = Callable[[Callable[[FileChooser], Path | None]], Path | None]
Focus = tuple[int | None, int | None]
_FROZEN = {
    True: mark_count("froze {n:,} weight of {whose}", "froze {n:,} weights of {whose}"),
    False: mark_count("unfroze {n:,} weight of {whose}", "unfroze {n:,} weights of {whose}"),
}
_FROZEN_FOR = {
    True: mark_count("froze {n:,} weight for {whose}", "froze {n:,} weights for {whose}"),
    False: mark_count("unfroze {n:,} weight for {whose}", "unfroze {n:,} weights for {whose}"),
}


class WeightDesk(QObject):
    """What the commands on weights act on.

    Parameters
    ----------
    session : Session
        Whose weights they are.
    ask_file : callable
        Lets a person choose a file with one of the dialogs of a FileChooser.
    window : QWidget
        What dialogs stand before.
    """

    def __init__(self, session: Session, ask_file: Ask, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self._ask_file, self._window = ask_file, window
        # The output and input that a menu was opened at, while it is open.
        self.pointed: Focus | None = None
        self._last = StartWeights("even", 0.1, -1)
        self._last_value = StartWeights("value", 0.0)
        # What undo says of what is being read.
        self._label = ""
        self._reader = Background((ExperimentError, ReadingCancelled), self)
        self._reader.finished.connect(self._show_found)
        self._reader.failed.connect(self._say_failed)
        self._copier, self._writer = Background((), self), Background((), self)
        self._copier.finished.connect(self._put_on_clipboard)
        self._writer.finished.connect(self._say_outcome)
        session.opened.connect(self._reader.drop)

    # -- what is chosen ------------------------------------------------------------------

    @property
    def free(self) -> bool:
        """Whether anything may be changed or taken out."""
        return not self.session.playback.locked

    @property
    def frozen(self) -> Mask:
        """Which weights are frozen at the position, (n_outputs, n_inputs)."""
        return self.session.state.setup.frozen

    @property
    def focus(self) -> Focus:
        """The output and the input that are pointed at or selected; None where there is none."""
        experiment, view = self.session.experiment, self.session.view
        output: int | None
        column: int | None
        if self.pointed is not None:
            output, column = self.pointed
        elif experiment.image_shape is not None:
            output, column = view.output, view.pixel
        else:
            output, column = self._selected
        n_outputs, n_inputs = experiment.weights.shape
        # Where there is only one, that is the one.
        return (0 if n_outputs == 1 else output), (0 if n_inputs == 1 else column)

    @property
    def _selected(self) -> Focus:
        name = self.session.view.part
        found = None if name is None else part(self.session.experiment, name)
        if found is None or found.panel != "network" or not found.cell:
            return None, None
        if found.family == "input":
            return None, found.cell[0]
        return found.cell[0], found.cell[1] if len(found.cell) == 2 else None

    # -- values --------------------------------------------------------------------------

    def zero(self) -> None:
        """Make every weight 0."""
        self.fill(StartWeights())

    def randomise(self) -> None:
        """Ask for a range and a seed, and make every weight a random number."""
        last = self._last
        next_seed = StartWeights(last.kind, last.amount, last.seed + 1)
        chosen = self._asked(say("Random weights"), ("even", "normal"), next_seed)
        if chosen is not None:
            self._last = chosen
            self.fill(chosen)

    def set_all(self) -> None:
        """Ask for a number and make it the value of every weight."""
        chosen = self._asked(say("All weights at once"), ("value",), self._last_value)
        if chosen is not None:
            self._last_value = chosen
            self.fill(chosen)

    def _asked(
        self, title: str, kinds: tuple[StartKind, ...], offered: StartWeights
    ) -> StartWeights | None:
        from gui.making.fill_dialog import FillDialog

        dialog = FillDialog(title, kinds, offered, self._window)
        chosen = dialog.chosen if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    def fill(self, start: StartWeights) -> None:
        """Make all weights what is chosen."""
        self._change("weights", start.made(*self.session.experiment.weights.shape), start.words)

    def _change(self, kind: str, wanted: NDArray[np.generic], label: str) -> None:
        """Make the weights, or what is frozen of them, what is wanted: (n_outputs, n_inputs)."""
        session = self.session
        # The change is meant for what is seen now.
        session.playback.pause()
        now = session.state.weights if kind == "weights" else session.state.setup.frozen
        rows, columns = np.nonzero(now != wanted)
        if not len(rows) and not session.playback.locked:
            session.notices.refuse(say("Nothing changes: all of it is so already."))
            return
        values = wanted[rows, columns].astype(np.float64)
        session.edits.edit(kind, np.array([rows, columns]).T, values, label)

    # -- files and the clipboard -----------------------------------------------------------

    def copy(self) -> None:
        """Copy the weights as text with tabs between them, names of outputs and inputs beside."""
        from model.files.weights.writing import weights_text

        if self._are_hidden():
            return
        state, experiment = self.session.state, self.session.experiment
        if state.weights.size > _WEIGHTS_AT_ONCE:
            self._copier.start(lambda _: weights_text(experiment, state.weights, state.setup.order))
            return
        self._copier.drop()
        self._put_on_clipboard(weights_text(experiment, state.weights, state.setup.order))

    @Slot(object)
    def _put_on_clipboard(self, text: object) -> None:
        QGuiApplication.clipboard().setText(str(text))

    def paste(self) -> None:
        """Take the weights from a table of numbers that was copied."""
        from model.files.tables.dialect import bytes_of_copied
        from model.files.weights.table import weights_of_text

        name, text = say("The clipboard"), QGuiApplication.clipboard().text()
        if not text.strip():
            self.session.notices.refuse(
                say("There is no text on the clipboard: copy a table of weights first.")
            )
            return
        content = bytes_of_copied(text)
        if len(content) > _MAX_PASTED:
            self.session.notices.refuse(say("What was copied is too much for weights."))
            return
        self._read(partial(weights_of_text, content, name), len(content), say("pasted weights"))

    def load(self) -> None:
        """Ask for a file and take the weights in it."""
        if file := self._ask_file(lambda chooser: chooser.weights_to_load(None)):
            self.load_file(file)

    def load_file(self, file: Path) -> None:
        """Take the weights in a file; what is wrong with it is said."""
        from model.files.weights.opening import read_weights

        size = file.stat().st_size if file.is_file() else 0
        self._read(partial(read_weights, file), size, say("weights of {name}", name=file.name))

    def save(self) -> None:
        """Ask for a file and write the weights to it."""
        title = self.session.experiment.name
        if self._are_hidden():
            return
        if file := self._ask_file(lambda chooser: chooser.weights_to_save(title, None)):
            self.save_file(file)

    def save_file(self, file: Path) -> bool:
        """Write the weights of this moment to a file, as its ending says; what fails is said.

        Returns whether it was written, or is being written where they are many.
        """
        from model.files.weights.writing import writer_of

        session, step = self.session, self.session.playback.position
        write = writer_of(file.suffix, session.experiment, session.path, step)
        said = say("The weights of step {step:,} were saved as {file}.", step=step, file=file.name)
        if session.experiment.weights.size > _WEIGHTS_AT_ONCE:
            self._writer.start(lambda _: _written(file, write, said))
            return True
        outcome = _written(file, write, said)
        session.notices.refuse(outcome)
        return outcome is said

    @Slot(object)
    def _say_outcome(self, sentence: object) -> None:
        self.session.notices.refuse(str(sentence))

    def _are_hidden(self) -> bool:
        """Whether any weight may not be seen for now; then that is said."""
        session = self.session
        hidden = bool(np.isnan(session.parts.shown(session.state).weights).any())
        if session.experiment.image_shape is not None:
            hidden = hidden or session.parts.veils.covers("weight_images")
        if hidden:
            session.notices.refuse(
                say("Some weights are hidden for now, and so they are neither copied nor saved.")
            )
        return hidden

    def _read(self, read: Callable[[Cancelled], object], size: int, label: str) -> None:
        """Read at once where that takes no longer than a frame, else in the background."""
        self._label = label
        if size > _BYTES_AT_ONCE:
            self._reader.start(read)
            return
        self._reader.drop()
        try:
            self._show_found(read(lambda: False))
        except ExperimentError as error:
            self._say_failed(error)

    @Slot(object)
    def _show_found(self, found: object) -> None:
        from model.files.weights.found import FoundWeights, fitted

        assert isinstance(found, FoundWeights)
        session = self.session
        try:
            weights = fitted(found, session.experiment, session.state.setup.order)
        except ExperimentError as error:
            self._say_failed(error)
            return
        self._change("weights", weights, self._label)

    @Slot(object)
    def _say_failed(self, error: Exception) -> None:
        if not isinstance(error, ReadingCancelled):
            self.session.notices.refuse(str(error))

    # -- frozen ----------------------------------------------------------------------------

    def freeze_all(self) -> None:
        """Freeze every weight."""
        self._freeze(np.ones_like(self.frozen), say("froze all weights"))

    def unfreeze_all(self) -> None:
        """Let every weight go."""
        self._freeze(np.zeros_like(self.frozen), say("unfroze all weights"))

    def invert(self) -> None:
        """Freeze what is free, and let go what is frozen."""
        self._freeze(~self.frozen, say("swapped frozen and free"))

    def freeze_row(self) -> None:
        """Freeze all weights of the output that is selected, or let them go if all are frozen."""
        output = self.focus[0]
        if output is not None:
            name = self.session.experiment.outputs[output]
            self._toggle((output, slice(None)), name, _FROZEN)

    def freeze_column(self) -> None:
        """The same for the weights of the input that is selected, one of each output."""
        column = self.focus[1]
        if column is not None:
            name = self.session.experiment.inputs[column]
            self._toggle((slice(None), column), name, _FROZEN_FOR)

    def _toggle(
        self,
        cells: tuple[int | slice, int | slice],
        name: str,
        sentences: dict[bool, tuple[str, str]],
    ) -> None:
        wanted = self.frozen.copy()
        freezes = not bool(wanted[cells].all())
        n = int((wanted[cells] != freezes).sum())
        wanted[cells] = freezes
        self._freeze(wanted, say_count(*sentences[freezes], n, whose=name))

    def _freeze(self, wanted: Mask, label: str) -> None:
        self._change("frozen", wanted, label)

    def wait(self) -> None:
        """Leave nothing running behind a window that is closed."""
        for working in (self._reader, self._copier, self._writer):
            working.wait()


def _written(file: Path, write: Callable[[BinaryIO], None], said: str) -> str:
    """Write a file; returns what is to be said of it, ``said`` where all is well."""
    from model.files.saving import whole_file

    try:
        with whole_file(file) as stream:
            write(stream)
    except OSError as error:
        return say(
            "{file} could not be saved: {reason}", file=file.name, reason=error.strerror or error
        )
    return said
