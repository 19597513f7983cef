"""The one door to what is looked at, and how: panels read it and ask it, and hold none of it."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gui.session.pace import checked_speed
from gui.session.playback import Playback
from gui.session.space.look import SpaceLook
from gui.session.weight_choice import WeightChoice, check_cells
from model.door import say
from model.experiment import Experiment
from model.listing.program import FORMS, Form
from model.words.parts import panel_keys, part
from model.words.pixels import SHOWN, Shown

if TYPE_CHECKING:
    from gui.session.contour.look import ContourLook

# Colours of the weight images: one scale for all, each its own, or a number for the fullest.
Scale = str | float
SCALES = ("one", "each")
# What is either so or not.
_TRUTHS = ("log", "one_scale", "hot_and_cold", "enlarged", "wide")
# (label, answer) of a cell of the confusion matrix.
Pair = tuple[int, int]


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
        """Raise ValueError, the name first, as ``show`` would with this experiment."""
        mine, self._experiment = self._experiment, experiment
        name = ""
        try:
            for name, value in wanted.items():
                self._checked(name, value)
        except ValueError as error:
            problem = str(error).removeprefix(f"{name}: ")
            raise ValueError(say("{name}: {problem}", name=name, problem=problem)) from error
        finally:
            self._experiment = mine

    def check(self, **wanted: Any) -> dict[str, Any]:
        """The values as they would be kept; raises ValueError as ``show`` does."""
        return {name: self._checked(name, value) for name, value in wanted.items()}

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

    def _checked(self, name: str, value: Any) -> Any:
        """The value as it is kept; raises ValueError where it cannot be."""
        if name in _TRUTHS:
            return _truth(name, value)
        check = getattr(self, f"_check_{name}", None)
        if check is None:
            raise ValueError(say("{name!r} is nothing that can be looked at", name=name))
        return check(value)

    def _check_panel(self, value: Any) -> str:
        # Without a window there are the panels that own parts.
        if not isinstance(value, str) or value not in (self._places or panel_keys()):
            raise ValueError(say("panel: there is none called {value!r}", value=value))
        return value

    def _check_panels(self, value: Any) -> list[str]:
        if not isinstance(value, list | tuple):
            raise ValueError(say("panels: must be a list of names"))
        return [self._check_panel(key) for key in value]

    def _check_output(self, value: Any) -> int:
        n = len(self._experiment.outputs)
        if type(value) is not int or not 0 <= value < n:
            raise ValueError(say("output: must be a whole number from 0 to {last}", last=n - 1))
        return value

    def _check_pixel(self, value: Any) -> int | None:
        n = len(self._experiment.inputs)
        if value is not None and (type(value) is not int or not 0 <= value < n):
            raise ValueError(say("pixel: must be a whole number from 0 to {last}", last=n - 1))
        return value

    def _check_weights(self, value: Any) -> list[tuple[int, int]]:
        pairs = value if isinstance(value, list | tuple) else [value]
        cells = [tuple(pair) if isinstance(pair, list | tuple) else () for pair in pairs]
        if any(len(cell) != 2 or any(type(place) is not int for place in cell) for cell in cells):
            raise ValueError(say("weights: must be pairs of an output and an input"))
        return check_cells(self._experiment, cells)

    def _check_quantity(self, value: Any) -> Shown:
        for known in SHOWN:
            if value == known:
                return known
        raise ValueError(say("quantity: must be one of {names}", names=", ".join(SHOWN)))

    def _check_scale(self, value: Any) -> Scale:
        if value in SCALES:
            return str(value)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 < value <= sys.float_info.max:
            raise ValueError(say("scale: must be one, each, or a number above zero"))
        return float(value)

    def _check_pair(self, value: Any) -> Pair | None:
        if value is None:
            return None
        n = len(self._experiment.outputs)
        good = isinstance(value, list | tuple) and len(value) == 2
        if not good or not all(type(part) is int and 0 <= part < n for part in value):
            raise ValueError(
                say("pair: must be a label and an answer, each from 0 to {last}", last=n - 1)
            )
        return (value[0], value[1])

    def _check_space(self, value: Any) -> SpaceLook:
        return self._space.changed(self._experiment, value)

    def _check_two_weights(self, value: Any) -> ContourLook:
        look = self._two_weights or _usual_contour(self._experiment)
        return look.changed(self._experiment, value)

    def _check_part(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise ValueError(say("part: must be the name of a part of the bench"))
        return part(self._experiment, value).name

    def _check_form(self, value: Any) -> Form:
        for known in FORMS:
            if value == known:
                return known
        raise ValueError(say("form: must be one of {names}", names=", ".join(FORMS)))

    def _check_slip(self, value: Any) -> str | None:
        if value is None:
            return None
        # Few ever choose one.
        from model.listing.slips import SLIPS

        if isinstance(value, str) and value in SLIPS:
            return value
        raise ValueError(say("slip: must be null or one of {names}", names=", ".join(SLIPS)))

    _check_speed = staticmethod(checked_speed)

    @Slot()
    def _weights_changed(self) -> None:
        self.changed.emit("weights")


def _usual_contour(experiment: Experiment) -> ContourLook:
    from gui.session.contour.look import ContourLook

    return ContourLook.usual(experiment)


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(say("{name}: must be true or false", name=name))
    return value
