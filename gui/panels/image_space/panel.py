"""The space of images: examples as points, along axes, in layouts, beside random ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QSize, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.look.grouping import Content, FrontStack, framed, scrolling
from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.image_space.controls import Controls
from gui.panels.image_space.found.choosing import Choosing
from gui.panels.image_space.found.coloring import Coloring, coloring
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.found.export import export_cloud
from gui.panels.image_space.layouts import LayoutStage
from gui.panels.image_space.order import OrderStage
from gui.panels.image_space.plane import PlaneStage
from gui.panels.image_space.random_images import RandomStage
from gui.panels.image_space.reading import Reading
from gui.panels.image_space.rebuilt import RebuiltStage
from gui.panels.image_space.selected import Selected
from gui.panels.image_space.stage import Stage
from gui.plots.cloud.atlas import Atlas
from gui.plots.cloud.legend import Legend
from gui.plots.cloud.view import CloudView
from gui.session import Session
from gui.session.space.look import Show
from gui.widgets.text_line import TextLine
from gui.widgets.whereabouts import rect_in
from model.door import say, say_count
from model.image_space.layouts import LAYOUTS
from model.words.parts import Part

# From so many pixels on, in 13 pixel type, what is told of a point stands beside the cloud.
_WIDE = 620
# From so many on, there is room for neighbours above a selection.
_HIGH = 480
_MAX_LIVE = 1_000
# Of more there would be too many pixels to be kept.
_MAX_IMAGES = 5_000
_IMAGE = 24  # pixels, in 13 pixel type
_FRAMES = 30.0


class ImageSpacePanel(QWidget):
    """Controls above, the cloud in the middle, what is told of a point and of a selection."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.data = SpaceData(session, self)
        self.choosing = Choosing(session, self.data, self)
        self.controls = Controls(session)
        self.legend = Legend()
        self.plane = PlaneStage(session, self.data)
        self.layouts = LayoutStage(session, self.data)
        self.order = OrderStage(session, self.data)
        self.rebuilt = RebuiltStage(session, self.data)
        self.random = RandomStage(session, self.data)
        self.stages: dict[Show, Stage] = {
            "axes": self.plane, "order": self.order, "rebuilt": self.rebuilt,
            "random": self.random, **dict.fromkeys(LAYOUTS, self.layouts),
        }  # fmt: skip
        self.reading = Reading(session, self.data)
        self.reading.stack_of = self.plane.stack_of
        self.selected = Selected(session, self.data)
        self.status = TextLine()
        self._coloring: Coloring | None = None
        self._atlas: Atlas | None = None
        self._stack_words = ""
        self._lay_out()
        self._connect()
        self._following = Following(
            session, self, self._refresh, self._rebuild, self._describe, _FRAMES, self._forget
        )
        for signal in (self.data.gathered, self.data.scored, self.data.components_found):
            signal.connect(self._data_changed)
        self._following.catch_up()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.wait)

    # -- layout ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = FrontStack()
        for stage in self._each_stage:
            self._stack.addWidget(stage)
        card, inside = framed(6)
        inside.addWidget(self._stack)
        self._side, told = framed(8)
        told.addWidget(self.reading)
        told.addWidget(self.selected, 1)
        told.addStretch()
        content = Content()
        # It has the width that there is: what is in it breaks into more rows.
        content.setMinimumWidth(1)
        self._area = scrolling(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(4)
        self._column.addWidget(self.controls)
        self._column.addWidget(self.legend)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(6)
        self._middle.addWidget(card, 1)
        self._column.addLayout(self._middle, 1)
        self._column.addWidget(self._side)
        self._column.addWidget(self.status)
        self._is_wide: bool | None = None

    @property
    def _needed_outputs(self) -> set[int] | None:
        """The outputs whose scores are shown; None where those of all are needed."""
        view = self.session.view
        if view.space.selection or view.space.color not in ("label", "score"):
            return None
        needed = {view.output} if view.space.color == "score" else set()
        return needed | {axis.numbers[0] for axis in view.space.axes if axis.kind == "score"}

    def minimumSizeHint(self) -> QSize:
        # Not what the wide layout needs: it becomes the narrow one where there is less room.
        px = look.theme.px
        return QSize(px(300), px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        wide = self.width() >= look.theme.px(_WIDE)
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self._column.removeWidget(self._side)
        self._middle.removeWidget(self._side)
        if wide:
            self._middle.addWidget(self._side)
            self._side.setFixedWidth(look.theme.px(268))
        else:
            self._column.insertWidget(3, self._side)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        for stage in self._each_stage:
            stage.set_wide(wide)
        self.reading.set_wide(wide)
        self.selected.set_wide(wide)
        self._column.invalidate()
        self._column.activate()

    def _connect(self) -> None:
        session = self.session
        session.view.changed.connect(self._look_changed)
        look.follow(self, self._restyle)
        for stage in self._each_stage:
            for view in stage.views:
                self._listen(view)
        self.plane.said.connect(self._say)
        self.layouts.appeared.connect(self._paint_points)
        self.order.piles.pointed.connect(self.reading.show_row)
        self.order.piles.chosen.connect(self.choosing.put_on_bench)
        self.controls.lasso_changed.connect(self._set_lasso)
        self.controls.export_asked.connect(self._ask_export)
        self.controls.shuffle_asked.connect(session.edits.shuffle_pixels)
        self.legend.toggled.connect(self.choosing.toggle_class)
        self.legend.isolated.connect(self.choosing.isolate_class)
        self.legend.selected.connect(self._select_class)
        self.reading.chosen.connect(self.choosing.put_on_bench)
        self.selected.chosen.connect(self.choosing.put_on_bench)
        self.selected.narrowed.connect(self.choosing.select_rows)
        self.selected.cleared.connect(self.choosing.clear)

    def _listen(self, view: CloudView) -> None:
        view.pointed.connect(self._tell)
        view.chosen.connect(self.choosing.put_on_bench)
        view.toggled.connect(self.choosing.toggle_row)
        view.lassoed.connect(self.choosing.take_lasso)
        view.cleared.connect(self.choosing.clear)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        stage = self._stage.tab_stops
        return [
            *self.controls.tab_stops, self.legend, *stage, *self.reading.tab_stops,
            *self.selected.tab_stops,
        ]  # fmt: skip

    @property
    def _stage(self) -> Stage:
        return self.stages.get(self.session.view.space.show, self.plane)

    @property
    def _each_stage(self) -> list[Stage]:
        """All stages, each once: one of them shows several kinds."""
        return list(dict.fromkeys(self.stages.values()))

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        return rect_in(self, self._widget_of(part))

    def reveal(self, part: Part) -> None:
        """Scroll to one of them."""
        self._area.ensureWidgetVisible(self._widget_of(part), 0, 0)

    def _widget_of(self, part: Part) -> QWidget:
        widgets: dict[str, QWidget] = {
            "image_space": self,
            "plot:space": self._stack,
            "space_colors": self.legend,
            "space_reading": self._side,
        }
        return widgets[part.family]

    # -- following ---------------------------------------------------------------------------

    def _forget(self) -> None:
        self.data.forget()
        self.reading.forget()
        self._coloring = self._atlas = None
        for stage in self._each_stage:
            stage.forget()

    def _rebuild(self) -> None:
        self.controls.rebuild()
        for stage in self._each_stage:
            stage.rebuild()

    @Slot()
    def _data_changed(self) -> None:
        self._following.look_again()

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name in ("space", "wide", "output"):
            self._following.look_again()

    @Slot()
    def _restyle(self) -> None:
        self._is_wide = None
        self._share_room()
        self._following.look_again()

    def _refresh(self) -> None:
        self.data.follow(self._needed_outputs)
        self.controls.refresh()
        self._stack.setCurrentWidget(self._stage)
        self._stage.refresh()
        self._paint_points()
        self._show_told()
        self._show_status()

    @Slot()
    def wait(self) -> None:
        """Stop all work in the background, and stay until it has stopped."""
        self.layouts.wait()
        self.data.wait()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.show_row(None)
        self.data.pause()
        if not self.window().isVisible():
            # The window is closed: no thread may be left when all of this is taken down.
            self.wait()

    # -- colours, what is hidden, what is selected ---------------------------------------------

    @Slot()
    def _paint_points(self) -> None:
        """Give every cloud of the stage the colours and the selection of the moment."""
        space, data = self.session.view.space, self.data
        views = self._stage.views
        self.legend.setVisible(bool(views) and len(data) > 0)
        if not len(data) or not views:
            return
        outputs = self.session.experiment.outputs
        now = coloring(data, space.color, outputs, self.session.view.output)
        self._coloring = now
        classes = now.which if now.hides else data.labels
        shown = np.ones(len(data), dtype=np.bool_)
        if space.hidden and classes is not None:
            shown = ~np.isin(classes, space.hidden)
        rows = self.choosing.rows
        selected = None
        if space.selection:
            selected = np.zeros(len(data), dtype=np.bool_)
            selected[rows] = True
        atlas = self._atlas_now() if space.images else None
        for view in views:
            if len(view.cloud) != len(data):
                continue
            cloud = view.cloud
            cloud.set_kinds(now.kinds, now.which)
            cloud.set_shown(shown)
            cloud.set_selected(selected)
            if cloud.atlas is not atlas:
                cloud.set_atlas(atlas)
            view.update()
        hidden = frozenset(space.hidden)
        if now.names:
            self.legend.show_classes(now.title, now.kinds, now.names, hidden, not now.hides)
        else:
            self.legend.show_scale(now.title, now.kinds, now.low, now.high)

    def _atlas_now(self) -> Atlas | None:
        shape, inputs = self.session.experiment.image_shape, self.data.inputs
        if shape is None or inputs is None or len(inputs) > _MAX_IMAGES:
            return None
        side = round(look.theme.px(_IMAGE) * self.devicePixelRatioF())
        if self._atlas is None or self._atlas.side != side or len(self._atlas.left) != len(inputs):
            images = inputs.rows(slice(None)).reshape(len(inputs), *shape)
            self._atlas = Atlas(images, side)
        return self._atlas

    # -- selecting ---------------------------------------------------------------------------

    @Slot(int)
    def _select_class(self, number: int) -> None:
        if self._coloring is not None:
            self.choosing.select_rows(np.flatnonzero(self._coloring.which == number))

    @Slot(bool)
    def _set_lasso(self, on: bool) -> None:
        for stage in self._each_stage:
            for view in stage.views:
                view.lassoing = on

    @Slot()
    def _ask_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            say("Export the space of images"),
            "",
            say("Pictures and tables (*.png *.svg *.csv)"),
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, file: Path) -> None:
        """Save what is shown; what is wrong is told."""
        found, data = self._stage.exported, self.data
        if found is None or data.sample is None or self._coloring is None:
            words = say("There are no points to be exported yet: let them be laid out first")
            self.session.notices.refuse(words)
            return
        points = data.points(found)
        stage, view = self._stage, self._stage.views[0]
        try:
            export_cloud(file, stage, view, points, self._coloring.names)
        except (OSError, ValueError) as error:
            self.session.notices.refuse(say("Not exported: {problem}", problem=error))

    # -- what is told ------------------------------------------------------------------------

    def _show_told(self) -> None:
        self.reading.refresh()
        n_selected = len(self.session.view.space.selection)
        # Of a large selection it is summed up once the run rests.
        if not self.session.playback.running or n_selected <= _MAX_LIVE:
            self.selected.refresh(self.choosing.rows, n_selected)
            low = self.height() < look.theme.px(_HIGH)
            self.reading.set_brief(n_selected > 0 and low)

    @Slot(str)
    def _say(self, words: str) -> None:
        self._stack_words = words

    def _show_status(self) -> None:
        """How the sample was drawn, what is hidden, and what lies on one spot."""
        sample, space = self.data.sample, self.session.view.space
        if sample is None:
            return
        if self.data.inputs is None:
            self.status.set_text(say("Gathering {n:,} examples…", n=len(sample)))
            return
        sentences = [sample.in_words()]
        if space.hidden:
            sentences.append(
                say_count("{n:,} class is hidden", "{n:,} classes are hidden", len(space.hidden))
            )
        if self._stack_words and self._stage is self.plane:
            sentences.append(self._stack_words)
        self.status.set_text(" · ".join(sentences))

    def _describe(self) -> None:
        """What a screen reader is told of the cloud."""
        for view in self._stage.views:
            view.setAccessibleDescription(self._told_of(view))

    def _told_of(self, view: CloudView) -> str:
        """What is shown, and the point that the keyboard or the mouse is at."""
        if view.axis_names:
            axes = ", ".join(view.axis_names)
            words = say("{n:,} points along {axes}", n=len(view.cloud), axes=axes)
        else:
            words = say("{n:,} points, those that are alike close together", n=len(view.cloud))
        if view.told is None:
            return words
        return say("{point}, {answer}; {words}", point=self.reading.title.text,
                   answer=self.reading.answer.text, words=words)  # fmt: skip

    @Slot(object)
    def _tell(self, row: int | None) -> None:
        self.reading.show_row(row)
        self._following.describe_soon()
