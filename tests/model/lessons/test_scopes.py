"""Where numbers come from: a page's own path, what-ifs, printed slips, the bench, the learner."""

from __future__ import annotations

import pytest

from model.lessons import (
    ExpressionError,
    Latch,
    Lesson,
    LessonError,
    NoValue,
    Reference,
    Scopes,
    bench_of,
    evaluate,
    judge,
    load,
    parse,
    read_lesson,
    truth,
    whole_path,
)
from model.lessons.check.bench import Bench
from model.lessons.futures import experiment_of
from tests.model.lessons.made_up import SMALL, small

# By plain Python, from the design of the lesson on freezing.
FREEZING = {
    "start.s": 1.8625,
    "start.limit": 1.0738255033557047,
    "start.one_step": 0.5369127516778524,
    "start.factor": 0.44125,
    "unfrozen.s": 74.1125,
    "unfrozen.limit": 0.026986001011975038,
    "unfrozen.factor": -21.23375,
    "start.pred": 0.86,
    "at(1).pred": 0.938225,
    "at(2).pred": 0.97274178125,
    "at(1).delta": -0.061775,
    "at(2).delta": -0.02725821875,
    "at(3).delta": -0.0120276890234375,
    "start.slope[a]": -2.38,
    "at(3).w[a]": 0.1,
    "at(3).w[b]": 0.24466147765625,
    "at(3).w[c]": -0.017548041250000077,
    "only_b.limit": 0.027142,
    "only_c.limit": 0.027521,
    "a_and_b.limit": 1.388889,
}
FLOORS = (0.116470588, 0.107267647, 0.103206849, 0.101415022)


@pytest.fixture(scope="module")
def freezing() -> Lesson:
    return load("freezing")


def number(lesson: Lesson, text: str, page: int | None = None) -> float:
    return evaluate(
        parse(text), Scopes(Reference(lesson, None if page is None else lesson.page(page)))
    )


@pytest.mark.parametrize(("text", "expected"), FREEZING.items())
def test_the_numbers_of_freezing(freezing: Lesson, text: str, expected: float) -> None:
    tolerance = 1e-12 if len(repr(expected)) > 9 or expected > 1.5 else 1e-4
    assert number(freezing, text) == pytest.approx(expected, rel=tolerance)


def test_the_floor_of_the_frozen_weight_comes_to_its_dot(freezing: Lesson) -> None:
    found = [number(freezing, f"at({step}).floor[a]") for step in range(4)]

    assert found == pytest.approx(FLOORS, abs=1e-9)


def test_what_is_free_too_late_hardly_moves(freezing: Lesson) -> None:
    moved = number(freezing, "released.at(1).w[a] - released.start.w[a]")

    assert moved == pytest.approx(9.3e-10, rel=0.01)
    assert number(freezing, "let_loose.at(6).error") == pytest.approx(1.009, rel=1e-3)


def test_at_counts_from_the_beginning_of_the_page(freezing: Lesson) -> None:
    assert number(freezing, "start.step", 5) == 20
    assert number(freezing, "at(3).step", 5) == 23
    assert number(freezing, "at(3).length", 5) == 23
    assert number(freezing, "released.at(2).step", 5) == 22


def test_the_bench_of_a_page_has_its_steps_and_changes(freezing: Lesson) -> None:
    page = freezing.page(5)
    bench = bench_of(freezing, page)
    path = whole_path(bench)

    assert (bench.position, bench.length, path.length) == (20, 20, 20)
    assert path.setup.alpha == 0.01
    assert path.state(20).delta[0] == number(freezing, "start.delta", 5)


def test_a_setup_that_says_what_is_there_already_makes_no_edit(freezing: Lesson) -> None:
    assert bench_of(freezing, freezing.page(1)).edits == ()


def test_changes_are_made_together() -> None:
    lesson = small(
        "at = 0",
        'at = 1\nalpha = 0.02\nfrozen = ["b"]\nweights = {a = 0.5}\ninputs = {toes = 2}\n'
        "targets = {win = 0.5}",
    )

    values = {
        "start.step": 1.0, "start.alpha": 0.02, "start.w[a]": 0.5, "start.x[toes]": 2.0,
        "start.target": 0.5, "start.s": 4.0 + 1.2**2,
    }  # fmt: skip
    for text, expected in values.items():
        assert number(lesson, text, 1) == pytest.approx(expected)
    assert truth(parse("start.frozen[b]"), Scopes(Reference(lesson, lesson.page(1))))


def test_a_bench_that_cannot_be_made_is_told_with_its_line() -> None:
    lesson = small("at = 0", 'at = 500\nexperiment = "Alpha too large"')

    with pytest.raises(LessonError, match=r"^small.md:27: the path diverges at step"):
        bench_of(lesson, lesson.page(1))


