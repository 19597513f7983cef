"""The lessons that come with Weightbench, and how any lesson is found and read."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath

from model.door import say
from model.errors import UnknownLesson
from model.files.kinds import KINDS, kind_of_file, opened
from model.lessons.grammar import shortened
from model.lessons.lesson import Heading, Lesson, LessonError
from model.lessons.names import name_faults
from model.lessons.reading import read_heading, read_lesson

# Letters of UTF-8 have up to four bytes.
_MAX_FILE_BYTES = 800_000


@cache
def built_in() -> tuple[Heading, ...]:
    """The headings of the built-in lessons, in the order in which they teach."""
    return tuple(
        read_heading(entry.read_text(encoding="utf-8"), entry.name) for entry in _entries()
    )


def load(name_or_file: str | FilePath) -> Lesson:
    """A built-in lesson by its id, its title or its number, or a file; names in it are looked up.

    Raises LessonError where something is wrong with it, UnknownLesson where there is none.
    """
    entry = _entry(str(name_or_file))
    if entry is not None:
        return read_lesson(entry.read_text(encoding="utf-8"), entry.name, _folder_of(entry))
    file = FilePath(name_or_file)
    lesson = read_lesson(text_of(name_or_file), file.name, file.parent)
    faults = name_faults(lesson)
    if faults:
        raise faults[0]
    return lesson


def text_of(name: str | FilePath) -> str:
    """The text of a lesson's file.

    Raises UnknownLesson where there is none, LessonError where it is no text in UTF-8 of
    reasonable length.
    """
    file, named = FilePath(name), shortened(str(name))
    try:
        kind = kind_of_file(file).key if not file.is_file() and file.exists() else ""
        there = bool(kind) or file.is_file()
    except (OSError, ValueError):
        there = False
    if not there or not file.name:
        raise UnknownLesson(say("there is no lesson and no file “{name}”", name=named))
    if kind:
        raise UnknownLesson(
            say(
                "“{name}” is {kind}, and no lesson: choose the file of one (.md)",
                name=shortened(file.name),
                kind=say(KINDS[kind].name),
            )
        )
    return _text(file)


def _text(file: FilePath) -> str:
    try:
        with opened(file) as stream:
            content = stream.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        raise LessonError(
            file.name, 1, say("cannot be read ({reason})", reason=error.strerror)
        ) from error
    if len(content) > _MAX_FILE_BYTES:
        raise LessonError(
            file.name, 1, say("is larger than the {most:,} bytes of a lesson",
                              most=_MAX_FILE_BYTES),
        )  # fmt: skip
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LessonError(file.name, line, say("a lesson is text in UTF-8, this is not")) from error


def _entries() -> list[Traversable]:
    folder = resources.files("resources") / "lessons"
    return sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".md")),
        key=lambda entry: entry.name,
    )


def _entry(name: str) -> Traversable | None:
    """The file of a built-in lesson, by its id, title, number or own name."""
    wanted = name.strip().casefold()
    for heading, entry in zip(built_in(), _entries(), strict=True):
        number = entry.name.partition("-")[0]
        known = {heading.id, heading.title.casefold(), entry.name, number, str(int(number))}
        if wanted in known:
            return entry
    return None


def _folder_of(entry: Traversable) -> FilePath | None:
    """The folder of a built-in lesson, where it lies in one."""
    return entry.parent if isinstance(entry, FilePath) else None
