"""A bench without a window, on which actions are done as the session does them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from model.actions import Action
from model.actions.kinds import Picture, Region
from model.actions.spaces import check_asked, first_space
from model.curves import AlphaZones, alpha_zones
from model.door import say
from model.edits import Edit, EditError, says_nothing_new
from model.experiment import Experiment
from model.files.mnist import load_digits8
from model.image_input import framed
from model.lessons.futures import whole_path
from model.listing.slips import check_slip
from model.network import Floats
from model.path import Path, State
from model.path.path import Snapshot
from model.phase import Phase
from model.words.names import weight_cell
from model.words.parts import panel_keys, part

# A solution that needs more is nothing that a learner would do.
MAX_STEPS = 100_000


class Refused(ValueError):
    """What cannot be done on this bench; one sentence for a person."""


_Moment = tuple[Snapshot, int]


@dataclass(frozen=True)
class _Change:
    """What undo takes back: the moments before and after it."""

    before: _Moment
    after: _Moment


def small_steps(actions: tuple[Action, ...]) -> Iterator[Action]:
    """The same actions, with the last step of several as an action of its own."""
    for action in actions:
        count = action.values[0] if action.values else 0
        if action.verb in ("step", "run to") and isinstance(count, int) and count > 1:
            yield Action(action.verb, (count - 1,), action.line)
            yield Action("step", (1,), action.line)
        else:
            yield action


class Bench:
    """An experiment, its path, the position on it, and what can be taken back.

    ``opening`` finds the experiment that ``open`` names; it raises ValueError where there is none.
    """

    def __init__(self, experiment: Experiment, opening: Callable[[str], Experiment]) -> None:
        self._opening = opening
        self._taken = 0
        self._begin(experiment)

    def _begin(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.path: Path = whole_path(experiment)
        self.position = experiment.position
        self.phase = Phase.READY
        self.slip: str | None = None
        self.space: str = first_space(experiment)
        self._undone: list[_Change] = []
        self._done: list[_Change] = []
        # The last look at another example, and which one there was before it.
        self._looked: _Change | None = None
        self._before_look: int | None = None

    @property
    def state(self) -> State:
        """All numbers of the step that is looked at."""
        return self.path.state(self.position)

    @property
    def zones(self) -> AlphaZones:
        """What alpha does at that step."""
        return alpha_zones(self.path.setup_at(self.position))

    def do(self, action: Action) -> None:
        """Do one action. Raises ValueError, with one sentence, where it cannot be done here."""
        _DEEDS[action.verb](self, *action.values)

    # -- time ----------------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Put another experiment there, as it is when it is opened."""
        self._begin(self._opening(name))

    def step(self, count: int) -> None:
        """Take so many steps."""
        self.run_to(self.position + count)

    def run_to(self, step: int) -> None:
        """Go on to a step, along the path and beyond its end."""
        if step < self.position:
            raise Refused(
                say(
                    "the bench is at step {position:,} already, seek goes back",
                    position=self.position,
                )
            )
        if step == self.position:
            return
        if step > MAX_STEPS:
            raise Refused(say("a lesson goes no further than step {most:,}", most=MAX_STEPS))
        if step > self.path.length:
            self._taken += self.path.extend(step - self.path.length)
        if self._taken > MAX_STEPS:
            raise Refused(say("a page takes no more than {most:,} steps", most=MAX_STEPS))
        self._look(min(step, self.path.length))
        if self.position == step:
            return
        if self.path.lacks_label:
            raise Refused(say("the image has no label yet, label comes before it"))
        raise Refused(say("the path ends at step {last:,}", last=self.position))

    def seek(self, step: int) -> None:
        """Look at a step that was made already."""
        if step > self.path.length:
            raise Refused(
                say(
                    "the last step that was made is {last:,}, run to makes more",
                    last=self.path.length,
                )
            )
        self._look(step)

    def back(self) -> None:
        """Go back by what was done of this step, or else by one step."""
        if self.phase is not Phase.READY:
            self.phase = Phase.READY
        elif self.position:
            self._look(self.position - 1)
        else:
            raise Refused(say("this is step 0, where it all began"))

    def reset(self) -> None:
        """Go back to step 0; the steps stay."""
        self._look(0)

    def _look(self, step: int) -> None:
        self.position, self.phase = step, Phase.READY

    def predict(self) -> None:
        """The first part of a step."""
        if self.phase is not Phase.READY:
            raise Refused(say("this step has its prediction already"))
        self.phase = Phase.PREDICTED

    def compare(self) -> None:
        """The second part."""
        if self.phase is not Phase.PREDICTED:
            raise Refused(say("predict comes before it, and it comes once"))
        if not self.state.is_labelled:
            raise Refused(say("the image has no label yet, label comes before it"))
        self.phase = Phase.COMPARED

    def learn(self) -> None:
        """The third part: the weights change."""
        if self.phase is not Phase.COMPARED:
            raise Refused(say("predict and compare come before it"))
        self.step(1)

    # -- changes -------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last change."""
        if not self._done:
            raise Refused(say("nothing was changed that could be taken back"))
        change = self._done.pop()
        self._undone.append(change)
        self._restore(change.before)

    def redo(self) -> None:
        """Make again what was taken back."""
        if not self._undone:
            raise Refused(say("nothing was taken back that could be made again"))
        change = self._undone.pop()
        self._done.append(change)
        self._restore(change.after)

    def _moment(self) -> _Moment:
        return self.path.snapshot(), self.position

    def _restore(self, moment: _Moment) -> None:
        self.path.restore(moment[0])
        self._look(moment[1])

    def edit(self, kind: str, to: tuple[float, ...], at: tuple[tuple[int, int], ...] = ()) -> None:
        """Make one change at the position."""
        edit = Edit(self.position, kind, to, at)
        before = self._moment()
        state = self.state
        try:
            new = not says_nothing_new(state.setup, state.weights, edit)
            if new:
                self.path.edit(edit)
        except (EditError, IndexError) as error:
            raise Refused(str(error)) from error
        if new:
            self._done.append(_Change(before, self._moment()))
            self._undone.clear()
            self._look(self.position)

    def set_alpha(self, value: float) -> None:
        """Change alpha from here on."""
        self.edit("alpha", (value,))

    def set_weight(self, letters: str, value: float) -> None:
        """Give a weight another value."""
        self.edit("weights", (value,), (weight_cell(self.experiment, letters),))

    def set_input(self, name: str, value: float) -> None:
        """Change an input of what is on the bench."""
        self._set_row("inputs", _place(self.experiment.inputs, name), value)

    def set_target(self, name: str, value: float) -> None:
        """Change a target of what is on the bench."""
        self._set_row("targets", _place(self.experiment.outputs, name), value)

    def _set_row(self, kind: str, column: int, value: float) -> None:
        state = self.state
        if state.example is not None:
            self.edit(kind, (value,), ((state.example, column),))
            return
        inputs = state.inputs.copy()
        target = state.target.copy() if state.is_labelled else np.zeros(len(state.target))
        (inputs if kind == "inputs" else target)[column] = value
        labelled = state.is_labelled or kind == "targets"
        self._put(inputs, target if labelled else None)

    def freeze(self, frozen: bool, name: str, region: Region | None) -> None:
        """Freeze or unfreeze a weight by its letter, or pixels of an output."""
        if region is None:
            cells: list[tuple[int, int]] = [weight_cell(self.experiment, name)]
        else:
            output = _place(self.experiment.outputs, name)
            rows, columns = shape = self._image_shape()
            if not region.lies_in(shape):
                raise Refused(
                    say("the images have {rows} rows and {columns} columns",
                        rows=rows, columns=columns)
                )  # fmt: skip
            cells = [(output, column) for column in region.inputs(columns)]
        self.edit("frozen", (float(frozen),) * len(cells), tuple(cells))

    # -- images --------------------------------------------------------------------------------

    def draw(self, what: int | Picture) -> None:
        """Let a drawn image take the place of this step's example."""
        shape = self._image_shape()
        gray = what.gray if isinstance(what, Picture) else _shipped(what)
        self._put(gray.ravel() if gray.shape == shape else framed(gray, shape), None)

    def label(self, name: str) -> None:
        """Say of which class the image on the bench is."""
        self._image_shape()
        state = self.state
        target = np.zeros(len(state.target))
        target[_place(self.experiment.outputs, name)] = 1.0
        if state.example is None:
            self._put(state.inputs, target)
            return
        cells = tuple((state.example, column) for column in range(len(target)))
        self.edit("targets", tuple(target.tolist()), cells)

    def visit(self, number: int) -> None:
        """Let this step visit another example, counted from 1.

        One look after the other is one change, as on the bench, and none where it began.
        """
        if self.state.example == number - 1:
            return
        looking = self._look_under_way
        if looking and self._before_look == number - 1:
            self.undo()
            return
        before = self._done.pop().before if looking else None
        if not looking:
            self._before_look = self.state.example
        self.edit("visit", (float(number - 1),))
        if before is not None:
            self._done[-1] = replace(self._done[-1], before=before)
        self._looked = self._done[-1]

    @property
    def _look_under_way(self) -> bool:
        """Whether the last change was a look, at this step, and nothing followed it."""
        last = self._done[-1] if self._done else None
        here = last is not None and last is self._looked and last.after[1] == self.position
        return here and self.path.length == self.position and not self._undone

    def _put(self, inputs: Floats, target: Floats | None) -> None:
        row = inputs.tolist() + ([] if target is None else target.tolist())
        self.edit("guest", tuple(row))

    def _image_shape(self) -> tuple[int, int]:
        shape = self.experiment.image_shape
        if shape is None:
            raise Refused(say("{name} has no images", name=self.experiment.name))
        return shape

    # -- what is looked at ---------------------------------------------------------------------

    def show_panel(self, key: str) -> None:
        """Look at a panel: nothing changes, but it must be there."""
        if key not in panel_keys(self.experiment):
            raise Refused(
                say("there is no panel “{key}” here, there are {keys}",
                    key=key, keys=", ".join(panel_keys(self.experiment)))
            )  # fmt: skip

    def show_output(self, name: str) -> None:
        """Look into an output."""
        _place(self.experiment.outputs, name)

    def select(self, name: str) -> None:
        """Look at a named part."""
        part(self.experiment, name)

    def put_slip(self, key: str) -> None:
        """Put a printed slip into the listing, or take it out."""
        self.slip = check_slip(key)

    def show_space(self, name: str) -> None:
        """Show something else of the space of images."""
        self.space = check_asked(name)

    def show_images(self, _: object) -> None:
        """Show the weight images in another way."""
        self._image_shape()


