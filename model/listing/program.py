"""What a listing is of: an experiment from one step on, in all three forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from model.door import mark
from model.edits import Edit
from model.experiment import Experiment
from model.listing.names import identifiers
from model.listing.slips import RIGHT, Slip
from model.network import Floats
from model.setup import Setup

# How a program can be written.
Form = Literal["python", "numpy", "formulas"]
FORMS: tuple[Form, ...] = get_args(Form)
FORM_NAMES: dict[Form, str] = {
    "python": mark("Python"),
    "numpy": mark("NumPy"),
    "formulas": mark("Formulas"),
}
Kind = Literal["one output", "one input", "several"]

# More inputs or outputs than this are no columns with names of their own any more.
MAX_NAMED = 12
# As many examples at the most are written out; of more, those that are visited.
MAX_WRITTEN = 50


class TooLong(ValueError):
    """A program would be too long; the message is one sentence."""


@dataclass(frozen=True, eq=False)
class Program:
    """An experiment as it is at step ``start``: setup and weights (n_outputs, n_inputs) of then.

    It takes ``n_steps`` steps. ``edits`` are made on the way, later than the start; ``visits``
    are the examples of all steps, None for a guest. ``slip`` is what is wrong in it, or RIGHT.
    """

    experiment: Experiment
    setup: Setup
    weights: Floats
    start: int
    n_steps: int
    visits: tuple[int | None, ...]
    slip: Slip = RIGHT
    edits: tuple[Edit, ...] = field(default=())

    @property
    def shape(self) -> tuple[int, int]:
        """(n_outputs, n_inputs)."""
        return self.weights.shape[0], self.weights.shape[1]

    @cached_property
    def kind(self) -> Kind:
        """Which of the chapter's three programs it is."""
        n_outputs, n_inputs = self.shape
        if n_outputs == 1:
            return "one output"
        return "one input" if n_inputs == 1 else "several"

    @cached_property
    def in_columns(self) -> bool:
        """Whether each input and output has a list with a name of its own, as in the chapter."""
        return max(self.shape) <= MAX_NAMED and len(self.setup.examples) <= MAX_WRITTEN

    @cached_property
    def input_names(self) -> list[str]:
        """A program's name for each input."""
        return self._identifiers[: self.shape[1]]

    @cached_property
    def output_names(self) -> list[str]:
        """A program's name for each output."""
        return self._identifiers[self.shape[1] :]

    @cached_property
    def _identifiers(self) -> list[str]:
        return identifiers([*self.experiment.inputs, *self.experiment.outputs])

    @cached_property
    def written(self) -> list[int]:
        """The examples that are written out: all, or those that are visited."""
        n = len(self.setup.examples)
        if n <= MAX_WRITTEN:
            return list(range(n))
        return sorted({visit for visit in self.visits if visit is not None})

    @property
    def is_labelled(self) -> bool:
        """Whether its first step can be learnt from."""
        return self.setup.is_labelled(self.start)

    @property
    def guest(self) -> tuple[Floats, Floats | None] | None:
        """Inputs and target of the guest that its only step is on, if it is on one."""
        guest = self.setup.guest
        alone = len(self.visits) == 1 and guest is not None and guest[0] == self.start
        return guest[1:] if guest is not None and alone else None

    @property
    def guest_steps(self) -> list[int]:
        """The steps that are on a guest, of a program of several."""
        if self.n_steps == 1:
            return []
        return [self.start + at for at, visit in enumerate(self.visits) if visit is None]

    @property
    def ever_frozen(self) -> bool:
        """Whether there is a frozen weight, from the start or later."""
        return bool(self.setup.frozen.any()) or any(edit.kind == "frozen" for edit in self.edits)

    @property
    def one_by_one(self) -> bool:
        """Whether the visits follow no rule that can be written in a line."""
        moved = any(edit.kind in ("visit", "guest") for edit in self.edits)
        return self.setup.schedule.order == "shuffle" or moved

    @property
    def counted(self) -> int:
        """How many weights there are."""
        return int(np.prod(self.shape))


def program_at(
    experiment: Experiment, setup: Setup, weights: Floats, step: int, slip: Slip = RIGHT
) -> Program:
    """The program from one moment on, for as many steps as there are examples, three to twenty.

    With a guest it takes the one step that the guest is there for.
    """
    n_steps = min(max(3, len(setup.examples)), 20)
    if setup.guest is not None and setup.guest[0] == step:
        return Program(experiment, setup, weights, step, 1, (None,), slip)
    visits = setup.schedule.indices(step, step + n_steps).tolist()
    return Program(experiment, setup, weights, step, n_steps, tuple(visits), slip)


def program_of(
    experiment: Experiment,
    setup: Setup,
    weights: Floats,
    visits: Iterable[int | None],
    edits: Iterable[Edit] = (),
) -> Program:
    """The program of the first steps of a path, with the edits that were made on the way."""
    visits = tuple(visits)
    # What was changed at the start is in the setup; a guest is one step's alone.
    several = len(visits) > 1
    kept = tuple(
        edit
        for edit in edits
        if edit.step < len(visits) and (edit.step > 0 or (several and edit.kind == "guest"))
    )
    return Program(experiment, setup, weights, 0, len(visits), visits, RIGHT, kept)
