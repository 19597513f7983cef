"""The PyTorch program is sound Python everywhere; where PyTorch is, its numbers are the app's.

TORCH_PYTHON may name another Python that has PyTorch (CPU is enough).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from model.edits import EDIT_KINDS, Edit
from model.experiment import Experiment
from model.files.export import ExportError, data_file, export
from model.files.library import builtin_names, open_experiment
from model.files.trace import states
from model.path import State
from model.path.saved import new_path
from model.programs.history import WRITERS
from tests.model.files.test_export_programs import with_edits
from tests.model.listing.test_walk import random_experiment

SMALL = [name for name in builtin_names() if not name.startswith("Digits")]
TORCH_PYTHON = os.environ.get("TORCH_PYTHON") or (sys.executable if find_spec("torch") else "")
with_torch = pytest.mark.skipif(not TORCH_PYTHON, reason="PyTorch is not installed")
# Importing PyTorch takes seconds: one process runs all programs, a line of "=" between them.
RUN_ALL = """
import runpy, sys
_, options, *files = sys.argv
for file in files:
    print("=")
    sys.argv = [file, *options.split()]
    runpy.run_path(file, run_name="__main__")
"""


def shuffled_pixels() -> Experiment:
    """Digits of which much is changed after their pixels were shuffled."""
    experiment = open_experiment("Digits, 8x8")
    image = tuple(float(place % 5) / 4 for place in range(64))
    path = new_path(experiment)
    for edit in (
        Edit(2, "pixels", (1.0,)),
        Edit(3, "inputs", image, tuple((4, column) for column in range(64))),
        Edit(3, "targets", (0.5,), ((4, 2),)),
        Edit(4, "weights", (0.25, -0.5), ((3, 9), (4, 60))),
        Edit(5, "frozen", (1.0,) * 20, tuple((7, column) for column in range(10, 30))),
        Edit(6, "guest", (*image, *[0.0] * 9, 1.0)),
        Edit(7, "pixels", (3.0,)),
        Edit(8, "pixels", (-1.0,)),
        Edit(8, "visit", (4.0,)),
    ):
        path.extend(edit.step - path.length)
        path.edit(edit)
    path.extend(4)
    return replace(experiment, edits=path.edits, length=path.length)


def write(experiments: Sequence[Experiment], n_steps: int, folder: Path) -> list[Path]:
    files = [folder / f"program {number}.py" for number in range(len(experiments))]
    for experiment, file in zip(experiments, files, strict=True):
        export(replace(experiment, position=0), n_steps, file, "pytorch")
    return files


def run(command: Sequence[str]) -> str:
    ran = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def tables(files: Sequence[Path], options: str = "") -> list[list[list[str]]]:
    """The cells that each program prints in one process."""
    text = run([TORCH_PYTHON, "-c", RUN_ALL, options, *map(str, files)])
    return [cells(part) for part in text.split("=\n")[1:]]


def in_two_processes(file: Path, *options: str) -> list[list[str]]:
    torchrun = [TORCH_PYTHON, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    return cells(run([*torchrun, str(file), *options]))


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def check(table: list[list[str]], experiment: Experiment, n_steps: int, tolerance: float) -> None:
    head, *rows = table
    expected = list(states(experiment, n_steps))
    assert len(rows) == len(expected)
    for row, state in zip(rows, expected, strict=True):
        assert len(row) == len(head)
        example = "guest" if state.example is None else str(state.example + 1)
        assert row[:2] == [str(state.step), example]
        found = np.array([float(cell) for cell in row[2:]])
        numbers = trace_of(state)
        # Of the numbers that each one is a sum of, or a product.
        size = max(1.0, *np.abs([*state.pred, *state.target, *state.inputs]))
        assert found == pytest.approx(numbers, rel=tolerance, abs=tolerance * size)


def trace_of(state: State) -> np.ndarray:
    numbers = [state.pred, state.error, state.delta]
    if state.weights.size <= 12:
        numbers += [state.weights, state.used_weight_delta]
    return np.concatenate([part.ravel() for part in numbers])


# -- everywhere ------------------------------------------------------------------------------------


def test_it_is_sound_python_whatever_is_in_it(tmp_path: Path) -> None:
    odd = replace(random_experiment(1), name='a """ \\ {{NAME}}\n#[ name')
    files = write(
        [open_experiment(SMALL[0]), with_edits(5), random_experiment(2), shuffled_pixels(), odd],
        12, tmp_path,
    )  # fmt: skip
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--line-length=100"]
    run([*ruff, "--preview", "--select=E1,E3,E5,E7,E9,F,W", *map(str, files)])
    for file in files:
        text = file.read_text(encoding="utf-8")
        compile(text, file.name, "exec")
        assert not [line for line in text.splitlines() if line.startswith(("#[", "#]"))]


def test_every_kind_of_change_is_written() -> None:
    # A visit, a guest and another order are read off the order of the examples.
    assert set(EDIT_KINDS) <= {*WRITERS, "visit", "guest", "order"}


