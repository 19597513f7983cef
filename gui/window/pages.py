"""Places whose panels are made when they are first looked at, so that the window opens fast."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from gui.look.late import LatePlace
from gui.session import Session
from gui.widgets.marks.cover import Covering
from gui.window.panels import PanelSpec
from model.door import say
from model.experiment import Experiment


class Page(LatePlace):
    """A place for one panel, which is made when the page is shown for the first time.

    Signals
    -------
    filled : the panel was made
    covered_changed : it was covered, or can be seen again
    """

    filled = Signal()
    covered_changed = Signal()
    _came_into_sight = Signal()

    def __init__(self, spec: PanelSpec, session: Session) -> None:
        super().__init__()
        self.spec = spec
        self._session = session
        self.panel: QWidget | None = None
        self._failure: QLabel | None = None
        # Whether the panel is to be made only once the window around it can be seen.
        self.waits = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fill)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        # By a slot: what goes wrong in one is told by sys.excepthook, and the window goes on. In
        # showEvent itself Qt would lose it, or end the program.
        self._came_into_sight.connect(self.fill)
        self._cover = Covering(self)
        session.parts.veils_changed.connect(self._fit_cover)

    @property
    def covered(self) -> bool:
        """Whether nothing of the panel may be seen for now."""
        return self._cover.on

    @Slot()
    def _fit_cover(self) -> None:
        """Cover the panel where what it shows is hidden: then it is hidden itself."""
        covered = self._session.parts.veils.covers(self.spec.key)
        if covered != self.covered:
            self._cover.set_on(covered)
            if self.panel is not None:
                self.panel.setVisible(not covered)
            self.covered_changed.emit()

    @Slot()
    def fill(self) -> QWidget:
        """The panel, made now if it was not there yet."""
        if self.panel is None:
            self._soon.stop()
            try:
                self.panel = self.spec.make(self._session)
            finally:
                self._say_whether_it_failed()
            self._column.addWidget(self.panel)
            self.panel.setVisible(not self.covered)
            self._cover.set_on(self.covered)
            self.filled.emit()
        return self.panel

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order: what the panel says, once it is there."""
        stops: list[QWidget] = getattr(self.panel, "tab_stops", [])
        return stops

    def showEvent(self, event: QShowEvent) -> None:
        if not self.waits and self._is_wanted:
            self._came_into_sight.emit()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_wanted:
            self._soon.start()

    @property
    def _is_wanted(self) -> bool:
        # What could not be made is not tried again whenever someone looks.
        return self.panel is None and self._failure is None

    def _say_whether_it_failed(self) -> None:
        if self.panel is None and self._failure is None:
            words = say(
                "This panel could not be opened: something went wrong that should not have. The "
                "rest of the window works; save what you have before you start Weightbench again."
            )
            self._failure = QLabel(words)
            self._failure.setWordWrap(True)
            self._failure.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(self._failure)
            self._failure.show()
        elif self.panel is not None and self._failure is not None:
            self._failure.deleteLater()
            self._failure = None


