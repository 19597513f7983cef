"""Takes from the session what the network shows of its moment."""

from __future__ import annotations

from gui.session import Session
from model.words.step import GraphMoment


def moment_of(session: Session, in_parts: bool) -> GraphMoment:
    """The session's moment; ``in_parts`` is false while it runs too fast to be followed."""
    state = session.state
    previous = session.playback.previous if session.playback.learned and in_parts else None
    moved = None if previous is None else previous.weights != state.weights
    return GraphMoment(
        session.experiment,
        state,
        previous,
        session.playback.phase,
        session.playback.running,
        state.change,
        moved,
    )
