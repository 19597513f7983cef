"""The program with NumPy: a line for each formula, and the shape of what it makes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model.listing.data import data
from model.listing.lines import Line, Listing
from model.listing.loop import COMPARE, LEARN, PREDICT, SLIP, code, guest_lines, printed, steps
from model.listing.program import Program
from model.phase import StepPart

# Where the comment with the shape begins.
_SHAPES_AT = 44


def arrays(program: Program) -> Listing:
    """The listing of a program with NumPy."""
    before = [*data(program, arrays=True), Line("")]
    body = list(steps(program, _loop(program), arrays=True))
    return Listing(tuple(before + body), "\n".join(line.text for line in body), len(before))


def _loop(program: Program) -> Iterator[Line]:
    n_outputs, n_inputs = program.shape
    per_output, per_weight = (n_outputs,), (n_outputs, n_inputs)
    guest = program.guest is not None
    yield _shaped(f"input = {'guest' if guest else 'inputs[example]'}", (n_inputs,), PREDICT)
    yield from guest_lines(program, "input", arrays=True)
    yield _shaped("pred = weights @ input", per_output, PREDICT)
    yield Line("")
    yield Line("    # compare", COMPARE)
    if not program.is_labelled:
        yield Line("    # no target yet: nothing to compare with, nothing to learn", COMPARE)
        yield printed(program, arrays=True)
        return
    target = "guest_target" if guest else "targets[example]"
    yield _shaped(f"target = {target}", per_output, COMPARE)
    yield from guest_lines(program, "target", arrays=True)
    if program.slip.key == "one_delta":
        yield _shaped("delta = pred[-1] - target[-1]", (), COMPARE, SLIP)
        yield _shaped("error = (pred - target) ** 2", per_output, COMPARE)
        made = (1, n_inputs)
    else:
        yield _shaped("delta = pred - target", per_output, COMPARE)
        yield _shaped("error = delta ** 2", per_output, COMPARE)
        made = per_weight
    if program.slip.key == "transposed":
        yield _shaped("weight_deltas = np.outer(input, delta)", made[::-1], COMPARE, SLIP)
    elif program.slip.key == "input_times_weights":
        yield _shaped("weight_deltas = input * weights", made, COMPARE, SLIP)
    else:
        yield _shaped("weight_deltas = np.outer(delta, input)", made, COMPARE)
    if program.ever_frozen:
        if program.slip.key == "one_delta" and n_outputs > 1:
            yield _shaped("weight_deltas = weight_deltas + 0 * weights", per_weight, COMPARE)
        yield code("    weight_deltas[frozen] = 0", COMPARE)
    yield printed(program, arrays=True)
    yield Line("")
    yield Line("    # learn", LEARN)
    if program.slip.key == "sign":
        yield _shaped("weights += alpha * weight_deltas", per_weight, LEARN, SLIP)
    else:
        yield _shaped("weights -= alpha * weight_deltas", per_weight, LEARN)


def _shaped(text: str, shape: tuple[int, ...], part: StepPart, comment: str = "") -> Line:
    """A line with the shape of what it makes; ``comment`` follows it."""
    what = (f"# {shape}" if shape else "# a number") + comment.replace("  # ", " ")
    line = code(f"    {text}".ljust(_SHAPES_AT) + f"  {what}", part)
    # In type that is not of one width, blanks put nothing in a column.
    return replace(line, shown=f"    {text}   {what}")
