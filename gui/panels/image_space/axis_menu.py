"""The menu of all axes that there are for an experiment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QMenu, QWidget

from gui.panels.image_space.found.data import SpaceData
from model.door import say
from model.experiment import Experiment
from model.image_space import AxisChoice
from model.image_space.axes import AxisKind

# So many components are offered; further ones show little.
_MOST_COMPONENTS = 20


def axis_menu(parent: QWidget, experiment: Experiment, data: SpaceData) -> QMenu:
    """A menu of all axes there are; the data of each action is its AxisChoice."""
    menu = QMenu(parent)
    on_images = experiment.image_shape is not None
    if on_images:
        _add(menu, say("A pixel, to be clicked on the image"), AxisChoice("pixel", (-1,)))
    else:
        _add_each(menu.addMenu(say("Input")), "pixel", experiment.inputs)
    if data.inputs is not None and len(data) > 1:
        most = min(_MOST_COMPONENTS, len(experiment.inputs), len(data) - 1)
        numbers = [str(number + 1) for number in range(most)]
        _add_each(menu.addMenu(say("Principal component")), "component", numbers)
    _add_each(menu.addMenu(say("Score: the weights of")), "score", experiment.outputs)
    if data.labels is not None:
        differences = menu.addMenu(say("Difference of two averages"))
        there = np.unique(data.labels).tolist()
        for plus in there:
            less = differences.addMenu(
                say("{class_name} minus", class_name=experiment.outputs[plus])
            )
            for minus in there:
                if minus != plus:
                    _add(less, experiment.outputs[minus], AxisChoice("difference", (plus, minus)))
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
