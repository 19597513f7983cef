"""Several numbers at once, as they are copied from a table: they fill a row from one place on."""

from __future__ import annotations

from collections.abc import Sequence

from gui.session.session import Session


def paste_inputs(session: Session, column: int, values: Sequence[float]) -> bool:
    """Give the current example's inputs from ``column`` on these values: one entry for undo.

    All of the functions here return whether it could be done; where there are more values than
    places, nothing is changed and the notices say so.
    """
    inputs = session.state.inputs.copy()
    if not _fit(session, "inputs", len(inputs) - column, len(values)):
        return False
    inputs[column : column + len(values)] = values
    return session.edits.set_inputs(inputs, f"{len(values):,} inputs")


def paste_targets(session: Session, output: int, values: Sequence[float]) -> bool:
    """Give the current example's targets from ``output`` on these values."""
    state = session.state
    target = state.target.copy()
    if not _fit(session, "targets", len(target) - output, len(values)):
        return False
    target[output : output + len(values)] = values
    return session.edits.set_example(state.inputs, target, f"{len(values):,} targets")


def paste_weights(session: Session, output: int, column: int, values: Sequence[float]) -> bool:
    """Give the weights of one output from ``column`` on these values."""
    if not _fit(session, "weights", session.state.weights.shape[1] - column, len(values)):
        return False
    at = [(output, column + i) for i in range(len(values))]
    return session.edits.edit("weights", at, values, f"{len(values):,} weights")


def too_many(what: str, n_places: int, n_values: int) -> str:
    """What to say of more numbers than have a place."""
    have = "has" if n_places == 1 else "have"
    return (
        f"{what}: {n_values:,} numbers were pasted where {n_places:,} {have} a place from here to "
        "the end of the row"
    )


def _fit(session: Session, what: str, n_places: int, n_values: int) -> bool:
    if n_values > n_places:
        session.notices.refuse(too_many(what, n_places, n_values))
    return n_values <= n_places
