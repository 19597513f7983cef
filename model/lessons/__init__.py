"""Lessons: read, filled with numbers and checked. Pure: whoever shows them is elsewhere."""

from model.errors import UnknownLesson
from model.lessons.expressions import Name, NoValue, evaluate
from model.lessons.futures import bench_of, whole_path
from model.lessons.grammar import parse
from model.lessons.lesson import (
    Lesson,
    LessonError,
    Notes,
    Observe,
    Page,
    Predict,
    Prose,
    Reveal,
    Task,
    Text,
)
from model.lessons.library import built_in, load
from model.lessons.misconceptions import MISCONCEPTIONS
from model.lessons.quantities import ExpressionError
from model.lessons.reading import read_lesson
from model.lessons.scopes import Latch, Reference, Scopes, judge, truth
from model.lessons.texts import fill

__all__ = [
    "MISCONCEPTIONS", "ExpressionError",
    "Latch", "Lesson", "LessonError",
    "Name", "NoValue", "Notes", "Observe", "Page", "Predict", "Prose", "Reference", "Reveal",
    "Scopes", "Task", "Text", "UnknownLesson",
    "bench_of", "built_in", "evaluate", "fill", "judge", "load", "parse",
    "read_lesson", "truth", "whole_path",
]  # fmt: skip
