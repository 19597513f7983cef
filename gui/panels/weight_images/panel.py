"""The weights of every output as an image, with its score and its target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.image_colors import largest
from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.weight_images.brush import Pixel, Stroke
from gui.panels.weight_images.brush_bar import BrushBar
from gui.panels.weight_images.card_drawing import CardDrawing, CardSizes, FrozenOverlays, Standing
from gui.panels.weight_images.card_grid import CardGrid
from gui.panels.weight_images.controls import ViewBar
from gui.panels.weight_images.image_card import ImageCard, Score, Sheet
from gui.panels.weight_images.moment import PictureMoment, bar_extent, leader, painted
from gui.panels.weight_images.stack import Stack
from gui.session import Session
from gui.session.paste import paste_targets
from gui.widgets.colored_line import ColoredLine
from gui.widgets.tips import put_tip
from gui.widgets.whereabouts import rect_in
from model.door import say_count
from model.network import Mask
from model.phase import StepPart
from model.words.parts import Part
from model.words.pixels import PictureKind


class WeightImages(QWidget):
    """A card for each output; the pixel under the pointer is marked in all of them.

    With the brush off a click chooses the output that is looked into; with it on, a stroke changes
    weights. A stroke pauses a run: it is meant for the image that is seen when it begins.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = session.view
        self.cards: list[ImageCard] = []
        self._stroke: Stroke | None = None
        # The card that is pointed at, and the pixel that was last pointed at here, as a column.
        self._card_pointed_at: int | None = None
        self._own_pixel: int | None = None
        self._by_keyboard = False
        self._frozen: Mask | None = None
        # What a person wants the pictures to show in this very part of a step.
        self._kind: PictureKind | None = None
        self._part_shown: tuple[int, StepPart] | None = None
        self._moment: PictureMoment | None = None
        self._sheet = Sheet((1, 1), QImage(), np.zeros((1, 1)))
        self.view_bar = ViewBar(session)
        self.brush_bar = BrushBar()
        self.line = ColoredLine()
        self._grid = CardGrid()
        self._stack = Stack(self, self.view_bar, self._grid, self.line, self.brush_bar)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._following = Following(
            session, self, self._refresh, self._rebuild, self._describe, forget=self._forget
        )
        self._connect()
        self._restyle()
        self._following.catch_up()

    def _connect(self) -> None:
        self.brush_bar.changed.connect(self._brush_changed)
        self.brush_bar.enlarge.toggled.connect(self._enlarge_chosen)
        self.view_bar.chosen.connect(self._choose_kind)
        self._view.changed.connect(self._look_changed)
        look.follow(self, self._restyle)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        cards = [stop for card in self.cards for stop in (card, card.target_field)]
        return [*self.view_bar.tab_stops, *cards, *self.brush_bar.tab_stops]

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.family == "weight_images":
            return rect_in(self, self)
        card = self.cards[part.cell[0]]
        return rect_in(self, card, card.image_rect if part.family == "image" else card.score_rect)

    def reveal(self, part: Part) -> None:
        """Bring one of the named parts into sight."""
        if part.cell and part.cell[0] not in self._placed:
            self._view.show(enlarged=False)
        if part.cell:
            self._grid.reveal(self.cards[part.cell[0]])

    # -- construction -------------------------------------------------------------------

    def _forget(self) -> None:
        # Its inputs may be a row of all images there are.
        self._moment = None

    def _rebuild(self) -> None:
        """Another experiment: other outputs, and images of another shape or none at all."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        experiment = self._session.experiment
        self._stroke, self._frozen, self._moment = None, None, None
        self._card_pointed_at, self._own_pixel = None, None
        self.cards = []
        if experiment.image_shape is None:
            return
        self._sheet.shape = experiment.image_shape
        self.cards = [
            ImageCard(output, name, self._sheet, self._grid.board)
            for output, name in enumerate(experiment.outputs)
        ]
        for card in self.cards:
            card.pressed.connect(self._press)
            card.pointed.connect(self._point)
            card.released.connect(self._release)
            card.moved.connect(self._move)
            card.touched.connect(self._touch)
            card.left.connect(self._leave)
            card.target_edited.connect(self._edit_target)
            card.targets_pasted.connect(self._paste_targets)
            card.enlarge.connect(self._enlarge)
        self._arrange()

    def _arrange(self) -> None:
        if self._following.is_current:
            self._stack.arrange(self._place_cards)

    def minimumSizeHint(self) -> QSize:
        return self._stack.least_size()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _place_cards(self, room: QSize) -> int:
        """Place the cards in the room that is left for them; returns the height they take."""
        if not self.cards:
            return room.height()
        shown = self._placed
        ratio = self.devicePixelRatioF()
        sizes = CardSizes(self._sheet.shape, ratio, room)
        card_size = self._grid.place(
            [self.cards[output] for output in shown], room,
            sizes.smallest(), sizes.cell_size, sizes.fitted,
        )  # fmt: skip
        drawing = CardDrawing(sizes.layout(card_size), ratio, self._session.experiment.outputs)
        for card in self.cards:
            card.set_drawing(drawing)
            card.setVisible(card.output in shown)
        self._image_size = drawing.layout.image.size()
        # The marks that there are, in the new size; others come with the next refresh.
        frozen, self._frozen = self._frozen, None
        if frozen is not None:
            self._mark_frozen(frozen)
        return self._grid.height_of_cards

    @property
    def _placed(self) -> Sequence[int]:
        """The outputs that have a card in the grid."""
        return (self._view.output,) if self._view.enlarged else range(len(self.cards))

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._arrange()
        self._following.look_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escape = event.key() == Qt.Key.Key_Escape
        if escape and self.brush_bar.brush is not None:
            self.brush_bar.kind_box.setCurrentIndex(0)
        elif escape and self._view.enlarged:
            self._view.show(enlarged=False)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        self._say()

    def event(self, event: QEvent) -> bool:
        # A bar asks for another size.
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    # -- showing ------------------------------------------------------------------------

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name in ("enlarged", "output") and self.cards:
            self._arrange()
        if name == "quantity":
            # What was asked for holds in this part of a step, too.
            self._kind = self._view.quantity
        if name in ("output", "quantity", "scale", "enlarged"):
            self._following.look_again()
        elif name == "pixel" and self._following.in_sight:
            self._show_pixel()

    @Slot(str)
    def _choose_kind(self, kind: PictureKind) -> None:
        """Show these numbers, also while a part of a step would show others."""
        self._kind = kind
        self._following.look_again()

    def _refresh(self) -> None:
        if not self.cards:
            self.view_bar.follow_view(None)
            return
        moment = self._moment = self._moment_now()
        self.view_bar.follow_view(moment.kind)
        self.brush_bar.show_enlarged(self._view.enlarged)
        state = moment.state
        self._sheet.pixel = self._pixel
        self._draw_images(moment)
        self._mark_frozen(state.setup.frozen)
        self._sheet.extent = bar_extent(max(largest(state.pred), largest(state.target)))
        says = leader(state.pred)
        taught = moment.part is not StepPart.PREDICT and state.is_labelled
        label = leader(state.target) if taught else None
        scores = zip(state.target.tolist(), state.pred.tolist(), state.delta.tolist(), strict=True)
        for card, (target, pred, delta) in zip(self.cards, scores, strict=True):
            at = card.output
            standing = Standing(at == says, at == label, at == self._view.output)
            known = (target, delta) if taught else (None, None)
            card.show_score(Score(pred, moment.part, *known), standing)
        self._say()

    def _moment_now(self) -> PictureMoment:
        part = self._session.playback.position, self._session.playback.part
        if part != self._part_shown:
            # Each part shows its own numbers, whatever was wanted in the one before.
            self._part_shown, self._kind = part, None
        return PictureMoment.of(self._session, self._kind)

    def _draw_images(self, moment: PictureMoment) -> None:
        values = moment.values
        image, most, scale = painted(values, self._sheet.shape, self._view.scale)
        self.view_bar.show_colors(most, scale, moment.is_known)
        self._sheet.values, self._sheet.image = values, image

    def _mark_frozen(self, frozen: Mask) -> None:
        """Draw the marks on frozen pixels anew where the mask differs."""
        before, self._frozen = self._frozen, frozen
        if frozen is before:
            return
        overlays = FrozenOverlays(self._sheet.shape, self._image_size, self.devicePixelRatioF())
        for card, mask in zip(self.cards, frozen, strict=True):
            if before is None or not np.array_equal(before[card.output], mask):
                card.set_overlay(overlays.of(mask))

    def _describe(self) -> None:
        """Put the cards in words; while a run is on nobody could listen to them."""
        if not self.cards:
            return
        frozen = np.count_nonzero(self._session.state.setup.frozen, axis=1).tolist()
        pointed = self.line.text if self._sheet.pixel is not None else ""
        for card, n_frozen in zip(self.cards, frozen, strict=True):
            words = [pointed] if pointed and card.output == self._output_told else []
            words += [card.description(), *filter(None, [self._why(card.output)])]
            if n_frozen:
                words.append(say_count("{n:,} weight frozen", "{n:,} weights frozen", n_frozen))
            card.setAccessibleDescription("; ".join(words))

    def _say(self) -> None:
        """The legend, what a part of a step has made, or all about the pixel pointed at."""
        moment, experiment = self._moment, self._session.experiment
        if moment is not None and self._following.is_current:
            at = None if self._view.pixel is None else (self._output_told, self._view.pixel)
            asked = self._kind is not None
            self.line.show_pieces(moment.words(experiment, at, asked, self.line.fits))
            for card in self.cards:
                put_tip(card, self._why(card.output))

    def _why(self, output: int) -> str:
        """Why the weight of the pixel that is looked into moves; empty where there is none."""
        column, session = self._view.pixel, self._session
        told = output == self._output_told and not session.playback.running
        if column is None or self._moment is None or not told:
            return ""
        return self._moment.why(session.experiment, output, column)

    @property
    def _output_told(self) -> int:
        """Whose weight of the pixel is told: that of the card pointed at, else of the chosen."""
        at = self._card_pointed_at
        return self._view.output if at is None else at

    @property
    def _pixel(self) -> Pixel | None:
        column = self._view.pixel
        return None if column is None else divmod(column, self._sheet.shape[1])

    def _show_pixel(self) -> None:
        """Mark the pixel that is looked into, and tell of it."""
        self._sheet.pixel = self._pixel
        for card in self.cards:
            card.update_image()
        self._say()

    # -- pointing, choosing and painting ------------------------------------------------

    @Slot(int, object)
    def _press(self, output: int, pixel: Pixel | None) -> None:
        self._by_keyboard = False
        if self.brush_bar.brush is None or pixel is None:
            self._choose(output)
        else:
            self._point_at(output, pixel)
            self._begin_stroke(output, pixel)

    @Slot(int, object, bool)
    def _point(self, output: int, pixel: Pixel | None, held: bool) -> None:
        if self._stroke is not None and held and pixel is not None:
            self._extend(pixel)
        inside = pixel is not None and self._is_inside(pixel)
        if inside or not self._by_keyboard:
            self._by_keyboard = False
            self._point_at(output, pixel if inside else None)

    @Slot()
    def _release(self) -> None:
        self._stroke = None

    @Slot(int, float, object)
    def _edit_target(self, output: int, value: float, gesture: object) -> None:
        self._session.playback.pause()
        self._session.edits.set_target(output, value, gesture)

    @Slot(int, object)
    def _paste_targets(self, output: int, values: tuple[float, ...]) -> None:
        self._session.playback.pause()
        paste_targets(self._session, output, values)

    @Slot(int, int, int)
    def _move(self, output: int, down: int, right: int) -> None:
        """Move the keyboard's cursor; the first key only shows it, in the middle."""
        rows, cols = self._sheet.shape
        pixel = self._sheet.pixel
        self._by_keyboard = True
        if pixel is None:
            self._point_at(output, (rows // 2, cols // 2))
        else:
            row, col = pixel[0] + down, pixel[1] + right
            self._point_at(output, (min(max(row, 0), rows - 1), min(max(col, 0), cols - 1)))
        self._describe()

    @Slot(int)
    def _touch(self, output: int) -> None:
        if self.brush_bar.brush is None:
            self._choose(output)
        elif self._sheet.pixel is None:
            self._move(output, 0, 0)
        else:
            self._begin_stroke(output, self._sheet.pixel)
            self._stroke = None

    @Slot()
    def _leave(self) -> None:
        if self._by_keyboard:
            self._by_keyboard = False
            self._point_at(None, None)

    @Slot(int, bool)
    def _enlarge(self, output: int, wanted: bool) -> None:
        if self.brush_bar.brush is None or not wanted:
            self._view.show(output=output, enlarged=wanted)

    @Slot(bool)
    def _enlarge_chosen(self, wanted: bool) -> None:
        self._view.show(enlarged=wanted)

    def _choose(self, output: int) -> None:
        self._view.show(output=output, panel="dot_product")

    def _begin_stroke(self, output: int, pixel: Pixel) -> None:
        brush = self.brush_bar.brush
        if brush is not None:
            self._session.playback.pause()
            self._stroke = Stroke(self._session, brush, output, self._sheet.shape, pixel)
            self._extend(pixel)

    def _extend(self, pixel: Pixel) -> None:
        stroke = self._stroke
        # What it was drawn on may be gone: a step was taken, or it was undone.
        if stroke is not None and (stroke.is_over or not stroke.extend(pixel)):
            self._stroke = None

    def _point_at(self, output: int | None, pixel: Pixel | None) -> None:
        """Look into a pixel; with None no longer into the one that was pointed at here."""
        column = None if pixel is None else pixel[0] * self._sheet.shape[1] + pixel[1]
        before, self._own_pixel = self._own_pixel, column
        told, self._card_pointed_at = self._card_pointed_at, output if pixel is not None else None
        if column is not None or before == self._view.pixel:
            self._view.show(pixel=column)
        if self._card_pointed_at != told:
            self._show_pixel()

    @Slot()
    def _brush_changed(self) -> None:
        self._arrange()
        self._say()
        brush = self.brush_bar.brush
        self._sheet.brush_size = brush.size if brush is not None else 1
        cursor = Qt.CursorShape.ArrowCursor if brush is None else Qt.CursorShape.CrossCursor
        for card in self.cards:
            card.setCursor(cursor)
            card.update_image()

    def _is_inside(self, pixel: Pixel) -> bool:
        return all(0 <= at < n for at, n in zip(pixel, self._sheet.shape, strict=True))
