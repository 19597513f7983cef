"""The lines of a listing as they are gone through are what Python makes of its very text."""

from __future__ import annotations

import re

import numpy as np
import pytest

from model.experiment import Experiment
from model.files.library import builtin_names, open_experiment
from model.listing.bench import listing, made_at_once, part_names, walk
from model.listing.expressions import copied
from model.listing.formulas import MAX_LINES
from model.listing.lines import Listing
from model.listing.program import FORMS, Form, Program, program_at
from model.listing.slips import RIGHT, SLIPS, Slip
from model.listing.walk import Moment
from model.path.saved import new_path
from model.words.parts import named
from tests.model.listing.running import run_text, same
from tests.model.made_up import made_up

SMALL = [name for name in builtin_names() if not name.startswith("Digits")]
SHAPES = [(1, 1), (1, 3), (3, 1), (2, 3), (3, 3), (4, 2), (1, 12), (12, 1), (5, 14)]


def random_experiment(seed: int, **more: object) -> Experiment:
    shape = SHAPES[seed % len(SHAPES)]
    order = ("first", "cycle", "shuffle")[seed % 3]
    setup, weights = made_up(
        1 + seed % 4, order, shape=shape, frozen=0.3 * (seed % 2), seed=seed, **more  # type: ignore[arg-type]
    )  # fmt: skip
    names = ["win/loss", "for", "toes, 1", "weights", "ñandú", "3rd", "a b"]
    inputs = tuple(f"{names[i % 7]}{'' if i < 7 else i}" for i in range(shape[1]))
    outputs = tuple(f"{names[o % 7]}{o}" for o in range(shape[0]))
    return Experiment(f"random {seed}", "", inputs, outputs, setup, weights)


def program(experiment: Experiment, step: int, slip: Slip = RIGHT) -> Program:
    path = new_path(experiment)
    path.extend(step)
    step = min(step, path.length)
    state = path.state(step)
    return program_at(experiment, state.setup, state.weights, step, slip)


def moments(made: Program, form: Form, text: Listing, **looked_into: int) -> list[Moment]:
    return list(walk(made, form, text, **looked_into))


def check(made: Program, form: Form) -> list[Moment]:
    """Hold every line of the first step against Python's run of the text that is shown."""
    text = listing(made, form)
    found = moments(made, form, text)
    ran = run_text(text.text)
    body = [entry for entry in ran.made if entry[0] > text.first]
    # ``example`` is made at the beginning of every step: only the first is gone through.
    for moment, (line, value) in zip(found, body, strict=False):
        if moment.fault:
            break
        assert moment.line + text.first == line
        shown = np.zeros_like(value) if "frozen" in text.lines[line - 1].text else moment.value
        assert same(shown, value), text.lines[line - 1].text
    last = found[-1]
    if last.fault:
        assert last.fault.partition(":")[0] == ran.fault.partition(":")[0]
    else:
        assert len(body) >= len(found)
        assert not ran.fault
    return found


@pytest.mark.parametrize("form", FORMS[:2])
@pytest.mark.parametrize("name", SMALL)
def test_every_line_of_a_built_in_is_that_of_python(name: str, form: Form) -> None:
    for step in (0, 2, 7):
        check(program(open_experiment(name), step), form)


@pytest.mark.parametrize("form", FORMS[:2])
def test_every_line_of_random_steps_of_random_experiments_is_that_of_python(form: Form) -> None:
    for seed in range(50):
        check(program(random_experiment(seed), seed * 7 % 23), form)


def test_of_many_outputs_few_have_lines_and_the_program_has_all() -> None:
    setup, weights = made_up(3, "cycle", shape=(60, 40))
    names = [tuple(f"{kind} {n}" for n in range(many)) for kind, many in (("in", 40), ("out", 60))]
    made = program(Experiment("many", "", names[0], names[1], setup, weights), 2)
    path = new_path(made.experiment)
    path.extend(3)
    for form in FORMS[:2]:
        text = listing(made, form)
        assert len(text.lines) < 130
        ran = run_text(text.text, watch=False)
        assert not ran.fault
        assert f"{float(path.weights(2)[-1, -1])!r}" in text.text
        assert "28 more rows of 40 numbers" in "\n".join(line.seen for line in text.lines)
    # Of formulas the output that is looked into.
    asked = moments(made, "formulas", listing(made, "formulas", 3, 7), column=3, output=7)
    values = {moment.made: moment.value for moment in asked}
    assert values["pred", (7,)] == pytest.approx(path.state(2).pred[7], rel=1e-12)
    assert values["weights", (7, 3)] == pytest.approx(path.weights(3)[7, 3], rel=1e-12)


def in_python(text: str) -> str:
    return text.replace("×", "*").replace("−", "-").replace("²", "** 2")


