"""Menus and shortcuts of the window, made from the table in ``gui.window.actions``."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.look.theme import THEMES, look
from gui.window.actions import ACTIONS, MENUS, ActionSpec
from model.files.library import builtin_names
from model.phase import Phase

if TYPE_CHECKING:
    from gui.window.window import Window

_SYSTEM_THEME = "Like the &system"


class Menus(QObject):
    """The menu bar; ``actions`` holds its entries by their names in the table."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._menus = {name: window.menuBar().addMenu(f"&{name}") for name in MENUS}
        self.actions = {spec.name: self._add(spec) for spec in ACTIONS}
        self.actions["show_side"].setChecked(True)
        for name in builtin_names():
            action = self._menus["Experiments"].addAction(name)
            action.setData(name)
            action.triggered.connect(window.documents.open_builtin)
        self._themes = self._theme_menu()
        self._menus["View"].insertMenu(self.actions["full_screen"], self._themes)
        window.lower_tabs.folded_changed.connect(self._show_folded)
        self._show_folded(window.lower_tabs.folded)
        session = window.session
        session.changed.connect(self._enable)
        session.opened.connect(self._enable)
        session.playback.running_changed.connect(self._enable)
        session.edits.changed.connect(self._enable)
        self._enable()

    def _add(self, spec: ActionSpec) -> QAction:
        menu = self._menus[spec.menu]
        if spec.starts_group:
            menu.addSeparator()
        action = menu.addAction(spec.text)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        signal = action.toggled if spec.checkable else action.triggered
        signal.connect(attrgetter(spec.slot)(self._window))
        return action

    def _theme_menu(self) -> QMenu:
        menu = QMenu("&Theme", self._window)
        self._theme_group = QActionGroup(self)
        for name in ("system", *THEMES):
            text = _SYSTEM_THEME if name == "system" else f"&{name.capitalize()}"
            action = menu.addAction(text)
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == look.choice)
            self._theme_group.addAction(action)
        self._theme_group.triggered.connect(self._choose_theme)
        return menu

    @Slot(QAction)
    def _choose_theme(self, action: QAction) -> None:
        look.choose(str(action.data()))
        if self._window.settings is not None:
            self._window.settings.theme = str(action.data())

    @Slot(bool)
    def _show_folded(self, folded: bool) -> None:
        action = self.actions["show_lower"]
        # What the window did by itself is not to be taken for a wish.
        action.blockSignals(True)
        action.setChecked(not folded)
        action.blockSignals(False)

    @Slot()
    def _enable(self) -> None:
        session = self._window.session
        paused = not session.playback.running
        under_way = session.playback.phase is not Phase.READY
        for name, enabled in {
            "predict": paused and not under_way,
            "compare": paused and session.playback.phase is Phase.PREDICTED,
            "learn": paused and session.playback.phase is Phase.COMPARED,
            "step": paused,
            "back": paused and (session.playback.position > 0 or under_way),
            "reset": session.playback.position > 0 or under_way,
            "undo": session.edits.can_undo,
            "redo": session.edits.can_redo,
            "count": session.experiment.digits is not None,
        }.items():
            self.actions[name].setEnabled(enabled)
