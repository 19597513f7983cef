"""Outlines of what is lit, wherever in the window it comes to lie."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.session.parts import Place
from gui.widgets.marks.dim import Dim
from gui.widgets.marks.outlines import Framed, Outlines
from model.words.parts import is_within, named


class Spotlight(QObject):
    """Keeps an outline around each lit part of a window that is in sight.

    Whatever moves a part (a scroll, another size, another theme, a panel that is made) has the
    window painted again: then the parts are looked for once more.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._outlines: Outlines | None = None
        self._dim: Dim | None = None
        self._alone = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        session.parts.lit_changed.connect(self._lit_changed)
        session.opened.connect(self._forget)

    @property
    def rects(self) -> tuple[QRect, ...]:
        """The outlined parts in the window's coordinates."""
        framed = () if self._outlines is None else self._outlines.framed
        return tuple(one.rect for one in framed)

    @property
    def bright(self) -> tuple[QRect, ...]:
        """What is not dimmed, in the window's coordinates, while something is spoken of."""
        return () if self._dim is None else self._dim.bright

    @property
    def alone(self) -> str:
        """The part or family that is spoken of, all else being dimmed; empty for none."""
        return self._alone

    def show_alone(self, name: str) -> None:
        """Dim all but a part or family, or nothing. Raises ValueError where there is none."""
        if name:
            self._session.parts.require([name])
        self._alone = name
        self._lit_changed()

    @Slot()
    def _forget(self) -> None:
        """Another bench has other parts."""
        if self._alone:
            self.show_alone("")

    @Slot()
    def _lit_changed(self) -> None:
        if self._outlines is None:
            self._outlines = Outlines(self._window)
        self._window.removeEventFilter(self)
        if self._session.parts.lit or self._alone:
            self._window.installEventFilter(self)
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Resize):
            self._soon.start()
        return False

    @Slot()
    def _place(self) -> None:
        parts = self._session.parts
        found = ((name, parts.find(name)) for name in sorted(parts.lit))
        framed = [
            Framed(self._rect(place), is_within(name)) for name, place in found if place is not None
        ]
        if self._outlines is not None:
            self._outlines.show_around(framed)
        if self._alone and self._dim is None:
            self._dim = Dim(self._window)
        if self._dim is not None:
            self._dim.leave_out(self._bright())

    def _bright(self) -> list[QRect]:
        if not self._alone:
            return []
        parts, experiment = self._session.parts, self._session.experiment
        places = [parts.find(one.name) for one in named(experiment, self._alone)]
        return [self._rect(place) for place in places if place is not None]

    def _rect(self, place: Place) -> QRect:
        assert isinstance(place.owner, QWidget)
        return place.rect.translated(place.owner.mapTo(self._window, QPoint()))
