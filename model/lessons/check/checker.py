"""All checks of a lesson, in the order of its file."""

from __future__ import annotations

from pathlib import Path as FilePath

from model.door import say
from model.lessons.check.answers import answer_faults, coverage_faults, revealed_by
from model.lessons.check.prose import prose_faults
from model.lessons.check.solutions import solution_faults
from model.lessons.grammar import shortened
from model.lessons.lesson import UNSURE, Lesson, LessonError, Task
from model.lessons.library import built_in
from model.lessons.names import name_faults, texts_of
from model.lessons.reading import read_all
from model.lessons.templates import Slot, pieces


def check_text(text: str, name: str, folder: FilePath | None = None) -> list[LessonError]:
    """Everything that is wrong with the lesson in a text, in the order of the file.

    What is not a lesson at all is told alone; what names something that is not there hides what
    could only be said of its numbers.
    """
    lesson, faults = read_all(text, name, folder)
    return faults if lesson is None else check_lesson(lesson)


def check_lesson(lesson: Lesson) -> list[LessonError]:
    """Everything that is wrong with a lesson that was read, in the order of the file."""
    faults = name_faults(lesson) or _content_faults(lesson)
    return sorted(faults, key=lambda fault: fault.line)


def _content_faults(lesson: Lesson) -> list[LessonError]:
    faults = [*prose_faults(lesson), *coverage_faults(lesson), *_need_faults(lesson)]
    for page in lesson.pages:
        faults.extend(answer_faults(lesson, page))
        faults.extend(solution_faults(lesson, page))
    return faults


def _need_faults(lesson: Lesson) -> list[LessonError]:
    known = {heading.id for heading in built_in()}
    return [
        lesson.fault(
            "needs",
            say(
                "there is no lesson “{id}”, there are {known}",
                id=shortened(need),
                known=", ".join(sorted(known)),
            ),
        )
        for need in lesson.needs
        if need not in known
    ]


def counts_of(lesson: Lesson) -> dict[str, int]:
    """How much there is of what was checked, by name."""
    blocks = [block for page in lesson.pages for block in page.blocks]
    slots = [
        piece
        for block in blocks
        for text in texts_of(block)
        for piece in pieces(text.markdown)
        if isinstance(piece, Slot)
    ]
    predicts = list(lesson.predicts)
    wrongs = sum(len(predict.wrongs) for predict in predicts)
    answers = sum(predict.answer is not None for predict in predicts)
    return {
        "pages": len(lesson.pages),
        "numbers": len(slots) + wrongs + answers,
        "predicts": len(predicts),
        "wrongs": wrongs
        + sum(
            not choice.right and choice.id != UNSURE
            for predict in predicts
            for choice in predict.choices
        ),
        "tasks": sum(isinstance(block, Task) for block in blocks),
        "claims": sum(claim.holds is not None for claim in lesson.claims),
        "misconceptions": len({name for one in predicts for name, _ in revealed_by(one)}),
    }
