"""Which weights the plots show: chosen once, shared by every plot."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.session.playback import Playback
from model.door import say
from model.experiment import Experiment
from model.words.names import weight_cell, weight_name

Cell = tuple[int, int]

# All weights are shown up to this many; of more, a few to begin with.
_SHOW_ALL = 9
_FEW = 6
MAX_CHOSEN = 24
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-"})


class WeightChoice(QObject):
    """The chosen weights as (output, input) cells, row by row. It is never empty.

    Signals
    -------
    changed : other weights are chosen, or they are those of another experiment
    """

    changed = Signal()

    def __init__(self, experiment: Experiment, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._playback = playback
        self.cells: tuple[Cell, ...] = ()
        self._choose_few()

    @property
    def total(self) -> int:
        """How many weights the experiment has."""
        return self._experiment.weights.size

    @property
    def letters(self) -> str:
        """The chosen weights as they can be typed: a b c, with runs of four or more as a-f."""
        width = len(self._experiment.inputs)
        runs: list[list[int]] = []
        for number in (output * width + column for output, column in self.cells):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return " ".join(self._run_text(run) for run in runs)

    def name(self, cell: Cell) -> str:
        """What a weight joins: the name of its input, and of its output if there are several."""
        experiment = self._experiment
        name = experiment.inputs[cell[1]]
        return f"{name} → {experiment.outputs[cell[0]]}" if len(experiment.outputs) > 1 else name

    def names(self, cell: Cell) -> tuple[str, ...]:
        """The same, the longest first; of a pixel its row and column are enough."""
        shape, whole = self._experiment.image_shape, self.name(cell)
        if shape is None:
            return (whole,)
        row, column = divmod(cell[1], shape[1])
        return whole, f"{row},{column} → {self._experiment.outputs[cell[0]]}"

    def choose(self, cells: Iterable[Cell]) -> None:
        """Show these weights instead.

        Raises ValueError, with one sentence for a person, where there are none, too many, or
        one that does not exist.
        """
        wanted = check_cells(self._experiment, cells)
        if tuple(wanted) != self.cells:
            self.cells = tuple(wanted)
            self.changed.emit()

    def add(self, cell: Cell) -> None:
        """Show this weight, too; of too many the first gives way.

        Raises ValueError where there is no such weight.
        """
        if cell not in self.cells:
            self.choose([*self.cells[-MAX_CHOSEN + 1 :], cell])

    def begin(self, experiment: Experiment) -> None:
        """Choose among the weights of another experiment, at the moment that is shown."""
        self._experiment = experiment
        before = self.cells
        self.blockSignals(True)
        self._choose_few()
        self.blockSignals(False)
        # Whoever shows them begins anew with another experiment in any case.
        if self.cells != before:
            self.changed.emit()

    def choose_text(self, text: str) -> None:
        """Show the weights named by letters (a c f, a-f), by an input or by an output.

        Raises ValueError, with one sentence for a person, where the text names none.
        """
        named = self._named(text.strip().casefold())
        self.choose(named if named else self._lettered(text.translate(_DASHES).lower()))

    def choose_first(self) -> None:
        """Show the first few weights."""
        width = len(self._experiment.inputs)
        self.choose(divmod(number, width) for number in range(min(_FEW, self.total)))

    def choose_all(self) -> None:
        """Show every weight. Raises ValueError where they are too many."""
        self.choose((row, column) for row, column in np.ndindex(self._shape))

    def choose_steepest(self) -> None:
        """Show the few weights along which the error is steepest at this moment."""
        slopes = np.abs(self._playback.state.weight_delta)
        flat, few = slopes.ravel(), min(_FEW, self.total)
        # Only those are sorted that may be among them.
        candidates = np.flatnonzero(flat >= np.partition(flat, -few)[-few])
        steepest = candidates[np.argsort(-flat[candidates], kind="stable")][:few]
        self.choose(divmod(int(number), slopes.shape[1]) for number in steepest)

    @property
    def _shape(self) -> tuple[int, int]:
        experiment = self._experiment
        return len(experiment.outputs), len(experiment.inputs)

    def _choose_few(self) -> None:
        self.cells = ()
        if self.total <= _SHOW_ALL:
            self.choose_all()
        elif self._experiment.image_shape is None:
            self.choose_first()
        else:
            # The first pixels of an image lie in its empty corner.
            self.choose_steepest()

    def _named(self, name: str) -> list[Cell]:
        experiment = self._experiment
        inputs = [known.casefold() for known in experiment.inputs]
        outputs = [known.casefold() for known in experiment.outputs]
        # A single letter stands for a weight, even where an input is called by it.
        if len(name) <= 1 and name.isalpha():
            return []
        return [
            (row, column)
            for row, output in enumerate(outputs)
            for column, known in enumerate(inputs)
            if name in (known, output)
        ]

    def _lettered(self, text: str) -> list[Cell]:
        width = len(self._experiment.inputs)
        numbers: list[int] = []
        for part in text.replace(",", " ").split():
            first, _, last = part.partition("-")
            start, stop = self._number(first), self._number(last or first)
            if stop - start >= MAX_CHOSEN:
                raise ValueError(
                    say(
                        "{n:,} weights are too many to draw; {most} are the most",
                        n=stop - start + 1,
                        most=MAX_CHOSEN,
                    )
                )
            numbers.extend(range(start, stop + 1))
        return [divmod(number, width) for number in numbers]

    def _number(self, letters: str) -> int:
        """Place of a weight by its letters."""
        row, column = weight_cell(self._experiment, letters)
        return row * self._shape[1] + column

    def _run_text(self, run: list[int]) -> str:
        width = self._shape[1]
        letters = [weight_name(self._experiment, *divmod(number, width)) for number in run]
        return f"{letters[0]}-{letters[-1]}" if len(letters) > 3 else " ".join(letters)


def check_cells(experiment: Experiment, cells: Iterable[Cell]) -> list[Cell]:
    """The cells row by row, each once.

    Raises ValueError, with one sentence for a person, where there are none, too many, or one that
    the experiment does not have.
    """
    wanted = sorted(set(cells))
    rows, columns = experiment.weights.shape
    if not wanted:
        raise ValueError(say("choose at least one weight"))
    if len(wanted) > MAX_CHOSEN:
        raise ValueError(
            say(
                "{n:,} weights are too many to draw; {most} are the most",
                n=len(wanted),
                most=MAX_CHOSEN,
            )
        )
    if any(not (0 <= row < rows and 0 <= column < columns) for row, column in wanted):
        raise ValueError(say("there is no such weight"))
    return wanted
