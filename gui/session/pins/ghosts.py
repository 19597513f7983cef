"""The ghosts of pinned runs: each is made once, between frames, and kept while its run is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from gui.session.pins.portions import Portions
from gui.session.weight_choice import WeightChoice
from model.experiment import Pin
from model.pins.ghost import Cells, Ghost, cells_kept, ghost_of

What = TypeVar("What")


class Ghosts(QObject):
    """Knows the ghosts of some pins, or is about to find them.

    Signals
    -------
    found : one more of them is known
    """

    found = Signal()

    def __init__(self, choice: WeightChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._choice = choice
        self._pins: Sequence[Pin] = ()
        # By the mark of the pin. A pin that was renamed has the same run as before.
        self._known: dict[int, tuple[Pin, Ghost]] = {}
        self._troubles: dict[int, tuple[Pin, str]] = {}
        self._wanted: Pin | None = None
        self._portions: Portions[Ghost] = Portions(self._keep, self._note_trouble, self)
        choice.changed.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._portions.busy

    def follow(self, pins: Sequence[Pin]) -> None:
        """Know the ghosts of these pins, and no others."""
        self._pins = pins
        self._known = {pin.mark: old for pin in pins if (old := self._of(self._known, pin))}
        self._troubles = {
            pin.mark: trouble for pin in pins if (trouble := self._of(self._troubles, pin))
        }
        self._look()

    def ghost(self, pin: Pin) -> Ghost | None:
        """The ghost of a pin; None while it is being made, and where it cannot be."""
        known = self._of(self._known, pin)
        return known[1] if known else None

    def trouble(self, pin: Pin) -> str:
        """Why the run of a pin cannot be made again; empty where it can."""
        known = self._of(self._troubles, pin)
        return known[1] if known else ""

    @staticmethod
    def _of(known: dict[int, tuple[Pin, What]], pin: Pin) -> tuple[Pin, What] | None:
        found = known.get(pin.mark)
        return found if found is not None and _same_run(found[0], pin) else None

    @Slot()
    def _look(self) -> None:
        """Begin with the next one, unless it is what is being made."""
        pin = next((pin for pin in self._pins if self._lacks(pin)), None)
        if pin is None:
            self._wanted = None
            self._portions.drop()
        elif self._wanted is None or not _same_run(self._wanted, pin) or not self.busy:
            self._wanted = pin
            self._portions.start(ghost_of(pin, self._cells(pin)))

    def _lacks(self, pin: Pin) -> bool:
        ghost = self.ghost(pin)
        if ghost is None:
            return not self.trouble(pin)
        return not set(self._cells(pin)) <= set(ghost.cells)

    def _cells(self, pin: Pin) -> Cells:
        return cells_kept(pin, self._choice.cells)

    def _keep(self, ghost: Ghost) -> None:
        if self._wanted is not None:
            self._known[self._wanted.mark] = self._wanted, ghost
        self._tell()

    def _note_trouble(self, sentence: str) -> None:
        if self._wanted is not None:
            self._troubles[self._wanted.mark] = self._wanted, sentence
        self._tell()

    def _tell(self) -> None:
        self._wanted = None
        self._look()
        self.found.emit()


def _same_run(one: Pin, other: Pin) -> bool:
    return one.base is other.base and one.edits is other.edits and one.length == other.length
