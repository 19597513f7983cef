"""What is unsaved: what a person made and nothing else, whatever is undone and redone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.session import Session
from model.experiment import Experiment
from model.files.library import open_experiment
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.plain_loop import numbers_of

SEASON = "The whole season"


def test_looking_makes_nothing_unsaved() -> None:
    session = builtin(SEASON)
    session.edits.visit(2)
    session.view.show(speed=30)
    session.playback.step()
    session.edits.visit(0)

    assert session.edits.count == 2
    assert not session.edits.unsaved


def test_what_was_made_before_a_look_stays_unsaved() -> None:
    session = builtin(SEASON)
    session.edits.set_alpha(0.02)
    session.playback.step()
    session.edits.visit(2)
    assert session.edits.unsaved

    session.edits.undo()
    assert session.edits.unsaved
    session.edits.undo()
    assert not session.edits.unsaved


def test_a_drag_that_goes_on_after_saving_is_unsaved() -> None:
    session = builtin(SEASON)
    gesture = object()
    session.edits.set_alpha(0.02, gesture)
    session.edits.mark_saved()
    session.edits.set_alpha(0.03, gesture)
    assert session.edits.unsaved


def test_another_experiment_is_saved_whatever_was_said_of_the_one_before() -> None:
    session = builtin(SEASON)
    session.edits.mark_unsaved()
    session.open(builtin("Several steps").experiment)
    assert not session.edits.unsaved


# -- back to the original --------------------------------------------------------------------


def test_back_to_the_original_takes_all_away_and_can_be_undone() -> None:
    session = builtin("Several steps")
    original = numbers_of(session.state)
    session.edits.set_input(0, 0.0)
    session.playback.take(3)
    session.edits.set_weight(0, 1, 0.5)
    session.playback.take(2)
    made = numbers_of(session.state)
    command = session.commands["original"]
    assert command.isEnabled()

    command.trigger()

    assert numbers_of(session.state) == original
    assert (session.playback.position, session.playback.length) == (0, 0)
    assert not session.edits.differs
    assert not session.edits.unsaved
    assert not command.isEnabled()

    session.edits.undo()
    assert numbers_of(session.state) == made
    assert session.playback.length == 5
    assert session.edits.unsaved


def test_the_original_goes_on_as_it_did_the_first_time() -> None:
    session, plain = builtin(SEASON), builtin(SEASON)
    plain.playback.take(10)
    session.edits.set_alpha(0.02)
    session.playback.take(4)
    session.edits.back_to_original()
    session.playback.take(10)
    assert numbers_of(session.state) == numbers_of(plain.state)


def test_the_original_of_what_was_saved_with_edits_is_a_change_of_it() -> None:
    session = builtin(SEASON)
    session.edits.set_alpha(0.02)
    session.open(_saved(session))
    assert session.edits.differs
    assert not session.edits.unsaved

    session.edits.back_to_original()
    assert session.state.setup.alpha == open_experiment(SEASON).setup.alpha
    seen = [session.edits.unsaved]
    session.edits.undo()
    assert [*seen, session.edits.unsaved] == [True, False]


def _saved(session: Session) -> Experiment:
    return replace(session.experiment, edits=session.path.edits)


# -- any order -------------------------------------------------------------------------------

DEEDS = ("edit", "look", "step", "undo", "redo", "save", "original", "drag")


@dataclass
class Plain:
    """The same in plain lists: entries as pairs of what was made before and after."""

    made: int = 0
    saved: int = 0
    done: list[tuple[int, int]] = field(default_factory=list)
    undone: list[tuple[int, int]] = field(default_factory=list)
    newest: int = 0

    def add(self, made: int) -> None:
        self.done.append((self.made, made))
        self.undone.clear()
        self.made = made

    def look(self, count: int, could_redo: bool, can_redo: bool) -> None:
        """Nothing is made; the look may be an entry, be part of one, or take one back."""
        if can_redo and not could_redo:
            self.undone.append(self.done.pop())
            self.made = self.undone[-1][0]
        elif not can_redo and count == len(self.done) + 1:
            self.add(self.made)

    def fresh(self) -> int:
        self.newest += 1
        return self.newest


class Both:
    """The same deeds on a session and on the plain lists."""

    def __init__(self) -> None:
        self.session, self.plain = builtin(SEASON), Plain()
        self._drag = object()

    def edit(self, number: int) -> None:
        self.session.edits.set_alpha(0.001 + number * 1e-5)
        self.plain.add(self.plain.fresh())

    def drag(self, number: int) -> None:
        edits, plain = self.session.edits, self.plain
        count, could_redo = edits.count, edits.can_redo
        edits.set_weight(0, 0, 0.5123 + number / 100, self._drag)
        if edits.count == count and not could_redo:
            # The drag went on: its entry now ends in something new.
            plain.made = plain.fresh()
            plain.done[-1] = (plain.done[-1][0], plain.made)
        else:
            plain.add(plain.fresh())

    def look(self, number: int) -> None:
        edits = self.session.edits
        could_redo = edits.can_redo
        edits.visit(number % 4)
        self.plain.look(edits.count, could_redo, edits.can_redo)

    def step(self, _: int) -> None:
        self.session.playback.step()

    def undo(self, _: int) -> None:
        self.session.edits.undo()
        if self.plain.done:
            self.plain.undone.append(self.plain.done.pop())
            self.plain.made = self.plain.undone[-1][0]

    def redo(self, _: int) -> None:
        self.session.edits.redo()
        if self.plain.undone:
            self.plain.done.append(self.plain.undone.pop())
            self.plain.made = self.plain.done[-1][1]

    def save(self, _: int) -> None:
        self.session.edits.mark_saved()
        self.plain.saved = self.plain.made

    def original(self, _: int) -> None:
        if self.session.edits.differs:
            self.session.edits.back_to_original()
            self.plain.add(0)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(DEEDS), max_size=40))
def test_unsaved_is_right_in_any_order(deeds: list[str]) -> None:
    both = Both()
    for number, deed in enumerate(deeds):
        getattr(both, deed)(number)
        assert both.session.edits.unsaved == (both.plain.made != both.plain.saved)
