"""Every number in the texts of the built-in experiments is computed here; none is taken on trust.

A number is written in figures or as a word. One that this table does not know fails the test,
and so does one that is no longer true.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath

import numpy as np
import pytest

from model.curves import alpha_zones
from model.experiment import Experiment
from model.files.library import builtin_names, find_experiment, open_experiment
from model.path import Path
from tests.model.test_digits import write_mnist

WORDS: dict[str, float] = {
    word: value
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
}
WORDS |= {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1_000_000,
    "single": 1, "once": 1, "twice": 2, "half": 0.5, "quarter": 0.25, "dozen": 12,
}  # fmt: skip
NUMBER = re.compile(
    r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e[−-]?\d+)?|\b(?:" + "|".join(WORDS) + r")\b", re.IGNORECASE
)


def numbers_in(text: str) -> list[float]:
    """Every number of a text, in order."""
    found = []
    for match in NUMBER.findall(text):
        word = match.lower()
        found.append(WORDS[word] if word in WORDS else float(_plain(word)))
    return found


def _plain(text: str) -> str:
    return text.replace(",", "").replace("−", "-")


def limit(experiment: Experiment) -> float:
    found = alpha_zones(experiment.setup).limit
    assert found is not None
    return found


def season_errors(experiment: Experiment, steps: int) -> list[float]:
    """Error of each game after so many steps, by a plain loop."""
    games = experiment.setup.examples
    weights = experiment.weights[0].tolist()
    for step in range(steps):
        x = games.inputs(step % len(games)).tolist()
        delta = sum(w * v for w, v in zip(weights, x, strict=True))
        delta -= float(games.target(step % len(games))[0])
        weights = [w - experiment.setup.alpha * delta * v for w, v in zip(weights, x, strict=True)]
    return [
        (sum(w * v for w, v in zip(weights, games.inputs(k), strict=True)) - games.target(k)[0])
        ** 2
        for k in range(len(games))
    ]


def counts(experiment: Experiment) -> tuple[int, int, int]:
    """Examples, inputs and outputs."""
    return len(experiment.setup.examples), len(experiment.inputs), len(experiment.outputs)


def one_delta(experiment: Experiment) -> list[float]:
    n, inputs, outputs = counts(experiment)
    return [n, inputs, outputs, outputs]


def several_steps(experiment: Experiment) -> list[float]:
    path = Path(experiment.setup, experiment.weights)
    path.extend(5)
    x, alpha = path.state(0).inputs, experiment.setup.alpha
    deltas = [float(path.state(step).delta[0]) for step in range(6)]
    one = 1.0
    factor = one - alpha * float(x @ x)
    np.testing.assert_allclose(deltas[1:], [factor * delta for delta in deltas[:-1]])
    return [one]


def too_large(experiment: Experiment) -> list[float]:
    return [experiment.setup.alpha / open_experiment("Several steps").setup.alpha]


def normalised(experiment: Experiment) -> list[float]:
    constant = experiment.setup.constant
    assert set(experiment.setup.examples.base_inputs[:, constant]) == {1.0}
    inputs = experiment.setup.examples.base_inputs[:, :-1]
    np.testing.assert_allclose(inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(inputs.std(axis=0), 1.0)
    steps, bound = 200, 1e-12
    assert max(season_errors(experiment, steps)) < bound
    return [1, steps, bound]


def as_measured(experiment: Experiment) -> list[float]:
    games = experiment.setup.examples
    best = np.linalg.solve(games.base_inputs, games.base_targets[:, 0])
    np.testing.assert_allclose(games.base_inputs @ best, games.base_targets[:, 0], atol=1e-12)
    raw = open_experiment("The whole season").setup.examples
    np.testing.assert_array_equal(games.base_inputs[:, :-1], raw.base_inputs)
    largest = np.abs(games.base_inputs).max(axis=0)
    assert largest[0] > 5 * largest[1:].max()
    share = round(experiment.setup.alpha / limit(experiment), 3)
    steps = 20_000
    return [0, share, steps, round(max(season_errors(experiment, steps)), 4)]


def freezing(experiment: Experiment) -> list[float]:
    free = open_experiment("Several steps")
    return [int(experiment.setup.alpha / limit(free))]


def several_outputs(experiment: Experiment) -> list[float]:
    _, inputs, outputs = counts(experiment)
    return [inputs, outputs]


def weights_of(experiment: Experiment) -> list[float]:
    return [experiment.weights.size]


def games_of(experiment: Experiment) -> list[float]:
    return [counts(experiment)[0]]


def pictures(experiment: Experiment) -> list[float]:
    assert experiment.image_shape is not None
    _, inputs, outputs = counts(experiment)
    return [*experiment.image_shape, inputs, outputs, experiment.weights.size]


def large_pictures(experiment: Experiment) -> list[float]:
    lines = experiment.about.rpartition(":")[2].split(",")
    return [*pictures(experiment), counts(experiment)[2], len(lines)]


def vectors(experiment: Experiment) -> list[float]:
    n = counts(experiment)[0]
    rows, targets = experiment.setup.examples.base_inputs, experiment.setup.examples.base_targets
    np.testing.assert_array_equal(targets, np.eye(n))
    b, d = (rows[experiment.outputs.index(name)] for name in "bd")
    factors = 2
    return [n, factors, targets.max(), targets.min(), (d @ d) / (b @ d)]


COMPUTED: dict[str, Callable[[Experiment], Sequence[float]]] = {
    "One delta, three weight_deltas": one_delta,
    "Several steps": several_steps,
    "Alpha too large": too_large,
    "Freezing one weight": freezing,
    "Several outputs": several_outputs,
    "Several inputs and outputs": weights_of,
    "Normalised inputs": normalised,
    "Inputs as measured": as_measured,
    "The whole season": games_of,
    "Dot products": vectors,
    "Digits, 8x8": pictures,
    "Digits, MNIST": large_pictures,
}


@pytest.mark.parametrize("name", builtin_names())
def test_every_number_of_a_text_is_computed(name: str, tmp_path: FilePath) -> None:
    if find_experiment(name).source == "mnist":
        experiment = open_experiment(name, write_mnist(tmp_path), count=7)
    else:
        experiment = open_experiment(name)

    assert numbers_in(experiment.about) == pytest.approx(COMPUTED[name](experiment), rel=1e-12)


def test_a_number_is_found_however_it_is_written() -> None:
    text = (
        "Thirty times 1,000.5, below 1e−12 at 0.0035; half of the 8 by 8 pixels, and a2 is a name"
    )
    assert numbers_in(text) == [30, 1000.5, 1e-12, 0.0035, 0.5, 8, 8]
