"""Edits, steps, looks, undo and redo in any order, saved and opened again, against plain lists.

A person's sequence of actions is drawn at random, and done twice: on a session, and on an oracle
that knows nothing but a list of edits, a length and a position, and computes its numbers by the
plain loop. `make sequences` draws 300 of them; WEIGHTBENCH_SEQUENCES says how many.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.files.documents import Documents
from gui.session import Session
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.files.library import open_experiment
from model.path import State
from tests.gui.helpers.bench import made_up
from tests.model.reference import Bench, learn, look

N_SEQUENCES = int(os.environ.get("WEIGHTBENCH_SEQUENCES", "15"))
INPUTS = [[0.8, 0.65, 0.2], [0.95, 0.1, -0.5], [0.3, -0.4, 0.9], [0.0, 1.0, 0.5]]
TARGETS = [[1.0, 0.1], [0.0, -0.3], [0.5, 0.2], [0.25, 0.75]]
WEIGHTS = [[0.1, 0.2, -0.1], [0.0, -0.3, 0.4]]
ALPHA = 0.1
VALUES = st.sampled_from([-1.5, -0.25, 0.0, 0.1, 0.7, 2.0])


@dataclass(frozen=True)
class Change:
    """One change of the oracle: which number, and what it becomes, once so many steps are done."""

    step: int
    kind: str
    at: tuple[int, int]
    to: float


@dataclass(frozen=True)
class Was:
    """What the oracle knows of one moment."""

    changes: tuple[Change, ...] = ()
    length: int = 0
    position: int = 0


@dataclass
class Numbers:
    """What is on the bench at one step, in lists."""

    bench: Bench[float]
    visits: int

    def change(self, change: Change) -> None:
        """Make one change."""
        row, column = change.at
        if change.kind == "alpha":
            self.bench.alpha = change.to
        elif change.kind == "visit":
            self.visits = row
        elif change.kind == "frozen":
            self.bench.frozen[row][column] = bool(change.to)
        else:
            table: list[list[float]] = getattr(self.bench, change.kind)
            table[row][column] = change.to


def computed(was: Was, step: int) -> Numbers:
    """The numbers of a step, by the plain loop from the beginning."""
    inputs, targets, weights = ([list(row) for row in t] for t in (INPUTS, TARGETS, WEIGHTS))
    frozen = [[False] * 3 for _ in WEIGHTS]
    numbers = Numbers(Bench(inputs, targets, weights, frozen, ALPHA), 0)
    for now in range(step + 1):
        for change in was.changes:
            if change.step == now:
                numbers.change(change)
        if now < step:
            bench, here = numbers.bench, numbers.visits
            learn(bench, look(bench.weights, bench.inputs[here], bench.targets[here]))
            numbers.visits = (here + 1) % len(INPUTS)
    return numbers


class Sequences(RuleBasedStateMachine):
    """All that a person may do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.session = made_up(INPUTS, TARGETS, WEIGHTS, ALPHA, order="cycle")
        self.was = Was()
        self.undone: list[tuple[Was, Was]] = []
        self.done: list[tuple[Was, Was]] = []
        # The numbers of each step there ever was, by the changes that led to it.
        self.bits: dict[tuple[tuple[Change, ...], int], bytes] = {}

    def teardown(self) -> None:
        self.session.playback.pause()

    # -- what is done ---------------------------------------------------------------------

    @rule(n=st.integers(1, 6))
    def take(self, n: int) -> None:
        self.session.playback.take(n)
        position = self.was.position + n
        self.was = Was(self.was.changes, max(self.was.length, position), position)

    @rule(part=st.floats(0.0, 1.0))
    def seek(self, part: float) -> None:
        step = round(part * self.was.length)
        self.session.playback.seek(step)
        self.was = Was(self.was.changes, self.was.length, step)

    @rule(to=st.sampled_from([0.02, 0.1, 0.15, 0.3]))
    def alpha(self, to: float) -> None:
        self._edit("alpha", (0, 0), to)

    @rule(row=st.integers(0, 1), column=st.integers(0, 2), to=VALUES)
    def weight(self, row: int, column: int, to: float) -> None:
        self._edit("weights", (row, column), to)

    @rule(row=st.integers(0, 1), column=st.integers(0, 2), to=st.sampled_from([0.0, 1.0]))
    def freeze(self, row: int, column: int, to: float) -> None:
        self._edit("frozen", (row, column), to)

    @rule(row=st.integers(0, 3), column=st.integers(0, 2), to=VALUES)
    def example(self, row: int, column: int, to: float) -> None:
        self._edit("inputs", (row, column), to)

    @rule(row=st.integers(0, 3), column=st.integers(0, 1), to=VALUES)
    def target(self, row: int, column: int, to: float) -> None:
        self._edit("targets", (row, column), to)

    @rule(row=st.integers(0, 3))
    def visit(self, row: int) -> None:
        self._edit("visit", (row, 0), 0.0)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.session.edits.undo()
        entry = self.done.pop()
        self.undone.append(entry)
        self.was = entry[0]
        self._check_all()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.session.edits.redo()
        entry = self.undone.pop()
        self.done.append(entry)
        self.was = entry[1]
        self._check_all()

    @rule()
    def save_and_reopen(self) -> None:
        self.session = reopened(self.session)
        self.done, self.undone = [], []
        self._check_all()

    def _edit(self, kind: str, at: tuple[int, int], to: float) -> None:
        edits, position = self.session.edits, self.was.position
        before = computed(self.was, position)
        if kind == "visit":
            assert edits.edit(kind, (), (at[0],))
            same = False
        elif kind == "alpha":
            assert edits.set_alpha(to)
            same = before.bench.alpha == to
        else:
            # Weights are computed, and those of the session may differ in the last bit.
            now = self._shown(kind, at)
            assert edits.edit(kind, (at,), (to,))
            same = now == to
        if same:
            # What says nothing new costs no future.
            return
        kept = [change for change in self.was.changes if change.step <= position]
        after = Was((*kept, Change(position, kind, at, to)), position, position)
        self.done.append((self.was, after))
        self.undone = []
        self.was = after

    def _shown(self, kind: str, at: tuple[int, int]) -> float:
        state = self.session.state
        if kind == "weights":
            return float(state.weights[at])
        if kind == "frozen":
            return float(state.setup.frozen[at])
        inputs, target = state.setup.examples.inputs(at[0]), state.setup.examples.target(at[0])
        return float((inputs if kind == "inputs" else target)[at[1]])

    # -- what must hold -------------------------------------------------------------------

    @invariant()
    def it_is_as_the_oracle_says(self) -> None:
        playback = self.session.playback
        assert (playback.length, playback.position) == (self.was.length, self.was.position)
        assert self.session.edits.can_undo is bool(self.done)
        assert self.session.edits.can_redo is bool(self.undone)
        self._check(self.session.state)

    def _check_all(self) -> None:
        for step in range(self.was.length + 1):
            self._check(self.session.path.state(step))

    def _check(self, state: State) -> None:
        wanted = computed(self.was, state.step)
        bench = wanted.bench
        step = look(bench.weights, bench.inputs[wanted.visits], bench.targets[wanted.visits])
        assert state.example == wanted.visits
        assert state.setup.alpha == bench.alpha
        assert state.setup.frozen.tolist() == bench.frozen
        assert state.inputs.tolist() == bench.inputs[wanted.visits]
        assert state.target.tolist() == bench.targets[wanted.visits]
        for ours, theirs in zip(state.weights.tolist(), step.weights, strict=True):
            assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-11)
        assert state.pred.tolist() == pytest.approx(step.pred, rel=1e-9, abs=1e-11)
        # Whatever was done in between, the same changes make the same numbers to the last bit.
        led_here = tuple(change for change in self.was.changes if change.step <= state.step)
        found = b"".join(array.tobytes() for array in (state.weights, state.pred, state.delta))
        assert self.bits.setdefault((led_here, state.step), found) == found


