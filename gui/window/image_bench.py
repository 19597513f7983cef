"""The bench of an experiment on images: what goes in on the left, the weights on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.panels.image_input.panel import InputImage
from gui.panels.weight_images.panel import WeightImages
from gui.session import Session


class ImageBench(QWidget):
    """The current image beside the weights as images, one for each output."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input_image = InputImage(session)
        self.weight_images = WeightImages(session)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 10)
        row.setSpacing(12)
        row.addWidget(self.input_image, 2)
        row.addWidget(self.weight_images, 5)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.input_image.tab_stops, *self.weight_images.tab_stops]
