"""What is written below the value of a weight's card, in each part of a step."""

from __future__ import annotations

from collections.abc import Sequence

from gui.panels.network.writing import Line
from model.door import say
from model.phase import StepPart
from model.words import numbers
from model.words.step import DASH, GraphMoment, figure, old_to_new, product

# The same in ever fewer words; the first that fits is written.
Lines = Sequence[Line]


def two_lines(moment: GraphMoment, output: int, column: int) -> tuple[Lines, Lines]:
    """The two small lines; the second is empty where the first says it all."""
    state = moment.state
    frozen = bool(state.setup.frozen[output, column])
    change = figure(state.change_of(output, column), signed=True)
    weight_delta = figure(state.weight_delta_of(output, column))
    if moment.part is StepPart.LEARN:
        return _learned(moment, output, column, change)
    if moment.part is StepPart.COMPARE:
        return _compared(moment, output, column, weight_delta)
    if moment.part is StepPart.PREDICT:
        weight_delta = change = DASH
    if frozen and change == DASH:
        return [(say("held"), "")], []
    if frozen:
        return [(say("held · would be"), change), (say("held"), change)], []
    following = [(say("next change"), change), (say("change"), change)]
    return [(say("weight_delta"), weight_delta)], following


def _compared(
    moment: GraphMoment, output: int, column: int, weight_delta: str
) -> tuple[Lines, Lines]:
    if weight_delta == numbers.HIDDEN:
        # How it is made is hidden with it.
        return [(say("weight_delta"), weight_delta)], []
    made = [("", product(moment, output, column, digits)) for digits in (6, 4, 3)]
    if moment.state.setup.frozen[output, column]:
        return made, [(say("held, so set to"), "0"), (say("set to"), "0")]
    return [(say("weight_delta"), weight_delta)], made


def _learned(moment: GraphMoment, output: int, column: int, change: str) -> tuple[Lines, Lines]:
    assert moment.made is not None
    old = float(moment.state.weights[output, column])
    new = float(moment.made[output, column])
    if moment.state.setup.frozen[output, column]:
        held = [(say("held at"), numbers.plain(old, digits)) for digits in (6, 4)]
        return held, [(say("change"), "0")]
    between = [("", old_to_new(old, new, digits)) for digits in (6, 4, 3)]
    return between, [(say("change"), change)]


def one_line(moment: GraphMoment, output: int, column: int) -> Lines:
    """The same where there is room for one line only, as labels without values."""
    first, second = two_lines(moment, output, column)
    if second and moment.part is StepPart.COMPARE and not moment.state.setup.frozen[output, column]:
        weight_delta = first[0][1]
        made = [value for _, value in second]
        return [
            *((say("weight_delta = {product}", product=text), "") for text in made),
            *((text, "") for text in made),
            (say("weight_delta"), weight_delta),
            ("", weight_delta),
        ]
    joined = []
    if second:
        joined = [(f"{_joined(first[0])} · {_joined(line)}", "") for line in second]
    # What comes next matters most; after the update, what the weight was and is.
    alone = first if moment.part is StepPart.LEARN or not second else second
    return [*joined, *alone]


def _joined(line: Line) -> str:
    return " ".join(part for part in line if part)
