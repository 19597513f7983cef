"""What a run was made of, in a few words each, so that runs can be held against each other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from model.door import listed, mark, say, say_count
from model.edits import Edit
from model.examples import Examples
from model.experiment import Experiment
from model.network import Floats, Mask
from model.path.readable import ReadablePath
from model.setup import Setup
from model.words import numbers
from model.words.names import weight_name

# So many weights are written out one by one, and so many later changes.
FEW = 4
_FEW_LATER = 2
_DATA = ("inputs", "targets", "guest", "pixels")
_ORDER = ("visit", "order")
_DIGESTS: WeakKeyDictionary[Examples, bytes] = WeakKeyDictionary()

TRAITS = ("alpha", "frozen", "weights", "order", "data", "structure")
TITLES = {
    "alpha": mark("alpha"),
    "frozen": mark("frozen"),
    "weights": mark("starting weights"),
    "order": mark("order"),
    "data": mark("data"),
    "structure": mark("structure"),
}


@dataclass(frozen=True)
class Trait:
    """One thing that a run was made of: its words, and what is equal where it is the same."""

    words: str
    key: Hashable


@dataclass(frozen=True)
class Facts:
    """The traits of a run by their names, ``TRAITS``."""

    traits: dict[str, Trait]

    def words(self, name: str) -> str:
        """What is written of one of them."""
        return self.traits[name].words


def differing(runs: Sequence[Facts]) -> tuple[str, ...]:
    """The names of the traits that are not the same in all runs, in order."""
    return tuple(name for name in TRAITS if len({facts.traits[name].key for facts in runs}) > 1)


def facts_of(base: Experiment, path: ReadablePath) -> Facts:
    """What the run of a path was made of; ``base`` is the experiment that it began from."""
    setup, weights = path.setup_at(0), path.weights(0)
    edits: dict[str, list[Edit]] = {}
    for edit in path.edits:
        edits.setdefault(edit.kind, []).append(edit)
    later = {kind: [edit for edit in some if edit.step] for kind, some in edits.items()}
    alphas, masks, moved = (later.get(kind, []) for kind in ("alpha", "frozen", "weights"))
    data = [edit for kind in _DATA for edit in edits.get(kind, [])]
    visits = [edit for kind in _ORDER for edit in edits.get(kind, [])]
    shape = (len(setup.examples), len(base.inputs), len(base.outputs))
    return Facts(
        {
            "alpha": Trait(
                _followed(numbers.plain(setup.alpha), [_alpha(edit) for edit in alphas]),
                (setup.alpha, *map(_said, alphas)),
            ),
            "frozen": Trait(
                _followed(frozen_words(base, setup.frozen), list(map(_at_step, masks))),
                (setup.frozen.shape, setup.frozen.tobytes(), *map(_said, masks)),
            ),
            "weights": Trait(
                _followed(_weights_words(base, weights), list(map(_at_step, moved))),
                (weights.shape, weights.tobytes(), *map(_said, moved)),
            ),
            "order": Trait(
                _followed(_order_words(setup), list(map(_at_step, visits))),
                (setup.schedule.order, setup.schedule.seed, *map(_said, visits)),
            ),
            "data": Trait(_data_words(data), (_digest(base), *map(_said, data))),
            "structure": Trait(
                say("{inputs:,} → {outputs:,}, {examples}", inputs=shape[1], outputs=shape[2],
                    examples=say_count("{n:,} example", "{n:,} examples", shape[0])),
                shape,
            ),
        }
    )  # fmt: skip


def _said(edit: Edit) -> Hashable:
    return (edit.kind, edit.step, edit.at, edit.to)


def _followed(first: str, later: Sequence[str]) -> str:
    """A first state, and what it became later on; of many changes only their number."""
    if not later:
        return first
    if len(later) > _FEW_LATER:
        n = len(later)
        return say_count("{first}, {n:,} later change", "{first}, {n:,} later changes", n,
                         first=first)  # fmt: skip
    return listed([first, *later])


def _alpha(edit: Edit) -> str:
    return say("{alpha} from step {step:,}", alpha=numbers.plain(edit.to[0]), step=edit.step)


def _at_step(edit: Edit) -> str:
    return say("changed at step {step:,}", step=edit.step)


def frozen_words(base: Experiment, frozen: Mask) -> str:
    """Which weights are frozen, (n_outputs, n_inputs), by their letters where they are few."""
    n = int(frozen.sum())
    if n == 0:
        return say("none")
    if n == frozen.size:
        return say("all")
    if n > FEW:
        return say("{n:,} of {all:,}", n=n, all=frozen.size)
    return listed(weight_name(base, int(row), int(at)) for row, at in np.argwhere(frozen))


def _weights_words(base: Experiment, weights: Floats) -> str:
    """Starting weights, (n_outputs, n_inputs): themselves, or how many are others than in base."""
    if weights.size <= FEW:
        return "  ".join(numbers.plain(value, 4) for value in weights.ravel().tolist())
    if not weights.any():
        return say("zeros")
    changed = int((weights != base.weights).sum())
    if not changed:
        return say("as opened")
    return say("{n:,} of {all:,} changed", n=changed, all=weights.size)


def _order_words(setup: Setup) -> str:
    schedule = setup.schedule
    if schedule.order == "shuffle":
        return say("shuffle, seed {seed}", seed=schedule.seed)
    return say(mark("first") if schedule.order == "first" else mark("cycle"))


def _data_words(edits: Sequence[Edit]) -> str:
    if not edits:
        return say("as opened")
    cells = sum(len(edit.at) for edit in edits if edit.kind in ("inputs", "targets"))
    others = [edit for edit in edits if edit.kind not in ("inputs", "targets")]
    words = [say_count("{n:,} number changed", "{n:,} numbers changed", cells)] if cells else []
    guests = sum(edit.kind == "guest" for edit in others)
    if guests:
        words.append(say_count("{n:,} picture of one's own", "{n:,} pictures of one's own", guests))
    if guests < len(others):
        words.append(say("pixels shuffled"))
    return listed(words)


def _digest(base: Experiment) -> Hashable:
    """Stands for the examples: the same for the same numbers, worked out once for each array."""
    examples = base.setup.examples
    if base.digits is not None:
        return (base.digits.name, base.digits.remark, len(examples))
    if examples not in _DIGESTS:
        import hashlib

        digest = hashlib.sha256(np.ascontiguousarray(examples.base_inputs).data)
        digest.update(np.ascontiguousarray(examples.base_targets).data)
        _DIGESTS[examples] = digest.digest()
    return _DIGESTS[examples]
