"""What is counted, and what is added up over all examples, by plain loops."""

from __future__ import annotations

import pytest

from model.actions import parse as actions
from model.lessons import (
    ExpressionError,
    Lesson,
    Reference,
    Scopes,
    evaluate,
    parse,
    read_lesson,
    truth,
)
from model.lessons.check.bench import Bench
from model.lessons.futures import experiment_of
from tests.model.lessons.by_loops import Loops
from tests.model.lessons.made_up import SMALL


def on(experiment: str) -> Lesson:
    return read_lesson(SMALL.replace('"Several steps"', f'"{experiment}"'), "small.md")


def number(lesson: Lesson, text: str) -> float:
    return evaluate(parse(text), Scopes(Reference(lesson, None)))


def test_how_many_there_are() -> None:
    digits, outputs = on("Digits, 8x8"), on("Several outputs")

    counts = [number(digits, f"start.{name}") for name in ("inputs", "outputs", "weights")]
    assert counts == [64, 10, 640]
    assert number(digits, "start.examples") == 1500
    assert number(outputs, "start.inputs") == 1
    assert number(outputs, "start.weights") == 3


def test_errors_of_all_games_with_the_weights_as_they_are() -> None:
    season = on("The whole season")
    loops = Loops.of(experiment_of(season, "The whole season")).copy()
    loops.take(3)

    expected = []
    for game, (target,) in zip(loops.inputs, loops.targets, strict=True):
        pred = sum(w * x for w, x in zip(loops.weights[0], game, strict=True))
        expected.append((pred - target) ** 2)
    found = [number(season, f"at(3).error_of({game})") for game in (1, 2, 3, 4)]
    assert found == pytest.approx(expected, rel=1e-12)
    assert number(season, "at(3).examples_error") == pytest.approx(sum(expected), rel=1e-12)
    assert number(season, "start.error_of(1)") == pytest.approx(number(season, "start.error"))


def test_pictures_begin_to_have_ink_one_after_the_other() -> None:
    digits = on("Digits, 8x8")

    assert [number(digits, f"at({step}).inked") for step in range(5)] == [0, 1, 2, 3, 4]
    assert number(digits, "at(1).against(0)") == 0
    assert number(digits, "at(2).against(0)") == 8
    assert number(digits, "start.blank") == 3


@pytest.mark.parametrize("example", ["0", "1501", "first"])
def test_an_example_that_is_not_there_is_said(example: str) -> None:
    with pytest.raises(ExpressionError, match=r"there are examples 1 to 1,500"):
        number(on("Digits, 8x8"), f"start.error_of({example})")


def test_which_slip_is_in_the_listing() -> None:
    lesson = on("Several outputs")
    bench = Bench(experiment_of(lesson, "Several outputs"), lambda _: bench.experiment)
    scopes = Scopes(Reference(lesson, None), bench)

    assert truth(parse("slipped(none)"), scopes)
    (put, take) = actions("slip one_delta\nslip none")
    bench.do(put)
    assert truth(parse("slipped(one_delta) and not slipped(sign)"), scopes)
    bench.do(take)
    assert not truth(parse("slipped(one_delta)"), scopes)
    with pytest.raises(ValueError, match="there is no slip “sing”: they are transposed"):
        bench.do(actions("slip sing")[0])
    with pytest.raises(ExpressionError, match="there is no slip “sing”"):
        evaluate(parse("start.slipped(sing)"), scopes)
