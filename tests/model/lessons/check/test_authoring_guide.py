"""The guide for authors: its lesson passes, and each mistake is told in the words it quotes."""

from __future__ import annotations

import re

import pytest

from model.lessons import MISCONCEPTIONS, load
from model.lessons.check import check_text
from tests.conftest import PROJECT

GUIDE = (PROJECT / "docs" / "lesson-authoring.md").read_text(encoding="utf-8")
_found = re.search(r"````\n(.*?)````\n", GUIDE, re.DOTALL)
assert _found is not None
LESSON = _found[1]
ROWS = dict(
    re.findall(
        r"^\| (.+?) \| ([^|]+) \|$", GUIDE.partition("what the checker says |\n")[2], re.MULTILINE
    )
)

# What the guide calls it, what stands in its lesson, and what an author might write instead.
MISTAKES = [
    (
        "a number typed into the text",
        "The prediction is {{ start.pred }}",
        "The prediction is 0.86",
    ),
    (
        "a name misspelt",
        "{{ start.delta }}.\n\n## Fewer",
        "{{ start.detla }}.\n\n## Fewer",
    ),
    (
        "a number of the bench in a text, without `start` or `now`",
        "Delta will be {{ start.delta }}",
        "Delta will be {{ delta }}",
    ),
    (
        "a comparison without a claim",
        "The weight_delta of c is {{ few.start.weight_delta[c] }} now",
        "The weight_delta of c is larger now",
    ),
    (
        "`done` is true before anything is done",
        'done = "step >= 1"',
        'done = "step >= 0"',
    ),
    (
        "`done` is not true after the solution",
        'solution = ["input toes 4"]',
        'solution = ["input toes 5"]',
    ),
    (
        "a part that the solution needs is not allowed",
        'allow = ["input:toes", "back"]',
        'allow = ["back"]',
    ),
    (
        "a wrong answer that counts as right",
        'is = "few.start.delta / few.start.inputs"',
        'is = "1.01 * few.start.weight_delta[c]"',
    ),
    (
        "a wrong answer reveals what the front does not list",
        '"large-weight-important", "sign-flips-always"]',
        '"large-weight-important"]',
    ),
    (
        "the text gives the answer away",
        "Toes are {{ start.x[toes] | exact }}.",
        "Toes are {{ start.x[toes] | exact }}, and c would get {{ few.start.weight_delta[c] }}.",
    ),
]


def test_the_lesson_of_the_guide_passes_and_has_four_pages() -> None:
    assert check_text(LESSON, "my-lesson.md") == []
    assert len(re.findall(r"^## ", LESSON, re.MULTILINE)) == 4


def test_the_lesson_of_the_guide_can_be_opened(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("lessons") / "my-lesson.md"
    file.write_text(LESSON, encoding="utf-8")
    assert set(load(file).misconceptions) <= set(MISCONCEPTIONS)


@pytest.mark.parametrize(("mistake", "old", "new"), MISTAKES)
def test_a_typical_mistake_is_told_as_the_guide_says(mistake: str, old: str, new: str) -> None:
    text = LESSON.replace(old, new, 1)
    assert text != LESSON
    (fault,) = check_text(text, "my-lesson.md")
    assert ROWS[mistake] == fault.problem


def test_the_guide_has_ten_of_them() -> None:
    assert [mistake for mistake, *_ in MISTAKES] == list(ROWS)
    assert len(MISTAKES) == 10
