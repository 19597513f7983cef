"""What stands before the steps: alpha, the examples, the weights, and what is frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from model.listing.lines import Change, Line, Ref, Writer
from model.listing.program import Program
from model.network import Floats, Mask

# A line of numbers goes on below once it has so many letters.
_WIDTH = 64
# Numbers of an example, or weights of an output, that are looked at one by one.
_MAX_IN_A_ROW = 32
# Weights that are, of an experiment; rows beyond are in the program, and one line stands for them.
_MAX_WEIGHTS = 1024
# Frozen weights that are looked at; the program has them all.
_MAX_FROZEN = 12

Number = tuple[float, Ref, Change]


def literal(value: float) -> str:
    """A number as Python writes it: with a point, so that a whole one is computed with alike."""
    return repr(float(value))


def one_line(text: str) -> str:
    """A name as it may stand in a comment."""
    return " ".join(text.split())


def data(program: Program, arrays: bool) -> list[Line]:
    """The lines; ``arrays`` for NumPy's, else lists."""
    name = one_line(program.experiment.name)
    title = f"# {name}, from step {program.start}" if program.start else f"# {name}"
    lines = [Line(title), Line("")]
    if arrays:
        lines += [Line("import numpy as np"), Line("")]
    alpha = program.setup.alpha
    lines.append(
        Writer().add("alpha", ("alpha", ())).add(" = ")
        .add(literal(alpha), ("alpha", ()), Change("alpha", (), alpha)).line()
    )  # fmt: skip
    lines.append(Line(""))
    if program.guest is not None:
        lines += _guest(program, arrays)
    elif program.in_columns and not arrays:
        lines += _columns(program)
    else:
        lines += _rows(program, "inputs", arrays)
        lines += _rows(program, "targets", arrays)
    lines.append(Line(""))
    lines += _weights(program, arrays)
    if program.ever_frozen:
        lines += [Line(""), _frozen(program, arrays)]
    if program.one_by_one and program.guest is None:
        lines += [Line(""), *_visits(program)]
    return lines


def _columns(program: Program) -> Iterator[Line]:
    """A list for each input and each output, as in the chapter."""
    setup = program.setup
    for column, name in enumerate(program.input_names):
        values = [
            (float(setup.examples.inputs(row)[column]), ("input", (column,)),
             Change("inputs", ((row, column),), float(setup.examples.inputs(row)[column])))
            for row in program.written
        ]  # fmt: skip
        start = Writer().add(name, ("input", (column,))).add(" = [")
        yield from _wrapped(start, values, "]", _called(name, program.experiment.inputs[column]))
    yield Line("")
    for output, name in enumerate(program.output_names):
        values = [
            (float(setup.examples.target(row)[output]), ("target", (output,)),
             Change("targets", ((row, output),), float(setup.examples.target(row)[output])))
            for row in program.written
        ]  # fmt: skip
        start = Writer().add(name, ("target", (output,))).add(" = [")
        yield from _wrapped(start, values, "]", _called(name, program.experiment.outputs[output]))


def _called(name: str, own: str) -> str:
    """The comment that says what a column is, where its name does not."""
    return "" if name == own else f"  # {one_line(own)}"


def _rows(program: Program, kind: str, arrays: bool) -> Iterator[Line]:
    """A row for each example, by its index."""
    root = kind.removesuffix("s")
    scalar = not arrays and program.kind == ("one input" if kind == "inputs" else "one output")
    every = len(program.written) == len(program.setup.examples)
    opening, closing = ("np.array([", "])") if arrays and every else ("{", "}")
    yield Writer().add(kind, (root, ())).add(f" = {opening}").line()
    for example in program.written:
        label = "" if arrays and every else f"{example}: "
        yield from _row(program, root, example, label, scalar, arrays and not every)
    shape = f"  # ({len(program.setup.examples)}, {_width(program, root)})" if arrays else ""
    yield Line(closing + shape)


def _width(program: Program, root: str) -> int:
    return program.shape[1] if root == "input" else program.shape[0]


def _row(
    program: Program, root: str, example: int, label: str, scalar: bool, wrap: bool
) -> Iterator[Line]:
    examples = program.setup.examples
    row = examples.inputs(example) if root == "input" else examples.target(example)
    ends = ("np.array([", "])") if wrap else ("[", "]")
    kind = f"{root}s"
    start = Writer(f"    {label}")
    if len(row) > _MAX_IN_A_ROW:
        yield _abbreviated(program, start.text + ends[0], row, f"{ends[1]},")
        return
    values = _numbers(row, root, lambda place: Change(kind, ((example, place),), float(row[place])))
    if scalar:
        value, ref, change = values[0]
        yield start.add(literal(value), ref, change).add(",").line()
    else:
        yield from _wrapped(start.add(ends[0]), values, f"{ends[1]},")


def _guest(program: Program, arrays: bool) -> Iterator[Line]:
    """The example that is there for one step."""
    if program.guest is None:
        return
    inputs, target = program.guest
    ends = ("np.array([", "])") if arrays else ("[", "]")
    for name, root, row, single in (
        ("guest", "input", inputs, program.kind == "one input"),
        ("guest_target", "target", target, program.kind == "one output"),
    ):
        if row is None:
            continue
        start = Writer().add(name, (root, ())).add(" = ")
        if len(row) > _MAX_IN_A_ROW:
            yield _abbreviated(program, start.text + ends[0], row, ends[1])
            continue
        values = _numbers(row, root, partial(_guest_change, f"{root}s", row))
        if single and not arrays:
            value, ref, change = values[0]
            yield start.add(literal(value), ref, change).line()
        else:
            yield from _wrapped(start.add(ends[0]), values, ends[1])


