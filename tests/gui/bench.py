"""What GUI tests share: sessions on made-up or built-in experiments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gui.session import Session
from model.descent import Setup
from model.examples import Examples, Order, Schedule
from model.experiment import Experiment
from model.library import open_experiment


def builtin(name: str) -> Session:
    return Session(open_experiment(name))


def made_up(
    inputs: Sequence[Sequence[float]],
    targets: Sequence[Sequence[float]],
    weights: Sequence[Sequence[float]],
    alpha: float = 0.01,
    order: Order = "first",
    frozen: Sequence[Sequence[bool]] | None = None,
) -> Session:
    w = np.array(weights, dtype=np.float64)
    mask = np.zeros(w.shape, dtype=np.bool_) if frozen is None else np.array(frozen, dtype=np.bool_)
    examples = Examples(np.array(inputs, dtype=np.float64), np.array(targets, dtype=np.float64))
    setup = Setup(examples, Schedule(order, len(examples)), alpha, mask)
    names_in = tuple(f"in {i + 1}" for i in range(w.shape[1]))
    names_out = tuple(f"out {i + 1}" for i in range(w.shape[0]))
    return Session(Experiment("made up", "", names_in, names_out, setup, w))