def test_every_formula_is_what_its_own_numbers_come_to() -> None:
    """The numbers put into the formula that is shown make the number that stands beside it."""
    for seed in range(50):
        made = program(random_experiment(seed), seed * 7 % 23)
        text = listing(made, "formulas")
        for moment in moments(made, "formulas", text):
            if moment.words and moment.operands:
                numbers = [f"({value!r})" for value in moment.operands]
                told = in_python(moment.words.format(*numbers))
                assert eval(told) == moment.value  # noqa: S307
        path = new_path(made.experiment)
        path.extend(made.start + 1)
        if path.length > made.start and made.counted <= MAX_LINES:
            weights = np.zeros(made.shape)
            for moment in moments(made, "formulas", text):
                if moment.made[0] == "weights":
                    weights[moment.made[1]] = moment.value
            after = path.weights(made.start + 1)
            assert weights == pytest.approx(after, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_made_is_what_the_path_has(form: Form) -> None:
    for seed in range(0, 50, 3):
        made = program(random_experiment(seed), seed % 9)
        path = new_path(made.experiment)
        path.extend(made.start)
        state = path.state(made.start)
        for moment in moments(made, form, listing(made, form)):
            root, place = moment.made
            whole = place == () or (root == "weights" and form == "numpy")
            if root in ("pred", "delta", "error") and moment.line == moment.top and whole:
                expected = np.asarray(getattr(state, root))
                found = np.asarray(moment.value, dtype=float)
                if found.any():
                    assert found.ravel() == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("key", SLIPS)
@pytest.mark.parametrize("form", FORMS[:2])
def test_a_listing_with_a_slip_is_run_and_stops_as_python_does(key: str, form: Form) -> None:
    slip = SLIPS[key]
    for name in SMALL[:6]:
        made = program(open_experiment(name), 0, slip)
        found = check(made, form)
        if form == "python":
            assert bool(found[-1].fault) is slip.stops(made.shape)
        text = listing(made, form).text
        is_slip = not (key == "one_delta" and made.kind == "one output" and form == "python")
        assert ("<- the slip" in text) is is_slip


def test_every_part_that_a_line_lights_is_there() -> None:
    for name in builtin_names():
        if name == "Digits, MNIST":
            continue
        made = program(open_experiment(name), 1)
        for form in FORMS:
            text = listing(made, form)
            refs = [span.ref for line in text.lines for span in line.spans if span.ref]
            for moment in moments(made, form, text, column=20, output=3):
                refs += [moment.made, *moment.reads]
            for one in part_names(made.experiment, set(refs)):
                assert named(made.experiment, one)


def test_a_sum_grows_weight_by_weight_and_says_whose_it_is() -> None:
    made = program(open_experiment("Several inputs and outputs"), 0)
    text = listing(made, "python")
    growing = [
        moment for moment in moments(made, "python", text)
        if "output += a[i] * b[i]" in text.lines[text.first + moment.line - 1].text
    ]  # fmt: skip

    assert [moment.value for moment in growing[:3]] == pytest.approx([0.85, 0.915, 0.555])
    assert growing[1].made == ("pred", (0,))
    assert growing[1].reads == (("pred", (0,)), ("input", (1,)), ("weights", (0, 1)))
    assert growing[1].words.format(*growing[1].operands).startswith("0.85")
    assert part_names(made.experiment, growing[1].reads) == [
        "pred:hurt", "input:win/loss", "weight:b"
    ]  # fmt: skip


def test_of_an_image_loops_are_entered_at_the_pixel_that_is_looked_into() -> None:
    made = program(open_experiment("Digits, 8x8"), 3)
    text = listing(made, "python")

    outside = moments(made, "python", text)
    inside = moments(made, "python", text, column=20)

    added = [m for m in inside if m.loops and m.loops[-1] == ("i", 20) and m.operands]
    assert len(inside) > len(outside)
    assert [m.reads[1] for m in added if m.made[0] == "pred"] == [("input", (20,))] * 10
    whole = [next(m.value for m in found if m.made == ("weight_deltas", ()))
             for found in (inside, outside)]  # fmt: skip
    assert same(*whole)
    state = new_path(made.experiment)
    state.extend(3)
    pred = next(m.value for m in inside if m.made == ("pred", ()) and m.line == m.top)
    assert pred == pytest.approx(state.state(3).pred, rel=1e-12, abs=1e-15)


def test_names_of_the_experiment_are_names_of_the_program() -> None:
    text = listing(program(random_experiment(3), 0), "python").text

    assert re.search(r"^win_loss = \[", text, re.MULTILINE)
    assert re.search(r"^for_ = \[", text, re.MULTILINE)
    assert re.search(r"^toes_1 = \[", text, re.MULTILINE)


@pytest.mark.parametrize("key", [None, *SLIPS])
def test_what_lines_make_at_once_is_what_the_walk_comes_to(key: str | None) -> None:
    slip = RIGHT if key is None else SLIPS[key]
    for seed in range(18):
        made = program(random_experiment(seed), seed % 5, slip)
        text = listing(made, "python")
        at_once = made_at_once(made, "python", text)
        way = walk(made, "python", text)
        roots = {}
        for moment in way:
            if moment.fault:
                continue
            line = text.first + moment.line - 1
            name = text.lines[line].text.split()[0].partition("[")[0]
            if line in at_once:
                roots[line] = copied(way.variables[name])
        for line, value in roots.items():
            if text.lines[line].text.strip().startswith("weight_deltas = [0]"):
                continue
            assert same(np.ravel(value), np.ravel(at_once[line])), text.lines[line].text
        assert len(at_once) >= 5
        assert slip.stops(made.shape) or set(roots) == set(at_once)


def test_a_slip_stops_the_listing_of_images_where_nobody_looks() -> None:
    made = program(open_experiment("Digits, 8x8"), 3, SLIPS["transposed"])
    text = listing(made, "python")

    fault = moments(made, "python", text)[-1].fault

    assert fault == run_text(text.text, watch=False).fault
    assert fault.startswith("IndexError")
