"""What the network graph shows of one moment, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from model.experiment import Experiment
from model.network import Floats, Mask
from model.path import State
from model.phase import Phase
from model.words import numbers
from model.words.names import weight_name

DASH = "–"
HINTS = (
    "Click any number to edit it · drag sideways to scrub · click a padlock to freeze",
    "Click a number to edit it · drag it to scrub",
    "Click a number to edit it",
)
RUNNING = ("Running · pause to see how each number is made", "Running")
_MOST_TERMS = 12
# As many inputs and outputs are put into words; a reader of a longer list would be lost.
_MOST_IN_WORDS = 12

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
        return RUNNING
    if moment.phase is Phase.PREDICTED:
        return _explain_pred(moment, output)
    if moment.phase is Phase.COMPARED:
        return _explain_delta(moment, output)
    if moment.previous is not None and moment.moved is not None:
        return _explain_learning(
            moment.experiment, moment.previous, moment.state, moment.moved, focus
        )
    return HINTS


def _explain_pred(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    n_inputs = len(state.inputs)
    terms = [
        f"{numbers.plain(x)} × {numbers.plain(w)}"
        for x, w in zip(
            state.inputs[:_MOST_TERMS], state.weights[output, :_MOST_TERMS], strict=True
        )
    ]
    pred = numbers.plain(state.pred[output])
    start = f"{_named(moment, output)}pred = "
    sentences = []
    for shown in range(len(terms), -1, -1):
        left = n_inputs - shown
        rest = [f"… {left} more"] if shown and left else ["sum of input × weight"] if left else []
        sentences.append(start + " + ".join(terms[:shown] + rest) + f" = {pred}")
    return (*sentences, f"{start}{pred}")


def _explain_delta(moment: GraphMoment, output: int) -> tuple[str, ...]:
    state = moment.state
    pred, target, delta, error = (
        float(values[output]) for values in (state.pred, state.target, state.delta, state.error)
    )
    made = f"{numbers.plain(pred)} − {_bracketed(target)} = {numbers.plain(delta)}"
    squared = f"error = delta² = {numbers.plain(error)}"
    name = _named(moment, output)
    return (
        f"{name}delta = pred − target = {made} · {squared}",
        f"{name}delta = {made} · {squared}",
        f"{name}delta = {made}",
        f"{name}delta = {numbers.plain(delta)}",
    )


def _explain_learning(
    experiment: Experiment, before: State, now: State, moved: Mask, focus: Focus
) -> tuple[str, ...]:
    cell = _cell_to_explain(moved, focus)
    if cell is None:
        why = "every delta is 0" if not before.delta.any() else "no unfrozen weight had a slope"
        return (f"No weight moved: {why}", "No weight moved")
    output, column = cell
    name = weight_name(experiment, output, column)
    delta, x = numbers.plain(before.delta[output]), numbers.plain(before.inputs[column])
    weight_delta = numbers.plain(before.weight_delta[output, column])
    product = f"{delta} × {x} = {weight_delta}"
    old = numbers.plain(before.weights[output, column])
    if before.setup.frozen[output, column]:
        return (
            f"weight_delta = delta × input: {product} · set to 0: {name} is frozen and stays {old}",
            f"{name} is frozen and stays {old}",
        )
    alpha = numbers.plain(before.setup.alpha)
    update = f"{name}: {old} − {alpha} × {weight_delta} = {numbers.plain(now.weights[cell])}"
    return (
        f"weight_delta = delta × input: {product} · {update}",
        f"weight_delta = {product} · {update}",
        update,
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
    experiment, state = moment.experiment, moment.state
    n_outputs, n_inputs = state.weights.shape
    frozen = int(state.setup.frozen.sum())
    parts = [
        f"{_count(n_inputs, 'input')}, {_count(n_outputs, 'output')}, "
        f"{_count(n_inputs * n_outputs, 'weight')}"
        + (f", {frozen} of them frozen" if frozen else "")
    ]
    parts.append(
        "inputs: "
        + ", ".join(
            f"{name} {numbers.plain(value)}"
            for name, value in zip(
                experiment.inputs[:_MOST_IN_WORDS], state.inputs[:_MOST_IN_WORDS], strict=True
            )
        )
        + (f" and {n_inputs - _MOST_IN_WORDS} more" if n_inputs > _MOST_IN_WORDS else "")
    )
    parts += [output_in_words(moment, at) for at in range(min(n_outputs, _MOST_IN_WORDS))]
    return "; ".join(parts)


def output_in_words(moment: GraphMoment, output: int) -> str:
    """One output, as far as it has been made."""
    state = moment.state
    text = f"{moment.experiment.outputs[output]}: pred {numbers.plain(state.pred[output])}, "
    text += f"target {numbers.plain(state.target[output])}"
    if moment.compared:
        text += f", delta {numbers.plain(state.delta[output])}"
        text += f", error {numbers.plain(state.error[output])}"
    return text


def weight_in_words(moment: GraphMoment, output: int, column: int) -> str:
    """What one weight's next update is made of, as far as it is known."""
    if not moment.at_rest:
        return "weight_delta and next change are not made yet"
    change = figure(float(moment.change[output, column]), signed=True)
    if moment.state.setup.frozen[output, column]:
        return f"held; would change by {change}"
    weight_delta = figure(float(moment.state.weight_delta[output, column]))
    return f"weight_delta {weight_delta}, half the slope of the error; next change {change}"


def _named(moment: GraphMoment, output: int) -> str:
    outputs = moment.experiment.outputs
    return f"{outputs[output]}: " if len(outputs) > 1 else ""


def _bracketed(value: float) -> str:
    text = numbers.plain(value)
    return f"({text})" if value < 0 else text


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
