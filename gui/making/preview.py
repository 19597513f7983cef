"""What will be on the bench: the bench's own network, with nothing to press on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.panels.network.panel import NetworkGraph
from gui.session import Session
from gui.widgets.cell_area import calm
from model.door import say
from model.experiment import Experiment


class Preview(QWidget):
    """Shows an experiment at its first step."""

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = Session(experiment, self)
        self.graph = NetworkGraph(self._session)
        # It is only looked at: neither the mouse nor Tab reaches what is on it.
        self.graph.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.graph.view.cards_shown.connect(self._pass_by)
        for words in (self.graph.example, self.graph.caption, self.graph.why):
            words.setMaximumHeight(0)
        self.graph.setAccessibleName(say("What will be on the bench"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.graph)

    @Slot()
    def _pass_by(self) -> None:
        for widget in self.graph.findChildren(QWidget):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll to what has no room."""
        bar = self.graph.view.verticalScrollBar()
        bar.setValue(bar.value() - calm(event).angleDelta().y() // 2)

    @property
    def experiment(self) -> Experiment:
        """What is shown."""
        return self._session.experiment

    def show_experiment(self, experiment: Experiment) -> None:
        """Show another one."""
        self._session.open(experiment)
