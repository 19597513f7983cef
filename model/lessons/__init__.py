"""Lessons: read, filled with numbers and checked. Pure: whoever shows them is elsewhere."""

from model.errors import UnknownLesson
from model.lessons.expressions import Expression, Name, NoValue, evaluate
from model.lessons.futures import bench_of, whole_path
from model.lessons.grammar import parse
from model.lessons.lesson import (
    Block,
    Changes,
    Choice,
    Claim,
    Gate,
    Heading,
    Lesson,
    LessonError,
    Notes,
    Observe,
    Page,
    Predict,
    Prose,
    Reveal,
    Say,
    Segment,
    Setup,
    Task,
    Text,
    Tolerance,
    Wrong,
)
from model.lessons.library import built_in, load
from model.lessons.misconceptions import MISCONCEPTIONS, Misconception
from model.lessons.quantities import ExpressionError, Live
from model.lessons.reading import read_lesson
from model.lessons.scopes import Judgement, Latch, Reference, Scopes, judge, truth
from model.lessons.texts import fill

__all__ = [
    "MISCONCEPTIONS", "Block", "Changes", "Choice", "Claim", "Expression", "ExpressionError",
    "Gate", "Heading", "Judgement", "Latch", "Lesson", "LessonError", "Live", "Misconception",
    "Name", "NoValue", "Notes", "Observe", "Page", "Predict", "Prose", "Reference", "Reveal",
    "Say", "Scopes", "Segment", "Setup", "Task", "Text", "Tolerance", "UnknownLesson", "Wrong",
    "bench_of", "built_in", "evaluate", "fill", "judge", "load", "parse",
    "read_lesson", "truth", "whole_path",
]  # fmt: skip