def _place(names: tuple[str, ...], name: str) -> int:
    if name not in names:
        raise Refused(
            say("there is no “{name}” here, there are {names}",
                name=name[:40], names=", ".join(names[:10]))
        )  # fmt: skip
    return names.index(name)


def _shipped(number: int) -> Floats:
    digits = load_digits8()
    images = np.concatenate([digits.images, digits.held_out_images])
    if number > len(images):
        raise Refused(say("the shipped digits have numbers 1 to {last:,}", last=len(images)))
    image: Floats = images[number - 1].reshape(digits.shape)
    return image


def _freeze(bench: Bench, name: str, region: Region | None = None) -> None:
    bench.freeze(True, name, region)


def _unfreeze(bench: Bench, name: str, region: Region | None = None) -> None:
    bench.freeze(False, name, region)


def _no_change(*_: object) -> None:
    """What concerns the window alone."""


_DEEDS: dict[str, Callable[..., None]] = {
    "open": Bench.open,
    "step": Bench.step,
    "back": Bench.back,
    "predict": Bench.predict,
    "compare": Bench.compare,
    "learn": Bench.learn,
    "seek": Bench.seek,
    "run to": Bench.run_to,
    "reset": Bench.reset,
    "undo": Bench.undo,
    "redo": Bench.redo,
    "speed": _no_change,
    "alpha": Bench.set_alpha,
    "weight": Bench.set_weight,
    "input": Bench.set_input,
    "target": Bench.set_target,
    "freeze": _freeze,
    "unfreeze": _unfreeze,
    "draw": Bench.draw,
    "label": Bench.label,
    "visit": Bench.visit,
    "panel": Bench.show_panel,
    "output": Bench.show_output,
    "select": Bench.select,
    "slip": Bench.put_slip,
    "space": Bench.show_space,
    "one scale": _no_change,
    "hot and cold": _no_change,
    "quantity": Bench.show_images,
    "scale": Bench.show_images,
}
