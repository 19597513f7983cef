"""Buttons without a frame, and buttons that keep their width while their words change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QToolButton

from gui.widgets.tips import plain_tip


def make_quiet(button: QAbstractButton, tip: str = "", name: str = "") -> None:
    """Give a button a frame only while it is pointed at, has the keyboard, or is down.

    ``name`` is what a screen reader says of it, by default its tip.
    """
    button.setObjectName("quiet")
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(name or tip)


def quiet_button(text: str, tip: str, name: str = "", checkable: bool = False) -> QToolButton:
    """A button of a word or a sign that is made quiet."""
    button = QToolButton()
    make_quiet(button, tip, name)
    button.setText(text)
    button.setCheckable(checkable)
    return button


def keep_width(button: QAbstractButton, texts: Iterable[str]) -> None:
    """Make a button as wide as the longest of its texts asks for, in the style in force."""
    shown = button.text()
    button.setMinimumWidth(0)
    button.ensurePolished()
    widths = []
    for text in texts:
        button.setText(text)
        widths.append(button.sizeHint().width())
    button.setText(shown)
    button.setMinimumWidth(max(widths))
