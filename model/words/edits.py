"""Edits in two or three words, for the marks on the time line and for undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.edits import EDIT_KINDS, Edit
from model.experiment import Experiment
from model.words import numbers
from model.words.names import weight_name


def edit_words(experiment: Experiment, edit: Edit) -> str:
    """What was changed: froze a, alpha 0.1, toes 9."""
    return EDIT_KINDS[edit.kind].words(edit, _NamesOf(experiment))


def edit_title(experiment: Experiment, edit: Edit) -> str:
    """What undo takes back: froze a, alpha 0.1, input toes."""
    kind = EDIT_KINDS[edit.kind]
    return (kind.title or kind.words)(edit, _NamesOf(experiment))


@dataclass(frozen=True)
class _NamesOf:
    """The names of an experiment's parts, as a row of the table of kinds asks for them."""

    experiment: Experiment

    @property
    def inputs(self) -> Sequence[str]:
        return self.experiment.inputs

    @property
    def outputs(self) -> Sequence[str]:
        return self.experiment.outputs

    def weight(self, output: int, column: int) -> str:
        return weight_name(self.experiment, output, column)

    def number(self, value: float) -> str:
        return numbers.plain(value, 4)
