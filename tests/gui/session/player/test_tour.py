"""A demo with every verb is played through session and view, where no widget can be imported."""

import json
import subprocess
import sys

from model.actions import VERBS, parse
from tests.conftest import PROJECT

TOUR = PROJECT / "tests/gui/session/player/tour.txt"


def test_a_demo_with_every_verb_plays_without_any_widget() -> None:
    actions = parse(TOUR.read_text("utf-8"))
    assert len(actions) >= 20
    assert {action.verb for action in actions} == set(VERBS)

    run = subprocess.run(
        [sys.executable, "-m", "tests.gui.session.player.play_tour", str(TOUR)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["failures"] == []
    assert told["done"] == [action.verb for action in actions]
    network, digits = told["network"], told["digits"]
    assert (network["name"], network["position"]) == ("Freezing one weight", 2)
    assert (network["alpha"], network["frozen"]) == (0.01, [[1, 0, 0]])
    assert (network["inputs"], network["target"]) == ([8.5, 0.8, 1.2], [0.9])
    assert network["view"]["speed"] == "fastest"
    assert network["view"]["part"] == "bowl:a"
    assert (network["view"]["one_scale"], network["view"]["hot_and_cold"]) == (True, False)
    assert digits["position"] == 150
    assert digits["target"] == [1] + 9 * [0]
    assert [sum(row) for row in digits["frozen"]] == [0, 0, 0, 16, 0, 0, 0, 0, 0, 0]
    view = digits["view"]
    assert (view["output"], view["quantity"], view["scale"]) == (7, "weight_delta", "each")
    assert view["part"] == "pixel:3,4"
