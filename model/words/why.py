"""Why a weight moved or stayed, and what an output asks of its weights, in one or two sentences.

Each sentence is made of the numbers of one moment, and each part of a step has its own. The
three properties of a weight_delta, delta × input, are the field's: an input of 0 stops it, one
below 0 reverses its sign (negative reversal), and the size of the input scales it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from model.curves import Bowl
from model.door import mark, say, say_count
from model.network import Floats
from model.phase import StepPart
from model.words import numbers
from model.words.step import Focus, GraphMoment

# Said instead while any number that it is made of is hidden.
HIDDEN_WHY = mark("Why a weight moves is said here when you have done what the page asks.")

# What decides about a weight: the first of these that is true.
Cause = Literal["frozen", "no delta", "stopping", "too small", "reversal", "scaling"]


class Why(NamedTuple):
    """The reason, and the sentences that say it: the first one tells the most."""

    cause: Cause
    sentences: tuple[str, ...]


def cause_of(moment: GraphMoment, output: int, column: int) -> Cause:
    """What decides about a weight, by the definitions above."""
    state = moment.state
    if state.setup.frozen[output, column]:
        return "frozen"
    if state.delta[output] == 0:
        return "no delta"
    if state.inputs[column] == 0:
        return "stopping"
    if _stays(moment, output, column):
        return "too small"
    return "reversal" if state.inputs[column] < 0 else "scaling"


def why(moment: GraphMoment, focus: Focus) -> tuple[str, ...]:
    """Why, for the weight, output or input that is looked at; empty where there is none."""
    output, column = focus
    if output is not None and column is not None:
        return why_weight(moment, output, column).sentences
    if output is not None:
        return why_output(moment, output)
    return () if column is None else why_input(moment, column)


def why_weight(moment: GraphMoment, output: int, column: int, name: str | None = None) -> Why:
    """Why a weight moves, moved or stays; ``name`` is what it is called, as a pixel, say."""
    slots = _weight_slots(moment, output, column)
    if name is not None:
        slots["name"] = name
    found = cause_of(moment, output, column)
    if moment.part is StepPart.PREDICT:
        return Why(found, _in_prediction(moment, column, slots))
    words = _CAUSES[found]
    first = say(words.learned if moment.part is StepPart.LEARN else words.ahead, **slots)
    if found == "frozen":
        second = _what_freezing_changed(moment, output, column, slots)
    elif found in ("reversal", "scaling"):
        second = _what_follows(moment, output, column, slots)
    else:
        second = ""
    return Why(found, (first, second) if second else (first,))


class _Words(NamedTuple):
    """A cause before the update, and after it."""

    ahead: str
    learned: str


_CAUSES: dict[Cause, _Words] = {
    "frozen": _Words(
        mark(
            "{name} is frozen and keeps {weight}: its weight_delta, delta {delta} × {input} {x} "
            "= {weight_delta}, is set to 0."
        ),
        mark(
            "{name} is frozen and kept {weight}: its weight_delta, delta {delta} × {input} {x} "
            "= {weight_delta}, was set to 0."
        ),
    ),
    "no delta": _Words(
        mark("{name} stays at {weight}: {output} is on its target, its delta is 0."),
        mark("{name} stayed at {weight}: {output} was on its target, its delta was 0."),
    ),
    "stopping": _Words(
        mark(
            "Stopping: {input} is 0, so weight_delta = delta {delta} × 0 = 0 and {name} stays at "
            "{weight}; its bowl is flat."
        ),
        mark(
            "Stopping: {input} was 0, so weight_delta = delta {delta} × 0 = 0 and {name} stayed "
            "at {weight}; its bowl was flat."
        ),
    ),
    "too small": _Words(
        mark("{name} stays at {weight}: a change of {change} is too small for its last digit."),
        mark("{name} stayed at {weight}: a change of {change} was too small for its last digit."),
    ),
    "reversal": _Words(
        mark(
            "Negative reversal: {input} is {x}, below 0, so weight_delta {weight_delta} has the "
            "other sign than delta {delta}, and the next change of {name} is {change}."
        ),
        mark(
            "Negative reversal: {input} was {x}, below 0, so weight_delta {weight_delta} had the "
            "other sign than delta {delta}, and {name} changed by {change}."
        ),
    ),
    "scaling": _Words(
        mark(
            "Scaling: {input} is {x}, so weight_delta {weight_delta} is {x} times delta {delta}, "
            "and the next change of {name} is {change}."
        ),
        mark(
            "Scaling: {input} was {x}, so weight_delta {weight_delta} was {x} times delta "
            "{delta}, and {name} changed by {change}."
        ),
    ),
}


def _weight_slots(moment: GraphMoment, output: int, column: int) -> dict[str, str]:
    state, experiment = moment.state, moment.experiment
    bowl = _bowl(moment, output, column)
    return {
        "name": moment.name(output, column),
        "input": experiment.inputs[column],
        "output": experiment.outputs[output],
        "x": numbers.plain(state.inputs[column]),
        "weight": numbers.plain(state.weights[output, column]),
        "share": numbers.plain(state.inputs[column] * state.weights[output, column]),
        "pred": numbers.plain(state.pred[output]),
        "delta": numbers.plain(state.delta[output]),
        "weight_delta": numbers.plain(state.weight_delta_of(output, column)),
        "change": _signed(state.change_of(output, column)),
        "alpha": numbers.plain(state.setup.alpha),
        "slope": numbers.plain(bowl.slope),
        "floor": numbers.plain(bowl.floor) if bowl.floor is not None else "",
    }


def _bowl(moment: GraphMoment, output: int, column: int) -> Bowl:
    state = moment.state
    return Bowl(
        float(state.weights[output, column]),
        float(state.inputs[column]),
        float(state.delta[output]),
    )


def _stays(moment: GraphMoment, output: int, column: int) -> bool:
    """Whether an unfrozen weight has the same value to the last bit after the update."""
    state = moment.state
    old = state.weights[output, column]
    if moment.made is not None:
        return bool(moment.made[output, column] == old)
    return bool(old - state.setup.alpha * state.weight_delta_of(output, column) == old)


def _in_prediction(moment: GraphMoment, column: int, slots: dict[str, str]) -> tuple[str, ...]:
    if moment.state.inputs[column] == 0:
        return (say("{input} is 0, so {name} adds nothing to pred, whatever its value.", **slots),)
    return (
        say("{name} brings {input} to {output}: {x} × {weight} = {share} of pred {pred}.", **slots),
        say("If {name} were larger by 1, pred would change by {x}.", **slots),
    )


def _what_follows(moment: GraphMoment, output: int, column: int, slots: dict[str, str]) -> str:
    """In Compare what the slope says; else how far alpha lets the weight go."""
    if moment.part is StepPart.COMPARE:
        rising = moment.state.weight_delta_of(output, column) < 0
        return say(
            mark(
                "The slope of its bowl is 2 × weight_delta = {slope}: the error falls as {name} "
                "rises."
            )
            if rising
            else mark(
                "The slope of its bowl is 2 × weight_delta = {slope}: the error falls as {name} "
                "falls."
            ),
            **slots,
        )
    if not slots["floor"]:
        return ""
    # The change is -alpha * delta * x, and the floor lies -delta / x away.
    reach = float(moment.state.setup.alpha * moment.state.inputs[column] ** 2)
    slots = {**slots, "percent": numbers.plain(100.0 * reach, 3), "times": numbers.plain(reach, 3)}
    if moment.part is StepPart.LEARN:
        return say(_WENT_PAST if reach > 1.0 else _WENT, **slots)
    return say(_GOES_PAST if reach > 1.0 else _GOES, **slots)


_GOES = mark("Alpha {alpha} takes it {percent} % of the way to the floor of its bowl at {floor}.")
_WENT = mark("Alpha {alpha} took it {percent} % of the way to the floor of its bowl at {floor}.")
_GOES_PAST = mark(
    "Alpha {alpha} takes it past the floor of its bowl at {floor}: {times} times as far."
)
_WENT_PAST = mark(
    "Alpha {alpha} took it past the floor of its bowl at {floor}: {times} times as far."
)


def _what_freezing_changed(
    moment: GraphMoment, output: int, column: int, slots: dict[str, str]
) -> str:
    """What alpha may be with the weight frozen, and what it might be without."""
    s = _free_sum(moment, output)
    without = s + float(moment.state.inputs[column]) ** 2
    if moment.state.inputs[column] == 0:
        return say("Freezing it changes nothing here: {input} is 0.", **slots)
    if not _free_inputs(moment, output).any():
        return say("With it frozen, no weight of {output} can move on this example.", **slots)
    if s == 0 or not np.isfinite(2.0 / s):
        return say(
            "With it frozen, alpha has no limit for {output} on this example: the other inputs "
            "are almost 0.",
            **slots,
        )
    limits = {"before": numbers.plain(2.0 / without), "after": numbers.plain(2.0 / s)}
    if limits["before"] == limits["after"]:
        return ""
    return say(
        "Freezing it raises the limit of alpha for {output}, 2 / s, from {before} to {after} on "
        "this example.",
        **limits,
        **slots,
    )


def _free_sum(moment: GraphMoment, output: int) -> float:
    """s: the sum of squares of the inputs whose weights of this output are not frozen."""
    return float((_free_inputs(moment, output) ** 2).sum())


def _free_inputs(moment: GraphMoment, output: int) -> Floats:
    """The inputs whose weights of this output are not frozen."""
    state = moment.state
    free: Floats = state.inputs[~state.setup.frozen[output]]
    return free


# -- an output and an input -----------------------------------------------------------------


def why_output(moment: GraphMoment, output: int) -> tuple[str, ...]:
    """What an output asks of its weights, and what the update makes of its delta."""
    part = moment.part
    if part is StepPart.PREDICT:
        return (_largest_share(moment, output),)
    first = _how_far_off(moment, output)
    if part is StepPart.COMPARE:
        return first, _largest_weight_delta(moment, output)
    return first, *_what_becomes_of_delta(moment, output, part)


def _output_slots(moment: GraphMoment, output: int) -> dict[str, str]:
    state = moment.state
    return {
        "output": moment.experiment.outputs[output],
        "pred": numbers.plain(state.pred[output]),
        "target": numbers.plain(state.target[output]),
        "delta": numbers.plain(state.delta[output]),
        "off": numbers.plain(abs(float(state.delta[output]))),
        "error": numbers.plain(state.error[output]),
        "alpha": numbers.plain(state.setup.alpha),
    }


def _how_far_off(moment: GraphMoment, output: int) -> str:
    slots, delta = _output_slots(moment, output), moment.state.delta[output]
    if delta == 0:
        return say("{output} is on its target {target}: delta 0, error 0.", **slots)
    return say(
        mark("{output} is {off} below its target {target}: delta {delta}, error delta² = {error}.")
        if delta < 0
        else mark(
            "{output} is {off} above its target {target}: delta {delta}, error delta² = {error}."
        ),
        **slots,
    )


def _largest_share(moment: GraphMoment, output: int) -> str:
    state, slots = moment.state, _output_slots(moment, output)
    shares = state.weights[output] * state.inputs
    column = int(np.abs(shares).argmax())
    if not shares[column]:
        return say("Every input × weight of {output} is 0, and so is its pred.", **slots)
    return say(
        "The largest part of pred {pred} is {input} × {name} = {share}.",
        input=moment.experiment.inputs[column],
        name=moment.name(output, column),
        share=numbers.plain(shares[column]),
        **slots,
    )


def _largest_weight_delta(moment: GraphMoment, output: int) -> str:
    state, slots = moment.state, _output_slots(moment, output)
    column = int(np.abs(state.weight_delta[output]).argmax())
    if not state.weight_delta_of(output, column):
        return say("All weight_deltas of {output} are 0.", **slots)
    return say(
        "Each of its weight_deltas is delta × input; that of {name} is the largest, "
        "{weight_delta}.",
        name=moment.name(output, column),
        weight_delta=numbers.plain(state.weight_delta_of(output, column)),
    )


def _what_becomes_of_delta(moment: GraphMoment, output: int, part: StepPart) -> tuple[str, ...]:
    state, slots = moment.state, _output_slots(moment, output)
    s, n_frozen = _free_sum(moment, output), int(state.setup.frozen[output].sum())
    if n_frozen == len(state.inputs):
        return (say("None of its weights can move: all of them are frozen."),)
    if not _free_inputs(moment, output).any():
        return (say("None of its weights can move: every unfrozen input is 0."),)
    if s == 0:
        return (say("Its unfrozen inputs are almost 0: an update leaves delta as it is."),)
    slots |= {"s": numbers.plain(s), "factor": numbers.plain(1.0 - state.setup.alpha * s)}
    if part is StepPart.LEARN:
        told = say(
            "The update multiplied delta by 1 − alpha × s = 1 − {alpha} × {s} = {factor} on this "
            "example.",
            **slots,
        )
    else:
        told = say(
            "The next update multiplies delta by 1 − alpha × s = 1 − {alpha} × {s} = {factor} on "
            "this example.",
            **slots,
        )
    if not n_frozen:
        return told, say("s is the sum of the squared inputs.")
    return told, say_count(
        "s is the sum of the squared inputs, less that of {n:,} frozen weight.",
        "s is the sum of the squared inputs, less those of {n:,} frozen weights.",
        n_frozen,
    )


def why_input(moment: GraphMoment, column: int) -> tuple[str, ...]:
    """What an input does to the weight_deltas of its weights."""
    x = float(moment.state.inputs[column])
    slots = {"input": moment.experiment.inputs[column], "x": numbers.plain(x)}
    if x == 0:
        return (say("Stopping: {input} is 0, so none of its weights can move.", **slots),)
    if x < 0:
        return (
            say(
                "Negative reversal: {input} is {x}, below 0, so each of its weight_deltas is "
                "{size} times its delta with the other sign.",
                size=numbers.plain(-x),
                **slots,
            ),
        )
    return (
        say(
            "Scaling: {input} is {x}, so each of its weight_deltas is {x} times its delta.", **slots
        ),
    )


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + numbers.plain(value)
