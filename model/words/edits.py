"""Edits in two or three words, for the marks on the time line."""

from __future__ import annotations

from model.edits import Edit
from model.experiment import Experiment
from model.words import numbers
from model.words.names import weight_name


def edit_words(experiment: Experiment, edit: Edit) -> str:
    """What was changed: froze a, alpha 0.1, toes 9."""
    if edit.kind == "frozen":
        return _freezing(experiment, edit)
    if edit.kind == "visit":
        return f"to example {edit.to[0] + 1:,.0f}"
    if edit.kind == "guest":
        return "another example"
    if len(edit.at) > 1:
        return f"{len(edit.at):,} {edit.kind}"
    return f"{_place(experiment, edit)} {numbers.plain(edit.to[0], 4)}"


def _freezing(experiment: Experiment, edit: Edit) -> str:
    frozen, n = round(sum(edit.to)), len(edit.to)
    if 0 < frozen < n:
        return f"froze {frozen:,}, unfroze {n - frozen:,}"
    which = weight_name(experiment, *edit.at[0]) if n == 1 else f"{n:,} weights"
    return f"{'froze' if frozen else 'unfroze'} {which}"


def _place(experiment: Experiment, edit: Edit) -> str:
    """The name of the number that was changed."""
    if edit.kind == "alpha":
        return "alpha"
    row, column = edit.at[0]
    if edit.kind == "weights":
        return weight_name(experiment, row, column)
    if edit.kind == "inputs":
        return experiment.inputs[column]
    return f"target {experiment.outputs[column]}"