class Row(QWidget):
    """Panels beside each other: those that the experiment has.

    Signals
    -------
    filled : the panel of one of them was made
    """

    filled = Signal()

    def __init__(self, specs: list[PanelSpec], session: Session) -> None:
        super().__init__()
        self._experiment = session.experiment
        self._narrow = self._aside = False
        self._least_height = 0
        self.pages = {spec.key: Page(spec, session) for spec in specs}
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        for page in self.pages.values():
            page.filled.connect(self.filled)
            # Whether there is room for all of them depends on those that have none now, too.
            page.may_rest = False
            page.hide()
            self._row.addWidget(page, page.spec.share)

    def show_for(self, experiment: Experiment) -> None:
        """Show the panels that an experiment has."""
        self._experiment = experiment
        shown = {page for page in self.pages.values() if page.spec.shown(experiment)}
        if self._aside and shown:
            shown = {min(shown, key=lambda page: page.spec.share)}
        elif self._narrow and shown:
            shown = {max(shown, key=lambda page: page.spec.share)}
        # One alone has all the room; several stand apart from what is around them.
        self._row.setContentsMargins(*((14, 6, 10, 10) if len(shown) > 1 else (0, 0, 0, 0)))
        for page in self.pages.values():
            page.setVisible(page in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_width()
        return super().event(event)

    def _share_width(self) -> None:
        """By their shares; where there is room for all that is asked for, nobody gets less.

        A layout of Qt's asks those that have a share only for the least that they can do with.
        """
        shown = [page for page in self.pages.values() if not page.isHidden()]
        width = self._row.contentsRect().width() - self._row.spacing() * (len(shown) - 1)
        wanted = {page: page.sizeHint().width() for page in shown}
        fits, shares = sum(wanted.values()) <= width, sum(page.spec.share for page in shown)
        for page in shown:
            share = page.spec.share
            if fits and width * share < wanted[page] * shares:
                share = 0
            if self._row.stretch(self._row.indexOf(page)) != share:
                self._row.setStretchFactor(page, share)

    def set_narrow(self, narrow: bool) -> None:
        """Show the panel with the largest share alone, or all of them."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_for(self._experiment)

    def set_least_height(self, height: int) -> None:
        """Be at least so high, and higher where a panel has to be."""
        if height != self._least_height:
            self._least_height = height
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._least_height))

    @property
    def main_width(self) -> int:
        """The least width of the panel with the largest share, as far as it was made."""
        shown = [page for page in self.pages.values() if page.spec.shown(self._experiment)]
        main = max(shown, key=lambda page: page.spec.share, default=None)
        return 0 if main is None else main.minimumSizeHint().width()

    @property
    def is_aside(self) -> bool:
        """Whether only the panel with the smallest share has room."""
        return self._aside

    def set_aside(self, aside: bool) -> None:
        """Show the panel with the smallest share alone, or what there is room for."""
        if aside != self._aside:
            self._aside = aside
            self.show_for(self._experiment)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        pages = (page for page in self.pages.values() if not page.isHidden())
        return [stop for page in pages for stop in page.tab_stops]


class Pages(QTabWidget):
    """Tabs of panels, one of which is in front; the view says which, and is told.

    Signals
    -------
    filled : the panel of one of them was made
    asked_for : something else than the person brought one of these panels to the front
    """

    filled = Signal()
    asked_for = Signal()

    def __init__(self, name: str, specs: list[PanelSpec], session: Session) -> None:
        super().__init__()
        self._session = session
        self._telling = False
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
        # The bar has the focus; the widget behind it would only be a second stop for Tab. As long
        # as it has a proxy, Tab goes round in it. PySide's stubs forget that None is allowed.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.pages: dict[str, Page] = {}
        for spec in specs:
            page = self.pages[spec.key] = Page(spec, session)
            page.filled.connect(self.filled)
            self.addTab(page, say(spec.title))
        self._make_room()
        self.currentChanged.connect(self._make_room)
        self.currentChanged.connect(self._tell_view)
        session.view.changed.connect(self._view_changed)

    @property
    def current_key(self) -> str:
        """The key of the panel in front."""
        page = self.currentWidget()
        return page.spec.key if isinstance(page, Page) else ""

    def show_for(self, experiment: Experiment, keep: bool = False) -> None:
        """Show the pages that an experiment has, its first one in front.

        ``keep`` leaves the one in front there, if the experiment has it.
        """
        shown = [page for page in self.pages.values() if page.spec.shown(experiment)]
        for page in self.pages.values():
            self.setTabVisible(self.indexOf(page), page in shown)
        if shown and not (keep and self.currentWidget() in shown):
            first = next((page for page in shown if page.spec.first(experiment)), shown[0])
            self.setCurrentWidget(first)
        self._tell_view()

    def wait_to_be_seen(self) -> None:
        """Make the first panel only once the window around it has been painted."""
        for page in self.pages.values():
            page.waits = True
            page.filled.connect(self._wait_no_more)

    @Slot()
    def _wait_no_more(self) -> None:
        for page in self.pages.values():
            page.waits = False

    @property
    def covered(self) -> bool:
        """Whether nothing of the panel in front may be seen for now."""
        page = self.currentWidget()
        return isinstance(page, Page) and page.covered

    @property
    def waiting(self) -> bool:
        """Whether the panel in front can be seen but was not made yet."""
        page = self.currentWidget()
        return isinstance(page, Page) and page.panel is None and page.isVisible()

    @property
    def busy(self) -> bool:
        """Whether the panel in front still works out what it shows, as far as it can say so."""
        page = self.currentWidget()
        return isinstance(page, Page) and bool(getattr(page.panel, "busy", False))

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.tabBar(), *(stop for page in self.pages.values() for stop in page.tab_stops)]

    @Slot()
    def _make_room(self) -> None:
        """Only the page in front counts towards the least size of all."""
        for page in self.pages.values():
            front = page is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if front else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)

    @Slot()
    def _tell_view(self) -> None:
        if self.current_key:
            self._telling = True
            self._session.view.show(panel=self.current_key)
            self._telling = False

    @Slot(str)
    def _view_changed(self, name: str) -> None:
        page = self.pages.get(self._session.view.panel) if name == "panel" else None
        if page is not None and not self._telling:
            self.setCurrentWidget(page)
            self.asked_for.emit()
