"""What the weight images show and how strong their colours are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QSizePolicy,
    QWidget,
)

from gui.look.image_colors import diverging_image
from gui.look.theme import look
from gui.session import Session
from gui.session.checks.view import Scale
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from model.door import mark, say
from model.words import numbers
from model.words.pixels import SHOWN, PictureKind, Shown

_TIPS: dict[Shown, str] = {
    "weight": mark("What each pixel's ink counts for each output"),
    "weight_delta": mark("How the next update will move each weight, against its sign"),
    "input × weight": mark("What each pixel adds to each output's score now"),
}
_NAMES: dict[Shown, str] = {
    "weight": mark("weight"),
    "weight_delta": mark("weight_delta"),
    "input × weight": mark("input × weight"),
}
_FIXED = "fixed"
_SCALES = {
    "one": mark("one scale for all"), "each": mark("each its own scale"),
    _FIXED: mark("fixed scale"),
}  # fmt: skip
_SPACING = 4
_KEY_WIDTH = 54
_KEY_GAP = 6


class ViewBar(QWidget):
    """Which numbers the images show, and on which colour scale: quantity and scale of the view.

    Signals
    -------
    chosen(quantity) : a person wants to see this, also where it is the view's quantity already
    """

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = session.view
        self._notices = session.notices
        self._shown: tuple[PictureKind | None, Scale] | None = None
        self._group = QButtonGroup(self)
        self.shown_buttons = {
            shown: quiet_button(
                say(_NAMES[shown]),
                say(_TIPS[shown]),
                say("show {quantity}", quantity=say(_NAMES[shown])),
                checkable=True,
            )
            for shown in SHOWN
        }
        for at, button in enumerate(self.shown_buttons.values()):
            self._group.addButton(button, at)
        self.scale_box = ChoiceBox(
            say("colour scale"), say("Which size of number has the fullest colour")
        )
        self.scale_box.offer((choice, say(text)) for choice, text in _SCALES.items())
        self.fixed_field = NumberField(say("fixed colour scale"))
        self.fixed_field.digits = None
        self.fixed_field.framed = True
        self.fixed_field.show_value(1.0)
        self._largest = 0.0  # of the numbers in the images, whatever their scale
        self.key = ColorKey()
        self._show_label = muted(say("Show"))
        parts = (*self._shows(brief=False), self.key, self.scale_box, self.fixed_field)
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self._quantity_chosen)
        self.scale_box.currentIndexChanged.connect(self._scale_chosen)
        self.fixed_field.edited.connect(self._fixed_edited)
        look.follow(self, self._refit)
        self.follow_view(self._view.quantity)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.shown_buttons.values(), self.scale_box, self.fixed_field]

    def follow_view(self, kind: PictureKind | None) -> None:
        """Show the scale of the view, and which numbers the images have; None without images."""
        shown = kind, self._view.scale
        if shown == self._shown:
            return
        self._shown = shown
        scale = self._view.scale
        # An exclusive group lets none of its buttons up, and Learn shows what has no button.
        self._group.setExclusive(False)
        for quantity, button in self.shown_buttons.items():
            button.setChecked(quantity == kind)
        self._group.setExclusive(True)
        if isinstance(scale, float):
            self.fixed_field.show_value(scale)
        self.scale_box.choose(self._scale_name)
        self._refit()

    def show_colors(self, largest: float, scale: float | None, known: bool) -> None:
        """Show which number has the fullest colour, None where every image has its own.

        ``largest`` is the largest number in the images; ``known`` says whether there are numbers.
        """
        self._largest = largest
        self.key.show_scale(scale, known)

    @property
    def _scale_name(self) -> str:
        scale = self._view.scale
        return scale if isinstance(scale, str) else _FIXED

    # Laid out by hand: what is left out depends on the width, which no layout of Qt allows for.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self.scale_box.sizeHint().height()
        return height if self._is_one_row(width, brief=True) else 2 * height + _SPACING

    def sizeHint(self) -> QSize:
        width = self._width(self._shows(brief=False), False) + self._width(self._scales(), False)
        return QSize(width + 4 * _SPACING, self.scale_box.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        width = max(self._width(self._shows(brief=True), False), self._width(self._scales(), True))
        return QSize(width - _SPACING, self.scale_box.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._refit()
        return super().event(event)

    @Slot()
    def _refit(self) -> None:
        """The parts ask for other sizes."""
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        """Where there is little room leave out words, and where even less use two rows."""
        width, height = self.width(), self.scale_box.sizeHint().height()
        one_row = self._is_one_row(width, brief=True)
        scales = self._scales()
        whole_key = self._is_one_row(width, False) if one_row else self._fits(scales, width, False)
        brief = not whole_key
        unlabelled = (one_row and brief) or not self._fits(self._shows(brief=False), width, False)
        self._show_label.setVisible(not unlabelled)
        self.fixed_field.setVisible(self._scale_name == _FIXED)
        self.key.set_brief(brief)
        shows = self._shows(unlabelled)
        self._place_row(shows, 0, 0, height, brief)
        if one_row:
            self._place_row(scales, width - self._width(scales, brief), 0, height, brief)
        else:
            self._place_row(scales, 0, height + _SPACING, height, brief)

    def _place_row(
        self, widgets: Sequence[QWidget], left: int, top: int, height: int, brief: bool
    ) -> None:
        for widget in widgets:
            width = self._width([widget], brief) - _SPACING
            widget.setGeometry(left, top, width, height)
            left += width + _SPACING

    def _is_one_row(self, width: int, brief: bool) -> bool:
        return self._width((*self._shows(brief), *self._scales()), brief) + _SPACING <= width

    def _fits(self, widgets: Sequence[QWidget], width: int, brief: bool) -> bool:
        """Whether widgets have room beside each other."""
        return self._width(widgets, brief) - _SPACING <= width

    def _shows(self, brief: bool) -> list[QWidget]:
        buttons: list[QWidget] = list(self.shown_buttons.values())
        return buttons if brief else [self._show_label, *buttons]

    def _scales(self) -> list[QWidget]:
        fixed: list[QWidget] = [self.fixed_field] if self._scale_name == _FIXED else []
        return [self.key, self.scale_box, *fixed]

    def _width(self, widgets: Sequence[QWidget], brief: bool) -> int:
        """The width of widgets beside each other, each with the space after it."""
        return sum(
            (self.key.width_wanted(brief) if widget is self.key else widget.sizeHint().width())
            + _SPACING
            for widget in widgets
        )

    @Slot(int)
    def _quantity_chosen(self, at: int) -> None:
        self._view.show(quantity=SHOWN[at])
        self.chosen.emit(SHOWN[at])

    @Slot()
    def _scale_chosen(self) -> None:
        chosen = str(self.scale_box.currentData())
        if chosen == self._scale_name:
            return
        if chosen != _FIXED:
            self._view.show(scale=chosen)
            return
        # The largest number there is now, in two figures: the colours stay about as they are.
        largest = float(f"{self._largest:.2g}")
        self._view.show(scale=largest if largest > 0 else self.fixed_field.value)

    @Slot(float, object)
    def _fixed_edited(self, value: float, _gesture: object) -> None:
        if value <= 0:
            self._notices.refuse(say("fixed colour scale: must be above zero"))
            return
        self._notices.refuse("")
        self._view.show(scale=value)


class ColorKey(QWidget):
    """The colours from the most negative to the most positive, with the numbers at the ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale: float | None = None
        self.known = True
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        look.follow(self, self._restyle)
        self._restyle()

    def show_scale(self, scale: float | None, known: bool = True) -> None:
        """Show the number at the end of the scale; None where every image has its own.

        ``known`` says whether there are numbers at all: without a label, no weight_delta is.
        """
        if scale != self.scale or known is not self.known or not self.accessibleName():
            wide = self.width_wanted(self._brief)
            self.scale, self.known = scale, known
            if self.width_wanted(self._brief) != wide:
                self.updateGeometry()
            ends = say("its own largest") if scale is None else numbers.plain(scale, 3)
            self.setAccessibleName(
                say("colours from orange, minus {ends}, to blue, plus {ends}", ends=ends)
                if known
                else say("no colours: the image has no label yet")
            )
            self.update()

    def set_brief(self, brief: bool) -> None:
        """Leave out the colours, or show them."""
        if brief != self._brief:
            self._brief = brief
            self.update()

    def width_wanted(self, brief: bool) -> int:
        """The width it takes with or without the colours; it only grows for unusual numbers."""
        end = self._end
        widest = max((end, "0.0000"), key=self._metrics.horizontalAdvance)
        ends = self._metrics.horizontalAdvance(f"±{widest}" if brief else f"−{widest}+{widest}")
        colors = 0 if brief else _KEY_WIDTH + _KEY_GAP * 2
        return round(ends) + look.theme.px(colors + 4)

    @property
    def _end(self) -> str:
        """What stands at the end of the scale."""
        return say("largest") if self.scale is None else numbers.plain(self.scale, 3)

    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted(self._brief), round(self._metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(theme.color("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        area = QRectF(0, 0, self.width() - theme.px(4), self.height())
        end = self._end
        if not self.known or self._brief or self.scale == 0:
            words = say("all 0") if self.scale == 0 else f"±{end}"
            painter.drawText(area, right, words if self.known else say("no label"))
            return
        painter.drawText(area, right, f"+{end}")
        gap, width, height = theme.px(_KEY_GAP), theme.px(_KEY_WIDTH), theme.px(9)
        left = area.right() - self._metrics.horizontalAdvance(f"+{end}") - gap - width
        area.setRight(left - gap)
        painter.drawText(area, right, f"\u2212{end}")
        bar = QRectF(left, (self.height() - height) // 2, width, height)
        painter.drawImage(bar, self._colors)
        painter.setPen(theme.color("outline"))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))

    @Slot()
    def _restyle(self) -> None:
        self._font = look.theme.font(0.86)
        self._metrics = QFontMetricsF(self._font)
        self._colors = diverging_image(np.linspace(-1, 1, 64).reshape(1, -1), 1.0)
        self.updateGeometry()
        self.update()


def muted(text: str) -> QLabel:
    """A word beside a control."""
    label = QLabel(text)
    label.setObjectName("muted")
    return label
