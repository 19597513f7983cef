"""Gradient descent as a textbook writes it: lists and a loop, one step after the other.

This is what the model is held against. It shares nothing with it, not even NumPy, and works in
any number: float, or Fraction where the exact answer is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Number = TypeVar("Number", float, Fraction)


@dataclass
class Bench(Generic[Number]):
    """An experiment in lists: [example][input], [example][output] and [output][input]."""

    inputs: list[list[Number]]
    targets: list[list[Number]]
    weights: list[list[Number]]
    frozen: list[list[bool]]
    alpha: Number


@dataclass
class Step(Generic[Number]):
    """One step before its update: [output], and [output][input] for the weights."""

    weights: list[list[Number]]
    pred: list[Number]
    delta: list[Number]
    error: list[Number]
    weight_delta: list[list[Number]]


def look(
    weights: list[list[Number]], x: Sequence[Number], target: Sequence[Number]
) -> Step[Number]:
    """Predict and compare."""
    pred = []
    for row in weights:
        total = row[0] * x[0]
        for i in range(1, len(x)):
            total += row[i] * x[i]
        pred.append(total)
    delta = [pred[o] - target[o] for o in range(len(pred))]
    error = [delta[o] * delta[o] for o in range(len(pred))]
    weight_delta = [[delta[o] * x[i] for i in range(len(x))] for o in range(len(pred))]
    return Step([list(row) for row in weights], pred, delta, error, weight_delta)


def learn(bench: Bench[Number], step: Step[Number]) -> None:
    """Change every weight that is not frozen."""
    for o in range(len(bench.weights)):
        for i in range(len(bench.weights[o])):
            if not bench.frozen[o][i]:
                bench.weights[o][i] -= bench.alpha * step.weight_delta[o][i]


def walk(bench: Bench[Number], visits: Sequence[int]) -> list[Step[Number]]:
    """The steps on the given examples, the last one without its update."""
    steps = []
    for number, example in enumerate(visits):
        step = look(bench.weights, bench.inputs[example], bench.targets[example])
        steps.append(step)
        if number < len(visits) - 1:
            learn(bench, step)
    return steps


def in_numbers(bench: Bench[float], number: Callable[[float], Number]) -> Bench[Number]:
    """The same bench in another kind of number; nothing is shared with the first."""

    def table(rows: list[list[float]]) -> list[list[Number]]:
        return [[number(value) for value in row] for row in rows]

    return Bench(
        table(bench.inputs),
        table(bench.targets),
        table(bench.weights),
        [list(row) for row in bench.frozen],
        number(bench.alpha),
    )
