"""What decides every step beside the weights: examples, their order, alpha, what is frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.examples import Examples, Order1D, Schedule, moved, sealed
from model.network import Floats, Mask


@dataclass(frozen=True, eq=False)
class Setup:
    """All that decides a step besides the weights.

    frozen has the shape of the weights, (n_outputs, n_inputs). ``guest`` is an example put
    on the bench for a single step: (step, inputs, target); its target is None while nobody has
    said what it is, and then no step is made from it. ``constant`` is the column of the input
    that is always 1, if there is one: what a network without a bias uses for one. ``order`` is
    set while the pixels of all images are shuffled: place i has the published pixel
    ``order[i]``, (n_inputs,).
    """

    examples: Examples
    schedule: Schedule
    alpha: float
    frozen: Mask
    guest: tuple[int, Floats, Floats | None] | None = None
    constant: int | None = None
    order: Order1D | None = None

    def shuffled(self, order: Order1D | None) -> Setup:
        """The same with all inputs in another order, (n_inputs,); None is the published one."""
        move = moved(self.order, order, self.examples.n_inputs)
        guest = self.guest
        if guest is not None:
            guest = (guest[0], sealed(guest[1][move]), guest[2])
        return replace(
            self, examples=self.examples.shuffled(self.order, order),
            frozen=sealed(self.frozen[:, move]), guest=guest, order=order,
        )  # fmt: skip

    def arranged(self, image: Floats) -> Floats:
        """A published image (n_inputs,) as the network is shown it."""
        return image if self.order is None else image[self.order]

    def example(self, step: int) -> int | None:
        """Index of the example that ``step`` visits; None where a guest takes its place."""
        if self.guest is not None and self.guest[0] == step:
            return None
        return self.schedule.index(step)

    def is_labelled(self, step: int) -> bool:
        """Whether there is a target to compare the predictions of ``step`` with."""
        return self.guest is None or self.guest[0] != step or self.guest[2] is not None

    def row(self, step: int) -> tuple[Floats, Floats]:
        """Inputs (n_inputs,) and target (n_outputs,) of one step; zeros where it has no label."""
        if self.guest is not None and self.guest[0] == step:
            return self.guest[1], self._guest_target
        index = self.schedule.index(step)
        return self.examples.inputs(index), self.examples.target(index)

    def rows(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Inputs (n, n_inputs) and targets (n, n_outputs) of steps start..stop-1."""
        inputs, targets = self.examples.rows(self.schedule.indices(start, stop))
        if self.guest is not None and start <= self.guest[0] < stop:
            inputs, targets = inputs.copy(), targets.copy()
            inputs[self.guest[0] - start] = self.guest[1]
            targets[self.guest[0] - start] = self._guest_target
        return inputs, targets

    @property
    def _guest_target(self) -> Floats:
        target = self.guest[2] if self.guest is not None else None
        return np.zeros(self.examples.n_outputs) if target is None else target

    def columns(self, start: int, stop: int, columns: NDArray[np.intp]) -> Floats:
        """Some inputs of steps start..stop-1, (n, n_columns), without touching the others."""
        indices = self.schedule.indices(start, stop)
        inputs: Floats = self.examples.base_inputs[indices[:, None], columns]
        for index, (edited, _) in self.examples.edited.items():
            inputs[indices == index] = edited[columns]
        if self.guest is not None and start <= self.guest[0] < stop:
            inputs[self.guest[0] - start] = self.guest[1][columns]
        return inputs


def distinct_rows(mask: Mask) -> tuple[list[Mask], NDArray[np.intp]]:
    """Distinct rows (n_inputs,) of a mask (n_outputs, n_inputs), and which one each output has."""
    numbers: dict[bytes, int] = {}
    rows: list[Mask] = []
    which = np.empty(len(mask), dtype=np.intp)
    for output, row in enumerate(mask):
        # As bytes: np.unique compares 784 columns one by one, three hundred times as slowly.
        number = numbers.setdefault(row.tobytes(), len(rows))
        if number == len(rows):
            rows.append(row)
        which[output] = number
    return rows, which
