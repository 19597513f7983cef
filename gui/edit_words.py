"""Edits in two or three words, for the marks on the time line."""

from __future__ import annotations

from gui.session import Session
from model.path.edits import Edit
from model.words import numbers


def edit_words(session: Session, edit: Edit) -> str:
    """What was changed: froze a, alpha 0.1, toes 9."""
    if edit.kind == "frozen":
        return _freezing(session, edit)
    if edit.kind == "visit":
        return f"to example {edit.to[0] + 1:,.0f}"
    if edit.kind == "guest":
        return "another example"
    if len(edit.at) > 1:
        return f"{len(edit.at):,} {edit.kind}"
    return f"{_place(session, edit)} {numbers.plain(edit.to[0], 4)}"


def _freezing(session: Session, edit: Edit) -> str:
    frozen, n = round(sum(edit.to)), len(edit.to)
    if 0 < frozen < n:
        return f"froze {frozen:,}, unfroze {n - frozen:,}"
    which = session.weight_name(*edit.at[0]) if n == 1 else f"{n:,} weights"
    return f"{'froze' if frozen else 'unfroze'} {which}"


def _place(session: Session, edit: Edit) -> str:
    """The name of the number that was changed."""
    if edit.kind == "alpha":
        return "alpha"
    row, column = edit.at[0]
    if edit.kind == "weights":
        return session.weight_name(row, column)
    names = session.experiment
    return names.inputs[column] if edit.kind == "inputs" else f"target {names.outputs[column]}"
