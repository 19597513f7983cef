"""What can be done with a panel as it is seen: menus of all in sight, and of one pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu, QWidget

from gui.exports.exporter import Exporter
from model.door import say


@runtime_checkable
class CanCopy(Protocol):
    """A panel that can copy what it shows as text."""

    def copy(self) -> None:
        """Copy it to the clipboard."""


class InSight(NamedTuple):
    """A panel that is in sight: what it is called, its place in the window, and itself."""

    title: str
    place: QWidget
    panel: QWidget


class Spec(Protocol):
    """What is known of a panel before it is made."""

    @property
    def title(self) -> str:
        """What a person reads."""


class Page(Protocol):
    """The place of one panel, a QWidget."""

    panel: QWidget | None

    @property
    def spec(self) -> Spec:
        """The panel's row in the table of panels."""

    @property
    def covered(self) -> bool:
        """Whether nothing of the panel may be seen for now."""


class Places(Protocol):
    """Panels that lie together."""

    @property
    def pages(self) -> Mapping[str, Page]:
        """The place of each, by its key."""


class PanelMenu(QObject):
    """Menus for the panels that are in sight."""

    def __init__(self, exporter: Exporter, places: Iterable[Places], window: QWidget) -> None:
        super().__init__(window)
        self._exporter, self._places, self._window = exporter, tuple(places), window
        self._menu: QMenu | None = None

    def _in_sight(self) -> list[InSight]:
        return [
            InSight(say(page.spec.title), page, page.panel)
            for place in self._places
            for page in place.pages.values()
            if isinstance(page, QWidget)
            and page.isVisible()
            and page.panel is not None
            and not page.covered
        ]

    def made(self, parent: QWidget) -> QMenu:
        """The menu that lists all of them."""
        self._menu = QMenu(say("Picture of &a panel"), parent)
        self._menu.aboutToShow.connect(self._fill)
        return self._menu

    @Slot()
    def _fill(self) -> None:
        if self._menu is None:
            return
        self._menu.clear()
        for one in self._in_sight():
            action = self._menu.addAction(say("{panel}…", panel=one.title.replace("&", "&&")))
            action.triggered.connect(partial(self._save, one))
        self._menu.setEnabled(not self._menu.isEmpty())

    def show_at(self, place: QPoint) -> None:
        """Show what can be done with the panel at a place of the screen."""
        if self._exporter.locked:
            return
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        self._add(menu, place)
        menu.popup(place)

    @contextmanager
    def added_to(self, menu: QMenu, place: QPoint) -> Iterator[None]:
        """Have the same at the end of another menu meanwhile."""
        before = set(menu.actions())
        if not self._exporter.locked:
            menu.addSeparator()
            self._add(menu, place)
        try:
            yield
        finally:
            for action in menu.actions():
                if action not in before:
                    menu.removeAction(action)
                    action.deleteLater()

    def _add(self, menu: QMenu, place: QPoint) -> None:
        found = [one for one in self._in_sight() if _is_at(one.place, place)]
        if found:
            one = found[-1]
            menu.addAction(say("Copy p&icture"), partial(self._exporter.copy_picture, one.place))
            if isinstance(one.panel, CanCopy):
                menu.addAction(say("Copy as &text"), one.panel.copy)
            menu.addAction(say("Save pict&ure of this panel…"), partial(self._save, one))
        menu.addAction(say("Save picture of the wi&ndow…"), self._exporter.ask_picture)

    def _save(self, one: InSight, _: bool = False) -> None:
        self._exporter.ask_picture(one.place, one.title)


def _is_at(widget: QWidget, place: QPoint) -> bool:
    return widget.rect().contains(widget.mapFromGlobal(place))
