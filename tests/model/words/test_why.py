"""Why a weight moves: every number is computed again here, every cause by its definition."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from model.examples import Examples
from model.experiment import Experiment
from model.files.library import open_experiment
from model.network import learn
from model.path import Path, State
from model.path.saved import new_path
from model.phase import StepPart
from model.words.step import GraphMoment, explain, why_none_moved
from model.words.why import why, why_input, why_output, why_weight
from tests.model.made_up import experiment_of, made_up

NUMBER = r"[+−]?\d[\d.]*(?:e[+−]?\d+)?"
PARTS = tuple(StepPart)

_FLOOR = {
    StepPart.REST: "Alpha {alpha} takes it {percent} % of the way to the floor of its "
    "bowl at {floor}.",
    StepPart.LEARN: "Alpha {alpha} took it {percent} % of the way to the floor of its "
    "bowl at {floor}.",
}
_PAST = {
    StepPart.REST: "Alpha {alpha} takes it past the floor of its bowl at {floor}: {reach} "
    "times as far.",
    StepPart.LEARN: "Alpha {alpha} took it past the floor of its bowl at {floor}: {reach} "
    "times as far.",
}
_SLOPE = (
    "The slope of its bowl is 2 × weight_delta = {slope}: the error falls as NAME rises.",
    "The slope of its bowl is 2 × weight_delta = {slope}: the error falls as NAME falls.",
)
_LIMIT = (
    "Freezing it raises the limit of alpha for OUTPUT, 2 / s, from {before} to {after} on this "
    "example."
)
_FIRST = {
    ("frozen", False): "NAME is frozen and keeps {weight}: its weight_delta, delta {delta} × INPUT "
    "{x} = {weight_delta}, is set to 0.",
    ("frozen", True): "NAME is frozen and kept {weight}: its weight_delta, delta {delta} × INPUT "
    "{x} = {weight_delta}, was set to 0.",
    ("no delta", False): "NAME stays at {weight}: OUTPUT is on its target, its delta is 0.",
    ("no delta", True): "NAME stayed at {weight}: OUTPUT was on its target, its delta was 0.",
    ("stopping", False): "Stopping: INPUT is 0, so weight_delta = delta {delta} × 0 = 0 and NAME "
    "stays at {weight}; its bowl is flat.",
    ("stopping", True): "Stopping: INPUT was 0, so weight_delta = delta {delta} × 0 = 0 and NAME "
    "stayed at {weight}; its bowl was flat.",
    ("too small", False): "NAME stays at {weight}: a change of {change} is too small for its last "
    "digit.",
    ("too small", True): "NAME stayed at {weight}: a change of {change} was too small for its last "
    "digit.",
    ("reversal", False): "Negative reversal: INPUT is {x}, below 0, so weight_delta {weight_delta} "
    "has the other sign than delta {delta}, and the next change of NAME is {change}.",
    ("reversal", True): "Negative reversal: INPUT was {x}, below 0, so weight_delta {weight_delta} "
    "had the other sign than delta {delta}, and NAME changed by {change}.",
    ("scaling", False): "Scaling: INPUT is {x}, so weight_delta {weight_delta} is {x} times delta "
    "{delta}, and the next change of NAME is {change}.",
    ("scaling", True): "Scaling: INPUT was {x}, so weight_delta {weight_delta} was {x} times delta "
    "{delta}, and NAME changed by {change}.",
}


def read(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def checked(
    sentence: str, pattern: str, names: Mapping[str, str], true: Mapping[str, float]
) -> None:
    """The sentence is made after the pattern, and each of its numbers is the true one."""
    slots = re.findall(r"\{(\w+)\}", pattern)
    regex = re.escape(re.sub(r"\{\w+\}", "\0", pattern)).replace(re.escape("\0"), f"({NUMBER})")
    for placeholder, name in names.items():
        regex = regex.replace(placeholder, re.escape(name))
    found = re.fullmatch(regex, sentence)
    assert found is not None, (sentence, pattern)
    for slot, text in zip(slots, found.groups(), strict=True):
        # Three figures are the fewest that are written.
        places = 0.006 if slot in ("percent", "reach") else 6e-6
        assert read(text) == pytest.approx(true[slot], rel=places, abs=1e-300), (slot, sentence)


def moment(experiment: Experiment, path: Path, step: int, part: StepPart) -> GraphMoment:
    state = path.state(step)
    if part is StepPart.LEARN:
        after = path.state(step + 1)
        return GraphMoment(
            experiment,
            state,
            StepPart.LEARN,
            False,
            after.weights,
            after.setup.frozen,
            after.weights,
        )
    return GraphMoment(experiment, state, part, False, state.weights, state.setup.frozen)


def numbers_of(state: State, output: int, column: int) -> dict[str, float]:
    """What can be said about a weight, computed one number at a time."""
    x, weight = float(state.inputs[column]), float(state.weights[output, column])
    alpha = float(state.setup.alpha)
    pred = math.fsum(
        float(w) * float(i) for w, i in zip(state.weights[output], state.inputs, strict=True)
    )
    assert float(state.pred[output]) == pytest.approx(pred, rel=1e-9, abs=1e-9)
    # The delta itself is a difference of like numbers; its last figures are the state's own.
    delta = float(state.pred[output]) - float(state.target[output])
    assert delta == float(state.delta[output])
    frozen = [bool(mark) for mark in state.setup.frozen[output]]
    s = math.fsum(float(i) ** 2 for i, held in zip(state.inputs, frozen, strict=True) if not held)
    return {
        "x": x, "weight": weight, "alpha": alpha, "pred": pred, "delta": delta,
        "share": x * weight, "weight_delta": delta * x, "change": -alpha * (delta * x),
        "slope": 2 * delta * x, "floor": weight - delta / x if x else math.nan,
        "reach": alpha * x * x, "percent": 100 * alpha * x * x,
        "after": 2 / s if s else math.inf, "before": 2 / (s + x * x) if s + x * x else math.inf,
    }  # fmt: skip


def cause(state: State, made: float | None, output: int, column: int) -> str:
    """The reason, by its definition."""
    x, delta = float(state.inputs[column]), float(state.delta[output])
    weight, alpha = float(state.weights[output, column]), float(state.setup.alpha)
    new = weight - alpha * (delta * x) if made is None else made
    for name, true in (
        ("frozen", bool(state.setup.frozen[output, column])),
        ("no delta", delta == 0),
        ("stopping", x == 0),
        ("too small", new == weight),
        ("reversal", x < 0),
    ):
        if true:
            return name
    return "scaling"


def check_weight(told: GraphMoment, output: int, column: int) -> str:
    state, part = told.state, told.part
    made = None if told.made is None else float(told.made[output, column])
    reason = why_weight(told, output, column)
    expected = cause(state, made, output, column)
    assert reason.cause == expected
    true = numbers_of(state, output, column)
    experiment = told.experiment
    names = {
        "NAME": told.name(output, column),
        "INPUT": experiment.inputs[column],
        "OUTPUT": experiment.outputs[output],
    }
    first, *more = reason.sentences
    if part is StepPart.PREDICT:
        if true["x"] == 0:
            checked(
                first, "INPUT is 0, so NAME adds nothing to pred, whatever its value.", names, true
            )
            return expected
        checked(
            first, "NAME brings INPUT to OUTPUT: {x} × {weight} = {share} of pred {pred}.", names,
            {**true, "pred": float(state.pred[output])},
        )  # fmt: skip
        checked(more[0], "If NAME were larger by 1, pred would change by {x}.", names, true)
        return expected
    checked(first, _FIRST[expected, part is StepPart.LEARN], names, true)
    if expected in ("reversal", "scaling"):
        if part is StepPart.COMPARE:
            checked(more[0], _SLOPE[true["weight_delta"] > 0], names, true)
        elif more:
            patterns = _PAST if true["reach"] > 1 else _FLOOR
            checked(more[0], patterns[part], names, true)
        else:
            assert not math.isfinite(true["floor"])
    elif expected == "frozen" and more:
        if true["x"] == 0:
            assert more[0] == f"Freezing it changes nothing here: {names['INPUT']} is 0."
        elif math.isinf(true["after"]):
            assert more[
                0
            ] == f"With it frozen, no weight of {names['OUTPUT']} can move on this " + ("example.")
        else:
            checked(more[0], _LIMIT, names, true)
            assert true["before"] < true["after"]
    return expected


def random_experiment(seed: int) -> Experiment:
    rng = np.random.default_rng(seed)
    shape = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    order = rng.choice(["first", "cycle", "shuffle"])
    setup, weights = made_up(
        int(rng.integers(1, 5)), order, shape=shape,
        reach=float(rng.choice([0.01, 0.6, 1.5, 1.95])),
        frozen=float(rng.choice([0.0, 0.3, 0.9])), seed=seed,
    )  # fmt: skip
    inputs, targets = setup.examples.base_inputs.copy(), setup.examples.base_targets.copy()
    kind = seed % 4
    if kind == 1:  # inputs that stop
        inputs[rng.random(inputs.shape) < 0.5] = 0.0
    elif kind == 2:  # an example that is right to the last bit, or very nearly
        targets[:] = inputs @ weights.T
        targets[rng.random(targets.shape) < 0.3] += 1e-15
    elif kind == 3:  # numbers of very different sizes
        inputs *= 10.0 ** rng.integers(-9, 4, inputs.shape)
    setup = replace(setup, examples=Examples(inputs, targets))
    names = [f"in {at}" for at in range(shape[1])], [f"out {at}" for at in range(shape[0])]
    return Experiment("made up", "", tuple(names[0]), tuple(names[1]), setup, weights)


def test_ten_thousand_reasons_are_true_and_so_is_every_number_in_them() -> None:
    seen: Counter[str] = Counter()
    rng = np.random.default_rng(7)
    seed = 0
    while seen.total() < 10_000:
        experiment = random_experiment(seed)
        seed += 1
        path = new_path(experiment)
        path.extend(8)
        for step in sorted(set(rng.integers(0, max(1, path.length), 3).tolist())):
            if step >= path.length:
                continue
            for part in PARTS:
                told = moment(experiment, path, step, part)
                for output, column in np.ndindex(experiment.weights.shape):
                    seen[check_weight(told, output, column)] += 1

    assert min(seen.values()) > 100
    assert set(seen) == {"frozen", "no delta", "stopping", "too small", "reversal", "scaling"}


def test_the_reasons_of_an_output_are_computed_from_its_numbers() -> None:
    for seed in range(120):
        experiment = random_experiment(seed)
        path = new_path(experiment)
        path.extend(3)
        for part in PARTS:
            told = moment(experiment, path, min(1, path.length - 1), part)
            state = told.state
            for output, name in enumerate(experiment.outputs):
                sentences = why_output(told, output)
                delta = float(state.delta[output])
                free = ~state.setup.frozen[output]
                s = math.fsum(float(x) ** 2 for x in state.inputs[free])
                true = {
                    "delta": delta, "off": abs(delta), "error": delta * delta, "s": s,
                    "target": float(state.target[output]), "alpha": state.setup.alpha,
                }  # fmt: skip
                names = {"OUTPUT": name}
                if part is not StepPart.PREDICT and delta:
                    side = "below" if delta < 0 else "above"
                    checked(
                        sentences[0],
                        f"OUTPUT is {{off}} {side} its target {{target}}: delta {{delta}}, "
                        "error delta² = {error}.",
                        names, true,
                    )  # fmt: skip
                if part in (StepPart.REST, StepPart.LEARN):
                    assert ("None of its weights can move" in sentences[1]) == (s == 0)
                    if s and free.all():
                        found = re.search(rf"= ({NUMBER}) on this example", sentences[1])
                        assert found is not None
                        factor = 1 - state.setup.alpha * s
                        assert read(found[1]) == pytest.approx(factor, rel=1e-5, abs=1e-9)


def test_the_chapter_asks_why_and_is_answered() -> None:
    experiment = open_experiment("Alpha too large")
    path = new_path(experiment)
    path.extend(2)
    assert why(moment(experiment, path, 0, StepPart.REST), (0, 0)) == (
        (
            "Scaling: toes is 8.5, so weight_delta −1.19 is 8.5 times delta −0.14, and the next "
            "change of a is +0.119."
        ),
        "Alpha 0.1 takes it past the floor of its bowl at 0.116471: 7.23 times as far.",
    )
    assert why(moment(experiment, path, 0, StepPart.REST), (0, None)) == (
        "win is 0.14 below its target 1: delta −0.14, error delta² = 0.0196.",
        (
            "The next update multiplies delta by 1 − alpha × s = 1 − 0.1 × 74.1125 = −6.41125 on "
            "this example."
        ),
        "s is the sum of the squared inputs.",
    )
    frozen = open_experiment("Freezing one weight")
    path = new_path(frozen)
    path.extend(1)
    assert why(moment(frozen, path, 0, StepPart.LEARN), (0, 0)) == (
        "a is frozen and kept 0.1: its weight_delta, delta −0.14 × toes 8.5 = −1.19, was set to 0.",
        (
            "Freezing it raises the limit of alpha for win, 2 / s, from 0.026986 to 1.07383 on "
            "this example."
        ),
    )
    assert why(moment(frozen, path, 0, StepPart.LEARN), (0, None))[2] == (
        "s is the sum of the squared inputs, less that of 1 frozen weight."
    )
    assert why(moment(frozen, path, 0, StepPart.REST), (None, None)) == ()
    assert why_input(moment(frozen, path, 0, StepPart.REST), 1) == (
        "Scaling: win/loss is 0.65, so each of its weight_deltas is 0.65 times its delta.",
    )


def _one(inputs: list[float], targets: list[float], alpha: float, frozen: list[list[bool]]) -> str:
    """Why no weight moved, of weights that are all 1."""
    weights = [[1.0] * len(inputs)] * len(targets)
    experiment = experiment_of([inputs], [targets], weights, alpha, frozen=frozen)
    state = new_path(experiment).state(0)
    made = learn(state.weights, state.weight_delta, alpha, state.setup.frozen)
    assert (made == state.weights).all()
    told = GraphMoment(experiment, state, StepPart.LEARN, False, made, state.setup.frozen, made)
    assert explain(told)[0] == why_none_moved(told)
    return why_none_moved(told).removeprefix("No weight moved: ")


def test_no_weight_moved_for_a_reason_that_is_true() -> None:
    free, held = [[False, False]], [[True, True]]
    small = "each change is too small to alter its weight's last digit"
    assert _one([1, 2], [5], 0.1, held) == "every weight is frozen"
    assert _one([1, 2], [3], 0.1, free) == "the delta is 0 wherever a weight is not frozen"
    assert _one([0, 0], [5], 0.1, free) == "every input of an unfrozen weight is 0"
    assert _one([1, 2], [3 + 4e-15], 0.001, free) == small
    assert _one([1, 0], [5, 1], 0.1, [[True, False], [False, False]]) == (
        "where a delta is not 0, every unfrozen input is"
    )
    assert _one([0, 1e-200], [1e-150, 1e-150], 1e-9, [[False, False], [True, True]]) == small


@pytest.mark.parametrize("tiny", [5e-324, 1e-200, -1e-160])
def test_inputs_that_are_almost_0_are_not_said_to_be(tiny: float) -> None:
    experiment = experiment_of([[tiny, 3.0]], [[1.0]], [[0.0, 0.5]], 0.5, frozen=[[False, True]])
    path = new_path(experiment)
    path.extend(1)
    for part in (StepPart.REST, StepPart.LEARN):
        told = moment(experiment, path, 0, part)
        said = " ".join((*why_output(told, 0), *why_weight(told, 0, 1).sentences))
        assert "can move" not in said
        assert "input is 0" not in said
        assert "almost 0" in said
