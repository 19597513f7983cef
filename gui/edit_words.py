"""Edits in two or three words, for the marks on the time line."""

from __future__ import annotations

from gui import numbers
from gui.session import Session
from model.edits import Edit


def edit_words(session: Session, edit: Edit) -> str:
    """What was changed: froze a, alpha 0.1, toes 9."""
    if edit.kind == "frozen":
        return f"{_freezing(edit)} {_weights(session, edit)}"
    if edit.kind == "visit":
        return f"to example {edit.to[0] + 1:,.0f}"
    if edit.kind == "guest":
        return "another example"
    if len(edit.at) > 1:
        return f"{len(edit.at):,} {edit.kind}"
    return f"{_place(session, edit)} {numbers.plain(edit.to[0], 4)}"


def _freezing(edit: Edit) -> str:
    return "froze" if all(edit.to) else "refroze" if any(edit.to) else "unfroze"


def _weights(session: Session, edit: Edit) -> str:
    return session.weight_name(*edit.at[0]) if len(edit.at) == 1 else f"{len(edit.at):,} weights"


def _place(session: Session, edit: Edit) -> str:
    """The name of the number that was changed."""
    if edit.kind == "alpha":
        return "alpha"
    row, column = edit.at[0]
    if edit.kind == "weights":
        return session.weight_name(row, column)
    names = session.experiment
    return names.inputs[column] if edit.kind == "inputs" else f"target {names.outputs[column]}"
