"""Whether all that a lesson names is there: experiments, parts, weights, numbers, answers.

This is looked at whenever a lesson is opened; whether it teaches well is for the checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from model.door import say
from model.errors import ExperimentError
from model.experiment import Experiment
from model.lessons.expressions import Expression, Name
from model.lessons.futures import beside, experiment_of
from model.lessons.grammar import shortened
from model.lessons.lesson import (
    Block,
    Lesson,
    LessonError,
    Notes,
    Observe,
    Page,
    Predict,
    Prose,
    Reveal,
    Setup,
    Task,
    Text,
)
from model.lessons.quantities import ExpressionError, NoValue, measure
from model.lessons.scopes import Reference
from model.lessons.templates import Slot, pictures, pieces
from model.words.parts import named, part

MAX_NUMBERS = 2_000
_PICTURES = (".png", ".jpg", ".jpeg")


def texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block that may hold numbers."""
    if isinstance(block, Prose):
        yield block.text
    elif isinstance(block, Predict | Observe):
        yield block.ask
        for choice in block.choices:
            yield choice.text
            yield from _there(choice.say)
        if isinstance(block, Predict):
            yield from (wrong.say for wrong in block.wrongs)
            yield from _there(block.say)
    elif isinstance(block, Task):
        yield block.do
        yield from block.hints
        yield from (remark.text for remark in block.says)
    elif isinstance(block, Notes):
        yield from _there(block.say, block.ask)


def _there(*texts: Text | None) -> Iterator[Text]:
    return (text for text in texts if text is not None)


def name_faults(lesson: Lesson) -> list[LessonError]:
    """Everything that a lesson names and that is not there, in the order of the file."""
    return sorted(_Names(lesson).faults(), key=lambda fault: fault.line)


