"""What GUI tests share: sessions on made-up or built-in experiments."""

from __future__ import annotations

from collections.abc import Sequence

from gui.session import Session
from model.examples import Order
from model.files.library import open_experiment
from tests.model.made_up import experiment_of


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
    return Session(experiment_of(inputs, targets, weights, alpha, order, frozen))
