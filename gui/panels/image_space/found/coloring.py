"""What the colours of points stand for: classes, right and wrong, or a number."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gui.look.theme import CLASS_COLORS, look
from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.sprites import SHAPES, Kind
from gui.session.space.look import ColorBy
from model.door import mark, say
from model.network import Floats
from model.words import numbers

_STEPS = 33

COLOR_NAMES: dict[ColorBy, str] = {
    "label": mark("label"), "answer": mark("answer"), "right": mark("right or wrong"),
    "error": mark("error"), "score": mark("score"),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Coloring:
    """How the points of a sample look.

    ``kinds`` and ``which`` (n,) are for the cloud. Of classes ``names`` has one for each kind, and
    ``hides`` is whether those are the ones that can be hidden; of a number ``low`` and ``high``
    are what its ends say.
    """

    kinds: tuple[Kind, ...]
    which: NDArray[np.uint8]
    names: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    title: str = ""
    hides: bool = False


def class_kind(number: int) -> Kind:
    """How the points of a class look: ten colours, and from the eleventh on another mark."""
    n = len(CLASS_COLORS)
    return Kind(CLASS_COLORS[number % n], SHAPES[number // n % len(SHAPES)])


def coloring(data: SpaceData, by: ColorBy, outputs: tuple[str, ...], output: int) -> Coloring:
    """The colours of the moment; ``output`` is the one whose score is meant."""
    if by == "label" and data.labels is not None:
        return _of_classes(data.labels, outputs, say("label"))
    if by == "answer" and len(outputs) > 1:
        return _of_classes(data.answers, outputs, say("answer"))
    if by == "right" and data.labels is not None:
        wrong = (data.answers != data.labels).astype(np.uint8)
        kinds = (Kind(look.theme.settles), Kind(look.theme.diverges, "cross"))
        return Coloring(kinds, wrong, (say("right"), say("wrong")), title=say("answer"))
    if by == "error":
        return _of_sizes(data.errors)
    if by in ("label", "right"):
        title = say("target of {output}", output=outputs[output])
        return _of_signed(data.targets[:, output], title)
    return _of_signed(data.scores[:, output], say("score of {output}", output=outputs[output]))


def _of_classes(classes: NDArray[np.intp], names: tuple[str, ...], title: str) -> Coloring:
    kinds = tuple(class_kind(number) for number in range(len(names)))
    return Coloring(kinds, classes.astype(np.uint8), names, title=title, hides=True)


def _of_sizes(values: Floats) -> Coloring:
    """From pale, for nothing, to the colour of what goes wrong."""
    theme = look.theme
    most = _round_up(float(values.max(initial=0.0)))
    kinds = tuple(
        Kind(_between(theme.outline, theme.diverges, at / (_STEPS - 1))) for at in range(_STEPS)
    )
    which = np.clip(values * ((_STEPS - 1) / most), 0, _STEPS - 1).astype(np.uint8)
    return Coloring(kinds, which, low="0", high=numbers.short(most), title=say("error"))


def _of_signed(values: Floats, title: str) -> Coloring:
    """Orange below zero, grey at zero, blue above, on one scale for both."""
    theme, half = look.theme, _STEPS // 2
    most = _round_up(float(np.abs(values).max(initial=0.0)))
    kinds = tuple(
        Kind(_between(theme.outline, theme.negative if at < half else theme.positive,
                      abs(at - half) / half))
        for at in range(_STEPS)
    )  # fmt: skip
    steps = np.clip(values * (half / most), -half, half) + half + 0.5
    high = numbers.short(most)
    return Coloring(kinds, steps.astype(np.uint8), low="\u2212" + high, high=high, title=title)


def _round_up(value: float) -> float:
    """The next of 1, 2 and 5 times a power of ten, so that a scale changes rarely."""
    if not 0 < value < math.inf:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * nice for nice in (1, 2, 5, 10) if value <= power * nice * (1 + 1e-12))


def _between(start: str, end: str, share: float) -> str:
    one, other = QColor(start), QColor(end)
    mixed = (
        round(a + (b - a) * share)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed).name()
