"""How numbers are written and read on screen."""

import math
import re
import struct
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.words import numbers

finite = st.floats(allow_nan=False, allow_infinity=False)
MINUS = "\u2212"


def same_bits(one: float, other: float) -> bool:
    return struct.pack("d", one) == struct.pack("d", other)


@given(finite)
@example(-0.0)
@example(5e-324)
@example(1.7976931348623157e308)
@example(0.1 + 0.2)
def test_what_is_written_exactly_is_read_back_as_the_same_number(value: float) -> None:
    assert same_bits(numbers.parse(numbers.exact(value)), value)


@given(st.integers(-(10**6), 10**6))
def test_whole_numbers_are_written_without_a_point(value: int) -> None:
    assert numbers.exact(value) == str(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.3", 0.3),
        (" 8.5 ", 8.5),
        ("0,3", 0.3),
        ("-1e-3", -0.001),
        (f"{MINUS}0.25", -0.25),
        ("+2", 2.0),
        (".5", 0.5),
        ("1 000", 1000.0),
        ("1\u2009000", 1000.0),
        ("1\u00a0000\u00a0000,5", 1000000.5),
        ("1\u202f000", 1000.0),
        ("1,000.5", 1000.5),
        ("1.000,5", 1000.5),
        ("-12.345.678,25", -12345678.25),
        ("\u20135", -5.0),
        ("\uff0d\uff11\uff12\uff0e\uff15", -12.5),
        ("\uff10\uff0c\uff15", 0.5),
        ("\u0663\u066b\u0661\u0664", 3.14),
        ("\u061c-\u0661\u066c\u0662\u0663\u0664", -1234.0),
        ("\u0967.\u096b", 1.5),
        ("- 5", -5.0),
        ("1/3", 1 / 3),
        ("-1 / 3", -1 / 3),
        ("1 1/2", 1.5),
        ("\u22121 1/2", -1.5),
        ("\u00bd", 0.5),
        ("1\u00bd", 1.5),
        ("21\u00be", 21.75),
        ("1\u20443", 1 / 3),
        ("65 %", 0.65),
        ("12.5%", 0.125),
        ("1e\u221205", 1e-5),
        ("[3]", 3.0),
        ("\u200e0.5\u200f", 0.5),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float) -> None:
    assert numbers.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "0.1.2",
        "1/2/3",
        "1/",
        "/3",
        "(3)",
        "3-5",
        "1 1/2 3",
        "2\u00b2",
        "\u2167",
        "\u5341",
        "65 % of it",
        "%",
        "1e",
        "e5",
        "0b11",
        "[[1, 2], [3, 4]]",
        "1,2,3,,",
        "1,000.5,",
        "--1",
        "0x10",
        "1_000",
        "ten",
        "3 apples",
    ],
)
def test_nonsense_is_named_in_the_refusal(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (finite )?number") as refusal:
        numbers.parse(text)

    assert text.strip() in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "Infinity", "1e999", "-1e999", "1/0", "0 0/0", "9" * 400]
)
def test_what_is_not_finite_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a finite number"):
        numbers.parse(text)


def test_a_very_long_text_is_cut_in_the_refusal() -> None:
    with pytest.raises(ValueError, match="is not a number") as refusal:
        numbers.parse("x" * 10_000)

    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize("text", ["1 0 1", "1\t0", "1,0,1", "1 00", "1 0000", "0 000", "001 000"])
def test_several_numbers_never_become_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"holds \d numbers, and only one has a place here"):
        numbers.parse(text)


@pytest.mark.parametrize("text", ["1,000", "-12,345", "1,000,000"])
def test_what_could_mean_two_numbers_is_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match="could mean two numbers: type it without the comma"):
        numbers.parse(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 0 1", [1, 0, 1]),
        ("8.5\t0.65\t1.2\r\n", [8.5, 0.65, 1.2]),
        ("8,5;0,65;1,2", [8.5, 0.65, 1.2]),
        ("8,5\t0,65", [8.5, 0.65]),
        ("8.5, 0.65, 1.2", [8.5, 0.65, 1.2]),
        ("8.5,0.65,1.2", [8.5, 0.65, 1.2]),
        ("8,5 0,65  1,2", [8.5, 0.65, 1.2]),
        ("[0.1, 0.2, -0.1]", [0.1, 0.2, -0.1]),
        ("[ 0.1  0.2 -0.1]", [0.1, 0.2, -0.1]),
        ("(1, 0)", [1, 0]),
        ("1\n0\n1\n", [1, 0, 1]),
        ("1\u20280", [1, 0]),
        ("1/3\t2/3", [1 / 3, 2 / 3]),
        ("1 000\t2 000", [1000, 2000]),
        ("0.25", [0.25]),
    ],
)
def test_rows_are_read_as_they_are_copied(text: str, values: list[float]) -> None:
    assert list(numbers.parse_row(text)) == values


