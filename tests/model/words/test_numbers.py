"""How numbers are written and read on screen."""

import math
import re
import struct

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
        "1/3",
        "0.1.2",
        "1,2,3",
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


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "Infinity", "1e999", "-1e999"])
def test_what_is_not_finite_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a finite number"):
        numbers.parse(text)


def test_a_very_long_text_is_cut_in_the_refusal() -> None:
    with pytest.raises(ValueError, match="is not a number") as refusal:
        numbers.parse("x" * 10_000)

    assert len(str(refusal.value)) < 100


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
