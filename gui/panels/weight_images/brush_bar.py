"""The brush of the weight images, and the button that enlarges one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.panels.weight_images.brush import MAX_SIZE, Brush, BrushKind
from gui.panels.weight_images.controls import muted
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from model.door import mark, say

_BRUSHES: dict[BrushKind, str] = {
    "paint": mark("paint value"), "erase": mark("erase to 0"), "freeze": mark("freeze"),
    "unfreeze": mark("unfreeze"),
}  # fmt: skip

_SPACING = 4


class BrushBar(QWidget):
    """Which brush is on, and the details of the one that is.

    Signals
    -------
    changed : something else was chosen
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind_box = ChoiceBox(
            say("brush"), say("What dragging over an image does to its weights")
        )
        brushes = ((kind, say(text)) for kind, text in _BRUSHES.items())
        self.kind_box.offer([(None, say("off")), *brushes])
        self.value_field = NumberField(say("value to paint"))
        self.value_field.digits = None
        self.value_field.framed = True
        self.value_field.show_value(0.2)
        self.size_box = ChoiceBox(say("brush size in pixels"), say("How wide the brush is"))
        self.size_box.offer((size, say("{size} px", size=size)) for size in range(1, MAX_SIZE + 1))
        self.scope_box = ChoiceBox(
            say("images that the brush changes"),
            say("Paint on one image, or on all at the same pixels"),
        )
        self.scope_box.offer(((False, say("this image")), (True, say("all images"))))
        self.enlarge = quiet_button(
            say("Enlarge"),
            say("Let the chosen image fill the bench (double click or +); Escape brings all back"),
            checkable=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.enlarge)
        row.addWidget(muted(say("Brush")))
        for widget in (self.kind_box, self.value_field, self.size_box, self.scope_box):
            row.addWidget(widget)
        self._show_details()
        for box in (self.kind_box, self.size_box, self.scope_box):
            box.currentIndexChanged.connect(self._chosen)
        self.value_field.edited.connect(self._value_edited)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.enlarge, self.kind_box, self.value_field, self.size_box, self.scope_box
        ]  # fmt: skip

    def show_enlarged(self, enlarged: bool) -> None:
        """Whether one image has all the room."""
        self.enlarge.blockSignals(True)
        self.enlarge.setChecked(enlarged)
        self.enlarge.blockSignals(False)

    @property
    def brush(self) -> Brush | None:
        """The brush that is on, or None."""
        kind: BrushKind | None = self.kind_box.currentData()
        if kind is None:
            return None
        return Brush(
            kind, self.value_field.value, self.size_box.currentData(), self.scope_box.currentData()
        )

    def _show_details(self) -> None:
        brush = self.brush
        # There is no room for all of them; the keys enlarge at any time.
        self.enlarge.setVisible(brush is None)
        self.size_box.setVisible(brush is not None)
        self.scope_box.setVisible(brush is not None)
        self.value_field.setVisible(brush is not None and brush.kind == "paint")
        self.updateGeometry()

    @Slot()
    def _chosen(self) -> None:
        self._show_details()
        self.changed.emit()

    @Slot(float, object)
    def _value_edited(self, value: float, _gesture: object) -> None:
        self.value_field.show_value(value)
        self.changed.emit()
