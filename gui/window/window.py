"""The window: the places of the panels, and how they lay when it was closed last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.exports.commands import EXPORT_COMMANDS
from gui.exports.exporter import Exporter
from gui.exports.panel_menu import PanelMenu
from gui.files.documents import Documents
from gui.files.dropped import local_files
from gui.files.keeper import Keeper
from gui.files.settings import Settings
from gui.look.theme import TEXT_SIZES, look
from gui.presenter.presenting import Presenting
from gui.session import Session
from gui.session.commands import CommandSet
from gui.weights.commands import WEIGHT_COMMANDS
from gui.weights.desk import WeightDesk
from gui.widgets.roles import tell_roles
from gui.widgets.tab_order import chain
from gui.window.commands import WINDOW_COMMANDS, Frame
from gui.window.lessons import Lessons
from gui.window.menus import Menus
from gui.window.panels import PANELS, PanelSpec, TakesPictures
from gui.window.places import Places
from gui.window.spotlight import Spotlight
from model.door import say
from model.experiment import Experiment

# Pixels, in 13 pixel type.
_HEIGHT_FOR_WORDS = 680
_HEIGHT_FOR_LOWER = 640
# The smallest window is never larger than the screen of a small projector.
_SMALL_SCREEN = QSize(1024, 768)


class Window(QMainWindow):
    """The main window. Without settings it remembers nothing, as for a picture."""

    def __init__(
        self,
        experiment: Experiment,
        settings: Settings | None = None,
        panels: Sequence[PanelSpec] = PANELS,
    ) -> None:
        super().__init__()
        tell_roles()
        self.settings = settings
        self.session = Session(experiment, self)
        self.documents = Documents(self.session, settings, self)
        self.keeper = (
            None if settings is None else Keeper(self.session, self.documents, settings, self)
        )
        self.places = Places(self.session, panels)
        self.side, self.below = self.places.side, self.places.below
        self.setCentralWidget(self.places)
        self.spotlight = Spotlight(self.session, self)
        self.lessons = Lessons(
            self.session, self.places, self.documents, self.keeper, settings, self
        )
        self._make_menus()
        self._chain_soon = QTimer(self, singleShot=True, interval=0)
        self._chain_soon.timeout.connect(self._chain_tabs)
        self.places.stops_changed.connect(self._chain_later)
        self.session.view.weights.changed.connect(self._chain_later)
        self._choose_panels()
        self.documents.title_changed.connect(self._retitle)
        self.session.opened.connect(self._retitle)
        self.session.changed.connect(self._follow_experiment)
        self.documents.opener.loading.connect(self._show_loading)
        self.resize(1280, 800)
        self.places.focus_first()
        self.setAcceptDrops(True)
        self._restore_layout()
        self._retitle()
        look.changed.connect(self._fit_to_room)

    def _make_menus(self) -> None:
        session = self.session
        frame: Frame = self
        playback = session.playback
        signals = (
            session.opened, session.changed, playback.running_changed, playback.lock_changed,
            look.changed, self.documents.title_changed,
        )  # fmt: skip
        self.commands = CommandSet(WINDOW_COMMANDS, frame, self, signals)
        self.weights = WeightDesk(session, self.documents.ask_file, self)
        of_weights = CommandSet(
            WEIGHT_COMMANDS, self.weights, self, (*signals, session.view.changed)
        )
        self.exporter = Exporter(session, self.documents, self)
        self._panel_menu = PanelMenu(
            self.exporter, (self.places.bench, self.side, self.below), self
        )
        exports = CommandSet(EXPORT_COMMANDS, frame, self, signals)
        tabs = [self.side, self.below]
        self.menus = Menus(
            self.menuBar(), session, self.commands, of_weights, exports, self.documents, tabs,
            self.settings, self._panel_menu,
        )  # fmt: skip
        self._show_side(True)
        session.view.changed.connect(self._look_changed)
        self._show_folded(self.below.folded)
        self.below.folded_changed.connect(self._show_folded)
        self.places.side_shown.connect(self._show_side)
        self.places.room_changed.connect(self._fit_to_room)
        self.lessons.changed.connect(self.commands.refresh)
        self.presenting = Presenting(
            self.session, self.lessons, self.spotlight, self.menus.actions.values(),
            self.places.panel("time_line"), self,
        )  # fmt: skip

    def as_widget(self) -> QWidget:
        """The window itself, for dialogs to stand before."""
        return self

    def panel(self, key: str) -> QWidget:
        """The panel of that key, made now if need be. Raises KeyError where there is none."""
        return self.places.panel(key)

    # -- which panels ----------------------------------------------------------------------

    @Slot()
    def _follow_experiment(self) -> None:
        """Choose panels once every one has taken up the experiment: showing one paints it."""
        if self._shown_experiment is not self.session.experiment:
            self._choose_panels()

    def _choose_panels(self) -> None:
        """Show what this experiment has."""
        self._shown_experiment = self.session.experiment
        self.places.show_for(self.session.experiment, self.session.changes_form)
        self._fit_to_room()
        self._chain_soon.start()

    @Slot()
    def _chain_later(self) -> None:
        """Once for all panels that are made now."""
        self._chain_soon.start()

    @Slot()
    def _chain_tabs(self) -> None:
        """Tab goes through the window as the eye does, whatever was made when."""
        chain(self.places.tab_stops)

    @Slot(bool)
    def _show_side(self, shown: bool) -> None:
        self._tick("show_side", shown)

    @Slot(bool)
    def _show_folded(self, folded: bool) -> None:
        self._tick("show_lower", not folded)

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "wide":
            self._tick("wide_side", self.session.view.wide)

    def _tick(self, command: str, shown: bool) -> None:
        """Show how it is: what the window did by itself is not to be taken for a wish."""
        action = self.commands[command]
        action.blockSignals(True)
        action.setChecked(shown)
        action.blockSignals(False)

    # -- the window itself --------------------------------------------------------------

    @Slot()
    def _retitle(self) -> None:
        name = self.documents.title
        if self.session.edits.unsaved:
            self.setWindowTitle(say("{name} (edited) – Weightbench", name=name))
        else:
            self.setWindowTitle(say("{name} – Weightbench", name=name))

    @Slot(bool)
    def _show_loading(self, loading: bool) -> None:
        if loading:
            self.statusBar().showMessage(say("Reading images…"))
        self.statusBar().setVisible(loading)

    @property
    def busy(self) -> bool:
        """Whether something that is in sight is still being made or worked out."""
        return self.places.waiting or self.places.side.busy or self.session.evaluator.busy

    def step_aside(self) -> None:
        """Leave what was not saved when the application was last closed where it is found."""
        if self.keeper is not None:
            self.keeper.step_aside()

    def bring_back(self) -> None:
        """Put on the bench what was there when the application was last closed."""
        if self.keeper is not None:
            self.keeper.bring_back()

    def keep_now(self) -> bool:
        """Keep what is on the bench while the window stays; returns whether that could be."""
        return self.keeper is None or self.keeper.keep_now()

    def _restore_layout(self) -> None:
        if self.settings is None:
            return
        self.restoreGeometry(self.settings.layout("window"))
        self.places.restore(self.settings)
        if self.settings.speed is not None:
            self.session.view.show(speed=self.settings.speed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_to_room()
        super().resizeEvent(event)

    @Slot()
    def _fit_to_room(self) -> None:
        """In large type and a small window words and panels give way to the bench."""
        self.setMinimumSize(least_size())
        px, height = look.theme.px, self.height()
        images = self.session.experiment.image_shape is not None
        # In text that somebody wants large no words are left out: what has no room is scrolled to.
        usual = look.text_size == TEXT_SIZES[0]
        self.places.header.set_brief(usual and height < px(_HEIGHT_FOR_WORDS))
        enough = _HEIGHT_FOR_WORDS if images else _HEIGHT_FOR_LOWER
        self.below.set_scarce(height < px(enough))
        self.places.set_width(self.places.free_width * 13 / look.theme.font_px)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.places.share_height(self.below.folded)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from gui.panels.image_input.image_file import is_image
        from model.files.weights.opening import is_weights

        event.acceptProposedAction()
        files = local_files(event.mimeData())
        if len(files) == 1 and is_weights(files[0]):
            self.weights.load_file(files[0])
            return
        if len(files) != 1 or not is_image(files[0]):
            self.documents.drop(files)
            return
        takers = [panel for panel in self.places.on_bench() if isinstance(panel, TakesPictures)]
        if takers:
            takers[0].load_file(files[0])
        else:
            self.session.notices.refuse(
                say(
                    "{file}: an image is of use where the inputs are one, as in Digits, 8x8",
                    file=files[0].name,
                )
            )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over the weights of the bench, all that can be done to them at once; else a picture."""
        at = self.childAt(event.pos())
        # An input that is drawn has none.
        panels = [p for p in self.places.on_bench() if not isinstance(p, TakesPictures)]
        if at is not None and any(panel.isAncestorOf(at) for panel in panels):
            # What is pointed at stays so until the menu, which the pointer leaves it for, is done.
            self.weights.pointed = self.weights.focus
            with self._panel_menu.added_to(self.menus.weights, event.globalPos()):
                self.menus.weights.exec(event.globalPos())
            self.weights.pointed = None
        else:
            self._panel_menu.show_at(event.globalPos())
        event.accept()

    @Slot()
    def keep(self) -> None:
        """Keep the bench for the next start, if this window does; nobody is asked anything."""
        self.lessons.end()
        if self.keeper is not None:
            self.keeper.keep()
        self._remember_layout()
        self.session.playback.pause()

    def closeEvent(self, event: QCloseEvent) -> None:
        for working in (self.documents.opener, self.weights, self.exporter):
            working.wait()
        self.lessons.end()
        if self.keeper is not None and not self.keeper.keep() and not self.documents.may_leave():
            event.ignore()
            return
        self._remember_layout()
        self.session.playback.pause()
        event.accept()

    def _remember_layout(self) -> None:
        if self.settings is not None:
            self.settings.set_layout("window", self.saveGeometry())
            self.places.remember(self.settings)
            self.settings.speed = self.session.view.speed


def least_size() -> QSize:
    """The smallest window in which the panels find their places, in the type of the theme."""
    least = QSize(max(1000, look.theme.px(932)), max(660, look.theme.px(569)))
    return least.boundedTo(_SMALL_SCREEN)