class _Names:
    """Looks at one lesson; answers are known from the page of their question on."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._answers: set[str] = set()
        self._found: list[LessonError] = []

    def faults(self) -> list[LessonError]:
        if not self._few_enough() or not self._experiment():
            return self._found
        whole = Reference(self._lesson, None)
        for name, changes in self._lesson.what_ifs.items():
            with self._noting(changes.line):
                whole.start_of(name)
        for claim in self._lesson.claims:
            with self._noting(claim.line):
                self._claim(claim.page, claim.holds, whole)
        for page in self._lesson.pages:
            self._page(page)
        return self._found

    @contextmanager
    def _noting(self, line: int) -> Iterator[None]:
        """Keep what is raised inside as a fault of that line."""
        try:
            yield
        except LessonError as error:
            # What a page and its texts need alike is at fault once.
            if str(error) not in map(str, self._found):
                self._found.append(error)
        except (ExpressionError, ValueError) as error:
            self._found.append(LessonError(self._lesson.name, line, str(error)))

    def _few_enough(self) -> bool:
        """Whether all numbers can be looked up in reasonable time."""
        count = 0
        for page in self._lesson.pages:
            for block in page.blocks:
                slots = sum(len(pieces(text.markdown)) // 2 for text in texts_of(block))
                count += slots + sum(1 for _ in _expressions_of(block))
            if count > MAX_NUMBERS:
                problem = say("a lesson has at most {most:,} numbers", most=MAX_NUMBERS)
                self._found.append(LessonError(self._lesson.name, page.line, problem))
                return False
        return True

    def _experiment(self) -> bool:
        try:
            experiment_of(self._lesson, self._lesson.experiment)
        except ExperimentError as error:
            self._found.append(self._lesson.fault("experiment", str(error)))
            return False
        return True

    def _claim(self, number: int | None, holds: Expression | None, whole: Reference) -> None:
        reference = whole
        if number is not None:
            if number > len(self._lesson.pages):
                raise ExpressionError(say("page: there is no page {number}", number=number))
            reference = Reference(self._lesson, self._lesson.page(number))
        if holds is not None:
            self._of_lesson(holds, reference)

    # -- pages ---------------------------------------------------------------------------------

    def _page(self, page: Page) -> None:
        reference = Reference(self._lesson, page)
        begins = False
        with self._noting(page.setup.line):
            reference.start_of("page")
            begins = True
        if not begins:
            return
        experiment = experiment_of(self._lesson, page.setup.bench.experiment)
        self._answers |= {predict.id for predict in page.predicts if predict.answer is not None}
        for block in page.blocks:
            self._block(block, reference, experiment)

    def _block(self, block: Block, reference: Reference, experiment: Experiment) -> None:
        for name in _parts_of(block):
            with self._noting(block.line):
                named(experiment, name)
        if isinstance(block, Setup) and block.select is not None:
            with self._noting(block.line):
                part(experiment, block.select)
        for text in texts_of(block):
            self._pictures(text)
            for piece in pieces(text.markdown):
                if isinstance(piece, Slot):
                    with self._noting(text.line):
                        self._in_text(piece.expression, reference)
        for line, expression, live in _expressions_of(block):
            with self._noting(line):
                if live:
                    self._of_bench(expression, reference)
                else:
                    self._of_lesson(expression, reference)

    def _pictures(self, text: Text) -> None:
        for words, file, line in pictures(text):
            if not words:
                problem = say("a picture needs words for who cannot see it: ![words](file.png)")
            elif not file.lower().endswith(_PICTURES) or not beside(self._lesson.folder, file):
                problem = say(
                    "there is no picture “{file}”: a .png or .jpg beside the lesson or below",
                    file=shortened(file),
                )
            else:
                continue
            self._found.append(LessonError(self._lesson.name, line, problem))

    # -- expressions ---------------------------------------------------------------------------

    def _in_text(self, expression: Expression, reference: Reference) -> None:
        for name in expression.names():
            if name.future == "":
                raise ExpressionError(
                    say(
                        "“{text}”: in a text a number is start.{name}, which stays true, or "
                        "now.{name}, which follows the bench",
                        text=expression.source,
                        name=name.quantity,
                    )
                )
            self._resolve(name, reference, expression)

    def _of_lesson(self, expression: Expression, reference: Reference) -> None:
        for name in expression.names():
            if name.is_live or name.future == "you":
                raise ExpressionError(
                    say(
                        "“{text}” must be true whatever the learner does: write start.{name}",
                        text=expression.source,
                        name=name.quantity,
                    )
                )
            self._resolve(name, reference, expression)

    def _of_bench(self, expression: Expression, reference: Reference) -> None:
        for name in expression.names():
            self._resolve(name, reference, expression)

    def _resolve(self, name: Name, reference: Reference, expression: Expression) -> None:
        try:
            if name.future == "you":
                self._answer(name.quantity)
            elif name.is_live:
                self._on_bench(name, reference)
            else:
                reference.number(name)
        except LessonError:
            raise
        except ExpressionError as error:
            raise ExpressionError(
                say("“{text}”: {problem}", text=expression.source, problem=error)
            ) from error

    def _answer(self, ident: str) -> None:
        if ident not in self._answers:
            raise ExpressionError(
                say("no prediction in numbers on this page or before has the id “{id}”", id=ident)
            )

    def _on_bench(self, name: Name, reference: Reference) -> None:
        """Look the name up on the bench as the page begins; it may have no value yet."""
        with suppress(NoValue):
            measure(reference.start, name.quantity, name.members)


def _expressions_of(block: Block) -> Iterator[tuple[int, Expression, bool]]:
    """Expressions besides those in texts: line, expression, and whether it is of the bench."""
    if isinstance(block, Task):
        yield block.line, block.done, True
        yield from ((remark.line, remark.when, True) for remark in block.says)
    elif isinstance(block, Predict | Observe):
        live = isinstance(block, Observe)
        yield from (
            (choice.line, choice.condition, live)
            for choice in block.choices
            if choice.condition is not None
        )
        if isinstance(block, Predict) and block.answer is not None:
            yield block.line, block.answer, False
            yield from ((wrong.line, wrong.value, False) for wrong in block.wrongs)


def _parts_of(block: Block) -> Iterator[str]:
    """The parts and families that a block names."""
    if isinstance(block, Setup | Reveal):
        yield from (*block.show, *block.hide, *block.light)
    elif isinstance(block, Task):
        yield from block.allow
