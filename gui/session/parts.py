"""The registry of named parts: where they are, which are lit, and which are hidden.

Names follow from the experiment (``model.words.parts``); a panel says where its parts are once
it is made, under its key.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Signal, Slot
from shiboken6 import isValid

from gui.session.view import View
from model.experiment import Experiment
from model.path import State
from model.path.hidden import hide
from model.words.parts import Part, named, part, parts
from model.words.veils import Veils, veils

# The rectangle of a part in its panel's coordinates; None where the panel shows none of it now.
Locate = Callable[[Part], QRect | None]
# Brings a part into sight: scrolls to it, or shows the weight that it belongs to.
Reveal = Callable[[Part], None]


@dataclass(frozen=True, eq=False)
class Place:
    """Where a part is: ``rect`` in the coordinates of ``owner``, which is the panel."""

    owner: QObject
    rect: QRect


class _Provider:
    """The methods of a panel's object; weakly, as the panel lives as long as its window does."""

    def __init__(self, owner: QObject, locate: Locate | None, reveal: Reveal | None) -> None:
        self._owner = weakref.ref(owner)
        self._locate = None if locate is None else weakref.WeakMethod(locate)
        self._reveal = None if reveal is None else weakref.WeakMethod(reveal)

    @property
    def owner(self) -> QObject | None:
        """The panel, as long as it is there."""
        owner = self._owner()
        return owner if owner is not None and isValid(owner) else None

    def locate(self, wanted: Part) -> QRect | None:
        """The rectangle of a part that is in sight, in the panel's coordinates."""
        owner = self.owner
        if owner is None or not owner.property("visible"):
            return None
        locate = self._locate() if self._locate is not None else None
        if locate is not None:
            return locate(wanted)
        whole = owner.property("rect")
        return whole if isinstance(whole, QRect) else None

    def reveal(self, wanted: Part) -> None:
        """Bring a part into sight."""
        reveal = self._reveal() if self._reveal is not None and self.owner is not None else None
        if reveal is not None:
            reveal(wanted)


class Parts(QObject):
    """What can be pointed at by its name.

    Signals
    -------
    lit_changed : other parts are lit
    veils_changed : other parts are hidden, so that texts and pictures may differ
    """

    lit_changed = Signal()
    veils_changed = Signal()

    def __init__(self, experiment: Experiment, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._view = view
        self._providers: dict[str, _Provider] = {}
        self._lit: frozenset[str] = frozenset()
        self._veils = veils(experiment)
        self._untold = False, False
        view.changed.connect(self._view_changed)

    # -- for panels --------------------------------------------------------------------------

    def provide(
        self,
        panel: str,
        owner: QObject,
        locate: Locate | None = None,
        reveal: Reveal | None = None,
    ) -> None:
        """Say where the parts of a panel are, by its key, as long as ``owner`` lives.

        ``owner`` is the panel's widget. ``locate`` and ``reveal`` are methods, and so they live
        no longer than their object; without ``locate`` the panel is one part as a whole.
        """
        self._providers[panel] = _Provider(owner, locate, reveal)
        self._reveal()

    # -- by name -----------------------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """The names of every part of the bench; with images these are thousands."""
        return (found.name for found in parts(self._experiment))

    def require(self, names: Iterable[str]) -> None:
        """Raise ValueError, with one sentence, where one of these is no part of the bench."""
        for name in names:
            named(self._experiment, name)

    def find(self, name: str) -> Place | None:
        """Where a part is; None while its panel is not made, or shows none of it.

        Raises ValueError, with one sentence, where there is no such part.
        """
        wanted = part(self._experiment, name)
        provider = self._providers.get(wanted.panel)
        owner = None if provider is None else provider.owner
        rect = None if provider is None else provider.locate(wanted)
        return None if owner is None or rect is None or rect.isEmpty() else Place(owner, rect)

    # -- lit and hidden ----------------------------------------------------------------------

    @property
    def lit(self) -> frozenset[str]:
        """The names of the parts that are lit, each of a family by its own."""
        return self._lit

    @property
    def veiled(self) -> frozenset[str]:
        """The names of the parts that are hidden, each of a family by its own."""
        return self._veils.names

    @property
    def veils(self) -> Veils:
        """What is hidden: what a panel asks before it says or draws anything."""
        return self._veils

    def shown(self, state: State) -> State:
        """A step as it may be seen: NaN, which is written as "?", for each hidden number."""
        return hide(state, self._veils.numbers)

    def light(self, names: Iterable[str]) -> None:
        """Light these parts or families, and no others. Raises ValueError as ``require``."""
        lit = self._each(names)
        if lit != self._lit:
            self._lit = lit
            self.lit_changed.emit()

    def veil(self, names: Iterable[str]) -> None:
        """Hide these parts or families, and no others. Raises ValueError as ``require``."""
        wanted = veils(self._experiment, names)
        if wanted.names != self.veiled:
            self._veils = wanted
            self.veils_changed.emit()

    def begin(self, experiment: Experiment, veiled: Iterable[str] = ()) -> None:
        """Know the parts of another experiment, none of them lit; ``tell`` says so.

        Raises ValueError as ``veil``, with nothing changed.
        """
        wanted = veils(experiment, veiled)
        self._experiment = experiment
        self._untold = bool(self._lit), bool(self.veiled or wanted.names)
        self._lit, self._veils = frozenset(), wanted

    def tell(self) -> None:
        """Tell of what is lit and hidden no more, once all of another experiment is in place."""
        (lit, veiled), self._untold = self._untold, (False, False)
        if lit:
            self.lit_changed.emit()
        if veiled:
            self.veils_changed.emit()

    def _each(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(one.name for name in names for one in named(self._experiment, name))

    # -- following ---------------------------------------------------------------------------

    @Slot(str)
    def _view_changed(self, name: str) -> None:
        if name == "part":
            self._reveal()

    def _reveal(self) -> None:
        """Let the panel of the selected part bring it into sight."""
        if self._view.part is None:
            return
        selected = part(self._experiment, self._view.part)
        provider = self._providers.get(selected.panel)
        if provider is not None:
            provider.reveal(selected)
