"""The window: the places of the panels, and how they lay when it was closed last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.exports.exporter import Exporter
from gui.files.documents import Documents
from gui.files.dropped import local_files
from gui.files.keeper import Keeper
from gui.files.settings import Settings
from gui.look.theme import look
from gui.presenter.presenting import Presenting
from gui.session import Session
from gui.weights.desk import WeightDesk
from gui.widgets.roles import tell_roles
from gui.widgets.tab_order import chain
from gui.window.frame import context_menu, dropping, room
from gui.window.frame.ahead import Ahead
from gui.window.frame.offered import Offered
from gui.window.lessons import Lessons
from gui.window.panels import PANELS, PanelSpec, import_panels
from gui.window.places import Places
from gui.window.spotlight import Spotlight
from model.door import say
from model.experiment import Experiment

if TYPE_CHECKING:
    from gui.files.sets.loading_bar import LoadingBar


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
        self.places = Places(self.session, panels, self)
        self.side, self.below = self.places.side, self.places.below
        self.setCentralWidget(self.places)
        self.spotlight = Spotlight(self.session, self)
        self.lessons = Lessons(
            self.session, self.places, self.documents, self.keeper, settings, self
        )
        self._offer_commands()
        self._chain_soon = QTimer(self, singleShot=True, interval=0)
        self._chain_soon.timeout.connect(self._chain_tabs)
        self.places.stops_changed.connect(self._chain_later)
        self.session.view.weights.changed.connect(self._chain_later)
        self._choose_panels()
        self.documents.title_changed.connect(self._retitle)
        self.session.opened.connect(self._retitle)
        self.session.changed.connect(self._follow_experiment)
        # Made when something takes long enough to be read.
        self.loading_bar: LoadingBar | None = None
        self.documents.opener.loading.connect(self._show_loading)
        self.documents.opener.prepare = import_panels
        # Whether ending what is under way has failed, so that the next close only asks.
        self._ending_fails = False
        self.resize(1280, 800)
        self.places.focus_first()
        self.setAcceptDrops(True)
        self._ahead = Ahead(self)
        self._restore_layout()
        self._retitle()
        look.follow(self, self._fit_to_room)

    def _offer_commands(self) -> None:
        session = self.session
        self.weights = WeightDesk(session, self.documents.ask_file, self)
        self.exporter = Exporter(session, self.documents, self)
        self._offered = Offered(self, self.weights, self.menuBar(), self.settings)
        self.commands, self.menus = self._offered.commands, self._offered.menus
        self.places.room_changed.connect(self._fit_to_room)
        self.lessons.changed.connect(self.commands.refresh)
        self.presenting = Presenting(
            session, self.lessons, self.spotlight, self.menus.actions.values(),
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
        if loading and self.loading_bar is None:
            from gui.files.sets.loading_bar import LoadingBar

            opener = self.documents.opener
            self.loading_bar = LoadingBar()
            self.statusBar().addWidget(self.loading_bar, 1)
            opener.progress.connect(self.loading_bar.show_progress)
            self.loading_bar.cancelled.connect(opener.cancel)
        if loading and self.loading_bar is not None:
            self.loading_bar.begin()
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

    def stop_and_keep(self) -> bool:
        """After a fault, which a run would meet again at each frame; whether that could be kept."""
        self.session.playback.pause()
        return self.keep_now()

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
        self.setMinimumSize(room.least_size())
        room.fit(self.places, self.height(), self.session.experiment.image_shape is not None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.places.share_height(self.below.folded)
        self._ahead.begin()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        dropping.take(
            local_files(event.mimeData()), self.documents, self.weights, self.places.on_bench(),
            self.session.notices,
        )  # fmt: skip

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at, place = self.childAt(event.pos()), event.globalPos()
        context_menu.show(self._offered, self.weights, self.places.on_bench(), at, place)
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
        # Should anything go wrong, the window stays, with all that is not kept.
        event.ignore()
        if not self._end_and_keep() and not self.documents.may_leave():
            return
        self._remember_layout()
        self.session.playback.pause()
        event.accept()

    def _end_and_keep(self) -> bool:
        """End all that is under way; whether nothing gets lost. What failed once is not tried."""
        if self._ending_fails:
            return False
        self._ending_fails = True
        for working in (self.documents.opener, self.weights, self.exporter, self._ahead):
            working.wait()
        self.lessons.end()
        kept = self.keeper is None or self.keeper.keep()
        self._ending_fails = False
        return kept

    def _remember_layout(self) -> None:
        if self.settings is not None:
            self.settings.set_layout("window", self.saveGeometry())
            self.places.remember(self.settings)
            self.settings.speed = self.session.view.speed
