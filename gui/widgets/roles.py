"""What a screen reader is told of widgets that paint themselves: what they are, and their value.

Qt knows neither of a widget of one's own: to a screen reader it is an area without a meaning.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken

# Beyond so many interfaces those of widgets that are gone are let go of.
_MANY = 256
_interfaces: list[QAccessibleInterface] = []
_installed: list[bool] = []


class _Told(QAccessibleWidget):
    """Tells the role that a class of widgets has, and the value of one of them."""

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Value:
            value = getattr(self.widget(), "accessible_value", None)
            if value is not None:
                return str(value())
        return super().text(kind)


def tell_roles() -> None:
    """Tell screen readers the ``accessible_role`` of each widget whose class has one.

    Its value is what its method ``accessible_value`` returns, if it has one.
    """
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface)


def _interface(_: str, told: QObject) -> QAccessibleInterface | None:
    role = getattr(told, "accessible_role", None)
    if role is None or not isinstance(told, QWidget):
        return None
    interface = _Told(told, role)
    if len(_interfaces) >= _MANY:
        _interfaces[:] = [kept for kept in _interfaces if Shiboken.isValid(kept)]
    # Qt owns it, and lets it go with the widget; without a reference it would be gone at once.
    _interfaces.append(interface)
    return interface
