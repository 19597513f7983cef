"""The formulas: one line for each number that a step makes, in the experiment's own names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.door import say
from model.listing.data import one_line
from model.listing.lines import Line, Listing, Ref, Writer
from model.listing.loop import COMPARE, LEARN, PREDICT
from model.listing.program import MAX_NAMED, Program
from model.phase import StepPart
from model.words.names import weight_name

# A line for every weight up to here; of more, those of the input that is looked into.
MAX_LINES = 48
# A line for every output up to here; of more, for the one that is looked into.
MAX_OUTPUTS = 24
_INDENT = "  "


class _Formula(NamedTuple):
    """A line as it is read, and what it does as Python does it."""

    line: Line
    code: str


def formulas(program: Program, column: int | None = None, output: int | None = None) -> Listing:
    """The formulas of a step; ``column`` is the input whose weights are written out.

    All weights are, where they are few. Where outputs are many, ``output`` alone is written out,
    or the first one.
    """
    name = one_line(program.experiment.name)
    title = say("{name}, step {step:,}", name=name, step=program.start)
    made = [_Formula(Line(f"# {title}"), ""), *_parts(program, column, output or 0)]
    lines = tuple(formula.line for formula in made)
    return Listing(lines, "\n".join(formula.code for formula in made), 0)


def outputs_written(program: Program, only: int) -> Sequence[int]:
    """The outputs that have formulas: all, or of many the one that is looked into."""
    n_outputs = program.shape[0]
    # A slip may take a number of the last output.
    return range(n_outputs) if n_outputs <= MAX_OUTPUTS else sorted({only, n_outputs - 1})


def _parts(program: Program, column: int | None, only: int) -> Iterator[_Formula]:
    outputs = outputs_written(program, only)
    yield from _heading(say("predict"), PREDICT)
    for output in outputs:
        yield _pred(program, output)
    if not program.is_labelled:
        return
    yield from _heading(say("compare"), COMPARE)
    for output in outputs:
        yield _delta(program, output)
        yield _error(program, output)
    cells = _cells(program, column, outputs)
    for cell in cells:
        yield _weight_delta(program, *cell)
    if not cells:
        yield _general("weight_delta = delta × input", COMPARE)
    yield from _heading(say("learn"), LEARN)
    for cell in cells:
        yield _new_weight(program, *cell)
    if not cells:
        yield _general("weight ← weight − alpha × weight_delta", LEARN)


def _heading(text: str, part: StepPart) -> Iterator[_Formula]:
    yield _Formula(Line(""), "")
    yield _Formula(Line(text, part), "")


def _general(text: str, part: StepPart) -> _Formula:
    """A formula of all weights, where they are too many for a line each."""
    return _Formula(Line(_INDENT + text, part), "")


def _cells(
    program: Program, column: int | None, outputs: Sequence[int]
) -> Sequence[tuple[int, int]]:
    if program.counted <= MAX_LINES:
        return [(output, place) for output in outputs for place in range(program.shape[1])]
    return [] if column is None else [(output, column) for output in outputs]


def _pred(program: Program, output: int) -> _Formula:
    n_inputs = program.shape[1]
    writer = _start(program, ("pred", (output,))).add(" = ")
    if n_inputs > MAX_NAMED:
        writer.add("Σ ").add("weight", ("weights", (output,))).add(" × ")
        writer.add("input", ("input", ()))
        return _Formula(writer.line(PREDICT), f"pred[{output}] = w_sum(weights[{output}], input)")
    products = []
    for column in range(n_inputs):
        writer.add(" + " if column else "")
        _name(writer, program, ("weights", (output, column))).add(" × ")
        _name(writer, program, ("input", (column,)))
        products.append(f"weights[{output}][{column}] * input[{column}]")
    return _Formula(writer.line(PREDICT), f"pred[{output}] = {' + '.join(products)}")


def _delta(program: Program, output: int) -> _Formula:
    last = program.shape[0] - 1
    taken = last if program.slip.key == "one_delta" else output
    writer = _start(program, ("delta", (output,))).add(" = ")
    _name(writer, program, ("pred", (taken,))).add(" − ")
    _name(writer, program, ("target", (taken,))).add(_slip(taken != output))
    return _Formula(writer.line(COMPARE), f"delta[{output}] = pred[{taken}] - target[{taken}]")


def _error(program: Program, output: int) -> _Formula:
    writer = _start(program, ("error", (output,))).add(" = ")
    if program.slip.key != "one_delta":
        single = program.shape[0] == 1
        writer.add("" if single else "(")
        _name(writer, program, ("delta", (output,))).add("²" if single else ")²")
        return _Formula(writer.line(COMPARE), f"error[{output}] = delta[{output}] ** 2")
    writer.add("(")
    _name(writer, program, ("pred", (output,))).add(" − ")
    _name(writer, program, ("target", (output,))).add(")²")
    return _Formula(
        writer.line(COMPARE), f"error[{output}] = (pred[{output}] - target[{output}]) ** 2"
    )


def _weight_delta(program: Program, output: int, column: int) -> _Formula:
    writer = _start(program, ("weight_deltas", (output, column))).add(" = ")
    made = f"weight_deltas[{output}][{column}]"
    if program.setup.frozen[output, column]:
        return _Formula(writer.add(say("0, as it is frozen")).line(COMPARE), f"{made} = 0")
    key = program.slip.key
    first: Ref = ("delta", (output,))
    second: Ref = ("input", (column,))
    if key == "transposed" and program.shape[0] == program.shape[1] > 1:
        first, second = ("input", (output,)), ("delta", (column,))
    elif key == "input_times_weights":
        first, second = ("input", (column,)), ("weights", (output, column))
    _name(writer, program, first).add(" × ")
    _name(writer, program, second).add(_slip((first, second) != (
        ("delta", (output,)), ("input", (column,))
    )))  # fmt: skip
    return _Formula(writer.line(COMPARE), f"{made} = {_code(first)} * {_code(second)}")


def _new_weight(program: Program, output: int, column: int) -> _Formula:
    cell = (output, column)
    writer = _start(program, ("weights", cell)).add(" ← ")
    weight = f"weights[{output}][{column}]"
    _name(writer, program, ("weights", cell))
    if program.setup.frozen[cell]:
        return _Formula(writer.add(say(", frozen")).line(LEARN), f"{weight} = {weight}")
    lost = program.slip.key == "sign"
    writer.add(" + " if lost else " − ").add("alpha", ("alpha", ())).add(" × ")
    _name(writer, program, ("weight_deltas", cell)).add(_slip(lost))
    sign = "+" if lost else "-"
    return _Formula(
        writer.line(LEARN),
        f"{weight} = {weight} {sign} alpha * weight_deltas[{output}][{column}]",
    )


def _start(program: Program, made: Ref) -> Writer:
    return _name(Writer(_INDENT), program, made)


def _slip(there: bool) -> str:
    return say("   ← the slip") if there else ""


def _code(ref: Ref) -> str:
    return ref[0] + "".join(f"[{place}]" for place in ref[1])


def _name(writer: Writer, program: Program, ref: Ref) -> Writer:
    """Add what a number is called: a weight its letter, an input its own name."""
    return writer.add(called(program, ref), ref)


def called(program: Program, ref: Ref) -> str:
    """What a number is called in a formula."""
    experiment, (root, place) = program.experiment, ref
    on_images = experiment.image_shape is not None
    if root in ("weights", "weight_deltas"):
        term = "weight" if root == "weights" else "weight_delta"
        if on_images:
            # All of them are of the one pixel that is looked into; letters would say nothing.
            return say("{term} {name}", term=term, name=one_line(experiment.outputs[place[0]]))
        letters = weight_name(experiment, *place)
        return letters if root == "weights" else say("weight_delta {name}", name=letters)
    if root == "input":
        name = one_line(experiment.inputs[place[0]])
        return say("pixel {name}", name=name) if on_images else name
    single = len(experiment.outputs) == 1
    if single:
        return root
    return say("{term} {name}", term=root, name=one_line(experiment.outputs[place[0]]))
