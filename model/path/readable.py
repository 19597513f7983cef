"""A path to read from: what whoever looks at an experiment is given of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from model.edits import Edit
from model.network import Floats
from model.path.path import State
from model.setup import Setup


class ReadablePath(Protocol):
    """The part of ``Path`` that changes nothing; each member is described there."""

    @property
    def length(self) -> int:
        """The last step of the path."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every edit on the path, oldest first: to be written down, not to be compared."""

    @property
    def n_edits(self) -> int:
        """How many edits are on the path."""

    @property
    def edit_steps(self) -> NDArray[np.int64]:
        """The step of every edit, oldest first, (n_edits,); not to be kept."""

    @property
    def edit_kinds(self) -> NDArray[np.int64]:
        """The place of the kind of every edit in EDIT_KINDS, (n_edits,); not to be kept."""

    def edits_at(self, step: int) -> tuple[Edit, ...]:
        """The edits of one step."""

    @property
    def nbytes(self) -> int:
        """Bytes of what the path keeps."""

    @property
    def full(self) -> bool:
        """Whether the path is as long as it may be with these edits."""

    @property
    def diverged(self) -> bool:
        """Whether it is known that one more step would carry the error too far."""

    @property
    def lacks_label(self) -> bool:
        """Whether the path ends at a guest that nobody has said what it is, and cannot go on."""

    @property
    def setup(self) -> Setup:
        """The setup in force at the end of the path."""

    @property
    def mark(self) -> int:
        """Stands for the path as it is, to ask later what changed; more steps are no change."""

    def changed_since(self, mark: int) -> int | None:
        """The first step that may have other numbers than at ``mark``; None where none has."""

    def setup_at(self, step: int) -> Setup:
        """The setup in force at ``step``."""

    def weights(self, step: int) -> Floats:
        """The weights after ``step`` updates, (n_outputs, n_inputs)."""

    def state(self, step: int) -> State:
        """The step in full."""

    def errors(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Errors of the steps start..stop-1, for a plot."""

    def weight_series(
        self, cells: Sequence[tuple[int, int]], start: int, stop: int
    ) -> tuple[Floats, Floats]:
        """Some weights over the steps start..stop-1, for a plot."""
