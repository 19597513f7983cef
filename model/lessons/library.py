"""The lessons that come with Weightbench, and how any lesson is found and read."""

from __future__ import annotations

from pathlib import Path as FilePath

from model.lessons.lesson import Heading, Lesson


def built_in() -> tuple[Heading, ...]:
    """The headings of the built-in lessons, in the order in which they teach."""
    raise NotImplementedError


def load(name_or_file: str | FilePath) -> Lesson:
    """A built-in lesson by its id, its title or its number, or a file; names in it are looked up.

    Raises LessonError, or UnknownLesson where there is none.
    """
    raise NotImplementedError
