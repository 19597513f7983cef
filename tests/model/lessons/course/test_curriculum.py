"""The lessons hold what the curriculum lists for each of them, counted in the files.

Numbers are worked out a second time, by lists and a loop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from model.lessons.expressions import evaluate
from model.lessons.lesson import UNSURE, Lesson, Predict
from model.lessons.library import built_in, load
from model.lessons.misconceptions import MISCONCEPTIONS
from model.lessons.texts import fill
from tests.model.lessons.course.asked import asked, said
from tests.model.reference import Bench, Step, walk

TOES, WIN_LOSS, FANS = 8.5, 0.65, 1.2


@dataclass(frozen=True)
class Taught:
    """What a lesson must hold: its predictions, the wrong ideas they reveal, its tasks."""

    predicts: tuple[str, ...]
    reveals: frozenset[str]
    tasks: int


def _taught(predicts: str, reveals: str, tasks: int) -> Taught:
    return Taught(tuple(predicts.split()), frozenset(reveals.split()), tasks)


CURRICULUM = {
    "the-bench": _taught("after_predict", "predict-changes-weights", 4),
    "one-delta": _taught(
        "how_many share stopping reversal hundredth",
        "split-evenly same-for-all own-prediction-per-input input-is-convention stopped-for-good",
        6,
    ),
    "the-update": _taught(
        "new_a which_press new_c", "sign-slip predict-changes-weights alpha-forgotten", 4
    ),
    "several-steps": _taught(
        "second_error third_delta bowls by_hand side never",
        "sign-flips-always bowl-belongs-to-its-weight equal-amounts",
        7,
    ),
    "slope-and-two": _taught("flat slope two half_alpha", "slope-without-input missing-two", 4),
    "alpha-too-large": _taught(
        "ten_times limit left_alone exactly middle other_team", "circles-round-the-floor", 6
    ),
    "unequal-slopes": _taught(
        "slope_b repair ratio new_limit important",
        "range-is-step-count large-weight-important split-evenly",
        5,
    ),
    "freezing": _taught(
        "limit first_delta others bowl regain matters loose padlock",
        "freezing-shows-importance frozen-disturbs-others frozen-means-no-slope limit-is-fixed "
        "s-over-all-inputs sign-flips-always bowl-belongs-to-its-weight lost-ground-is-regained "
        "no-delta-no-danger alpha-forgotten",
        7,
    ),
    "several-outputs": _taught(
        "moves_most hurt without_win first",
        "same-for-all input-times-weight outputs-cross-talk",
        6,
    ),
    "inputs-and-outputs": _taught(
        "raised largest outer alone", "order-ignored outputs-cross-talk", 6
    ),
    "four-slips": _taught(
        "transposed products one_delta sign answers fifth",
        "falling-proves-it order-ignored input-times-weight one-delta-for-all sign-slip",
        7,
    ),
    "whole-season": _taught(
        "good_step curve pull guarantee tenth", "good-for-all guarantee-is-threshold", 6
    ),
    "many-weights": _taught(
        "inked second untouched at_last why_ten new_images while_used",
        "zero-cannot-learn one-output-is-enough stopped-for-good learns-while-used",
        8,
    ),
    "weights-as-pictures": _taught(
        "picture middle which_sum take_over scale", "picture-of-an-example stores-its-data", 6
    ),
    "dot-product": _taught(
        "a_times_c b_times_d like_itself cancel a_times_b beat not eight",
        "percentage-of-likeness zero-means-zero-vector",
        6,
    ),
    "image-space": _taught(
        "moved shuffled two_pixels score_axis map",
        "pixels-know-neighbours map-distances-mean",
        6,
    ),
    "again": _taught(
        "again_share again_zero again_looking again_new_a again_error again_bowl again_past "
        "again_alpha again_slope again_limit again_frozen again_free again_unit again_row "
        "again_fall again_game again_third again_picture again_vectors again_near",
        " ".join(MISCONCEPTIONS),
        20,
    ),
}


# All but the one that was written before there was a curriculum.
LATER = [ident for ident in CURRICULUM if ident != "freezing"]


@pytest.fixture(params=CURRICULUM)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    """Each of them in turn."""
    return load(request.param)


def _reveals(predict: Predict) -> set[str]:
    named = [one.reveals for one in predict.choices] + [one.reveals for one in predict.wrongs]
    return {idea for idea in named if idea is not None}


def test_lessons_stand_in_the_order_of_the_curriculum() -> None:
    ids = [heading.id for heading in built_in()]
    assert ids == list(CURRICULUM)
    for place, heading in enumerate(built_in()):
        assert set(heading.needs) <= set(ids[:place]), heading.id


def test_each_lesson_asks_and_gives_to_do_what_is_listed(lesson: Lesson) -> None:
    taught = CURRICULUM[lesson.id]
    assert tuple(predict.id for predict in lesson.predicts) == taught.predicts
    assert sum(len(page.tasks) for page in lesson.pages) == taught.tasks
    revealed = set().union(*map(_reveals, lesson.predicts))
    assert taught.reveals <= revealed
    assert revealed == set(lesson.misconceptions)


def test_every_misconception_is_revealed_and_every_wrong_answer_reveals_one() -> None:
    seen: set[str] = set()
    for ident in CURRICULUM:
        for predict in load(ident).predicts:
            seen |= _reveals(predict)
            wrong = [one for one in predict.choices if not one.right and one.id != UNSURE]
            assert all(choice.reveals for choice in wrong), (ident, predict.id)
            assert all(number.reveals for number in predict.wrongs), (ident, predict.id)
    assert seen == set(MISCONCEPTIONS)


def test_what_is_asked_again_before_the_last_lesson_is_asked_somewhere() -> None:
    earlier = set[str]()
    for ident in list(CURRICULUM)[:-1]:
        earlier |= set().union(*map(_reveals, load(ident).predicts))
    assert earlier == set(MISCONCEPTIONS)


def test_each_lesson_has_notes_and_ends_with_something_to_do(lesson: Lesson) -> None:
    assert any(page.notes for page in lesson.pages)
    last = lesson.pages[-1]
    assert last.tasks
    # What is tried out by oneself is explained afterwards.
    assert last.blocks[-1] is not last.tasks[-1]


def test_pages_are_read_in_a_minute_or_two_before_they_ask(lesson: Lesson) -> None:
    for page in lesson.pages:
        if not page.predicts:
            continue
        texts = [block.text for block in page.segments[0].blocks if hasattr(block, "text")]
        words = sum(len(re.sub(r"\{\{.*?\}\}", "0", text.markdown).split()) for text in texts)
        assert words <= 90, (lesson.id, page.title, words)


def test_whoever_cannot_say_yet_has_an_answer_too() -> None:
    for ident in LATER:
        for predict in load(ident).predicts:
            unsure = any(choice.id == UNSURE for choice in predict.choices)
            assert predict.answer is not None or unsure, (ident, predict.id)


def test_numbers_that_stand_on_the_bench_are_hidden_while_they_are_asked_for() -> None:
    shown_by = {
        "weight_delta": {"weight_delta"},
        "slope": {"weight_delta"},
        "limit": {"zones"},
    }
    for ident in CURRICULUM:
        for page in load(ident).pages:
            for predict in page.predicts:
                names = list(predict.answer.names()) if predict.answer is not None else []
                for name in names:
                    if name.future == "page" and name.step == 0:
                        needed = shown_by.get(name.quantity, set())
                        assert needed <= set(page.setup.hide), (ident, predict.id)


# -- the numbers, by lists and a loop ----------------------------------------------------------


def _season(alpha: float, toes: float = TOES, steps: int = 4) -> list[Step[float]]:
    """The one team of these lessons, and so many steps on it."""
    bench = Bench(
        [[toes, WIN_LOSS, FANS]], [[1.0]], [[0.1, 0.2, -0.1]], [[False, False, False]], alpha
    )
    return walk(bench, [0] * (steps + 1))


_START, _AFTER, *_LATER = _season(0.01)
_DELTA, _WEIGHT_DELTA = _START.delta[0], _START.weight_delta[0][0]
# The other team, of the last lesson.
_OTHERS = walk(
    Bench([[4.0, 0.5, 2.0]], [[1.0]], [[0.1, 0.2, -0.1]], [[False, False, False]], 0.02), [0] * 3
)
_OTHER = _OTHERS[0]
_S = TOES**2 + WIN_LOSS**2 + FANS**2

# The right number, and those that wrong ideas come to.
NUMBERS: dict[tuple[str, str], tuple[float, dict[str, tuple[float, ...]]]] = {
    ("one-delta", "share"): (
        _DELTA * TOES,
        {
            "split-evenly": (_DELTA / 3,),
            "same-for-all": (_DELTA,),
            "sign-slip": (-_DELTA * TOES,),
            "input-times-weight": (TOES * 0.1,),
        },
    ),
    ("the-update", "new_a"): (
        0.1 - 0.01 * _WEIGHT_DELTA,
        {
            "sign-slip": (0.1 + 0.01 * _WEIGHT_DELTA,),
            "alpha-forgotten": (0.1 - _WEIGHT_DELTA,),
            "same-for-all": (0.1 - 0.01 * _DELTA,),
        },
    ),
    ("the-update", "new_c"): (
        -0.1 - 0.01 * _DELTA * FANS,
        {
            "sign-slip": (-0.1 + 0.01 * _DELTA * FANS,),
            "alpha-forgotten": (-0.1 - _DELTA * FANS,),
            "same-for-all": (-0.1 - 0.01 * _DELTA,),
        },
    ),
    ("several-steps", "third_delta"): (
        _LATER[1].delta[0],
        {
            "equal-amounts": (_DELTA + 3 * (_AFTER.delta[0] - _DELTA),),
            "sign-flips-always": (-_LATER[1].delta[0],),
            "share-of-delta-is-share-of-error": (_DELTA * (1 - 0.01 * _S) ** 6,),
        },
    ),
    ("slope-and-two", "slope"): (
        2 * _DELTA * TOES,
        {
            "missing-two": (_DELTA * TOES,),
            "slope-without-input": (2 * _DELTA, _DELTA),
        },
    ),
    ("slope-and-two", "half_alpha"): (0.005, {"missing-two": (0.01, 0.02)}),
    ("alpha-too-large", "limit"): (
        2 / _S,
        {"overshoot-is-divergence": (1 / _S,), "circles-round-the-floor": (0.1,)},
    ),
    ("unequal-slopes", "slope_b"): (
        2 * _DELTA * WIN_LOSS,
        {
            "same-for-all": (2 * _DELTA * TOES,),
            "large-weight-important": (4 * _DELTA * TOES,),
            "split-evenly": (2 * _DELTA * TOES / 3,),
        },
    ),
    ("several-outputs", "hurt"): (
        0.65 * (0.65 * 0.3 - 0.1),
        {
            "input-times-weight": (0.65 * 0.3,),
            "same-for-all": (0.65 * 0.3 - 0.1,),
            "outputs-cross-talk": (0.65 * (0.65 * (0.3 + 0.2 + 0.9) - 1.2),),
            "sign-slip": (-0.65 * (0.65 * 0.3 - 0.1),),
        },
    ),
    ("dot-product", "a_times_c"): (1.0, {"same-for-all": (2.0,), "input-times-weight": (4.0,)}),
    ("dot-product", "b_times_d"): (1.0, {"outputs-cross-talk": (0.5,), "same-for-all": (2.0,)}),
    ("again", "again_share"): (
        _OTHER.delta[0] * 0.5,
        {
            "split-evenly": (_OTHER.delta[0] / 3,),
            "same-for-all": (_OTHER.delta[0],),
            "sign-slip": (-_OTHER.delta[0] * 0.5,),
            "input-times-weight": (0.5 * 0.2,),
            "own-prediction-per-input": ((0.5 * 0.2 - 1) * 0.5,),
        },
    ),
    ("again", "again_new_a"): (
        0.1 - 0.02 * _OTHER.delta[0] * 4,
        {
            "sign-slip": (0.1 + 0.02 * _OTHER.delta[0] * 4,),
            "alpha-forgotten": (0.1 - _OTHER.delta[0] * 4,),
            "same-for-all": (0.1 - 0.02 * _OTHER.delta[0],),
        },
    ),
    ("again", "again_error"): (
        _OTHERS[2].error[0],
        {
            "equal-amounts": (2 * _OTHERS[1].error[0] - _OTHER.error[0],),
            "share-of-delta-is-share-of-error": (_OTHERS[1].error[0] * (1 - 0.02 * 20.25),),
        },
    ),
    ("again", "again_slope"): (
        2 * _OTHER.delta[0] * 4,
        {"missing-two": (_OTHER.delta[0] * 4,), "slope-without-input": (2 * _OTHER.delta[0],)},
    ),
}


@pytest.mark.parametrize(("ident", "question"), NUMBERS)
def test_numbers_asked_for_are_those_of_a_loop(ident: str, question: str) -> None:
    _, predict, scopes = asked(ident, question)
    right, wrong = NUMBERS[ident, question]
    assert predict.answer is not None
    assert evaluate(predict.answer, scopes) == pytest.approx(right, rel=1e-12)
    found: dict[str, list[float]] = {}
    for one in predict.wrongs:
        found.setdefault(one.reveals or "", []).append(evaluate(one.value, scopes))
    assert found.keys() == wrong.keys()
    for idea, values in wrong.items():
        assert found[idea] == pytest.approx(list(values), rel=1e-9), idea


def test_every_number_asked_for_is_among_them() -> None:
    asked = {
        (ident, predict.id)
        for ident in LATER
        for predict in load(ident).predicts
        if predict.answer is not None
    }
    assert asked == set(NUMBERS)


def _standard(scaled: bool) -> float:
    """The limit of alpha over the season's games with a constant input, by its definition."""
    games = [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3], [9.9, 0.8, 0.5], [9.0, 0.9, 1.0]]
    if scaled:
        columns = list(zip(*games, strict=True))
        means = [sum(column) / 4 for column in columns]
        spreads = [
            (sum((value - mean) ** 2 for value in column) / 4) ** 0.5
            for column, mean in zip(columns, means, strict=True)
        ]
        games = [
            [(value - m) / d for value, m, d in zip(game, means, spreads, strict=True)]
            for game in games
        ]
    return 2 / max(1 + sum(value**2 for value in game) for game in games)