def _guest_change(kind: str, row: Floats, place: int) -> Change:
    """A number of the guest; it is no example, and so its row is -1."""
    return Change(kind, ((-1, place),), float(row[place]))


def _numbers(row: Floats, root: str, change: Callable[[int], Change]) -> list[Number]:
    return [(float(value), (root, (place,)), change(place)) for place, value in enumerate(row)]


def _weights(program: Program, arrays: bool) -> Iterator[Line]:
    """The weights: a list, or a row for each output."""
    n_outputs, n_inputs = program.shape
    opening = "np.array(" if arrays else ""
    start = Writer().add("weights", ("weights", ())).add(f" = {opening}[")
    closing = f"]){_shape(program.shape)}" if arrays else "]"
    if not arrays and program.kind != "several":
        cells = [(0, i) for i in range(n_inputs)] if n_outputs == 1 else [
            (o, 0) for o in range(n_outputs)
        ]  # fmt: skip
        if len(cells) > _MAX_IN_A_ROW:
            yield _abbreviated(program, start.text, program.weights.ravel(), "]")
        else:
            yield from _wrapped(start, [_weight(program, *cell) for cell in cells], "]")
        return
    yield start.line()
    looked_at = min(n_outputs, max(_MAX_IN_A_ROW, _MAX_WEIGHTS // n_inputs))
    for output in range(looked_at):
        yield from _weights_of(program, output)
    if looked_at < n_outputs:
        yield Line(
            lambda: "\n".join(
                line.text
                for output in range(looked_at, n_outputs)
                for line in _weights_of(program, output)
            ),
            shown=f"    {n_outputs - looked_at:,} more rows of {n_inputs:,} numbers",
        )
    yield Line(closing)


def _weights_of(program: Program, output: int) -> Iterator[Line]:
    """The row of one output."""
    n_inputs = program.shape[1]
    comment = f"  # {one_line(program.experiment.outputs[output])}"
    if n_inputs > _MAX_IN_A_ROW:
        yield _abbreviated(program, "    [", program.weights[output], f"],{comment}")
        return
    values = [_weight(program, output, column) for column in range(n_inputs)]
    yield from _wrapped(Writer("    ["), values, "],", comment)


def _weight(program: Program, output: int, column: int) -> Number:
    value, cell = float(program.weights[output, column]), (output, column)
    return value, ("weights", cell), Change("weights", (cell,), value)


def _shape(shape: tuple[int, ...]) -> str:
    return f"  # {shape}"


def frozen_text(program: Program, frozen: Mask, arrays: bool) -> str:
    """The places of frozen weights, (n_outputs, n_inputs), as the program's own weights have them.

    For NumPy as an index: outputs, and columns.
    """
    cells = np.argwhere(frozen).tolist()
    if arrays:
        return f"({[cell[0] for cell in cells]}, {[cell[1] for cell in cells]})"
    if program.kind == "several":
        return "[" + ", ".join(f"({o}, {i})" for o, i in cells) + "]"
    place = 1 if program.kind == "one output" else 0
    return str([cell[place] for cell in cells])


def _frozen(program: Program, arrays: bool) -> Line:
    frozen = program.setup.frozen
    n = int(frozen.sum())
    shown = f"frozen = […]  # {n:,} of {program.counted:,} weights" if n > _MAX_FROZEN else None
    return Line(lambda: f"frozen = {frozen_text(program, frozen, arrays)}", shown=shown)


def _visits(program: Program) -> Iterator[Line]:
    """The example of each step, where no rule says it; a guest's is not looked up."""
    texts = [str(0 if visit is None else visit) for visit in program.visits]
    yield from _wrapped_texts(Writer("visits = ["), [(text, None, None) for text in texts], "]")


def _abbreviated(program: Program, opening: str, row: Floats, closing: str) -> Line:
    """A row of too many numbers to be looked at; the program has them all."""
    size = program.experiment.image_shape
    n = len(row)
    is_image = size is not None and n == size[0] * size[1]
    what = f"{size[0]} × {size[1]}" if is_image and size is not None else f"{n:,} numbers"
    return Line(lambda: opening + _row_text(row) + closing, shown=f"{opening}{what}{closing}")


def _row_text(row: Floats) -> str:
    return ", ".join(literal(value) for value in row)


def _wrapped(
    start: Writer, values: Sequence[Number], closing: str, comment: str = ""
) -> Iterator[Line]:
    """Numbers in a row, going on below where they are many."""
    texts = [(literal(value), ref, change) for value, ref, change in values]
    return _wrapped_texts(start, texts, closing + comment)


def _wrapped_texts(
    start: Writer, texts: Sequence[tuple[str, Ref | None, Change | None]], closing: str
) -> Iterator[Line]:
    writer, indent = start, " " * (len(start.text) - len(start.text.lstrip()) + 4)
    for place, (text, ref, change) in enumerate(texts):
        if len(writer.text) + len(text) > _WIDTH and writer.text.strip():
            yield Line(writer.text.rstrip(), spans=tuple(writer.spans))
            writer = Writer(indent)
        writer.add(text, ref, change)
        writer.add(", " if place < len(texts) - 1 else "")
    yield writer.add(closing).line()
