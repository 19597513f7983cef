"""Tooltips: texts as they are, in lines that fit the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

# About as many letters fill a line that is still easy to read; Qt breaks none but markup.
_MAX_ONE_LINE = 80
# Beyond it a tooltip would fill the screen; what is longer stands somewhere else in full.
_MAX_LETTERS = 1200
# The property of a widget that holds what its tip is to a screen reader, where that is another.
_SPOKEN = "spoken_tip"


def plain_tip(text: str) -> str:
    """A tooltip that shows a text as it is, broken into lines where it is long."""
    like_markup = "<" in text or "&" in text
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest <= _MAX_ONE_LINE and not like_markup:
        return text
    if len(text) > _MAX_LETTERS:
        text = text[:_MAX_LETTERS] + "…"
    # As html.escape does, which reads the names of two thousand signs first.
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    lines = text.split("\n")
    return f"<qt>{'<br>'.join(lines)}</qt>"


def put_tip(widget: QWidget, text: str) -> None:
    """Have a widget show a text as it is; with the same one again Qt would tell all who listen."""
    tip = plain_tip(text)
    if tip != widget.toolTip():
        # Where nothing else describes a widget its tip does, and its marks would be read out.
        own = widget.accessibleDescription()
        if own in ("", widget.property(_SPOKEN)):
            spoken = text if tip != text else ""
            widget.setProperty(_SPOKEN, spoken)
            widget.setAccessibleDescription(spoken)
        widget.setToolTip(tip)
