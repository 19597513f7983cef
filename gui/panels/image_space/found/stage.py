"""What each of the pictures of the space of images is to its panel."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from gui.plots.cloud.view import CloudView
from model.network import Floats


class Stage(Protocol):
    """What is shown of the space of images: a widget, one of several, in front of the others."""

    views: list[CloudView]

    @property
    def exported(self) -> Floats | None:
        """The coordinates of the sample, (n, d), where it shows any."""

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""

    def rebuild(self) -> None:
        """Another experiment is on the bench."""

    def refresh(self) -> None:
        """Look again at the view, the data and the moment."""

    def set_wide(self, wide: bool) -> None:
        """Whether there is much width."""
