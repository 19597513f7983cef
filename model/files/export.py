"""Takes an experiment some steps further and writes what came of it to a file.

By the ending of its name: .npz the weights as NumPy arrays, .weights.csv the weights as a table
with the names of outputs and inputs, .csv the trace up to there, .json the experiment with its
path, to be opened again, .py a program that takes the same steps and prints the trace, .txt the
formulas with the numbers of that step. A program for PyTorch has its numbers in a file beside it
where they are many.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import numpy as np

from model.door import as_in_files, say
from model.experiment import Experiment
from model.files.experiment_file import dump
from model.files.json_text import Cancelled, never
from model.files.saving import whole_file
from model.files.sources import levels_of
from model.files.trace import example_number, states_of
from model.files.weights import writing
from model.listing.program import FORMS, Form, TooLong, program_at
from model.path import Path as ExperimentPath
from model.path.saved import FollowingCancelled, walked
from model.programs.told import NoProgram

# How a program can be written: as the listing writes it, or for PyTorch.
Style = Form | Literal["pytorch"]
STYLES: tuple[Style, ...] = (*FORMS, "pytorch")


# The programs that import something, and what must not be hidden from what they import.
_IMPORT = ("numpy", "pytorch")
_MODULES = {*sys.stdlib_module_names, "numpy", "torch"}
# What is written by whoever has a window to draw.
PICTURE_ENDINGS = (".png", ".svg")


class ExportError(ValueError):
    """What was asked for cannot be exported; the message is one sentence."""


class ExportCancelled(Exception):
    """Nobody wants any more what was being exported; nothing is left of it."""


def export(
    experiment: Experiment,
    n_steps: int,
    file: Path,
    style: Style = "python",
    cancelled: Cancelled = never,
) -> None:
    """Write what ``experiment`` is n_steps steps beyond where it was saved.

    One that was never saved with a path is taken from its start. A path that diverges before is
    taken as far as it goes. ``style`` is the form of a program. Raises ExportError for an unknown
    ending, and where the file cannot be written, and ExportCancelled as soon as ``cancelled``
    returns True; nothing is left behind then.
    """
    ending = ending_of(file)
    if ending == ".py" and style == "pytorch":
        writer: Writer | None = partial(pytorch_py, file=file)
    else:
        writer = PROGRAMS[style] if ending == ".py" else WRITERS.get(ending)
    if writer is None:
        endings = ", ".join((*WRITERS, *PICTURE_ENDINGS))
        raise ExportError(
            say("{file}: the ending must be one of {endings}", file=file.name, endings=endings)
        )
    if ending == ".py" and style in _IMPORT and file.stem in _MODULES:
        raise ExportError(
            say(
                "{file}: a program of that name hides the module {module}, which it needs: "
                "choose another name",
                file=file.name,
                module=file.stem,
            )
        )
    try:
        with whole_file(file) as stream, as_in_files():
            wanted = cast("BinaryIO", _Wanted(stream, cancelled))
            writer(experiment, experiment.position + n_steps, wanted)
    except FollowingCancelled as error:
        raise ExportCancelled from error
    except OSError as error:
        raise ExportError(
            say("{file} could not be written: {why}", file=file.name, why=error.strerror)
        ) from error
    except (TooLong, NoProgram) as error:
        raise ExportError(say("{file}: {problem}", file=file.name, problem=error)) from error


class _Wanted:
    """A stream that is written to as long as somebody wants it."""

    def __init__(self, stream: BinaryIO, cancelled: Cancelled) -> None:
        self._stream, self.cancelled = stream, cancelled

    def write(self, content: bytes) -> int:
        if self.cancelled():
            raise ExportCancelled
        return self._stream.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def ending_of(file: Path) -> str:
    """The ending that says what is written; ``.weights.csv`` is one, though it has two dots."""
    name = file.name.lower()
    return next((ending for ending in WRITERS if name.endswith(ending)), file.suffix.lower())


def weights_npz(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The weights (n_outputs, n_inputs) after ``step`` updates, with what belongs to them."""
    path = _path_to(experiment, step, stream)
    writing.weights_npz(experiment, path, min(step, path.length), stream)


