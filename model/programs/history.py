"""What was changed on the way along a path, as lines of a program for PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from model.edits import Edit
from model.examples import IN_ORDER, Order1D, Schedule, moved, pixel_order
from model.listing.data import literal
from model.path.readable import ReadablePath
from model.programs.arrays import Arrays, wrapped
from model.setup import Setup


@dataclass
class History:
    """Lines of a program: ``changes`` of the examples, ``guests`` by their steps, the ``path``."""

    changes: list[str] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)


def history(path: ReadablePath, n_steps: int, arrays: Arrays) -> History:
    """What is changed after step 0 and before step n_steps, and the guests from step 0 on."""
    return _Writer(path, n_steps, arrays).written()


class _Writer:
    def __init__(self, path: ReadablePath, n_steps: int, arrays: Arrays) -> None:
        self._path, self._n_steps, self._arrays = path, n_steps, arrays
        self._found = History()
        setup = path.setup_at(0)
        self._n_inputs = setup.examples.n_inputs
        self._order: Order1D | None = setup.order
        self._number = 0
        # The step of the last guest.
        self._guested = -1

    def written(self) -> History:
        last = 0
        for edit in self._path.edits:
            if edit.step >= self._n_steps:
                break
            if edit.kind == "guest":
                self._guest(edit.step)
            elif edit.step > 0 and edit.kind in WRITERS:
                lines = WRITERS[edit.kind](self, edit)
                if lines and edit.step != last:
                    self._found.path.append(f"    if step == {edit.step}:")
                    last = edit.step
                self._found.path += [f"        {line}" for line in lines]
        return self._found

    def _array(self, values: list[int] | list[float]) -> str:
        self._number += 1
        return self._arrays.text(f"change_{self._number}", np.array(values))

    def _guest(self, step: int) -> None:
        guest = self._path.setup_at(step).guest
        # A visit may have sent it away; several at one step are the last of them.
        if guest is None or guest[0] != step or guest[2] is None:
            return
        rows = ", ".join(self._array(row.tolist()) for row in guest[1:] if row is not None)
        if step != self._guested:
            self._guested = step
            self._found.guests += wrapped("    ", f"{step}: ({rows}),".split(", "))

    def alpha(self, edit: Edit) -> list[str]:
        return [f"alpha = {literal(edit.to[0])}"]

    def weights(self, edit: Edit) -> list[str]:
        values = [value + 0.0 for value in edit.to]
        if len(values) == 1:
            return [f"weights[{edit.at[0][0]}, {edit.at[0][1]}] = {values[0]!r}"]
        return [
            *self._cells(edit),
            *self._tensor("values", self._array(values), "dtype=torch.float64"),
            "weights[rows, columns] = values.to(weights)",
        ]

    def frozen(self, edit: Edit) -> list[str]:
        if len(edit.to) == 1:
            return [f"frozen[{edit.at[0][0]}, {edit.at[0][1]}] = {edit.to[0] > 0}"]
        values = self._array([int(value) for value in edit.to])
        return [
            *self._cells(edit),
            *self._tensor("values", values, "dtype=torch.bool"),
            "frozen[rows, columns] = values.to(frozen.device)",
        ]

    def _cells(self, edit: Edit) -> list[str]:
        """Lines that give the rows and columns of several weights."""
        outputs, columns = zip(*edit.at, strict=True)
        return [
            *wrapped("rows = ", self._array(list(outputs)).split(", ")),
            *wrapped("columns = ", self._array(list(columns)).split(", ")),
        ]

    @staticmethod
    def _tensor(name: str, text: str, more: str) -> list[str]:
        return wrapped(f"{name} = torch.as_tensor(", f"{text}, {more})".split(", "))

    def cell_changes(self, edit: Edit) -> list[str]:
        what = edit.kind.removesuffix("s")
        self._found.changes += [
            f'    ({edit.step}, "{what}", {example}, {column}, {literal(value + 0.0)}),'
            for (example, column), value in zip(edit.at, edit.to, strict=True)
        ]
        return []

    def pixels(self, edit: Edit) -> list[str]:
        order = None if edit.to[0] == IN_ORDER else pixel_order(self._n_inputs, int(edit.to[0]))
        move = moved(self._order, order, self._n_inputs)
        self._order = order
        text = self._array(move.tolist())
        self._found.changes += wrapped("    ", f'({edit.step}, "order", {text}),'.split(", "))
        return [
            *self._tensor("order", text, "device=weights.device"),
            "weights.copy_(weights[:, order])",
            "frozen.copy_(frozen[:, order])",
        ]


# How each kind of edit is written that is not one of the order of the examples.
WRITERS: dict[str, Callable[[_Writer, Edit], list[str]]] = {
    "alpha": _Writer.alpha,
    "weights": _Writer.weights,
    "frozen": _Writer.frozen,
    "inputs": _Writer.cell_changes,
    "targets": _Writer.cell_changes,
    "pixels": _Writer.pixels,
}


def visits(path: ReadablePath, n_steps: int) -> Iterator[str]:
    """Lines that return the example of a step and a place, the order as it is at every step."""
    for start, schedule in reversed(list(_schedules(path, n_steps))):
        line = f"return {_example(schedule, start)}"
        if start:
            yield f"        if step >= {start}:"
            yield f"            {line}"
        else:
            yield f"        {line}"


def is_shuffled(path: ReadablePath, n_steps: int) -> bool:
    """Whether the order of the examples is ever drawn by chance."""
    return any(schedule.order == "shuffle" for _, schedule in _schedules(path, n_steps))


def _schedules(path: ReadablePath, n_steps: int) -> Iterator[tuple[int, Schedule]]:
    """The steps from which the examples come in another order, and that order."""
    before: Schedule | None = None
    steps = sorted({0, *(edit.step for edit in path.edits if edit.step < n_steps)})
    for step in steps:
        setup: Setup = path.setup_at(step)
        if setup.schedule != before:
            before = setup.schedule
            yield step, before


def _example(schedule: Schedule, start: int) -> str:
    """The example of a step from ``start`` on."""
    first = schedule.offset + start
    if schedule.order == "first":
        return str(schedule.offset % schedule.n_examples)
    if schedule.order == "cycle":
        first %= schedule.n_examples
    step = f"(step - {start})" if start else "step"
    place = f"{step} * self.batch + place" + (f" + {first}" if first else "")
    if schedule.order == "cycle":
        return f"({place}) % self.n_examples"
    return f"shuffled({schedule.seed}, {place}, self.n_examples)"
