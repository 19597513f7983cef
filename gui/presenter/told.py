"""What who presents is told of a page: notes, what comes next, and the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gui.session.teaching import Conductor
from model.door import mark, say
from model.experiment import Experiment
from model.lessons.expressions import Expression, NoValue, evaluate
from model.lessons.lesson import UNSURE, Choice, Gate, Observe, Page, Predict, Task, Text
from model.lessons.misconceptions import MISCONCEPTIONS
from model.lessons.scopes import Scopes, judge
from model.lessons.templates import NOTHING
from model.lessons.texts import fill
from model.words import numbers
from model.words.parts import families, named

_NEXT = {
    Predict: mark("Next: the question is passed, and the bench shows what comes out."),
    Observe: mark("Next: what is seen is ticked."),
    Task: mark("Next: the task is done on the bench, step by step."),
}

# What is spoken of alone, by the names of families of parts.
_SPOTS = {
    "input": mark("the inputs"), "weight": mark("the weights"),
    "weight_delta": mark("the weight_deltas"), "output": mark("the outputs"),
    "pred": mark("pred"), "target": mark("the target"), "delta": mark("delta"),
    "error": mark("the error"), "image_input": mark("the input image"),
    "weight_images": mark("the weight images"), "alpha": mark("alpha"), "zones": mark("the zones"),
    "curves": mark("the curves"), "plot:error": mark("the error by step"),
    "plot:weights": mark("the weights by step"), "dot_product": mark("the dot product"),
    "listing": mark("the listing"), "quality": mark("how good it is"),
    "time_line": mark("the time line"), "trace": mark("the trace"), "why": mark("the reason"),
}  # fmt: skip
_ONE_BY_ONE = {
    "input": mark("input"), "weight": mark("weight"), "output": mark("output"),
    "bowl": mark("error curve"),
}  # fmt: skip
_FEW = 12


def options(gate: Gate | None) -> tuple[Choice, ...]:
    """The answers that hands can be shown for."""
    if isinstance(gate, Predict | Observe):
        return tuple(choice for choice in gate.choices if choice.id != UNSURE)
    return ()


def right_place(gate: Gate | None, conductor: Conductor) -> int | None:
    """The place of the right answer among the options; None where none is known."""
    seen = conductor.seen(gate) if isinstance(gate, Observe) else ""
    for at, choice in enumerate(options(gate)):
        if choice.right or (seen and choice.id == seen):
            return at
    return None


def in_words(text: Text, scopes: Scopes) -> str:
    """A text without the marks of Markdown, in one line."""
    return " ".join(re.sub(r"\*\*|\*|`", "", fill(text, scopes)).split())


def spots(experiment: Experiment) -> tuple[str, ...]:
    """What can be spoken of alone: families of parts, and single ones where they are few."""
    there = families(experiment)
    few = [
        one.name
        for name in _ONE_BY_ONE
        if name in there
        for one in named(experiment, name)
        if len(named(experiment, name)) <= _FEW
    ]
    return (*(name for name in _SPOTS if name in there), *few)


def spot_words(name: str) -> str:
    """What a spot is called; the empty name is none."""
    family, _, member = name.partition(":")
    if member and name not in _SPOTS:
        return say("{part} {name}", part=say(_ONE_BY_ONE[family]), name=member)
    return say(_SPOTS[name]) if name else say("none")


def notes(page: Page, scopes: Scopes) -> str:
    """The notes of a page, in Markdown."""
    parts: list[str] = []
    for note in page.notes:
        if note.say is not None:
            parts.append(fill(note.say, scopes).strip())
        if note.ask is not None:
            parts.append(say("**Ask:** {question}", question=fill(note.ask, scopes).strip()))
    return "\n\n".join(parts) or say("*No notes for this page.*")


def minutes(pages: tuple[Page, ...], last: int) -> float:
    """How long the pages up to that number are meant to take; 0 where nothing says so."""
    return sum(note.minutes or 0.0 for page in pages[:last] for note in page.notes)


def next_press(conductor: Conductor) -> str:
    """What the next press does."""
    player = conductor.player
    if player.showing:
        return say("Next: the rest of the task is done at once.")
    gate = player.gate
    if gate is not None:
        return say(_NEXT[type(gate)])
    following = conductor.following
    if following is None:
        return say("Next: the lesson ends.")
    return say("Next page: {title}", title=say(following.title))


def answers(gate: Gate | None, scopes: Scopes) -> str:
    """What is asked, and what each answer is told, in Markdown."""
    return "\n\n".join(_answers(gate, scopes))


def _answers(gate: Gate | None, scopes: Scopes) -> Iterator[str]:
    if isinstance(gate, Predict) and gate.answer is not None:
        right = judge(gate, 0.0, scopes).answer
        yield say("**Right: {number}.** {words}", number=numbers.plain(right),
                  words=_filled(gate.say, scopes))  # fmt: skip
        for wrong in gate.wrongs:
            value = _number(wrong.value, scopes)
            yield say(
                "**{number}** ({idea}): {words}", number=value, idea=_idea(wrong.reveals),
                words=_filled(wrong.say, scopes),
            )  # fmt: skip
    elif isinstance(gate, Predict):
        for choice in options(gate):
            words, told = _filled(choice.text, scopes), _filled(choice.say, scopes)
            if choice.right:
                yield say("**Right: {answer}.** {words}", answer=words, words=told)
            else:
                yield say(
                    "{answer} ({idea}): {words}", answer=words, idea=_idea(choice.reveals),
                    words=told,
                )  # fmt: skip
    elif isinstance(gate, Task):
        yield say("**Task:** {task}", task=_filled(gate.do, scopes))
        for hint in gate.hints[-1:]:
            yield _filled(hint, scopes)
    elif isinstance(gate, Observe):
        yield say("**Asked:** {question}", question=_filled(gate.ask, scopes))


def _number(value: Expression, scopes: Scopes) -> str:
    try:
        return numbers.plain(evaluate(value, scopes))
    except NoValue:
        return NOTHING


def _idea(name: str | None) -> str:
    row = MISCONCEPTIONS.get(name or "")
    return say(row.idea) if row is not None else NOTHING


def _filled(text: Text | None, scopes: Scopes) -> str:
    return "" if text is None else fill(text, scopes).strip()
