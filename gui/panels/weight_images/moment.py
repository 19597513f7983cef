"""What the pictures and the cards show: the step, the part of it, and the number of each pixel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gui.session import Session
from model.network import Floats
from model.path import State
from model.phase import Phase
from model.words.pixels import PictureKind, StepPart


@dataclass(frozen=True, eq=False)
class PictureMoment:
    """The numbers that are in sight.

    Attributes
    ----------
    state : the step they belong to; after Learn alone the one that was learned from
    part : the part of the step that was done last, or REST
    kind : what a pixel of the pictures stands for
    after : the weights after that step's update, where it was made, else those of the step
    """

    state: State
    part: StepPart
    kind: PictureKind
    after: Floats

    @classmethod
    def of(cls, session: Session, chosen: PictureKind | None) -> PictureMoment:
        """The moment on the bench; ``chosen`` is what a person wants to see in this very part."""
        part = part_of(session)
        kind = _KINDS.get(part, session.view.quantity) if chosen is None else chosen
        return cls(session.seen, part, kind, session.state.weights)

    @cached_property
    def values(self) -> Floats:
        """What each pixel of the pictures stands for, (n_outputs, n_pixels)."""
        state = self.state
        if self.kind == "weight":
            return self.after
        if self.kind == "weight_delta":
            return state.used_weight_delta
        if self.kind == "change":
            return np.where(state.setup.frozen, 0.0, state.change)
        return state.inputs * state.weights


_KINDS: dict[StepPart, PictureKind] = {
    StepPart.COMPARE: "weight_delta",
    StepPart.LEARN: "change",
}


def part_of(session: Session) -> StepPart:
    """The part of the step that was done last, by itself; REST where none was."""
    playback = session.playback
    if playback.phase is Phase.PREDICTED:
        return StepPart.PREDICT
    if playback.phase is Phase.COMPARED:
        return StepPart.COMPARE
    return StepPart.LEARN if playback.learned else StepPart.REST
