"""Takes from the session what the network shows of its moment."""

from __future__ import annotations

from gui.session import Session
from model.network import learn
from model.words.step import GraphMoment


def moment_of(session: Session) -> GraphMoment:
    """The session's moment: after Learn by itself with the numbers that it used."""
    now, used = session.state, session.playback.used
    made = None
    if used is not None:
        # An edit of a weight at this step was made after the update.
        edited = any(
            edit.step == now.step and edit.kind == "weights" for edit in session.path.edits
        )
        made = now.weights
        if edited:
            made = learn(used.weights, used.weight_delta, used.setup.alpha, used.setup.frozen)
    return GraphMoment(
        session.experiment,
        now if used is None else used,
        session.playback.phase,
        session.playback.running,
        now.weights,
        now.setup.frozen,
        made,
    )