def weights_csv(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The weights after ``step`` updates as a table that can be loaded again, to the last bit."""
    path = _path_to(experiment, step, stream)
    writing.weights_csv(experiment, path, min(step, path.length), stream)


def _path_to(experiment: Experiment, step: int, stream: BinaryIO) -> ExperimentPath:
    """The path of an experiment up to a step, or as far as it goes, while its file is wanted."""
    return walked(experiment, step, getattr(stream, "cancelled", None))


def trace_csv(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The trace of the steps before ``step``, one line each, at full precision.

    Steps are named by the updates made before them, from 0; examples are counted from 1.

    Written a line at a time: with 784 inputs a line has some 15,000 numbers.
    """
    # csv sees to the ends of lines itself.
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    pairs = [(output, name) for output in experiment.outputs for name in experiment.inputs]
    n_outputs = len(experiment.outputs)
    heads = ["step", "example"]
    heads += [f"{what} {out}" for what in ("pred", "error", "delta") for out in experiment.outputs]
    for what in ("weight", "weight_delta"):
        heads += [f"{what} {output} {name}" for output, name in pairs]
    writer.writerow(heads)
    for state in states_of(_path_to(experiment, step, stream), step):
        numbers = [state.pred, state.error, state.delta, state.weights, state.used_weight_delta]
        # A float is written by csv with all the digits that tell it from its neighbours.
        cells: list[object] = [cell for part in numbers for cell in part.ravel().tolist()]
        if not state.is_labelled:
            # There is nothing to compare with; 0 would say that nothing is wrong.
            compared = slice(n_outputs, 3 * n_outputs)
            cells[compared] = [""] * (2 * n_outputs)
            cells[-len(pairs) :] = [""] * len(pairs)
        number = example_number(state)
        writer.writerow([state.step, "" if number is None else number, *cells])
    # Hands over what it still holds, and leaves the stream open.
    text.detach()


def experiment_json(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The experiment as a file that opens at ``step``, its path no shorter than before."""
    path = _path_to(experiment, max(step, experiment.length), stream)
    # What is not whole yet lies beside the file that it is going to be.
    name = getattr(stream, "name", None)
    beside = Path(name).parent if isinstance(name, str) else None
    text = dump(experiment, path, min(step, path.length), beside=beside)
    stream.write(text.encode("utf-8"))


def program_py(experiment: Experiment, step: int, stream: BinaryIO, form: Form = "python") -> None:
    """A program that takes the steps before ``step`` and prints them as a table."""
    # Not before it is wanted: the window opens without it.
    from model.listing.told import first_steps, program_text

    n_steps = step or _STEPS_OF_A_PROGRAM
    # The state after the last step has a line of its own where the path can go no further.
    path = _path_to(experiment, n_steps, stream)
    text = program_text(first_steps(experiment, path, n_steps), form)
    stream.write(text.encode("utf-8"))


def pytorch_py(experiment: Experiment, step: int, stream: BinaryIO, file: Path) -> None:
    """The same for PyTorch; ``file`` is where it will lie, and where they are many, its numbers."""
    from model.programs.pytorch import pytorch_program

    n_steps = step or _STEPS_OF_A_PROGRAM
    path = _path_to(experiment, n_steps, stream)
    levels = levels_of(experiment.digits) if experiment.digits is not None else 1
    beside = data_file(file)
    program = pytorch_program(experiment, path, n_steps, file.name, beside.name, levels)
    stream.write(program.text.encode("utf-8"))
    if program.arrays:
        with whole_file(beside) as data:
            # NumPy's own types take each name for that of an option.
            save: Callable[..., None] = np.savez_compressed
            save(data, **program.arrays)


def data_file(program: Path) -> Path:
    """Where the numbers of a program for PyTorch lie."""
    return program.with_name(f"{program.stem}.data.npz")


def formulas_txt(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The formulas of one step with its numbers."""
    stream.write(_formulas(experiment, step, stream).encode("utf-8"))


def formulas_py(experiment: Experiment, step: int, stream: BinaryIO) -> None:
    """The same as a program that prints them."""
    text = _formulas(experiment, step, stream).replace("\\", "\\\\").replace('"', '\\"')
    stream.write(f'"""\n{text}"""\n\nprint(__doc__)\n'.encode())


def _formulas(experiment: Experiment, step: int, stream: BinaryIO) -> str:
    from model.listing.told import program_text

    path = _path_to(experiment, step, stream)
    state = path.state(min(step, path.length))
    program = program_at(experiment, state.setup, state.weights, state.step)
    return program_text(program, "formulas")


# So many where nobody said how many.
_STEPS_OF_A_PROGRAM = 20
Writer = Callable[[Experiment, int, BinaryIO], None]
WRITERS: dict[str, Writer] = {
    ".npz": weights_npz,
    ".weights.csv": weights_csv,
    ".csv": trace_csv,
    ".json": experiment_json,
    ".py": program_py,
    ".txt": formulas_txt,
}
PROGRAMS: dict[Style, Writer] = {
    "python": program_py,
    "numpy": partial(program_py, form="numpy"),
    "formulas": formulas_py,
}
