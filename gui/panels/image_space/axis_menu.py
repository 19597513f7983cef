"""The menu of all axes that there are for an experiment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.panels.image_space.found.data import SpaceData
from gui.session import Session
from model.door import say
from model.image_space import AxisChoice
from model.image_space.axes import AxisKind

# So many components are offered; further ones show little.
_MAX_COMPONENTS = 20


# In the menu: a pixel that is chosen on the image next.
PIXEL_TO_COME = AxisChoice("pixel", (-1,))


class AxisMenu(QObject):
    """Offers all axes, below whatever asks for them.

    Signals
    -------
    chosen(object) : this AxisChoice
    """

    chosen = Signal(object)

    def __init__(self, session: Session, data: SpaceData, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._data = session, data
        self.menu: QMenu | None = None

    def offer(self, below: QWidget) -> None:
        """Open the menu below a widget."""
        menu = self.menu = self._made(below)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._take)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        choice = action.data()
        if not isinstance(choice, AxisChoice):
            return
        if choice == PIXEL_TO_COME:
            # The one in the middle, until another one is clicked.
            rows, columns = self._session.experiment.image_shape or (1, 1)
            choice = AxisChoice("pixel", (rows // 2 * columns + columns // 2,))
        self.chosen.emit(choice)

    def _made(self, parent: QWidget) -> QMenu:
        """A menu of all axes there are; the data of each action is its AxisChoice."""
        menu, experiment, data = QMenu(parent), self._session.experiment, self._data
        on_images = experiment.image_shape is not None
        if on_images:
            _add(menu, say("A pixel, to be clicked on the image"), PIXEL_TO_COME)
        else:
            _add_each(menu.addMenu(say("Input")), "pixel", experiment.inputs)
        if data.inputs is not None and len(data) > 1:
            most = min(_MAX_COMPONENTS, len(experiment.inputs), len(data) - 1)
            numbers = [str(number + 1) for number in range(most)]
            _add_each(menu.addMenu(say("Principal component")), "component", numbers)
        _add_each(menu.addMenu(say("Score: the weights of")), "score", experiment.outputs)
        if data.labels is not None:
            there = np.unique(data.labels).tolist()
            _add_differences(menu, there, experiment.outputs)
        if on_images:
            _add(menu, say("A picture of one’s own, to be painted"), AxisChoice("picture"))
        return menu


def _add_each(menu: QMenu, kind: AxisKind, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        _add(menu, name, AxisChoice(kind, (number,)))


def _add_differences(menu: QMenu, there: list[int], names: Sequence[str]) -> None:
    differences = menu.addMenu(say("Difference of two averages"))
    for plus in there:
        less = differences.addMenu(say("{class_name} minus", class_name=names[plus]))
        for minus in there:
            if minus != plus:
                _add(less, names[minus], AxisChoice("difference", (plus, minus)))


def _add(menu: QMenu, text: str, choice: AxisChoice) -> None:
    action = menu.addAction(text.replace("&", "&&"))
    action.setData(choice)
