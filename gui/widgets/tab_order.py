"""The way of the Tab key through panels that are made, and filled, at any time.

Qt puts whatever is made later at the end. So panels name their stops, ``tab_stops``, and the
window chains them whenever there are others.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab go through widgets of one window in this order.

    One that cannot have the focus only keeps the place for what is chained behind it later.
    """
    stops = list(stops)
    closed = Qt.FocusPolicy.NoFocus
    places = [stop for stop in stops if stop.focusPolicy() == closed]
    for place in places:
        place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)
    for place in places:
        place.setFocusPolicy(closed)
