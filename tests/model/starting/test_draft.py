"""What is typed for a new experiment makes one that a file takes, or is told beside its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.examples import ORDERS
from model.files.experiment_file import dump, parse
from model.files.sources import load_images
from model.path.saved import new_path
from model.starting.draft import Draft, read_draft
from model.starting.names import split_names, with_count
from model.starting.numbers import default_inputs
from model.starting.weights import START_KINDS, StartWeights, seed_of

TEXTS = st.sampled_from(
    ["", "0", "1", "-2,5", "1/3", "1e9", "1e12", "abc", "nan", "1e-300", "12 %", "-0", "9" * 19]
) | st.text(max_size=8)
NAMES = st.lists(st.sampled_from(["a", "b", "toes", " ", "x" * 61, "\u2028", "&", "ß"]) |
                 st.text(max_size=6), max_size=4)  # fmt: skip
CELLS = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), TEXTS, max_size=3)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    inputs, outputs = tuple(draw(NAMES)), tuple(draw(NAMES))
    sizes = st.integers(0, 3) | st.just(5_000)
    return Draft(
        draw(st.just("mine") | st.text(max_size=5)), draw(st.just(len(inputs)) | sizes),
        len(outputs), draw(sizes), inputs, outputs, draw(CELLS), draw(CELLS), draw(st.booleans()),
        draw(st.sampled_from(START_KINDS)), draw(TEXTS), draw(TEXTS), draw(TEXTS),
        draw(st.sampled_from(ORDERS)), draw(TEXTS),
    )  # fmt: skip


@given(drafts())
def test_what_is_made_of_any_draft_can_be_saved_and_opened(draft: Draft) -> None:
    reading = read_draft(draft)
    experiment = reading.experiment
    assert (experiment is None) == bool(reading.faults)
    if experiment is None:
        return
    text = dump(experiment, new_path(experiment), 0)
    again = parse(text, lambda name, count: load_images(name, count, None))
    assert (again.name, again.inputs, again.outputs) == (
        experiment.name, experiment.inputs, experiment.outputs
    )  # fmt: skip
    assert again.setup.alpha == experiment.setup.alpha
    assert again.weights.tobytes() == experiment.weights.tobytes()
    examples = experiment.setup.examples
    assert again.setup.examples.base_inputs.tobytes() == examples.base_inputs.tobytes()
    assert again.setup.examples.base_targets.tobytes() == examples.base_targets.tobytes()
    assert again.setup.constant == experiment.setup.constant
    assert again.setup.schedule == experiment.setup.schedule


def test_a_draft_as_it_is_offered_learns_at_half_of_the_limit() -> None:
    experiment = read_draft(Draft(constant=True)).experiment
    assert experiment is not None
    assert experiment.inputs == ("input 1", "input 2", "input 3", "constant")
    assert experiment.constant == "constant"
    inputs = experiment.setup.examples.base_inputs.tolist()
    largest = max(sum(x * x for x in row) for row in inputs)
    assert experiment.setup.alpha == pytest.approx(1 / largest, rel=1e-12)
    path = new_path(experiment)
    path.extend(4_000)
    assert path.state(4_000).error.max() < 1e-6 * path.state(0).error.max()


@pytest.mark.parametrize(
    ("changes", "part", "sentence"),
    [
        ({"name": "  "}, "name", "A name is needed"),
        ({"n_inputs": 1_001}, "inputs", "there can be 1 to 1,000 of them"),
        ({"n_examples": 0}, "examples", "there can be 1 to 1,000 of them"),
        ({"inputs": ("a", "b", "a")}, "inputs", "Number 3: “a” is the name of another one already"),
        ({"outputs": ("x" * 61,)}, "outputs", "at most 60 letters, and this one has 61"),
        ({"cells": {(1, 2): "abc"}}, "numbers", "example 2, input 3: “abc” is not a number"),
        ({"targets": {(0, 0): "1e10"}}, "numbers", "too large: at most 1,000,000,000"),
        ({"targets": {(0, 0): "1e9"}}, "numbers", "so large that their error is beyond any use"),
        ({"start": "value", "amount": "x"}, "amount", "“x” is not a number"),
        ({"start": "value", "amount": "1e9"}, "amount", "That would make an error of"),
        ({"start": "even", "amount": "-1"}, "amount", "need a range above zero"),
        ({"start": "normal", "seed": "-1"}, "seed", "a whole number from 0"),
        ({"start": "even", "seed": "1.5"}, "seed", "a whole number from 0"),
        ({"alpha": "-1"}, "alpha", "alpha must be above zero"),
        ({"alpha": "one"}, "alpha", "“one” is not a number"),
        ({"order": "shuffle", "order_seed": "x"}, "order_seed", "“x” is not a number"),
    ],
)
def test_nonsense_is_told_beside_its_field(
    changes: dict[str, Any], part: str, sentence: str
) -> None:
    reading = read_draft(replace(Draft(), **changes))
    assert reading.experiment is None
    assert list(reading.faults) == [part]
    assert sentence in reading.faults[part]


def test_as_many_weights_as_a_file_holds_can_be_and_no_more() -> None:
    names = {
        "inputs": tuple(with_count((), 1_000, "i")), "n_inputs": 1_000,
        "outputs": tuple(with_count((), 1_000, "o")), "n_outputs": 1_000, "n_examples": 2,
    }  # fmt: skip
    full: Any = names
    assert read_draft(Draft(**full)).experiment is not None
    more = read_draft(Draft(**full, constant=True))
    assert "1,001,000 weights, and there can be 1,000,000" in more.faults["outputs"]


def test_alpha_is_offered_where_every_input_is_zero() -> None:
    draft = Draft(cells={(row, column): "0" for row in range(4) for column in range(3)})
    reading = read_draft(draft)
    assert reading.zones is not None
    assert reading.zones.limit is None
    assert reading.zones.offered == 0.1


# -- weights to begin with -----------------------------------------------------------------------


def test_a_seed_brings_the_same_weights_again_and_another_others() -> None:
    for kind in ("even", "normal"):
        weights = StartWeights(kind, 0.5, 3).made(4, 5)
        assert weights.tolist() == StartWeights(kind, 0.5, 3).made(4, 5).tolist()
        assert weights.tolist() != StartWeights(kind, 0.5, 4).made(4, 5).tolist()
        assert (StartWeights(kind, 1.0, 3).made(4, 5) / 2).tolist() == weights.tolist()
    many = StartWeights("even", 0.5, 1).made(100, 100)
    assert -0.5 <= many.min() < -0.49
    assert 0.49 < many.max() <= 0.5
    assert StartWeights("normal", 0.5, 1).made(100, 100).std() == pytest.approx(0.5, rel=0.03)
    assert seed_of("9223372036854775807") == 2**63 - 1


# -- names and numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("toes\twin/loss\tfans\n", ["toes", "win/loss", "fans"]),
        ("toes\r\nwin, loss\r\n\r\nfans", ["toes", "win, loss", "fans"]),
        ("toes; win, loss", ["toes", "win, loss"]),
        ('["toes", "fans"]', ["toes", "fans"]),
        ("one name", ["one name"]),
        (" \n", []),
    ],
)
def test_pasted_names_are_split(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_names_that_are_there_are_kept_and_new_ones_differ() -> None:
    assert with_count(["a", "input 2"], 4, "input") == ["a", "input 2", "input 3", "input 4"]
    assert with_count(["input 2", "b"], 3, "input") == ["input 2", "b", "input 3"]
    assert with_count(["a", "b"], 1, "input") == ["a"]


def test_offered_examples_differ_and_stay_where_more_are_wanted() -> None:
    inputs = default_inputs(200, 3)
    assert len({tuple(row) for row in inputs[:20].tolist()}) == 20
    assert 0.1 <= inputs.min() < inputs.max() <= 1.0
    assert np.array_equal(default_inputs(20, 2), inputs[:20, :2])
