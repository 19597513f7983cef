"""What the loop over the steps has in plain Python and with NumPy alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from model.edits import Edit
from model.listing.data import frozen_text, literal, one_line
from model.listing.lines import Line, Ref, Span
from model.listing.program import Program
from model.phase import StepPart

PREDICT, COMPARE, LEARN = StepPart.PREDICT, StepPart.COMPARE, StepPart.LEARN
# What stands at the end of a line that has the slip in it.
SLIP = "  # <- the slip"
# More weights than this are left out of what is printed, as in the table of --trace.
MAX_PRINTED = 12

_ROOTS = {
    "alpha": "alpha", "weights": "weights", "weight_deltas": "weight_deltas", "input": "input",
    "target": "target", "pred": "pred", "delta": "delta", "error": "error",
}  # fmt: skip


def code(text: str, part: StepPart) -> Line:
    """A line of code: what it names of the network can be pointed at."""
    return Line(text, part, _named(text))


@lru_cache(maxsize=256)
def _named(text: str) -> tuple[Span, ...]:
    inside, _, _ = text.partition("#")
    # In a function that serves several lines a name is no one thing; these speak of the network.
    found = re.finditer(r"[A-Za-z_]\w*", inside)
    refs: list[tuple[int, int, Ref]] = [
        (match.start(), match.end(), (_ROOTS[match[0]], ()))
        for match in found
        if match[0] in _ROOTS
    ]
    return tuple(Span(start, stop, ref) for start, stop, ref in refs)


def steps(program: Program, loop: Iterator[Line], arrays: bool) -> Iterator[Line]:
    """The headings that are printed, and the loop over the steps around what each does."""
    yield _headings(program)
    start, stop = program.start, program.start + program.n_steps
    yield Line(f"for step in range({start}, {stop}):" if start else f"for step in range({stop}):")
    yield Line("    # predict", PREDICT)
    if program.guest is None:
        yield Line(f"    example = {_visit(program)}", PREDICT)
        yield from _edited(program, arrays)
    yield from loop


def _visit(program: Program) -> str:
    schedule = program.setup.schedule
    if program.one_by_one:
        return f"visits[step - {program.start}]" if program.start else "visits[step]"
    n, offset = schedule.n_examples, schedule.offset
    if schedule.order == "first":
        return str(offset % n)
    return f"(step + {offset % n}) % {n}" if offset % n else f"step % {n}"


# -- what is printed --------------------------------------------------------------------------


def headings(program: Program) -> list[str]:
    """The headings of what a program prints: those of the table of --trace."""
    experiment = program.experiment
    outputs = [one_line(name) for name in experiment.outputs]
    terms = ("pred", "error", "delta") if program.is_labelled else ("pred",)
    names = ["step", "example", *(f"{term} {name}" for term in terms for name in outputs)]
    if program.counted <= MAX_PRINTED and program.is_labelled:
        cells = [
            f"{output}<-{one_line(name)}" if len(outputs) > 1 else one_line(name)
            for output in outputs
            for name in experiment.inputs
        ]
        names += [f"w {cell}" for cell in cells] + [f"weight_delta {cell}" for cell in cells]
    return names


def _headings(program: Program) -> Line:
    names = [repr(name) for name in headings(program)]
    text = f'print({", ".join(names)}, sep="\\t")'
    return Line(text, shown=f"print({', '.join(names[:3])}, …)")


def printed(program: Program, arrays: bool) -> Line:
    """The line that prints a step of the trace: its numbers before the update is made."""
    example = '"guest"' if program.guest is not None else "example + 1"
    if program.guest_steps:
        example = f'"guest" if step in {program.guest_steps} else example + 1'
    single = program.kind == "one output" and not arrays
    one_delta = program.slip.key == "one_delta"
    star = "" if single else "*"
    pieces = ["step", example, f"{star}pred"]
    if program.is_labelled:
        pieces += [f"{star}error", "delta" if one_delta else f"{star}delta"]
    if program.counted <= MAX_PRINTED and program.is_labelled:
        for name in ("weights", "weight_deltas"):
            if arrays:
                pieces.append(f"*{name}.ravel()")
            elif program.kind == "several":
                pieces += [f"*{name}[{output}]" for output in range(program.shape[0])]
            else:
                pieces.append(f"*{name}")
    shown = f"    print({', '.join(pieces[:5])}{', …' if len(pieces) > 5 else ''})"
    return Line(f'    print({", ".join(pieces)}, sep="\\t")', COMPARE, shown=shown)


# -- edits on the way -------------------------------------------------------------------------


def _edited(program: Program, arrays: bool) -> Iterator[Line]:
    """The edits of alpha, weights, frozen weights and examples, each made at its step."""
    frozen = program.setup.frozen.copy()
    for edit in program.edits:
        texts = list(_edit(program, edit, arrays))
        if edit.kind == "frozen":
            for cell, value in zip(edit.at, edit.to, strict=True):
                frozen[cell] = bool(value)
            texts = [f"frozen = {frozen_text(program, frozen, arrays)}"]
        if texts:
            yield Line(f"    if step == {edit.step}:", PREDICT)
            yield from (Line(f"        {text}", PREDICT) for text in texts)


def _edit(program: Program, edit: Edit, arrays: bool) -> Iterator[str]:
    if edit.kind == "alpha":
        yield f"alpha = {literal(edit.to[0])}"
    elif edit.kind in ("weights", "inputs", "targets"):
        for cell, value in zip(edit.at, edit.to, strict=True):
            if edit.kind == "weights" or cell[0] in program.written:
                yield f"{_place(program, edit.kind, cell, arrays)} = {literal(value + 0.0)}"


def _place(program: Program, kind: str, cell: tuple[int, int], arrays: bool) -> str:
    """Where a number lies in the program's own lists or arrays."""
    first, second = cell
    if arrays or (kind == "weights" and program.kind == "several"):
        return f"{kind}[{first}][{second}]"
    if kind == "weights":
        return f"weights[{second if program.kind == 'one output' else first}]"
    if program.in_columns:
        names = program.input_names if kind == "inputs" else program.output_names
        return f"{names[second]}[{first}]"
    single = program.kind == ("one input" if kind == "inputs" else "one output")
    return f"{kind}[{first}]" if single else f"{kind}[{first}][{second}]"


def guest_lines(program: Program, name: str, arrays: bool) -> Iterator[Line]:
    """The steps at which another example stands in for that of the step; ``name`` input, target."""
    n_inputs = program.shape[1]
    part = PREDICT if name == "input" else COMPARE
    for edit in program.edits:
        row = edit.to[:n_inputs] if name == "input" else edit.to[n_inputs:]
        if edit.kind != "guest" or not row or program.visits[edit.step] is not None:
            continue
        kind = "one input" if name == "input" else "one output"
        single = not arrays and program.kind == kind
        text = literal(row[0]) if single else f"[{', '.join(literal(value) for value in row)}]"
        yield Line(f"    if step == {edit.step}:", part)
        yield Line(f"        {name} = {f'np.array({text})' if arrays else text}", part)
