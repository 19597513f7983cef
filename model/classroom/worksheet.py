"""A lesson on paper: its questions with room to write, and what comes out left out, or put in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from model.door import mark, say
from model.lessons.lesson import (
    UNSURE,
    Choice,
    Lesson,
    Observe,
    Page,
    Predict,
    Prose,
    Segment,
    Task,
)
from model.lessons.scopes import Reference, Scopes, judge
from model.lessons.texts import fill
from model.words import numbers

_BOX, _CROSSED = "☐", "☒"
# No-break spaces, underlined, would be lost in Markdown: a row of low lines is what stays.
_SHORT_LINE = "\\_" * 16
_LINE = "\\_" * 64
_SURE = (mark("a guess"), mark("I think so"), mark("quite sure"))


def worksheet(lesson: Lesson, answers: bool = False, pictured: Collection[int] = ()) -> str:
    """The Markdown of a worksheet.

    What a page tells before its first question is there; what stands behind a question tells what
    comes of it, and is there with ``answers`` alone. Pages in ``pictured`` have a picture of their
    bench, called bench:N.
    """
    parts = [f"# {say(lesson.title)}", say(lesson.about)]
    if answers:
        parts.append(say("*With answers: for who teaches.*"))
    else:
        parts.append(say("Name: {line}  Date: {line}", line=_SHORT_LINE))
    for page in lesson.pages:
        parts += _page(lesson, page, answers, page.number in pictured)
    return "\n\n".join(parts) + "\n"


def _page(lesson: Lesson, page: Page, answers: bool, pictured: bool) -> Iterator[str]:
    scopes = Scopes(Reference(lesson, page))
    yield say("## {number} · {title}", number=page.number, title=say(page.title))
    if pictured:
        yield say("![The bench](bench:{number})", number=page.number)
    told = True
    for segment in page.segments:
        yield from _segment(segment, scopes, answers, told)
        told = told and segment.gate is None


def _segment(segment: Segment, scopes: Scopes, answers: bool, told: bool) -> Iterator[str]:
    for block in segment.blocks:
        if isinstance(block, Prose) and (told or answers):
            yield fill(block.text, scopes).strip("\n")
        elif isinstance(block, Predict):
            yield from _prediction(block, scopes, answers)
        elif isinstance(block, Observe):
            yield from _observation(block, scopes)
        elif isinstance(block, Task):
            yield from _task(block, scopes, answers)


def _prediction(gate: Predict, scopes: Scopes, answers: bool) -> Iterator[str]:
    yield say("**Predict first.** {question}", question=fill(gate.ask, scopes).strip())
    if gate.answer is None:
        yield from _choices(gate.choices, scopes, answers)
    elif answers:
        right = judge(gate, 0.0, scopes).answer
        yield say("{box} **{number}**", box=_CROSSED, number=numbers.plain(right))
        if gate.say is not None:
            yield f"*{_one_line(fill(gate.say, scopes))}*"
    else:
        yield say("Answer: {line}", line=_SHORT_LINE)
    if gate.sure and not answers:
        yield say("How sure are you?") + "  " + "   ".join(f"{_BOX} {say(one)}" for one in _SURE)


def _observation(gate: Observe, scopes: Scopes) -> Iterator[str]:
    yield say("**What did you see?** {question}", question=fill(gate.ask, scopes).strip())
    # What is true of the bench is seen there, and needs no key.
    yield from _choices(gate.choices, scopes, False)


def _task(gate: Task, scopes: Scopes, answers: bool) -> Iterator[str]:
    yield say("**Now you.** {task}", task=fill(gate.do, scopes).strip())
    if answers and gate.hints:
        yield f"*{_one_line(fill(gate.hints[-1], scopes))}*"
    elif not answers:
        yield say("What happened? {line}", line=_LINE)


def _choices(choices: tuple[Choice, ...], scopes: Scopes, answers: bool) -> Iterator[str]:
    rows = []
    for choice in choices:
        if choice.id == UNSURE:
            continue
        box = _CROSSED if answers and choice.right else _BOX
        row = f"{box} {_one_line(fill(choice.text, scopes))}"
        if answers and choice.say is not None:
            row += f" – *{_one_line(fill(choice.say, scopes)).replace('*', '')}*"
        rows.append(row)
    yield "\n\n".join(rows)


def _one_line(markdown: str) -> str:
    return " ".join(markdown.split())
