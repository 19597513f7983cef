"""The menu bar: commands in the order of their tables, experiments, panels and themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.exports.commands import MENU as EXPORT
from gui.exports.commands import Bench
from gui.exports.panel_menu import PanelMenu
from gui.files.documents import Documents
from gui.files.settings import Settings
from gui.look.painting import shortened
from gui.look.theme import TEXT_SIZES, THEMES, look
from gui.session import Session
from gui.session.commands import CommandSet
from gui.weights.desk import WeightDesk
from gui.widgets.tips import plain_tip
from gui.window.commands import COMMANDS, MENUS, SUBMENUS, Frame
from gui.window.pages import Pages
from model.door import languages, mark, say
from model.files.library import builtin_names, title_of
from model.language import choice

_THEMES = {
    "system": mark("Like the &system"),
    "light": mark("&Light"),
    "dark": mark("&Dark"),
    "projector": mark("&Projector"),
}


# Of the name of a file, in 13 pixel type.
_NAME_WIDTH = 360


def _as_it_is(text: str) -> str:
    """A text from outside for a menu, where & would underline what follows."""
    return text.replace("&", "&&")


class Menus(QObject):
    """The menu bar; ``actions`` holds the commands' actions by their names."""

    def __init__(
        self,
        bar: QMenuBar,
        session: Session,
        commands: CommandSet[Frame],
        of_weights: CommandSet[WeightDesk],
        exports: CommandSet[Bench],
        documents: Documents,
        tabs: list[Pages],
        settings: Settings | None,
        panel_menu: PanelMenu,
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._settings = settings
        self._menus = {name: bar.addMenu(say(title)) for name, title in MENUS.items()}
        self.actions: dict[str, QAction] = {
            **session.commands.actions, **commands.actions, **of_weights.actions,
            **exports.actions,
        }  # fmt: skip
        self._documents = documents
        self._specs = [page.spec for pages in tabs for page in pages.pages.values()]
        self._add_commands()
        self._add_experiments()
        self._add_recent()
        export = self._menus[EXPORT]
        export.insertMenu(self.actions["paper_pictures"], panel_menu.made(export))
        # Which can be saved beside the others that change them, too.
        export.insertAction(self.actions["export_experiment"], self.actions["save_weights"])
        self._add_panels_and_looks()
        look.changed.connect(self._remember_look)
        self._tick_look()
        session.opened.connect(self._show_panels)
        self._show_panels()
        documents.title_changed.connect(self._tick_experiment)
        session.opened.connect(self._tick_experiment)
        self._tick_experiment()

    def _add_commands(self) -> None:
        for command in COMMANDS:
            menu = self._menu(command.menu)
            if command.starts_group:
                menu.addSeparator()
            menu.addAction(self.actions[command.name])

    def _add_experiments(self) -> None:
        self._experiments = QActionGroup(self)
        self._experiments.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name in builtin_names():
            action = self._menus["Experiments"].addAction(_as_it_is(title_of(name)))
            action.setData(name)
            action.setCheckable(True)
            self._experiments.addAction(action)
        self._experiments.triggered.connect(self._open_chosen)

    def _add_panels_and_looks(self) -> None:
        """What the View menu has beside its commands: panels, themes, text sizes, languages."""
        full_screen, view = self.actions["full_screen"], self._menus["View"]
        self._panels = QActionGroup(self)
        self._panels.setExclusive(False)
        self._panels.triggered.connect(self._bring_to_front)
        for spec in self._specs:
            action = self._panels.addAction(say(spec.title))
            action.setData(spec.key)
            view.insertAction(full_screen, action)
        view.insertSeparator(full_screen)
        view.insertMenu(full_screen, self._theme_menu())
        view.insertMenu(self.actions["larger_text"], self._text_size_menu())
        view.addMenu(self._language_menu())

    def _menu(self, name: str) -> QMenu:
        """The menu of that name; one inside another is made when its first command comes."""
        if name not in self._menus:
            outer, title, below = SUBMENUS[name]
            around = self._menus[outer]
            self._menus[name] = inner = QMenu(say(title), around)
            if below is None:
                around.addSeparator()
                around.addMenu(inner)
            else:
                around.insertMenu(self.actions[below], inner)
                around.insertSeparator(self.actions[below])
        return self._menus[name]

    @property
    def weights(self) -> QMenu:
        """What can be done to all weights at once."""
        return self._menus["Weights"]

    @Slot()
    def _show_panels(self) -> None:
        """Name the panels that the experiment has."""
        for spec, action in zip(self._specs, self._panels.actions(), strict=True):
            action.setVisible(spec.shown(self._session.experiment))

    # -- experiments and files -------------------------------------------------------------

    @Slot()
    def _tick_experiment(self) -> None:
        """Tick the built-in experiment that is on the bench; none where it is of a file."""
        on_bench = self._session.experiment.name if self._documents.file is None else ""
        for action in self._experiments.actions():
            action.setChecked(action.data() == on_bench)

    def _add_recent(self) -> None:
        self._recent_menu = QMenu(say("Open &recent"), self._menus["File"])
        self._recent_menu.setObjectName("recent")
        self._recent_menu.setToolTipsVisible(True)
        self._menus["File"].insertMenu(self.actions["save"], self._recent_menu)
        self._recent = QActionGroup(self)
        self._recent.triggered.connect(self._open_chosen)
        self._menus["File"].aboutToShow.connect(self._list_recent)
        self._list_recent()

    @Slot()
    def _list_recent(self) -> None:
        for action in self._recent.actions():
            self._recent.removeAction(action)
        self._recent_menu.clear()
        for file in self._documents.recent:
            action = self._recent_menu.addAction(
                _as_it_is(shortened(file.name, look.theme.font(), look.theme.px(_NAME_WIDTH)))
            )
            action.setToolTip(plain_tip(str(file)))
            action.setData(str(file))
            self._recent.addAction(action)
        self._recent_menu.menuAction().setEnabled(not self._recent_menu.isEmpty())

    @Slot(QAction)
    def _open_chosen(self, action: QAction) -> None:
        self._documents.ask_open_named(str(action.data()))
        # Pressed, it is ticked at once; it may not be opened.
        self._tick_experiment()

    # -- panels and themes -----------------------------------------------------------------

    @Slot(QAction)
    def _bring_to_front(self, action: QAction) -> None:
        self._session.view.show(panel=action.data())

    def _theme_menu(self) -> QMenu:
        menu = QMenu(say("&Theme"), self._menus["View"])
        names = {name: say(_THEMES[name]) for name in ("system", *THEMES)}
        self._themes = _choices(menu, names, look.choice)
        self._themes.triggered.connect(self._choose_theme)
        return menu

    def _text_size_menu(self) -> QMenu:
        menu = QMenu(say("Text si&ze"), self._menus["View"])
        names = {size: say("{percent} %", percent=size) for size in TEXT_SIZES}
        self._text_sizes = _choices(menu, names, look.text_size)
        self._text_sizes.triggered.connect(self._choose_text_size)
        return menu

    def _language_menu(self) -> QMenu:
        menu = QMenu(say("&Language"), self._menus["View"])
        menu.aboutToShow.connect(self._list_languages)
        self._language_list = menu
        return menu

    @Slot()
    def _list_languages(self) -> None:
        """Their names stand in their catalogues, which take a moment to be read."""
        if self._language_list.isEmpty():
            names = {choice.SYSTEM: say("That of the &system"), **languages()}
            group = _choices(self._language_list, names, choice.chosen())
            group.triggered.connect(self._choose_language)

    @Slot(QAction)
    def _choose_language(self, action: QAction) -> None:
        """Keep it for the next start: what is on screen was said already."""
        try:
            choice.choose(str(action.data()))
        except OSError as error:
            self._documents.say(say("The language could not be kept: {why}", why=error.strerror))
            return
        self._documents.say(say("{language} from the next start on", language=action.text()))

    @Slot(QAction)
    def _choose_theme(self, action: QAction) -> None:
        look.choose(str(action.data()))
        if self._settings is not None:
            self._settings.theme = str(action.data())

    @Slot(QAction)
    def _choose_text_size(self, action: QAction) -> None:
        look.choose_text_size(int(action.data()))

    @Slot()
    def _tick_look(self) -> None:
        """Tick how large text is and whether things move, whoever has chosen that."""
        for action in self._text_sizes.actions():
            action.setChecked(action.data() == look.text_size)
        motion = QSignalBlocker(self.actions["motion"])
        self.actions["motion"].setChecked(look.motion)
        motion.unblock()

    @Slot()
    def _remember_look(self) -> None:
        """Keep for the next start what was chosen."""
        self._tick_look()
        if self._settings is not None:
            self._settings.text_size = look.text_size
            self._settings.motion = look.chosen_motion


def _choices(menu: QMenu, names: Mapping[Any, str], chosen: object) -> QActionGroup:
    """Entries of which one is ticked, each with what it stands for."""
    group = QActionGroup(menu)
    for value, name in names.items():
        action = group.addAction(name)
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        menu.addAction(action)
    return group
