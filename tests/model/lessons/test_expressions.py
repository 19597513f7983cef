"""Expressions: what they say, what they may say, and that nothing else gets through."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.lessons.expressions import Expression, Name, NoValue, evaluate
from model.lessons.grammar import MAX_LETTERS, parse
from model.lessons.quantities import QUANTITIES, ExpressionError


@dataclass
class Numbers:
    """A source that knows a number for each name as it is written."""

    known: dict[Name, float] = field(default_factory=dict)

    def number(self, name: Name) -> float:
        return self.known.get(name, 2.0)

    def was_true(self, condition: Expression) -> bool:
        return bool(evaluate(condition, self))


def value(text: str) -> float:
    return evaluate(parse(text), Numbers())


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("8 / 4 / 2", 1.0),
        ("7 - 2 - 1", 4.0),
        ("-2 * -3", 6.0),
        ("--1", 1.0),
        ("abs(-3) + max(1, 2, 3) - min(4, 5)", 2.0),
        (".5 + 1. + 1e-1", 1.6),
        ("1 < 2", 1.0),
        ("1 <= 1 and 2 >= 3", 0.0),
        ("1 == 1 or 1 / 0 > 2", 1.0),
        ("1 > 2 and 1 / 0 > 2", 0.0),
        ("not 1 > 2 and not 2 > 3", 1.0),
        ("not (1 < 2 or 2 < 1)", 0.0),
        ("1.0001 ~= 1", 1.0),
        ("1.001 ~= 1", 0.0),
        ("0 ~= 0.0000000000000001", 1.0),
        ("ever(1 < 2)", 1.0),
        ("delta + at(3).delta", 4.0),
    ],
)
def test_an_expression_has_the_value_that_it_says(text: str, result: float) -> None:
    assert value(text) == pytest.approx(result, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("delta", Name("", 0, "delta")),
        ("now.delta", Name("now", 0, "delta")),
        ("pred[win]", Name("", 0, "pred", ("win",))),
        ('x["win/loss"]', Name("", 0, "x", ("win/loss",))),
        ("pred[3]", Name("", 0, "pred", ("3",))),
        ("start.w[a]", Name("page", 0, "w", ("a",))),
        ("at( 12 ) . w [ aa ]", Name("page", 12, "w", ("aa",))),
        ("other.limit", Name("other", 0, "limit")),
        ("other.start.limit", Name("other", 0, "limit")),
        ("other.at(4).limit", Name("other", 4, "limit")),
        ("slip.sign.at(1).error", Name("slip:sign", 1, "error")),
        ("you.guess", Name("you", 0, "guess")),
        ("dot(b, d)", Name("", 0, "dot", ("b", "d"))),
        ("start.distance(1, 12)", Name("page", 0, "distance", ("1", "12"))),
    ],
)
def test_a_name_says_where_its_number_comes_from(text: str, name: Name) -> None:
    assert list(parse(text).names()) == [name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('__import__("os").system("ls")', "there is no number called “__import__”"),
        ("start.__class__", "there is no number called “__class__”"),
        ("lambda: 1", "“:” has no meaning"),
        ("(" * 60 + "1" + ")" * 60, "more than 20 brackets"),
        ("not " * 21 + "1 < 2", "more than 20 brackets"),
        ("-" * 21 + "1", "more than 20 brackets"),
        ("at(999999999).delta", "further than the 10,000 steps"),
        ("at(10001).delta", "further than the 10,000 steps"),
        ("other.at(1001).delta", "further than the 1,000 steps"),
        ("at(99999999999999999999).delta", "further than"),
        ("at(1.5).delta", "at is written like at(3)"),
        ("at(-1).delta", "at is written like at(3)"),
        ("1e999", "too large for a number"),
        ("1" * (MAX_LETTERS + 1), "at most 400 letters"),
        ("detla", "did you mean “delta”"),
        ("w", "w is written like w[a]"),
        ("w[a", "w is written like w[a]"),
        ("w[a, b]", "w is written like w[a]"),
        ("dot(a)", "dot is written like dot(a, b)"),
        ("alpha[a]", "alpha stands without brackets"),
        ("1 < 2 < 3", "a comparison has two sides"),
        ("(1 < 2) + 1", "beside “+” stands a comparison"),
        ("1 and 2", "beside “and” stands a number"),
        ("frozen[a] == 1", "beside “==” stands a comparison"),
        ("not 1", "beside “not” stands a number"),
        ("-(1 < 2)", "beside “-” stands a comparison"),
        ("ever(1)", "beside “ever” stands a number"),
        ("abs(1, 2)", "abs takes one number"),
        ("min(1)", "min takes 2 to 8 numbers"),
        ("", "a number or a name is expected where it ends"),
        ("1 +", "a number or a name is expected where it ends"),
        ("1 2", "“2” is not expected"),
        ("other.", "a name is expected where it ends"),
        ("½", "“½” has no meaning"),
        ("\uff11", "“\uff11” has no meaning"),
        ("a\nb", "there is no number called “a”"),
        ('"delta"', "a number or a name is expected"),
    ],
)
def test_what_is_no_expression_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["1 / 0", "1e300 * 1e300", "-1e308 - 1e308", "1 / (delta - 2)"])
def test_what_is_no_finite_number_has_no_value(text: str) -> None:
    with pytest.raises(NoValue):
        value(text)


def test_the_longest_expression_is_worked_out() -> None:
    assert value("+".join(["1"] * (MAX_LETTERS // 2))) == MAX_LETTERS // 2
    assert value("1<2 and " * 49 + "1<2") == 1.0


def test_whether_it_is_a_truth_is_known_without_working_it_out() -> None:
    assert parse("frozen[a]").is_truth
    assert parse("1 < 2 and not frozen[a]").is_truth
    assert not parse("abs(delta)").is_truth


def test_what_was_ever_true_is_known_by_its_condition() -> None:
    expression = parse("ever(x[toes] == 0) and not ever(step > 3 and ever(step<1))")

    assert [condition.source for condition in expression.evers()] == [
        "x [ toes ] == 0", "step > 3 and ever ( step < 1 )", "step < 1",
    ]  # fmt: skip
    assert parse(expression.evers().__next__().source).tree == parse("x[toes] == 0").tree


# -- any expression ----------------------------------------------------------------------------

SMALL_NUMBERS = st.floats(0.125, 8.0, width=16)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, float]:
    """An expression and its value by Python's own arithmetic."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        number = draw(SMALL_NUMBERS)
        return repr(number), number
    sign = draw(st.sampled_from("+-*/<"))
    (left, a), (right, b) = draw(sums(depth - 1)), draw(sums(depth - 1))
    if sign == "<":
        return f"max({left}, abs({right}))", max(a, abs(b))
    if sign == "/" and b == 0:
        sign = "+"
    results = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else 0.0}
    return f"({left}) {sign} ({right})", results[sign]


@given(sums())
@settings(max_examples=60)
def test_any_sum_is_worked_out_as_python_does(pair: tuple[str, float]) -> None:
    text, expected = pair
    if len(text) > MAX_LETTERS:
        return
    if not math.isfinite(expected):
        with pytest.raises(NoValue):
            value(text)
        return
    assert value(text) == expected


PIECES = st.sampled_from(
    [*QUANTITIES, *"+-*/<>()[].,", "<=", "~=", "and", "or", "not", "ever", "at(3)", "start", "now",
     "you", "slip", "1", "2.5", '"win/loss"', "a", "other", "  ", "abs", "½", "\0", "{", "e9"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=200)
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError:
        return
    assert math.isfinite(evaluate_or_zero(expression))


def evaluate_or_zero(expression: Expression) -> float:
    try:
        return evaluate(expression, Numbers())
    except NoValue:
        return 0.0
