"""Exported programs run by themselves and print the trace of the experiment."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.edits import Edit
from model.experiment import Experiment
from model.files.export import ExportError, export
from model.files.library import builtin_names, open_experiment
from model.files.trace import states, table
from model.listing.program import FORMS, Form
from model.path.saved import new_path
from tests.model.listing.running import run_text
from tests.model.listing.test_walk import SHAPES, random_experiment

SMALL = [name for name in builtin_names() if not name.startswith("Digits")]


def printed(experiment: Experiment, n_steps: int, form: Form, folder: Path) -> list[list[str]]:
    """The cells that the exported program prints, headings first."""
    file = folder / "program.py"
    export(experiment, n_steps, file, form)
    ran = run_text(file.read_text(encoding="utf-8"), watch=False)
    assert not ran.fault
    return [line.split("\t") for line in ran.printed]


def check(experiment: Experiment, n_steps: int, form: Form, folder: Path) -> None:
    head, *rows = printed(experiment, n_steps, form, folder)
    expected = list(states(experiment, n_steps))
    assert len(rows) == len(expected)
    for row, state in zip(rows, expected, strict=True):
        example = "guest" if state.example is None else str(state.example + 1)
        assert row[:2] == [str(state.step), example]
        numbers = [state.pred, state.error, state.delta]
        if state.weights.size <= 12:
            numbers += [state.weights, state.used_weight_delta]
        flat = np.concatenate([part.ravel() for part in numbers])
        found = [float(cell) for cell in row[2:]]
        # Beside what they are the difference of: delta is the small rest of pred and target.
        largest = float(np.abs(np.concatenate([state.pred, state.target, [1.0]])).max())
        assert found == pytest.approx(flat, rel=1e-9, abs=1e-9 * largest)
    assert len(head) == len(rows[0])


@pytest.mark.parametrize("form", FORMS[:2])
@pytest.mark.parametrize("name", SMALL)
def test_every_small_built_in(name: str, form: Form, tmp_path: Path) -> None:
    check(open_experiment(name), 30, form, tmp_path)


@pytest.mark.parametrize("form", FORMS[:2])
def test_random_experiments(form: Form, tmp_path: Path) -> None:
    for seed in range(20):
        check(random_experiment(seed), 25, form, tmp_path)


def with_edits(seed: int) -> Experiment:
    """A random experiment that was changed on the way in every manner."""
    experiment = random_experiment(seed)
    n_outputs, n_inputs = SHAPES[seed % len(SHAPES)]
    guest = [float(place) / 7 for place in range(n_inputs + n_outputs)]
    path = new_path(experiment)
    for edit in (
        Edit(0, "weights", (0.5,), ((0, n_inputs - 1),)),
        Edit(2, "alpha", (experiment.setup.alpha / 2,)),
        Edit(3, "frozen", (1.0,), ((n_outputs - 1, 0),)),
        Edit(4, "inputs", (0.25,), ((0, n_inputs - 1),)),
        Edit(5, "targets", (-0.5,), ((0, n_outputs - 1),)),
        Edit(6, "guest", tuple(guest)),
        Edit(8, "visit", (0.0,)),
        Edit(9, "frozen", (0.0,), ((n_outputs - 1, 0),)),
        Edit(9, "weights", (-0.75,), ((n_outputs - 1, 0),)),
    ):
        path.extend(edit.step - path.length)
        path.edit(edit)
    path.extend(3)
    return replace(experiment, edits=path.edits, length=path.length)


@pytest.mark.parametrize("form", FORMS[:2])
def test_what_was_changed_on_the_way_is_changed_in_the_program(form: Form, tmp_path: Path) -> None:
    for seed in range(12):
        check(with_edits(seed), 12, form, tmp_path)


def test_digits_take_the_examples_along_that_they_visit(tmp_path: Path) -> None:
    check(open_experiment("Digits, 8x8"), 3, "python", tmp_path)
    check(open_experiment("Digits, 8x8"), 60, "numpy", tmp_path)


def test_the_headings_are_those_of_the_trace(tmp_path: Path) -> None:
    for name in ("Freezing one weight", "Several inputs and outputs"):
        experiment = open_experiment(name)
        head = printed(experiment, 2, "python", tmp_path)[0]
        assert " ".join(head).split() == next(table(experiment, 1)).split()


@pytest.mark.parametrize("form", FORMS)
def test_it_runs_by_itself(form: Form, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    export(open_experiment("Freezing one weight"), 0, file, form)

    run = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", str(file)], capture_output=True, check=True,
        encoding="utf-8",
    )  # fmt: skip

    assert not run.stderr
    lines = run.stdout.splitlines()
    if form == "formulas":
        assert "  pred = a × toes + b × win/loss + c × fans = " in run.stdout
    else:
        assert len(lines) == 21
        assert [float(cell) for cell in lines[1].split("\t")[:3]] == pytest.approx([0, 1, 0.86])


def test_formulas_have_their_numbers_beside_them(tmp_path: Path) -> None:
    file = tmp_path / "formulas.txt"
    export(open_experiment("One delta, three weight_deltas"), 0, file)

    text = file.read_text(encoding="utf-8")
    assert "delta = pred − target = 0.86 − 1 = −0.14" in text
    assert "weight_delta a = delta × toes = −0.14 × 8.5 = −1.19" in text
    assert "a ← a − alpha × weight_delta a = 0.1 − 0.01 × (−1.19) = 0.1119" in text


def test_a_frozen_weight_is_said_to_be_frozen(tmp_path: Path) -> None:
    file = tmp_path / "formulas.txt"
    export(open_experiment("Freezing one weight"), 0, file)

    lines = file.read_text(encoding="utf-8").splitlines()
    assert "  weight_delta a = 0, as it is frozen" in lines
    assert "  a ← a, frozen" in lines


def test_a_name_that_would_end_the_text_does_not(tmp_path: Path) -> None:
    experiment = random_experiment(1)
    odd = type(experiment)(
        'a """ \\ name\n# x', "", experiment.inputs, experiment.outputs, experiment.setup,
        experiment.weights,
    )  # fmt: skip
    for form in FORMS:
        file = tmp_path / "program.py"
        export(odd, 3, file, form)
        assert not run_text(file.read_text(encoding="utf-8"), watch=False).fault


def test_a_program_that_would_be_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="100,000 steps"):
        export(open_experiment("Several steps"), 100_001, tmp_path / "program.py")
    assert not list(tmp_path.iterdir())


def test_a_name_that_hides_what_the_program_imports_is_refused(tmp_path: Path) -> None:
    experiment = open_experiment("Several steps")
    for name, style in (("csv.py", "pytorch"), ("torch.py", "pytorch"), ("numpy.py", "numpy")):
        with pytest.raises(ExportError, match=f"{name}: .*another name"):
            export(experiment, 3, tmp_path / name, style)  # type: ignore[arg-type]
    export(experiment, 3, tmp_path / "csv.py")
    assert [file.name for file in tmp_path.iterdir()] == ["csv.py"]
