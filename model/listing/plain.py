"""Plain Python as the chapter writes it: lists, loops and a handful of small functions."""

from __future__ import annotations

from collections.abc import Iterator

from model.listing.data import data
from model.listing.lines import Line, Listing
from model.listing.loop import COMPARE, LEARN, PREDICT, SLIP, code, guest_lines, printed, steps
from model.listing.program import Program

_W_SUM = """\
def w_sum(a, b):
    output = 0
    for i in range(len(a)):
        output += a[i] * b[i]
    return output
"""
_ELE_MUL = """\
def ele_mul(number, vector):
    output = [0] * len(vector)
    for i in range(len(vector)):
        output[i] = number * vector[i]
    return output
"""
_VECT_MAT_MUL = """\
def vect_mat_mul(vect, matrix):
    output = [0] * len(matrix)
    for i in range(len(matrix)):
        output[i] = w_sum(vect, matrix[i])
    return output
"""
_OUTER_PROD = """\
def outer_prod(vec_a, vec_b):
    output = [0] * len(vec_a)
    for i in range(len(vec_a)):
        output[i] = ele_mul(vec_a[i], vec_b)
    return output
"""
_NETWORK = """\
def neural_network(input, weights):
    pred = {product}(input, weights)
    return pred
"""
_PRODUCT = {"one output": "w_sum", "one input": "ele_mul", "several": "vect_mat_mul"}


def plain(program: Program) -> Listing:
    """The listing of a program in plain Python."""
    before = [*data(program, arrays=False), Line(""), Line("")]
    body = [*_functions(program), *steps(program, _loop(program), arrays=False)]
    return Listing(tuple(before + body), "\n".join(line.text for line in body), len(before))


def _functions(program: Program) -> Iterator[Line]:
    """The functions that the program calls, each before it is used, two empty lines apart."""
    product = _PRODUCT[program.kind]
    texts = {
        "one output": ((_W_SUM, PREDICT), (_ELE_MUL, COMPARE)),
        "one input": ((_ELE_MUL, PREDICT),),
        "several": (
            (_W_SUM, PREDICT), (_VECT_MAT_MUL, PREDICT), (_ELE_MUL, COMPARE),
            (_OUTER_PROD, COMPARE),
        ),
    }[program.kind]  # fmt: skip
    for text, part in (*texts, (_NETWORK.format(product=product), PREDICT)):
        yield from (code(line, part) for line in text.splitlines())
        yield from (Line(""), Line(""))


def _loop(program: Program) -> Iterator[Line]:
    """What each step does."""
    several = program.kind == "several"
    yield code(f"    input = {_inputs(program)}", PREDICT)
    yield from guest_lines(program, "input", arrays=False)
    yield code("    pred = neural_network(input, weights)", PREDICT)
    yield Line("")
    yield Line("    # compare", COMPARE)
    if not program.is_labelled:
        yield Line("    # no target yet: nothing to compare with, nothing to learn", COMPARE)
        yield printed(program, arrays=False)
        return
    yield code(f"    target = {_targets(program)}", COMPARE)
    yield from guest_lines(program, "target", arrays=False)
    yield from (code(f"    {text}", COMPARE) for text in _comparison(program))
    yield from (code(f"    {text}", COMPARE) for text in _weight_deltas(program))
    if program.ever_frozen:
        yield code(f"    for {'i, j' if several else 'i'} in frozen:", COMPARE)
        yield code(f"        weight_deltas[i]{'[j]' if several else ''} = 0", COMPARE)
    yield printed(program, arrays=False)
    yield Line("")
    yield Line("    # learn", LEARN)
    sign, slip = ("+", SLIP) if program.slip.key == "sign" else ("-", "")
    yield code("    for i in range(len(weights)):", LEARN)
    if several:
        yield code("        for j in range(len(weights[i])):", LEARN)
        yield code(f"            weights[i][j] {sign}= alpha * weight_deltas[i][j]{slip}", LEARN)
    else:
        yield code(f"        weights[i] {sign}= alpha * weight_deltas[i]{slip}", LEARN)


def _comparison(program: Program) -> Iterator[str]:
    if program.kind == "one output":
        yield from ("delta = pred - target", "error = delta ** 2")
        return
    yield "error = [0] * len(pred)"
    one_delta = program.slip.key == "one_delta"
    if not one_delta:
        yield "delta = [0] * len(pred)"
    yield "for i in range(len(pred)):"
    yield (
        f"    delta = pred[i] - target[i]{SLIP}"
        if one_delta
        else ("    delta[i] = pred[i] - target[i]")
    )
    yield f"    error[i] = delta{'' if one_delta else '[i]'} ** 2"


def _weight_deltas(program: Program) -> Iterator[str]:
    key, kind = program.slip.key, program.kind
    if key == "input_times_weights" and kind == "one output":
        yield "weight_deltas = [0] * len(weights)"
        yield "for i in range(len(weights)):"
        yield f"    weight_deltas[i] = input[i] * weights[i]{SLIP}"
    elif key == "input_times_weights" and kind == "several":
        yield "weight_deltas = [0] * len(weights)"
        yield "for i in range(len(weights)):"
        yield "    weight_deltas[i] = [0] * len(input)"
        yield "    for j in range(len(input)):"
        yield f"        weight_deltas[i][j] = input[j] * weights[i][j]{SLIP}"
    elif key == "input_times_weights":
        yield f"weight_deltas = ele_mul(input, weights){SLIP}"
    else:
        product = "outer_prod" if kind == "several" else "ele_mul"
        factors = ("input", "delta") if kind == "one input" else ("delta", "input")
        wrong = key == "transposed"
        first, second = factors[::-1] if wrong else factors
        yield f"weight_deltas = {product}({first}, {second}){SLIP if wrong else ''}"


def _inputs(program: Program) -> str:
    if program.guest is not None:
        return "guest"
    if not program.in_columns:
        return "inputs[example]"
    columns = ", ".join(f"{name}[example]" for name in program.input_names)
    return columns if program.kind == "one input" else f"[{columns}]"


def _targets(program: Program) -> str:
    if program.guest is not None:
        return "guest_target"
    if not program.in_columns:
        return "targets[example]"
    columns = ", ".join(f"{name}[example]" for name in program.output_names)
    return columns if program.kind == "one output" else f"[{columns}]"
