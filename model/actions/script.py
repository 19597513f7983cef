"""Scripts of actions: read from text, one action a line, and written as text again.

A line that is empty or begins with ``#`` says nothing. A picture's rows follow ``draw`` on lines
of their own that begin with ``|``. Verbs may be written in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from model.actions.kinds import MAX_SIDE, Kind, Value, row_fits
from model.actions.verbs import VERBS, Verb
from model.door import mark, say

MAX_LINES = 10_000
_MAX_LINE_LETTERS = 1_000
_QUOTED = 40


class ActionError(ValueError):
    """A line that is no action; the message is one sentence for a person."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Action:
    """One thing that is done on the bench: a verb and its values, in the order of its form.

    ``line`` is where it stood in the script, counted from 1.
    """

    verb: str
    values: tuple[Value, ...] = ()
    line: int = field(default=0, compare=False)


def parse(script: str) -> tuple[Action, ...]:
    """The actions of a script.

    Raises ActionError, with one sentence that names the line, the word and what would be right,
    for the first line that is none.
    """
    return tuple(_action(*line) for line in _lines(script))


def text(actions: Iterable[Action]) -> str:
    """The script of some actions, which ``parse`` reads as the same ones."""
    return "".join(f"{_line(action)}\n" for action in actions)


def _line(action: Action) -> str:
    if not action.values:
        return action.verb
    form = next(form for form in VERBS[action.verb].forms if len(form) == len(action.values))
    written = [kind.write(value) for kind, value in zip(form, action.values, strict=True)]
    return " ".join((action.verb, *written)).replace(" \n", "\n")


def _lines(script: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each action with the number of its line, and the rows of a picture that belong to it."""
    lines = script.split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        raise _fault(
            MAX_LINES + 1,
            mark("line {line}: a script has at most {most:,} lines, make two of it"),
            most=MAX_LINES,
        )
    held: tuple[int, str, list[str]] | None = None
    for line, whole in enumerate(lines, 1):
        found = whole.strip()
        if found.startswith("|"):
            _take_row(line, found, held)
            continue
        if held is not None:
            yield held
        held = (line, found, []) if found and not found.startswith("#") else None
    if held is not None:
        yield held


def _take_row(line: int, found: str, held: tuple[int, str, list[str]] | None) -> None:
    """Put a row to the picture that is drawn on the lines before."""
    if held is None or held[1].casefold() != "draw":
        raise _fault(
            line,
            mark("line {line}: “{word}” is a row of a picture, and those follow a line “draw”"),
            word=found,
        )
    rows = held[2]
    if not row_fits(found.strip("| "), (rows[0] if rows else found).strip("| ")):
        raise _fault(
            line,
            mark(
                "line {line}: “{word}” is no row of the picture: it wants as many signs as the "
                "first row, at most {most}, each . # or 1 to 9"
            ),
            word=found,
            most=MAX_SIDE,
        )
    if len(rows) == MAX_SIDE:
        raise _fault(line, mark("line {line}: a picture has at most {most} rows"), most=MAX_SIDE)
    rows.append(found)


def _action(line: int, found: str, rows: list[str]) -> Action:
    if len(found) > _MAX_LINE_LETTERS:
        raise _fault(
            line,
            mark("line {line}: “{word}” is longer than the {most:,} letters an action can have"),
            word=found,
            most=_MAX_LINE_LETTERS,
        )
    verb, rest = _verb(line, found)
    rest = "\n".join(rows) or rest
    n_words = len(rest.split())
    place = next((at for at, form in enumerate(verb.forms) if len(form) <= n_words), -1)
    form, example = verb.forms[place], verb.examples[place]
    if n_words and not form:
        raise _fault(
            line,
            mark("line {line}: “{word}” is too much, {verb} stands alone on its line"),
            word=rest,
            verb=verb.name,
        )
    if n_words < len(form):
        raise _fault(
            line,
            mark("line {line}: “{word}” is not all of it, {verb} is written like “{example}”"),
            word=found,
            verb=verb.name,
            example=example,
        )
    values = tuple(
        _read(line, kind, piece, verb.name, example)
        for kind, piece in zip(form, _pieces(rest, len(form)), strict=True)
    )
    return Action(verb.name, values, line)


def _pieces(rest: str, count: int) -> list[str]:
    """The text of each argument: a word each from the end, and all that is left for the first."""
    pieces = [rest] if count else []
    while len(pieces) < count:
        pieces[:1] = pieces[0].rsplit(maxsplit=1)
    return pieces


def _read(line: int, kind: Kind, piece: str, verb: str, example: str) -> Value:
    try:
        return kind.read(piece)
    except ValueError:
        raise _fault(line, kind.fault, word=piece, verb=verb, example=example) from None


def _verb(line: int, found: str) -> tuple[Verb, str]:
    """The verb that a line begins with, and what follows it."""
    most = max(verb.count(" ") for verb in VERBS) + 1
    words = found.split(maxsplit=most)
    for count in range(most, 0, -1):
        verb = VERBS.get(" ".join(words[:count]).casefold())
        if verb is not None and len(words) >= count:
            return verb, " ".join(found.split(maxsplit=count)[count:])
    near = get_close_matches(words[0].casefold(), VERBS, 1)
    if near:
        raise _fault(
            line,
            mark("line {line}: there is no action “{word}”, did you mean “{near}”?"),
            word=words[0],
            near=near[0],
        )
    raise _fault(
        line,
        mark("line {line}: there is no action “{word}”, the actions are {verbs}"),
        word=words[0],
        verbs=", ".join(VERBS),
    )


def _fault(line: int, sentence: str, *, word: str = "", **slots: object) -> ActionError:
    word = " ".join(word.split())
    shown = word if len(word) <= _QUOTED else word[:_QUOTED] + "…"
    return ActionError(say(sentence, line=line, word=shown, **slots), line)
