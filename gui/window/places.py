"""The places of the window, and the panels of the table in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.files.settings import Settings
from gui.look.grouping import Revealing, column, scrolling, splitter
from gui.look.theme import TEXT_SIZES, look
from gui.look.wrapping import WrappingRow
from gui.session import Session
from gui.window.floating import Floating
from gui.window.foldable_pages import LowerPages
from gui.window.header import Header
from gui.window.notice_bar import NoticeBar
from gui.window.pages import Page, Pages, Row
from gui.window.panels import BeginsWithFocus, PanelSpec, Place
from gui.window.progress import RunProgress
from model.door import say
from model.experiment import Experiment

_LOWER_HEIGHT = 140
# Pixels of 13 pixel type in which a bench can be worked at, and a panel that lies below it.
_MIN_BENCH, _MIN_SIDE = 240, 330
# Less wide, the side panels give way, beside a lesson a little later; in large text they then lie
# below the bench when they are asked for.
_WIDTH_FOR_SIDE, _WIDTH_BESIDE_LESSON = 980, 860
# The same where all of it lies beside a lesson: the time line has to stay in sight, too.
_LOW_BENCH, _LOW_SIDE = 190, 190
# Of a lesson, in 13 pixel type, and as a part of the window.
_LESSON_WIDTH, _MIN_LESSON, _LESSON_SHARE = 340, 220, 0.29
# What the bench keeps beside wide side panels, in 13 pixel type.
_WIDE_BENCH, _WIDE_NETWORK = 300, 430


class Places(QWidget):
    """Tools above, the bench with the side panels beside it, the time line, the lower panels.

    Signals
    -------
    stops_changed : Tab stops at other widgets, as a panel was made or folded
    side_shown(bool) : the side panels came into sight, or are away
    room_changed : the lessons take more or less room
    """

    stops_changed = Signal()
    side_shown = Signal(bool)
    room_changed = Signal()

    def __init__(self, session: Session, panels: Sequence[PanelSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._specs = panels
        # While a lesson has the bench: how the panels were before, to be so again.
        self._before: tuple[bool | None, bool | None, list[int]] | None = None
        # Small panels that are always in sight are made at once; the others when they are seen.
        self._fixed: dict[str, QWidget] = {}
        self.header = Header(session)
        self.notice = NoticeBar(session)
        self._titles = self._of("title")
        self.bench = Row(self._of("bench"), session)
        self.side = Pages(say("Side panels"), self._of("side"), session)
        self.side.wait_to_be_seen()
        self.below = LowerPages(say("Lower panels"), self._of("lower"), session)
        self.below.wait_to_be_seen()
        self.progress = RunProgress(session)
        tools = WrappingRow([self._make(spec) for spec in self._of("tools")], (14, 8))
        tools.setObjectName("tools")
        # From outside in: Qt styles all that lies in a widget once more whenever that is moved.
        self._down = splitter(Qt.Orientation.Vertical)
        self.room = scrolling(self._down)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(tools)
        whole.addWidget(self._beside_lesson(), 1)
        self._across = splitter(Qt.Orientation.Horizontal)
        column(self._down, self._across, *(self._make(spec) for spec in self._of("time")))
        upper = column(self._across, self.header, self.bench, grows=1)
        self._floating = Floating(
            upper, self.header.title_height, self.notice, self.progress, low=self._notes_lie_low
        )
        self._across.addWidget(self.side)
        self._across.setStretchFactor(0, 2)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([820, 460])
        self._down.addWidget(self.below)
        self._down.setStretchFactor(0, 1)
        self._lower_height = _LOWER_HEIGHT
        self._down.setSizes([600, self._lower_height])
        self._down.splitterMoved.connect(self._note_height)
        self.below.folded_changed.connect(self.share_height)
        # What a person wants of the side panels, if anything, and whether they had better go.
        self._side_wanted: bool | None = None
        self._narrow = self._stacked = False
        # How the bench and the side share the width while the side is not wide.
        self._shares: list[int] | None = None
        self._revealing = Revealing(self.room)
        self._follow()
        session.view.set_places({spec.key: spec.place for spec in panels if spec.place != "lesson"})
        self._restyle()

    def _follow(self) -> None:
        session = self._session
        session.view.changed.connect(self._look_changed)
        self.side.asked_for.connect(self._show_side)
        self.side.currentChanged.connect(self._restyle)
        self.side.currentChanged.connect(self._fit_bench)
        self.side.filled.connect(self._fit_bench)
        session.opened.connect(self._begin_page)
        session.playback.stopped.connect(self._make_way_for_label)
        self.header.side_button.clicked.connect(self.want_side)
        for place in (self.bench, self.side, self.below):
            place.filled.connect(self.stops_changed)
        self.below.folded_changed.connect(self._reveal_unfolded)
        look.follow(self, self._restyle)

    def _beside_lesson(self) -> QWidget:
        """All below the tools, with room for a lesson at its left."""
        specs = self._of("lesson")
        self.lesson = Page(specs[0], self._session) if specs else None
        if self.lesson is None:
            return self.room
        self.lesson.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.lesson.hide()
        self.lesson.filled.connect(self.stops_changed)
        whole = self._whole = splitter(Qt.Orientation.Horizontal, self.lesson, self.room)
        whole.setStretchFactor(0, 0)
        whole.setStretchFactor(1, 1)
        whole.splitterMoved.connect(self.room_changed)
        return whole

    @Slot()
    def _begin_page(self) -> None:
        """Each page of a lesson asks for the panels that it needs, at the side and below."""
        if self._before is not None:
            self._side_wanted = None
            self.below.want_folded(self._before[1])
            self._fit_side()

    def begin_lesson(self) -> None:
        """A lesson takes the bench: what it asks for is not what the person wants."""
        self._before = self._side_wanted, self.below.wanted, self._across.sizes()

    def end_lesson(self) -> None:
        """The person's own bench is back, and the panels are as they were."""
        if self._before is None:
            return
        (self._side_wanted, folded, sizes), self._before = self._before, None
        self.below.want_folded(folded)
        self._fit_side()
        if self._shares is None and not self._stacked:
            self._across.setSizes(sizes)

    def _notes_lie_low(self) -> bool:
        """Whether notices lie over the foot of the bench: a lesson speaks of what is above."""
        return self._before is not None and self._session.experiment.image_shape is None

    @property
    def shows_lesson(self) -> bool:
        """Whether a lesson, or the list of lessons, is in sight."""
        return self.lesson is not None and not self.lesson.isHidden()

    @property
    def free_width(self) -> int:
        """Pixels that the bench and the side panels have beside a lesson."""
        taken = self.lesson.width() if self.lesson is not None and self.shows_lesson else 0
        return self.width() - taken

    def _fit_lesson(self) -> None:
        """A lesson gives way to the bench where the side panels are there, too."""
        px = look.theme.px
        least = px(_MIN_LESSON)
        cramped = self._narrow and not self._stacked and not self.side.isHidden()
        share = least if cramped else round(_LESSON_SHARE * self.width())
        width = min(px(_LESSON_WIDTH), max(least, share))
        self._whole.setSizes([width, self.width() - width])
        if cramped:
            free = self.width() - width
            side, bench = self.side.minimumSizeHint().width(), self.bench.minimumSizeHint().width()
            share = free - bench if self.bench.is_aside else side
            self._across.setSizes([free - share, share])

    def show_lesson(self, shown: bool) -> None:
        """Show the lessons, or give their room back."""
        if self.lesson is None or shown is not self.lesson.isHidden():
            return
        self.lesson.setVisible(shown)
        self._fit_side()
        self.room_changed.emit()
        self.stops_changed.emit()

    def _of(self, place: Place) -> list[PanelSpec]:
        return [spec for spec in self._specs if spec.place == place]

    def _make(self, spec: PanelSpec) -> QWidget:
        panel = self._fixed[spec.key] = spec.make(self._session)
        return panel

    # -- which panels ----------------------------------------------------------------------

    def panel(self, key: str) -> QWidget:
        """The panel of that key, made now if need be. Raises KeyError where there is none."""
        if key in self._fixed:
            return self._fixed[key]
        if self.lesson is not None and key == self.lesson.spec.key:
            return self.lesson.fill()
        for place in (self.bench, self.side, self.below):
            if key in place.pages:
                return place.pages[key].fill()
        raise KeyError(key)

    def on_bench(self) -> list[QWidget]:
        """The panels on the bench that the experiment has."""
        pages = self.bench.pages.values()
        return [page.fill() for page in pages if page.spec.shown(self._session.experiment)]

    @property
    def waiting(self) -> bool:
        """Whether a panel in front can be seen but was not made yet."""
        return self.side.waiting or self.below.waiting

    def focus_first(self) -> None:
        """Give the focus to the panel that begins with it."""
        for panel in self._fixed.values():
            if isinstance(panel, BeginsWithFocus):
                panel.first_stop.setFocus()

    def focus_lesson(self) -> None:
        """Give the focus to the lessons, made now if need be."""
        if self.lesson is None:
            return
        panel = self.lesson.fill()
        if isinstance(panel, BeginsWithFocus):
            panel.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_for(self, experiment: Experiment, keep: bool = False) -> None:
        """Show what this experiment has; ``keep`` leaves in front what is there."""
        for spec in self._titles:
            if spec.shown(experiment) and spec.key not in self._fixed:
                self.header.add_readout(self._make(spec))
        for spec in (*self._of("tools"), *self._of("time")):
            self._fixed[spec.key].setVisible(spec.shown(experiment))
        self.bench.show_for(experiment)
        self.below.show_for(experiment, keep)
        self.side.show_for(experiment, keep)
        self._session.view.settle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in the order in which the eye goes."""
        fixed = {place: self._stops_of(place) for place in ("tools", "time")}
        return [
            *fixed["tools"], *self._lesson_stops(), *self.notice.tab_stops,
            *self.progress.tab_stops, *self.header.tab_stops,
            *self.bench.tab_stops, *self.side.tab_stops, *fixed["time"], *self.below.tab_stops,
        ]  # fmt: skip

    def _lesson_stops(self) -> list[QWidget]:
        return self.lesson.tab_stops if self.lesson is not None and self.shows_lesson else []

    def _stops_of(self, place: str) -> list[QWidget]:
        stops: list[QWidget] = []
        for spec in self._specs:
            if spec.place == place:
                stops += getattr(self._fixed[spec.key], "tab_stops", [])
        return stops

    # -- how they lie ----------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        bench, side = _MIN_BENCH, _MIN_SIDE if self._stacked else _MIN_BENCH
        if self._is_low:
            bench, side = _LOW_BENCH, _LOW_SIDE
        self.bench.set_least_height(look.theme.px(bench))
        self.side.setMinimumHeight(look.theme.px(side))

    @property
    def _is_low(self) -> bool:
        """Whether bench and side panels share a height in which neither is scrolled away.

        Curves can stand in a row; any other panel needs its height.
        """
        usual = self._stacked and look.text_size == TEXT_SIZES[0]
        return usual and not self.side.isHidden() and self.side.current_key == "curves"

    @property
    def _shares_with_lesson(self) -> bool:
        """Whether a lesson leaves bench and side panels the choice to lie below each other.

        Images need the height more than the width.
        """
        return self.shows_lesson and self._session.experiment.image_shape is None

    def restore(self, settings: Settings) -> None:
        """Lay the panels as they lay when the window was closed last."""
        self._across.restoreState(settings.layout("across"))
        self._fit_side()
        self._lower_height = settings.lower_height or _LOWER_HEIGHT
        self.below.want_folded(settings.lower_folded)

    def remember(self, settings: Settings) -> None:
        """Remember how the panels lie."""
        if self._shares is not None:
            self._across.setSizes(self._shares)
        if not self._stacked:
            settings.set_layout("across", self._across.saveState())
        settings.lower_height = self._lower_height
        settings.lower_folded = self.below.wanted

    def set_width(self, width: float) -> None:
        """Take a width, in pixels of 13 pixel type: the less, the more gives way to the bench."""
        enough = _WIDTH_BESIDE_LESSON if self.shows_lesson else _WIDTH_FOR_SIDE
        narrow = width < enough
        fit = narrow, narrow and (look.text_size > TEXT_SIZES[0] or self._shares_with_lesson)
        if fit != (self._narrow, self._stacked):
            self._narrow, self._stacked = fit
            self._fit_side()

    @Slot()
    def _make_way_for_label(self) -> None:
        """Where a run waits for an image's label, the panel in which it is given comes back."""
        if self._session.path.lacks_label and self._narrow and not self._stacked:
            self.want_side(False)

    @Slot(bool)
    def want_side(self, shown: bool) -> None:
        """Show or hide the side panels because a person wants it so, whatever the room."""
        self._side_wanted = shown
        self._fit_side()
        # What is covered is not worth scrolling the bench away.
        if shown and self._stacked and not self.side.covered:
            self._revealing.ask_for(self.side)

    @Slot(bool)
    def _reveal_unfolded(self, folded: bool) -> None:
        if not folded:
            self._revealing.ask_for(self.below)

    @Slot()
    def _show_side(self) -> None:
        self.want_side(True)

    def _fit_side(self) -> None:
        shown = self._side_is_wanted
        # Where the bench and the side have little room beside each other its main panel stays;
        # where they have none, the side panels lie below it.
        self._fit_bench()
        beside, below = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._across.setOrientation(below if self._stacked else beside)
        self.side.setVisible(shown)
        self._restyle()
        if self.shows_lesson:
            self._fit_lesson()
        button = self.header.side_button
        button.setChecked(shown)
        button.setVisible(self._narrow or not shown)
        self._fit_wide()
        self.side_shown.emit(shown)
        self.stops_changed.emit()

    @Slot()
    def _fit_bench(self) -> None:
        """Narrow, the bench keeps its main panel; without room for that, its smallest."""
        narrow = self._narrow and self._side_is_wanted and not self._stacked
        self.bench.set_narrow(narrow)
        needed = self.bench.main_width + self.side.minimumSizeHint().width()
        self.bench.set_aside(self._shares is not None or (narrow and needed > self._least_free))
        # At once: what was hidden must not ask for its width any more.
        for widget in (self.bench, self._across.widget(0)):
            layout = None if widget is None else widget.layout()
            if layout is not None:
                layout.activate()
        if narrow and self.shows_lesson:
            self._fit_lesson()

    @property
    def _side_is_wanted(self) -> bool:
        return not self._narrow if self._side_wanted is None else self._side_wanted

    @property
    def _least_free(self) -> int:
        """Pixels beside a lesson that has as little room as it can do with."""
        return self.width() - (look.theme.px(_MIN_LESSON) if self.shows_lesson else 0)

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "wide":
            if self._session.view.wide:
                self._side_wanted = True
            self._fit_side()

    def _fit_wide(self) -> None:
        """Where the side is wide, only a small panel of the bench stays, as to draw in it."""
        wide = self._session.view.wide and not self.side.isHidden() and not self._stacked
        if wide != (self._shares is not None):
            shares, self._shares = self._shares, self._across.sizes() if wide else None
            self._fit_bench()
            if shares is not None:
                self._across.setSizes(shares)
        if wide:
            images = self._session.experiment.image_shape is not None
            left = look.theme.px(_WIDE_BENCH if images else _WIDE_NETWORK)
            self._across.setSizes([left, max(1, self._across.width() - left)])

    @Slot(bool)
    def share_height(self, folded: bool) -> None:
        """Unfolded, the lower panels are as high as a person last made them."""
        low = 0 if folded else self._lower_height
        self._down.setSizes([max(0, self._down.height() - low), low])
        self.stops_changed.emit()

    @Slot()
    def _note_height(self) -> None:
        if not self.below.folded:
            self._lower_height = self._down.sizes()[1]
