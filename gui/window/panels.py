"""The table of panels: one row each, from which all else in the window follows."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, NamedTuple, Protocol, cast, runtime_checkable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from gui.session import Session
from model.door import mark
from model.experiment import Experiment
from model.words.parts import Part

# Beside the title and in the tools' row panels stand in a row; on the bench beside each other;
# at the side and at the bottom one of them is in front. That of lessons stands left of all these.
Place = Literal["tools", "title", "lesson", "bench", "side", "time", "lower"]


@runtime_checkable
class StepsByLine(Protocol):
    """A panel that goes through a step one line at a time."""

    def step_line(self) -> None:
        """Carry out the line that comes next."""


@runtime_checkable
class BeginsWithFocus(Protocol):
    """A panel that has the focus when the window opens."""

    @property
    def first_stop(self) -> QWidget:
        """The control that has it."""


def tools_of(panel: QWidget | None) -> QWidget | None:
    """The widget that a panel has, if any, to stand beside the tabs: its ``tools``."""
    tools: QWidget | None = getattr(panel, "tools", None)
    return tools


@runtime_checkable
class HasParts(Protocol):
    """A panel that has named parts on it."""

    def locate(self, part: Part) -> QRect | None:
        """Where one of them is, in the panel's coordinates; None while it is out of sight."""


@runtime_checkable
class RevealsParts(Protocol):
    """A panel that can bring its named parts into sight."""

    def reveal(self, part: Part) -> None:
        """Scroll to one of them, or show what it belongs to."""


def always(_: Experiment) -> bool:
    """For every experiment."""
    return True


def never(_: Experiment) -> bool:
    """For no experiment."""
    return False


def on_images(experiment: Experiment) -> bool:
    """For experiments whose inputs form an image."""
    return experiment.image_shape is not None


def on_numbers(experiment: Experiment) -> bool:
    """For experiments whose inputs are numbers with names."""
    return experiment.image_shape is None


def on_two_weights(experiment: Experiment) -> bool:
    """For experiments with two weights at least."""
    return experiment.weights.size > 1


def on_held_out(experiment: Experiment) -> bool:
    """For experiments with rows that are never learned from."""
    return experiment.held_out is not None


def on_products(experiment: Experiment) -> bool:
    """For experiments that are first of all about dot products."""
    return experiment.image_shape is not None or experiment.is_of_pairs


def on_several(experiment: Experiment) -> bool:
    """For experiments on several examples that are numbers with names."""
    return on_numbers(experiment) and len(experiment.setup.examples) > 1


def on_one(experiment: Experiment) -> bool:
    """For experiments on a single example that is numbers with names."""
    return on_numbers(experiment) and len(experiment.setup.examples) == 1


def on_a_season(experiment: Experiment) -> bool:
    """For those of them that are first of all about learning from several examples."""
    return on_several(experiment) and not experiment.is_of_pairs


class PanelSpec(NamedTuple):
    """One panel.

    ``key`` is its name for files, lessons and ``view.show(panel=...)``; ``title`` is what a
    person reads; ``factory`` is "module:Class", imported when the panel is made: a QWidget that
    is made with the session and nothing else, and whose ``tab_stops`` are what Tab stops at, in
    order. ``shown`` and ``first`` tell for which experiments it is there, and for which it is in
    front to begin with; ``share`` is its part of the width of the bench.
    """

    key: str
    title: str
    place: Place
    factory: str
    shown: Callable[[Experiment], bool] = always
    first: Callable[[Experiment], bool] = never
    share: int = 1

    def make(self, session: Session) -> QWidget:
        """Import the panel's module and make it."""
        module, _, name = self.factory.partition(":")
        panel = cast("QWidget", getattr(import_module(module), name)(session))
        locate = panel.locate if isinstance(panel, HasParts) else None
        reveal = panel.reveal if isinstance(panel, RevealsParts) else None
        session.parts.provide(self.key, panel, locate, reveal)
        return panel


PANELS = (
    PanelSpec(
        "transport", mark("Moving through time"), "tools", "gui.panels.time.transport:Transport"
    ),
    PanelSpec("alpha", mark("Alpha"), "tools", "gui.panels.alpha.panel:AlphaControl"),
    PanelSpec(
        "held_out", mark("Held-out accuracy"), "title", "gui.panels.quality.readout:HeldOutReadout",
        shown=on_images,
    ),
    PanelSpec("lesson", mark("Lesson"), "lesson", "gui.panels.lesson.panel:LessonPanel"),
    PanelSpec(
        "network", mark("Network"), "bench", "gui.panels.network.panel:NetworkGraph",
        shown=on_numbers,
    ),
    PanelSpec(
        "image_input", mark("Input"), "bench", "gui.panels.image_input.panel:InputImage",
        shown=on_images, share=2,
    ),
    PanelSpec(
        "weight_images", mark("Weight images"), "bench",
        "gui.panels.weight_images.panel:WeightImages", shown=on_images, share=5,
    ),
    PanelSpec("curves", mark("Curves"), "side", "gui.panels.curves.panel:PlotsColumn"),
    PanelSpec(
        "two_weights", mark("Two weights"), "side",
        "gui.panels.two_weights.panel:TwoWeightsPanel", shown=on_two_weights,
    ),
    PanelSpec(
        "dot_product", mark("Dot product"), "side",
        "gui.panels.dot_product.panel:DotProductPanel", first=on_products,
    ),
    PanelSpec("listing", mark("Listing"), "side", "gui.panels.listing.panel:ListingPanel"),
    PanelSpec(
        "quality", mark("How good is it"), "side", "gui.panels.quality.panel:QualityPanel",
        shown=on_images,
    ),
    PanelSpec(
        "held_out_error", mark("Held out"), "side",
        "gui.panels.held_out.panel:HeldOutPanel", shown=on_held_out,
    ),
    PanelSpec(
        "pixel_values", mark("Numbers"), "side", "gui.panels.pixel_values.panel:NumbersView",
        shown=on_images,
    ),
    PanelSpec(
        "image_space", mark("Image space"), "side",
        "gui.panels.image_space.panel:ImageSpacePanel",
    ),
    PanelSpec("sweep", mark("Sweep"), "side", "gui.panels.sweep.panel:SweepPanel"),
    PanelSpec("time_line", mark("Time line"), "time", "gui.panels.time.time_line:TimeLine"),
    PanelSpec(
        "examples", mark("Examples"), "lower", "gui.panels.examples.panel:ExamplesPanel",
        shown=on_images, first=on_images,
    ),
    PanelSpec(
        "all_examples", mark("All examples"), "lower",
        "gui.panels.all_examples.panel:AllExamplesPanel", shown=on_numbers, first=on_a_season,
    ),
    PanelSpec(
        "trace", mark("Trace"), "lower", "gui.panels.trace.panel:TracePanel", first=on_one
    ),
    PanelSpec("pins", mark("Pins"), "lower", "gui.panels.pins.panel:PinsPanel"),
)  # fmt: skip


def import_panels(experiment: Experiment) -> None:
    """Import the modules of those panels that are made as soon as an experiment is there.

    May be called in another thread, so that the window does not wait for them.
    """
    for spec in PANELS:
        at_once = spec.place in ("title", "bench") or spec.first(experiment)
        if at_once and spec.shown(experiment):
            import_module(spec.factory.partition(":")[0])
