"""What is shown of the space of images, by one name, and what the view is asked for to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gui.session.space.look import SpaceLook
from model.experiment import Experiment
from model.image_space.axes import AxisKind

if TYPE_CHECKING:
    # Else the window would wait for the whole vocabulary of actions.
    from model.actions.spaces import ShownSpace

_KINDS: dict[AxisKind, ShownSpace] = {
    "pixel": "pixels", "score": "scores", "component": "components"
}  # fmt: skip

_ALIKE = ("4", "9")


def shown_space(space: SpaceLook) -> ShownSpace:
    """The one name of what is shown."""
    if space.show != "axes":
        return space.show
    kinds = {axis.kind for axis in space.axes}
    return _KINDS.get(kinds.pop(), "mixed") if len(kinds) == 1 else "mixed"


def to_show(
    name: ShownSpace, space: SpaceLook, experiment: Experiment, output: int
) -> dict[str, Any]:
    """What the view is asked for to show what that name calls; axes of its kind to begin with.

    ``output`` is looked into: two scores begin with it. Axes that are of that kind already stay as
    they are.
    """
    if name not in _KINDS.values():
        return {"show": name}
    wanted: dict[str, Any] = {"show": "axes"}
    kinds = {axis.kind for axis in space.axes}
    if {_KINDS.get(kind) for kind in kinds} == {name}:
        return wanted
    n = max(2, len(space.axes))
    if name == "pixels":
        wanted["axes"] = [["pixel", column] for column in some_inputs(experiment, n)]
    elif name == "scores":
        outputs = len(experiment.outputs)
        # The digits that linear networks take for each other first.
        alike = [at for at, name in enumerate(experiment.outputs) if name in _ALIKE]
        pair = alike if len(alike) == 2 else [output, (output + 1) % outputs]
        more = [at for at in range(outputs) if at not in pair]
        wanted["axes"] = [["score", at] for at in [*pair, *more][: min(n, max(2, outputs))]]
    else:
        n_axes = min(n, max(1, len(experiment.inputs)))
        wanted["axes"] = [["component", at] for at in range(n_axes)]
    return wanted


def some_inputs(experiment: Experiment, n: int) -> list[int]:
    """So many inputs, the usual ones first."""
    usual = SpaceLook.usual(experiment)
    known = [axis.numbers[0] for axis in usual.axes if axis.kind == "pixel"]
    if experiment.image_shape is not None and len(known) == 2:
        known.append((known[0] + known[1]) // 2 + 2)
    inputs, constant = range(len(experiment.inputs)), experiment.setup.constant
    others = [at for at in inputs if at not in known and at != constant]
    return [*known, *others][:n]
