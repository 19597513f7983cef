"""Layouts that move: settings, run, pause, step and restart; a second run beside the first."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.panels.image_space.cost_curve import CostCurve
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.found.runner import LayoutRun
from gui.plots.cloud.camera import camera_for
from gui.plots.cloud.drawing import Sign
from gui.plots.cloud.view import CloudView
from gui.session import Session
from gui.widgets.buttons import FlowRow, keep_width, quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from gui.widgets.text_line import TextLine
from model.door import say
from model.image_space import nearest_rows, place_in_map
from model.image_space.layouts import LayoutSettings
from model.network import Floats

# The mean of so many neighbours' places is the place of an image that is not in the map.
_NEIGHBOURS = 5
_GLIDE_MS = 33
# The camera has arrived once its scale differs by less than this.
_ARRIVED = 0.01


class RunView(QWidget):
    """One run: its cloud, its cost by step, and what is said about it.

    Signals
    -------
    appeared : there are points that were not there before, without colours as yet
    """

    appeared = Signal()

    def __init__(self, name: str, data: SpaceData) -> None:
        super().__init__()
        self._data = data
        self.run = LayoutRun(self)
        self.view = CloudView(name)
        self.curve = CostCurve()
        self.caption = TextLine()
        self._image: Floats | None = None
        self._near: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.caption)
        column.addWidget(self.view, 1)
        column.addWidget(self.curve)
        self._glide = QTimer(self, interval=_GLIDE_MS)
        self._glide.timeout.connect(self._move_on)
        self.run.moved.connect(self.show_points)

    def follow(self, wanted: LayoutSettings) -> None:
        """Have a layout of these settings, if none was started; one that was stays as it is."""
        inputs, run = self._data.inputs, self.run
        if inputs is None:
            run.forget()
            self.view.message = say("Gathering the examples…")
            return
        fresh = run.settings == wanted and run.inputs is inputs
        # What was laid out of other examples has no colours and no names any more.
        if not fresh and (not run.started or run.inputs is not inputs):
            try:
                run.begin(inputs, wanted)
            except ValueError as error:
                self.view.message = str(error)
            self._near = None
        self.show_points()

    def restart(self, wanted: LayoutSettings) -> None:
        """Throw away what was laid out, and begin with these settings."""
        self.run.forget()
        self.follow(wanted)

    def is_of(self, wanted: LayoutSettings) -> bool:
        """Whether what is shown was laid out with these settings."""
        return self.run.settings == wanted

    @Slot()
    def show_points(self) -> None:
        """Show where the points are now."""
        run, view = self.run, self.view
        found, layout = run.coordinates, run.layout
        if found is None or layout is None or not np.isfinite(found).all():
            if layout is not None:
                view.message = self._waiting()
            view.signs = ()
            view.show_points(np.zeros((0, 2), dtype=np.float32), True)
            self.curve.show_costs("", ())
            return
        view.message = ""
        first = len(view.cloud) != len(found)
        view.show_points(found, square=True, follow=not first)
        view.cloud.pairs = layout.edges
        self.curve.show_costs(layout.cost_name, list(layout.costs))
        self._glide.start()
        self._mark()
        if first:
            self.appeared.emit()

    def _waiting(self) -> str:
        if self.run.running:
            done = round(100 * self.run.share_prepared)
            return say("Finding neighbours and distances: {done} %", done=done)
        return say("Press Run: nothing starts before it is asked for")

    @Slot()
    def _move_on(self) -> None:
        """Let the camera arrive where all points fit, once they rest."""
        view = self.view
        camera = view.cloud.camera
        wanted = camera_for(view.cloud.points, True, camera)
        away = max(
            abs(old / new - 1) for old, new in zip(camera.extent, wanted.extent, strict=True)
        )
        if away < _ARRIVED or not len(view.cloud):
            self._glide.stop()
        elif not self.run.running:
            view.show_points(view.cloud.points, square=True, follow=True)

    # -- what is on the bench ----------------------------------------------------------------

    def mark(self, image: Floats, word: str) -> None:
        """Mark where an image (n_inputs,) belongs: among its nearest examples."""
        self._word = word
        if self._image is None or not np.array_equal(image, self._image):
            self._image, self._near = image, None
        self._mark()

    def _mark(self) -> None:
        found, inputs, image = self.run.coordinates, self._data.inputs, self._image
        if found is None or inputs is None or image is None or not np.isfinite(found).all():
            return
        if self._near is None:
            self._near = nearest_rows(inputs, image, _NEIGHBOURS)
        if len(self._near.rows):
            self.view.signs = (Sign(place_in_map(self._near, found), self._word),)
            self.view.update()

    def forget(self) -> None:
        """Stop, and let go of everything."""
        self._glide.stop()
        self.run.forget()
        self._image = self._near = None


class LayoutStage(QWidget):
    """Settings and buttons above, one run or two below.

    Signals
    -------
    appeared : there are points that were not there before, without colours as yet
    """

    appeared = Signal()

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__()
        self._session, self._data = session, data
        self.run_button = QPushButton(say("Run"))
        self.run_button.setObjectName("primary")
        self.step_button = QPushButton(say("Step"))
        self.restart_button = QPushButton(say("Restart"))
        self.perplexity = _field(say("perplexity"))
        self.exaggeration = _field(say("exaggeration"))
        self.neighbours = _field(say("neighbours of each"))
        self.start_box = ChoiceBox(say("start"), say("Where the points begin"))
        self.start_box.addItem(say("from components"), "pca")
        self.start_box.addItem(say("from random places"), "random")
        self.beside = quiet_button(
            say("two side by side"),
            say("A second run beside the first, from random places of another seed: "
                "the same cost may end in another map"),
            checkable=True,
        )  # fmt: skip
        self.settings_line = FlowRow()
        self._words = {
            field: _word(name)
            for field, name in (
                (self.perplexity, say("perplexity")),
                (self.exaggeration, say("exaggeration")),
                (self.neighbours, say("neighbours")),
            )
        }
        self.note = TextLine(role="accent")
        self.first = RunView(say("Layout"), data)
        self.second = RunView(say("Second layout"), data)
        self.views = [self.first.view, self.second.view]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        stops: list[QWidget] = [self.run_button, self.step_button, self.restart_button]
        for field, word in self._words.items():
            stops += [word, field]
        self.settings_line.set_widgets([*stops, self.start_box, self.beside])
        runs = QHBoxLayout()
        runs.setSpacing(8)
        runs.addWidget(self.first, 1)
        runs.addWidget(self.second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.settings_line)
        column.addWidget(self.note)
        column.addLayout(runs, 1)

    def _connect(self) -> None:
        self.run_button.clicked.connect(self._run_or_pause)
        self.step_button.clicked.connect(self._step)
        self.restart_button.clicked.connect(self._restart)
        self.start_box.activated.connect(self._choose_start)
        self.beside.clicked.connect(self._choose_beside)
        self.perplexity.edited.connect(self._set_perplexity)
        self.exaggeration.edited.connect(self._set_exaggeration)
        self.neighbours.edited.connect(self._set_neighbours)
        for field in self._words:
            field.rejected.connect(self._session.notices.refuse)
        for shown in (self.first, self.second):
            shown.run.running_changed.connect(self._show_state)
            shown.appeared.connect(self.appeared)
            shown.appeared.connect(self._show_state)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.run_button, self.step_button, self.restart_button, *self._words, self.start_box,
            self.beside, *self.views,
        ]  # fmt: skip

    # -- the stage ---------------------------------------------------------------------------

    def forget(self) -> None:
        """Stop, and let go of all that belongs to the experiment before."""
        self.first.forget()
        self.second.forget()

    def rebuild(self) -> None:
        """Another experiment is on the bench."""

    def set_wide(self, wide: bool) -> None:
        """There is nothing that lies elsewhere."""

    def refresh(self) -> None:
        """Look again at the settings, the data and the bench."""
        space = self._session.view.space
        wanted = space.layout_settings()
        if wanted is None:
            return
        self.second.setVisible(space.beside)
        for field, value, of in (
            (self.perplexity, space.perplexity, "tsne"),
            (self.exaggeration, space.exaggeration, "tsne"),
            (self.neighbours, space.neighbours, "graph"),
        ):
            field.setVisible(space.layout == of)
            self._words[field].setVisible(space.layout == of)
            field.show_value(float(value))
        self.start_box.setCurrentIndex(self.start_box.findData(space.start))
        self.beside.setChecked(space.beside)
        self.settings_line.lay_out()
        state = self._session.state
        word = say("drawn") if state.example is None else say("on the bench")
        for shown, settings in self._runs():
            # Another kind of layout is another picture; the one before is let go of.
            if shown.run.settings is not None and shown.run.settings.kind != settings.kind:
                shown.run.forget()
            shown.follow(settings)
            shown.mark(state.inputs, word)
            shown.caption.set_text(_settings_in_words(shown.run.settings or settings))
        if not space.beside:
            self.second.run.forget()
        self._show_state()

    def _runs(self) -> list[tuple[RunView, LayoutSettings]]:
        """The runs that are shown, each with the settings that it is to have."""
        space = self._session.view.space
        first, second = space.layout_settings(), space.layout_settings(second=True)
        assert first is not None
        assert second is not None
        return [(self.first, first), (self.second, second)][: 2 if space.beside else 1]

    @property
    def exported(self) -> Floats | None:
        """Where the points of the first run are, (n, dimensions); None while nowhere."""
        return self.first.run.coordinates

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self.first.run.running or self.second.run.running

    @Slot()
    def _show_state(self) -> None:
        if self._session.view.space.layout is None:
            return
        runs = self._runs()
        there = any(shown.run.layout is not None for shown, _ in runs)
        self.run_button.setText(say("Pause") if self.running else say("Run"))
        keep_width(self.run_button, (say("Pause"), say("Run")))
        self.run_button.setEnabled(there)
        self.step_button.setEnabled(there and not self.running)
        started = self.running or any(shown.run.started for shown, _ in runs)
        self.restart_button.setEnabled(started)
        stale = any(shown.run.started and not shown.is_of(settings) for shown, settings in runs)
        self.note.setVisible(stale)
        self.note.set_text(
            say("Settings were changed: Restart lays out anew with them") if stale else ""
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever looks elsewhere pauses it: nothing runs unseen."""
        super().hideEvent(event)
        self.pause()

    # -- what is asked for -------------------------------------------------------------------

    def pause(self) -> None:
        """Pause what runs."""
        self.first.run.pause()
        self.second.run.pause()

    def wait(self) -> None:
        """Pause, and stay until no thread works on a layout any more."""
        self.first.run.wait()
        self.second.run.wait()

    @Slot()
    def _run_or_pause(self) -> None:
        if self.running:
            self.pause()
        else:
            for shown, _ in self._runs():
                shown.run.run()

    @Slot()
    def _step(self) -> None:
        for shown, _ in self._runs():
            shown.run.step()

    @Slot()
    def _restart(self) -> None:
        """Begin again with the settings of now, and run if it ran."""
        running = self.running
        for shown, settings in self._runs():
            shown.restart(settings)
            if running:
                shown.run.run()
        self.refresh()

    def _ask(self, **wanted: object) -> None:
        try:
            self._session.view.show(space=wanted)
        except ValueError as error:
            self._session.notices.refuse(str(error))
            self.refresh()

    @Slot(float, object)
    def _set_perplexity(self, value: float, _gesture: object) -> None:
        self._ask(perplexity=value)

    @Slot(float, object)
    def _set_exaggeration(self, value: float, _gesture: object) -> None:
        self._ask(exaggeration=value)

    @Slot(float, object)
    def _set_neighbours(self, value: float, _gesture: object) -> None:
        self._ask(neighbours=round(value) if abs(value) < 1e9 else value)

    @Slot()
    def _choose_start(self) -> None:
        self._ask(start=self.start_box.currentData())

    @Slot()
    def _choose_beside(self) -> None:
        self._ask(beside=self.beside.isChecked())


def _field(name: str) -> NumberField:
    field = NumberField(name)
    field.framed = True
    field.finest = 1.0
    field.digits = None
    return field


def _word(text: str) -> QLabel:
    word = QLabel(text)
    word.setObjectName("muted")
    return word


def _settings_in_words(settings: LayoutSettings) -> str:
    if settings.start == "pca":
        return say("from principal components")
    return say("from random places, seed {seed}", seed=settings.seed)
