"""Several numbers at once, as they are copied from a table: they fill a row from one place on."""

from __future__ import annotations

from collections.abc import Sequence

from gui.session.session import Session
from model.door import say, say_count


def paste_inputs(session: Session, column: int, values: Sequence[float]) -> bool:
    """Give the current example's inputs from ``column`` on these values: one entry for undo.

    All of the functions here return whether it could be done; where there are more values than
    places, nothing is changed and the notices say so.
    """
    inputs = session.state.inputs.copy()
    if not _fit(session, say("inputs"), len(inputs) - column, len(values)):
        return False
    inputs[column : column + len(values)] = values
    return session.edits.set_inputs(inputs, say_count("{n:,} input", "{n:,} inputs", len(values)))


def paste_targets(session: Session, output: int, values: Sequence[float]) -> bool:
    """Give the current example's targets from ``output`` on these values."""
    state = session.state
    target = state.target.copy()
    if not _fit(session, say("targets"), len(target) - output, len(values)):
        return False
    target[output : output + len(values)] = values
    return session.edits.set_example(
        state.inputs, target, say_count("{n:,} target", "{n:,} targets", len(values))
    )


def paste_weights(session: Session, output: int, column: int, values: Sequence[float]) -> bool:
    """Give the weights of one output from ``column`` on these values."""
    if not _fit(session, say("weights"), session.state.weights.shape[1] - column, len(values)):
        return False
    at = [(output, column + i) for i in range(len(values))]
    return session.edits.edit(
        "weights", at, values, say_count("{n:,} weight", "{n:,} weights", len(values))
    )


def too_many(what: str, n_places: int, n_values: int) -> str:
    """What to say of more numbers than have a place."""
    return say_count(
        "{what}: {given:,} numbers were pasted where {n:,} has a place from here to the end of the "
        "row",
        "{what}: {given:,} numbers were pasted where {n:,} have a place from here to the end of "
        "the row",
        n_places, what=what, given=n_values,
    )  # fmt: skip


def _fit(session: Session, what: str, n_places: int, n_values: int) -> bool:
    if n_values > n_places:
        session.notices.refuse(too_many(what, n_places, n_values))
    return n_values <= n_places
