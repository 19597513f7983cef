"""What each term on a card of the network means: one sentence with the numbers of the moment."""

from __future__ import annotations

import math
from collections.abc import Callable

from model.door import say, say_count
from model.phase import StepPart
from model.words import numbers
from model.words.step import GraphMoment


def pred_term(moment: GraphMoment, output: int) -> str:
    """What pred is."""
    state = moment.state
    return say(
        "pred {pred} is what the network makes of the inputs: the sum of input × weight.",
        pred=numbers.plain(state.pred[output]),
    )


def target_term(moment: GraphMoment, output: int) -> str:
    """What the target is."""
    return say(
        "target {target} is what {output} ought to be for this example.",
        target=numbers.plain(moment.state.target[output]),
        output=moment.experiment.outputs[output],
    )


def delta_term(moment: GraphMoment, output: int) -> str:
    """What delta is, and on which side of the target pred lies."""
    if not moment.compared:
        return say("delta = pred − target: Compare makes it.")
    state = moment.state
    delta = float(state.delta[output])
    slots = {
        "pred": numbers.plain(state.pred[output]),
        "target": numbers.plain(state.target[output]),
        "delta": numbers.plain(delta),
    }
    if math.isnan(delta):
        return say("delta = pred − target: it is hidden for now.")
    if delta == 0:
        return say("delta = pred − target = {pred} − {target} = 0: pred is on the target.", **slots)
    if delta < 0:
        return say(
            "delta = pred − target = {pred} − {target} = {delta}: below 0, so pred is too low.",
            **slots,
        )
    return say(
        "delta = pred − target = {pred} − {target} = {delta}: above 0, so pred is too high.",
        **slots,
    )


def error_term(moment: GraphMoment, output: int) -> str:
    """What the error is."""
    if not moment.compared:
        return say("error = delta²: Compare makes it.")
    return say(
        "error = delta² = {delta}² = {error}: never below 0, and large misses count far more.",
        delta=_bracketed(float(moment.state.delta[output])),
        error=numbers.plain(moment.state.error[output]),
    )


def weight_delta_term(moment: GraphMoment, output: int, column: int) -> str:
    """What weight_delta is, and the slope that it is half of."""
    if moment.part is StepPart.PREDICT:
        return say("weight_delta = delta × input: Compare makes it.")
    state = moment.state
    return say(
        "weight_delta = delta × input = {delta} × {input} = {weight_delta}, half of the slope "
        "of the error, {slope}.",
        delta=numbers.plain(state.delta[output]),
        input=numbers.plain(state.inputs[column]),
        weight_delta=numbers.plain(state.weight_delta_of(output, column)),
        slope=numbers.plain(state.slope_of(output, column)),
    )


def change_term(moment: GraphMoment, output: int, column: int) -> str:
    """What the update adds, or added, to a weight."""
    if moment.part is StepPart.PREDICT:
        return say("next change = −alpha × weight_delta: Compare makes weight_delta first.")
    state = moment.state
    slots = {
        "name": moment.name(output, column),
        "alpha": numbers.plain(state.setup.alpha),
        "weight_delta": _bracketed(state.weight_delta_of(output, column)),
        "change": numbers.plain(state.change_of(output, column)),
        "weight": numbers.plain(state.weights[output, column]),
    }
    if state.setup.frozen[output, column]:
        return say(
            "{name} is frozen: it stays {weight}; otherwise it would change by {change}.", **slots
        )
    if moment.part is StepPart.LEARN:
        return say(
            "change = −alpha × weight_delta = −{alpha} × {weight_delta} = {change}.", **slots
        )
    return say(
        "next change = −alpha × weight_delta = −{alpha} × {weight_delta} = {change}.", **slots
    )


def epoch_term(step: int, n_examples: int) -> str:
    """What an epoch is, and where in it a step is."""
    made = step % n_examples
    return say_count(
        "epoch {epoch:,}: every {n:,} step visits the one example there is.",
        "epoch {epoch:,}: in each epoch of {n:,} steps every example is visited once; {made:,} of "
        "these have been made.",
        n_examples,
        epoch=step // n_examples + 1,
        made=made,
    )


# By the families of the named parts on a card.
OUTPUT_TERMS: dict[str, Callable[[GraphMoment, int], str]] = {
    "pred": pred_term,
    "target": target_term,
    "delta": delta_term,
    "error": error_term,
}
WEIGHT_TERMS: dict[str, Callable[[GraphMoment, int, int], str]] = {
    "weight_delta": weight_delta_term,
    "next": change_term,
}


def output_terms(moment: GraphMoment, output: int) -> str:
    """All terms of an output, for those who cannot see where each stands."""
    return " ".join(tell(moment, output) for tell in OUTPUT_TERMS.values())


def weight_terms(moment: GraphMoment, output: int, column: int) -> str:
    """The terms of a weight."""
    return " ".join(tell(moment, output, column) for tell in WEIGHT_TERMS.values())


def _bracketed(value: float) -> str:
    text = numbers.plain(value)
    return f"({text})" if value < 0 else text
