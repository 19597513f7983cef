"""The window: puts the panels in their places and remembers how they lay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.files.documents import Documents
from gui.files.keeper import Keeper
from gui.files.settings import Settings
from gui.look.theme import look
from gui.panels.alpha.panel import AlphaControl
from gui.panels.network.panel import NetworkGraph
from gui.panels.time.time_line import TimeLine
from gui.panels.time.transport import Transport
from gui.session import Session
from gui.session.pace import SPEEDS
from gui.widgets.tab_order import chain
from gui.window.commands import Commands
from gui.window.foldable_pages import LowerPages
from gui.window.header import Header
from gui.window.menus import Menus
from gui.window.notice_bar import NoticeBar
from gui.window.pages import Page, Pages
from model.experiment import Experiment

if TYPE_CHECKING:
    from gui.panels.curves.panel import PlotsColumn
    from gui.panels.dot_product.panel import DotProductPanel
    from gui.panels.trace.panel import TracePanel
    from gui.window.image_bench import ImageBench


# Pixels, in 13 pixel type.
_HEIGHT_FOR_WORDS = 680
_LOWER_HEIGHT = 140


class Window(QMainWindow):
    """The main window. Without settings it remembers nothing, as for a picture."""

    def __init__(self, experiment: Experiment, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.session = Session(experiment, self)
        self.documents = Documents(self.session, settings, self)
        self.keeper = None if settings is None else Keeper(self.documents, settings, self)
        self._place_panels()
        self.commands = Commands(self)
        self.menus = Menus(self)
        self.documents.title_changed.connect(self._retitle)
        self.session.opened.connect(self._retitle)
        self.session.changed.connect(self._follow_experiment)
        self.documents.opener.loading.connect(self._show_loading)
        self.resize(1280, 800)
        self.transport.step_button.setFocus()
        self.setAcceptDrops(True)
        self._restore_layout()
        self._retitle()
        look.changed.connect(self._fit_to_room)

    def _place_panels(self) -> None:
        session = self.session
        self.transport = Transport(session)
        self.alpha_control = AlphaControl(session)
        self.header = Header(session)
        self.notice = NoticeBar(session)
        self.time_line = TimeLine(session)
        self.bench = QStackedWidget()
        self.graph_page = Page(self._make_graph)
        self.images_page = Page(self._make_images)
        for page in (self.graph_page, self.images_page):
            self.bench.addWidget(page)
        self.side = Pages("Side panels")
        self.side.add("Curves", self._make_plots)
        self.side.add("Dot product", self._make_dot_product)
        self.side.add("How good is it", self._make_quality, for_images=True)
        self.side.add("Numbers", self._make_numbers, for_images=True)
        self.lower_tabs = LowerPages("Lower panels")
        self.lower_tabs.add("Examples", self._make_examples, for_images=True)
        self.lower_tabs.add("Trace", self._make_trace)
        upper = _column(self.header, self.notice, self.bench, grows=2)
        self._across = _splitter(Qt.Orientation.Horizontal, upper, self.side)
        self._across.setStretchFactor(0, 2)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([820, 460])
        middle = _column(self._across, self.time_line)
        self._down = _splitter(Qt.Orientation.Vertical, middle, self.lower_tabs)
        self._lower_height = _LOWER_HEIGHT
        self._down.setSizes([600, self._lower_height])
        self._down.splitterMoved.connect(self._note_height)
        self.setCentralWidget(_column(self._tools(), self._down, grows=1))
        self.lower_tabs.folded_changed.connect(self._share_height)
        self._chain_soon = QTimer(self, singleShot=True, interval=0)
        self._chain_soon.timeout.connect(self._chain_tabs)
        self.session.view.weights.changed.connect(self._chain_later)
        for pages in (self.graph_page, self.images_page, self.side, self.lower_tabs):
            pages.filled.connect(self._chain_later)
        self._choose_pages()

    @Slot()
    def _follow_experiment(self) -> None:
        """Choose pages once every panel has taken up the experiment: showing one paints it."""
        if self._shown_experiment is not self.session.experiment:
            self._choose_pages()

    def _choose_pages(self) -> None:
        """Show what this experiment has: a graph, or images where its inputs form one."""
        experiment = self._shown_experiment = self.session.experiment
        images = experiment.image_shape is not None
        self.bench.setCurrentWidget(self.images_page if images else self.graph_page)
        products = images or experiment.is_of_pairs
        self.side.show_for(images, "Dot product" if products else "Curves")
        self.lower_tabs.show_for(images, "Examples" if images else "Trace")
        self._fit_to_room()
        self._chain_soon.start()

    @Slot()
    def _chain_later(self) -> None:
        """Once for all panels that are made now."""
        self._chain_soon.start()

    @Slot()
    def _chain_tabs(self) -> None:
        """Tab goes through the window as the eye does, whatever was made when."""
        images = self.bench.currentWidget() is self.images_page
        bench = self.images_page if images else self.graph_page
        chain(
            (
                *self.transport.tab_stops,
                *self.alpha_control.tab_stops,
                *self.header.tab_stops,
                *self.notice.tab_stops,
                *bench.tab_stops,
                *self.side.tab_stops,
                self.time_line,
                *self.lower_tabs.tab_stops,
            )
        )

    # Panels are imported where they are made: an experiment without images pays for none.

    def _make_graph(self) -> QWidget:
        return NetworkGraph(self.session)

    def _make_plots(self) -> QWidget:
        from gui.panels.curves.panel import PlotsColumn

        return PlotsColumn(self.session)

    def _make_trace(self) -> QWidget:
        from gui.panels.trace.panel import TracePanel

        trace = TracePanel(self.session)
        self.lower_tabs.set_tools("Trace", trace.header)
        return trace

    def _make_images(self) -> QWidget:
        from gui.panels.quality.readout import HeldOutReadout
        from gui.window.image_bench import ImageBench

        images = ImageBench(self.session)
        images.weight_images.output_chosen.connect(self._show_dot_product)
        self.dot_product.output_chosen.connect(images.weight_images.choose)
        readout = HeldOutReadout(self.session, self.header)
        readout.clicked.connect(self._show_quality)
        self.header.add_readout(readout)
        return images

    def _make_dot_product(self) -> QWidget:
        from gui.panels.dot_product.panel import DotProductPanel

        return DotProductPanel(self.session)

    def _make_quality(self) -> QWidget:
        from gui.panels.quality.panel import QualityPanel

        return QualityPanel(self.session)

    def _make_examples(self) -> QWidget:
        from gui.panels.examples.panel import ExamplesPanel

        examples = ExamplesPanel(self.session)
        self.lower_tabs.set_tools("Examples", examples.header)
        return examples

    def _make_numbers(self) -> QWidget:
        from gui.panels.pixel_values.panel import NumbersView

        view, paper = NumbersView(self.session), self.images.input_image.paper
        paper.pointed.connect(view.follow_pointer)
        return view

    @Slot(int)
    def _show_dot_product(self, output: int) -> None:
        """Open the dot product of the output whose picture was clicked."""
        panel = self.dot_product
        self._bring_up("Dot product")
        panel.choose_output(output)

    @Slot()
    def _show_quality(self) -> None:
        """Open what the readout at the title is short for."""
        self._bring_up("How good is it")

    def _bring_up(self, title: str) -> None:
        self.menus.actions["show_side"].setChecked(True)
        self.side.setCurrentWidget(self.side.pages[title])

    @property
    def graph(self) -> NetworkGraph:
        """The network as cards and edges."""
        return cast("NetworkGraph", self.graph_page.fill())

    @property
    def plots(self) -> PlotsColumn:
        """The curves and the plots by step."""
        return cast("PlotsColumn", self.side.panel("Curves"))

    @property
    def dot_product(self) -> DotProductPanel:
        """The dot product of one output."""
        return cast("DotProductPanel", self.side.panel("Dot product"))

    @property
    def images(self) -> ImageBench:
        """The input and the weights as images."""
        return cast("ImageBench", self.images_page.fill())

    @property
    def trace(self) -> TracePanel:
        """The table of steps."""
        return cast("TracePanel", self.lower_tabs.panel("Trace"))

    def _tools(self) -> QWidget:
        tools = QFrame()
        tools.setObjectName("tools")
        row = QHBoxLayout(tools)
        row.setContentsMargins(14, 8, 14, 8)
        row.addWidget(self.transport)
        row.addStretch(1)
        row.addWidget(self.alpha_control)
        return tools

    # -- the window itself --------------------------------------------------------------

    @Slot()
    def _retitle(self) -> None:
        edited = "" if not self.session.edits.unsaved else " (edited)"
        self.setWindowTitle(f"{self.session.experiment.name}{edited} – Weightbench")

    @Slot(bool)
    def _show_loading(self, loading: bool) -> None:
        if loading:
            self.statusBar().showMessage("Reading images…")
        self.statusBar().setVisible(loading)

    @property
    def busy(self) -> bool:
        """Whether something that is in sight is still being worked out."""
        return self.session.experiment.image_shape is not None and self.session.evaluator.busy

    def step_aside(self) -> None:
        """Leave what was not saved when the application was last closed where it is found."""
        if self.keeper is not None:
            self.keeper.step_aside()

    def bring_back(self) -> None:
        """Put on the bench what was there when the application was last closed."""
        if self.keeper is not None:
            self.keeper.bring_back()

    def _restore_layout(self) -> None:
        if self.settings is None:
            return
        self.restoreGeometry(self.settings.layout("window"))
        self._across.restoreState(self.settings.layout("across"))
        self._lower_height = self.settings.lower_height or _LOWER_HEIGHT
        self.lower_tabs.want_folded(self.settings.lower_folded)
        if 0 <= self.settings.speed < len(SPEEDS):
            self.transport.speed_slider.setValue(self.settings.speed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_to_room()
        super().resizeEvent(event)

    @Slot()
    def _fit_to_room(self) -> None:
        """In large type and a low window words and lower panels give way to what is above."""
        self.setMinimumSize(least_size())
        scarce = self.height() < look.theme.px(_HEIGHT_FOR_WORDS)
        self.header.set_brief(scarce)
        self.lower_tabs.set_scarce(scarce and self.session.experiment.image_shape is not None)

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        """Unfolded, the lower panels are as high as a person last made them."""
        low = 0 if folded else self._lower_height
        self._down.setSizes([max(0, self._down.height() - low), low])
        self._chain_soon.start()

    @Slot()
    def _note_height(self) -> None:
        if not self.lower_tabs.folded:
            self._lower_height = self._down.sizes()[1]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_height(self.lower_tabs.folded)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from gui.panels.image_input.image_file import is_image

        event.acceptProposedAction()
        files = _local_files(event.mimeData())
        if len(files) != 1 or not is_image(files[0]):
            self.documents.drop(files)
        elif self.session.experiment.image_shape is not None:
            self.images.input_image.load_file(files[0])
        else:
            self.session.notices.refuse(
                f"{files[0].name}: an image is of use where the inputs are one, as in Digits, 8x8"
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        self.documents.opener.wait()
        if self.keeper is not None and not self.keeper.keep() and not self.documents.may_leave():
            event.ignore()
            return
        if self.settings is not None:
            self.settings.set_layout("window", self.saveGeometry())
            self.settings.set_layout("across", self._across.saveState())
            self.settings.lower_height = self._lower_height
            self.settings.lower_folded = self.lower_tabs.wanted
            self.settings.speed = self.transport.speed_slider.value()
        self.session.playback.pause()
        event.accept()


def least_size() -> QSize:
    """The smallest window in which the panels find their places, in the type of the theme."""
    return QSize(max(1000, look.theme.px(932)), max(660, look.theme.px(569)))


def _local_files(data: QMimeData) -> list[Path]:
    """The files that are dropped; none where one of them lies elsewhere."""
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls] if all(u.isLocalFile() for u in urls) else []


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setStretchFactor(0, 1)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter


def _column(*widgets: QWidget, grows: int = 0) -> QWidget:
    """Widgets one under the other without gaps; the one numbered ``grows`` takes the room."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for place, widget in enumerate(widgets):
        column.addWidget(widget, 1 if place == grows else 0)
    return holder
