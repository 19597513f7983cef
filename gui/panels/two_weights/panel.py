"""The error over any two weights, with the path of the run on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.two_weights import words
from gui.panels.two_weights.card import ContourCard
from gui.panels.two_weights.controls import Controls
from gui.panels.two_weights.plot import Drawn
from gui.panels.two_weights.ranges import fitting, held, with_equal_units
from gui.panels.two_weights.track import track
from gui.session import Session
from gui.widgets.background import Background, Cancelled
from gui.widgets.text_line import TextLine
from gui.widgets.whereabouts import rect_in
from model.door import listed, mark, say
from model.network import Floats
from model.path.step_series import Follower, weight_series
from model.study.two_weights import ErrorOverTwo, error_over_two, over_rows
from model.words.names import weight_name
from model.words.parts import Part

# A second, while running; of much data the error takes longer than a frame.
_FRAMES, _FEW_FRAMES = 15.0, 1.0
_MUCH = 2**21
_CLICK, _ENTER = mark("{point} · click starts here"), mark("{point} · Enter starts here")


class TwoWeightsPanel(QWidget):
    """Chooser above, the contours, and what is told of a point below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._follower: Follower | None = None
        self._made: object = None
        # What had been made before the last click here, and after it.
        self._before: object = None
        self._after: object = None
        self.controls = Controls(session)
        self.card = ContourCard()
        self.reading = TextLine(role="ink")
        self.note = TextLine(lines=3)
        self._background = Background((MemoryError,), self)
        self._background.finished.connect(self._show)
        self._background.failed.connect(self._give_up)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._background.wait)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.controls)
        self._column.addWidget(self.card, 1)
        self._column.addWidget(self.reading)
        self._column.addWidget(self.note)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, describe=self._describe,
            frames=self._frames, forget=self._forget,
        )  # fmt: skip
        session.view.changed.connect(self._view_differs)
        self.card.chosen.connect(self._start_there)
        self.card.taken_back.connect(self._take_back)
        self.card.probed.connect(self._tell)
        self.card.plot.zoom_changed.connect(self._following.look_again)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.controls.tab_stops, self.card]

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        return rect_in(self, self.card if part.family == "plot:two_weights" else self)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def _names(self) -> tuple[str, str]:
        shown = self._session.view.two_weights
        first, second = (
            weight_name(self._session.experiment, *cell) for cell in (shown.across, shown.up)
        )
        return first, second

    @property
    def _is_of_one(self) -> bool:
        """Whether the error is that of the example on the bench alone."""
        setup = self._session.state.setup
        alone = setup.schedule.order == "first" or len(setup.examples) == 1
        return alone or self._session.view.two_weights.over == "example"

    @property
    def _is_much(self) -> bool:
        """Whether the error takes longer than a frame, and so is worked out in the background."""
        examples = self._session.state.setup.examples
        return not self._is_of_one and len(examples) * examples.n_inputs > _MUCH

    @property
    def busy(self) -> bool:
        """Whether the error is still being worked out."""
        return self._background.busy

    def _frames(self) -> float:
        return _FEW_FRAMES if self._is_much else _FRAMES

    def _rebuild(self) -> None:
        self._follower = None
        self._made = None
        self.controls.rebuild()
        self.card.let_go()
        self.card.plot.fit()

    def _forget(self) -> None:
        self._follower = None
        self._background.drop()
        self.card.plot.show_drawn(Drawn())

    def _refresh(self) -> None:
        session = self._session
        self._background.drop()
        if session.experiment.weights.size < 2:
            self.card.plot.show_drawn(Drawn(why=say("There is only one weight here.")))
            self._tell()
            return
        self.controls.refresh()
        if not self._is_much:
            self._show(self._surface())
            return
        state, shown = session.state, session.view.two_weights

        def work(_: Cancelled) -> ErrorOverTwo:
            return error_over_two(state.setup, state.weights, shown.across, shown.up)

        self._background.start(work)

    @Slot(object)
    def _show(self, surface: ErrorOverTwo | None) -> None:
        """Draw the error and the path of the moment, which it belongs to."""
        session = self._session
        shown, state = session.view.two_weights, session.state
        path, n_so_far = self._path()
        drawn = Drawn(
            surface, path, n_so_far,
            (words.weight_title(session.experiment, shown.across),
             words.weight_title(session.experiment, shown.up)),
            (bool(state.setup.frozen[shown.across]), bool(state.setup.frozen[shown.up])),
            say("There is no error without a label: say first what this is."),
        )  # fmt: skip
        self.card.plot.show_drawn(drawn)
        if surface is not None:
            self._fit_view(surface, path[:n_so_far])
        self._tell()

    def _surface(self) -> ErrorOverTwo | None:
        """The error over the two weights; None where what is on the bench has no label."""
        state, shown = self._session.state, self._session.view.two_weights
        if not self._is_of_one:
            return error_over_two(state.setup, state.weights, shown.across, shown.up)
        if not state.is_labelled:
            return None
        rows = state.inputs[None, :], state.target[None, :]
        return over_rows(*rows, state.weights, shown.across, shown.up)

    def _path(self) -> tuple[Floats, int]:
        """Both weights by step, (n, 2), and how many of these are steps up to the current one."""
        session, shown = self._session, self._session.view.two_weights
        cells = (shown.across, shown.up)
        if self._follower is None or self._made != cells:
            self._made, self._follower = cells, Follower(weight_series(cells))
        series = self._follower.series(session.path, 0, session.playback.length + 1)
        return track(series.steps, series.mean, session.playback.position, session.state, cells)

    def _fit_view(self, surface: ErrorOverTwo, path: Floats) -> None:
        plot = self.card.plot
        view = fitting(surface, path)
        if self._session.view.two_weights.equal:
            view = with_equal_units(view, plot.area.width(), plot.area.height())
        if self._session.playback.running:
            view = held(plot.fitting, view)
        plot.show_view(view)

    @Slot()
    def _tell(self) -> None:
        """Say what is pointed at, or else where the path is."""
        session, surface = self._session, self.card.plot.contours.drawn.surface
        if surface is None:
            self.reading.set_text("")
            self.note.set_text("")
            return
        shown = session.view.two_weights
        error_is = words.error_name(session.experiment, session.state, shown, self._is_of_one)
        told = self.card.told
        point = (surface.first, surface.second) if told is None else told
        error = float(surface.at(np.array(point[0]), np.array(point[1])))
        text = words.at_point(self._names, point, error, error_is)
        if told is not None:
            text = say(_CLICK if self.card.pointing else _ENTER, point=text)
        self.reading.set_text(text)
        self.note.set_text(
            say(
                "{least} {others}", least=words.least_words(self._names, surface),
                others=words.others_words(session.experiment, shown, session.playback.position),
            )
        )  # fmt: skip
        if self.card.probe is not None:
            self._describe()

    def _describe(self) -> None:
        drawn = self.card.plot.contours.drawn
        if drawn.surface is None:
            told = drawn.why
        else:
            told = say(
                "step {step:,} of {last:,}: {point}. {note}",
                step=self._session.playback.position, last=self._session.playback.length,
                point=self.reading.text, note=self.note.text,
            )  # fmt: skip
            frozen = [name for name, still in zip(self._names, drawn.frozen, strict=True) if still]
            if frozen:
                told = say("{told} Frozen: {names}.", told=told, names=listed(frozen))
        self.card.setAccessibleDescription(told)
        self.card.plot.setAccessibleDescription(told)

    # -- what is asked for --------------------------------------------------------------------

    @Slot(float, float)
    def _start_there(self, first: float, second: float) -> None:
        """Give both weights these values: one entry for undo."""
        session, shown = self._session, self._session.view.two_weights
        label = say("weights {first} and {second}", first=self._names[0], second=self._names[1])
        self._before = session.edits.made
        session.edits.edit("weights", (shown.across, shown.up), (first, second), label)
        self._after = session.edits.made

    @Slot()
    def _take_back(self) -> None:
        """A double-click fits, and so its first click is to change nothing."""
        edits = self._session.edits
        if self._before is not self._after and edits.made is self._after and edits.can_undo:
            self._before = self._after
            edits.undo()

    @Slot(str)
    def _view_differs(self, name: str) -> None:
        if name == "two_weights":
            # Other axes: no old zoom fits them.
            self.card.plot.fit()
            self.card.let_go()
        if name in ("two_weights", "part", "pixel", "output", "weights"):
            self._following.look_again()

    @Slot(object)
    def _give_up(self, _: object) -> None:
        why = say("There is not enough memory for the error over all examples.")
        self.card.plot.show_drawn(Drawn(why=why))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._background.drop()
        # What was dropped is asked for again when it is seen again.
        self._following.look_again()
        if not self.window().isVisible():
            # The window is closed: no thread may be left when all of this is taken down.
            self._background.wait()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._session.view.two_weights.equal:
            self._following.look_again()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(6))
        self._following.look_again()
