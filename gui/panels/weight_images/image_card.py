"""One output of a network on images: its weights as an image, its score and its target."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from gui.look.image_colors import on_paper
from gui.look.theme import look
from gui.panels.weight_images.brush import Pixel, dab_corner
from gui.panels.weight_images.card_drawing import CardDrawing, Standing
from gui.widgets.cell_area import ARROWS
from gui.widgets.number_field import NumberField
from model.door import say
from model.network import Floats
from model.phase import StepPart
from model.words import numbers

_TOUCH_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIZE_KEYS = {Qt.Key.Key_Plus: True, Qt.Key.Key_Equal: True, Qt.Key.Key_Minus: False}
_SHORT_NAME = 2


@dataclass
class Sheet:
    """What all cards draw from.

    ``image`` has the images of all outputs one above the other; ``values`` (n_outputs,
    n_pixels) is what they show. ``pixel`` is pointed at; ``brush_size`` is the width of the
    square around it. ``extent`` is the score at the ends of the bars.
    """

    shape: tuple[int, int]
    image: QImage
    values: Floats
    extent: float = 1.0
    pixel: Pixel | None = None
    brush_size: int = 1


@dataclass(frozen=True)
class Score:
    """The numbers of one output, those that there are, and the part of the step that made them.

    There is no target, and no delta, before Compare and where the image has no label.
    """

    pred: float
    part: StepPart = StepPart.REST
    target: float | None = None
    delta: float | None = None


class ImageCard(QWidget):
    """Draws one output; says what the mouse and the keys do to it, and does nothing itself.

    Signals, each with the number of the output first
    -------
    pressed(output, pixel) : with the left button; None beside the image
    pointed(output, pixel, held) : the pixel, or None; held while the left button is down
    released() : the left button is up again
    moved(output, down, right) : the cursor is to be moved by so many pixels
    touched(output) : the key that stands for a click at the cursor
    left() : the keyboard is elsewhere
    enlarge(output, wanted) : the image is to fill the bench, or no longer
    target_edited(output, value, gesture) : another target is wanted
    targets_pasted(output, values) : other targets are wanted, from this one on
    """

    accessible_role = QAccessible.Role.Graphic

    pressed = Signal(int, object)
    pointed = Signal(int, object, bool)
    released = Signal()
    moved = Signal(int, int, int)
    touched = Signal(int)
    left = Signal()
    enlarge = Signal(int, bool)
    target_edited = Signal(int, float, object)
    targets_pasted = Signal(int, object)

    def __init__(self, output: int, name: str, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.output = output
        self.name = name
        self._sheet = sheet
        self.score = Score(0.0)
        self.standing = Standing()
        self._drawing: CardDrawing | None = None
        self._overlay: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(say("Weights of {name}", name=name))
        self.target_field = NumberField(say("target of {name}", name=name), self)
        self.target_field.digits = None
        self.target_field.set_type(0.9, QFont.Weight.DemiBold)
        self.target_field.in_row = True
        self.target_field.edited.connect(self._target_edited)
        self.target_field.pasted.connect(self._targets_pasted)

    # -- what is shown ------------------------------------------------------------------

    def set_drawing(self, drawing: CardDrawing) -> None:
        """Take over another size or theme."""
        self._drawing = drawing
        self._place_target()
        self.update()

    def set_overlay(self, overlay: QPixmap | None) -> None:
        """Take over the marks on frozen pixels, None where there are none."""
        if overlay is not self._overlay:
            self._overlay = overlay
            self.update_image()

    @property
    def overlay(self) -> QPixmap | None:
        """The marks on frozen pixels, or None where there are none."""
        return self._overlay

    @property
    def image_rect(self) -> QRect:
        """Where the image lies on the card."""
        return QRect() if self._drawing is None else self._drawing.layout.image

    @property
    def score_rect(self) -> QRect:
        """Where the score and its delta are written on the card."""
        layout = None if self._drawing is None else self._drawing.layout
        return QRect() if layout is None else layout.pred.united(layout.delta).toAlignedRect()

    def show_score(self, score: Score, standing: Standing) -> None:
        """Show other numbers; the image is taken from the sheet."""
        if score.target is not None and score.target != self.target_field.value:
            self.target_field.show_value(score.target)
            self._place_target()
        before, self.score = self.score, score
        self.target_field.setVisible(score.target is not None)
        # After Learn alone it belongs to the step before, which is made.
        self.target_field.setEnabled(score.part is not StepPart.LEARN)
        if standing != self.standing or (before.part, before.target) != (score.part, score.target):
            self.standing = standing
            self.update()
        else:
            self.update_image()

    def update_image(self) -> None:
        """Draw the image and the numbers below it again."""
        if self._drawing is not None:
            self.update(self._drawing.layout.changing)

    def description(self) -> str:
        """The card in words."""
        score, standing = self.score, self.standing
        pred = numbers.signed(score.pred, 3)
        if score.target is None or score.delta is None:
            words = [say("score {pred}", pred=pred)]
        else:
            words = [
                say(
                    "score {pred}, target {target}, delta {delta}",
                    pred=pred,
                    target=numbers.plain(score.target),
                    delta=numbers.signed(score.delta, 3),
                )
            ]
        if standing.says:
            words.append(say("what the network says"))
        if standing.labelled:
            words.append(say("the target"))
        if standing.chosen:
            words.append(say("chosen"))
        return "; ".join(words)

    # -- mouse and keys -----------------------------------------------------------------

    def pixel_at(self, position: QPointF) -> Pixel:
        """(row, column) of the image at a position, also beyond its edges."""
        if self._drawing is None:
            return -1, -1
        image = self._drawing.layout.image
        rows, cols = self._sheet.shape
        return (
            int((position.y() - image.top()) * rows // image.height()),
            int((position.x() - image.left()) * cols // image.width()),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.output, self._inside(event.position()))
        elif event.button() == Qt.MouseButton.RightButton:
            # Chosen, but not painted on.
            self.pressed.emit(self.output, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pointed.emit(self.output, self.pixel_at(event.position()), True)
        else:
            self.pointed.emit(self.output, self._inside(event.position()), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.enlarge.emit(self.output, True)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(self.output, None, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS:
            down, right = ARROWS[Qt.Key(key)]
            far = 5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.moved.emit(self.output, down * far, right * far)
        elif key in _TOUCH_KEYS:
            self.touched.emit(self.output)
        elif key in _SIZE_KEYS:
            self.enlarge.emit(self.output, _SIZE_KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.left.emit()
        self.update()

    @Slot(float, object)
    def _target_edited(self, value: float, gesture: object) -> None:
        self.target_edited.emit(self.output, value, gesture)

    @Slot(object)
    def _targets_pasted(self, values: tuple[float, ...]) -> None:
        self.targets_pasted.emit(self.output, values)

    def _inside(self, position: QPointF) -> Pixel | None:
        row, col = self.pixel_at(position)
        rows, cols = self._sheet.shape
        return (row, col) if 0 <= row < rows and 0 <= col < cols else None

    # -- drawing ------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        drawing = self._drawing
        if drawing is None:
            return
        painter = QPainter(self)
        if drawing.layout.changing.contains(event.rect()):
            painter.fillRect(event.rect(), drawing.ground(self.standing))
        else:
            painter.drawPixmap(0, 0, drawing.frame(self.standing))
            self._draw_header(painter, drawing)
        self._draw_image(painter, drawing)
        self._draw_bar(painter, drawing)
        self._draw_numbers(painter, drawing)

    def _draw_header(self, painter: QPainter, drawing: CardDrawing) -> None:
        theme, line = look.theme, drawing.layout.name
        middle = Qt.AlignmentFlag.AlignVCenter
        taught = self.score.target is not None
        end = self.target_field.x() - theme.px(2) if taught else line.right()
        caption = drawing.small_metrics.horizontalAdvance(say("target"))
        room = max(0.0, end - line.left() - theme.px(2))
        name = drawing.name_in(self.name, room)
        width = drawing.name_metrics.horizontalAdvance(name)
        if taught and line.left() + width + theme.px(8) + caption <= end:
            painter.setFont(drawing.small_font)
            painter.setPen(theme.color("muted"))
            box = QRectF(end - caption, line.top(), caption, line.height())
            painter.drawText(box, middle, say("target"))
        box = QRectF(line.left(), line.top(), width, line.height())
        painter.setPen(theme.color("ink"))
        if self.standing.chosen:
            around = min(float(theme.px(4)), line.left() - drawing.layout.frame.left())
            pill = box.adjusted(-around, 1, around, -1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(pill, theme.px(4), theme.px(4))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.color("on_accent"))
        painter.setFont(drawing.name_font)
        painter.drawText(box, middle, name)
        self._draw_tags(painter, drawing)

    def _draw_tags(self, painter: QPainter, drawing: CardDrawing) -> None:
        frame, gap = drawing.layout.frame, look.theme.px(3)
        short = say("says {name}", name=self.name)
        says = short if len(self.name) <= _SHORT_NAME else say("says")
        tags = [(says, True)] if self.standing.says else []
        tags += [(say("target"), False)] if self.standing.labelled else []
        left = look.theme.px(7)
        width = sum(drawing.tag_width(text) + gap for text, _ in tags)
        if len(tags) > 1 and left + width > frame.width():
            # No room for both: what they come to together.
            tags = [(say("right"), True)]
        at = frame.left() + left
        for text, filled in tags:
            at = drawing.draw_tag(painter, text, at, filled) + gap

    def _draw_image(self, painter: QPainter, drawing: CardDrawing) -> None:
        sheet, area = self._sheet, QRectF(drawing.layout.image)
        rows, cols = sheet.shape
        painter.drawImage(area, sheet.image, QRectF(0, self.output * rows, cols, rows))
        if self._overlay is not None:
            painter.drawPixmap(area.topLeft(), self._overlay)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # The part of a step that has just made these pictures lights them.
        lit = self.score.part in (StepPart.COMPARE, StepPart.LEARN)
        if self.hasFocus() or lit:
            painter.setPen(drawing.focus_pen)
            painter.drawRect(area.adjusted(-1, -1, 1, 1))
        else:
            painter.setPen(drawing.image_pen)
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
        if sheet.pixel is not None:
            self._draw_cursor(painter, area, sheet.pixel)

    def _draw_cursor(self, painter: QPainter, area: QRectF, pixel: Pixel) -> None:
        rows, cols = self._sheet.shape
        size = self._sheet.brush_size
        top, left = dab_corner(pixel, size)
        width, height = area.width() / cols, area.height() / rows
        box = QRectF(
            area.left() + left * width, area.top() + top * height, size * width, size * height
        ).toAlignedRect()
        painter.save()
        painter.setClipRect(area.adjusted(-2, -2, 2, 2), Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(on_paper("zero"), 1))
        painter.drawRect(box.adjusted(-2, -2, 1, 1))
        painter.setPen(QPen(Qt.GlobalColor.black, 1))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.restore()

    def _draw_bar(self, painter: QPainter, drawing: CardDrawing) -> None:
        """The score from the zero in the middle, and a dotted tick at the target."""
        bar, score, inks = drawing.layout.bar.toRect(), self.score, drawing.inks
        middle, half = bar.center().x(), bar.width() // 2 - 1
        painter.fillRect(bar, inks["hairline"])
        length = round(half * score.pred / self._sheet.extent)
        left = middle + min(length, 0)
        color = drawing.signed(score.pred)
        painter.fillRect(left, bar.top() + 1, abs(length), bar.height() - 2, color)
        painter.fillRect(middle, bar.top() - 2, 1, bar.height() + 2, inks["ink"])
        if score.target is not None:
            target = middle + round(half * score.target / self._sheet.extent)
            painter.drawPixmap(target, bar.top() - 3, drawing.tick)

    def _draw_numbers(self, painter: QPainter, drawing: CardDrawing) -> None:
        layout, score = drawing.layout, self.score
        pred = numbers.signed(score.pred, 3)
        fits = drawing.pred_metrics.horizontalAdvance(pred) <= layout.pred.width()
        if score.part is StepPart.PREDICT:
            drawing.light(painter, layout.pred)
        painter.setFont(drawing.pred_font if fits else drawing.small_for(pred, layout.pred.width()))
        painter.setPen(drawing.inks["ink"])
        painter.drawText(drawing.pred_at, pred)
        if self._sheet.pixel is not None:
            self._draw_pixel_number(painter, drawing, self._sheet.pixel)
            return
        if score.delta is None:
            number, color = "–", "muted"
        else:
            number, color = numbers.signed(score.delta, 3), "accent"
        text = say("delta {number}", number=number)
        if drawing.small_metrics.horizontalAdvance(text) > layout.delta.width() + 1:
            text = number
        if score.part is StepPart.COMPARE:
            drawing.light(painter, layout.delta)
        painter.setFont(drawing.small_for(text, layout.delta.width() + 1))
        painter.setPen(drawing.inks[color])
        painter.drawText(drawing.delta_at, text)

    def _draw_pixel_number(self, painter: QPainter, drawing: CardDrawing, pixel: Pixel) -> None:
        """The number of the pixel that is pointed at, behind the square that points at it."""
        value = float(self._sheet.values[self.output, pixel[0] * self._sheet.shape[1] + pixel[1]])
        side, box = look.theme.px(6), drawing.layout.delta
        painter.setPen(drawing.inks["ink"])
        painter.drawRect(QRectF(box.left(), round(box.center().y() - side / 2), side, side))
        text, left = numbers.signed(value, 4), side + look.theme.px(5)
        painter.setFont(drawing.small_for(text, box.width() - left))
        painter.setPen(drawing.signed(value))
        painter.drawText(drawing.delta_at + QPointF(left, 0), text)

    def _place_target(self) -> None:
        """As wide as its number asks for, at the right of the line above the image."""
        if self._drawing is None or self.target_field.editor is not None:
            return
        px, line = look.theme.px, self._drawing.layout.name
        metrics = self._drawing.name_metrics
        needed = metrics.horizontalAdvance(self.target_field.text) + px(6)
        # A long name has the more of the line.
        crowded = metrics.horizontalAdvance(self.name) + px(32) > line.width()
        width = min(max(needed, px(18 if crowded else 30)), line.width() * 0.75)
        # Its number, in the middle, ends where the image does.
        right = line.right() + min(px(6), (width - needed) / 2 + px(3))
        field = QRectF(right - width, line.top(), width, line.height() - px(1))
        self.target_field.setGeometry(field.toRect())
