"""Lessons that are broken in one place each: the checker is to refuse them.

What is broken would mislead a learner, or is a slip of who typed it; each is one change of the
text of a lesson that passes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from model.lessons import MISCONCEPTIONS, Text
from model.lessons.lesson import Lesson
from model.lessons.quantities import QUANTITIES
from model.lessons.reading import read_lesson
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill

_SLOT = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """A broken lesson: what was done to it, in which line, and its text."""

    kind: str
    line: int
    text: str


Break = Callable[[re.Match[str]], str]


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a lesson, each kind at every place where it can be."""
    for kind, pattern, change in _BREAKS:
        for found in re.finditer(pattern, text, re.MULTILINE):
            broken = text[: found.start()] + change(found) + text[found.end() :]
            if broken != text:
                yield Mutant(kind, text.count("\n", 0, found.start()) + 1, broken)
    yield from _typed(text)


def _typed(text: str) -> Iterator[Mutant]:
    """A number that was computed is typed instead, as it stands in the text."""
    lesson: Lesson = read_lesson(text, "whole.md")
    for page in lesson.pages:
        scopes = Scopes(Reference(lesson, page))
        stop = next((p.line for p in lesson.pages if p.line > page.line), text.count("\n") + 2)
        for found in _SLOT.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            if page.line < line < stop and not re.search(r"\b(?:you|now)\.", found[0]):
                slot = Text(found[0].replace('\\"', '"'), line)
                typed = fill(slot, scopes).replace("−", "-")
                yield Mutant("number typed", line, text[: found.start()] + typed
                             + text[found.end() :])  # fmt: skip


def _lowered(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) - 1}{found[3]}"


def _raised(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) + 1}{found[3]}"


def _misspelt(word: str) -> str:
    return word[:-1] + word[-1] * 2 if len(word) > 2 else word + "q"


_QUANTITY = "|".join(sorted((name for name in QUANTITIES if len(name) > 1), key=len, reverse=True))
_NAME = "|".join(MISCONCEPTIONS)

_BREAKS: tuple[tuple[str, str, Break], ...] = (
    ("done is true too early", r"^(done = .*step >= )([1-9]\d*)(.*)$", _lowered),
    ("done is never true", r"^(done = .*step >= )(\d+)(.*)$", _raised),
    ("done turned round", r"^done = \"(.*)\"$", lambda f: f'done = "not ({f[1]})"'),
    ("solution one step short", r"^(solution = .*\"step )([2-9]\d*)(\".*)$", _lowered),
    ("solution one step long", r"^(solution = .*\"step )(\d+)(\".*)$", _raised),
    ("last action left out", r'^(solution = \[".*"), ".*?"\]$', lambda f: f"{f[1]}]"),
    ("action misspelt", r'^(solution = \[")([a-z]+)', lambda f: f[1] + _misspelt(f[2])),
    ("nothing allowed", r"^allow = .*$", lambda _: "allow = []"),
    ("hint left out", r'^(hints = \[".*"), ".*?"\]$', lambda f: f"{f[1]}]"),
    (
        "number misspelt",
        rf"(?:(?:done|holds|is|answer|if|when) = \"[^\n]*|\{{\{{[^|}}\n]*)\b({_QUANTITY})\b",
        lambda f: f[0] + f[1][-1],
    ),
    ("weight misspelt", r"(?<=[a-z])\[([a-c])\]", lambda f: f"[{f[1]}z]"),
    ("what-if misspelt", r"^\[what_if\.(\w+)\]", lambda f: f"[what_if.{_misspelt(f[1])}]"),
    ("key misspelt", r"^([a-z_]{2,}) = ", lambda f: f"{_misspelt(f[1])} = "),
    (
        "block misspelt", r"^```(setup|predict|observe|task|reveal|notes)$",
        lambda f: f"```{_misspelt(f[1])}",
    ),
    ("block not closed", r"^```\n", lambda _: "\n"),
    ("quote not closed", r"^([a-z_]+ = \".*)\"$", lambda f: f[1]),
    (
        "part misspelt", r"^(?:show|hide|light|select) = .*?\"([a-z_]+)",
        lambda f: f[0] + "q",
    ),
    ("misconception misspelt", rf'^reveals = "({_NAME})"', lambda f: f'reveals = "{f[1]}s"'),
    ("misconception left out", r"^reveals = .*\n", lambda _: ""),
    ("misconception not listed", rf'"({_NAME})",', lambda _: ""),
    ("misconception never revealed", r"^misconceptions = \[", lambda f: f[0] + '"sign-slip", '),
    ("claim turned round", r"^holds = \"(.*)\"$", lambda f: f'holds = "not ({f[1]})"'),
    ("claim left out", r"^\[\[claim\]\]\n(?:[a-z]+ = .*\n)+", lambda _: ""),
    ("claim of other words", r'^says = \[?"\w+', lambda f: f[0] + "zz"),
    (
        "wrong is right", r'^(answer = )"(.*)"\n((?:(?!```)[\s\S])*?^is = )".*"$',
        lambda f: f'{f[1]}"{f[2]}"\n{f[3]}"{f[2]}"',
    ),
    ("right left out", r"^right = true\n", lambda _: ""),
    ("two are right", r'^(id = "(?!unsure)\w+"\ntext = .*\n)(?!right)', lambda f: f[1]
     + "right = true\n"),
    (
        "two of the same id",
        r'^id = "(\w+)"\n(text = (?:(?!```)[\s\S])*?^id = )"\w+"',
        lambda f: f'id = "{f[1]}"\n{f[2]}"{f[1]}"',
    ),
    ("condition turned round", r"^if = \"(.*)\"$", lambda f: f'if = "not ({f[1]})"'),
    ("within everything", r'^within = ".*"$', lambda _: "within = 1e8"),
    ("format misspelt", r"\| (exact|whole|percent|signed) ", lambda f: f"| {f[1]}q "),
    ("experiment misspelt", r'^experiment = "(.*)"', lambda f: f'experiment = "{f[1]}q"'),
    ("answer without its say", r"^say = .*\n(?=reveals)", lambda _: ""),
    ("brackets left open", r"\}\}", lambda _: "}"),
)  # fmt: skip
