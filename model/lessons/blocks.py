"""The blocks of a lesson from their tables: one function and one row of keys for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.actions import Action, ActionError
from model.actions import parse as parse_actions
from model.door import mark, say
from model.lessons.grammar import MAX_STEPS
from model.lessons.lesson import (
    Changes,
    Choice,
    Notes,
    Observe,
    Predict,
    Reveal,
    Say,
    Setup,
    Task,
    Tolerance,
    Wrong,
)
from model.lessons.tables import Table
from model.words import numbers

_CHANGES = ("experiment", "alpha", "frozen", "weights", "inputs", "targets", "shuffled")

Written = Setup | Predict | Observe | Task | Reveal | Notes


@dataclass(frozen=True)
class Kind:
    """A kind of block: what it is called, its keys, and how it is made.

    ``build`` is called with the table and the experiment of the lesson.
    """

    what: str
    keys: tuple[str, ...]
    build: Callable[[Table, str], Written]


def _setup(table: Table, experiment: str) -> Setup:
    return Setup(
        bench=read_changes(table, experiment, "at"),
        select=table.name("select") if table.has("select") else None,
        show=table.names("show"),
        hide=table.names("hide"),
        light=table.names("light"),
        line=table.line,
    )


def read_changes(table: Table, experiment: str, steps: str) -> Changes:
    """The bench that a setup or a what-if asks for; ``steps`` is its key for steps before."""
    return Changes(
        experiment=table.name("experiment") if table.has("experiment") else experiment,
        at=table.whole(steps, 0, MAX_STEPS) if table.has(steps) else 0,
        alpha=table.number("alpha") if table.has("alpha") else None,
        frozen=table.names("frozen") if table.has("frozen") else None,
        weights=table.numbers("weights"),
        inputs=table.numbers("inputs"),
        targets=table.numbers("targets"),
        shuffled=table.flag("shuffled"),
        line=table.line,
    )


def _predict(table: Table, _: str) -> Predict:
    asked = [key for key in ("choice", "answer") if table.has(key)]
    if len(asked) != 1:
        raise table.fault(
            "ask", say("is answered either by [[choice]] or by a number, answer: give one of them")
        )
    for key in ("within", "wrong", "say"):
        if asked == ["choice"] and table.has(key):
            raise table.fault(key, say("belongs to a prediction in numbers, beside answer"))
    if asked == ["choice"]:
        choices = _choices(table, ("id", "text", "right", "say", "reveals", "if"))
        _check_right(table, choices)
        return Predict(
            table.identifier("id"), table.text("ask"), choices,
            sure=table.flag("sure"), line=table.line,
        )  # fmt: skip
    return Predict(
        table.identifier("id"),
        table.text("ask"),
        answer=table.amount("answer"),
        within=_tolerance(table),
        wrongs=tuple(_wrong(part) for part in table.parts("wrong", say("a wrong answer"))),
        say=table.maybe_text("say"),
        sure=table.flag("sure"),
        line=table.line,
    )


def _choices(table: Table, keys: tuple[str, ...]) -> tuple[Choice, ...]:
    parts = table.parts("choice", say("a choice"))
    for part in parts:
        part.only(*keys)
    choices = tuple(_choice(part) for part in parts)
    if len(choices) < 2:
        raise table.fault("choice", say("must be there twice at least, each begun by [[choice]]"))
    ids = [choice.id for choice in choices]
    twice = next((part for at, part in enumerate(parts) if ids[at] in ids[:at]), None)
    if twice is not None:
        raise twice.fault("id", say("another choice of this question has the same"))
    return choices


def _choice(table: Table) -> Choice:
    return Choice(
        id=table.identifier("id"),
        text=table.text("text"),
        right=table.flag("right"),
        say=table.maybe_text("say"),
        reveals=table.name("reveals") if table.has("reveals") else None,
        condition=table.truth("if") if table.has("if") else None,
        line=table.line,
    )


def _check_right(table: Table, choices: tuple[Choice, ...]) -> None:
    right = [choice for choice in choices if choice.right]
    if len(right) != 1:
        raise table.fault(
            "choice", say("{n} are right = true, and exactly one must be", n=len(right))
        )
    if right[0].reveals is not None:
        raise table.fault("reveals", say("the right choice reveals no misconception"))


def _tolerance(table: Table) -> Tolerance:
    value = table.raw("within")
    fault = table.fault("within", say('must be a share, as "2%", or a number above zero'))
    if not isinstance(value, str):
        tolerance = Tolerance(table.number("within"), relative=False)
    else:
        try:
            tolerance = Tolerance(numbers.parse(value), relative="%" in value)
        except ValueError as error:
            raise fault from error
    if not tolerance.size > 0 or (tolerance.relative and tolerance.size >= 1):
        raise fault
    return tolerance


def _wrong(table: Table) -> Wrong:
    table.only("is", "say", "reveals")
    reveals = table.name("reveals") if table.has("reveals") else None
    return Wrong(table.amount("is"), table.text("say"), reveals, table.line)


def _observe(table: Table, _: str) -> Observe:
    choices = _choices(table, ("id", "text", "say", "if"))
    if all(choice.condition is None for choice in choices):
        raise table.fault("choice", say("none has an if, so none can be what happened"))
    return Observe(table.identifier("id"), table.text("ask"), choices, table.line)


def _task(table: Table, _: str) -> Task:
    return Task(
        do=table.text("do"),
        done=table.truth("done"),
        allow=table.names("allow"),
        hints=table.texts("hints"),
        solution=_solution(table),
        says=tuple(_say(part) for part in table.parts("say", say("a remark"))),
        line=table.line,
    )


def _solution(table: Table) -> tuple[Action, ...]:
    lines = [text.markdown for text in table.texts("solution")]
    if not lines:
        raise table.fault("solution", say('is missing: a list of actions, as ["step 1"]'))
    try:
        return parse_actions("\n".join(lines))
    except ActionError as error:
        raise table.fault("solution", str(error)) from error


def _say(table: Table) -> Say:
    table.only("when", "text")
    return Say(table.truth("when"), table.text("text"), table.line)


def _reveal(table: Table, _: str) -> Reveal:
    return Reveal(table.names("show"), table.names("hide"), table.names("light"), table.line)


def _notes(table: Table, _: str) -> Notes:
    minutes = table.number("minutes") if table.has("minutes") else None
    return Notes(table.maybe_text("say"), table.maybe_text("ask"), minutes, table.line)


KINDS: dict[str, Kind] = {
    "setup": Kind(mark("a setup"), ("at", *_CHANGES, "select", "show", "hide", "light"), _setup),
    "predict": Kind(
        mark("a prediction"),
        ("id", "ask", "choice", "answer", "within", "wrong", "say", "sure"),
        _predict,
    ),
    "observe": Kind(mark("an observation"), ("id", "ask", "choice"), _observe),
    "task": Kind(mark("a task"), ("do", "done", "allow", "hints", "solution", "say"), _task),
    "reveal": Kind(mark("a reveal"), ("show", "hide", "light"), _reveal),
    "notes": Kind(mark("the notes"), ("say", "ask", "minutes"), _notes),
}
WHAT_IF_KEYS = ("after", *_CHANGES)
