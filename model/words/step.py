"""What the network graph shows of one moment, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.door import listed, mark, say, say_count
from model.experiment import Experiment
from model.network import Floats, Mask
from model.path import State
from model.phase import StepPart
from model.words import numbers
from model.words.names import weight_name

DASH = "–"
HINTS = (
    mark("Click any number to edit it · drag sideways to scrub · click a padlock to freeze"),
    mark("Click a number to edit it · drag it to scrub"),
    mark("Click a number to edit it"),
)
RUNNING = (mark("Running · pause to see how each number is made"), mark("Running"))
_MAX_TERMS = 12
# As many inputs and outputs are put into words; a reader of a longer list would be lost.
_MAX_IN_WORDS = 12

# The output and input that are looked at, if any.
Focus = tuple[int | None, int | None]


@dataclass(frozen=True)
class GraphMoment:
    """A step as far as it has been taken.

    ``state`` has the numbers on the bench: those that Learn used while that is the news.
    ``part`` is what was made last of the step by itself.
    ``weights`` and ``frozen``, (n_outputs, n_inputs), are as they are now. ``made``, of the same
    shape, are the weights as Learn made them, while that is the news; otherwise it is None.
    """

    experiment: Experiment
    state: State
    part: StepPart
    running: bool
    weights: Floats
    frozen: Mask
    made: Floats | None = None

    @property
    def compared(self) -> bool:
        """Whether delta and error have been made; at rest everything is shown."""
        return self.part is not StepPart.PREDICT

    def moved(self, output: int, column: int) -> bool:
        """Whether a weight is another one by what Learn just did."""
        made = self.made
        return made is not None and bool(made[output, column] != self.state.weights[output, column])

    def name(self, output: int, column: int) -> str:
        """What a weight is called."""
        return weight_name(self.experiment, output, column)


def figure(value: float, signed: bool = False) -> str:
    """A number in about four figures, for a small line."""
    digits = 3 if abs(value) >= 1 else 4
    return numbers.signed(value, digits) if signed else numbers.short(value, digits)


def product(moment: GraphMoment, output: int, column: int, digits: int = 6) -> str:
    """The arithmetic of a weight_delta: −0.14 × 8.5 = −1.19."""
    state = moment.state
    return say(
        "{delta} × {input} = {weight_delta}",
        delta=numbers.plain(state.delta[output], digits),
        input=numbers.plain(state.inputs[column], digits),
        weight_delta=numbers.plain(state.weight_delta_of(output, column), digits),
    )


def old_to_new(old: float, new: float, digits: int = 6) -> str:
    """A weight before and after an update, in as many figures as tell them apart."""
    most = digits + 4
    while digits < most and old != new:
        if numbers.plain(old, digits) != numbers.plain(new, digits):
            break
        digits += 1
    return say("{old} → {new}", old=numbers.plain(old, digits), new=numbers.plain(new, digits))


# -- the caption ---------------------------------------------------------------------------


def explain(moment: GraphMoment, focus: Focus = (None, None)) -> tuple[str, ...]:
    """How the newest numbers were made and from what: the same in ever fewer words.

    ``focus`` is the output and input that are looked at, if any. Empty where the number that it
    would end with is hidden: how it is made is as much as the number itself.
    """
    part = moment.part
    if part is StepPart.REST and moment.running:
        return tuple(map(say, RUNNING))
    if part is StepPart.LEARN:
        return _explain_learning(moment, focus)
    output, column = focus
    if output is None or column is None:
        return _explain_output(moment, output)
    if part is StepPart.PREDICT:
        return _explain_share(moment, output, column)
    return _explain_weight_delta(moment, output, column)


def _explain_output(moment: GraphMoment, output: int | None) -> tuple[str, ...]:
    if moment.part is StepPart.PREDICT:
        return _explain_pred(moment, output or 0)
    if moment.part is StepPart.COMPARE or output is not None:
        return _explain_delta(moment, output or 0)
    return tuple(map(say, HINTS))


def _explain_pred(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    if np.isnan(state.pred[output]):
        return ()
    n_inputs = len(state.inputs)
    terms = [
        f"{numbers.plain(x)} × {numbers.plain(w)}"
        for x, w in zip(state.inputs[:_MAX_TERMS], state.weights[output, :_MAX_TERMS], strict=True)
    ]
    pred = numbers.plain(state.pred[output])
    sentences = []
    for shown in range(len(terms), 0, -1):
        left = n_inputs - shown
        rest = [say_count("… {n:,} more", "… {n:,} more", left)] if left else []
        sentences.append(
            say("pred = {sum} = {pred}", sum=" + ".join(terms[:shown] + rest), pred=pred)
        )
    sentences.append(say("pred = sum of input × weight = {pred}", pred=pred))
    sentences.append(say("pred = {pred}", pred=pred))
    return _of_output(moment, output, sentences)


def _explain_share(moment: GraphMoment, output: int, column: int) -> tuple[str, ...]:
    """What one weight adds to the pred."""
    state = moment.state
    x, weight = float(state.inputs[column]), float(state.weights[output, column])
    if np.isnan(x * weight + state.pred[output]):
        return ()
    slots = {
        "name": moment.name(output, column),
        "input": numbers.plain(x),
        "weight": numbers.plain(weight),
        "share": numbers.plain(x * weight),
        "pred": numbers.plain(state.pred[output]),
    }
    sentences = [
        say("{name} adds input × weight = {input} × {weight} = {share} to pred = {pred}", **slots),
        say("{name} adds {input} × {weight} = {share} to pred", **slots),
        say("{name} adds {share} to pred", **slots),
    ]
    return _of_output(moment, output, sentences)


def _explain_delta(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    if np.isnan(state.delta[output]):
        return ()
    slots = {
        "pred": numbers.plain(state.pred[output]),
        "target": _bracketed(float(state.target[output])),
        "delta": numbers.plain(state.delta[output]),
        "error": numbers.plain(state.error[output]),
    }
    sentences = [
        say(
            "delta = pred − target = {pred} − {target} = {delta} · error = delta² = {error}",
            **slots,
        ),
        say("delta = {pred} − {target} = {delta} · error = delta² = {error}", **slots),
        say("delta = {pred} − {target} = {delta}", **slots),
        say("delta = {delta}", **slots),
    ]
    return _of_output(moment, output, sentences[2 if np.isnan(state.error[output]) else 0 :])


def _explain_weight_delta(moment: GraphMoment, output: int, column: int) -> tuple[str, ...]:
    """How weight_delta comes of delta and input, and at rest what the next update makes of it."""
    state = moment.state
    if np.isnan(state.weight_delta_of(output, column)):
        return ()
    slots = {
        "name": moment.name(output, column),
        "product": product(moment, output, column),
        "alpha": numbers.plain(state.setup.alpha),
        "weight_delta": numbers.plain(state.weight_delta_of(output, column)),
        "change": numbers.plain(state.change_of(output, column)),
    }
    short = (
        say("{name}: weight_delta = delta × input = {product}", **slots),
        say("{name}: weight_delta = {product}", **slots),
        say("{name}: {product}", **slots),
        say("{name}: weight_delta = {weight_delta}", **slots),
    )
    if moment.part is StepPart.COMPARE or np.isnan(state.change_of(output, column)):
        return short
    if moment.frozen[output, column]:
        held = say("{name}: weight_delta = 0, frozen · else delta × input = {product}", **slots)
        return (held, *short)
    return (
        say(
            "{name}: weight_delta = delta × input = {product} · next change = "
            "−alpha × weight_delta = −{alpha} × {weight_delta} = {change}",
            **slots,
        ),
        say(
            "{name}: weight_delta = {product} · next change = −{alpha} × {weight_delta} = {change}",
            **slots,
        ),
        say("{name}: next change = −{alpha} × {weight_delta} = {change}", **slots),
        *short[2:],
    )


def _explain_learning(moment: GraphMoment, focus: Focus) -> tuple[str, ...]:
    """How the weight that is looked at came to be, or else the first that moved."""
    assert moment.made is not None
    if focus[0] is not None and focus[1] is None:
        return _explain_delta(moment, focus[0])
    cell = _cell_to_explain(moment, focus)
    if cell is None:
        return (say(why_none_moved(moment)), say("No weight moved"))
    before = moment.state
    output, column = cell
    if np.isnan(before.weight_delta[cell]):
        return ()
    slots = {
        "name": moment.name(output, column),
        "product": product(moment, output, column),
        "old": numbers.plain(before.weights[cell]),
        "new": numbers.plain(moment.made[cell]),
        "alpha": numbers.plain(before.setup.alpha),
        "weight_delta": numbers.plain(before.weight_delta[cell]),
        "now": numbers.plain(moment.weights[cell]),
    }
    if before.setup.frozen[cell]:
        return (
            say(
                "weight_delta = 0, frozen · else delta × input = {product} · {name} stays {old}",
                **slots,
            ),
            say("{name} is frozen and stays {old}", **slots),
        )
    update = say("{name}: {old} − {alpha} × {weight_delta} = {new}", **slots)
    if moment.weights[cell] != moment.made[cell]:
        edited = say(
            "{name}: {old} − {alpha} × {weight_delta} = {new} · set to {now} by an edit", **slots
        )
        return (edited, update)
    return (
        say(
            "weight_delta = delta × input: {product} · "
            "{name}: {old} − {alpha} × {weight_delta} = {new}",
            **slots,
        ),
        say("weight_delta = {product} · {name}: {old} − {alpha} × {weight_delta} = {new}", **slots),
        update,
        say("{name}: {old} → {new}", **slots),
    )


def why_none_moved(moment: GraphMoment) -> str:
    """Why Learn left every weight as it was; each reason is true only where it is given."""
    state = moment.state
    free = ~state.setup.frozen
    if not free.any():
        return mark("No weight moved: every weight is frozen")
    if not state.delta[free.any(axis=1)].any():
        return mark("No weight moved: the delta is 0 wherever a weight is not frozen")
    if not state.inputs[free.any(axis=0)].any():
        return mark("No weight moved: every input of an unfrozen weight is 0")
    if not state.setup.alpha:
        return mark("No weight moved: alpha is 0")
    if not (free & np.outer(state.delta != 0, state.inputs != 0)).any():
        return mark("No weight moved: where a delta is not 0, every unfrozen input is")
    return mark("No weight moved: each change is too small to alter its weight's last digit")


def _cell_to_explain(moment: GraphMoment, focus: Focus) -> tuple[int, int] | None:
    """The weight that is looked at, or else the first that moved: there, or anywhere."""
    assert moment.made is not None
    output, column = focus
    if output is not None and column is not None:
        return output, column
    moved = moment.made != moment.state.weights
    wanted = moved.copy()
    if column is not None and moved[:, column].any():
        wanted[:, :column], wanted[:, column + 1 :] = False, False
    found = wanted.nonzero()
    return (int(found[0][0]), int(found[1][0])) if len(found[0]) else None


def _of_output(moment: GraphMoment, output: int, sentences: list[str]) -> tuple[str, ...]:
    """The sentences with the name of the output, where there are several."""
    outputs = moment.experiment.outputs
    if len(outputs) == 1:
        return tuple(sentences)
    return tuple(
        say("{output}: {explanation}", output=outputs[output], explanation=sentence)
        for sentence in sentences
    )


def _bracketed(value: float) -> str:
    text = numbers.plain(value)
    return f"({text})" if value < 0 else text


# -- for those who cannot see it ---------------------------------------------------------------


def moment_in_words(moment: GraphMoment) -> str:
    """The graph for those who cannot see it: every node, and how many weights are frozen."""
    experiment, state = moment.experiment, moment.state
    n_outputs, n_inputs = state.weights.shape
    frozen = int(moment.frozen.sum())
    sizes = {
        "inputs": say_count("{n:,} input", "{n:,} inputs", n_inputs),
        "outputs": say_count("{n:,} output", "{n:,} outputs", n_outputs),
        "weights": say_count("{n:,} weight", "{n:,} weights", n_inputs * n_outputs),
    }
    parts = [
        say("{inputs}, {outputs}, {weights}, {frozen:,} of them frozen", **sizes, frozen=frozen)
        if frozen
        else say("{inputs}, {outputs}, {weights}", **sizes)
    ]
    values = listed(
        f"{name} {numbers.plain(value)}"
        for name, value in zip(
            experiment.inputs[:_MAX_IN_WORDS], state.inputs[:_MAX_IN_WORDS], strict=True
        )
    )
    more = n_inputs - _MAX_IN_WORDS
    parts.append(
        say("inputs: {values} and {more:,} more", values=values, more=more)
        if more > 0
        else say("inputs: {values}", values=values)
    )
    parts += [output_in_words(moment, at) for at in range(min(n_outputs, _MAX_IN_WORDS))]
    return "; ".join(parts)


def output_in_words(moment: GraphMoment, output: int) -> str:
    """One output, as far as it has been made."""
    state = moment.state
    slots = {
        "name": moment.experiment.outputs[output],
        "pred": numbers.plain(state.pred[output]),
        "target": numbers.plain(state.target[output]),
        "delta": numbers.plain(state.delta[output]),
        "error": numbers.plain(state.error[output]),
    }
    if not moment.compared:
        return say("{name}: pred {pred}, target {target}", **slots)
    return say("{name}: pred {pred}, target {target}, delta {delta}, error {error}", **slots)
