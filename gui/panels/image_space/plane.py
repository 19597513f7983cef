"""Examples along one's own axes: two for a plane, three for a cube."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.panels.image_space.axis_button import AxisButton
from gui.panels.image_space.axis_menu import axis_menu
from gui.panels.image_space.found.axes import axis_of, coordinates, name_of, painted, place_of
from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.drawing import PlaneLine, Sign
from gui.plots.cloud.pixel_map import Pixel, PixelMap
from gui.plots.cloud.view import CloudView
from gui.session import Session
from gui.widgets.choice_box import ChoiceBox
from model.door import say, say_count
from model.image_space import Axis, AxisChoice, Stacks, spread, stacks
from model.network import Floats

_LETTERS = ("x", "y", "z")
# Members of a stack lie so far apart, and a stack reaches so far, as shares of the range.
_STEP, _REACH = 0.008, 0.06


class PlaneStage(QWidget):
    """The cloud, with each axis as a picture beside it, and the image whose pixels are chosen.

    Signals
    -------
    said(str) : a sentence about what is shown, for the line below
    """

    said = Signal(str)

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__()
        self._session, self._data = session, data
        self.view = CloudView(say("Examples along the chosen axes"))
        self.view.has_ticks = True
        self.views = [self.view]
        self.buttons = [AxisButton(at, letter) for at, letter in enumerate(_LETTERS)]
        self.map = PixelMap()
        self.map_box = ChoiceBox(
            say("image to choose pixels on"), say("On which image pixels are clicked")
        )
        # The axis that the next pixel becomes.
        self._next = 0
        self._axes: tuple[Axis, ...] = ()
        self._fixed: tuple[object, ...] | None = None
        self._stacks: Stacks | None = None
        self._origin, self._scale = np.zeros(2), np.ones(2)
        self._map_key: tuple[object, ...] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self._left = QVBoxLayout()
        self._left.addStretch(1)
        self._left.addWidget(self.map_box)
        self._left.addWidget(self.map)
        self._left.addStretch(1)
        grid.addLayout(self._left, 0, 0, 2, 1)
        grid.addWidget(self.view, 0, 1)
        self._below = QHBoxLayout()
        self._below.addStretch(1)
        for button in (self.buttons[0], self.buttons[2]):
            self._below.addWidget(button)
            button.set_compact(True)
        self._below.addStretch(1)
        grid.addLayout(self._below, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """The y axis at its side of the plane, or beside the others below it."""
        button = self.buttons[1]
        for layout in (self._left, self._below):
            layout.removeWidget(button)
        button.set_compact(not wide)
        if wide:
            self._left.insertWidget(1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._below.insertWidget(2, button)

    def _connect(self) -> None:
        for button in self.buttons:
            button.asked.connect(self._offer_axes)
        self.map.chosen.connect(self._take_pixel)
        self.map.painted.connect(self._paint)
        self.map_box.activated.connect(self._choose_map)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.map_box, self.map, *self.buttons, self.view]

    # -- what is shown -----------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""
        self._axes, self._fixed, self._stacks, self._map_key = (), None, None, None
        self._next = 0

    def rebuild(self) -> None:
        """Another experiment: other classes, and perhaps no images."""
        self.forget()
        experiment = self._session.experiment
        self.map_box.clear()
        self.map_box.addItem(say("average of all"), None)
        for number, name in enumerate(experiment.outputs):
            self.map_box.addItem(say("average of {class_name}", class_name=name), number)
        self.map_box.addItem(say("image on the bench"), -1)

    def refresh(self) -> None:
        """Look again at the axes, the points and the bench."""
        session, look_now = self._session, self._session.view.space
        choices, axes = look_now.axes, []
        problem = ""
        for choice in choices:
            try:
                axis = axis_of(session, self._data, choice)
            except ValueError as error:
                axis, problem = None, str(error)
            axes.append(axis)
        shape = session.experiment.image_shape
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(choices))
            if at < len(choices):
                axis = axes[at]
                name = name_of(choices[at]) if axis is None else axis.name
                button.show_axis(axis, name, shape)
            button.set_next(shape is not None and at == self._next_axis and self._maps)
        self._show_map()
        found = tuple(axis for axis in axes if axis is not None)
        if len(found) < len(choices):
            self._show_nothing(problem)
            return
        self.view.message = ""
        self._show_points(found)
        self._mark_bench()

    def _show_nothing(self, problem: str) -> None:
        self._fixed = None
        self.view.signs, self.view.line = (), None
        self.view.message = problem or say("Finding what the axes need…")
        self.view.show_points(np.zeros((0, 2), dtype=np.float32), False)
        self.said.emit("")

    def _show_points(self, axes: tuple[Axis, ...]) -> None:
        live = any(axis.is_live for axis in axes)
        running = self._session.playback.running
        key = (
            self._data.inputs,
            tuple(axis.choice for axis in axes),
            self._session.view.space.picture,
        )
        self._axes = axes
        self.view.axis_names = [
            say("{letter}: {name}", letter=letter, name=axis.name)
            for letter, axis in zip(_LETTERS, axes, strict=False)
        ]
        self.view.line = _line_of(axes)
        if not live and key == self._fixed:
            return
        moved = key == self._fixed
        self._fixed = key
        points = coordinates(self._data, axes)
        # Stacks of what moves are found once it rests.
        self._stacks = None if live and running else stacks(points)
        if self._stacks is not None and self._stacks.n_hidden:
            points = self._spread(points, self._stacks)
        if points.shape[1] == 1:
            points = self._pile(points)
        kinds = {axis.choice.kind for axis in axes}
        square = len(kinds) == 1 and kinds <= {"score", "component"}
        dims = points.shape[1]
        self._origin, self._scale = np.zeros(dims), np.ones(dims)
        if dims == 3 and not square:
            # Of what has no common unit the cube has equal sides.
            low, high = points.min(axis=0), points.max(axis=0)
            self._origin, self._scale = low, np.where(high > low, high - low, 1.0)
            points = (points - low) / self._scale
        self.view.show_points(points, square, follow=moved and live and running)
        self._say_stacks(len(axes))

    def _spread(self, points: Floats, found: Stacks) -> Floats:
        """Members of stacks beside each other, by the same share of each axis."""
        low, high = points.min(axis=0), points.max(axis=0)
        sides = np.where(high > low, high - low, 1.0)
        return spread(points / sides, found, _STEP, _REACH) * sides

    def _pile(self, points: Floats) -> Floats:
        """Points along one axis, on a plane: its second coordinate is 0."""
        return np.column_stack([points[:, 0], np.zeros(len(points))])

    def _say_stacks(self, n_axes: int) -> None:
        hidden = 0 if self._stacks is None else self._stacks.n_hidden
        if not hidden:
            self.said.emit("")
            return
        self.said.emit(
            say_count(
                "{n:,} point lies exactly on another: they are spread around their spot",
                "{n:,} points lie exactly on another: they are spread around their spot",
                hidden,
            )
        )

    def _mark_bench(self) -> None:
        state = self._session.state
        place = place_of(state.inputs, self._axes)
        if len(place) == 1:
            place = np.array([place[0], 0.0])
        word = say("drawn") if state.example is None else say("on the bench")
        self.view.signs = (Sign((place - self._origin) / self._scale, word),)
        self.view.update()

    def stack_of(self, row: int) -> list[int]:
        """The other rows on the spot of one."""
        if self._stacks is None:
            return []
        return [int(other) for other in self._stacks.members(row) if other != row]

    # -- choosing axes -----------------------------------------------------------------------

    @property
    def _next_axis(self) -> int:
        return self._next % len(self._session.view.space.axes)

    @property
    def _paints(self) -> bool:
        """Whether an axis is a picture that is painted on the map."""
        return any(axis.kind == "picture" for axis in self._session.view.space.axes)

    @property
    def _maps(self) -> bool:
        """Whether pixels can be chosen on the map."""
        return not self._paints and any(
            axis.kind == "pixel" for axis in self._session.view.space.axes
        )

    def _show_map(self) -> None:
        shape, space = self._session.experiment.image_shape, self._session.view.space
        shown = shape is not None and (self._maps or self._paints)
        self.map.setVisible(shown)
        self.map_box.setVisible(shown and not self._paints)
        if not shown or shape is None or self._data.inputs is None:
            return
        self.map.painting = self._paints
        if self._paints:
            self.map.setAccessibleName(say("Picture that is painted to be an axis"))
            self.map.setToolTip(
                say("Drag to paint blue, with Shift orange, with Ctrl nothing again")
            )
            self.map.show_signed(painted(space, shape[0] * shape[1]).reshape(shape))
            return
        self.map.setAccessibleName(say("Image whose pixels become axes"))
        self.map.setToolTip(say("Click a pixel: it becomes the axis with the dotted frame"))
        self.map_box.setCurrentIndex(max(0, self.map_box.findData(space.class_of_map)))
        marks: dict[str, Pixel] = {}
        for letter, axis in zip(_LETTERS, space.axes, strict=False):
            if axis.kind == "pixel":
                marks[letter] = divmod(axis.numbers[0], shape[1])
        self.map.show_ink(self._map_image().reshape(shape), marks)

    def _map_image(self) -> Floats:
        inputs, labels = self._data.inputs, self._data.labels
        assert inputs is not None
        wanted = self._session.view.space.class_of_map
        if wanted == -1:
            return self._session.state.inputs
        if wanted is not None and labels is not None:
            rows = np.flatnonzero(labels == wanted)
            if len(rows):
                return inputs.sums(rows) / len(rows)
        return inputs.mean

    @Slot(int)
    def _offer_axes(self, number: int) -> None:
        button = self.buttons[number]
        self._next = number
        menu = axis_menu(button, self._session.experiment, self._data)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._take_action)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    @Slot(QAction)
    def _take_action(self, action: QAction) -> None:
        choice = action.data()
        if not isinstance(choice, AxisChoice):
            return
        if choice == AxisChoice("pixel", (-1,)):
            # The pixel is clicked next; until then it is the one in the middle.
            shape = self._session.experiment.image_shape or (1, 1)
            choice = AxisChoice("pixel", (shape[0] // 2 * shape[1] + shape[1] // 2,))
            self.set_axis(self._next_axis, choice)
            self.map.setFocus()
            return
        self.set_axis(self._next_axis, choice)
        if choice.kind == "picture":
            self.map.setFocus()

    def set_axis(self, at: int, choice: AxisChoice) -> None:
        """Let one axis be another one."""
        axes = list(self._session.view.space.axes)
        axes[at] = choice
        self._session.view.show(space={"axes": axes})

    @Slot(int, int)
    def _take_pixel(self, row: int, column: int) -> None:
        shape = self._session.experiment.image_shape
        if shape is not None:
            at = self._next_axis
            self._next = (at + 1) % len(self._session.view.space.axes)
            self.set_axis(at, AxisChoice("pixel", (row * shape[1] + column,)))

    @Slot(int, int, float)
    def _paint(self, row: int, column: int, value: float) -> None:
        shape = self._session.experiment.image_shape
        if shape is not None:
            picture = dict(self._session.view.space.picture)
            picture[row * shape[1] + column] = value
            self._session.view.show(space={"picture": [list(pair) for pair in picture.items()]})

    @Slot()
    def _choose_map(self) -> None:
        self._session.view.show(space={"class_of_map": self.map_box.currentData()})


def _line_of(axes: tuple[Axis, ...]) -> PlaneLine | None:
    """Where two scores are equal; None where the axes are none."""
    if len(axes) != 2 or any(axis.choice.kind != "score" for axis in axes):
        return None
    across, up = axes
    if across.choice == up.choice:
        return None
    return PlaneLine(
        (0.0, 0.0), (1.0, 1.0),
        say("{score} is larger", score=up.name), say("{score} is larger", score=across.name),
    )  # fmt: skip
