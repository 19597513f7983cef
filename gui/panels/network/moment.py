"""Takes from the session what the network shows of its moment."""

from __future__ import annotations

from gui.session import Session
from model.network import learn
from model.path.hidden import without
from model.words.step import GraphMoment


def moment_of(session: Session) -> GraphMoment:
    """The session's moment as it may be seen: after Learn by itself with the numbers it used."""
    now, seen, veils = session.state, session.seen, session.parts.veils
    made = None
    if session.playback.learned:
        # An edit of a weight at this step was made after the update.
        edited = any(edit.kind == "weights" for edit in session.path.edits_at(now.step))
        made = now.weights
        if edited:
            made = learn(seen.weights, seen.weight_delta, seen.setup.alpha, seen.setup.frozen)
        made = without(made, veils.numbers.weights)
    return GraphMoment(
        session.experiment,
        session.parts.shown(seen),
        session.playback.part,
        session.playback.running,
        without(now.weights, veils.numbers.weights),
        now.setup.frozen,
        made,
    )
