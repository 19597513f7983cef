"""What the pictures and the cards show: the step, the part of it, and the number of each pixel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtGui import QImage

from gui.look.image_colors import diverging_image, largest
from gui.session import Session
from gui.session.checks.view import Scale
from model.door import say
from model.experiment import Experiment
from model.network import Floats
from model.path import State
from model.phase import StepPart
from model.words.pixels import (
    ColoredText,
    Fits,
    PictureKind,
    legend,
    part_words,
    pixel_words,
)
from model.words.step import GraphMoment
from model.words.why import why_weight

# Ends of the score bars, in every power of ten: rounded, so that the scale changes rarely.
_ROUND = np.array([1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0])


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
        part = session.playback.part
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

    @property
    def is_known(self) -> bool:
        """Whether there is what the pixels stand for: an image without a label teaches nothing."""
        return self.state.is_labelled or self.kind not in ("weight_delta", "change")

    def words(
        self, experiment: Experiment, at: tuple[int, int] | None, asked: bool, fits: Fits
    ) -> ColoredText:
        """All about the weight ``at`` (output, column), what the part has made, or the legend.

        ``asked`` says that a person has chosen what the pictures show.
        """
        if at is not None:
            return pixel_words(experiment, self.state, *at, fits, self.part)
        if self.part is not StepPart.REST and not asked:
            return part_words(self.part, experiment, self.state, fits)
        any_frozen = bool(self.state.setup.frozen.any())
        return legend(self.kind, any_frozen, self.state.is_labelled, fits)

    def why(self, experiment: Experiment, output: int, column: int) -> str:
        """Why the weight of a pixel moves, moved or stays; empty where nothing is to be learnt."""
        if not self.state.is_labelled:
            return ""
        made = self.after if self.part is StepPart.LEARN else None
        moment = GraphMoment(
            experiment, self.state, self.part, False, self.after, self.state.setup.frozen, made
        )
        name = say(
            "{pixel} → {output}",
            pixel=experiment.inputs[column], output=experiment.outputs[output],
        )  # fmt: skip
        return " ".join(why_weight(moment, output, column, name).sentences)


_KINDS: dict[StepPart, PictureKind] = {
    StepPart.COMPARE: "weight_delta",
    StepPart.LEARN: "change",
}


def leader(values: Floats) -> int | None:
    """The output with the largest value; None where several share it."""
    at = int(np.argmax(values))
    return at if np.count_nonzero(values == values[at]) == 1 else None


def bar_extent(most: float) -> float:
    """The round number, at least 1, that the score bars end at."""
    if most <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return float(power * _ROUND[np.searchsorted(_ROUND, min(most / power, 10.0))])


def painted(
    values: Floats, shape: tuple[int, int], wanted: Scale
) -> tuple[QImage, float, float | None]:
    """Images one below the other, their largest number, and the number of the fullest colour.

    values (n_images, n_pixels) and the (rows, cols) of each. The last is None where each image
    has a scale of its own.
    """
    rows, cols = shape
    most = largest(values)
    if wanted == "each":
        each = np.repeat(np.abs(values).max(axis=1), rows)[:, None]
        return diverging_image(values.reshape(-1, cols), each), most, None
    scale = wanted if isinstance(wanted, float) else most
    return diverging_image(values.reshape(-1, cols), scale), most, scale
