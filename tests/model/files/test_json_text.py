"""JSON is read as Python reads it, within a budget, and what is wrong with it is said in words."""

from __future__ import annotations

import gc
import json
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.edits import Edit
from model.errors import ExperimentError
from model.experiment import MAX_EXAMPLE_NUMBERS, MAX_WEIGHTS
from model.files.json_text import (
    MAX_FILE_BYTES,
    MAX_MEMORY,
    ReadingCancelled,
    json_data,
    read_text,
)
from model.path.memory import MAX_PATH_BYTES

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none() | st.booleans(),
        st.integers() | st.floats() | st.just(10**400),
        st.text(max_size=5) | st.just("\ud800"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=20,
)
WRITTEN = '{"a": [[[1, 2.5e3, "x\\n"], {"b": null}], {}, []], "c": {"d": [true, -0.0]}}'


def fault(text: str) -> str:
    with pytest.raises(ExperimentError) as caught:
        json_data(text, "a.json")
    message = str(caught.value)
    assert message.startswith("a.json: ")
    assert message.isprintable()
    assert len(message) < 200
    return message.removeprefix("a.json: ")


@given(ANYTHING, st.sampled_from([None, 1, "\t"]))
def test_json_is_read_as_it_is(value: object, indent: int | str | None) -> None:
    text = json.dumps(value, indent=indent)

    assert json.dumps(json_data(text, "a.json")) == json.dumps(json.loads(text))


@given(st.data())
def test_a_spoilt_text_is_read_exactly_where_python_reads_it(data: st.DataObject) -> None:
    text = WRITTEN
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 2))
        text = (
            text[:at] + data.draw(st.text('[]{}:,"\\ 1-.eté\n', max_size=2)) + text[at + length :]
        )

    def unlike(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("twice")
        return dict(pairs)

    try:
        wanted = json.loads(text, object_pairs_hook=unlike)
    except ValueError:
        fault(text)
        return
    assert json.dumps(json_data(text, "a.json")) == json.dumps(wanted)


@given(st.text(max_size=40))
@example("[" * 5)
def test_any_text_is_json_or_refused(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        fault(text)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, "[" * 4 + "9" * 5000, '[{"a":' * 30_000]
)
def test_lists_within_lists_and_endless_numbers_are_refused(text: str) -> None:
    fault(text)


BROKEN = {
    "": "1, 1: it ends before it is complete: it may be cut short",
    '{"a": [1, 2': "1, 12: it ends before it is complete: it may be cut short",
    '{\n "a": 1\n "b": 2}': '3, 2: a comma or the closing bracket is missing before “"b": 2}”',
    '{"a" 1}': "1, 6: a colon is missing before “1}”",
    '{"a": }': "1, 7: a value is missing where “}” stands",
    '{"a": 1,}': "1, 9: there is a comma too many before “}”",
    "[[1, 2,]]": "1, 8: there is a comma too many before “]]”",
    "{'a': 1}": "1, 2: JSON has straight double quotes where “'a': 1}” stands",
    "[“a”]": "1, 2: JSON has straight double quotes where ““a”]” stands",
    '{"a": True}': "1, 7: JSON writes true, false and null for “True}”",
    '{"a": .5}': "1, 7: JSON writes numbers as 0.5 or 2, not as “.5}”",
    '{"a": nan}': "1, 7: “nan}” is not a finite number",
    '// mine\n{"a": 1}': "1, 1: JSON has no comments: take out “// mine”",
    "[] [1]": "1, 4: the experiment is complete before “[1]”, so that must not follow",
    '{"a": "b}': '1, 7: the closing quote is missing of the text that begins “"b}”',
    '["b\nc"]': "1, 4: a line break or another control character stands in a text",
    r'["C:\w"]': r'1, 5: a backslash in a text stands before what it cannot stand before: “\w"]”',
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_broken_is_told_in_plain_words(text: str) -> None:
    place, _, words = BROKEN[text].partition(": ")
    line, column = place.split(", ")
    assert fault(text) == f"line {line}, column {column}: {words}"


def python_s_fault(text: str) -> json.JSONDecodeError | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error
    return None


def test_python_s_own_words_are_never_shown() -> None:
    for at in range(len(WRITTEN)):
        for letter in '[]{}:,"\\ 1-.e\n':
            text = WRITTEN[:at] + letter + WRITTEN[at + 1 :]
            error = python_s_fault(text)
            if error is not None:
                assert error.msg not in fault(text)
                assert f"line {error.lineno}, column {error.colno}" in fault(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"alpha": 0.1, "x": [{"alpha": 1}], "alpha": 0.3}',
        '{"a": {"b": {"c": {"alpha": 1, "alpha": 1}}}}',
        '[[[[{"alpha": [], "alpha": []}]]]]',
    ],
)
def test_a_key_that_stands_there_twice_is_named(text: str) -> None:
    assert fault(text) == "'alpha': stands there twice"


