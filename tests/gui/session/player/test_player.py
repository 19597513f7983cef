"""Playing scripts: one after the other, what is waited for, and what cannot be done."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.player import Player, Told
from model.actions import ActionError, parse
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin, made_up

NETWORK = "Freezing one weight"


class Heard:
    """What a player told."""

    def __init__(self, player: Player) -> None:
        self.began: list[str] = []
        self.ends: list[object] = []
        player.began.connect(lambda action: self.began.append(action.verb))
        player.finished.connect(lambda: self.ends.append("finished"))
        player.stopped.connect(lambda: self.ends.append("stopped"))
        player.failed.connect(lambda line, sentence: self.ends.append((line, sentence)))


def player_of(session: Session, **keys: Callable[[str, Told], None]) -> tuple[Player, Heard]:
    player = Player(session, keys.get("opening"), session)
    return player, Heard(player)


def play(qtbot: QtBot, player: Player, script: str) -> None:
    """Play a script to its end; how much of it is done at once depends on the machine."""
    player.play(parse(script))
    qtbot.waitUntil(lambda: not player.playing)


def snapshot(session: Session) -> tuple[object, ...]:
    state = session.state
    return (
        session.playback.position,
        session.playback.length,
        session.playback.phase,
        state.weights.tolist(),
        state.inputs.tolist(),
        state.setup.alpha,
        state.setup.frozen.tolist(),
        session.edits.count,
        session.view.values(),
    )


def test_actions_are_done_one_after_the_other(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    play(qtbot, player, "step 3\nback\nalpha 0.1")

    assert session.playback.position == 2
    assert session.state.setup.alpha == 0.1
    assert heard.began == ["step", "back", "alpha"]
    assert heard.ends == ["finished"]
    assert not player.playing


def test_steps_are_those_of_a_person_to_the_last_bit(qtbot: QtBot) -> None:
    played, pressed = builtin(NETWORK), builtin(NETWORK)
    player, _ = player_of(played)

    play(qtbot, player, "predict\ncompare\nlearn\nstep 4")
    for _ in range(5):
        pressed.playback.step()

    np.testing.assert_array_equal(played.state.weights, pressed.state.weights)


def test_a_long_way_is_run_while_the_window_stays_free(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("run to 3000\nstep 500\nseek 7"))
    assert player.playing
    assert session.playback.running
    qtbot.waitUntil(lambda: not player.playing)

    assert heard.ends == ["finished"]
    assert (session.playback.position, session.playback.length) == (7, 3500)


def test_each_action_can_wait_for_its_turn(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("step 1\nstep 1\nstep 1"), pace=0.01)
    assert heard.began == ["step"]
    assert player.playing
    qtbot.waitUntil(lambda: not player.playing)

    assert session.playback.position == 3


def test_a_script_can_be_stopped_in_a_run(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("run to 100000000\nalpha 0.5"))
    qtbot.waitUntil(lambda: session.playback.position > 0)
    player.stop()
    player.stop()

    assert not session.playback.running
    assert not player.playing
    assert session.state.setup.alpha == 0.3
    assert heard.ends == ["stopped"]


def test_stopping_at_an_action_that_begins_leaves_it_undone(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)
    player.began.connect(lambda action: player.stop() if action.verb == "alpha" else None)

    play(qtbot, player, "step 1\nalpha 0.5\nstep 1")

    assert (session.playback.position, session.state.setup.alpha) == (1, 0.3)
    assert heard.ends == ["stopped"]


def test_a_run_that_a_person_pauses_ends_the_script(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("run to 100000000\nalpha 0.5"))
    qtbot.waitUntil(lambda: session.playback.position > 0)
    session.playback.pause()

    at = session.playback.position
    assert heard.ends == [(1, f"line 1, run to 100000000: the run was paused at step {at:,}")]
    assert not player.playing


@pytest.mark.parametrize("line", ["run to 100000", "step 100000", "step 90"])
def test_a_run_that_diverges_ends_the_script_and_says_why(qtbot: QtBot, line: str) -> None:
    session = made_up([[10.0]], [[1.0]], [[0.0]], alpha=1.0)
    player, heard = player_of(session)

    player.play(parse(f"{line}\nalpha 0.5"))
    qtbot.waitUntil(lambda: not player.playing)

    assert len(heard.ends) == 1
    assert str(heard.ends[0]).startswith(f"(1, 'line 1, {line}: Diverged at step ")
    assert session.state.setup.alpha == 1.0


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("weight d 1", "“d” is not a weight here: they run from a to c"),
        ("freeze zz", "“zz” is not a weight here: they run from a to c"),
        ("input toe 1", "there is no input “toe”"),
        ("target lose 1", "there is no output “lose”"),
        ("output lose", "there is no output “lose”"),
        ("alpha -1", "alpha must be one number above zero"),
        ("weight a 2000000000", "weights: a number must be finite and at most 1,000,000,000"),
        ("visit 9", "there are examples 1 to 1"),
        ("panel curve", "panel: there is none called 'curve'"),
        ("select bowl:d", "“bowl:d” is no part of this bench, did you mean “bowl:c”?"),
        ("speed 7", "speed: must be one of"),
        ("draw 3", "Freezing one weight has no images; Digits, 8x8 has some"),
        ("label 3", "Freezing one weight has no images; Digits, 8x8 has some"),
        ("scale each", "Freezing one weight has no images; Digits, 8x8 has some"),
        ("quantity weight", "Freezing one weight has no images; Digits, 8x8 has some"),
        ("freeze win 0,0-1,1", "Freezing one weight has no images; Digits, 8x8 has some"),
        ("panel quality", "Freezing one weight has no panel “quality”, it has transport"),
    ],
)
def test_what_is_not_on_the_bench_is_told_before_anything_is_done(line: str, fault: str) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)
    before = snapshot(session)

    with pytest.raises(ActionError) as caught:
        player.play(parse(f"step 3\nalpha 0.1\n\n{line}"))

    assert str(caught.value).startswith(f"line 4, {line}: {fault}")
    assert caught.value.line == 4
    assert snapshot(session) == before
    assert heard.began == heard.ends == []
    assert not player.playing


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("freeze 3 0,0-8,0", "the images have rows 0 to 7 and columns 0 to 7"),
        ("freeze x 0,0", "there is no output “x”"),
        ("draw 1798", "the shipped digits have numbers 1 to 1,797"),
        ("label 10", "there is no output “10”"),
        ("panel network", "Digits, 8x8 has no panel “network”, it has transport"),
        ("draw\n| .\n| .", "there is no ink"),
    ],
)
def test_what_images_do_not_have_is_told_too(line: str, fault: str) -> None:
    session = builtin("Digits, 8x8")
    player, _ = player_of(session)
    before = snapshot(session)

    with pytest.raises(ActionError) as caught:
        player.play(parse(f"step 3\n{line}"))

    shown = line.partition("\n")[0]
    assert str(caught.value).startswith(f"line 2, {shown}: {fault}")
    assert snapshot(session) == before


@pytest.mark.parametrize(
    ("script", "line", "fault"),
    [
        ("back", 1, "this is step 0, where it all began"),
        ("compare", 1, "predict comes before it"),
        ("predict\npredict", 2, "this step has its prediction already"),
        ("predict\nlearn", 2, "predict and compare come before it"),
        ("undo", 1, "nothing was changed that could be taken back"),
        ("redo", 1, "nothing was taken back that could be made again"),
        ("step 2\nseek 3", 2, "the last step that was made is 2, run to makes more"),
        ("step 2\nrun to 1", 2, "the bench is at step 2 already, seek goes back"),
        ("open Digits, 8x8", 1, "no other experiment can be opened here"),
    ],
)
def test_what_this_moment_does_not_allow_ends_the_script(
    qtbot: QtBot, script: str, line: int, fault: str
) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    play(qtbot, player, f"{script}\nalpha 0.5")

    action = script.splitlines()[line - 1]
    assert heard.ends == [(line, f"line {line}, {action}: {fault}")]
    assert session.state.setup.alpha == 0.3


class Library:
    """Opens built-in experiments, when it is asked to tell."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked: list[tuple[str, Told]] = []

    def __call__(self, name: str, told: Told) -> None:
        self.asked.append((name, told))

    def arrive(self) -> None:
        name, told = self.asked.pop()
        self._session.open(open_experiment(name))
        told("")


