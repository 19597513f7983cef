"""Both ways between a listing and the bench: what is selected there, and what is done here."""

from __future__ import annotations

from gui.panels.listing.reading import Reading, refs_of
from gui.session import Session
from model.listing.formulas import MAX_LINES
from model.listing.lines import Change, Ref
from model.listing.slips import WrongNumber
from model.phase import StepPart
from model.words.parts import named, part

# Of a family.
_MAX_LIT = 24
_OF_A_WEIGHT = ("weight", "weight_delta", "next", "padlock", "bowl")


def selected(session: Session) -> tuple[str, tuple[int, ...]] | None:
    """Family and cell of what is selected on the bench."""
    name = session.view.part
    if name is None:
        return None
    found = part(session.experiment, name)
    return (found.family, found.cell) if found.cell or found.family == "alpha" else None


def selected_refs(session: Session) -> set[Ref]:
    """The places of the program that are selected on the bench."""
    found = selected(session)
    return set() if found is None else refs_of(session.experiment, *found)


def column_looked_into(session: Session) -> int | None:
    """The input that is gone into where there are many: the pixel, or that of a selection.

    None where all of them are gone into.
    """
    if session.experiment.image_shape is not None:
        return session.view.pixel
    if session.experiment.weights.size <= MAX_LINES:
        return None
    family, cell = selected(session) or ("", ())
    if family in _OF_A_WEIGHT:
        return cell[1]
    return cell[0] if family == "input" else 0


def line_that_makes(reading: Reading, wrong: WrongNumber) -> int | None:
    """The line of a step that makes the first wrong number."""
    lines = reading.listing.lines
    if reading.form != "formulas":
        with_slip = (n for n, line in enumerate(lines) if "the slip" in line.seen)
        return next(with_slip, None)
    root = {"weight": "weights", "weight_delta": "weight_deltas"}.get(wrong.term, wrong.term)
    made = (root, wrong.cell)
    # The last one: a weight is made where it is learnt.
    found = [n for n, line in enumerate(lines) if line.spans and line.spans[0].ref == made]
    return found[-1] if found else None


class Lights:
    """Lights parts of the bench, and puts out only what was lit from here."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._on = False

    def light(self, names: list[str]) -> None:
        """Light these parts or families, and no others; of many parts at once nobody sees one."""
        experiment = self._session.experiment
        few = [name for name in names if len(named(experiment, name)) <= _MAX_LIT]
        self._on = bool(few)
        self._session.parts.light(few)

    def put_out(self) -> None:
        """Light nothing any more."""
        if self._on:
            self.light([])


def make(session: Session, wanted: StepPart) -> bool:
    """Have the bench make a part of the step; returns whether it could."""
    playback = session.playback
    make_part = {
        StepPart.PREDICT: playback.predict,
        StepPart.COMPARE: playback.compare,
        StepPart.LEARN: playback.learn,
    }[wanted]
    make_part()
    return playback.part is wanted


def change_number(session: Session, change: Change, value: float, gesture: object) -> None:
    """Give what a number of the listing stands for another value."""
    session.playback.pause()
    edits, (row, column) = session.edits, change.at[0] if change.at else (0, 0)
    if change.kind == "alpha":
        edits.set_alpha(value, gesture)
    elif row < 0:
        # The numbers of a guest are those of this one step.
        set_number = edits.set_input if change.kind == "inputs" else edits.set_target
        set_number(column, value, gesture)
    else:
        edits.edit(change.kind, change.at, (value,), gesture=gesture)