def test_a_path_that_ends_has_no_number_further_on() -> None:
    lesson = small('"Several steps"', '"Alpha too large"')

    with pytest.raises(NoValue, match="the error would pass"):
        number(lesson, "at(100).delta")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unknwon.delta", "there is no what-if “unknwon”"),
        ("slip.sing.at(1).delta", "there is no slip “sing”: they are transposed"),
        ("slip.transposed.at(1).delta", "it stops with an error"),
        ("start.w[z]", "“z” is not a weight here"),
        ("start.x[feet]", "there is no input “feet”"),
        ("start.pred[lose]", "there is no output “lose”"),
        ("start.held_out", "no images are held out"),
        ("start.distance(1, 2)", "there are examples 1 to 1"),
    ],
)
def test_what_is_not_there_is_said(text: str, said: str) -> None:
    with pytest.raises(ExpressionError, match=said):
        number(small(), text)


def test_slips_go_on_from_the_same_beginning() -> None:
    lesson = small('"Several steps"', '"Several inputs and outputs"')

    errors = [number(lesson, f"slip.transposed.at({step}).total_error") for step in range(4)]

    assert errors == pytest.approx([0.9557, 0.6543, 0.6341, 0.6328], abs=1e-4)
    assert number(lesson, "start.total_error") == errors[0]


def test_which_output_must_be_said_where_there_are_several() -> None:
    lesson = small('"Several steps"', '"Several outputs"')

    assert number(lesson, "start.delta[win]") == pytest.approx(-0.87)
    with pytest.raises(ExpressionError, match=r"several outputs, so say which: \[hurt\]"):
        number(lesson, "start.delta")


def test_vectors_and_pictures() -> None:
    vectors = small('"Several steps"', '"Dot products"')
    digits = small('"Several steps"', '"Digits, 8x8"')

    assert number(vectors, "start.dot(b, d)") == 1.0
    assert number(vectors, "start.dot(d, d)") == 0.5
    assert number(vectors, "start.distance(b, d)") == pytest.approx(0.5**0.5)
    assert number(digits, "start.ink(0)") == 0
    assert number(digits, "at(1).ink(0)") > 20
    assert number(digits, "at(1).ink(3)") == 0
    assert number(digits, "start.distance(1, 1)") == 0
    assert number(digits, "at(300).held_out") > 0.5


def test_the_bench_is_what_the_learner_made_of_it() -> None:
    lesson = small()
    page = lesson.page(1)
    bench = Bench(bench_of(lesson, page), lambda name: experiment_of(lesson, name))
    scopes = Scopes(Reference(lesson, page), bench)

    assert evaluate(parse("delta"), scopes) == evaluate(parse("start.delta"), scopes)
    bench.set_alpha(0.02)
    bench.step(1)

    assert evaluate(parse("now.delta"), scopes) == number(lesson, "large.at(1).delta")
    assert evaluate(parse("at(1).delta"), scopes) == number(lesson, "at(1).delta")
    assert truth(parse("step == 1 and length == 1 and alpha > start.alpha"), scopes)


def test_a_name_that_another_bench_lacks_is_never_true() -> None:
    lesson = small()
    other = Bench(experiment_of(lesson, "Several outputs"), lambda _: other.experiment)
    scopes = Scopes(Reference(lesson, lesson.page(1)), other)

    assert not truth(parse("x[toes] > 0"), scopes)
    assert not truth(parse("delta > 0"), scopes)


def test_what_was_true_once_stays_so_for_ever() -> None:
    lesson = small()
    page = lesson.page(1)
    bench = Bench(bench_of(lesson, page), lambda name: experiment_of(lesson, name))
    condition = parse("ever(x[toes] == 0) and ever(x[toes] < 0)")
    latch = Latch([condition])
    scopes = Scopes(Reference(lesson, page), bench, latch=latch)

    for value in (0.0, 1.0, -1.0, 3.0):
        bench.set_input("toes", value)
        latch.look(scopes)

    assert truth(condition, scopes)
    assert not truth(condition, Scopes(Reference(lesson, page), bench))


def test_an_answer_is_right_wrong_in_a_known_way_or_neither() -> None:
    lesson = small()
    predict = lesson.page(1).predicts[0]
    scopes = Scopes(Reference(lesson, lesson.page(1)))
    right = number(lesson, "at(2).delta")

    for answer in (right, right * 1.04, right * 0.96):
        assert judge(predict, answer, scopes).right
    assert judge(predict, right * 1.06, scopes).wrong is None
    assert judge(predict, -right * 1.01, scopes).wrong is predict.wrongs[1]
    assert judge(predict, 1e300, scopes).wrong is None
    with pytest.raises(ValueError, match="turns"):
        judge(lesson.page(2).predicts[0], 1.0, scopes)


def test_two_lessons_share_nothing() -> None:
    first, second = read_lesson(SMALL, "a"), read_lesson(SMALL, "a")

    assert Reference(first, first.page(1)).start is Reference(first, first.page(1)).start
    assert Reference(first, first.page(1)).start is not Reference(second, second.page(1)).start
