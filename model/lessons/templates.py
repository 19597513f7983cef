"""Texts with numbers in them: ``{{ expression | format }}``, and how a number is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from model.door import mark, mark_count, say, say_count, written
from model.lessons.expressions import Expression
from model.lessons.grammar import parse, shortened
from model.lessons.lesson import LessonError, Text
from model.lessons.quantities import ExpressionError
from model.words import numbers

# Figures of a number without a format, and of a part in percent.
_FIGURES = 4
_PERCENT_FIGURES = 3
_MAX_FIGURES = 17
NOTHING = "–"

# A paragraph is what is translated, so no number spans two.
BETWEEN_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")
_TEMPLATE = re.compile(r"\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
# What Markdown would let through: tags, and addresses of every kind.
_HTML = re.compile(r"<[A-Za-z/!?]")
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(|^\s*\[[^\]\n]+\]:|://|\bwww\.|\bmailto:", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\](?:\(([^)\n]*)\))?")
_COUNTED = {
    "step": mark_count("{n:,} step", "{n:,} steps"),
    "time": mark_count("{n:,} time", "{n:,} times"),
    "weight": mark_count("{n:,} weight", "{n:,} weights"),
    "input": mark_count("{n:,} input", "{n:,} inputs"),
    "output": mark_count("{n:,} output", "{n:,} outputs"),
    "example": mark_count("{n:,} example", "{n:,} examples"),
    "picture": mark_count("{n:,} picture", "{n:,} pictures"),
    "pixel": mark_count("{n:,} pixel", "{n:,} pixels"),
}


class TemplateError(ValueError):
    """A text whose templates cannot be read; ``line`` counts the line ends before it."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True)
class Format:
    """How a number is written: ``kind`` is "", "percent", "whole", "exact", "decimal" or "count".

    ``figures`` is how many say something, None for as many as usual; ``noun`` is what is counted.
    """

    kind: str = ""
    figures: int | None = None
    signed: bool = False
    noun: str = ""

    def write(self, value: float) -> str:
        """The number as it stands in a text."""
        value += 0.0  # what is 0 has no sign
        if self.kind == "count":
            return _localised(say_count(*_COUNTED[self.noun], round(value)))
        if self.kind == "percent":
            text = _percent(value, self.figures or _PERCENT_FIGURES)
        elif self.kind == "whole":
            text = written(f"{round(value):,}")
        elif self.kind == "exact":
            text = numbers.exact(value)
        elif self.kind == "decimal":
            text = _decimal(value, self.figures or _FIGURES)
        else:
            text = numbers.plain(value, self.figures or _FIGURES)
        return _localised(f"+{text}" if self.signed and value > 0 else text)


def _percent(part: float, figures: int) -> str:
    """A part in percent; all of it is only said where it is all, as on the bench."""
    shown = numbers.plain(100 * part, figures)
    if part < 1 and shown == "100":
        shown = numbers.percent(part).removesuffix(" %")
    return say("{part} %", part=shown)


def _decimal(value: float, figures: int) -> str:
    """So many figures without powers of ten, as small numbers stand on the cards."""
    return written(format(Decimal(f"{value:.{figures}g}"), "f"))


def _localised(text: str) -> str:
    """The one place where the signs of numbers in lessons are chosen."""
    return text.replace("-", numbers.MINUS)


@dataclass(frozen=True)
class Slot:
    """A number to be filled in."""

    expression: Expression
    format: Format


@lru_cache(maxsize=4096)
def pieces(markdown: str) -> tuple[str | Slot, ...]:
    """A text in pieces, in order. Raises TemplateError."""
    found: list[str | Slot] = []
    at = 0
    for template in _TEMPLATE.finditer(markdown):
        found.append(_plain(markdown, at, template.start()))
        try:
            found.append(_slot(template[1]))
        except ExpressionError as error:
            raise TemplateError(str(error), markdown.count("\n", 0, template.start())) from error
        at = template.end()
    found.append(_plain(markdown, at, len(markdown)))
    return tuple(piece for piece in found if piece != "")


def check_markdown(text: Text, where: str) -> None:
    """Raise LessonError, with the line, where a text is not what a lesson may hold.

    That is so where its templates cannot be read, and where it has HTML or links.
    """
    try:
        pieces(text.markdown)
    except TemplateError as error:
        raise LessonError(where, text.line + error.line, str(error)) from error
    for pattern, problem in (
        (_HTML, mark("“{found}” begins HTML, and a lesson is Markdown alone")),
        (_LINK, mark("“{found}” is a link or an address, and a lesson has no links")),
    ):
        found = pattern.search(text.markdown)
        if found is not None:
            line = text.line + text.markdown.count("\n", 0, found.start())
            shown = shortened(text.markdown[found.start() : found.end() + 20])
            raise LessonError(where, line, say(problem, found=shown))


def pictures(text: Text) -> Iterator[tuple[str, str, int]]:
    """The pictures of a text: what is to be seen, the name of the file, and the line."""
    for found in _PICTURE.finditer(text.markdown):
        line = text.line + text.markdown.count("\n", 0, found.start())
        yield found[1].strip(), (found[2] or "").strip(), line


def plain_text(text: Text) -> str:
    """A text with a space for each number, so that only what was typed is left."""
    return _TEMPLATE.sub(lambda found: " " + "\n" * found[0].count("\n"), text.markdown)


def _plain(markdown: str, start: int, stop: int) -> str:
    piece = markdown[start:stop]
    for brackets in ("{{", "}}"):
        if brackets in piece:
            line = markdown.count("\n", 0, start + piece.index(brackets))
            raise TemplateError(
                say("“{brackets}” stands alone, and a number stands between “{both}”",
                    brackets=brackets, both="{{ }}"),
                line,
            )  # fmt: skip
    return piece


def _slot(inside: str) -> Slot:
    if BETWEEN_PARAGRAPHS.search(inside):
        raise ExpressionError(say("a number ends in the paragraph where it begins"))
    text, bar, form = inside.partition("|")
    expression = parse(text)
    if expression.is_truth:
        raise ExpressionError(
            say("“{text}” is a comparison, and a text needs a number", text=shortened(text))
        )
    return Slot(expression, _format(form) if bar else Format())


def _format(text: str) -> Format:
    words = text.split()
    if words[:1] == ["count"] and len(words) == 2 and words[1] in _COUNTED:
        return Format("count", noun=words[1])
    kinds = [word for word in words if word in ("percent", "whole", "exact", "decimal")]
    figures = [int(word) for word in words if re.fullmatch(r"[1-9]\d?", word, re.ASCII)]
    signed = words.count("signed")
    good = len(kinds) <= 1 and len(figures) <= 1 and signed <= 1
    good = good and all(n <= _MAX_FIGURES for n in figures)
    good = good and not (figures and kinds and kinds[0] not in ("percent", "decimal"))
    if not words or not good or len(words) != len(kinds) + len(figures) + signed:
        raise ExpressionError(
            say(
                "“{text}” is no format: it is figures from 1 to {most}, signed, percent, whole, "
                "exact, decimal, or count with one of {nouns}",
                text=shortened(text),
                most=_MAX_FIGURES,
                nouns=", ".join(_COUNTED),
            )
        )
    return Format(kinds[0] if kinds else "", figures[0] if figures else None, bool(signed))