def reopened(session: Session) -> Session:
    """What another session makes of the file that this one is saved to, once it has run there."""
    playback = session.playback
    length, position = playback.destination
    text = dump(session.experiment, session.path, position, length, session.view.values())
    again = Session(parse(text, lambda *_: pytest.fail("there are no images")))
    again.resume()
    while again.playback.running:
        QCoreApplication.processEvents()
    return again


def test_any_sequence_is_kept_to_the_last_bit(qapp: object) -> None:
    sequences = Sequences.TestCase
    sequences.settings = settings(
        max_examples=N_SEQUENCES, stateful_step_count=25, deadline=None,
        # To shrink a failure takes minutes.
        phases=[Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    sequences().runTest()


def numbers_of(session: Session, length: int) -> list[bytes]:
    """The numbers of a hundred steps of a path, ends and edits among them, to the last bit."""
    steps = {*range(0, length, max(1, length // 100)), *range(6), length - 1, length}
    states = map(session.path.state, sorted(steps))
    return [
        b"".join(each.tobytes() for each in (state.inputs, state.weights, state.pred, state.delta))
        for state in states
    ]


@pytest.mark.parametrize("name", ["Several inputs and outputs", "Digits, 8x8"])
def test_saved_while_it_runs_it_is_the_same_from_its_first_step_to_its_last(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "running.json"
    (first, session), (second, other) = (_opened(qtbot, open_experiment(name)) for _ in range(2))
    playback, again = session.playback, other.playback
    playback.take(3)
    session.edits.set_alpha(0.02)
    session.view.show(speed="fastest")
    playback.run()
    qtbot.waitUntil(lambda: playback.length > 60)
    assert playback.running
    length, position = playback.destination
    assert first.save_to(file)
    playback.pause()
    second.open(str(file))
    qtbot.waitUntil(
        lambda: not again.running and (again.length, again.position) == (length, position)
    )
    assert numbers_of(other, length) == numbers_of(session, length)
    for step in (0, length):
        again.seek(step)
        playback.seek(step)
        assert other.state.weights.tobytes() == session.state.weights.tobytes()


def _opened(qtbot: QtBot, experiment: Experiment) -> tuple[Documents, Session]:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(experiment, window)
    return Documents(session, None, window), session
