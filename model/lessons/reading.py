"""A lesson from its file: Markdown, with TOML in front and in fenced blocks.

+++
format = "weightbench/lesson"
…
+++

## A page

Text with {{ start.delta }} in it.

```task
do = "Press **Step**."
…
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TypeVar

from model.door import mark, say
from model.lessons.blocks import KINDS, WHAT_IF_KEYS, read_changes
from model.lessons.grammar import MAX_WHAT_IF_STEPS, RESERVED, not_known
from model.lessons.lesson import (
    Block,
    Changes,
    Claim,
    Heading,
    Lesson,
    LessonError,
    Observe,
    Page,
    Predict,
    Prose,
    Setup,
    Text,
)
from model.lessons.tables import Table, read_table
from model.lessons.templates import check_markdown

FORMAT, VERSION = "weightbench/lesson", 1
MAX_FILE_LETTERS = 200_000
# Each has a path of its own, which takes time when the lesson is opened.
MAX_PAGES = 40
MAX_WHAT_IFS = 40
_FRONT = (
    "format", "version", "id", "title", "about", "experiment", "minutes", "needs",
    "misconceptions", "what_if", "claim", "again",
)  # fmt: skip
_CODE = ("", "python", "text")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^`]*)$")
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")

Found = TypeVar("Found")


def read_lesson(text: str, name: str, folder: FilePath | None = None) -> Lesson:
    """The lesson in a text; ``name`` is that of its file, to say where something is wrong.

    Whether what it names is there, and whether what it says is true, is not looked at here.
    Raises LessonError for the first thing that is wrong.
    """
    lesson, faults = read_all(text, name, folder)
    if lesson is None:
        raise faults[0]
    return lesson


def read_all(
    text: str, name: str, folder: FilePath | None = None
) -> tuple[Lesson | None, list[LessonError]]:
    """The lesson, or None and everything that is wrong: at most one thing in each block."""
    reader = _Reader(name, folder)
    lesson = reader.lesson(text)
    faults = sorted(reader.faults, key=lambda fault: fault.line)
    return (None if faults else lesson), faults


def read_heading(text: str, name: str) -> Heading:
    """The heading alone of the lesson in a text; ``name`` is that of its file, with its path.

    Raises LessonError for the first thing that is wrong with the front matter.
    """
    where = name.replace("\\", "/").rpartition("/")[2]
    reader = _Reader(where, None)
    front = reader.front(reader.lines_of(text))
    if front is None:
        raise reader.faults[0]
    return Heading(front.id, front.title, front.about, front.minutes, front.needs, name)


@dataclass
class _Piece:
    """A fenced block or some prose, with the line of its first line."""

    kind: str
    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        """Its lines as they stand in the file."""
        return "\n".join(self.lines)


@dataclass
class _Sheet:
    """A page that is being read."""

    title: str
    line: int
    pieces: list[_Piece] = field(default_factory=list)


class _Reader:
    """Reads one file and keeps what is wrong with it."""

    def __init__(self, name: str, folder: FilePath | None) -> None:
        self._name = name
        self._folder = folder
        self.faults: list[LessonError] = []

    def lesson(self, text: str) -> Lesson | None:
        lines = self.lines_of(text)
        front = self.front(lines)
        end = _end_of_front(lines)
        if end is None:
            return None
        pages = self._pages(lines, end + 1, front.experiment if front is not None else "")
        if not pages:
            self._note(end + 1, say("there is no page: each begins with a line like “## Title”"))
        if len(pages) > MAX_PAGES:
            line = pages[MAX_PAGES].line
            self._note(line, say("a lesson has at most {most} pages", most=MAX_PAGES))
        return None if front is None else replace(front, pages=tuple(pages))

    def lines_of(self, text: str) -> list[str]:
        """The lines of a text that is not too long; none of one that is."""
        if len(text) > MAX_FILE_LETTERS:
            problem = say(
                "the file is longer than the {most:,} letters it can have", most=MAX_FILE_LETTERS
            )
            self._note(1, problem)
            return []
        # Not splitlines: what else ends a line for Python is only a letter for an editor.
        return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")

    def front(self, lines: list[str]) -> Lesson | None:
        """The front matter, as a lesson without pages; None with the fault noted."""
        end = _end_of_front(lines)
        if end is None:
            if lines:
                problem = say("a lesson begins with its front matter, in TOML between two +++")
                self._note(1, problem)
            return None
        begin = lines.index(next(line for line in lines if line.strip()))
        return self._try(self._front, "\n".join(lines[begin + 1 : end]), begin + 2)

    def _note(self, line: int, problem: str) -> None:
        self.faults.append(LessonError(self._name, line, problem))

    def _try(self, read: Callable[..., Found], *arguments: object) -> Found | None:
        """What is read, or None with the fault noted."""
        try:
            return read(*arguments)
        except LessonError as error:
            self.faults.append(error)
            return None

    # -- front matter --------------------------------------------------------------------------

    def _front(self, text: str, first: int) -> Lesson:
        table = read_table(text, say("the front matter"), self._name, first)
        self._check_version(table)
        table.only(*_FRONT)
        ident = table.name("id")
        if _ID.fullmatch(ident) is None:
            raise table.fault("id", say("must be small letters, digits and -, as in two-steps"))
        experiment = table.name("experiment")
        minutes = table.number("minutes")
        if not 0 < minutes <= 600:
            raise table.fault("minutes", say("must be above 0 and at most {most}", most=600))
        return Lesson(
            ident,
            table.name("title"),
            table.name("about"),
            experiment,
            minutes,
            pages=(),
            needs=table.names("needs"),
            misconceptions=table.names("misconceptions"),
            what_ifs=self._what_ifs(table, experiment),
            claims=tuple(_claim(part) for part in table.parts("claim", say("a claim"))),
            again=table.whole("again", 1, MAX_PAGES) if table.has("again") else 0,
            name=self._name,
            folder=self._folder,
            lines=MappingProxyType({key: table.line_of(key) for key in table.all_keys()}),
        )

    def _check_version(self, table: Table) -> None:
        if table.raw("format") != FORMAT:
            raise table.fault("format", say("must be “{format}”", format=FORMAT))
        version = table.whole("version", 1, 1_000_000)
        if version > VERSION:
            raise table.fault(
                "version",
                say(
                    "this lesson is written for a newer Weightbench (version {version} of the "
                    "format, and this one knows {known})",
                    version=version,
                    known=VERSION,
                ),
            )

    def _what_ifs(self, front: Table, experiment: str) -> MappingProxyType[str, Changes]:
        found = {}
        table = front.part("what_if", say("the what-ifs")) if front.has("what_if") else None
        if table is not None and len(table.all_keys()) > MAX_WHAT_IFS:
            raise front.fault(
                "what_if", say("a lesson has at most {most} what-ifs", most=MAX_WHAT_IFS)
            )
        for name in table.all_keys() if table is not None else ():
            assert table is not None
            if name in RESERVED or not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
                raise table.fault(
                    name,
                    say(
                        "a what-if is called by small letters, digits and _, and not like a "
                        "number or a word of expressions"
                    ),
                )
            part = table.part(name, say("a what-if"))
            part.only(*WHAT_IF_KEYS)
            if part.has("after"):
                part.whole("after", 0, MAX_WHAT_IF_STEPS)
            found[name] = read_changes(part, experiment, "after")
        return MappingProxyType(found)

    # -- pages ---------------------------------------------------------------------------------

    def _pages(self, lines: list[str], start: int, experiment: str) -> list[Page]:
        ids: dict[str, int] = {}
        return [
            self._page(number, sheet, experiment, ids)
            for number, sheet in enumerate(self._sheets(lines, start), 1)
        ]

    def _sheets(self, lines: list[str], start: int) -> Iterator[_Sheet]:
        """The pages with their pieces, not read yet."""
        sheet: _Sheet | None = None
        for piece in _cut(lines, start):
            if piece.kind == "page":
                if sheet is not None:
                    yield sheet
                sheet = _Sheet(piece.text, piece.line)
            elif sheet is None:
                self._note(
                    piece.line, say("this stands before the first page, which “## Title” begins")
                )
            else:
                sheet.pieces.append(piece)
        if sheet is not None:
            yield sheet

    def _page(self, number: int, sheet: _Sheet, experiment: str, ids: dict[str, int]) -> Page:
        blocks: list[Block] = []
        for piece in sheet.pieces:
            block = self._try(self._block, piece, experiment)
            if block is None:
                continue
            if isinstance(block, Setup) and any(isinstance(one, Setup) for one in blocks):
                self._note(block.line, say("this page has its setup already, and needs one only"))
                continue
            if isinstance(block, Predict | Observe):
                self._note_twice(block, ids)
            blocks.append(block)
        if not sheet.title:
            self._note(sheet.line, say("this page has no title behind ##"))
        if not sheet.pieces:
            self._note(sheet.line, say("this page is empty"))
        setup = next((block for block in blocks if isinstance(block, Setup)), None)
        if setup is None:
            setup = Setup(Changes(experiment, line=sheet.line), line=sheet.line)
        return Page(number, sheet.title, setup, tuple(blocks), sheet.line)

    def _note_twice(self, block: Predict | Observe, ids: dict[str, int]) -> None:
        first = ids.setdefault(block.id, block.line)
        if first != block.line:
            self._note(
                block.line,
                say("id: “{id}” is that of the question in line {line}, too",
                    id=block.id, line=first),
            )  # fmt: skip

    def _block(self, piece: _Piece, experiment: str) -> Block:
        if piece.kind == "prose":
            text = Text(piece.text, piece.line)
            check_markdown(text, self._name)
            return Prose(text)
        if piece.kind == "unclosed":
            problem = say("this block has no end: a line of ``` is missing")
            raise LessonError(self._name, piece.line, problem)
        kind = KINDS.get(piece.kind)
        if kind is None:
            raise LessonError(self._name, piece.line, _unknown_block(piece.kind))
        table = read_table(piece.text, say(kind.what), self._name, piece.line + 1)
        table.only(*kind.keys)
        return kind.build(table, experiment)


def _claim(table: Table) -> Claim:
    table.only("says", "holds", "because", "page")
    if table.has("holds") == table.has("because"):
        raise table.fault(
            "says", say("needs either holds, a comparison of numbers, or because, a reason")
        )
    several = isinstance(table.raw("says"), list)
    return Claim(
        says=table.names("says") if several else (table.name("says"),),
        holds=table.truth("holds") if table.has("holds") else None,
        because=table.name("because") if table.has("because") else None,
        page=table.whole("page", 1, 1000) if table.has("page") else None,
        line=table.line,
    )


def _end_of_front(lines: list[str]) -> int | None:
    """The place of the second +++, if the first one begins the file."""
    begin = next((at for at, line in enumerate(lines) if line.strip()), None)
    if begin is None or lines[begin].strip() != "+++":
        return None
    return next((at for at in range(begin + 1, len(lines)) if lines[at].strip() == "+++"), None)


def _cut(lines: list[str], start: int) -> Iterator[_Piece]:
    """Headings, fenced blocks and the prose between them, in order."""
    prose = _Piece("prose", [], 0)
    at = start
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        end = at if fence is None else _end_of_fence(lines, at, fence[1])
        kind = _kind_of_line(lines[at], fence)
        if kind == "prose" and end is not None:
            if not prose.lines:
                prose.line = at + 1
            if prose.lines or lines[at].strip():
                prose.lines.extend(lines[at : end + 1])
        else:
            yield from _without_end(prose)
            prose = _Piece("prose", [], 0)
            if end is None:
                yield _Piece("unclosed", [], at + 1)
                return
            heading = [lines[at][2:].strip()]
            yield _Piece(kind, heading if kind == "page" else lines[at + 1 : end], at + 1)
        at = end + 1
    yield from _without_end(prose)


def _kind_of_line(line: str, fence: re.Match[str] | None) -> str:
    if fence is not None:
        info = fence[2].strip()
        return "prose" if info in _CODE else info
    return "page" if re.match(r"##(?:\s|$)", line) else "prose"


def _without_end(prose: _Piece) -> Iterator[_Piece]:
    """The prose without the empty lines at its end, if anything is left."""
    while prose.lines and not prose.lines[-1].strip():
        prose.lines.pop()
    if prose.lines:
        yield prose


def _end_of_fence(lines: list[str], start: int, fence: str) -> int | None:
    """The line that closes a fence: of the same signs, and as many at least."""
    for at in range(start + 1, len(lines)):
        line = lines[at].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return at
    return None


def _unknown_block(kind: str) -> str:
    return not_known(
        kind, KINDS,
        mark("there is no block “{name}”, did you mean “{near}”?"),
        mark("there is no block “{name}”: they are {names}; code stands in ```text or ```python"),
    )  # fmt: skip
