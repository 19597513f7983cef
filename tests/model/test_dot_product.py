"""A dot product taken apart, added up in any order, and put into words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dot_product import DotProduct, Groups, by_element, by_row, largest_first, running_sums
from model.files.library import open_experiment
from model.network import Floats, predict
from model.path.saved import new_path
from model.words.dot_product import pixels_in_words, vectors_in_words

VECTORS = {
    "a": [0.0, 1.0, 0.0, 1.0],
    "b": [1.0, 0.0, 1.0, 0.0],
    "c": [0.0, 1.0, 1.0, 0.0],
    "d": [0.5, 0.0, 0.5, 0.0],
    "e": [0.0, 1.0, -1.0, 0.0],
}
NAMES = ("x1", "x2", "x3", "x4")
numbers = st.floats(-1e3, 1e3)
pairs = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30)


def plain_loop(inputs: list[float], weights: list[float]) -> tuple[list[float], float]:
    products, total = [], 0.0
    for x, w in zip(inputs, weights, strict=True):
        products.append(x * w)
        total += x * w
    return products, total


def split(pairs: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    return np.array([x for x, _ in pairs]), np.array([w for _, w in pairs])


def say(pair: str) -> str:
    return vectors_in_words(np.array(VECTORS[pair[0]]), np.array(VECTORS[pair[1]]), NAMES)


# -- numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "score"), [("ab", 0), ("bc", 1), ("bd", 1), ("cc", 2), ("dd", 0.5), ("ce", 0)]
)
def test_the_published_pairs(pair: str, score: float) -> None:
    dot = DotProduct.of(np.array(VECTORS[pair[0]]), np.array(VECTORS[pair[1]]))

    assert dot.score == score
    assert dot.votes_for + dot.votes_against == score


@given(pairs)
def test_products_votes_and_score_are_those_of_a_plain_loop(
    pairs: list[tuple[float, float]],
) -> None:
    inputs, weights = split(pairs)
    dot = DotProduct.of(inputs, weights)

    products, total = plain_loop(inputs.tolist(), weights.tolist())
    size = sum(abs(product) for product in products)
    assert dot.products.tolist() == products
    assert dot.score == pytest.approx(total, rel=0, abs=1e-13 * size)
    assert dot.votes_for == pytest.approx(sum(p for p in products if p > 0), rel=1e-13, abs=0)
    assert dot.votes_against == pytest.approx(sum(p for p in products if p < 0), rel=1e-13, abs=0)
    assert dot.votes_for >= 0 >= dot.votes_against


def test_a_prediction_that_was_made_already_is_the_score_to_the_last_bit() -> None:
    inputs, weights = np.array([0.1, 0.2, 0.3]), np.array([[1.0, 1.0, -1.0]])
    pred = float(predict(weights, inputs)[0])

    assert DotProduct.of(inputs, weights[0], pred).score == pred


@given(pairs, st.sampled_from(["element", "largest"]))
def test_running_sums_one_by_one_are_those_of_a_plain_loop(
    pairs: list[tuple[float, float]], order: str
) -> None:
    products = DotProduct.of(*split(pairs)).products
    groups = by_element(len(products)) if order == "element" else largest_first(products)

    expected, total = [], 0.0
    in_order = products.tolist()
    if order == "largest":
        in_order.sort(key=abs, reverse=True)
    for product in in_order:
        total += product
        expected.append(total)
    assert running_sums(products, groups).tolist() == expected


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_running_sums_row_by_row_are_those_of_a_plain_loop(
    rows: int, columns: int, data: st.DataObject
) -> None:
    n = rows * columns
    products = np.array(data.draw(st.lists(numbers, min_size=n, max_size=n)))
    groups = by_row(n, columns)

    expected, total = [], 0.0
    for row in range(rows):
        for column in range(columns):
            total += float(products[row * columns + column])
        expected.append(total)
    assert len(groups) == rows
    assert running_sums(products, groups).tolist() == expected


@given(st.integers(1, 6), st.integers(1, 6))
def test_every_element_is_added_once_and_the_latest_are_the_new_ones(
    rows: int, columns: int
) -> None:
    n = rows * columns
    products = np.sin(np.arange(n))
    for groups in (by_element(n), by_row(n, columns), largest_first(products)):
        assert sorted(groups.added(len(groups)).tolist()) == list(range(n))
        assert groups.added(0).tolist() == groups.latest(0).tolist() == []
        for before, after in pairwise(range(len(groups) + 1)):
            added = groups.added(before).tolist() + groups.latest(after).tolist()
            assert groups.added(after).tolist() == added


def test_equal_products_are_added_in_order() -> None:
    groups: Groups = largest_first(np.array([1.0, -2.0, 2.0, -1.0]))

    assert groups.order.tolist() == [1, 2, 0, 3]


# -- words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("ab", "High if x1 OR x3. Score 0: nothing in common; each is 0 where the other is not."),
        ("bc", "High if x2 OR x3. Score 1: inputs and weights have x3 in common."),
        ("bd", "High if half x1 OR half x3. Score 1: inputs and weights have x1 and x3 in common."),
        ("cc", "High if x2 OR x3. Score 2: inputs and weights have x2 and x3 in common."),
        ("dd", "High if half x1 OR half x3. Score 0.5: inputs and weights have x1 and x3 in common."
         ),
        ("ce", "High if x2 AND NOT x3. Score 0: the votes cancel; x2 adds 1, x3 takes it away."),
        ("be", "High if x2 AND NOT x3. Score \u22121: inputs and weights are opposed in x3."),
    ],
)  # fmt: skip
def test_the_published_pairs_in_words(pair: str, words: str) -> None:
    assert say(pair) == words


@pytest.mark.parametrize(
    ("weights", "phrase"),
    [
        ([1, 0, 0, 0], "High if x1. "),
        ([1, -1, -1, 0], "High if x1 AND NOT x2 AND NOT x3. "),
        ([1, 0.5, -1, 0], "High if (x1 OR half x2) AND NOT x3. "),
        ([0, -1, 0, -0.5], "Highest if NOT x2 AND NOT half x4. "),
        ([0, 0, 0, 0], "Score 0: all weights are 0."),
    ],
)
def test_weights_of_ones_and_halves_are_a_phrase_of_logic(
    weights: list[float], phrase: str
) -> None:
    assert vectors_in_words(np.array(VECTORS["a"]), np.array(weights), NAMES).startswith(phrase)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=4, max_size=4))
def test_what_the_phrase_asks_for_gets_the_highest_score(weights: list[float]) -> None:
    """All entries that it joins by OR, none of those behind NOT: no other 0/1 vector does better.

    And the phrase is kept by exactly the vectors that have some of the first, none of the second.
    """
    phrase = vectors_in_words(np.ones(4), np.array(weights), NAMES).split(". Score")[0]
    wanted = [name for name in NAMES if name in phrase and f"NOT {name}" not in phrase]
    refused = [name for name in NAMES if f"NOT {name}" in phrase]
    if not any(weights):
        return

    def score(bits: tuple[int, ...]) -> float:
        return plain_loop([float(bit) for bit in bits], weights)[1]

    every = list(np.ndindex(2, 2, 2, 2))
    best = tuple(int(name in wanted) for name in NAMES)
    assert score(best) == max(score(bits) for bits in every)
    for bits in every:
        on = {name for name, bit in zip(NAMES, bits, strict=True) if bit}
        if on & set(wanted) and not on & set(refused):
            assert score(bits) >= 1


def test_other_numbers_say_what_raises_the_score_and_by_how_much() -> None:
    names = ("toes", "win/loss", "fans")
    inputs, weights = np.array([8.5, 0.65, 1.2]), np.array([0.1, 0.2, -0.1])

    assert vectors_in_words(inputs, weights, names) == (
        "More toes or win/loss means a higher score, more fans a lower one. Score 0.86: "
        "in common are toes and win/loss, which add 0.98; fans takes 0.12 away."
    )
    assert vectors_in_words(inputs, -weights, names) == (
        "More fans means a higher score, more toes or win/loss a lower one. Score \u22120.86: "
        "toes and win/loss take 0.98 away, more than the 0.12 of fans."
    )


@pytest.mark.parametrize(
    ("inputs", "weights", "end"),
    [
        ([0, 0], [1, -1], "Score 0: all inputs are 0."),
        ([2, 3], [0, 0], "Score 0: all weights are 0."),
        ([2, 0], [0, 0.3], "Score 0: nothing in common; each is 0 where the other is not."),
        (
            [1e-200, 0], [1e-200, 3],
            "Score 0: every product of input and weight is too small for a number.",
        ),
        ([0.1, 0.2, 0.3], [1, 1, -1], "; n0 and n1 add 0.3, n2 takes it away."),
        ([3], [2], "Score 6: inputs and weights have n0 in common."),
    ],
)  # fmt: skip
def test_special_cases_in_words(inputs: list[float], weights: list[float], end: str) -> None:
    names = [f"n{at}" for at in range(len(inputs))]

    assert vectors_in_words(np.array(inputs), np.array(weights), names).endswith(end)


def test_many_names_are_not_all_listed() -> None:
    names = [f"n{at}" for at in range(40)]

    assert vectors_in_words(np.full(40, 2.0), np.full(40, 3.0), names) == (
        "Score 240: inputs and weights have n0, n1, n2, n3 and 36 more in common."
    )
    assert vectors_in_words(np.ones(40), np.ones(40), names).startswith(
        "High if n0 OR n1 OR n2 OR n3 OR any of 36 more. Score 40:"
    )


@given(pairs)
def test_every_pair_of_vectors_has_words(pairs: list[tuple[float, float]]) -> None:
    inputs, weights = split(pairs)
    words = vectors_in_words(inputs, weights, [f"n{at}" for at in range(len(pairs))])

    score = plain_loop(inputs.tolist(), weights.tolist())[1]
    assert words.endswith(".")
    assert len(words) < 500
    says = words.split("Score ")[1].split(":")[0]
    assert float(says.replace("\u2212", "-")) == pytest.approx(score, rel=1e-3, abs=1e-6)


# -- images -------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([-1.0, 0.0, 2.0]))))
def test_pixels_are_counted_as_a_plain_loop_counts(pairs: list[tuple[float, float]]) -> None:
    dot = DotProduct.of(*split(pairs), score=0.0)
    inked = ayes = noes = 0
    for x, w in pairs:
        inked += x != 0
        ayes += x * w > 0
        noes += x * w < 0

    words = pixels_in_words(dot, "4")
    if not inked:
        assert words == "No pixel has ink, so there is nothing to add up."
    elif not ayes and not noes:
        assert words.endswith("all their weights are 0, so none of them votes.")
    else:
        pixels = "1 inked pixel" if inked == 1 else f"{inked} inked pixels"
        silent = inked - ayes - noes
        rest = f", and {silent} not at all" if silent else ""
        assert words == f"It has {pixels}: {ayes} vote for 4, {noes} against it{rest}."


# -- the experiment -----------------------------------------------------------------------


def test_the_experiment_has_the_vectors_as_examples_and_as_weights() -> None:
    experiment = open_experiment("Dot products")

    rows = list(VECTORS.values())
    assert experiment.setup.examples.base_inputs.tolist() == rows
    assert experiment.weights.tolist() == rows
    assert experiment.outputs == tuple(VECTORS)
    assert experiment.inputs == NAMES
    path = new_path(experiment)
    path.extend(4)
    first = path.state(0)
    for output, vector in enumerate(rows):
        assert float(first.pred[output]) == plain_loop(VECTORS["a"], vector)[1]
    assert [path.state(step).example for step in range(5)] == [0, 1, 2, 3, 4]
