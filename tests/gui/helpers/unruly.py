"""What a learner may do who does not listen: any change, any move, in any order."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from gui.session import Session


def bits(session: Session) -> tuple[object, ...]:
    """All numbers of the bench to the last bit, and where it is."""
    state, playback = session.state, session.playback
    return (
        session.experiment.name, playback.position, playback.length, playback.phase,
        state.setup.alpha, state.setup.frozen.tobytes(), state.inputs.tobytes(),
        state.target.tobytes(), state.weights.tobytes(), state.pred.tobytes(),
        state.delta.tobytes(), state.error.tobytes(), state.weight_delta.tobytes(),
        session.path.state(0).weights.tobytes(), session.path.state(0).setup.alpha,
    )  # fmt: skip


def _cell(session: Session, chance: Random) -> tuple[int, int]:
    rows, columns = session.experiment.weights.shape
    return chance.randrange(rows), chance.randrange(columns)


def _column(session: Session, chance: Random) -> int:
    columns = range(len(session.experiment.inputs))
    return chance.choice([at for at in columns if at != session.experiment.setup.constant])


UNRULY: tuple[Callable[[Session, Random], object], ...] = (
    lambda on, _: on.playback.step(),
    lambda on, chance: on.playback.take(chance.randrange(1, 5)),
    lambda on, _: on.playback.predict(),
    lambda on, _: on.playback.compare(),
    lambda on, _: on.playback.learn(),
    lambda on, _: on.playback.back(),
    lambda on, _: on.playback.reset(),
    lambda on, chance: on.playback.seek(chance.randrange(on.playback.length + 1)),
    lambda on, _: on.edits.undo(),
    lambda on, _: on.edits.redo(),
    lambda on, chance: on.edits.back_to_original() if chance.random() < 0.2 else None,
    lambda on, chance: on.edits.set_alpha(chance.choice([0.0, 0.01, 0.1, 1.0])),
    lambda on, chance: on.edits.set_weight(*_cell(on, chance), chance.uniform(-2, 2)),
    lambda on, chance: on.edits.set_frozen(*_cell(on, chance), chance.random() < 0.5),
    lambda on, chance: on.edits.set_input(_column(on, chance), chance.uniform(-9, 9)),
    lambda on, chance: on.edits.set_target(_cell(on, chance)[0], chance.uniform(-1, 1)),
    lambda on, chance: on.view.show(log=chance.random() < 0.5),
)  # fmt: skip
