"""Linear networks, trained by the model's own descent, and digits that they read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.digits import DigitSet
from model.examples import Examples, Schedule
from model.ink import picture_input
from model.network import Floats
from model.path import Path
from model.setup import Setup
from tests.model.photographs import KINDS, photograph


@dataclass(frozen=True, eq=False)
class Reader:
    """A network's weights, and held-out digits that it reads when they are clean.

    Clean is both: as they were published, and written large on clean paper.
    """

    weights: Floats
    shape: tuple[int, int]
    digits: Floats
    labels: tuple[int, ...]
    seeds: tuple[int, ...]

    def answer(self, inputs: Floats) -> int:
        return int((self.weights @ inputs).argmax())

    def reads(self, kind: str, size: int) -> list[bool]:
        """Which of its digits are read right in pictures of a kind, about ``size`` high."""
        right = []
        for digit, label, seed in zip(self.digits, self.labels, self.seeds, strict=True):
            light = photograph(digit, KINDS[kind], size, seed)
            inputs = picture_input(1.0 - light, self.shape).inputs
            right.append(self.answer(inputs) == label)
        return right


def trained(digits: DigitSet, alpha: float, passes: int) -> Floats:
    """Weights after some passes over a set's images, from zero."""
    targets = np.eye(10)[digits.labels]
    weights = np.zeros((10, digits.images.shape[1]))
    schedule = Schedule("cycle", len(digits.images))
    examples = Examples(digits.images, targets)
    path = Path(Setup(examples, schedule, alpha, np.zeros(weights.shape, dtype=bool)), weights)
    steps = passes * len(digits.images)
    path.extend(steps)
    return path.weights(steps)


def reader_of(digits: DigitSet, weights: Floats, count: int, size: int) -> Reader:
    """The first ``count`` held-out digits that are read when clean, all labels alike."""
    chosen: list[int] = []
    wanted = np.full(10, -(-count // 10))
    for place, label in enumerate(digits.held_out_labels):
        image = digits.held_out_images[place]
        if wanted[label] and (weights @ image).argmax() == label:
            clean = photograph(image.reshape(digits.shape), KINDS["clean"], size, place)
            if (weights @ picture_input(1.0 - clean, digits.shape).inputs).argmax() == label:
                wanted[label] -= 1
                chosen.append(place)
        if len(chosen) == count:
            break
    images = digits.held_out_images[chosen].reshape(-1, *digits.shape)
    labels = tuple(int(label) for label in digits.held_out_labels[chosen])
    return Reader(weights, digits.shape, images, labels, tuple(chosen))
