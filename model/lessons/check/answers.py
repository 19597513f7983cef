"""Whether predictions teach: wrong answers are known, told apart, and name what they show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from model.door import mark, say, written
from model.lessons.expressions import evaluate
from model.lessons.grammar import not_known, shortened
from model.lessons.lesson import (
    UNSURE,
    Lesson,
    LessonError,
    Page,
    Predict,
    Prose,
    Text,
)
from model.lessons.misconceptions import MISCONCEPTIONS
from model.lessons.quantities import ExpressionError
from model.lessons.scopes import Reference, Scopes, judge, truth
from model.lessons.templates import Slot, pieces


def answer_faults(lesson: Lesson, page: Page) -> Iterator[LessonError]:
    """What is wrong with the predictions of a page: every answer is given once."""
    scopes = Scopes(Reference(lesson, page))
    shown: list[Text] = []
    for block in page.blocks:
        if isinstance(block, Prose):
            shown.append(block.text)
        elif isinstance(block, Predict):
            shown.append(block.ask)
            if block.answer is None:
                yield from _choices(lesson, block, scopes)
            else:
                yield from _numbers(lesson, block, scopes)
                yield from _given_away(lesson, block, scopes, shown)


def coverage_faults(lesson: Lesson) -> Iterator[LessonError]:
    """Misconceptions that are listed and revealed by no answer, or the other way round."""
    revealed: dict[str, int] = {}
    for predict in lesson.predicts:
        for name, line in revealed_by(predict):
            revealed.setdefault(name, line)
    for name in lesson.misconceptions:
        if name not in MISCONCEPTIONS:
            yield lesson.fault("misconceptions", _unknown(name))
        elif name not in revealed:
            yield lesson.fault(
                "misconceptions", say("no answer reveals “{name}”", name=shortened(name))
            )
    for name, line in revealed.items():
        if name not in MISCONCEPTIONS:
            yield LessonError(lesson.name, line, say("reveals: {problem}", problem=_unknown(name)))
        elif name not in lesson.misconceptions:
            yield LessonError(
                lesson.name,
                line,
                say("reveals: “{name}” is missing in the misconceptions of the front matter",
                    name=name),
            )  # fmt: skip


def revealed_by(predict: Predict) -> Iterator[tuple[str, int]]:
    """The misconceptions that the answers of a prediction reveal, each with its line."""
    for choice in predict.choices:
        if choice.reveals is not None:
            yield choice.reveals, choice.line
    for wrong in predict.wrongs:
        if wrong.reveals is not None:
            yield wrong.reveals, wrong.line


def _unknown(name: str) -> str:
    return not_known(
        name, MISCONCEPTIONS,
        mark("there is no misconception “{name}”, did you mean “{near}”?"),
        mark("there is no misconception “{name}”: docs/lessons.md has the table of them"),
    )  # fmt: skip


def _choices(lesson: Lesson, predict: Predict, scopes: Scopes) -> Iterator[LessonError]:
    for choice in predict.choices:
        if choice.say is None:
            yield LessonError(
                lesson.name,
                choice.line,
                say("say is missing: every choice is told what came of it"),
            )
        if not choice.right and choice.reveals is None and choice.id != UNSURE:
            yield _no_misconception(lesson, choice.line)
        if choice.condition is not None and truth(choice.condition, scopes) is not choice.right:
            sentence = (
                say("if: “{condition}” does not hold, and this choice is the right one",
                    condition=choice.condition.source)
                if choice.right
                else say("if: “{condition}” holds, and this choice is a wrong one",
                         condition=choice.condition.source)
            )  # fmt: skip
            yield LessonError(lesson.name, choice.line, sentence)
    if not any(choice.reveals for choice in predict.choices):
        yield LessonError(lesson.name, predict.line, say("no wrong choice names a misconception"))


def _no_misconception(lesson: Lesson, line: int) -> LessonError:
    return LessonError(
        lesson.name, line, say("reveals is missing: a wrong answer names a misconception")
    )


def _numbers(lesson: Lesson, predict: Predict, scopes: Scopes) -> Iterator[LessonError]:
    assert predict.answer is not None
    answer = evaluate(predict.answer, scopes)
    near_enough = predict.within.of(answer)
    if not near_enough > 0:
        yield LessonError(
            lesson.name,
            predict.line,
            say("within: a share of an answer of 0 is nothing, give a number"),
        )
        return
    if not predict.wrongs:
        yield LessonError(
            lesson.name,
            predict.line,
            say("no wrong answer is known: at least one [[wrong]] belongs to a number"),
        )
    values = [evaluate(wrong.value, scopes) for wrong in predict.wrongs]
    for wrong, value in zip(predict.wrongs, values, strict=True):
        if wrong.reveals is None:
            yield _no_misconception(lesson, wrong.line)
        if judge(predict, value, scopes).right:
            yield LessonError(
                lesson.name,
                wrong.line,
                say(
                    "is: “{value}” is {number:.6g}, which counts as the right answer, {answer:.6g}",
                    value=wrong.value.source,
                    number=value,
                    answer=answer,
                ),
            )
    for (one, first), (other, second) in combinations(zip(predict.wrongs, values, strict=True), 2):
        if abs(first - second) <= 2 * near_enough:
            yield LessonError(
                lesson.name,
                other.line,
                say(
                    "is: {number:.6g} cannot be told from the wrong answer in line {line}, "
                    "{before:.6g}: they must be further apart than twice what within allows",
                    number=second,
                    line=one.line,
                    before=first,
                ),
            )


def _given_away(
    lesson: Lesson, predict: Predict, scopes: Scopes, shown: list[Text]
) -> Iterator[LessonError]:
    """A number in sight that is the answer, before it is asked for."""
    assert predict.answer is not None
    for text in shown:
        for piece in pieces(text.markdown):
            if not isinstance(piece, Slot) or any(n.is_live for n in piece.expression.names()):
                continue
            try:
                number = evaluate(piece.expression, scopes)
            except ExpressionError:
                continue
            if judge(predict, number, scopes).right:
                yield LessonError(
                    lesson.name,
                    text.line,
                    say(
                        "“{text}” is {number}, which counts as the answer to “{id}” on this page: "
                        "it gives it away",
                        text=piece.expression.source,
                        number=written(f"{number:.6g}"),
                        id=predict.id,
                    ),
                )
