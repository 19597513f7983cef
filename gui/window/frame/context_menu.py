"""What the right button brings: all that can be done with what it is pressed over."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from gui.weights.desk import WeightDesk
from gui.window.frame.dropping import TakesPictures
from gui.window.frame.offered import Offered


def show(
    offered: Offered, weights: WeightDesk, panels: list[QWidget], at: QWidget | None, place: QPoint
) -> None:
    """Over the weights, show all that can be done to them at once; elsewhere, to a panel.

    Parameters
    ----------
    panels : list of QWidget
        Those on the bench.
    at : QWidget or None
        What the button was pressed over.
    place : QPoint
        Where on the screen.
    """
    # An input that is drawn has no weights.
    with_weights = [panel for panel in panels if not isinstance(panel, TakesPictures)]
    if at is None or not any(panel.isAncestorOf(at) for panel in with_weights):
        offered.panel_menu.show_at(place)
        return
    # What is pointed at stays so until the menu, which the pointer leaves it for, is done.
    weights.pointed = weights.focus
    with offered.panel_menu.added_to(offered.menus.weights, place):
        offered.menus.weights.exec(place)
    weights.pointed = None
