"""Whether a learner has touched more of the bench than a page allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from gui.session.moment import Moment
from gui.session.session import Session
from model.edits import Edit
from model.experiment import Experiment
from model.phase import Phase
from model.words.names import weight_name
from model.words.parts import named

_STEPS = ("step", "run", "predict", "compare", "learn")


@dataclass(frozen=True, eq=False)
class Ground:
    """The bench as a page began: its experiment, the edits of its path, and its last step."""

    experiment: Experiment
    edits: frozenset[Edit]
    length: int

    @classmethod
    def of(cls, session: Session) -> Ground:
        """The bench as it is now."""
        return cls(session.experiment, frozenset(session.path.edits), session.playback.length)


@dataclass(frozen=True, eq=False)
class Base:
    """The bench as it was when what is open on a page began."""

    moment: Moment
    edits: frozenset[Edit]
    phase: Phase

    @classmethod
    def of(cls, session: Session) -> Base:
        """The bench as it is now."""
        playback = session.playback
        return cls(playback.moment(), frozenset(session.path.edits), playback.phase)

    def is_here(self, session: Session, path: object) -> bool:
        """Whether the bench is as it was then, on the page's own path."""
        playback, moment = session.playback, self.moment
        return (
            session.path is path
            and playback.phase is self.phase
            and (playback.position, playback.length) == (moment.position, moment.snapshot.length)
            and frozenset(session.path.edits) == self.edits
        )

    def do_parts(self, session: Session) -> None:
        """Take the step as far as it had been taken."""
        if self.phase >= Phase.PREDICTED:
            session.playback.predict()
        if self.phase >= Phase.COMPARED:
            session.playback.compare()


def strayed(session: Session, ground: Ground, allowed: Collection[str]) -> bool:
    """Whether what the bench has become needed something that is not among these parts.

    Looking at other steps of the path is free: it changes nothing.
    """
    experiment = session.experiment
    if experiment is not ground.experiment:
        return True
    free = {part.name for name in allowed for part in named(experiment, name)}
    playback = session.playback
    stepped = playback.length > ground.length or playback.phase is not Phase.READY
    if stepped and free.isdisjoint(_STEPS):
        return True
    # An edit of what the page has edited takes the place of the page's own, and may hold other
    # cells that are as they were.
    changed = _apart(ground.edits) ^ _apart(session.path.edits)
    return any(free.isdisjoint(names) for edit in changed for names in _needed(experiment, edit))


def _apart(edits: Iterable[Edit]) -> set[Edit]:
    """The same changes, cell by cell where an edit has a number for each of its cells."""
    found = set()
    for edit in edits:
        if len(edit.at) == len(edit.to) > 1:
            cells = zip(edit.at, edit.to, strict=True)
            found |= {replace(edit, at=(cell,), to=(value,)) for cell, value in cells}
        else:
            found.add(edit)
    return found


def _needed(experiment: Experiment, edit: Edit) -> Iterator[set[str]]:
    """For each cell of an edit the parts one of which must be allowed."""
    if edit.kind == "alpha":
        yield {"alpha", "zones"}
    elif edit.kind in ("guest", "visit"):
        yield {"examples", "image_input"}
    elif experiment.image_shape is not None and edit.kind in ("inputs", "targets"):
        yield {"image_input"}
    else:
        for row, column in edit.at:
            yield _of_cell(experiment, edit.kind, row, column)


def _of_cell(experiment: Experiment, kind: str, row: int, column: int) -> set[str]:
    if kind == "inputs":
        return {f"input:{experiment.inputs[column]}"}
    if kind == "targets":
        return {f"target:{experiment.outputs[column]}"}
    if experiment.image_shape is not None:
        return {"weight_images", f"image:{experiment.outputs[row]}"}
    letter = weight_name(experiment, row, column)
    return {f"padlock:{letter}"} if kind == "frozen" else {f"weight:{letter}", f"bowl:{letter}"}
