"""Examples, inputs and outputs added, removed, moved and named: each is one entry for undo.

The path begins anew with the weights of the moment, for its steps were made on other examples;
a change of names keeps it. All functions return whether it could be done; where not, nothing has
changed and the notices say why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gui.session.session import Session
from model.building import columns, names, rows
from model.building.parts import Parts, experiment_of, parts_of
from model.door import mark, say, say_count
from model.errors import ExperimentError
from model.examples import Order
from model.experiment import Experiment

_ORDERS: dict[Order, str] = {
    "first": mark("order: one example"),
    "cycle": mark("order: in turn"),
    "shuffle": mark("order: shuffled"),
}


def rebuild(session: Session, label: str, change: Callable[[Parts], Parts]) -> bool:
    """Put together what ``change`` makes of the parts of this moment; ``label`` is for undo."""
    why = session.why_not_rebuilt
    if why:
        session.notices.refuse(why)
        return False
    state = session.state
    try:
        parts = parts_of(session.experiment, state.setup, state.weights, state.step)
        experiment = experiment_of(change(parts))
    except ExperimentError as error:
        session.notices.refuse(str(error))
        return False
    return session.rebuild(experiment, label)


# -- examples ----------------------------------------------------------------------------------


def add_example(session: Session, at: int) -> bool:
    """Add an example at a place: all of it 0, but for the constant."""

    def change(parts: Parts) -> Parts:
        return rows.with_rows(parts, at, *rows.empty_rows(parts, 1))

    return rebuild(session, say("example added"), change)


def remove_examples(session: Session, places: Sequence[int]) -> bool:
    """Remove examples."""
    label = say_count("{n:,} example removed", "{n:,} examples removed", len(places))
    return rebuild(session, label, lambda parts: rows.without_rows(parts, places))


def repeat_examples(session: Session, places: Sequence[int]) -> bool:
    """Add copies of examples right behind the last of them."""
    label = say_count("{n:,} example repeated", "{n:,} examples repeated", len(places))
    return rebuild(session, label, lambda parts: rows.repeated(parts, places))


def move_examples(session: Session, places: Sequence[int], by: int) -> bool:
    """Move examples one place up (-1) or down (1)."""
    order = rows.order_of_move(len(session.state.setup.examples), places, by)
    if bool((order[:-1] < order[1:]).all()):
        return False
    label = say_count("{n:,} example moved", "{n:,} examples moved", len(places))
    return rebuild(session, label, lambda parts: rows.reordered(parts, order))


def set_order(session: Session, order: Order, seed: int) -> bool:
    """Visit the examples in another order from here on.

    One example, or all in turn, goes on from that on the bench; a shuffle begins a pass.
    """
    schedule = session.state.setup.schedule
    if (order, seed) == (schedule.order, schedule.seed):
        return True

    def change(parts: Parts) -> Parts:
        here = None if order == "shuffle" else parts.here
        return replace(parts, order=order, seed=seed, here=here)

    return rebuild(session, say(_ORDERS[order]), change)


# -- inputs and outputs ------------------------------------------------------------------------


def add_input(session: Session, name: str, value: float, weight: float) -> bool:
    """Add an input that is ``value`` in every example, and whose weights start at ``weight``."""

    def change(parts: Parts) -> Parts:
        return columns.with_input(parts, name, value, weight)

    return rebuild(session, say("input {name} added", name=name.strip()), change)


def add_constant(session: Session, name: str, weight: float) -> bool:
    """Add an input that is always 1, whose weights start at ``weight``."""

    def change(parts: Parts) -> Parts:
        return columns.with_constant(parts, name, weight)

    return rebuild(session, say("constant input added"), change)


def remove_input(session: Session, column: int) -> bool:
    """Remove an input with its weights."""
    label = say("input {name} removed", name=session.experiment.inputs[column])
    return rebuild(session, label, lambda parts: columns.without_input(parts, column))


def add_output(session: Session, name: str, value: float, weight: float) -> bool:
    """Add an output with the target ``value`` in every example; its weights start at ``weight``."""

    def change(parts: Parts) -> Parts:
        return columns.with_output(parts, name, value, weight)

    return rebuild(session, say("output {name} added", name=name.strip()), change)


def remove_output(session: Session, output: int) -> bool:
    """Remove an output with its weights."""
    label = say("output {name} removed", name=session.experiment.outputs[output])
    return rebuild(session, label, lambda parts: columns.without_output(parts, output))


def rename_input(session: Session, column: int, name: str) -> bool:
    """Give an input another name; the path stays."""
    label = say("input {name} renamed", name=session.experiment.inputs[column])
    return _rename(session, label, lambda old: names.renamed_input(old, column, name))


def rename_output(session: Session, output: int, name: str) -> bool:
    """Give an output another name; the path stays."""
    label = say("output {name} renamed", name=session.experiment.outputs[output])
    return _rename(session, label, lambda old: names.renamed_output(old, output, name))


def _rename(session: Session, label: str, change: Callable[[Experiment], Experiment]) -> bool:
    old = session.experiment
    try:
        new = change(old)
    except ExperimentError as error:
        session.notices.refuse(str(error))
        return False
    if (new.inputs, new.outputs) == (old.inputs, old.outputs):
        return True
    return session.rebuild(new, label, session.bench.path)
