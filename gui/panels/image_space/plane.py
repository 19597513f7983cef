"""Examples along one's own axes: two for a plane, three for a cube."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.panels.image_space.axis_button import AxisButton
from gui.panels.image_space.axis_map import LETTERS, AxisMap
from gui.panels.image_space.axis_menu import AxisMenu
from gui.panels.image_space.found.axes import axis_of, coordinates, name_of, place_of
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.stage import Stage
from gui.plots.cloud.drawing import PlaneLine, Sign
from gui.plots.cloud.view import CloudView
from gui.session import Session
from model.door import say, say_count
from model.image_space import Axis, Stacks, spread, stacks
from model.network import Floats

# Members of a stack lie so far apart, and a stack reaches so far, as shares of the range.
_STEP, _REACH = 0.008, 0.06
_MAX_LIVE_STACKS = 5_000


class PlaneStage(Stage):
    """The cloud, with each axis as a picture beside it, and the image whose pixels are chosen.

    Signals
    -------
    said(str) : a sentence about what is shown, for the line below
    """

    said = Signal(str)

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__(session, data)
        self.view = CloudView(say("Examples along the chosen axes"))
        self.view.has_ticks = True
        self.views = [self.view]
        self.buttons = [AxisButton(at, letter) for at, letter in enumerate(LETTERS)]
        self.axis_map = AxisMap(session, data, most=len(LETTERS))
        self.menu = AxisMenu(session, data, self)
        self._axes: tuple[Axis, ...] = ()
        self._fixed: tuple[object, ...] | None = None
        self.stacks: Stacks | None = None
        self._origin, self._scale = np.zeros(2), np.ones(2)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self._left = QVBoxLayout()
        self._left.addStretch(1)
        self._left.addWidget(self.axis_map)
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
        self.axis_map.set_wide(wide)
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
        self.menu.chosen.connect(self.axis_map.take)
        self.axis_map.next_changed.connect(self.refresh)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.axis_map.tab_stops, *self.buttons, self.view]

    # -- what is shown -----------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""
        self._axes, self._fixed, self.stacks = (), None, None

    def rebuild(self) -> None:
        """Another experiment: other classes, and perhaps no images."""
        self.forget()
        self.axis_map.rebuild()

    @Slot()
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
            button.set_next(self.axis_map.chooses and at == self.axis_map.next_axis)
        self.axis_map.refresh()
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
            for letter, axis in zip(LETTERS, axes, strict=False)
        ]
        self.view.line = _line_of(axes)
        if not live and key == self._fixed:
            return
        moved = key == self._fixed
        self._fixed = key
        points = coordinates(self._data, axes)
        self.stacks = stacks(points) if self._may_stack(points, live) else None
        if self.stacks is not None and self.stacks.n_hidden:
            points = self._spread(points, self.stacks)
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

    def _may_stack(self, points: Floats, live: bool) -> bool:
        """Whether to look for points on one spot: while they move, and of many, it takes long.

        Where all weights are 0, all scores are, and then all lie on one spot.
        """
        if not live:
            return True
        still = not self._session.playback.running and len(points) <= _MAX_LIVE_STACKS
        return still or bool(len(points) and np.ptp(points, axis=0).max() == 0)

    def _spread(self, points: Floats, found: Stacks) -> Floats:
        """Members of stacks beside each other, by the same share of each axis."""
        low, high = points.min(axis=0), points.max(axis=0)
        sides = np.where(high > low, high - low, 1.0)
        return spread(points / sides, found, _STEP, _REACH) * sides

    def _pile(self, points: Floats) -> Floats:
        """Points along one axis, on a plane: its second coordinate is 0."""
        return np.column_stack([points[:, 0], np.zeros(len(points))])

    def _say_stacks(self, n_axes: int) -> None:
        hidden = 0 if self.stacks is None else self.stacks.n_hidden
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

    @property
    def exported(self) -> Floats | None:
        """The coordinates as they are, nothing spread, (n, n_axes); None while there are none."""
        return coordinates(self._data, self._axes) if self._axes and len(self.view.cloud) else None

    def stack_of(self, row: int) -> list[int]:
        """The other rows on the spot of one."""
        if self.stacks is None:
            return []
        return [int(other) for other in self.stacks.members(row) if other != row]

    # -- choosing axes -----------------------------------------------------------------------

    @Slot(int)
    def _offer_axes(self, number: int) -> None:
        self.axis_map.set_next(number)
        self.menu.offer(self.buttons[number])


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
