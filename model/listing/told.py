"""What the lines of a listing make, in numbers and words; and whole programs as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.door import listed, mark, say, written
from model.experiment import Experiment
from model.listing.bench import listing, walk
from model.listing.lines import Listing
from model.listing.program import Form, Program, TooLong, program_of
from model.listing.slips import SlipPath, WrongNumber
from model.listing.walk import Moment
from model.path.readable import ReadablePath
from model.words import numbers
from model.words.names import weight_name

# Numbers in a row, or in several, that are written out beside a line; of more the shape is told.
MAX_SHOWN, MAX_IN_ROWS = 12, 24
_FIGURES = 6
_FIGURES_OF_A_ROW = 4
# A longer row goes on below.
_MAX_IN_A_ROW = 6
# Programs that are exported: longer ones run for minutes, or fill an editor's memory.
MAX_PROGRAM_STEPS = 100_000
MAX_PROGRAM_NUMBERS = 5_000_000


def told(moment: Moment) -> str:
    """What a line made, with its arithmetic where it is of single numbers: 0 + 0.1 × 8.5 = 0.85."""
    if moment.fault:
        return say("stops here: {fault}", fault=moment.fault)
    made = _made(moment)
    if not moment.loops:
        return made
    counters = ", ".join(f"{name} = {value}" for name, value in moment.loops)
    return say("{counters}:  {made}", counters=counters, made=made)


def _made(moment: Moment) -> str:
    value = value_text(moment.value)
    single = all(_is_number(operand) for operand in moment.operands)
    if (
        not moment.operands
        or not single
        or moment.words in ("", "{}")
        or not _is_number(moment.value)
    ):
        return value
    return say("{arithmetic} = {value}", arithmetic=_filled(moment), value=value)


def _filled(moment: Moment) -> str:
    """The arithmetic of a line; negative numbers in it in brackets, but for the first."""
    texts = [numbers.plain(operand, _FIGURES) for operand in moment.operands]
    if moment.words.startswith("{}²"):
        return moment.words.format(*(_bracketed(text) for text in texts))
    return moment.words.format(
        *(text if n == 0 else _bracketed(text) for n, text in enumerate(texts))
    )


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith(numbers.MINUS) else text


def value_text(value: Any) -> str:
    """A number, a row of numbers in few figures, or the shape of what is more than that.

    Several rows stand one below the other, and so do the halves of a long one.
    """
    if _is_number(value):
        return numbers.plain(float(value), _FIGURES)
    shape = np.shape(value)
    flat = np.ravel(value)
    few = len(shape) == 1 or shape[-1] <= _MAX_IN_A_ROW
    if len(flat) > (MAX_SHOWN if len(shape) == 1 else MAX_IN_ROWS) or not few:
        size = " × ".join(written(f"{side:,}") for side in shape)
        return say("{size} numbers", size=size)
    if len(shape) > 1:
        return "\n".join(value_text(row) for row in value)
    texts = [numbers.plain(float(one), _FIGURES_OF_A_ROW) for one in flat]
    if len(texts) <= _MAX_IN_A_ROW:
        return f"[{listed(texts)}]"
    half = (len(texts) + 1) // 2
    return f"[{listed((*texts[:half], ''))[:-1]}\n{listed(texts[half:])}]"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.floating | np.integer)


def _is_held(moment: Moment) -> bool:
    """Whether a line is of a frozen weight: its weight_delta is 0, and it is what it was."""
    return moment.words == "0" or moment.reads == (moment.made,)


# -- slips -----------------------------------------------------------------------------------------


def wrong_number(experiment: Experiment, wrong: WrongNumber, beside: bool = False) -> str:
    """Say which number a slip makes wrong first, and what would be right.

    ``beside`` the line that makes it less need be said.
    """
    sentence = (
        mark("{name} is {wrong}, right is {right}")
        if beside
        else mark("First wrong number, in step {step:,}: {name} is {wrong}, right is {right}.")
    )
    return say(
        sentence,
        step=wrong.step,
        name=_called(experiment, wrong),
        wrong=numbers.plain(wrong.wrong, _FIGURES),
        right=numbers.plain(wrong.right, _FIGURES),
    )


def _called(experiment: Experiment, wrong: WrongNumber) -> str:
    if len(wrong.cell) == 1:
        return say("{term} {name}", term=wrong.term, name=experiment.outputs[wrong.cell[0]])
    name = weight_name(experiment, *wrong.cell)
    return (
        say("the new {name}", name=name)
        if wrong.term == "weight"
        else say("weight_delta {name}", name=name)
    )


def first_step(right: SlipPath, wrong: SlipPath) -> str:
    """Say what the first step does to the total error with a slip, and what it would do."""
    if wrong.length == wrong.start or right.length == right.start:
        return ""
    before, after = (wrong.at(wrong.start + at).total_error for at in (0, 1))
    instead = right.at(right.start + 1).total_error
    sentence = (
        mark(
            "The first step lowers the total error all the same, {before} → {after} (right: "
            "{right}): a falling error proves nothing."
        )
        if after < before
        else mark(
            "The first step does not lower the total error, {before} → {after} (right: {right})."
        )
    )
    shown = (numbers.short(value) for value in (before, after, instead))
    return say(sentence, **dict(zip(("before", "after", "right"), shown, strict=True)))


def program_text(
    program: Program, form: Form, column: int | None = None, output: int | None = None
) -> str:
    """The whole text of a program; of formulas with the numbers of its first step beside them.

    ``column`` and ``output`` are looked into, as in ``listing``.
    """
    made = listing(program, form, column, output)
    if form != "formulas":
        return made.text
    return "\n".join(_with_numbers(program, made)) + "\n"


def _with_numbers(program: Program, made: Listing) -> Iterator[str]:
    # What is frozen needs no number to say so.
    found = {m.line: told(m) for m in walk(program, "formulas", made) if not _is_held(m)}
    for number, line in enumerate(made.lines, 1):
        yield f"{line.text} = {found[number]}" if number in found else line.text


def steps_to_print(path: ReadablePath, n_steps: int) -> int:
    """How many of the first n_steps steps of a path there are to be printed.

    The state after the last step has a line of its own, unless it has no target.
    """
    last = path.length if path.lacks_label and path.length else path.length + 1
    return min(n_steps, last)


def first_steps(experiment: Experiment, path: ReadablePath, n_steps: int) -> Program:
    """The program of the first steps of a path, its edits made on the way.

    Fewer where the path is shorter. Raises TooLong, with one sentence, where it would be more
    than anyone wants to run.
    """
    n_steps = steps_to_print(path, n_steps)
    if n_steps > MAX_PROGRAM_STEPS:
        raise TooLong(
            say("a program takes {most:,} steps at the most: take fewer", most=MAX_PROGRAM_STEPS)
        )
    visits = [path.setup_at(step).example(step) for step in range(n_steps)]
    program = program_of(experiment, path.setup_at(0), path.weights(0), visits, path.edits)
    if len(program.written) * sum(program.shape) > MAX_PROGRAM_NUMBERS:
        raise TooLong(
            say(
                "a program of {n:,} steps would hold more than {most:,} numbers: take fewer steps",
                n=n_steps,
                most=MAX_PROGRAM_NUMBERS,
            )
        )
    return program
