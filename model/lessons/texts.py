"""Texts with numbers to be filled in: ``{{ expression | format }}``."""

from __future__ import annotations

from model.lessons.lesson import Text
from model.lessons.scopes import Scopes


def fill(text: Text, scopes: Scopes) -> str:
    """The Markdown of a text with its numbers in it, in the language in force.

    A number that has no value now is a dash.
    """
    raise NotImplementedError
