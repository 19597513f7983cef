"""The figures of lessons 8 to 12 once more, by lists and a loop, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from model.files.mnist import load_digits8
from tests.model.lessons.course.asked import number, said
from tests.model.reference import Bench, Step, walk

Table = list[list[float]]

OUTPUTS = ("hurt", "win", "sad")
X, TARGETS = [8.5, 0.65, 1.2], [0.1, 1.0, 0.1]
NINE: Table = [[0.1, 0.1, -0.3], [0.1, 0.2, 0.0], [0.0, 1.3, 0.1]]
THREE: Table = [[0.3], [0.2], [0.9]]
GAMES = [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3], [9.9, 0.8, 0.5], [9.0, 0.9, 1.0]]
WON = [1.0, 1.0, 0.0, 1.0]


def steps_of(
    x: list[float], targets: list[float], weights: Table, alpha: float
) -> list[Step[float]]:
    """The first twenty steps on a single example."""
    free = [[False] * len(x) for _ in targets]
    bench = Bench([x], [targets], [[*row] for row in weights], free, alpha)
    return walk(bench, [0] * 21)


def season(alpha: float, steps: int) -> list[list[float]]:
    """The weights before each step of a season, one game after the other, and after the last."""
    weights, found = [0.1, 0.2, -0.1], []
    for step in range(steps + 1):
        found.append([*weights])
        game, won = GAMES[step % 4], WON[step % 4]
        delta = sum(w * x for w, x in zip(weights, game, strict=True)) - won
        weights = [w - alpha * delta * x for w, x in zip(weights, game, strict=True)]
    return found


def errors(weights: list[float]) -> list[float]:
    """The errors of the four games with the same weights."""
    return [
        (sum(w * x for w, x in zip(weights, game, strict=True)) - won) ** 2
        for game, won in zip(GAMES, WON, strict=True)
    ]


# -- 8: several outputs --------------------------------------------------------------------------


def test_three_outputs_of_one_input() -> None:
    found = steps_of([0.65], TARGETS, THREE, 0.1)

    assert found[0].delta == pytest.approx([0.095, -0.87, 0.485])
    assert [row[0] for row in found[0].weight_delta] == pytest.approx([0.06175, -0.5655, 0.31525])
    for place, name in enumerate(OUTPUTS):
        for step in (0, 1, 16):
            asked = number("several-outputs", 5, f"at({step}).delta[{name}]")
            assert asked == pytest.approx(found[step].delta[place], rel=1e-12)
            # The share is the same for all of them, and halves them in sixteen steps.
            assert asked == pytest.approx(found[0].delta[place] * 0.95775**step, rel=1e-9)
    assert pytest.approx(0.5, abs=0.0013) == 0.95775**16
    assert 0.95775**17 < 0.5
    assert sum(found[0].error) == pytest.approx(1.0012, abs=6e-5)
    assert sum(found[1].error) == pytest.approx(0.9183, abs=5e-5)


def test_a_padlock_on_win_changes_nothing_for_the_others() -> None:
    for name in ("hurt", "sad"):
        beside = number("several-outputs", 4, f"b_frozen.at(1).pred[{name}]")
        assert beside == number("several-outputs", 4, f"begin.at(1).pred[{name}]")
    assert number("several-outputs", 4, "b_frozen.at(1).pred[win]") == pytest.approx(0.13)


# -- 9: several inputs and outputs ---------------------------------------------------------------


def test_the_table_of_nine_and_the_other_way_round() -> None:
    first, second, *_ = steps_of(X, TARGETS, NINE, 0.01)

    table = [first.weight_delta[row][column] for row in range(3) for column in range(3)]
    for letter, expected in zip("abcdefghi", table, strict=True):
        found = number("inputs-and-outputs", 3, f"start.weight_delta[{letter}]")
        assert found == pytest.approx(expected, rel=1e-12)
    assert max(table) == table["abcdefghi".index("g")] == pytest.approx(7.3525)
    assert table[3:6] == pytest.approx([-0.17, -0.013, -0.024])
    assert first.error == pytest.approx([0.2070, 0.0004, 0.7482], abs=5e-5)
    assert second.error == pytest.approx([0.0139, 0.00003, 0.0501], abs=5e-5)
    assert sum(first.error) == pytest.approx(0.9557, abs=6e-5)
    assert sum(second.error) == pytest.approx(0.0640, abs=5e-5)
    exchanged = [0.65 * delta for delta in first.delta]
    assert exchanged == pytest.approx([0.29575, -0.013, 0.56225])


# -- 10: the four slips --------------------------------------------------------------------------


def slipped(
    x: list[float],
    targets: list[float],
    weights: Table,
    alpha: float,
    moved: Callable[[list[float], list[float], Table], Table],
) -> list[list[float]]:
    """The errors of the outputs before each of a hundred steps, with a wrong weight_delta."""
    weights, found = [[*row] for row in weights], []
    for _ in range(101):
        deltas = [
            sum(w * n for w, n in zip(row, x, strict=True)) - target
            for row, target in zip(weights, targets, strict=True)
        ]
        found.append([delta * delta for delta in deltas])
        table = moved(x, deltas, weights)
        weights = [
            [w - alpha * m for w, m in zip(row, moves, strict=True)]
            for row, moves in zip(weights, table, strict=True)
        ]
    return found


def transposed(x: list[float], deltas: list[float], _: Table) -> Table:
    return [[number * delta for delta in deltas] for number in x]


def input_times_weights(x: list[float], _: list[float], weights: Table) -> Table:
    return [[number * w for number, w in zip(x, row, strict=True)] for row in weights]


def one_delta(x: list[float], deltas: list[float], _: Table) -> Table:
    return [[deltas[-1] * number for number in x] for _ in deltas]


def sign(x: list[float], deltas: list[float], _: Table) -> Table:
    return [[-delta * number for number in x] for delta in deltas]


# Page, the slip, its wrong table, what it is run on, and the total errors that are printed of it.
SLIPS = [
    (2, "transposed", transposed, (X, TARGETS, NINE, 0.01), [0.9557, 0.6543, 0.6341, 0.6328]),
    (3, "input_times_weights", input_times_weights, ([0.65], TARGETS, THREE, 0.1),
     [1.0012, 0.9782, 0.9599]),
    (4, "one_delta", one_delta, (X, TARGETS, NINE, 0.01), [0.9557, 0.5218]),
    (5, "sign", sign, (X, [1.0], [[0.1, 0.2, -0.1]], 0.01), [0.0196, 0.0594]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "slip", "moved", "bench", "printed"), SLIPS)
def test_a_slip_makes_what_it_says(
    page: int,
    slip: str,
    moved: Callable[[list[float], list[float], Table], Table],
    bench: tuple[list[float], list[float], Table, float],
    printed: list[float],
) -> None:
    found = slipped(*bench, moved)

    totals = [sum(row) for row in found[: len(printed)]]
    assert totals == pytest.approx(printed, abs=6e-5)
    for step in (0, 1, 2, 3, 20):
        asked = number("four-slips", page, f"slip.{slip}.at({step}).total_error")
        assert asked == pytest.approx(sum(found[step]), rel=1e-9)
    falls = totals[1] < totals[0]
    assert falls is (slip != "sign")


def test_what_gives_each_slip_away() -> None:
    stalled = slipped(*SLIPS[0][3], SLIPS[0][2])
    assert sum(stalled[20]) == pytest.approx(sum(stalled[100]), abs=1e-9)
    assert sum(stalled[100]) == pytest.approx(0.6327, abs=5e-5)
    shrinking = slipped(*SLIPS[1][3], SLIPS[1][2])
    assert [row[1] for row in shrinking[:2]] == pytest.approx([0.7569, 0.7717], abs=5e-5)
    assert sum(shrinking[100]) > sum(shrinking[0])
    assert number("four-slips", 3, "slip.input_times_weights.at(1).w[a] / start.w[a]") == (
        pytest.approx(0.935)
    )
    assert number("four-slips", 4, "slip.one_delta.at(1).pred[win]") == pytest.approx(
        0.34, abs=2e-3
    )
    assert number("four-slips", 5, "slip.sign.at(1).pred") == pytest.approx(0.756, abs=5e-4)


def test_the_fifth_listing_is_right() -> None:
    a = 0.1 + 0.01 * 8.5 * (0.1 - 0.555)
    assert number("four-slips", 7, "at(1).w[a]") == pytest.approx(a, rel=1e-12)


# -- 11: the season ------------------------------------------------------------------------------


def test_a_step_for_one_game() -> None:
    weights = season(0.01, 12)

    before, after = errors(weights[2]), errors(weights[3])
    assert (before[2], after[2]) == pytest.approx((1.272, 0.0002), abs=5e-4)
    assert (sum(before), sum(after)) == pytest.approx((1.29, 3.33), abs=5e-3)
    assert number("whole-season", 1, "at(1).examples_error") == pytest.approx(sum(after))
    for game in (1, 2, 3, 4):
        asked = number("whole-season", 1, f"at(1).error_of({game})")
        assert asked == pytest.approx(after[game - 1], rel=1e-9)
    for step in range(8):
        asked = number("whole-season", 2, f"at({step}).error")
        assert asked == pytest.approx(errors(weights[step])[step % 4], rel=1e-9)


def test_the_guarantee_is_no_threshold() -> None:
    limit = 2 / max(sum(x * x for x in game) for game in GAMES)
    assert limit == pytest.approx(0.020222, abs=5e-7)
    assert number("whole-season", 4, "start.limit") == pytest.approx(limit)

    above, far = season(0.0205, 1000), season(0.024, 200)
    for step in (20, 400, 1000):
        asked = number("whole-season", 4, f"beyond.at({step}).examples_error")
        assert asked == pytest.approx(sum(errors(above[step])), rel=1e-9)
    assert sum(errors(above[1000])) < sum(errors(above[0])) < sum(errors(above[20]))
    assert sum(errors(far[200])) > 1e9


def test_a_tenth_of_alpha_is_calmer() -> None:
    loud, calm = season(0.01, 40), season(0.001, 40)
    swing = [
        max(sum(errors(weights[step])) for step in range(36, 41))
        - min(sum(errors(weights[step])) for step in range(36, 41))
        for weights in (loud, calm)
    ]
    assert swing[1] < 0.01 * swing[0]


# -- 12: many weights ----------------------------------------------------------------------------


@cache
def digits(steps: int) -> Table:
    """The weights of the ten pictures after so many steps."""
    digits8 = load_digits8()
    images, labels = digits8.images.tolist(), digits8.labels.tolist()
    weights = [[0.0] * 64 for _ in range(10)]
    for step in range(steps):
        image, label = images[step % 1500], labels[step % 1500]
        for output, row in enumerate(weights):
            delta = sum(w * x for w, x in zip(row, image, strict=True)) - (output == label)
            weights[output] = [w - 0.01 * delta * x for w, x in zip(row, image, strict=True)]
    return weights


def test_pictures_get_ink_one_after_the_other() -> None:
    one, two = digits(1), digits(2)

    assert [sum(w != 0 for w in row) for row in one] == [35] + 9 * [0]
    second = load_digits8().images.tolist()[1]
    assert sum(w * x for w, x in zip(one[0], second, strict=True)) == pytest.approx(0.073, abs=5e-4)
    assert sum(w < 0 for w in two[0]) == 8
    assert sum(any(row) for row in two) == 2
    assert number("many-weights", 3, "at(1).against(0)") == 8
    assert number("many-weights", 3, "at(1).ink(1)") == sum(w != 0 for w in two[1])


def test_thirty_weights_of_three_pixels_never_move() -> None:
    blank = [place for place, column in enumerate(zip(*load_digits8().images.tolist(), strict=True))
             if not any(column)]  # fmt: skip
    assert blank == [0, 32, 39]
    weights = digits(1500)
    still = [(row, column) for row in range(10) for column in range(64) if not weights[row][column]]
    assert still == [(row, column) for row in range(10) for column in blank]
    assert number("many-weights", 4, "start.blank * start.outputs") == len(still) == 30


def test_more_than_four_in_five_of_the_held_out_images_are_read() -> None:
    digits8, weights = load_digits8(), digits(1500)
    right = 0
    for image, label in zip(
        digits8.held_out_images.tolist(), digits8.held_out_labels.tolist(), strict=True
    ):
        scores = [sum(w * x for w, x in zip(row, image, strict=True)) for row in weights]
        right += scores.index(max(scores)) == label
    share = right / len(digits8.held_out_labels)
    assert share > 0.8
    assert number("many-weights", 7, "at(1500).held_out") == pytest.approx(share)


# -- what is said to the right answers -----------------------------------------------------------

SAID = {
    ("several-outputs", "without_win"): ("0.190986", "0.564509"),
    ("several-outputs", "first"): ("0.95775",),
    ("inputs-and-outputs", "largest"): ("0.865", "8.5"),
    ("inputs-and-outputs", "outer"): ("−0.17", "−0.013", "−0.024"),
    ("four-slips", "transposed"): ("0.9557", "0.6543", "0.6341", "0.6328", "0.6327"),
    ("four-slips", "products"): ("1.001", "0.9782", "0.9599", "0.7569", "0.7717"),
    ("four-slips", "one_delta"): ("0.9557", "0.5218", "0.98", "0.3389"),
    ("four-slips", "sign"): ("0.0196", "0.05942"),
    ("whole-season", "good_step"): ("1.286", "3.329"),
    ("whole-season", "curve"): ("1.272", "1.251"),
    ("many-weights", "second"): ("0.073",),
    ("many-weights", "untouched"): ("30", "3 pixels"),
    ("many-weights", "new_images"): ("83.8 %",),
}


@pytest.mark.parametrize(("ident", "question"), SAID)
def test_right_choices_say_these_figures(ident: str, question: str) -> None:
    words = said(ident, question)
    for figure in SAID[ident, question]:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", words), (figure, words)
