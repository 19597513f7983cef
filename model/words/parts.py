"""Names of what is on the bench: read-outs and controls that can be lit, hidden or asked for.

A part is called by its family and, where there are several, what it belongs to: ``zones``,
``weight:a``, ``pred:win``, ``pixel:3,4``. Which ones there are follows from the experiment
alone; where they are, the panel knows that owns them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np

from model.door import say
from model.experiment import Experiment
from model.words.names import weight_cell, weight_name

Members = Literal["one", "weight", "input", "output", "pixel"]
Cell = tuple[int, ...]

_QUOTED = 40
# Names that are looked through for one that a misspelt one may stand for.
_LOOKED_THROUGH = 2_000


@dataclass(frozen=True)
class Part:
    """One part: its name, the family it is of, the key of the panel that owns it.

    ``cell`` is (output, column) of a weight, (column,) of an input, (output,) of an output,
    (row, column) of a pixel, and empty where there is one of it.
    """

    name: str
    family: str
    panel: str
    cell: Cell = ()


def _everywhere(_: Experiment) -> bool:
    return True


def _on_images(experiment: Experiment) -> bool:
    return experiment.image_shape is not None


def _on_numbers(experiment: Experiment) -> bool:
    return experiment.image_shape is None


def _on_two_weights(experiment: Experiment) -> bool:
    return experiment.weights.size > 1


def _on_held_out(experiment: Experiment) -> bool:
    return experiment.held_out is not None


class _Family(NamedTuple):
    """Parts of one kind: ``of`` is what there is one for each of."""

    name: str
    panel: str
    of: Members = "one"
    there: Callable[[Experiment], bool] = _everywhere


_FAMILIES = (
    *(
        _Family(name, "transport")
        for name in ("reset", "back", "predict", "compare", "learn", "step", "run", "speed")
    ),
    _Family("alpha", "alpha"),
    _Family("zones", "alpha"),
    _Family("held_out", "held_out", there=_on_images),
    _Family("about", "header"),
    *(_Family(name, "network", there=_on_numbers) for name in ("network", "why")),
    *(
        _Family(name, "network", "weight", _on_numbers)
        for name in ("weight", "weight_delta", "next", "padlock")
    ),
    _Family("input", "network", "input", _on_numbers),
    *(
        _Family(name, "network", "output", _on_numbers)
        for name in ("output", "pred", "target", "delta", "error")
    ),
    _Family("image_input", "image_input", there=_on_images),
    _Family("pixel", "image_input", "pixel", _on_images),
    _Family("label", "image_input", "output", _on_images),
    _Family("weight_images", "weight_images", there=_on_images),
    _Family("image", "weight_images", "output", _on_images),
    _Family("score", "weight_images", "output", _on_images),
    _Family("curves", "curves"),
    *(_Family(name, "curves", "weight") for name in ("bowl", "slope", "floor")),
    _Family("plot:error", "curves"),
    _Family("plot:weights", "curves"),
    _Family("standing", "curves"),
    *(
        _Family(name, "two_weights", there=_on_two_weights)
        for name in ("two_weights", "plot:two_weights")
    ),
    _Family("dot_product", "dot_product"),
    *(_Family(name, "listing") for name in ("listing", "form", "slip", "step_line")),
    _Family("quality", "quality", there=_on_images),
    _Family("accuracy", "quality", there=_on_images),
    _Family("plot:accuracy", "quality", there=_on_images),
    _Family("confusion", "quality", there=_on_images),
    _Family("mistakes", "quality", there=_on_images),
    *(
        _Family(name, "held_out_error", there=_on_held_out)
        for name in ("held_out_error", "plot:held_out_error")
    ),
    _Family("pixel_values", "pixel_values", there=_on_images),
    _Family("image_space", "image_space"),
    _Family("plot:space", "image_space"),
    _Family("space_colors", "image_space"),
    _Family("space_reading", "image_space"),
    _Family("time_line", "time_line"),
    _Family("examples", "examples", there=_on_images),
    _Family("all_examples", "all_examples", there=_on_numbers),
    _Family("trace", "trace"),
    _Family("pins", "pins"),
    _Family("sweep", "sweep"),
)


_BY_NAME = {family.name: family for family in _FAMILIES}
# Lines of cards and parts of pictures: others lie right beside them.
_WITHIN = frozenset(
    {
        "weight_delta", "next", "padlock", "pred", "target", "delta", "error", "pixel", "label",
        "image", "score", "slope", "floor",
    }
)  # fmt: skip


def parts(experiment: Experiment) -> Iterator[Part]:
    """Every part there is for an experiment; with images these are thousands."""
    for family in _FAMILIES:
        if family.there(experiment):
            yield from _members(experiment, family)


def part(experiment: Experiment, name: str) -> Part:
    """The part of that name.

    Raises ValueError, with one sentence that says what would be right, where there is none.
    """
    whole = _family(experiment, name)
    if whole is not None and whole.of == "one":
        return Part(name, name, whole.panel)
    head, _, member = name.partition(":")
    family = _family(experiment, head)
    cell = None if family is None else _CELLS[family.of](experiment, member)
    if family is None or cell is None:
        raise ValueError(_unknown(experiment, name))
    return Part(name, head, family.panel, cell)


def named(experiment: Experiment, name: str) -> tuple[Part, ...]:
    """The part of that name, or all of a family: ``padlock`` stands for every padlock.

    Raises ValueError as ``part`` does.
    """
    family = _family(experiment, name)
    if family is not None:
        return tuple(_members(experiment, family))
    plots = [row for row in _there(experiment) if row.name.startswith(f"{name}:")]
    if plots:
        return tuple(member for row in plots for member in _members(experiment, row))
    return (part(experiment, name),)


def is_within(name: str) -> bool:
    """Whether the part of that name lies inside of a card or picture, close to what is no part."""
    return name.partition(":")[0] in _WITHIN


def families(experiment: Experiment) -> tuple[str, ...]:
    """The names of all families of parts that an experiment has, and of single parts."""
    return tuple(dict.fromkeys(family.name for family in _there(experiment)))


def panel_keys(experiment: Experiment | None = None) -> tuple[str, ...]:
    """The keys of all panels that own a part, of one experiment or of any."""
    there = _FAMILIES if experiment is None else _there(experiment)
    return tuple(dict.fromkeys(family.panel for family in there))


def _family(experiment: Experiment, name: str) -> _Family | None:
    family = _BY_NAME.get(name)
    return family if family is not None and family.there(experiment) else None


def _there(experiment: Experiment) -> Iterator[_Family]:
    return (family for family in _FAMILIES if family.there(experiment))


def _members(experiment: Experiment, family: _Family) -> Iterator[Part]:
    head, panel = family.name, family.panel
    if family.of == "one":
        yield Part(head, head, panel)
    elif family.of == "weight":
        for cell in np.ndindex(experiment.weights.shape):
            yield Part(f"{head}:{weight_name(experiment, *cell)}", head, panel, cell)
    elif family.of == "pixel":
        for row, column in np.ndindex(experiment.image_shape or (0, 0)):
            yield Part(f"{head}:{row},{column}", head, panel, (row, column))
    else:
        names = experiment.inputs if family.of == "input" else experiment.outputs
        for place, name in enumerate(names):
            yield Part(f"{head}:{name}", head, panel, (place,))


# -- what a member's name stands for -------------------------------------------------------


def _no_cell(_: Experiment, __: str) -> Cell | None:
    return None


def _weight(experiment: Experiment, letters: str) -> Cell | None:
    try:
        return weight_cell(experiment, letters)
    except ValueError:
        return None


def _input(experiment: Experiment, name: str) -> Cell | None:
    return (experiment.inputs.index(name),) if name in experiment.inputs else None


def _output(experiment: Experiment, name: str) -> Cell | None:
    return (experiment.outputs.index(name),) if name in experiment.outputs else None


def _pixel(experiment: Experiment, name: str) -> Cell | None:
    found = re.fullmatch(r"(0|[1-9]\d{0,3}),(0|[1-9]\d{0,3})", name)
    if found is None or experiment.image_shape is None:
        return None
    row, column = int(found[1]), int(found[2])
    rows, columns = experiment.image_shape
    return (row, column) if row < rows and column < columns else None


_CELLS: dict[Members, Callable[[Experiment, str], Cell | None]] = {
    "one": _no_cell,
    "weight": _weight,
    "input": _input,
    "output": _output,
    "pixel": _pixel,
}


def _unknown(experiment: Experiment, name: str) -> str:
    from difflib import get_close_matches

    shown = name if len(name) <= _QUOTED else name[:_QUOTED] + "…"
    known = [found.name for found in islice(parts(experiment), _LOOKED_THROUGH)]
    lowered = {one.casefold(): one for one in known}
    near = get_close_matches(shown.casefold(), lowered, 1)
    if near:
        return say(
            "“{name}” is no part of this bench, did you mean “{near}”?",
            name=shown,
            near=lowered[near[0]],
        )
    return say(
        "“{name}” is no part of this bench: parts are called like {examples}",
        name=shown,
        examples=", ".join(_examples(experiment)),
    )


def _examples(experiment: Experiment) -> list[str]:
    """One name of each family with several members, and a few more."""
    several = [family for family in _there(experiment) if family.of != "one"]
    return ["alpha", "zones", "trace", *(next(_members(experiment, f)).name for f in several)]