def test_keys_are_compared_in_time_that_grows_with_their_number() -> None:
    # Comparing each with each would take more than a minute.
    keys = [f'"{i}": 0' for i in range(99_999)]
    assert fault("{" + ", ".join([*keys, '"99998": 1']) + "}") == "'99998': stands there twice"
    inner = "[[[{" + ", ".join([*keys, '"99998": 1']) + "}]]]"
    assert fault(inner) == "'99998': stands there twice"


def test_an_object_of_more_names_than_any_has_is_refused() -> None:
    keys = [f'"{i}": 0' for i in range(400_000)]
    assert fault("{" + ", ".join(keys) + "}") == "an object in it has more than 100,000 names"


@pytest.mark.parametrize("unit", ["[],", "{},", '{"a":1},', "[0,0],", "0,", '[[{"a":[]}]],'])
def test_more_than_the_memory_holds_is_refused_before_it_is_read(unit: str) -> None:
    text = "[" + unit * (63 * 2**20 // len(unit)) + "0]"
    gc.collect()
    tracemalloc.start()
    message = fault(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "holds too many values" in message
    assert f"more than {MAX_MEMORY // 2**20}" in message
    assert peak < 2**20


@pytest.mark.parametrize(
    "unit", ["[],", "{},", '{"a":1},', "[0, 3],", "[500, 333],", "0.5,", "0,", '[[{"a":[]}]],']
)
def test_what_is_read_takes_no_more_memory_than_was_counted(unit: str) -> None:
    text = "[" + unit * (2**18 // len(unit)) + "0]"
    counted = len(text) + 36 * text.count(",") + 150 * text.count(":")
    counted += 72 * (text.count("[") + text.count("{"))
    gc.collect()
    tracemalloc.start()
    data = json_data(text, "a.json")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert data
    assert peak <= 1.2 * counted + 2**18


def test_a_matrix_of_a_million_is_within_the_budget() -> None:
    row = json.dumps([0.1234567890123456] * 1000)
    data = json_data('{"weights": [' + ",".join([row] * 1000) + "]}", "a.json")
    assert len(data["weights"]) == 1000


def test_reading_is_given_up_between_two_rows() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(ReadingCancelled):
        json_data('{"a": [' + "[1, 2]," * 100_000 + "[]]}", "a.json", cancelled)
    assert asked == 4


@given(st.lists(ANYTHING, max_size=30), st.integers(1, 12), st.text(',]}"[{', max_size=4))
def test_long_lists_of_anything_are_read_in_batches_as_one_by_one(
    items: list[Any], times: int, awkward: str
) -> None:
    text = json.dumps([*items, awkward, [awkward], {awkward: awkward}] * 60 * times)

    assert json.dumps(json_data(text, "a.json")) == text


def test_another_thread_gets_its_turn_while_a_matrix_is_read() -> None:
    text = '{"a": {"b": [' + ",".join(["[0.25, 0.5, 0.75, 1.5]"] * 200_000) + "]}}"
    turns, done = 0, threading.Event()

    def read() -> None:
        json_data(text, "a.json")
        done.set()

    reader = threading.Thread(target=read)
    reader.start()
    while not done.wait(0.001):
        turns += 1
    reader.join()

    assert turns > 3


# Files.

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_is_read_in_every_encoding_of_unicode(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "α.json"
    text = '{"name": "α × é", "about": "' + "é" * 5000 + '"}'
    file.write_bytes(text.encode(encoding))

    assert read_text(file) == text


@given(st.binary(max_size=60))
@example(b"\xff\xfe{\0")
@example(b"\0\0\xfe\xff{")
@example(b"{\0\0\0\xff\xff\xff\xff")
def test_any_bytes_are_a_text_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(content)
    message = "any.json: "
    try:
        read_text(file)
    except ExperimentError as error:
        message = str(error)
    assert message.startswith("any.json: ")
    assert message.isprintable()


def test_the_longest_text_that_a_bench_is_saved_as_can_be_read() -> None:
    number = max(len(f"{value!r}, ") for value in (-1.2345678901234567e-100, -123456789.12345678))
    cell = len("[999, 999], ")
    n_cells = MAX_PATH_BYTES // Edit(0, "weights", (0.0,), ((0, 0),)).nbytes
    n_cells = max(n_cells, MAX_PATH_BYTES // 128)
    numbers = MAX_EXAMPLE_NUMBERS + MAX_WEIGHTS
    text = numbers * number + MAX_WEIGHTS * len("false, ") + n_cells * (number + cell)
    assert text < MAX_FILE_BYTES
    # A comma after each number, and two and a bracket for each cell.
    assert 36 * (numbers + MAX_WEIGHTS) + n_cells * (3 * 36 + 72) < MAX_MEMORY
