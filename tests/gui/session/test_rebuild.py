"""Another form of the experiment is one entry of the same undo, and all of it comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gui.session import Session
from model.building import columns, names, rows
from model.building.parts import Parts, experiment_of, parts_of, whole
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.path.saved import saved_path
from tests.gui.helpers.bench import builtin, made_up
from tests.model.made_up import bits

_FEW = settings(max_examples=8, stateful_step_count=25, deadline=None)


def now(session: Session) -> Parts:
    state = session.state
    return parts_of(session.experiment, state.setup, state.weights, state.step)


def rebuilt(session: Session, parts: Parts, label: str = "other rows") -> bool:
    return session.rebuild(experiment_of(parts), label)


@dataclass(frozen=True)
class Seen:
    """All that undo has to bring back, as bytes and numbers."""

    names: tuple[str, ...]
    position: int
    length: int
    bits: bytes


def seen(session: Session) -> Seen:
    experiment, path = session.experiment, session.bench.path
    inputs, targets = whole(session.state.setup.examples)
    every = b"".join((bits(path), inputs.tobytes(), targets.tobytes()))
    return Seen(
        (*experiment.inputs, "|", *experiment.outputs, str(experiment.constant)),
        session.playback.position, session.playback.length, every,
    )  # fmt: skip


class Mixed(RuleBasedStateMachine):
    """Edits, steps, looks, undo and redo, and changes of form, beside lists of what was there."""

    @initialize()
    def begin(self) -> None:
        self.session = made_up(
            [[1.0, 0.5], [0.25, -1.0], [0.5, 0.5]],
            [[1.0], [0.0], [0.5]],
            [[0.1, 0.2]],
            0.1,
            "cycle",
        )
        self.before: list[Seen] = []
        self.after: list[Seen] = []
        self.undone: list[tuple[Seen, Seen]] = []
        self.fresh = 0
        self.made = self.session.edits.made

    def note(self, was: Seen) -> None:
        """The oracle: what was there before an entry, and what it made."""
        if self.session.edits.made is not self.made:
            self.made = self.session.edits.made
            self.before.append(was)
            self.after.append(seen(self.session))
            self.undone.clear()

    @rule(n=st.integers(1, 6))
    def step(self, n: int) -> None:
        self.session.playback.take(n)

    @rule(part=st.floats(0, 1))
    def look(self, part: float) -> None:
        self.session.playback.seek(round(part * self.session.playback.length))

    @rule(value=st.floats(-2, 2), row=st.integers(0, 9), column=st.integers(0, 9))
    def type_a_number(self, value: float, row: int, column: int) -> None:
        was, session = seen(self.session), self.session
        setup = session.state.setup
        cell = (row % len(setup.examples), column % setup.examples.n_inputs)
        if cell[1] != setup.constant:
            session.edits.edit("inputs", (cell,), (value,))
            self.note(was)

    @rule(value=st.floats(-2, 2), number=st.integers(0, 9))
    def change_a_weight(self, value: float, number: int) -> None:
        was, weights = seen(self.session), self.session.experiment.weights
        output, column = divmod(number % weights.size, weights.shape[1])
        self.session.edits.set_weight(output, column, value)
        self.note(was)

    @rule(what=st.sampled_from(("input", "output", "row", "copy", "away", "up", "less", "order")))
    def change_form(self, what: str) -> None:
        was, parts = seen(self.session), now(self.session)
        self.fresh += 1
        name = f"new {self.fresh}"
        n = len(parts.rows)
        if what == "input":
            parts = columns.with_input(parts, name, 0.5, 0.25)
        elif what == "output":
            parts = columns.with_output(parts, name, 0.5, 0.25)
        elif what == "row":
            parts = rows.with_rows(parts, n, *rows.empty_rows(parts, 1))
        elif what == "copy":
            parts = rows.repeated(parts, [0])
        elif what == "up":
            parts = rows.reordered(parts, rows.order_of_move(n, [n - 1], -1))
        elif what == "order":
            parts = replace(parts, order="shuffle" if parts.order == "cycle" else "cycle", seed=3)
        elif what == "away" and n > 1:
            parts = rows.without_rows(parts, [0])
        elif what == "less" and len(parts.inputs) > 1:
            parts = columns.without_input(parts, 0)
        if len(parts.inputs) > 5 or len(parts.outputs) > 4:
            return
        assert rebuilt(self.session, parts)
        assert self.session.playback.position == 0
        assert self.session.state.weights.tobytes() == parts.weights.tobytes()
        self.note(was)

    @rule()
    def rename(self) -> None:
        was, session = seen(self.session), self.session
        self.fresh += 1
        renamed = names.renamed_input(session.experiment, 0, f"new {self.fresh}")
        assert session.rebuild(renamed, "name", session.bench.path)
        assert seen(session).bits == was.bits
        self.note(was)

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        wanted = self.before.pop()
        self.session.edits.undo()
        assert seen(self.session) == wanted
        self.made = self.session.edits.made
        self.undone.append((wanted, self.after.pop()))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        before, after = self.undone.pop()
        self.session.edits.redo()
        assert seen(self.session) == after
        self.made = self.session.edits.made
        self.before.append(before)
        self.after.append(after)

    @rule()
    def save_and_open(self) -> None:
        session = self.session
        position, length = session.playback.position, session.playback.length
        opened = parse(dump(session.experiment, session.path, position), _no_images)
        path = saved_path(opened)
        path.extend(length - path.length)
        assert seen(session).bits.startswith(bits(path))
        assert (opened.inputs, opened.outputs) == (
            session.experiment.inputs, session.experiment.outputs,
        )  # fmt: skip
        assert opened.position == position

    @invariant()
    def what_is_on_the_bench_fits_together(self) -> None:
        session = self.session
        shape = (len(session.experiment.outputs), len(session.experiment.inputs))
        assert session.state.weights.shape == shape == session.experiment.weights.shape


def _no_images(*_: object) -> NoReturn:
    raise AssertionError("no images are asked for")


def test_mixed_sequences_are_undone_and_redone_to_the_bit(qapp: object) -> None:
    run_state_machine_as_test(Mixed, settings=_FEW)


def test_all_that_is_looked_at_stays_where_it_is_still_there(qapp: object) -> None:
    session = builtin("Several inputs and outputs")
    session.view.show(output=2, log=True, weights=[(2, 2)], speed=30.0)

    rebuilt(session, columns.with_input(now(session), "wind", 0.0, 0.0))
    assert (session.view.output, session.view.log, session.view.speed) == (2, True, 30.0)
    assert session.view.weights.cells == ((2, 2),)

    rebuilt(session, columns.without_output(now(session), 0))
    assert session.view.output < 2
    session.edits.undo()
    session.edits.undo()
    assert session.view.log


def test_back_to_the_original_is_the_experiment_as_it_was_opened(qapp: object) -> None:
    session = builtin("The whole season")
    opened, was = session.experiment, seen(session)
    session.playback.take(5)
    rebuilt(session, rows.repeated(now(session), [0]))
    session.edits.set_weight(0, 0, 3.0)
    differed = session.edits.differs

    session.edits.back_to_original()
    assert session.experiment is opened
    assert seen(session) == was
    assert (differed, session.edits.differs) == (True, False)
    assert not session.edits.unsaved
    session.edits.undo()
    assert session.state.weights[0, 0] == 3.0
    assert len(session.state.setup.examples) == 5


def test_what_is_saved_and_what_is_not(qapp: object) -> None:
    session = builtin("The whole season")
    rebuilt(session, rows.repeated(now(session), [0]))
    assert session.edits.unsaved
    session.edits.mark_saved()
    session.edits.undo()
    assert session.edits.unsaved
    session.edits.redo()
    assert not session.edits.unsaved


def test_no_change_of_form_while_a_prediction_is_open_or_in_a_lesson(qapp: object) -> None:
    session = builtin("The whole season")
    told: list[str] = []
    session.notices.refused.connect(told.append)
    parts, experiment = now(session), session.experiment

    session.playback.lock("Answer first.")
    assert not rebuilt(session, rows.repeated(parts, [0]))
    session.playback.lock("")
    kept = session.set_aside(builtin("Several steps").experiment)
    assert not rebuilt(session, rows.repeated(now(session), [0]))
    session.bring_back(kept)

    assert told[0] == "Answer first."
    assert "leave the lesson" in told[1]
    assert session.experiment is experiment
    assert rebuilt(session, rows.repeated(parts, [0]))


def test_undo_of_large_tables_is_bounded_and_shares_what_did_not_change(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 8 * 2**20
    monkeypatch.setattr("gui.session.edits._ABANDONED_BYTES", bound)
    rng = np.random.default_rng(0)
    session = made_up([[1.0, 2.0]], [[1.0]], [[0.1, 0.2]], 0.01, "cycle")
    large = rng.normal(size=(10_000, 20))
    parts = replace(
        now(session), inputs=tuple(f"in {n}" for n in range(20)), rows=large,
        targets=rng.normal(size=(10_000, 1)), weights=np.zeros((1, 20)),
        frozen=np.zeros((1, 20), dtype=bool),
    )  # fmt: skip
    assert rebuilt(session, parts)

    session.rebuild(names.renamed_input(session.experiment, 0, "wind"), "name", session.bench.path)
    assert session.edits.nbytes < 10**5
    for _ in range(12):
        assert rebuilt(session, rows.repeated(now(session), [0]))
        assert session.edits.nbytes <= bound
    session.edits.undo()
    assert len(session.state.setup.examples) == 10_011


@pytest.mark.parametrize("name", ["Digits, 8x8", "Dot products"])
def test_why_some_experiments_keep_their_form(qapp: object, name: str) -> None:
    session = builtin(name)
    with pytest.raises(ValueError, match="examples are"):
        now(session)


def test_zeros_are_no_pairs_of_vectors(qapp: object) -> None:
    experiment: Experiment = made_up([[0.0, 0.0]], [[1.0]], [[0.0, 0.0]]).experiment
    assert not experiment.is_of_pairs
