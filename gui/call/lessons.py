"""The command that checks a lesson: one line for each fault, or what was found right."""

from __future__ import annotations

from pathlib import Path

from gui.call.terminal import shown
from model.door import say
from model.lessons.check import check_text, counts_of
from model.lessons.lesson import LessonError
from model.lessons.library import text_of
from model.lessons.reading import read_lesson


def print_faults(name: str) -> int:
    """Check the lesson in a file; returns 1 where something is wrong with it, else 0.

    Raises UnknownLesson where there is no such file.
    """
    file = Path(name)
    try:
        text = text_of(name)
    except LessonError as error:
        print(shown(str(LessonError(name, error.line, error.problem))))
        return 1
    faults = check_text(text, name, file.parent)
    for fault in faults:
        print(shown(str(fault)))
    if faults:
        return 1
    counts = counts_of(read_lesson(text, name, file.parent))
    print(
        shown(
            say(
                "{name}: nothing is wrong. Pages: {pages}, numbers computed: {numbers}, "
                "predictions: {predicts}, wrong answers: {wrongs}, tasks: {tasks}, claims that "
                "hold: {claims}, misconceptions revealed: {misconceptions}.",
                name=name,
                **counts,
            )
        )
    )
    return 0
