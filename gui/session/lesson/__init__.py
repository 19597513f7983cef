"""Lessons on the bench: which page is open, what waits for what, and what is recorded of it."""

from gui.session.lesson.items import Doing, Item, Option, Question, Words
from gui.session.lesson.player import LessonPlayer
from gui.session.lesson.record import LessonRecord, Records

__all__ = [
    "Doing", "Item", "LessonPlayer", "LessonRecord", "Option", "Question",
    "Records", "Words",
]  # fmt: skip
