"""Finds the limit of alpha: at once for small data, in slices between frames for 60,000 images."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from model.curves import AlphaZones, alpha_zones, largest_sums
from model.descent import Setup

_AT_ONCE = 2**21


class ZoneFinder(QObject):
    """Knows the zones of the setup it was asked about last; ``found`` says they are there."""

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._zones: AlphaZones | None = None
        self._sums: Iterator[float] | None = None
        self._largest = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_on)

    def zones(self, setup: Setup) -> AlphaZones:
        """The zones for a setup; not known yet, for a moment, where there is much data."""
        if self._zones is None or not self._same(setup):
            self._setup = setup
            self._start(setup)
        assert self._zones is not None
        return self._zones

    def _same(self, setup: Setup) -> bool:
        """Whether nothing that the limit depends on differs from the setup asked about last."""
        old = self._setup
        return old is not None and (
            old.examples is setup.examples
            and old.frozen is setup.frozen
            and old.schedule is setup.schedule
            and old.guest is setup.guest
        )

    def _start(self, setup: Setup) -> None:
        examples = setup.examples
        if setup.schedule.order == "first" or len(examples) * examples.n_inputs <= _AT_ONCE:
            self._timer.stop()
            self._zones = alpha_zones(setup)
            return
        self._zones = AlphaZones(None, None, exact=False, known=False)
        self._sums = largest_sums(setup)
        self._timer.start(0)

    @Slot()
    def _look_on(self) -> None:
        if self._sums is None or self._setup is None:
            return
        try:
            self._largest = next(self._sums)
        except StopIteration:
            self._timer.stop()
            self._sums = None
            self._zones = alpha_zones(self._setup, self._largest)
            self.found.emit()
