"""A lesson from its file: Markdown, with TOML in front and in fenced blocks."""

from __future__ import annotations

from pathlib import Path as FilePath

from model.lessons.lesson import Lesson


def read_lesson(text: str, name: str, folder: FilePath | None = None) -> Lesson:
    """The lesson in a text; ``name`` is that of its file, to say where something is wrong.

    Raises LessonError for the first thing that is.
    """
    raise NotImplementedError
