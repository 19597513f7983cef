"""What each of the pictures of the space of images is to its panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.panels.image_space.found.data import SpaceData
from gui.plots.cloud.view import CloudView
from gui.session import Session
from model.network import Floats


class Stage(QWidget):
    """What is shown of the space of images: one of several, in front of the others.

    Each tells what differs from a picture that has no clouds, keeps nothing, and looks the same in
    any room. ``views`` are its clouds.
    """

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__()
        self._session, self._data = session, data
        self.views: Sequence[CloudView] = ()

    @property
    def exported(self) -> Floats | None:
        """The coordinates of the sample, (n, d), where it shows any."""
        return None

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return list(self.views)

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""

    def rebuild(self) -> None:
        """Another experiment is on the bench."""

    @Slot()
    def refresh(self) -> None:
        """Look again at the view, the data and the moment."""

    def set_wide(self, wide: bool) -> None:
        """Whether there is much width."""