def test_many_numbers_lie_in_a_file_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "digits.py"
    export(open_experiment("Digits, 8x8"), 20, file, "pytorch")

    experiment = open_experiment("Digits, 8x8")
    with np.load(data_file(file), allow_pickle=False) as data:
        assert data["inputs"].dtype == np.uint8
        assert np.array_equal(data["inputs"] / 16, experiment.setup.examples.base_inputs)
        assert data["weights"].shape == (10, 64)
    assert len(file.read_text(encoding="utf-8")) < 20_000
    assert sorted(each.name for each in tmp_path.iterdir()) == ["digits.data.npz", "digits.py"]


def test_few_numbers_stand_in_the_program(tmp_path: Path) -> None:
    file = tmp_path / "season.py"
    export(open_experiment("Several steps"), 20, file, "pytorch")

    assert "[8.5, 0.65, 1.2]" in file.read_text(encoding="utf-8")
    assert not data_file(file).exists()


def test_an_example_without_a_target_is_said(tmp_path: Path) -> None:
    experiment = open_experiment("Digits, 8x8")
    path = new_path(experiment)
    path.edit(Edit(0, "guest", (0.5,) * 64))
    with pytest.raises(ExportError, match="no target yet"):
        export(replace(experiment, edits=path.edits), 1, tmp_path / "program.py", "pytorch")
    assert not list(tmp_path.iterdir())


# -- where PyTorch is ------------------------------------------------------------------------------


@with_torch
@pytest.mark.parametrize("options", ["", "--dtype float32"])
def test_its_numbers_are_the_apps(options: str, tmp_path: Path) -> None:
    tolerance = 1e-6 if options else 1e-9
    experiments = [open_experiment(name) for name in SMALL]
    experiments += [random_experiment(seed) for seed in range(9)]
    experiments += [with_edits(seed) for seed in range(12)]
    experiments += [shuffled_pixels(), open_experiment("Digits, 8x8")]
    files = write(experiments, 12, tmp_path)
    for table, experiment in zip(tables(files, options), experiments, strict=True):
        check(table, experiment, 12, tolerance)


@with_torch
@pytest.mark.parametrize(
    "make", [lambda: open_experiment("Several steps"), lambda: with_edits(5), shuffled_pixels]
)
def test_so_are_those_of_two_processes(make: Callable[[], Experiment], tmp_path: Path) -> None:
    experiment = make()
    (file,) = write([experiment], 12, tmp_path)
    check(in_two_processes(file), experiment, 12, 1e-9)
    check(in_two_processes(file, "--dtype", "float32"), experiment, 12, 1e-6)


@with_torch
def test_steps_of_two_examples_are_averaged_alike_in_one_process_and_in_two(
    tmp_path: Path,
) -> None:
    experiment = random_experiment(4)
    (file,) = write([experiment], 6, tmp_path)
    setup, weights = experiment.setup, experiment.weights
    expected = []
    for step in range(6):
        both = []
        for example in setup.schedule.indices(2 * step, 2 * step + 2).tolist():
            inputs, target = setup.examples.inputs(example), setup.examples.target(example)
            delta = weights @ inputs - target
            both.append(np.where(setup.frozen, 0.0, np.outer(delta, inputs)))
            expected.append([step, example + 1, *(weights @ inputs)])
        weights = weights - setup.alpha * (both[0] + both[1]) / 2

    for table in (tables([file], "--batch 2")[0], in_two_processes(file, "--batch", "2")):
        found = [[float(cell) for cell in row[: 2 + len(weights)]] for row in table[1:]]
        assert np.array(found) == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9)


@with_torch
def test_other_images_come_from_idx_files(tmp_path: Path) -> None:
    (file,) = write([open_experiment("Digits, 8x8")], 3, tmp_path)
    pixels = np.random.default_rng(1).integers(0, 256, (5, 8, 8), dtype=np.uint8)
    labels = np.array([3, 1, 4, 1, 5], dtype=np.uint8)
    images_file, labels_file = tmp_path / "images", tmp_path / "labels"
    images_file.write_bytes(
        b"\0\0\x08\x03" + np.array([5, 8, 8], ">u4").tobytes() + pixels.tobytes()
    )
    labels_file.write_bytes(b"\0\0\x08\x01" + np.array([5], ">u4").tobytes() + labels.tobytes())

    table = tables([file], f"--images {images_file} --labels {labels_file} --steps 7 --every 3")[0]

    assert [row[:2] for row in table[1:]] == [["0", "1"], ["3", "4"], ["6", "2"]]
    delta = [float(cell) for cell in table[2][-10:]]
    weights = np.zeros((10, 64))
    alpha = open_experiment("Digits, 8x8").setup.alpha
    for image, label in zip(pixels.reshape(5, 64)[:3] / 255, labels[:3], strict=True):
        weights -= alpha * np.outer(weights @ image - np.eye(10)[label], image)
    expected = weights @ (pixels.reshape(5, 64)[3] / 255) - np.eye(10)[1]
    assert delta == pytest.approx(expected, abs=1e-9)
