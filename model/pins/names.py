"""What pinned runs are called."""

from __future__ import annotations

from collections.abc import Collection

from model.building.names import fresh_name
from model.door import say
from model.experiment import Experiment
from model.path.readable import ReadablePath
from model.pins.facts import FEW, frozen_words
from model.words import numbers


def run_name(base: Experiment, path: ReadablePath, taken: Collection[str]) -> str:
    """A name for a run by what is changed most: its alpha and what is frozen; none of ``taken``."""
    setup = path.setup
    alpha = say("alpha {alpha}", alpha=numbers.plain(setup.alpha))
    frozen = int(setup.frozen.sum())
    name = alpha
    if 0 < frozen <= FEW:
        name = say("{alpha}, {weights} frozen", alpha=alpha,
                   weights=frozen_words(base, setup.frozen))  # fmt: skip
    elif frozen:
        name = say("{alpha}, {n:,} frozen", alpha=alpha, n=frozen)
    return fresh_name(name, taken)
