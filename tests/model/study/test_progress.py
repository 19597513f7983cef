"""Stuck, slow or settled: each verdict against a plain loop that runs on and sees."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from model.curves import alpha_zones
from model.examples import Examples, Order, Schedule
from model.files.library import open_experiment
from model.network import Floats
from model.path import Path
from model.setup import Setup
from model.study.ahead import look_ahead
from model.study.causes import causes, smallest_clash
from model.study.floor import floor
from model.study.progress import Progress, by_its_sweeps, look_at, progress
from model.study.shuffled import expect
from model.study.words import told

Rows = list[list[float]]
SEASON = [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3], [9.9, 0.8, 0.5], [9.0, 0.9, 1.0]]
WINS = [[1.0], [1.0], [0.0], [1.0]]


def setup_of(
    inputs: Rows, targets: Rows, alpha: float, order: Order = "cycle", frozen: object = None
) -> Setup:
    x, t = np.array(inputs), np.array(targets)
    mask = np.zeros((t.shape[1], x.shape[1]), dtype=bool)
    if frozen is not None:
        mask |= np.array(frozen)
    return Setup(Examples(x, t), Schedule(order, len(x)), alpha, mask)


class Loop:
    """One output in plain lists: so many steps, and the mean error between them."""

    def __init__(self, setup: Setup, weights: Floats) -> None:
        self.inputs = setup.examples.base_inputs.tolist()
        self.targets = [row[0] for row in setup.examples.base_targets.tolist()]
        self.frozen = setup.frozen[0].tolist()
        self.alpha, self.weights, self.step = setup.alpha, weights[0].tolist(), 0

    def take(self, example: int) -> None:
        x = self.inputs[example]
        delta = sum(w * a for w, a in zip(self.weights, x, strict=True)) - self.targets[example]
        for at, a in enumerate(x):
            if not self.frozen[at]:
                self.weights[at] -= self.alpha * delta * a

    def sweep(self, n: int = 1) -> None:
        for _ in range(n * len(self.inputs)):
            self.take(self.step % len(self.inputs))
            self.step += 1

    @property
    def error(self) -> float:
        each = [
            (sum(w * a for w, a in zip(self.weights, x, strict=True)) - t) ** 2
            for x, t in zip(self.inputs, self.targets, strict=True)
        ]
        return float(sum(each) / len(each))


def judged(setup: Setup, weights: Floats, step: int) -> Progress:
    path = Path(setup, weights)
    path.extend(step)
    least = float(floor(setup, path.weights(path.length)).held.mean())
    return progress(look_at(path, path.length), least, alpha_zones(setup))


START = np.array([[0.1, 0.2, -0.1]])


def test_a_run_that_settles_above_the_floor_ends_where_a_loop_ends() -> None:
    setup = setup_of(SEASON, WINS, 0.02)
    loop = Loop(setup, START)
    for sweep in (0, 3):
        loop.sweep(sweep)
        found = judged(setup, START, loop.step)
        assert found.kind == "end above"
        assert found.error == pytest.approx(loop.error, rel=1e-9)
        assert found.steps is not None
        assert found.end is not None
        on = Loop(setup, np.array([loop.weights]))
        on.sweep(found.steps // 4)
        near = found.end + 0.01 * (found.end - found.floor)
        assert on.error <= near
        before = Loop(setup, np.array([loop.weights]))
        before.sweep(found.steps // 4 - 1)
        assert before.error > near
        on.sweep(20_000)
        assert on.error == pytest.approx(found.end, rel=2e-4)


def test_stuck_is_told_from_slow() -> None:
    # The same error, still above the same floor, twice: there for good, and on the way down.
    settled = judged(setup_of(SEASON, WINS, 0.02), START, 100_000)
    assert settled.kind == "unsettled"
    assert settled.error > 10 * settled.floor
    assert settled.smaller_end is not None
    assert settled.smaller_end < settled.error
    slow = judged(setup_of(SEASON, WINS, 0.0005), START, 100)
    assert slow.kind == "falling"
    assert slow.error > 10 * slow.floor
    assert slow.steps is not None
    assert slow.steps > 100_000


def test_a_run_that_only_needs_time_needs_as_much_as_a_loop() -> None:
    setup = setup_of([[1.0, 0.5], [0.5, 1.0]], [[1.0], [2.0]], 0.1)
    found = judged(setup, np.zeros((1, 2)), 0)
    assert (found.kind, found.floor) == ("falling", 0.0)
    loop, sweeps = Loop(setup, np.zeros((1, 2))), 0
    while loop.error > 1e-9 * 2.5:
        loop.sweep()
        sweeps += 1
    assert found.steps == 2 * sweeps
    assert judged(setup, np.zeros((1, 2)), 2 * sweeps).kind == "done"


def test_growing_and_never_ending() -> None:
    assert judged(setup_of(SEASON, WINS, 0.024), START, 0).kind == "grows"
    loop = Loop(setup_of(SEASON, WINS, 0.024), START)
    loop.sweep(40)
    assert loop.error > 10.0
    # On the limit each update undoes the one before.
    assert judged(setup_of([[2.0]], [[1.0]], 0.5, "first"), np.zeros((1, 1)), 3).kind == "for ever"


@pytest.mark.parametrize("order", ["cycle", "shuffle"])
def test_an_alpha_beyond_all_numbers_grows(order: Order) -> None:
    rng = np.random.default_rng(1)
    inputs, targets = rng.normal(size=(150, 3)) * 1e6, rng.normal(size=(150, 1))
    setup = setup_of(inputs.tolist(), targets.tolist(), 1e9, order)
    assert judged(setup, START, 0).kind == "grows"
    still = setup_of([[0.0, 0.0]], [[1.0]], 1.0, order)
    assert judged(still, np.zeros((1, 2)), 0).kind == "done"


def test_what_a_shuffle_is_to_be_expected_of_is_the_mean_over_all_orders() -> None:
    setup = setup_of(SEASON[:3], WINS[:3], 0.012, "shuffle", [[False, False, True]])
    start = np.array([[0.9, 0.2, -0.1]])
    found = expect(setup, start)
    loops = [Loop(setup, start)]
    for sweeps in (0, 1, 2):
        assert found.after(sweeps) == pytest.approx(
            sum(loop.error for loop in loops) / len(loops), rel=1e-10
        )
        further = []
        for loop in loops:
            for order in permutations(range(3)):
                on = Loop(setup, np.array([loop.weights]))
                for example in order:
                    on.take(example)
                further.append(on)
        loops = further
    assert found.settles
    # Half of what is to come is left when so many sweeps have passed, and not before.
    half = (found.after(0) + found.end) / 2
    sweeps_to_half = found.sweeps_until(half)
    assert sweeps_to_half is not None
    assert found.after(sweeps_to_half) <= half < found.after(sweeps_to_half - 1)


def test_a_shuffle_that_is_slow_is_not_called_stuck() -> None:
    early = judged(setup_of(SEASON, WINS, 0.01, "shuffle"), START, 200)
    assert early.kind == "end above"
    late = judged(setup_of(SEASON, WINS, 0.01, "shuffle"), START, 60_000)
    assert (late.kind, late.shuffled) == ("unsettled", True)
    path = Path(setup_of(SEASON, WINS, 0.01, "shuffle"), START)
    path.extend(60_000)
    errors = [
        Loop(setup_of(SEASON, WINS, 0.01), path.weights(step)).error
        for step in range(40_000, 60_000, 8)
    ]
    assert late.end == pytest.approx(sum(errors) / len(errors), rel=0.05)


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ([5.0, 4.0, 3.0, 2.5], "falling"),
        ([2.0, 4.0, 3.0, 3.5], "unsettled"),
        ([2.0, 2.1, 3.0, 9.0], "grows"),
        ([3.0, 2.0], "falling"),
        ([2.0], "new"),
        ([5.0, 1.004], "done"),
    ],
)
def test_where_no_end_is_known_the_last_sweeps_decide(errors: list[float], kind: str) -> None:
    found = by_its_sweeps(errors, 1.0, 1.0, 100)
    assert found.kind == kind
    assert (found.low, found.high) == (min(errors), max(errors))


def test_sweeps_before_a_change_say_nothing() -> None:
    digits = open_experiment("Digits, 8x8")
    path = Path(digits.setup, digits.weights)
    n = digits.setup.schedule.n_examples
    path.extend(n)
    assert len(look_at(path, n).sweeps) == 2
    assert len(look_at(path, n - 1).sweeps) == 1
    found = progress(look_at(path, n), 0.0293, alpha_zones(digits.setup))
    assert found.kind == "falling"
    assert found.share is not None
    assert found.share > 0.5


# -- why ------------------------------------------------------------------------------------


def test_the_fewest_examples_that_contradict_are_named() -> None:
    x = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
    fits = x @ np.array([[3.0], [4.0]])
    assert smallest_clash(x, fits) == ()
    proportional, several, same = fits.copy(), fits.copy(), fits.copy()
    proportional[2] += 1.0
    assert smallest_clash(x, proportional) == (0, 2)
    several[3] += 1.0
    assert smallest_clash(x, several) == (0, 1, 3)
    same[4] += 1.0
    assert smallest_clash(x, same) == (0, 4)
    assert smallest_clash(np.zeros((1, 2)), np.ones((1, 1))) == (0,)


def said(setup: Setup, weights: Floats, step: int) -> str:
    experiment = replace(
        open_experiment("The whole season"), setup=setup, weights=weights,
        inputs=tuple("abc"[: weights.shape[1]]),
    )  # fmt: skip
    path = Path(setup, weights)
    path.extend(step)
    found = floor(setup, path.weights(path.length))
    zones = alpha_zones(setup)
    run = progress(look_at(path, path.length), float(found.held.mean()), zones)
    why = causes(setup, path.weights(path.length), found)
    return told(experiment, setup, run, why, zones).text


def test_what_keeps_it_from_zero_is_said_with_its_numbers() -> None:
    one = np.zeros((1, 1))
    same = said(setup_of([[2.0], [2.0]], [[1.0], [4.0]], 0.001), one, 9000)
    assert "On the floor: mean error 2.25" in same
    assert same.endswith("Examples 1 and 2 have the same inputs and different targets.")
    centred = said(setup_of([[-1.0], [0.0], [1.0]], [[3.0], [4.0], [5.0]], 0.01), one, 3000)
    assert centred.endswith("An input that is always 1 would bring the floor to 0.")
    frozen = setup_of([[1.0, 0.0], [0.0, 1.0]], [[1.0], [2.0]], 0.1, frozen=[[True, False]])
    assert said(frozen, np.array([[3.0, 0.0]]), 400).endswith(
        "Weight a is frozen; without that the floor would be 0."
    )
    both = replace(frozen, frozen=np.array([[True, True]]))
    assert "Weights a, b are frozen: with b free the floor would be 2.0000" in said(
        both, np.array([[3.0, -9.0]]), 4
    )
    large = said(setup_of(SEASON, WINS, 0.02), START, 100_000)
    assert large.startswith("Stuck above the floor 0.0040: alpha 0.02 is too large to settle")
    assert "Limit 0.02022; half of it, 0.01011, would end at 0.0060" in large
    assert said(setup_of(SEASON, WINS, 0.0005), START, 100).startswith("Still falling")


def test_the_end_of_a_sweep_of_several_outputs_is_that_of_each_alone() -> None:
    both = setup_of(SEASON, [[1.0, 0.1], [1.0, 0.0], [0.0, 0.0], [1.0, 0.1]], 0.015)
    both = replace(both, frozen=np.array([[False, True, False], [False, False, False]]))
    weights = np.array([[0.1, 0.2, -0.1], [0.3, 0.0, 0.2]])
    alone = [
        look_ahead(
            setup_of(SEASON, both.examples.base_targets[:, [at]].tolist(), 0.015,
                     frozen=both.frozen[[at]]),
            weights[[at]], 2,
        )
        for at in (0, 1)
    ]  # fmt: skip
    together = look_ahead(both, weights, 2)
    assert together.end == pytest.approx((alone[0].end + alone[1].end) / 2, rel=1e-9)
    assert together.growth == pytest.approx(max(each.growth for each in alone), rel=1e-9)
