"""How the space of images is looked at: checked values that a file can hold.

One object that never changes; ``changed`` makes another one, or says in one sentence what
cannot be. Examples and inputs are counted from 0, as everywhere in files.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from gui.session.checks.values import Check, checked_values, one_of, truth, whole_number
from model.door import say
from model.experiment import Experiment
from model.image_space.axes import AxisChoice, AxisKind
from model.image_space.layouts import LAYOUTS, LayoutKind, LayoutSettings, Start
from model.image_space.samples import SAMPLE_SIZES

Show = Literal["axes", "order", "rebuilt", "random", "tsne", "mds", "sammon", "graph"]
SHOWS: tuple[Show, ...] = get_args(Show)
ColorBy = Literal["label", "answer", "right", "error", "score"]
COLORINGS: tuple[ColorBy, ...] = get_args(ColorBy)
MAX_AXES = 3
# A file keeps a selection of so many; a larger one is made again with the lasso.
MAX_SAVED = 2_000
# Examples that are drawn where nobody asked for another number.
_USUAL_COUNT = 2_000
_MAX_SEED = 2**31 - 1
_NUMBERS: dict[AxisKind, int] = {
    "pixel": 1, "component": 1, "score": 1, "difference": 2, "picture": 0
}  # fmt: skip


@dataclass(frozen=True)
class SpaceLook:
    """What is shown of the space of images.

    ``show`` is the kind of picture, ``axes`` the one to three directions of those that have any,
    ``picture`` what was painted for one, as (input, value); ``color`` what the colours stand for;
    ``count`` how many examples are drawn by ``seed``, None for the usual number; ``images``
    whether points are images; ``hidden`` the classes left out; ``selection`` the examples that
    stand out; ``components`` how many an example is rebuilt from, ``class_of_map`` whose average
    the pixels are chosen on (None for all, -1 for the image on the bench); the rest are the
    settings of layouts, and whether a second run from another start is beside the first.
    """

    show: Show = "axes"
    axes: tuple[AxisChoice, ...] = ()
    picture: tuple[tuple[int, float], ...] = ()
    color: ColorBy = "label"
    count: int | None = None
    seed: int = 0
    images: bool = False
    hidden: tuple[int, ...] = ()
    selection: tuple[int, ...] = ()
    components: int = 10
    class_of_map: int | None = None
    dimensions: int = 2
    start: Start = "pca"
    perplexity: float = 30.0
    exaggeration: float = 12.0
    neighbours: int = 5
    beside: bool = False

    @classmethod
    def usual(cls, experiment: Experiment) -> SpaceLook:
        """How an experiment is looked at by itself: along two inputs that lie apart."""
        n, shape = len(experiment.inputs), experiment.image_shape
        if shape is not None:
            rows, columns = shape
            # A stroke through the middle, and what lies a little above and to the left of it.
            wanted = [
                (rows // 2) * columns + columns // 2,
                (rows * 2 // 7) * columns + columns * 3 // 7,
            ]
        else:
            wanted = [column for column in range(n) if column != experiment.setup.constant][:2]
        axes = [AxisChoice("pixel", (column,)) for column in dict.fromkeys(wanted)]
        if len(axes) == 1:
            axes.append(AxisChoice("score", (0,)))
        return cls(axes=tuple(axes))

    @property
    def layout(self) -> LayoutKind | None:
        """The kind of layout that is shown; None where what is shown is none."""
        return self.show if self.show in LAYOUTS else None

    def layout_settings(self, second: bool = False) -> LayoutSettings | None:
        """The settings of the layout that is shown, or of the second one beside it.

        The second one starts at random, and where the first does, from another seed.
        """
        if self.layout is None:
            return None
        start = "random" if second else self.start
        seed = self.seed + 1 if second and self.start == "random" else self.seed
        return LayoutSettings(
            self.layout, self.dimensions, start, seed, self.perplexity, self.exaggeration,
            self.neighbours,
        )  # fmt: skip

    def most(self, n_examples: int) -> int:
        """How many examples what is shown can have: all, or as many as a layout takes."""
        if self.layout is None:
            return n_examples
        return min(n_examples, LAYOUTS[self.layout].most[self.dimensions])

    def drawn(self, n_examples: int) -> int:
        """How many examples are drawn: what was asked for, as far as it can have so many."""
        usual = _USUAL_COUNT if self.layout is None else LAYOUTS[self.layout].usual
        return min(self.most(n_examples), self.count or usual)

    def sizes(self, n_examples: int) -> list[int]:
        """The numbers of examples that are offered: those of the table, and all there are."""
        most = self.most(n_examples)
        known = {size for size in SAMPLE_SIZES if size < most}
        return sorted(known | {most, self.drawn(n_examples)})

    # -- changing ----------------------------------------------------------------------------

    def changed(self, experiment: Experiment, wanted: object) -> SpaceLook:
        """The same with other values, by the names above, as they are read from a file.

        Raises ValueError, with one sentence that names what cannot be.
        """
        return replace(self, **checked_values(_CHECKS, experiment, wanted))

    def values(self, experiment: Experiment) -> dict[str, Any]:
        """What differs from how an experiment is looked at by itself, as a file can hold it."""
        usual, mine = SpaceLook.usual(experiment), asdict(self)
        found = {
            field.name: mine[field.name]
            for field in fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }
        if "axes" in found:
            found["axes"] = [[axis.kind, *axis.numbers] for axis in self.axes]
        if "selection" in found and len(self.selection) > MAX_SAVED:
            del found["selection"]
        for name in ("picture", "hidden", "selection"):
            if name in found:
                found[name] = [list(at) if isinstance(at, tuple) else at for at in found[name]]
        return found


def _whole(low: int, high: int) -> Callable[[Experiment, Any], int]:
    def check(_: Experiment, value: Any) -> int:
        return whole_number(value, low, high)

    return check


def _real(low: float, high: float) -> Callable[[Experiment, Any], float]:
    def check(_: Experiment, value: Any) -> float:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not math.isfinite(value) or not low <= value <= high:
            raise ValueError(say("must be a number from {low:g} to {high:g}", low=low, high=high))
        return float(value)

    return check


def _axes(experiment: Experiment, value: Any) -> tuple[AxisChoice, ...]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MAX_AXES:
        raise ValueError(say("must be one to {most} axes", most=MAX_AXES))
    return tuple(_axis(experiment, axis) for axis in value)


def _axis(experiment: Experiment, value: Any) -> AxisChoice:
    if isinstance(value, AxisChoice):
        value = [value.kind, *value.numbers]
    kind = value[0] if isinstance(value, list | tuple) and value else None
    if not isinstance(kind, str) or kind not in _NUMBERS:
        raise ValueError(
            say("an axis is a list that begins with one of {known}", known=", ".join(_NUMBERS))
        )
    numbers = value[1:]
    if len(numbers) != _NUMBERS[kind]:
        raise ValueError(
            say("an axis of kind {kind} has so many numbers: {n}", kind=kind, n=_NUMBERS[kind])
        )
    n_inputs, n_outputs = len(experiment.inputs), len(experiment.outputs)
    # A component beyond what the sample has is found when there are any.
    most = n_inputs if kind in ("pixel", "component") else n_outputs
    checked = tuple(whole_number(number, 0, most - 1) for number in numbers)
    return AxisChoice(kind, checked)


def _picture(experiment: Experiment, value: Any) -> tuple[tuple[int, float], ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(say("must be a list of pairs of an input and a value"))
    n, real = len(experiment.inputs), _real(-1.0, 1.0)
    picture: dict[int, float] = {}
    for pair in value:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise ValueError(say("must be a list of pairs of an input and a value"))
        picture[whole_number(pair[0], 0, n - 1)] = real(experiment, pair[1])
    return tuple(sorted((at, shade) for at, shade in picture.items() if shade))


def _count(_: Experiment, value: Any) -> int | None:
    return None if value is None else whole_number(value, 1, _MAX_SEED)


def _hidden(experiment: Experiment, value: Any) -> tuple[int, ...]:
    return _each(value, max(1, len(experiment.outputs)))


def _selection(experiment: Experiment, value: Any) -> tuple[int, ...]:
    return _each(value, len(experiment.setup.examples))


def _each(value: Any, n: int) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(say("must be a list of whole numbers"))
    return tuple(sorted({whole_number(number, 0, n - 1) for number in value}))


def _class_of_map(experiment: Experiment, value: Any) -> int | None:
    return None if value is None else whole_number(value, -1, len(experiment.outputs) - 1)


_CHECKS: dict[str, Check] = {
    "show": one_of(SHOWS),
    "axes": _axes,
    "picture": _picture,
    "color": one_of(COLORINGS),
    "count": _count,
    "seed": _whole(0, _MAX_SEED),
    "images": truth,
    "hidden": _hidden,
    "selection": _selection,
    "components": _whole(1, 10_000),
    "class_of_map": _class_of_map,
    "dimensions": _whole(2, 3),
    "start": one_of(("pca", "random")),
    "perplexity": _real(1.0, 1_000.0),
    "exaggeration": _real(1.0, 100.0),
    "neighbours": _whole(1, 100),
    "beside": truth,
}
