"""Blocks of numbers as they lie on the clipboard, whoever copied them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.files.tables.block import read_block
from model.files.tables.errors import TableError


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
        ("1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]]),
        ("0,5\t-1,25\n3\t4,0\n", [[0.5, -1.25], [3, 4]]),
        ("1.000,5\t2\n3\t4,0\n", [[1000.5, 2], [3, 4]]),
        ("1,234.5\t1,234\n", [[1234.5, 1234]]),
        ("1 234,5\t2\n", [[1234.5, 2]]),
        ("1;2,5\n3;4\n", [[1, 2.5], [3, 4]]),
        ("1,2,3\n4,5,6\n", [[1, 2, 3], [4, 5, 6]]),
        ("0,5\n1,5\n", [[0.5], [1.5]]),
        ("1.5,2.5\n3.5,4.5", [[1.5, 2.5], [3.5, 4.5]]),
        ("1 2 3\n4 5 6", [[1, 2, 3], [4, 5, 6]]),
        ("[1, 2, 3]", [[1, 2, 3]]),
        ("\u22125\t50%\n1/2\t1e-3", [[-5, 0.5], [0.5, 0.001]]),
        ('"1,5"\t"2"\n', [[1.5, 2]]),
        ("7", [[7]]),
        ("\ufeff7\n\u200b\n8", [[7], [8]]),
        ("1\t2\t\n3\t4\t\n", [[1, 2], [3, 4]]),
        ("\u0661\t\u0662", [[1, 2]]),
    ],
)
def test_what_sheets_and_texts_copy(text: str, wanted: list[list[float]]) -> None:
    assert read_block(text).tolist() == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no numbers"),
        ("\n\n", "no numbers"),
        ("\ufeff", "no numbers"),
        ("\u200b\n\u200b \n", "no numbers"),
        ("1\t2\n3", "Row 2 .* 1 cells, and the first has 2"),
        ("toes\twins\n1\t2", "Row 1, column 1 .*“toes” is not a number"),
        ("1\t2\n3\t\n5\t6", "Row 2, column 2 .*no number"),
        ("1\tn/a", "Row 1, column 2"),
        ("1\tnan", "Row 1, column 2 .*finite"),
        ("1\tinf", "finite"),
        ("1_0\t2", "Row 1, column 1"),
        ("1,500\t2,250", "two numbers"),
        ("1\t2e9", "Row 1, column 2 .*beyond"),
        ("1\t" + "9" * 400, "finite|beyond"),
        ("x" * 8_000_001, "letters"),
    ],
)
def test_what_is_refused_and_where(text: str, why: str) -> None:
    with pytest.raises(TableError, match=why) as told:
        read_block(text)
    assert "\n" not in str(told.value)


@given(st.text(st.sampled_from("0123456789.,;\t\n -+e%/\u22125xn\"'[]()_"), max_size=40))
@settings(max_examples=60)
def test_any_text_is_numbers_or_one_sentence(text: str) -> None:
    try:
        told = ""
        block = read_block(text)
    except TableError as error:
        told = str(error)
    assert told.endswith(".") if told else block.size


def test_many_rows_are_read_without_a_walk_for_each() -> None:
    text = "\n".join(f"{n}.25\t{n}\t1" for n in range(20_000))
    assert read_block(text)[-1].tolist() == [19_999.25, 19_999.0, 1.0]


def test_lines_of_which_nothing_is_seen_are_passed_over() -> None:
    assert read_block("\ufeff\n1 2\n\u200b\n3 4\n").tolist() == [[1.0, 2.0], [3.0, 4.0]]
    with pytest.raises(TableError, match="no numbers on the clipboard"):
        read_block("\ufeff")
