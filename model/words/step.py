"""What the network graph shows of one moment, and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.door import mark, say, say_count
from model.experiment import Experiment
from model.network import Floats, Mask
from model.path import State
from model.phase import Phase
from model.words import numbers
from model.words.names import weight_name

DASH = "–"
_HINTS = (
    mark("Click any number to edit it · drag sideways to scrub · click a padlock to freeze"),
    mark("Click a number to edit it · drag it to scrub"),
    mark("Click a number to edit it"),
)
_RUNNING = (mark("Running · pause to see how each number is made"), mark("Running"))
_MAX_TERMS = 12
# As many inputs and outputs are put into words; a reader of a longer list would be lost.
_MAX_IN_WORDS = 12

Focus = tuple[int | None, int | None]


@dataclass(frozen=True)
class GraphMoment:
    """A step as far as it has been taken.

    ``moved`` marks the weights that the last update changed, (n_outputs, n_inputs), while
    that is the news; otherwise it is None. ``change`` is what the next update adds.
    """

    experiment: Experiment
    state: State
    previous: State | None
    phase: Phase
    running: bool
    change: Floats
    moved: Mask | None

    @property
    def compared(self) -> bool:
        """Whether delta and error have been made; at rest everything is shown."""
        return self.phase is not Phase.PREDICTED

    @property
    def at_rest(self) -> bool:
        """Whether the step has not been begun, so that weight_delta and next can be shown."""
        return self.phase is Phase.READY


def figure(value: float, signed: bool = False) -> str:
    """A number in about four figures, for a small line."""
    digits = 3 if abs(value) >= 1 else 4
    return numbers.signed(value, digits) if signed else numbers.short(value, digits)


def explain(moment: GraphMoment, focus: Focus = (None, None)) -> tuple[str, ...]:
    """How the newest numbers were made and from what: the same in ever fewer words.

    ``focus`` is the output and input a person looks at, if any.
    """
    output = focus[0] or 0
    if moment.running and moment.phase is Phase.READY and moment.moved is None:
        return _said(_RUNNING)
    if moment.phase is Phase.PREDICTED:
        return _explain_pred(moment, output)
    if moment.phase is Phase.COMPARED:
        return _explain_delta(moment, output)
    if moment.previous is not None and moment.moved is not None:
        return _explain_learning(
            moment.experiment, moment.previous, moment.state, moment.moved, focus
        )
    return _said(_HINTS)


def is_news(sentences: tuple[str, ...]) -> bool:
    """Whether an explanation is one of new numbers, and no standing hint."""
    return sentences not in (_said(_HINTS), _said(_RUNNING))


def _said(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(say(sentence) for sentence in sentences)


def _explain_pred(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    n_inputs = len(state.inputs)
    terms = [
        f"{numbers.plain(x)} × {numbers.plain(w)}"
        for x, w in zip(state.inputs[:_MAX_TERMS], state.weights[output, :_MAX_TERMS], strict=True)
    ]
    pred = numbers.plain(state.pred[output])
    sentences = []
    for shown in range(len(terms), -1, -1):
        left, some = n_inputs - shown, " + ".join(terms[:shown])
        if shown and left:
            sentence = say(
                "pred = {terms} + … {left} more = {pred}", terms=some, left=left, pred=pred
            )
        elif left:
            sentence = say("pred = sum of input × weight = {pred}", pred=pred)
        else:
            sentence = say("pred = {terms} = {pred}", terms=some, pred=pred)
        sentences.append(sentence)
    sentences.append(say("pred = {pred}", pred=pred))
    return _of_output(moment, output, sentences)


def _explain_delta(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    pred, target, delta, error = (
        numbers.plain(float(values[output]))
        for values in (state.pred, state.target, state.delta, state.error)
    )
    slots = {"pred": pred, "target": _bracketed(target), "delta": delta, "error": error}
    sentences = (
        mark("delta = pred − target = {pred} − {target} = {delta} · error = delta² = {error}"),
        mark("delta = {pred} − {target} = {delta} · error = delta² = {error}"),
        mark("delta = {pred} − {target} = {delta}"),
        mark("delta = {delta}"),
    )
    return _of_output(moment, output, [say(sentence, **slots) for sentence in sentences])


def _explain_learning(
    experiment: Experiment, before: State, now: State, moved: Mask, focus: Focus
) -> tuple[str, ...]:
    cell = _cell_to_explain(moved, focus)
    if cell is None:
        why = (
            say("No weight moved: no unfrozen weight had a slope")
            if before.delta.any()
            else say("No weight moved: every delta is 0")
        )
        return why, say("No weight moved")
    output, column = cell
    slots = {
        "weight": weight_name(experiment, output, column),
        "delta": numbers.plain(before.delta[output]),
        "input": numbers.plain(before.inputs[column]),
        "weight_delta": numbers.plain(before.weight_delta[output, column]),
        "old": numbers.plain(before.weights[output, column]),
        "alpha": numbers.plain(before.setup.alpha),
        "new": numbers.plain(now.weights[cell]),
    }
    sentences = _FROZEN if before.setup.frozen[output, column] else _LEARNED
    return tuple(say(sentence, **slots) for sentence in sentences)


_FROZEN = (
    mark(
        "weight_delta = delta × input: {delta} × {input} = {weight_delta} · set to 0: {weight} is "
        "frozen and stays {old}"
    ),
    mark("{weight} is frozen and stays {old}"),
)
_LEARNED = (
    mark(
        "weight_delta = delta × input: {delta} × {input} = {weight_delta} · "
        "{weight}: {old} − {alpha} × {weight_delta} = {new}"
    ),
    mark(
        "weight_delta = {delta} × {input} = {weight_delta} · "
        "{weight}: {old} − {alpha} × {weight_delta} = {new}"
    ),
    mark("{weight}: {old} − {alpha} × {weight_delta} = {new}"),
)


def _cell_to_explain(moved: Mask, focus: Focus) -> tuple[int, int] | None:
    """The weight in focus, or else the first that moved: there, or anywhere."""
    output, column = focus
    if output is not None and column is not None:
        return output, column
    wanted = moved.copy()
    if output is not None and moved[output].any():
        wanted[:output], wanted[output + 1 :] = False, False
    if column is not None and moved[:, column].any():
        wanted[:, :column], wanted[:, column + 1 :] = False, False
    found = wanted.nonzero()
    return (int(found[0][0]), int(found[1][0])) if len(found[0]) else None


def moment_in_words(moment: GraphMoment) -> str:
    """The graph for those who cannot see it: every node, and how many weights are frozen."""
    state = moment.state
    n_outputs = len(state.weights)
    outputs = [output_in_words(moment, at) for at in range(min(n_outputs, _MAX_IN_WORDS))]
    return "; ".join([_size_in_words(state), _inputs_in_words(moment), *outputs])


def _size_in_words(state: State) -> str:
    n_outputs, n_inputs = state.weights.shape
    slots: dict[str, object] = {
        "inputs": say_count("{n} input", "{n} inputs", n_inputs),
        "outputs": say_count("{n} output", "{n} outputs", n_outputs),
        "weights": say_count("{n} weight", "{n} weights", n_inputs * n_outputs),
    }
    frozen = int(state.setup.frozen.sum())
    if frozen:
        return say(
            "{inputs}, {outputs}, {weights}, {frozen} of them frozen", frozen=frozen, **slots
        )
    return say("{inputs}, {outputs}, {weights}", **slots)


def _inputs_in_words(moment: GraphMoment) -> str:
    values = moment.state.inputs
    listed = ", ".join(
        f"{name} {numbers.plain(value)}"
        for name, value in zip(
            moment.experiment.inputs[:_MAX_IN_WORDS], values[:_MAX_IN_WORDS], strict=True
        )
    )
    more = len(values) - _MAX_IN_WORDS
    if more > 0:
        return say("inputs: {listed} and {more} more", listed=listed, more=more)
    return say("inputs: {listed}", listed=listed)


def output_in_words(moment: GraphMoment, output: int) -> str:
    """One output, as far as it has been made."""
    state = moment.state
    names = ("pred", "target", "delta", "error")
    slots = {
        name: numbers.plain(values[output])
        for name, values in zip(
            names, (state.pred, state.target, state.delta, state.error), strict=True
        )
    }
    sentence = (
        mark("{output}: pred {pred}, target {target}, delta {delta}, error {error}")
        if moment.compared
        else mark("{output}: pred {pred}, target {target}")
    )
    return say(sentence, output=moment.experiment.outputs[output], **slots)


def weight_in_words(moment: GraphMoment, output: int, column: int) -> str:
    """What one weight's next update is made of, as far as it is known."""
    if not moment.at_rest:
        return say("weight_delta and next change are not made yet")
    change = figure(float(moment.change[output, column]), signed=True)
    if moment.state.setup.frozen[output, column]:
        return say("held; would change by {change}", change=change)
    return say(
        "weight_delta {weight_delta}, half the slope of the error; next change {change}",
        weight_delta=figure(float(moment.state.weight_delta[output, column])),
        change=change,
    )


def _of_output(moment: GraphMoment, output: int, sentences: Sequence[str]) -> tuple[str, ...]:
    """Sentences about one output, with its name where there are several."""
    outputs = moment.experiment.outputs
    if len(outputs) == 1:
        return tuple(sentences)
    name = outputs[output]
    return tuple(
        say("{output}: {sentence}", output=name, sentence=sentence) for sentence in sentences
    )


def _bracketed(number: str) -> str:
    """A number to be taken away: in brackets where it is below zero."""
    return f"({number})" if number.startswith(numbers.MINUS) else number
