"""A number that happens to begin a line and end a sentence is no item of a list."""

from __future__ import annotations

import pytest

from model.lessons.lesson import Text
from model.lessons.library import load
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("The target is\n{{ 1 | exact }}. More.", "The target is\n1\\. More."),
        ("The target is\n{{ 1 | exact }}) More.", "The target is\n1\\) More."),
        ("The target is {{ 1 | exact }}. More.", "The target is 1. More."),
        ("The target is\n{{ 1 | exact }} now.", "The target is\n1 now."),
        ("The target is\n{{ 0.5 | exact }}. More.", "The target is\n0.5. More."),
        ("1. An item, {{ 2 | exact }}.\n2. Another.", "1. An item, 2.\n2. Another."),
    ],
)
def test_only_what_is_written_as_a_list_is_one(written: str, filled: str) -> None:
    lesson = load("the-bench")
    assert fill(Text(written, 1), Scopes(Reference(lesson, lesson.page(1)))) == filled