@pytest.mark.parametrize("text", ["1 x 3", "1\t\t3", "1;nan", "1\t1,000", ";", "", "\t", "[]"])
def test_a_row_with_something_else_in_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        numbers.parse_row(text)


def test_several_rows_are_refused_in_one_line() -> None:
    with pytest.raises(ValueError, match="“1 2 3 4” holds several rows of numbers"):
        numbers.parse_row("1 2\n3 4")


def test_an_endless_text_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="is too long for numbers"):
        numbers.parse_row("1 " * 10_000_000)


SEPARATORS = ["\t", ";", "; ", ", ", "\n", "\r\n"]


@given(st.lists(finite, min_size=1, max_size=8), st.sampled_from(SEPARATORS))
def test_a_row_that_is_written_exactly_is_read_back(values: list[float], separator: str) -> None:
    row = numbers.parse_row(separator.join(map(numbers.exact, values)))

    assert [struct.pack("d", value) for value in row] == [struct.pack("d", v) for v in values]


@given(st.lists(st.integers(0, 99) | st.floats(-99, 99), min_size=1, max_size=8))
def test_short_numbers_between_blanks_stay_several(values: list[float]) -> None:
    assert list(numbers.parse_row(" ".join(map(repr, values)))) == values


WRITERS = [numbers.exact, numbers.plain, numbers.short, numbers.signed]


@given(st.floats(-1e308, 1e308), st.sampled_from(WRITERS))
@example(1e16, numbers.exact)
@example(123456.0, numbers.short)
def test_what_is_written_in_any_way_is_read_as_it_stands(
    value: float, write: Callable[[float], str]
) -> None:
    text = write(value)
    assert numbers.parse(text) == float(text.replace(MINUS, "-"))


@given(st.floats(0, 1))
def test_percent_is_read_as_a_part_of_1(part: float) -> None:
    assert math.isclose(numbers.parse(numbers.percent(part)), part, abs_tol=0.00101)


@given(st.text("0123456789,. /-\u2212\u00bd%e\t;[]\u0663", max_size=20))
def test_what_looks_like_numbers_is_finite_or_refused_in_one_line(text: str) -> None:
    try:
        values = numbers.parse_row(text)
    except ValueError as error:
        sentence, values = str(error), ()
    else:
        sentence = ""
    assert "\n" not in sentence
    assert all(map(math.isfinite, values))


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = numbers.parse(text)
    except ValueError:
        return
    assert math.isfinite(value)


@given(st.floats(-1e300, 1e300), st.integers(2, 6))
def test_a_short_number_is_near_the_number_and_fits_its_column(value: float, digits: int) -> None:
    text = numbers.short(value, digits)
    read = float(text.replace(MINUS, "-"))

    assert len(text) <= digits + 9
    assert math.isclose(read, value, rel_tol=0.005, abs_tol=0.5 * 10.0**-digits)
    assert (text[0] == MINUS) == (value < 0)


@given(st.floats(0.001, 99.9), st.floats(0.001, 99.9))
def test_short_numbers_keep_their_decimals_while_they_change(one: float, other: float) -> None:
    written = [numbers.short(value) for value in (one, -other)]

    assert [len(text.split(".")[1]) for text in written] == [4, 4]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"),
        (0.86, "0.8600"),
        (-0.14, f"{MINUS}0.1400"),
        (0.00001, "1.00e\u221205"),
        (313.599, "313.599"),
        (1.796e6, "1.80e+06"),
    ],
)
def test_short_numbers_as_they_are_shown(value: float, text: str) -> None:
    assert numbers.short(value) == text


@given(finite)
def test_a_positive_number_is_signed(value: float) -> None:
    text = numbers.signed(value)

    assert text[0] == ("+" if value > 0 else MINUS if value < 0 else "0")
    assert text.lstrip("+") == numbers.short(value)


@given(st.floats(1e-9, 1e9))
def test_plain_numbers_have_no_needless_zeros(value: float) -> None:
    text = numbers.plain(value)

    assert math.isclose(numbers.parse(text), value, rel_tol=1e-5)
    assert not re.search(r"\.\d*0(e|$)", text)


@pytest.mark.parametrize(
    ("value", "text"), [(8.5, "8.5"), (0.3, "0.3"), (-2.0, f"{MINUS}2"), (1.0, "1"), (0.0, "0")]
)
def test_plain_numbers_as_they_are_shown(value: float, text: str) -> None:
    assert numbers.plain(value) == text


def test_a_zero_has_no_sign() -> None:
    assert numbers.plain(-0.0) == numbers.plain(0.0) == "0"
    assert numbers.short(-0.0) == "0.0000"
