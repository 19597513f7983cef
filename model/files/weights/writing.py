"""Weights as they are written to files and to the clipboard, every figure kept.

They are in the published order of the inputs, also while the pixels are shuffled: that is what
the names beside them say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import BinaryIO

import numpy as np

from model.examples import Order1D, in_order
from model.experiment import Experiment
from model.network import Floats
from model.path.readable import ReadablePath

# In the corner of our own tables: the first column names the outputs, the first row the inputs.
CORNER = "output"


def weights_npz(
    experiment: Experiment, path: ReadablePath, step: int, stream: BinaryIO
) -> None:  # fmt: skip
    """The weights (n_outputs, n_inputs) after ``step`` updates, with what belongs to them."""
    writer_of(".npz", experiment, path, step)(stream)


def weights_csv(
    experiment: Experiment, path: ReadablePath, step: int, stream: BinaryIO
) -> None:  # fmt: skip
    """The same weights as a table: a row for each output, a column for each input."""
    writer_of(".csv", experiment, path, step)(stream)


def writer_of(
    ending: str, experiment: Experiment, path: ReadablePath, step: int
) -> Callable[[BinaryIO], None]:  # fmt: skip
    """What writes the weights of a step to a stream, whatever becomes of the path meanwhile.

    As NPZ where the ending of the file is that, else as a table. It may be called in any thread.
    """
    setup, weights = path.setup_at(step), path.weights(step)

    def write(stream: BinaryIO) -> None:
        if ending.lower() == ".npz":
            np.savez_compressed(
                stream,
                weights=in_order(weights, setup.order),
                start_weights=experiment.weights,
                frozen=in_order(setup.frozen, setup.order),
                alpha=np.array(setup.alpha),
                steps=np.array(step),
                inputs=np.array(experiment.inputs),
                outputs=np.array(experiment.outputs),
            )
        else:
            stream.write(weights_text(experiment, weights, setup.order, ",").encode("utf-8"))

    return write


def weights_text(
    experiment: Experiment, weights: Floats, order: Order1D | None, delimiter: str = "\t"
) -> str:
    """Weights (n_outputs, n_inputs) as text with the names of outputs and inputs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([CORNER, *experiment.inputs])
    for name, row in zip(experiment.outputs, in_order(weights, order).tolist(), strict=True):
        # A float is written by csv with all the digits that tell it from its neighbours.
        writer.writerow([name, *row])
    return text.getvalue()
