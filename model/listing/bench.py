"""What a program has when a step begins, and which parts of the bench its variables are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from model import network
from model.experiment import Experiment
from model.listing.arrays import arrays
from model.listing.expressions import Alias, Value, Variables, w_sum
from model.listing.formulas import formulas, outputs_written
from model.listing.lines import Listing, Ref
from model.listing.plain import plain
from model.listing.program import Form, Program
from model.listing.walk import Walk
from model.network import Floats
from model.phase import StepPart
from model.words.names import weight_name

# With more weights than this, sums are NumPy's own.
MAX_BY_LOOPS = 2000


def listing(
    program: Program, form: Form, column: int | None = None, output: int | None = None
) -> Listing:
    """The listing of a program in one of its forms.

    ``column`` and ``output`` are looked into, where there are too many for a formula each.
    """
    if form == "python":
        return plain(program)
    return arrays(program) if form == "numpy" else formulas(program, column, output)


def walk(
    program: Program,
    form: Form,
    made: Listing,
    column: int | None = None,
    output: int | None = None,
) -> Walk:
    """The way through the first step of a program, line by line.

    ``column`` and ``output`` are looked into: long loops over inputs or outputs are entered there.
    """
    n_outputs, n_inputs = program.shape
    return Walk(
        made.body,
        _variables(program, form, output or 0),
        _aliases(program, form),
        {n_outputs: output, n_inputs: column},
    )


def _variables(program: Program, form: Form, output: int) -> Variables:
    setup, step = program.setup, program.start
    variables: Variables = {"alpha": float(setup.alpha), "step": step}
    inputs, target = setup.row(step)
    if form == "formulas":
        n_outputs, n_inputs = program.shape
        rows = outputs_written(program, output)
        variables |= {name: [0.0] * n_outputs for name in ("pred", "delta", "error")}
        variables |= {
            "weights": {row: program.weights[row].tolist() for row in rows},
            "weight_deltas": {row: [0.0] * n_inputs for row in rows},
            "input": inputs.tolist(), "target": target.tolist(),
        }  # fmt: skip
        return variables
    as_arrays = form == "numpy"
    n_frozen = np.argwhere(setup.frozen)
    if as_arrays:
        variables["weights"] = program.weights.copy()
        variables["frozen"] = (n_frozen[:, 0], n_frozen[:, 1])
    else:
        several = program.kind == "several"
        variables["weights"] = (program.weights if several else program.weights.ravel()).tolist()
        variables["frozen"] = (
            [tuple(cell) for cell in n_frozen.tolist()] if several
            else n_frozen[:, 1 if program.kind == "one output" else 0].tolist()
        )  # fmt: skip
    if program.guest is not None:
        variables["guest"] = inputs if as_arrays else _plain(inputs, program.kind == "one input")
        variables["guest_target"] = (
            target if as_arrays else _plain(target, program.kind == "one output")
        )
        return variables
    example = program.visits[0]
    if program.one_by_one:
        variables["visits"] = [0 if visit is None else visit for visit in program.visits]
    if as_arrays or not program.in_columns:
        variables["inputs"] = {
            example: inputs if as_arrays else _plain(inputs, program.kind == "one input")
        }
        variables["targets"] = {
            example: target if as_arrays else _plain(target, program.kind == "one output")
        }
        return variables
    for names, row in ((program.input_names, inputs), (program.output_names, target)):
        for name, value in zip(names, row.tolist(), strict=True):
            variables[name] = {example: value}
    return variables


def _plain(row: Floats, single: bool) -> float | list[float]:
    values: list[float] = row.tolist()
    return values[0] if single else values


def _aliases(program: Program, form: Form) -> dict[str, Alias]:
    """What each variable is of the network; weights as (output, column) in any form."""
    aliases = {
        "guest": Alias("input"), "guest_target": Alias("target"),
        "inputs": Alias("input", (), 1), "targets": Alias("target", (), 1),
    }  # fmt: skip
    if form != "python":
        return aliases
    for column, name in enumerate(program.input_names):
        aliases[name] = Alias("input", (column,), 1)
    for output, name in enumerate(program.output_names):
        aliases[name] = Alias("target", (output,), 1)
    if program.kind == "one output":
        for root in ("weights", "weight_deltas"):
            aliases[root] = Alias(root, (0,))
    return aliases


# -- what the lines of a step make, all at once ----------------------------------------------------

# What a line of the step begins with: the variable that it makes.
_MAKES = re.compile(r"^\s+(\w+)[\[\]ij]* [-+]?= (?!\[0\]|0$)")


def made_at_once(program: Program, form: Form, made: Listing) -> dict[int, Value]:
    """What the lines of the step itself make, by the numbers of the lines, without a walk.

    Each whole, as its loop leaves it: pred and error as Python computes them where there are few
    weights, to the last bit what a walk would come to.
    """
    values = _values(program, form)
    found: dict[int, Value] = {}
    inside = False
    for number in range(made.first, len(made.lines)):
        line = made.lines[number]
        # Before the loop over the steps there are functions.
        inside = inside or line.seen.startswith("for step in")
        makes = _MAKES.match(line.seen) if inside else None
        if makes is not None and line.part is not StepPart.REST and makes[1] in values:
            found[number] = values[makes[1]]
    return found


def _values(program: Program, form: Form) -> dict[str, Value]:
    setup, step = program.setup, program.start
    inputs, target = setup.row(step)
    few = program.counted <= MAX_BY_LOOPS and form == "python"
    pred = (
        np.array([w_sum(inputs.tolist(), row) for row in program.weights.tolist()])
        if few
        else network.predict(program.weights, inputs)
    )
    own, error = network.compare(pred, target if program.is_labelled else pred)
    if few:
        error = np.array([delta**2 for delta in own.tolist()])
    values: dict[str, Value] = {"input": inputs, "pred": pred, "target": target}
    if program.guest is None:
        values["example"] = program.visits[0]
    values |= {"delta": own, "error": error}
    slip = program.slip
    if slip.key == "one_delta" and program.shape[0] > 1:
        values["delta"] = own[-1]
    if slip.runs(program.shape) and not (form == "python" and slip.stops(program.shape)):
        update = slip.rule(program.weights, inputs, own, setup.alpha, setup.frozen)
        values |= {"weight_deltas": update.weight_delta, "weights": update.weights}
    return values


# -- parts of the bench ----------------------------------------------------------------------------

_ON_NUMBERS = {
    "weights": "weight", "weight_deltas": "weight_delta", "input": "input", "target": "target",
    "pred": "pred", "delta": "delta", "error": "error",
}  # fmt: skip
# On images a delta or an error has no read-out of its own: it belongs to its score.
_ON_IMAGES = {
    "weights": "image", "weight_deltas": "image", "target": "label", "pred": "score",
    "delta": "score", "error": "score",
}  # fmt: skip


def part_names(experiment: Experiment, refs: Iterable[Ref]) -> list[str]:
    """The names of the parts of the bench that these are, each once; families for whole ones."""
    return list(dict.fromkeys(name for ref in refs for name in _names_of(experiment, ref)))


def _names_of(experiment: Experiment, ref: Ref) -> Iterator[str]:
    root, place = ref
    size = experiment.image_shape
    if root == "alpha":
        yield "alpha"
    elif root == "input" and size is not None:
        yield "image_input" if not place else "pixel:{},{}".format(*divmod(place[0], size[1]))
    elif root == "input" and place:
        yield f"input:{experiment.inputs[place[0]]}"
    elif root in ("weights", "weight_deltas") and size is None and place:
        columns = place[1:] or range(len(experiment.inputs))
        for column in columns:
            yield f"{_ON_NUMBERS[root]}:{weight_name(experiment, place[0], column)}"
    else:
        family = (_ON_NUMBERS if size is None else _ON_IMAGES).get(root)
        if family is not None:
            yield f"{family}:{experiment.outputs[place[0]]}" if place else family
