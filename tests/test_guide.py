"""What the guide says of lessons, pages and pictures is so."""

from __future__ import annotations

import re

import pytest

from model.lessons import built_in, load
from model.lessons.names import texts_of
from tests.conftest import PROJECT

GUIDE = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^\| (.+?) \| `([a-z-]+)` \| (.+?) \| (.+?) \|$", GUIDE, re.MULTILINE)


def plain(text: str) -> str:
    return " ".join(re.sub(r"[*`]", "", text).split())


def test_there_are_twenty_questions() -> None:
    assert len({question for question, *_ in QUESTIONS}) == 20


@pytest.mark.parametrize(("question", "lesson", "title", "words"), QUESTIONS)
def test_a_question_is_answered_where_the_guide_says(
    question: str, lesson: str, title: str, words: str
) -> None:
    (page,) = (page for page in load(lesson).pages if page.title == title)
    texts = [plain(text.markdown) for block in page.blocks for text in texts_of(block)]
    assert any(words in text for text in texts), question


def test_every_lesson_is_in_the_guide_in_its_order() -> None:
    chapter = GUIDE.partition("## The chapter")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \|", chapter, re.MULTILINE)
    assert listed == [heading.id for heading in built_in()]


def test_every_picture_of_the_guide_is_there_and_is_made_by_the_command() -> None:
    shown = set(re.findall(r"!\[[^\]]{20,}\]\(guide/(\w+)\.png\)", GUIDE))
    made = re.findall(r"--screenshot docs/guide/(\w+)\.png", (PROJECT / "Makefile").read_text())
    assert len(shown) >= 3
    assert shown == set(made)
    assert all((PROJECT / "docs" / "guide" / f"{name}.png").is_file() for name in shown)


@pytest.mark.parametrize("name", ["guide", "model", "lesson-authoring"])
def test_links_between_documents_lead_to_files(name: str) -> None:
    text = (PROJECT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", text):
        assert (PROJECT / "docs" / target).is_file(), target
