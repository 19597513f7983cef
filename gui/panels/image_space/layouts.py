"""Layouts that move: settings, run, pause, step and restart; a second run beside the first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.run_view import RunView
from gui.panels.image_space.stage import Stage
from gui.session import Session
from gui.widgets.buttons import FlowRow, keep_width, quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from gui.widgets.text_line import TextLine
from model.door import say
from model.edits import MAX_NUMBER
from model.image_space.layouts import LayoutSettings
from model.network import Floats

# In 13 pixel type: a lower stage has its settings behind a button, and this much it needs then.
_LOW_STAGE, _LEAST_STAGE = 300, 210


class LayoutStage(Stage):
    """Settings and buttons above, one run or two below.

    Signals
    -------
    appeared : there are points that were not there before, without colours as yet
    """

    appeared = Signal()

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__(session, data)
        self.run_button = QPushButton(say("Run"))
        self.run_button.setObjectName("primary")
        self.step_button = QPushButton(say("Step"))
        self.restart_button = QPushButton(say("Restart"))
        self.perplexity = _field(say("perplexity"))
        self.exaggeration = _field(say("exaggeration"))
        self.neighbours = _field(say("neighbours of each"))
        self.start_box = ChoiceBox(say("start"), say("Where the points begin"))
        self.start_box.offer(
            (("pca", say("from components")), ("random", say("from random places")))
        )
        self.beside = quiet_button(
            say("two side by side"),
            say("A second run beside the first, from random places of another seed: "
                "the same cost may end in another map"),
            checkable=True,
        )  # fmt: skip
        self.settings = quiet_button(
            say("settings"), say("What a run is laid out with"), checkable=True
        )
        self._is_low = False
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
        stops: list[QWidget] = [
            self.run_button, self.step_button, self.restart_button, self.settings,
        ]  # fmt: skip
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
        self.settings.clicked.connect(self._show_settings)
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
            self.run_button, self.step_button, self.restart_button, self.settings, *self._words,
            self.start_box, self.beside, *self.views,
        ]  # fmt: skip

    # -- the stage ---------------------------------------------------------------------------

    def forget(self) -> None:
        """Stop, and let go of all that belongs to the experiment before."""
        self.first.forget()
        self.second.forget()

    def refresh(self) -> None:
        """Look again at the settings, the data and the bench."""
        space = self._session.view.space
        wanted = space.layout_settings()
        if wanted is None:
            return
        self.second.setVisible(space.beside)
        for field, value in (
            (self.perplexity, space.perplexity),
            (self.exaggeration, space.exaggeration),
            (self.neighbours, space.neighbours),
        ):
            field.show_value(float(value))
        self.start_box.choose(space.start)
        self.beside.setChecked(space.beside)
        self._show_settings()
        state = self._session.state
        word = say("drawn") if state.example is None else say("on the bench")
        for shown, settings in self._runs():
            # Another kind of layout is another picture; the one before is let go of.
            if shown.run.settings is not None and shown.run.settings.kind != settings.kind:
                shown.run.forget()
            shown.follow(settings)
            shown.mark(state.inputs, word)
            shown.caption_start(_settings_in_words(shown.run.settings or settings))
        if not space.beside:
            self.second.run.forget()
        self._show_state()

    @Slot()
    def _show_settings(self) -> None:
        """Those of the layout that is shown; in a low stage only where they are asked for."""
        layout = self._session.view.space.layout
        shown = self.settings.isChecked() or not self._is_low
        for field, of in (
            (self.perplexity, "tsne"), (self.exaggeration, "tsne"), (self.neighbours, "graph")
        ):  # fmt: skip
            field.setVisible(shown and layout == of)
            self._words[field].setVisible(shown and layout == of)
        self.start_box.setVisible(shown)
        self.beside.setVisible(shown)
        self.settings.setVisible(self._is_low)
        self.settings_line.lay_out()

    def minimumSizeHint(self) -> QSize:
        # Not what all of its settings need: they give way.
        px = look.theme.px
        return QSize(px(150), px(_LEAST_STAGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < look.theme.px(_LOW_STAGE)
        if low != self._is_low:
            self._is_low = low
            self._show_settings()

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
        self._ask(neighbours=round(value) if abs(value) < MAX_NUMBER else value)

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
