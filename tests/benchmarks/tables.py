"""A table of 100,000 rows and 20 columns: opening it, and learning from it."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from model.examples import Examples
from model.experiment import Experiment
from model.files.tables.opening import Wanted, experiment_of_table
from model.path.saved import new_path
from tests.benchmarks.measure import Job, compare, faster, heading

_ROWS, _COLUMNS, _STEPS = 100_000, 20, 100_000
_ROUNDS = 5


def main() -> None:
    """Print how long opening takes beside bare readers, and how steps compare with an array."""
    heading(f"A table of {_ROWS:,} rows and {_COLUMNS} columns")
    with TemporaryDirectory() as folder:
        file = Path(folder, "table.csv")
        _write(file)
        text = file.read_text(encoding="utf-8")
        wanted = Wanted(scale="standard")

        def opened() -> Experiment:
            return experiment_of_table(file, wanted)

        def read_cells() -> object:
            return list(csv.reader(io.StringIO(text)))

        def read_numbers() -> object:
            return np.loadtxt(io.StringIO(text), delimiter=",", skiprows=1)

        opening, cells, numbers = _processor_seconds(opened, read_cells, read_numbers)
        compare("opening, scaled", opening, "csv.reader alone", cells)
        compare("opening, scaled", opening, "numpy.loadtxt", numbers)
        table = opened()
    examples = table.setup.examples
    given = Examples(examples.base_inputs.copy(), examples.base_targets.copy())
    array = replace(table, setup=replace(table.setup, examples=given), transform=None)

    def learn(experiment: Experiment) -> Job:
        return lambda: new_path(experiment).extend(_STEPS)

    from_table, from_array = _processor_seconds(learn(table), learn(array))
    faster(f"{_STEPS:,} steps from the table", from_table, "from the same array", from_array)


def _write(file: Path) -> None:
    rng = np.random.default_rng(1)
    numbers = rng.normal(size=(_ROWS, _COLUMNS))
    with file.open("w", encoding="utf-8") as stream:
        stream.write(",".join(f"column {number}" for number in range(_COLUMNS)) + "\n")
        np.savetxt(stream, numbers, delimiter=",", fmt="%.6g")


def _processor_seconds(*jobs: Job) -> tuple[float, ...]:
    """Median seconds of the processor of each job, called in turn."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(_ROUNDS):
        for job, taken in zip(jobs, times, strict=True):
            began = time.process_time()
            job()
            taken.append(time.process_time() - began)
    return tuple(map(median, times))
