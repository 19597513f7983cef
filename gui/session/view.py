"""The one door to what is looked at, and how: panels read it and ask it, and hold none of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gui.session.checks.values import Check
from gui.session.checks.view import VIEW_CHECKS, Pair, Scale
from gui.session.playback import Playback
from gui.session.space.look import SpaceLook
from gui.session.weight_choice import WeightChoice
from model.door import say
from model.experiment import Experiment
from model.listing.program import Form
from model.words.parts import panel_keys, part
from model.words.pixels import Shown

if TYPE_CHECKING:
    from gui.session.contour.look import ContourLook


class View(QObject):
    """What a person looks at, by names that files, lessons and the window share.

    ``panel`` is the key of the panel brought to the front last, ``panels`` those in front of
    their places; ``output`` and ``pixel`` (a column of the inputs, or None) are what is looked
    into; ``part`` is the name of the part of the bench that was selected last, or None;
    ``weights`` which weights the plots show; ``quantity`` and ``scale`` what weight images show,
    ``enlarged`` whether that of the chosen output has all the room; ``log`` whether errors stand on
    a logarithmic axis; ``one_scale`` whether all error curves of weights have the same scale,
    ``hot_and_cold`` whether they have probes; ``pair`` the cell of the confusion matrix whose
    images are listed; ``form`` how the listing is written, ``slip`` the key of the slip put into
    it, or None; ``space`` how the space of images is looked at, ``two_weights`` how the error over
    two of them is; ``wide`` whether the side panels have most of the bench's room; ``speed`` the
    steps a second of a run.

    Signals
    -------
    changed(str) : one of these differs, by its name; a panel or a part was asked for
    """

    changed = Signal(str)

    def __init__(
        self, experiment: Experiment, playback: Playback, weights: WeightChoice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._playback = playback
        self.weights = weights
        weights.changed.connect(self._weights_changed)
        self._places: dict[str, str] = {}
        self._panels: tuple[str, ...] = ()
        self._output = self._first_output()
        self._pixel: int | None = None
        self._quantity: Shown = "weight"
        self._scale: Scale = "one"
        self._enlarged = False
        self._log = False
        self._one_scale = False
        self._hot_and_cold = False
        self._pair: Pair | None = None
        self._part: str | None = None
        self._form: Form = "python"
        self._slip: str | None = None
        self._space = SpaceLook.usual(experiment)
        self._two_weights: ContourLook | None = None
        self._wide = False
        self._defaults = self.values()

    # -- reading ---------------------------------------------------------------------------

    @property
    def panel(self) -> str:
        """The key of the panel that was brought to the front last; empty before."""
        return self._panels[-1] if self._panels else ""

    @property
    def panels(self) -> tuple[str, ...]:
        """The keys of the panels in front of their places, the last one chosen last."""
        return self._panels

    @property
    def output(self) -> int:
        """The output that is looked into."""
        return self._output

    @property
    def pixel(self) -> int | None:
        """The input that is looked into, as its column; None without one."""
        return self._pixel

    @property
    def quantity(self) -> Shown:
        """What each pixel of the weight images stands for."""
        return self._quantity

    @property
    def scale(self) -> Scale:
        """Which number has the fullest colour in the weight images."""
        return self._scale

    @property
    def enlarged(self) -> bool:
        """Whether the image of the chosen output has all the room of the weight images."""
        return self._enlarged

    @property
    def log(self) -> bool:
        """Whether errors stand on a logarithmic axis."""
        return self._log

    @property
    def one_scale(self) -> bool:
        """Whether all error curves of weights are drawn with the same scale."""
        return self._one_scale

    @property
    def hot_and_cold(self) -> bool:
        """Whether the error a little beside each dot of the error curves is shown."""
        return self._hot_and_cold

    @property
    def pair(self) -> Pair | None:
        """The cell of the confusion matrix that is looked into, (label, answer)."""
        return self._pair

    @property
    def space(self) -> SpaceLook:
        """How the space of images is looked at; ``show(space=...)`` takes what changes of it."""
        return self._space

    @property
    def two_weights(self) -> ContourLook:
        """How the error over two weights is looked at; ``show`` takes what changes of it."""
        self._two_weights = self._two_weights or _usual_contour(self._experiment)
        return self._two_weights

    @property
    def wide(self) -> bool:
        """Whether the side panels have most of the bench's room."""
        return self._wide

    @property
    def part(self) -> str | None:
        """The name of the part of the bench that was selected last."""
        return self._part

    @property
    def form(self) -> Form:
        """How the listing is written."""
        return self._form

    @property
    def slip(self) -> str | None:
        """The key of the slip that is put into the listing; None without one."""
        return self._slip

    @property
    def speed(self) -> float:
        """Steps a second of a run, or math.inf."""
        return self._playback.speed

    def values(self) -> dict[str, Any]:
        """All of it, in values that a file can hold."""
        return {
            "panels": list(self._panels),
            "output": self._output,
            "weights": [list(cell) for cell in self.weights.cells],
            "pixel": self._pixel,
            "quantity": self._quantity,
            "scale": self._scale,
            "enlarged": self._enlarged,
            "log": self._log,
            "one_scale": self._one_scale,
            "hot_and_cold": self._hot_and_cold,
            "pair": None if self._pair is None else list(self._pair),
            "part": self._part,
            "form": self._form,
            "slip": self._slip,
            "space": self._space.values(self._experiment),
            "two_weights": look.values(self._experiment) if (look := self._two_weights) else {},
            "wide": self._wide,
            "speed": "fastest" if math.isinf(self.speed) else self.speed,
        }

    @property
    def is_default(self) -> bool:
        """Whether all of it is as it is where nobody has asked for anything else."""
        return self.values() == self._defaults

    def settle(self) -> None:
        """Take what is chosen for an experiment by itself for the default of it.

        That is which panels are in front, the output and the weights; the rest has the same
        default everywhere.
        """
        now = self.values()
        self._defaults |= {name: now[name] for name in ("panels", "output", "weights")}

    # -- asking ----------------------------------------------------------------------------

    def show(self, **wanted: Any) -> None:
        """Look at something else, by the names above: ``show(panel="trace", output=2)``.

        ``panels`` brings several to the front. Raises ValueError, with one sentence that names
        what cannot be and with nothing changed, where a name or a value is none.
        """
        checked = self.check(**wanted)
        # A part brings its panel to the front, unless panels are asked for by name.
        for name in sorted(checked, key=lambda name: name in ("panel", "panels")):
            self._apply(name, checked[name])

    def check_for(self, experiment: Experiment, wanted: Mapping[str, Any]) -> None:
        """Raise ValueError as ``show`` would with this experiment on the bench."""
        for name, value in wanted.items():
            self._checked(experiment, name, value)

    def check(self, **wanted: Any) -> dict[str, Any]:
        """The values as they would be kept; raises ValueError as ``show`` does."""
        return {
            name: self._checked(self._experiment, name, value) for name, value in wanted.items()
        }

    def set_places(self, places: Mapping[str, str]) -> None:
        """Say which panels there are, key -> place; only one of a place is in front of it."""
        self._places = dict(places)

    def begin(self, experiment: Experiment) -> None:
        """Look at another experiment, which is played back by now, and at none of its pixels.

        Of an image the output of its label is looked into, else the first.
        """
        self._experiment = experiment
        self._output, self._pixel, self._pair = self._first_output(), None, None
        self._part, self._enlarged = None, False
        self._space = SpaceLook.usual(experiment)
        self._two_weights = None
        self.weights.begin(experiment)
        # How curves are drawn is for an experiment to say; without a word, it is as usual.
        usual = {"one_scale": False, "hot_and_cold": False, "slip": None}
        self.show(**{name: value for name, value in usual.items() if name not in experiment.view})
        self.settle()

    def _first_output(self) -> int:
        if self._experiment.image_shape is None:
            # Of pairs of vectors the first two, as a vector by itself is no comparison.
            return int(self._experiment.is_of_pairs and len(self._experiment.outputs) > 1)
        return int(np.argmax(self._playback.state.target))

    def _apply(self, name: str, value: Any) -> None:
        if name == "panels":
            for key in value:
                self._apply("panel", key)
        elif name == "panel":
            place = self._places.get(value)
            others = (
                key for key in self._panels
                if key != value and (place is None or self._places.get(key) != place)
            )  # fmt: skip
            self._panels = (*others, value)
            # Told even where it is in front already: its place may be folded away.
            self.changed.emit("panel")
        elif name == "part":
            self._select(value)
        elif name == "speed":
            if value != self.speed:
                self._playback.set_speed(value)
                self.changed.emit("speed")
        elif name == "weights":
            self.weights.choose(value)
        else:
            self._set(name, value)

    def _select(self, name: str | None) -> None:
        """Select a part, and bring the panel that owns it to the front of its place."""
        if name is not None:
            panel = part(self._experiment, name).panel
            if panel in self._places:
                self._apply("panel", panel)
        self._part = name
        # Told even where it was selected already: it may have been scrolled out of sight.
        self.changed.emit("part")

    def _set(self, name: str, value: Any) -> None:
        if getattr(self, f"_{name}") != value:
            setattr(self, f"_{name}", value)
            self.changed.emit(name)

    def _checked(self, experiment: Experiment, name: str, value: Any) -> Any:
        """The value as it is kept; raises ValueError, the name first, where it cannot be."""
        own: dict[str, Check] = {
            "panel": self._check_panel, "panels": self._check_panels,
            "space": self._check_space, "two_weights": self._check_two_weights,
        }  # fmt: skip
        check = own.get(name) or VIEW_CHECKS.get(name)
        if check is None:
            raise ValueError(say("{name!r} is nothing that can be looked at", name=name))
        try:
            return check(experiment, value)
        except ValueError as error:
            raise ValueError(say("{name}: {problem}", name=name, problem=error)) from error

    def _check_panel(self, _: Experiment, value: Any) -> str:
        # Without a window there are the panels that own parts.
        if not isinstance(value, str) or value not in (self._places or panel_keys()):
            raise ValueError(say("there is none called {value!r}", value=value))
        return value

    def _check_panels(self, experiment: Experiment, value: Any) -> list[str]:
        if not isinstance(value, list | tuple):
            raise ValueError(say("must be a list of names"))
        return [self._check_panel(experiment, key) for key in value]

    def _check_space(self, experiment: Experiment, value: Any) -> SpaceLook:
        mine = experiment is self._experiment
        look = self._space if mine else SpaceLook.usual(experiment)
        return look.changed(experiment, value)

    def _check_two_weights(self, experiment: Experiment, value: Any) -> ContourLook:
        mine = experiment is self._experiment
        look = self.two_weights if mine else _usual_contour(experiment)
        return look.changed(experiment, value)

    @Slot()
    def _weights_changed(self) -> None:
        self.changed.emit("weights")


def _usual_contour(experiment: Experiment) -> ContourLook:
    from gui.session.contour.look import ContourLook

    return ContourLook.usual(experiment)
