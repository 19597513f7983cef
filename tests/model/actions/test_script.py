"""Scripts of actions: each verb is read and written, and each fault is told in one sentence."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.actions import MAX_LINES, VERBS, Action, ActionError, parse, text
from model.actions.kinds import MAX_COUNT, Picture, Region, Value
from tests.conftest import PROJECT

names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1, max_size=20
).filter(lambda name: bool(name.strip()))
numbers = st.floats(allow_nan=False, allow_infinity=False)
positive = numbers.filter(lambda number: number > 0)
letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
sides = st.integers(1, 9)
pictures = st.tuples(sides, sides).flatmap(
    lambda size: st.lists(
        st.text(".#123456789", min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    ).map(lambda rows: Picture(tuple(rows)))
)
corners = st.tuples(*4 * [st.integers(0, 999)])
regions = corners.map(lambda c: Region(c[0], c[1], max(c[0], c[2]), max(c[1], c[3])))
counts = st.integers(0, MAX_COUNT)
ordinals = st.integers(1, MAX_COUNT)
VALUES: dict[str, list[st.SearchStrategy[tuple[Value, ...]]]] = {
    "open": [st.tuples(names)],
    "step": [st.tuples(ordinals)],
    "seek": [st.tuples(counts)],
    "run to": [st.tuples(counts)],
    "speed": [st.tuples(st.one_of(positive, st.just(math.inf)))],
    "alpha": [st.tuples(numbers)],
    "weight": [st.tuples(letters, numbers)],
    "input": [st.tuples(names, numbers)],
    "target": [st.tuples(names, numbers)],
    "freeze": [st.tuples(names, regions), st.tuples(letters)],
    "unfreeze": [st.tuples(names, regions), st.tuples(letters)],
    "draw": [st.tuples(st.one_of(ordinals, pictures))],
    "label": [st.tuples(names)],
    "visit": [st.tuples(ordinals)],
    "panel": [st.tuples(names)],
    "output": [st.tuples(names)],
    "select": [st.tuples(names)],
    "slip": [st.tuples(names)],
    "space": [st.tuples(names)],
    "quantity": [st.tuples(st.sampled_from(["weight", "weight_delta", "input × weight"]))],
    "one scale": [st.tuples(st.booleans())],
    "hot and cold": [st.tuples(st.booleans())],
    "scale": [st.tuples(st.one_of(st.sampled_from(["one", "each"]), positive))],
}
actions = st.sampled_from(list(VERBS)).flatmap(
    lambda verb: st.one_of(VALUES.get(verb, [st.just(())])).map(lambda values: Action(verb, values))
)


@given(st.lists(actions))
def test_what_is_written_is_read_as_the_same(script: list[Action]) -> None:
    assert list(parse(text(script))) == script


@pytest.mark.parametrize("verb", VERBS)
def test_every_example_of_the_table_is_an_action_of_its_verb(verb: str) -> None:
    row = VERBS[verb]

    assert len(row.examples) == len(row.forms)
    for form, example in zip(row.forms, row.examples, strict=True):
        (action,) = parse(example)
        assert action.verb == verb
        assert len(action.values) == len(form)
        assert text([action]) == f"{example}\n"


def test_empty_lines_and_remarks_say_nothing_and_lines_are_counted_with_them() -> None:
    script = "\n# the start\n  STEP 3  \r\n\nRun To 20\n"

    assert [(action.verb, action.line) for action in parse(script)] == [("step", 3), ("run to", 5)]


def test_names_take_all_words_that_are_left() -> None:
    script = 'input a b  c 0,5\noutput "3"\nopen Several inputs and outputs\nfreeze my 3 0,1'

    assert [action.values for action in parse(script)] == [
        ("a b  c", 0.5),
        ("3",),
        ("Several inputs and outputs",),
        ("my 3", Region(0, 1, 0, 1)),
    ]


def test_quotes_keep_the_spaces_at_the_ends_of_a_name() -> None:
    assert parse('input " a ""b"" " 1')[0].values == (' a "b" ', 1.0)


def test_a_name_with_a_line_break_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="line break"):
        text([Action("open", ("a\nstep 3",))])


def test_rows_of_a_picture_follow_on_their_own_lines() -> None:
    (picture,) = parse("draw\n| .#\n|5.|\n")[0].values

    assert isinstance(picture, Picture)
    np.testing.assert_array_equal(picture.gray, [[0.0, 1.0], [0.5, 0.0]])


@pytest.mark.parametrize(
    ("script", "what", "example"),
    [
        ("step two", "“two” is not a whole number from 1", "step 3"),
        ("step 0", "“0” is not a whole number from 1", "step 3"),
        ("seek 1.5", "“1.5” is not a whole number from 0", "seek 2"),
        ("seek 1e300", "“1e300” is not a whole number from 0", "seek 2"),
        ("alpha nan", "“nan” is not a number", "alpha 0.01"),
        ("weight 3 4", "“3” is not the letter of a weight", "weight a 0.5"),
        (
            "freeze 3 2,0-1,7",
            "“2,0-1,7” is not pixels from row,column to row,column",
            "freeze 3 0,0-2,7",
        ),
        ("speed 0", "“0” is not steps a second and not “fastest”", "speed 10"),
        ("scale -1", "“-1” is not one, each or a number above zero", "scale each"),
        (
            "quantity mass",
            "“mass” is not weight, weight_delta or input × weight",
            "quantity weight_delta",
        ),
        ("draw seven", "“seven” is not the number of a shipped digit, from 1", "draw 7"),
        ('open ""', '“""” is not a name', "open Freezing one weight"),
    ],
)
def test_a_fault_names_the_line_the_word_and_what_would_be_right(
    script: str, what: str, example: str
) -> None:
    with pytest.raises(ActionError) as caught:
        parse(f"\n{script}")

    verb = script.split(maxsplit=1)[0]
    assert str(caught.value) == f"line 2: {what}; {verb} is written like “{example}”"
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("step 3\nstepp 3", "line 2: there is no action “stepp”, did you mean “step”?"),
        ("run 3", "line 1: there is no action “run”, did you mean “run to”?"),
        ("step", "line 1: “step” is not all of it, step is written like “step 3”"),
        ("weight a", "line 1: “weight a” is not all of it, weight is written like “weight a 0.5”"),
        ("back 2", "line 1: “2” is too much, back stands alone on its line"),
        (
            "draw\n| .#\n| .",
            (
                "line 3: “| .” is no row of the picture: it wants as many signs as the first "
                "row, at most 100, each . # or 1 to 9"
            ),
        ),
        ("step 1\n| .#", "line 2: “| .#” is a row of a picture, and those follow a line “draw”"),
        ("draw 7\n| .#", "line 2: “| .#” is a row of a picture, and those follow a line “draw”"),
    ],
)
def test_a_line_that_is_no_action_is_told_in_one_sentence(script: str, sentence: str) -> None:
    with pytest.raises(ActionError) as caught:
        parse(script)

    assert str(caught.value) == sentence


def test_what_is_no_verb_at_all_is_told_all_of_them() -> None:
    with pytest.raises(ActionError) as caught:
        parse("jump")

    for verb in VERBS:
        assert verb in str(caught.value)


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("\n" * (MAX_LINES + 5), MAX_LINES + 1),
        ("open " + "x" * 5_000, 1),
        ("draw\n" + "| #\n" * 500, 102),
        ("draw\n| " + "#" * 500, 2),
        ("step " + "9" * 900, 1),
        ("open " + "x" * 300, 1),
    ],
)
def test_a_script_of_no_bound_is_refused(script: str, line: int) -> None:
    with pytest.raises(ActionError) as caught:
        parse(script)

    assert caught.value.line == line
    assert len(str(caught.value)) < 250


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(script: str) -> None:
    refused: ActionError | None = None
    try:
        found = parse(script)
    except ActionError as error:
        refused = error

    if refused is None:
        assert parse(text(found)) == found
    else:
        assert str(refused).startswith(f"line {refused.line}: ")
        assert "\n" not in str(refused)


def test_the_page_for_teachers_has_every_verb_with_an_example_that_is_read() -> None:
    page = (PROJECT / Path("docs/actions.md")).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \| (.+) \|$", page, re.MULTILINE)
    named = set()
    for examples, _ in rows:
        for example in re.findall("`([^`]+)`", examples):
            named |= {action.verb for action in parse(example)}
    for block in re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        assert parse(block)

    assert named == set(VERBS)
