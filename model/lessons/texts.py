"""Texts of a lesson as they are shown: in the language in force, with their numbers in them."""

from __future__ import annotations

from model.door import say
from model.lessons.expressions import NoValue, evaluate
from model.lessons.lesson import Text
from model.lessons.scopes import Scopes
from model.lessons.templates import BETWEEN_PARAGRAPHS, NOTHING, Slot, TemplateError, pieces


def fill(text: Text, scopes: Scopes) -> str:
    """The Markdown of a text with its numbers in it, in the language in force.

    A number that has no value now is a dash. Raises ExpressionError where a name is not there,
    which a checked lesson does not have.
    """
    parts = BETWEEN_PARAGRAPHS.split(text.markdown)
    return "".join(_filled(part, scopes) if part.strip() else part for part in parts)


def _filled(paragraph: str, scopes: Scopes) -> str:
    try:
        found = pieces(say(paragraph))
    except TemplateError:
        # A translation that went wrong; the original has been read already.
        found = pieces(paragraph)
    text = ""
    for piece in found:
        if isinstance(piece, str):
            text += f"\\{piece}" if _would_number(text, piece) else piece
        else:
            text += _number(piece, scopes)
    return text


def _would_number(text: str, following: str) -> bool:
    """Whether Markdown would take a number that ends a sentence for that of a list's item."""
    last = text.rpartition("\n")[2].strip()
    return last.isdecimal() and following[:1] in (".", ")")


def _number(slot: Slot, scopes: Scopes) -> str:
    try:
        return slot.format.write(evaluate(slot.expression, scopes))
    except NoValue:
        return NOTHING
