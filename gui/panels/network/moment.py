"""Takes from the session what the network shows of its moment."""

from __future__ import annotations

from gui.session import Session
from model.network import learn
from model.words.step import GraphMoment


def moment_of(session: Session) -> GraphMoment:
    """The session's moment: after Learn by itself with the numbers that it used."""
    now, seen = session.state, session.seen
    made = None
    if session.playback.learned:
        # An edit of a weight at this step was made after the update.
        edited = any(edit.kind == "weights" for edit in session.path.edits_at(now.step))
        made = now.weights
        if edited:
            made = learn(seen.weights, seen.weight_delta, seen.setup.alpha, seen.setup.frozen)
    return GraphMoment(
        session.experiment,
        seen,
        session.playback.part,
        session.playback.running,
        now.weights,
        now.setup.frozen,
        made,
    )
