"""Tabs whose panels are made when they are first looked at, so that the window opens fast."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget


class Page(QWidget):
    """A place for one panel; ``make`` is called when the page is shown for the first time."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.panel: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def fill(self) -> QWidget:
        """The panel, made now if it was not there yet."""
        if self.panel is None:
            self.panel = self._make()
            self._column.addWidget(self.panel)
            self.panel.show()
        return self.panel

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
        super().showEvent(event)


class Pages(QTabWidget):
    """Tabs of such pages, some of which are there for images only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._for_images: list[Page] = []
        self.pages: dict[str, Page] = {}

    def add(self, title: str, make: Callable[[], QWidget], for_images: bool = False) -> None:
        """Add a page at the end."""
        page = Page(make)
        self.pages[title] = page
        self.addTab(page, title)
        if for_images:
            self._for_images.append(page)

    def show_for(self, images: bool, first: str) -> None:
        """Show the pages that an experiment has, ``first`` in front."""
        for page in self._for_images:
            self.setTabVisible(self.indexOf(page), images)
        self.setCurrentWidget(self.pages[first])

    def panel(self, title: str) -> QWidget:
        """The panel of a page, made now if need be."""
        return self.pages[title].fill()
