"""What of the space of images is shown, in which colours, and of how many examples."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.panels.image_space.found.coloring import COLOR_NAMES
from gui.session import Session
from gui.session.space.look import Show
from gui.session.space.presets import shown_space, some_inputs, to_show
from gui.widgets.buttons import FlowRow, quiet_button
from gui.widgets.choice_box import ChoiceBox
from model.actions.spaces import ShownSpace
from model.door import mark, say
from model.image_space.axes import AxisChoice, AxisKind

SHOW_NAMES: dict[Show, str] = {
    "axes": mark("Chosen axes"), "order": mark("Along one axis"),
    "rebuilt": mark("Rebuilt images"), "random": mark("Random images"),
    "tsne": mark("t-SNE"), "mds": mark("MDS"), "sammon": mark("Sammon’s mapping"),
    "graph": mark("Neighbour graph"),
}  # fmt: skip
# Those of them that need images.
_OF_IMAGES = ("order", "random")
_PRESETS: dict[ShownSpace, str] = {
    "pixels": mark("two pixels"), "scores": mark("two scores"),
    "components": mark("two components"),
}  # fmt: skip


class Controls(FlowRow):
    """Asks the view for something else, and shows what it has.

    Signals
    -------
    lasso_changed(bool) : dragging is to go around points, or no longer
    export_asked : what is shown is to be saved as a file
    shuffle_asked : every image is to get the same permutation of its pixels, or lose it
    """

    lasso_changed = Signal(bool)
    export_asked = Signal()
    shuffle_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.show_box = ChoiceBox(say("what is shown"), say("What of the space of images is shown"))
        self.preset_box = ChoiceBox(
            say("kind of axes"), say("Which axes to begin with; each can be chosen by itself below")
        )
        self.dims_box = ChoiceBox(say("dimensions"), say("A plane, or a cube that can be turned"))
        self.dims_box.offer((dims, say("{n}-D", n=dims)) for dims in (2, 3))
        self.color_box = ChoiceBox(say("colours"), say("What the colours of the points stand for"))
        self.count_box = ChoiceBox(
            say("number of examples"), say("How many examples are drawn, at random by the seed")
        )
        self.seed_button = quiet_button(say("draw others"), say("Draw another sample"))
        self.images_button = quiet_button(
            say("images"), say("Show the points as their images, where there is room"),
            checkable=True,
        )  # fmt: skip
        self.lasso_button = quiet_button(
            say("lasso"),
            say("Drag around points to select them (also with Shift, or the right button); "
                "with Ctrl they are added"),
            checkable=True,
        )  # fmt: skip
        self.shuffle_button = quiet_button(
            say("shuffle pixels"),
            say("Give the pixels of every image the same other places: noise to the eye, but not "
                "to the network. Pressed again, it puts them back in order"),
            checkable=True,
        )  # fmt: skip
        self.export_button = quiet_button(
            say("export…"), say("Save the picture (PNG, SVG) or the numbers of its points (CSV)")
        )
        self.wide_button = quiet_button(
            say("wide"), say("More room for this, less for the bench (Ctrl+3)"), checkable=True
        )
        self._stops: list[QWidget] = [
            self.show_box, self.preset_box, self.dims_box, self.color_box, self.count_box,
            self.seed_button, self.images_button, self.lasso_button, self.shuffle_button,
            self.export_button, self.wide_button,
        ]  # fmt: skip
        self._shown: tuple[object, ...] | None = None
        self.set_widgets(self._stops)
        self._connect()

    def _connect(self) -> None:
        self.show_box.activated.connect(self._choose_show)
        self.preset_box.activated.connect(self._choose_preset)
        self.dims_box.activated.connect(self._choose_dims)
        self.color_box.activated.connect(self._choose_color)
        self.count_box.activated.connect(self._choose_count)
        self.seed_button.clicked.connect(self._draw_others)
        self.images_button.clicked.connect(self._choose_images)
        self.lasso_button.toggled.connect(self.lasso_changed)
        self.export_button.clicked.connect(self.export_asked)
        self.shuffle_button.clicked.connect(self.shuffle_asked)
        self.wide_button.clicked.connect(self._choose_wide)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return self._stops

    # -- what is shown -----------------------------------------------------------------------

    def rebuild(self) -> None:
        """Offer what there is for another experiment."""
        experiment = self._session.experiment
        self._shown = None
        on_images = experiment.image_shape is not None
        self.show_box.offer(
            (show, say(name))
            for show, name in SHOW_NAMES.items()
            if on_images or show not in _OF_IMAGES
        )
        presets = dict(_PRESETS)
        if not on_images:
            presets["pixels"] = mark("two inputs")
        if len(experiment.outputs) < 2:
            del presets["scores"]
        named = ((preset, say(name)) for preset, name in presets.items())
        self.preset_box.offer([*named, ("mixed", say("axes of one’s own"))])
        several = len(experiment.outputs) > 1
        self.color_box.offer(
            (by, say(name))
            for by, name in COLOR_NAMES.items()
            if several or by not in ("answer", "right")
        )
        self.images_button.setVisible(on_images)
        self.shuffle_button.setVisible(on_images)

    def refresh(self) -> None:
        """Show what the view has."""
        setup, space = self._session.state.setup, self._session.view.space
        n_examples = len(setup.examples)
        now = (space, n_examples, setup.order is None, self._session.view.wide)
        if now == self._shown:
            return
        self._shown = now
        self.show_box.choose(space.show)
        self.color_box.choose(space.color)
        axes, layout = space.show == "axes", space.layout is not None
        scattered = axes or layout
        self.preset_box.setVisible(axes)
        self.preset_box.choose(shown_space(space))
        self.dims_box.setVisible(scattered)
        self.dims_box.choose(len(space.axes) if axes else space.dimensions)
        self.color_box.setVisible(scattered)
        self.lasso_button.setVisible(scattered)
        self.export_button.setVisible(scattered)
        images = self._session.experiment.image_shape is not None
        self.images_button.setVisible(images and scattered)
        self.images_button.setChecked(space.images)
        sizes = space.sizes(n_examples)
        if self.count_box.values != sizes:
            self.count_box.offer((size, say("{n:,} examples", n=size)) for size in sizes)
        self.count_box.choose(space.drawn(n_examples))
        self.count_box.setVisible(len(sizes) > 1)
        self.seed_button.setVisible(space.drawn(n_examples) < n_examples)
        shuffled = self._session.state.setup.order is not None
        self.shuffle_button.setChecked(shuffled)
        self.wide_button.setChecked(self._session.view.wide)
        self.lay_out()

    # -- what is asked for -------------------------------------------------------------------

    def _ask(self, **wanted: object) -> None:
        self._session.view.show(space=wanted)

    @Slot()
    def _choose_show(self) -> None:
        self._ask(show=self.show_box.currentData())

    @Slot()
    def _choose_preset(self) -> None:
        view, preset = self._session.view, self.preset_box.currentData()
        if preset == "mixed":
            # Each axis is chosen by itself.
            self.preset_box.choose(shown_space(view.space))
        else:
            self._ask(**to_show(preset, view.space, self._session.experiment, view.output))

    @Slot()
    def _choose_dims(self) -> None:
        space, dims = self._session.view.space, int(self.dims_box.currentData())
        if space.layout is not None:
            self._ask(dimensions=dims)
            return
        axes = list(space.axes[:dims])
        if len(axes) < dims:
            axes += [AxisChoice(kind, (at,)) for kind, at in self._one_more(len(axes))]
        if len(axes) == dims:
            self._ask(axes=axes)
        else:
            # There is no further axis: the box says again how many there are.
            self.dims_box.choose(len(space.axes))

    def _one_more(self, n: int) -> list[tuple[AxisKind, int]]:
        """A further axis of the kind that the last one has."""
        space, experiment = self._session.view.space, self._session.experiment
        kind = space.axes[-1].kind
        taken = {axis.numbers for axis in space.axes if axis.kind == kind}
        if kind == "score":
            free = [at for at in range(len(experiment.outputs)) if (at,) not in taken]
            if free:
                return [("score", free[0])]
        if kind == "component" and len(experiment.inputs) > n:
            free = [at for at in range(len(experiment.inputs)) if (at,) not in taken]
            return [("component", free[0])]
        free = [at for at in some_inputs(experiment, n + 1) if ("pixel", at) not in
                {(axis.kind, *axis.numbers) for axis in space.axes}]  # fmt: skip
        return [("pixel", free[-1])] if free else [("score", 0)]

    @Slot()
    def _choose_color(self) -> None:
        self._ask(color=self.color_box.currentData())

    @Slot()
    def _choose_count(self) -> None:
        self._ask(count=self.count_box.currentData())

    @Slot()
    def _draw_others(self) -> None:
        self._ask(seed=self._session.view.space.seed + 1)

    @Slot()
    def _choose_images(self) -> None:
        self._ask(images=self.images_button.isChecked())

    @Slot()
    def _choose_wide(self) -> None:
        self._session.view.show(wide=self.wide_button.isChecked())
