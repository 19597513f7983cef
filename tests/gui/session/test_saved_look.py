"""What was looked at is saved with an experiment, and looked at again when it is opened."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.session import Session
from gui.window.window import Window
from model.errors import ExperimentError
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.window_bench import end_window

NAME = "Several inputs and outputs"
LOOK = {
    "panel": "trace", "output": 2, "weights": [(0, 1), (2, 2)], "pixel": 1,
    "quantity": "weight_delta", "scale": "each", "log": True, "pair": (1, 2), "speed": 30.0,
}  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(open_experiment(NAME))
    qtbot.addWidget(made)
    return made


def test_closing_and_starting_again_brings_back_the_same_look() -> None:
    with started(NAME) as window:
        window.session.view.show(**LOOK)
        window.session.view.show(part="weight:b")
        window.session.view.show(panel="curves")
        values = window.session.view.values()
    with started("Several steps") as window:
        assert window.session.experiment.name == NAME
        assert window.session.view.values() == values
        assert window.side.current_key == "curves"
        assert window.below.current_key == "trace"
        assert not window.documents.edited


@contextmanager
def started(name: str) -> Iterator[Window]:
    window = Window(open_experiment(name), Settings())
    window.bring_back()
    window.show()
    try:
        yield window
    finally:
        end_window(window)


def test_a_look_that_nobody_chose_makes_a_file_of_version_1(window: Window, tmp_path: Path) -> None:
    for number, name in enumerate((NAME, "Digits, 8x8", "Alpha too large")):
        window.session.open(open_experiment(name))
        file = tmp_path / f"{number}.json"
        assert window.documents.save_to(file)
        data = json.loads(file.read_text(encoding="utf-8"))
        assert (data["version"], "view" in data) == (1, False)


def test_the_look_of_an_experiment_begins_with_it_and_ends_with_it(
    window: Window, tmp_path: Path
) -> None:
    view = window.session.view
    for name, one_scale in (
        ("Several steps", True),
        ("Alpha too large", False),
        ("One delta, three weight_deltas", True),
        ("Digits, 8x8", False),
    ):
        window.session.open(open_experiment(name))
        assert view.one_scale is one_scale
        view.show(hot_and_cold=True)
    window.session.open(open_experiment("Several steps"))
    assert not view.hot_and_cold
    assert window.documents.save_to(tmp_path / "steps.json")
    data = json.loads((tmp_path / "steps.json").read_text(encoding="utf-8"))
    assert (data["version"], data["view"]["one_scale"]) == (2, True)


def test_one_thing_looked_at_makes_a_file_of_version_2(window: Window, tmp_path: Path) -> None:
    window.session.view.show(log=True)
    assert window.documents.save_to(tmp_path / "log.json")
    window.session.view.show(log=False)
    assert window.documents.save_to(tmp_path / "plain.json")

    logged, plain = (
        json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("log", "plain")
    )
    assert (logged["version"], logged["view"]["log"]) == (2, True)
    assert (plain["version"], "view" in plain) == (1, False)


CANNOT_BE: list[tuple[str, object]] = [
    ("output", 3), ("output", "win"), ("weights", [[0, 9]]), ("weights", []),
    ("weights", 7), ("pixel", -1), ("quantity", "colour"), ("scale", 0), ("log", 1),
    ("weights", [[0.5, 1]]), ("weights", [[math.inf, 0]]), ("weights", [["0", "1"]]),
    ("scale", 10**400), ("scale", math.nan), ("scale", []), ("speed", None), ("pixel", 1.0),
    ("part", "weight:zz"), ("part", 3),
    ("pair", [0]), ("speed", 7), ("panels", ["trace", "nowhere"]), ("panels", "trace"),
]  # fmt: skip


def test_a_look_that_cannot_be_is_told_by_its_key_and_changes_nothing(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    session = window.session
    session.edits.set_alpha(0.01)
    before = (session.experiment, session.view.values(), session.edits.undo_text)
    assert window.documents.write(tmp_path / "look.json")
    data = json.loads((tmp_path / "look.json").read_text(encoding="utf-8"))
    for name, value in CANNOT_BE:
        data |= {"version": 2, "view": {"output": 1, "log": True, name: value}}
        (tmp_path / "look.json").write_text(json.dumps(data), encoding="utf-8")

        with qtbot.waitSignal(session.notices.refused) as said:
            window.documents.open(str(tmp_path / "look.json"))

        assert said.args is not None
        assert said.args[0].startswith(f"view: {name}: "), value
        now = (session.experiment, session.view.values(), session.edits.undo_text)
        assert now == before, (name, value)


def test_a_look_is_checked_for_the_experiment_it_comes_with() -> None:
    session = builtin("Several steps")
    wide = replace(open_experiment(NAME), view={"output": 2, "weights": [[2, 2]]})
    narrow = replace(open_experiment("Several steps"), view={"output": 2})

    session.open(wide)
    assert session.view.output == 2
    assert session.view.weights.cells == ((2, 2),)
    with pytest.raises(ExperimentError, match="output"):
        session.open(narrow)
    assert session.experiment is wide


def test_a_session_that_begins_with_a_saved_look_takes_it_up_when_it_goes_on() -> None:
    session = Session(replace(open_experiment(NAME), view={"output": 1}))
    session.resume()

    assert session.view.output == 1
