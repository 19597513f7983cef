"""Buttons that keep their width while their words change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton


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
