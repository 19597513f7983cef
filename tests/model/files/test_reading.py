"""Values are read out of JSON that may hold anything; the fault is named, and where it is."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import ExperimentError
from model.files.reading import Reader

Ask = Callable[[Reader], object]

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none() | st.booleans(),
        st.integers() | st.floats() | st.just(10**400),
        st.text(max_size=5) | st.just("\ud800"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)

ASKS: dict[str, Ask] = {
    "text": lambda read: read.text("key"),
    "text in lines": lambda read: read.text("key", in_lines=True),
    "one_of": lambda read: read.one_of("key", ("first", "cycle")),
    "whole": lambda read: read.whole("key", 0, 10),
    "positive": lambda read: read.positive("key"),
    "part": lambda read: read.part("key"),
    "parts": lambda read: read.parts("key"),
    "names": lambda read: read.names("key", 2),
    "numbers": lambda read: read.numbers("key"),
    "cells": lambda read: read.cells("key"),
    "matrix": lambda read: read.matrix("key"),
    "matrix 2 x 3": lambda read: read.matrix("key", (2, 3)),
    "mask": lambda read: read.mask("key", (2, 3)),
}


def reader(value: object) -> Reader:
    return Reader({"key": value}, "a.json")


def fault(value: object, ask: Ask) -> str:
    with pytest.raises(ExperimentError) as caught:
        ask(reader(value))
    return str(caught.value)


@pytest.mark.parametrize("kind", ASKS)
@given(value=ANYTHING)
def test_whatever_stands_there_is_read_or_refused_in_one_sentence(kind: str, value: object) -> None:
    message = "a.json: key"
    try:
        ASKS[kind](reader(value))
    except ExperimentError as error:
        message = str(error)
    assert message.startswith("a.json: key")
    assert "\n" not in message
    assert len(message) < 250


@pytest.mark.parametrize("kind", ASKS)
def test_what_is_missing_is_named(kind: str) -> None:
    with pytest.raises(ExperimentError, match=r"^a\.json: key: is missing$"):
        ASKS[kind](Reader({}, "a.json"))


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "text", []])
def test_only_an_object_is_an_object(value: object) -> None:
    with pytest.raises(ExperimentError, match=r"^a\.json: must be an object in braces, not "):
        Reader(value, "a.json")


GOOD: list[tuple[str, object, object]] = [
    ("text", "", ""),
    ("text", "α × 2 → 😀", "α × 2 → 😀"),
    ("one_of", "cycle", "cycle"),
    ("whole", 0, 0),
    ("whole", 10, 10),
    ("positive", 1, 1.0),
    ("positive", 5e-324, 5e-324),
    ("positive", 1e9, 1e9),
    ("names", ["a", " b"], ("a", " b")),
    ("numbers", [], ()),
    ("numbers", [1, -2.5, True, False], (1.0, -2.5, 1.0, 0.0)),
    ("cells", [[0, 0], [3, 10**6]], [(0, 0), (3, 10**6)]),
]


@pytest.mark.parametrize(("kind", "value", "expected"), GOOD)
def test_good_values_are_read(kind: str, value: object, expected: object) -> None:
    found = ASKS[kind](reader(value))

    assert found == expected
    assert type(found) is type(expected)


def test_tables_are_read() -> None:
    read = Reader({"m": [[1, 2.5, -3], [0, 1e9, 5]], "f": [[True, False]]}, "a.json")

    matrix = read.matrix("m", (2, None))
    assert matrix.dtype == np.float64
    assert matrix.tolist() == [[1.0, 2.5, -3.0], [0.0, 1e9, 5.0]]
    mask = read.mask("f", (1, 2))
    assert mask.dtype == np.bool_
    assert mask.tolist() == [[True, False]]


BAD: list[tuple[str, object, str]] = [
    ("text", 3, "a number"),
    ("text", None, "null"),
    ("text", "x" * 10_001, "10,000"),
    ("text", "\ud800", "letters"),
    ("text", "a\x1b[2J", r"'\x1b'"),
    ("text", "a\nb", r"'\n'"),
    ("text", "a\u2028b", r"'\u2028'"),
    ("text in lines", "a\nb\rc", r"'\r'"),
    ("text in lines", "a\tb", r"'\t'"),
    ("text in lines", "a\x9bb", r"'\x9b'"),
    ("text in lines", "a\0", r"'\x00'"),
    ("one_of", "third", "first, cycle"),
    ("one_of", ["first"], "first, cycle"),
    ("whole", -1, "0 to 10"),
    ("whole", 11, "0 to 10"),
    ("whole", 2.0, "whole"),
    ("whole", True, "whole"),
    ("whole", 10**400, "0 to 10"),
    ("positive", 0, "above zero"),
    ("positive", -1, "above zero"),
    ("positive", True, "true"),
    ("positive", math.nan, "finite"),
    ("positive", math.inf, "finite"),
    ("positive", 1.1e9, "1e+09"),
    ("positive", 10**400, "finite"),
    ("positive", "0.1", "a text"),
    ("part", [], "a list"),
    ("parts", {}, "an object"),
    ("parts", [{}, 3], "key[1]"),
    ("names", ["a"], "1 names for 2"),
    ("names", ["a", "a"], "twice"),
    ("names", ["a", " "], "key[1]"),
    ("names", ["a", 1], "key[1]"),
    ("names", ["a", "x" * 61], "key[1]"),
    ("names", ["a", "\udc00"], "key[1]"),
    ("names", ["a", "b\n"], r"key[1]: must not contain the control character '\n'"),
    ("names", ["a", "b\u202e"], r"key[1]: must not contain the control character '\u202e'"),
    ("names", ["a", "\u200b"], "key[1]"),
    ("text", "\u2067a", r"'\u2067'"),
    ("names", ["\x07", "b"], r"key[0]: must not contain the control character '\x07'"),
    ("numbers", [1, None], "key[1]"),
    ("numbers", [[1]], "key[0]"),
    ("cells", [[0, 1], [0]], "key[1]"),
    ("cells", [[0, -1]], "key[0]"),
    ("cells", [[0, 1.0]], "key[0]"),
    ("cells", [[0, True]], "key[0]"),
    ("matrix", [], "at least one row"),
    ("matrix", [[]], "key[0]: 0 values"),
    ("matrix", [[1, 2], [1]], "key[1]: 1 values where 2"),
    ("matrix", [1, 2], "key[0]"),
    ("matrix", [[1, True]], "key[0][1]"),
    ("matrix", [[1], [math.nan]], "key[1][0]"),
    ("matrix 2 x 3", [[1, 2, 3]], "1 rows where 2"),
    ("matrix 2 x 3", [[1, 2, 3], [1, 2]], "key[1]: 2 values where 3"),
    ("mask", [[True, False, 1], [True] * 3], "key[0][2]"),
    ("mask", [[True] * 3], "1 rows where 2"),
]


@pytest.mark.parametrize(("kind", "value", "named"), BAD)
def test_a_fault_is_named_with_its_place(kind: str, value: object, named: str) -> None:
    message = fault(value, ASKS[kind])

    assert message.startswith("a.json: key")
    assert named in message


def test_a_message_does_not_contradict_itself() -> None:
    assert "a text, not a text" not in fault("x" * 10_001, ASKS["text"])
    assert "0 values where 0" not in fault([[]], ASKS["matrix"])
    assert "where None" not in fault([[]], ASKS["matrix"])


def test_unknown_keys_are_named_at_a_reasonable_length() -> None:
    Reader({"a": 1, "b": 2}, "a.json").only("a", "b", "c")
    with pytest.raises(ExperimentError, match=r"^a\.json: 'alhpa': is not a key"):
        Reader({"a": 1, "alhpa": 2}, "a.json").only("a", "alpha")
    with pytest.raises(ExperimentError) as caught:
        Reader({"x" * 10_000: 1}, "a.json").only("a")
    assert len(str(caught.value)) < 200


def test_a_part_is_named_by_the_way_to_it() -> None:
    inner = reader({"steps": [{"x": "y"}]}).part("key").parts("steps")[0]
    with pytest.raises(ExperimentError, match=r"^a\.json: key: steps\[0\]: x: must be a number"):
        inner.positive("x")


def test_defaults_stand_in_for_what_is_missing_only() -> None:
    empty = Reader({}, "a.json")
    assert empty.text("key", "default") == "default"
    assert empty.whole("key", 1, 5, default=3) == 3
    with pytest.raises(ExperimentError):
        reader(None).text("key", "default")
    with pytest.raises(ExperimentError):
        reader(9).whole("key", 1, 5, default=3)


@given(st.lists(st.lists(ANYTHING | st.floats(-1e9, 1e9), min_size=2, max_size=2), min_size=1))
def test_a_matrix_is_read_number_by_number_or_its_first_fault_is_told(rows: list[Any]) -> None:
    def problem(item: object) -> bool:
        if isinstance(item, bool) or not isinstance(item, int | float):
            return True
        return not abs(item) <= 1e9

    wrong = [(i, j) for i, row in enumerate(rows) for j, item in enumerate(row) if problem(item)]
    if wrong:
        i, j = wrong[0]
        assert fault(rows, lambda read: read.matrix("key")).startswith(f"a.json: key[{i}][{j}]: ")
        flat = [item for row in rows for item in row if not isinstance(item, bool)]
        at = next((at for at, item in enumerate(flat) if problem(item)), None)
        if at is not None:
            assert fault(flat, ASKS["numbers"]).startswith(f"a.json: key[{at}]: ")
    else:
        matrix = reader(rows).matrix("key")
        assert matrix.dtype == np.float64
        assert matrix.tolist() == [[float(item) for item in row] for row in rows]


def test_a_text_that_looks_like_a_number_is_none() -> None:
    assert "must be a number, not a text" in fault([["1", 2]], ASKS["matrix"])
    assert "must be a number, not true" in fault([[True, 2]], ASKS["matrix"])
    assert "must be a number, not null" in fault([1, None], ASKS["numbers"])


def test_a_mask_names_the_first_that_is_neither_true_nor_false() -> None:
    rows = [[True, False, True], [False, 1, "x"]]
    assert fault(rows, ASKS["mask"]).startswith("a.json: key[1][1]: must be true or false")
