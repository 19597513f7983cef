"""What is played without a window, to check lessons, does what the session does."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.player import Player
from model.actions import Action, parse
from model.experiment import Experiment
from model.files.library import open_experiment
from model.lessons.check.bench import Bench

Live = Session | Bench


def numbers(live: Live, position: int, length: int, phase: object) -> tuple[object, ...]:
    state = live.state
    return (
        position,
        length,
        phase,
        state.weights.tolist(),
        state.inputs.tolist(),
        state.target.tolist(),
        state.setup.alpha,
        state.setup.frozen.tolist(),
        state.example,
        live.zones,
        live.slip,
        live.space,
    )


def any_action(choose: random.Random, experiment: Experiment) -> str:
    """One line that may or may not be possible where it is played."""
    on_images = experiment.image_shape is not None
    letters = choose.choice("abcz")
    value = choose.choice(("0", "-1.5", "2", "0.01"))
    name = choose.choice((*experiment.inputs[:3], "nobody"))
    lines = [
        *("step 1", f"step {choose.randint(1, 4)}", f"run to {choose.randint(0, 8)}"),
        *("predict", "compare", "learn", "predict", "compare", "back", "reset", "undo", "redo"),
        *(f"seek {choose.randint(0, 6)}", f"alpha {value}", f"visit {choose.randint(1, 6)}"),
        *(f"target {choose.choice(experiment.outputs)} {value}", f"select weight:{letters}"),
        *(f"input {name} {value}", f"freeze {letters}", f"unfreeze {letters}"),
        *(f"weight {letters} {value}", f"slip {choose.choice(('sign', 'none', 'nobody'))}"),
    ]
    if on_images:
        lines += [f"draw {choose.randint(1, 1800)}", "label 3", "label 3", "freeze 3 1,1-2,9"]
        lines += ["space tsne", "space scores", "space nothing", "space mixed", "space order"]
        lines += ["draw\n| .#\n| #.", "unfreeze 3 0,0-2,7", "quantity weight", "scale each"]
    return choose.choice(lines)


@pytest.mark.parametrize(
    "name", ["Freezing one weight", "Several outputs", "The whole season", "Digits, 8x8"]
)
def test_any_script_does_the_same_with_and_without_a_window(qtbot: QtBot, name: str) -> None:
    choose = random.Random(name)
    experiment = open_experiment(name)
    for _ in range(8):
        session = Session(experiment)
        player = Player(session)
        faults: list[tuple[object, ...]] = []
        player.failed.connect(lambda *fault, faults=faults: faults.append(fault))
        bench = Bench(experiment, open_experiment)
        script: list[str] = []
        for _ in range(14):
            script.append(any_action(choose, experiment))
            (action,) = parse(script[-1])
            faults.clear()
            done_here = is_done(partial(bench.do, action))
            done_there = is_done(partial(play, qtbot, player, action))
            assert done_here is (done_there and not faults), (script, faults)
            there = session.playback
            if not done_here and bench.phase is not there.phase:
                # What a script may do no longer after a line that could not be done.
                break
            assert numbers(bench, bench.position, bench.path.length, bench.phase) == numbers(
                session, there.position, there.length, there.phase
            ), script


def play(qtbot: QtBot, player: Player, action: Action) -> None:
    player.play([action])
    qtbot.waitUntil(lambda: not player.playing)


def is_done(do: Callable[[], None]) -> bool:
    try:
        do()
    except ValueError:
        return False
    return True