def test_an_experiment_is_waited_for_and_what_follows_is_looked_at_there(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    library = Library(session)
    player, heard = player_of(session, opening=library)

    player.play(parse("open Several outputs\nfreeze b\ntarget hurt 0.5"))
    assert player.playing
    library.arrive()
    qtbot.waitUntil(lambda: not player.playing)

    assert heard.ends == ["finished"]
    assert session.state.setup.frozen.tolist() == [[False], [True], [False]]


def test_a_saved_path_is_followed_to_its_end_before_anything_else_is_done(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    saved = replace(open_experiment("Several steps"), length=2000, position=1500)

    def put(_: str, told: Told) -> None:
        session.open(saved)
        told("")

    player, heard = player_of(session, opening=put)
    play(qtbot, player, "open it\nback")

    assert heard.ends == ["finished"]
    assert (session.playback.position, session.playback.length) == (1499, 2000)


def test_what_is_not_on_the_next_bench_leaves_it_as_it_was_opened(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    library = Library(session)
    player, heard = player_of(session, opening=library)

    player.play(parse("open Several outputs\nstep 1\nfreeze z"))
    library.arrive()

    assert heard.ends == [(3, "line 3, freeze z: “z” is not a weight here: they run from a to c")]
    assert session.playback.position == 0


def test_what_cannot_be_opened_ends_the_script_and_late_news_is_not_heard() -> None:
    session = builtin(NETWORK)
    library = Library(session)
    player, heard = player_of(session, opening=library)

    player.play(parse("open Nothing\nstep 1"))
    _, told = library.asked.pop()
    told("no experiment and no file is called 'Nothing'")
    told("")

    assert heard.ends == [
        (1, "line 1, open Nothing: no experiment and no file is called 'Nothing'")
    ]
    assert session.playback.position == 0


def test_another_experiment_on_the_bench_ends_the_script(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("step 1\nstep 1"), pace=30.0)
    session.open(open_experiment("Several outputs"))

    assert heard.ends == [(1, "line 1, step 1: another experiment was put on the bench")]
    assert session.playback.position == 0


def test_a_second_script_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    session = builtin(NETWORK)
    player, heard = player_of(session)

    player.play(parse("step 1\nalpha 0.5"), pace=30.0)
    play(qtbot, player, "step 2")

    assert heard.ends == ["stopped", "finished"]
    assert (session.playback.position, session.state.setup.alpha) == (3, 0.3)


def test_a_picture_of_the_size_of_the_images_is_taken_as_it_is(qtbot: QtBot) -> None:
    session = builtin("Digits, 8x8")
    player, _ = player_of(session)
    rows = ["........", "...##...", "..#..#..", "..#..5..", "..#..#..", "..#..#..", "...##..."]
    rows.append("........")

    play(qtbot, player, "draw\n" + "\n".join(f"| {row}" for row in rows))

    levels = {".": 0.0, "#": 1.0, "5": 0.5}
    assert session.state.inputs.tolist() == [levels[sign] for row in rows for sign in row]
    assert session.edits.count == 1


def test_a_label_is_what_the_button_of_it_says(qtbot: QtBot) -> None:
    session = builtin("Digits, 8x8")
    player, _ = player_of(session)

    play(qtbot, player, "label 3")

    assert session.state.target.tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert session.edits.undo_text == "labelled 3"