_LARGE = [step.error[0] for step in _season(0.1)]
_TWO = _season(0.02)
# What the right choice and its answer say, by the loops above.
SAID = {
    ("several-steps", "second_error"): (f"{_LATER[0].error[0]:.6f}",),
    ("slope-and-two", "two"): (f"{_TWO[1].pred[0]:.4g}", f"{_TWO[1].error[0]:.3g}"),
    ("alpha-too-large", "ten_times"): (
        f"{_LARGE[1]:.3g}", f"{_LARGE[2]:.3g}", f"{_LARGE[3]:.4g}", f"−{abs(1 - 0.1 * _S):.4g}",
    ),
    ("alpha-too-large", "exactly"): ("0.14", "−0.14"),
    ("alpha-too-large", "other_team"): (f"{2 / (4.25**2 + WIN_LOSS**2 + FANS**2):.4g}",),
    ("unequal-slopes", "repair"): (f"{100 * TOES**2 / _S:.4g} %", f"{TOES**2:g}", f"{_S:g}"),
    ("unequal-slopes", "new_limit"): (
        f"{_standard(True):.4g}", f"{_standard(True) / _standard(False):.3g}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ident", "question"), SAID)
def test_right_choices_say_the_numbers_of_a_loop(ident: str, question: str) -> None:
    words = said(ident, question)
    for number in SAID[ident, question]:
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", words), (number, words)


def test_three_values_of_toes_stop_reverse_and_scale() -> None:
    page, _, scopes = asked("one-delta", "hundredth")
    text = " ".join(fill(block.text, scopes) for block in page.blocks if hasattr(block, "text"))
    delta = _season(0.01, 17.0)[0].delta[0]
    assert f"{17 * delta:.6g}" in text
    assert f"{delta:.6g}" in text
    stopped = _season(0.01, 0.0)
    assert stopped[1].weights[0][0] == stopped[0].weights[0][0]
    reversed_ = _season(0.01, -8.5)
    assert reversed_[1].weights[0][0] < reversed_[0].weights[0][0] < 0.2
