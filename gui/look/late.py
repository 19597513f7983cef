"""A change of the look is for what can be seen: places out of sight have it when they are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class LatePlace(QWidget):
    """A place that, while its owner hides it, leaves a change of the look for later.

    Then neither what lies in it is styled nor is any of it called back. Both is made up for
    before it is shown, whenever that is.

    Attributes
    ----------
    may_rest : bool
        False for a place that is asked how much room it needs also while it is hidden.
    """

    def __init__(self) -> None:
        super().__init__()
        self.may_rest = True
        self._unstyled = False
        self._followers: list[LookFollower] = []

    @property
    def rests(self) -> bool:
        """Whether a change of the look is left for later."""
        return self.may_rest and self.isHidden()

    def put_off_styling(self) -> None:
        """Have all that lies in it styled before it is shown."""
        self._unstyled = True

    def put_off(self, follower: LookFollower) -> None:
        """Call it back before this place is shown, once."""
        if follower not in self._followers:
            self._followers.append(follower)

    def setVisible(self, visible: bool) -> None:
        if visible:
            self._catch_up()
        super().setVisible(visible)

    def _catch_up(self) -> None:
        if self._unstyled:
            self._unstyled = False
            style_tree(self)
        followers, self._followers = self._followers, []
        for follower in followers:
            # The widget may be gone.
            if isValid(follower):
                follower.due.emit()


class LookFollower(QObject):
    """Calls a widget back after each change of the look; one in a place that rests, later.

    Signals
    -------
    due : the widget is to look at the theme again
    """

    due = Signal()

    def __init__(
        self, widget: QWidget, changed: SignalInstance, restyle: Callable[[], object]
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self.due.connect(restyle)
        changed.connect(self._look_changed)

    @Slot()
    def _look_changed(self) -> None:
        place: QWidget | None = self._widget
        while place is not None:
            if isinstance(place, LatePlace) and place.rests:
                place.put_off(self)
                return
            place = place.parentWidget()
        self.due.emit()


def style_tree(outermost: QWidget) -> None:
    """Put the application's style on a widget and all that lie in it, those outside first.

    Qt styles those that were never shown when they are; places that rest see to it themselves.
    """
    widgets = [outermost, *outermost.findChildren(QWidget)]
    later: set[QWidget] = set()
    for place in widgets[1:]:
        if isinstance(place, LatePlace) and place.rests:
            place.put_off_styling()
            later.update(place.findChildren(QWidget))
    style, changed = outermost.style(), QEvent(QEvent.Type.StyleChange)
    for widget in widgets:
        if widget not in later:
            if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                style.polish(widget)
            QCoreApplication.sendEvent(widget, changed)
