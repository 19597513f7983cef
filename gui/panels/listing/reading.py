"""What the listing shows of one moment: its lines, and what each has made so far. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model.door import say
from model.experiment import Experiment
from model.listing.bench import listing, made_at_once, part_names, walk
from model.listing.expressions import Value
from model.listing.lines import Listing, Ref
from model.listing.program import Form, Program
from model.listing.told import told, value_text
from model.listing.walk import Moment
from model.network import Floats
from model.phase import StepPart
from model.words.numbers import exact

# The parts of a step that are over, and at last under way, when a part has been made.
_UP_TO = {
    StepPart.REST: (StepPart.PREDICT, StepPart.COMPARE, StepPart.LEARN),
    StepPart.PREDICT: (StepPart.PREDICT,),
    StepPart.COMPARE: (StepPart.PREDICT, StepPart.COMPARE),
    StepPart.LEARN: (StepPart.PREDICT, StepPart.COMPARE, StepPart.LEARN),
}


@dataclass
class Beside:
    """What stands beside a line: a text, and where it is of images, pictures (n, rows, cols).

    ``ink`` says that they are of inputs, from 0 to 1, and not of signed numbers; ``exact`` is a
    single number with every figure.
    """

    text: str
    pictures: Floats | None = None
    changed: bool = False
    ink: bool = False
    exact: str = ""


class Reading:
    """A listing at one moment: a part of the step as a whole, or one line of it.

    ``column`` and ``output`` are what is looked into.
    """

    def __init__(
        self,
        program: Program,
        form: Form,
        part: StepPart,
        column: int | None = None,
        output: int | None = None,
    ) -> None:
        self.program = program
        self.form: Form = form
        self.column, self.output = column, output
        self.listing: Listing = listing(program, form, column, output)
        self.part = part
        self.beside: dict[int, Beside] = {}
        # The moment that is shown, while lines are gone through one by one.
        self.moment: Moment | None = None
        # What the program stops with, if it does; nothing comes after it.
        self.fault: Moment | None = None
        self._way: Iterator[Moment] | None = None
        self._next: Moment | None = None
        self._show_part()

    # -- parts ---------------------------------------------------------------------------------

    def _show_part(self) -> None:
        """Show what all parts of the step so far have made."""
        wanted = _UP_TO[self.part]
        stops = self.form == "python" and self.program.slip.stops(self.program.shape)
        if self.form == "formulas" or stops:
            for moment in self._walk():
                if self.part_of(moment) in wanted:
                    self._note(moment)
        else:
            made = made_at_once(self.program, self.form, self.listing)
            for number, value in made.items():
                if self.listing.lines[number].part in wanted:
                    self.beside[number] = self._beside(value_text(value), value)
        for number, beside in self.beside.items():
            beside.changed = self.listing.lines[number].part is self.part

    def show(self, part: StepPart) -> None:
        """Show a part of the step as a whole, at no line of it."""
        self.part = part
        self.beside.clear()
        self.moment = self.fault = self._way = self._next = None
        self._show_part()

    def part_of(self, moment: Moment) -> StepPart:
        """The part of the step that a line belongs to, or was called from."""
        return self.listing.lines[self.listing.first + moment.top - 1].part

    # -- lines -----------------------------------------------------------------------------------

    @property
    def at_line(self) -> bool:
        """Whether lines are gone through one by one."""
        return self._way is not None

    def begin_lines(self) -> None:
        """Go on line by line from the end of the part that is shown."""
        part, self.beside, self.fault = self.part, {}, None
        self._way = self._walk()
        done = () if part is StepPart.REST else _UP_TO[part]
        for moment in self._way:
            if self.part_of(moment) not in done:
                self._next = moment
                return
            self._note(moment)
        self._next = None

    def look_ahead(self) -> Moment | None:
        """The line that comes next; None where there is none."""
        if self._next is None and self._way is not None and self.fault is None:
            self._next = next(self._way, None)
        return self._next

    def take(self) -> Moment | None:
        """Carry out the line that comes next."""
        moment, self._next = self.look_ahead(), None
        if moment is not None:
            for beside in self.beside.values():
                beside.changed = False
            self._note(moment)
            self.moment = moment
            self.part = self.part_of(moment)
        return moment

    def _walk(self) -> Iterator[Moment]:
        return iter(walk(self.program, self.form, self.listing, self.column, self.output))

    def _note(self, moment: Moment) -> None:
        number = self.line_of(moment)
        self.beside[number] = self._beside(told(moment), moment.value)
        if moment.fault:
            self.fault = moment
            # Also at the line of the step that called the function which stops.
            self.beside[self.listing.first + moment.top - 1] = Beside(told(moment), changed=True)

    def line_of(self, moment: Moment) -> int:
        """The number of the line that a moment is of, from 0."""
        return self.listing.first + moment.line - 1

    def _beside(self, text: str, value: Value) -> Beside:
        """What stands beside a line that has just made a value.

        A row of inputs, and a row for each output, are shown as images where inputs are images.
        """
        shape = self.program.experiment.image_shape
        if isinstance(value, float):
            return Beside(text, changed=True, exact=exact(value))
        if shape is None or np.shape(value)[-1:] != (shape[0] * shape[1],):
            return Beside(text, changed=True)
        images = np.asarray(value, dtype=np.float64).reshape(-1, *shape)
        return Beside(text, images, True, np.ndim(value) == 1)

    # -- what is spoken of ---------------------------------------------------------------------

    @property
    def first_of_steps(self) -> int:
        """The line at which the loop over the steps begins; formulas have nothing before it."""
        lines = enumerate(self.listing.lines)
        return next((at for at, line in lines if line.seen.startswith("for step in")), 0)

    @property
    def now(self) -> int | None:
        """The line that was carried out last, while they are gone through."""
        return None if self.moment is None else self.line_of(self.moment)

    @property
    def lit_parts(self) -> list[str]:
        """The names of the parts of the bench that the line at hand speaks of."""
        if self.moment is None:
            return []
        refs = (self.moment.made, *self.moment.reads)
        return part_names(self.program.experiment, refs)

    def is_lit(self, number: int) -> bool:
        """Whether a line is of the part that is shown."""
        part = self.listing.lines[number].part
        return self.part is not StepPart.REST and part is self.part

    def lines_naming(self, refs: set[Ref]) -> list[int]:
        """The lines that name one of these places, each with an index of its own."""
        return [
            number
            for number, line in enumerate(self.listing.lines)
            if any(span.ref in refs for span in line.spans)
        ]

    def told_line(self, number: int) -> str:
        """A line for whoever cannot see it: its text, what it made, and whether that is new."""
        text = self.listing.lines[number].seen.strip()
        beside = self.beside.get(number)
        value = "" if beside is None else beside.text.replace("\n", "; ")
        if beside is None:
            return say("line {n:,}: {text}", n=number + 1, text=text)
        if beside.changed:
            return say(
                "line {n:,}: {text}; it made {value}, new", n=number + 1, text=text,
                value=value,
            )  # fmt: skip
        return say(
            "line {n:,}: {text}; it made {value}", n=number + 1, text=text, value=beside.text
        )


def refs_of(experiment: Experiment, family: str, cell: tuple[int, ...]) -> set[Ref]:
    """The places of the program that a part of the bench is."""
    if family == "pixel" and experiment.image_shape is not None:
        return {("input", (cell[0] * experiment.image_shape[1] + cell[1],))}
    return {(root, cell) for root in _ROOTS.get(family, ())}


_OF_A_WEIGHT, _OF_AN_OUTPUT = ("weights", "weight_deltas"), ("target", "pred", "delta", "error")
_ROOTS = {
    **dict.fromkeys(("weight", "weight_delta", "next", "padlock", "bowl"), _OF_A_WEIGHT),
    **dict.fromkeys(("output", "pred", "score"), _OF_AN_OUTPUT),
    "input": ("input",), "target": ("target",), "label": ("target",), "delta": ("delta",),
    "error": ("error",), "alpha": ("alpha",),
}  # fmt: skip
