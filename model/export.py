"""Takes an experiment some steps further and writes what came of it to a file.

By the ending of its name: .npz the weights as NumPy arrays, .csv the trace, .json the
experiment with its path, to be opened again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from model.experiment import Experiment, dump
from model.saving import save_bytes
from model.trace import states


class ExportError(ValueError):
    """What was asked for cannot be exported; the message is one sentence."""


def export(experiment: Experiment, n_steps: int, file: Path) -> None:
    """Write what ``experiment`` is after n_steps steps.

    Raises ExportError for an unknown ending, and where the file cannot be written.
    """
    writer = WRITERS.get(file.suffix.lower())
    if writer is None:
        endings = ", ".join(WRITERS)
        raise ExportError(f"{file.name}: the ending must be one of {endings}")
    try:
        save_bytes(file, writer(experiment, n_steps))
    except OSError as error:
        raise ExportError(f"{file.name} could not be written: {error.strerror}") from error


def weights_npz(experiment: Experiment, n_steps: int) -> bytes:
    """The weights (n_outputs, n_inputs) after n_steps, with what belongs to them."""
    path = experiment.saved_path()
    path.extend(max(0, n_steps - path.length))
    step = min(n_steps, path.length)
    setup = path.setup_at(step)
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        weights=path.weights(step),
        start_weights=experiment.weights,
        frozen=setup.frozen,
        alpha=np.array(setup.alpha),
        steps=np.array(step),
        inputs=np.array(experiment.inputs),
        outputs=np.array(experiment.outputs),
    )
    return stream.getvalue()


def trace_csv(experiment: Experiment, n_steps: int) -> bytes:
    """The trace, one line a step, at full precision."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    pairs = [(output, name) for output in experiment.outputs for name in experiment.inputs]
    heads = ["step", "example"]
    heads += [f"{what} {out}" for what in ("pred", "error", "delta") for out in experiment.outputs]
    for what in ("weight", "weight_delta"):
        heads += [f"{what} {output} {name}" for output, name in pairs]
    writer.writerow(heads)
    for state in states(experiment, n_steps):
        numbers = [state.pred, state.error, state.delta, state.weights, state.used_weight_delta]
        cells = [repr(float(cell)) for part in numbers for cell in part.ravel()]
        example = "" if state.example is None else state.example
        writer.writerow([state.step + 1, example, *cells])
    return stream.getvalue().encode("utf-8")


def experiment_json(experiment: Experiment, n_steps: int) -> bytes:
    """The experiment as a file that opens at step n_steps."""
    path = experiment.saved_path()
    path.extend(max(0, max(n_steps, experiment.length) - path.length))
    return dump(experiment, path, min(n_steps, path.length)).encode("utf-8")


WRITERS: dict[str, Callable[[Experiment, int], bytes]] = {
    ".npz": weights_npz,
    ".csv": trace_csv,
    ".json": experiment_json,
}
