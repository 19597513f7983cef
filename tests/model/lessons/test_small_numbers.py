"""Numbers in texts that are small or nothing, as they stand on the cards of the bench."""

from __future__ import annotations

import pytest

from model.lessons.lesson import Text
from model.lessons.library import built_in, load
from model.lessons.scopes import Reference, Scopes
from model.lessons.texts import fill


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{ 0.0000880271 | 2 decimal }}", "0.000088"),
        ("{{ -0.0000880271 | 3 decimal }}", "−0.000088"),
        ("{{ 0.0000880271 | decimal signed }}", "+0.00008803"),
        ("{{ 9304.25 | 2 decimal }}", "9300"),
        ("{{ 0 | 2 decimal }}", "0"),
        ("{{ -1 * 0 }}", "0"),
        ("{{ -1 * 0 | exact }}", "0"),
        ("{{ -1 * 0 | percent }}", "0 %"),
    ],
)
def test_small_numbers_and_nothing(text: str, filled: str) -> None:
    lesson = load("the-bench")
    assert fill(Text(text, 1), Scopes(Reference(lesson, lesson.page(1)))) == filled


@pytest.mark.parametrize("name", [heading.id for heading in built_in()])
def test_no_answer_to_choose_is_written_in_powers_of_ten(name: str) -> None:
    """What is left of numbers that cancel would be the only one that looks like that."""
    lesson = load(name)
    for page in lesson.pages:
        scopes = Scopes(Reference(lesson, page))
        texts = [one.text for predict in page.predicts for one in predict.choices]

        assert [text for text in (fill(one, scopes) for one in texts) if "e−" in text] == []
