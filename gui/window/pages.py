"""Tabs whose panels are made when they are first looked at, so that the window opens fast."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QTabWidget, QVBoxLayout, QWidget


class Page(QWidget):
    """A place for one panel; ``make`` is called when the page is shown for the first time.

    Signals
    -------
    filled : the panel was made
    """

    filled = Signal()
    _came_into_sight = Signal()

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.panel: QWidget | None = None
        self._failure: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        # By a slot: what goes wrong in one is told by sys.excepthook, and the window goes on. In
        # showEvent itself Qt would lose it, or end the program.
        self._came_into_sight.connect(self.fill)

    @Slot()
    def fill(self) -> QWidget:
        """The panel, made now if it was not there yet."""
        if self.panel is None:
            try:
                self.panel = self._make()
            finally:
                self._say_whether_it_failed()
            self._column.addWidget(self.panel)
            self.panel.show()
            self.filled.emit()
        return self.panel

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order: what the panel says, once it is there."""
        stops: list[QWidget] = getattr(self.panel, "tab_stops", [])
        return stops

    def showEvent(self, event: QShowEvent) -> None:
        # What could not be made is not tried again whenever someone looks.
        if self.panel is None and self._failure is None:
            self._came_into_sight.emit()
        super().showEvent(event)

    def _say_whether_it_failed(self) -> None:
        if self.panel is None and self._failure is None:
            self._failure = QLabel(
                "This panel could not be opened: something went wrong that should not have. The "
                "rest of the window works; save what you have before you start Weightbench again."
            )
            self._failure.setWordWrap(True)
            self._failure.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(self._failure)
            self._failure.show()
        elif self.panel is not None and self._failure is not None:
            self._failure.deleteLater()
            self._failure = None


class Pages(QTabWidget):
    """Tabs of such pages, some of which are there for images only.

    Signals
    -------
    filled : the panel of one of them was made
    """

    filled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
        # The bar has the focus; the widget behind it would only be a second stop for Tab. As long
        # as it has a proxy, Tab goes round in it. PySide's stubs forget that None is allowed.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.currentChanged.connect(self._make_room)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._for_images: list[Page] = []
        self.pages: dict[str, Page] = {}

    def add(self, title: str, make: Callable[[], QWidget], for_images: bool = False) -> None:
        """Add a page at the end."""
        page = Page(make)
        page.filled.connect(self.filled)
        self.pages[title] = page
        self.addTab(page, title)
        self._make_room()
        if for_images:
            self._for_images.append(page)

    def show_for(self, images: bool, first: str) -> None:
        """Show the pages that an experiment has, ``first`` in front."""
        for page in self._for_images:
            self.setTabVisible(self.indexOf(page), images)
        self.setCurrentWidget(self.pages[first])

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

    def panel(self, title: str) -> QWidget:
        """The panel of a page, made now if need be."""
        return self.pages[title].fill()
