"""A lesson from its file: what is in it, in which order, and from which line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings

from model.lessons import (
    LessonError,
    Name,
    Notes,
    Observe,
    Predict,
    Prose,
    Reference,
    Reveal,
    Task,
    UnknownLesson,
    built_in,
    load,
    parse,
    read_lesson,
)
from model.lessons.lesson import UNSURE
from model.lessons.reading import MAX_FILE_LETTERS, read_all
from tests.lessons.fuzz import files, look_at
from tests.model.lessons.made_up import SMALL, small

FRONT = SMALL.partition("\n## ")[0] + "\n"


def test_the_front_matter_is_read() -> None:
    lesson = small()

    assert (lesson.id, lesson.title, lesson.minutes) == ("small", "A small lesson", 4.0)
    assert lesson.misconceptions == ("equal-amounts", "sign-flips-always")
    assert lesson.what_ifs["large"].alpha == 0.02
    assert lesson.what_ifs["later"].at == 2
    assert lesson.what_ifs["later"].frozen == ("a",)
    assert lesson.claims[0].says == ("always the same share",)
    assert lesson.claims[0].line == 17


def test_blocks_know_their_lines() -> None:
    lines = SMALL.split("\n")
    for page in small().pages:
        assert lines[page.line - 1] == f"## {page.title}"
        for block in page.blocks:
            if isinstance(block, Prose):
                assert lines[block.line - 1] == block.text.markdown.split("\n")[0]
            else:
                assert lines[block.line - 1] == f"```{type(block).__name__.lower()}"


def test_what_stands_below_a_block_waits_for_it() -> None:
    segments = small().page(1).segments

    assert [[type(block) for block in segment.blocks] for segment in segments] == [
        [Prose, Predict], [Task], [Observe], [Prose],
    ]  # fmt: skip
    assert [type(segment.gate) for segment in segments] == [Predict, Task, Observe, type(None)]


def test_reveals_and_notes_stand_where_they_are_written() -> None:
    text = SMALL + '\n```reveal\nshow = ["zones"]\n```\n\nEnd.\n\n```notes\nsay = "Wait."\n```\n'
    page = read_lesson(text, "x.md").page(2)

    assert [type(block) for block in page.segments[1].blocks] == [Reveal, Prose]
    assert [notes.say.markdown for notes in page.notes if notes.say] == ["Wait."]
    assert isinstance(page.blocks[-1], Notes)


def test_a_page_without_a_setup_begins_as_the_experiment_does() -> None:
    setup = small().page(2).setup

    assert (setup.bench.experiment, setup.bench.at) == ("Several steps", 0)


def test_code_is_text_and_headings_in_it_are_none() -> None:
    page = read_lesson(FRONT + "## One\n\n```python\n## no page\n```\n\nText.\n", "x.md").page(1)

    assert [type(block) for block in page.blocks] == [Prose]
    assert "## no page" in page.segments[0].blocks[0].text.markdown  # type: ignore[union-attr]


def test_a_choice_for_who_cannot_say_yet_is_known() -> None:
    text = SMALL.replace('[[choice]]\nid = "no"', '[[choice]]\nid = "unsure"\ntext = "?"\n'
                         'say = "Look."\n[[choice]]\nid = "no"')  # fmt: skip
    choices = {
        choice.id: choice for choice in read_lesson(text, "x.md").page(2).predicts[0].choices
    }

    assert choices[UNSURE].text.markdown == "?"
    assert UNSURE not in {choice.id for choice in small().page(2).predicts[0].choices}


def test_line_ends_of_other_systems_and_marks_make_no_difference() -> None:
    lesson = read_lesson("\ufeff" + SMALL.replace("\n", "\r\n"), "x.md")

    assert [page.line for page in lesson.pages] == [page.line for page in small().pages]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "a lesson begins with its front matter"),
        ("# A lesson\n", 1, "a lesson begins with its front matter"),
        ("+++\nversion = 1\n", 1, "a lesson begins with its front matter"),
        ("+++\n+++\n", 1, "format: is missing"),
        ("+++\nformat = 'x'\n+++\n", 2, "format: must be"),
        (FRONT.replace("version = 1", "version = 2\nnew = 3"), 3, "a newer Weightbench"),
        (FRONT.replace("version = 1", "version = true"), 3, "version: must be a whole number"),
        (FRONT.replace('"small"', '"Small One"'), 4, "id: must be small letters"),
        (FRONT.replace("minutes = 4", "minutes = 0"), 8, "minutes: must be above 0"),
        (FRONT, 20, "there is no page"),
        (FRONT + "Text.\n## One\nx\n", 22, "stands before the first page"),
        (FRONT + "## One\n\n## Two\nText.\n", 22, "this page is empty"),
        (FRONT + "##\nText.\n", 22, "no title"),
        (FRONT + "## One\n```task\ndo = 1\n", 23, "has no end"),
        (FRONT + "## One\n```setup\n```\n```setup\n```\n", 25, "has its setup already"),
        (FRONT + "## One\n```cat\n```\n", 23, "there is no block “cat”"),
        (FRONT + "## One\n```task\na = 1\nb = [\n```\n", 25, "this is no TOML"),
        ("+++\nformat = \n+++\n", 2, "this is no TOML"),
        (FRONT + "## One\n```notes\nminutes = " + "9" * 5000 + "\n```\n", 24, "too long to be"),
        ("x" * (MAX_FILE_LETTERS + 1), 1, "longer than the 200,000 letters"),
    ],
)
def test_what_is_no_lesson_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(LessonError) as refused:
        read_lesson(text, "x.md")

    assert said in refused.value.problem
    assert (refused.value.where, refused.value.line) == ("x.md", line)


def test_a_file_of_many_headers_is_read_in_no_time() -> None:
    text = FRONT + "## One\n```notes\n" + "[[a]]\n" * 30_000 + "```\n"

    lesson, faults = read_all(text, "x.md")

    assert lesson is None
    assert len(faults) == 1


@given(files())
@settings(max_examples=40, deadline=None)
def test_any_file_is_a_lesson_or_told_what_is_wrong(text: str) -> None:
    look_at(text)


# -- finding them ------------------------------------------------------------------------------


def test_a_built_in_lesson_is_found_by_its_id_title_and_number() -> None:
    for name in ("freezing", "Freezing one weight", "7", "07", " FREEZING one Weight "):
        assert load(name).id == "freezing"
    assert "freezing" in [heading.id for heading in built_in()]


def test_a_lesson_is_read_from_a_file_and_knows_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text(SMALL, encoding="utf-8")

    lesson = load(file)

    assert (lesson.id, lesson.name, lesson.folder) == ("small", "mine.md", tmp_path)


def test_names_that_are_not_there_are_told_when_a_file_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text(SMALL.replace("start.delta", "start.w[z]", 1), encoding="utf-8")

    with pytest.raises(LessonError, match="“z” is not a weight here"):
        load(file)


def test_an_experiment_and_pictures_may_lie_beside_the_lesson_only(tmp_path: Path) -> None:
    own = Path("resources/experiments/02-several-steps.json").read_text(encoding="utf-8")
    folder = tmp_path / "lessons"
    folder.mkdir()
    for place in (folder, tmp_path):
        (place / "own.json").write_text(own, encoding="utf-8")
        (place / "dog.png").write_bytes(b"")
    file = folder / "mine.md"

    def opened(experiment: str, picture: str) -> None:
        text = SMALL.replace('"Several steps"', f'"{experiment}"')
        text = text.replace("a limit of", f"![a dog]({picture}) a limit of")
        file.write_text(text, encoding="utf-8")
        load(file)

    opened("own.json", "dog.png")
    (folder / "link.json").symlink_to(tmp_path / "own.json")
    for outside in ("../own.json", str(tmp_path / "own.json"), "link.json", "none.json"):
        with pytest.raises(LessonError, match="there is no experiment"):
            opened(outside, "dog.png")
    for outside in ("../dog.png", str(folder / "dog.png"), "own.json", "none.png"):
        with pytest.raises(LessonError, match="there is no picture"):
            opened("own.json", outside)


@pytest.mark.parametrize("name", ["no such lesson", "", "a\0b", "x" * 5000, "."])
def test_a_lesson_that_is_not_there_is_said(name: str) -> None:
    with pytest.raises(UnknownLesson, match="there is no lesson and no file"):
        load(name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_called_what_it_is_and_not_waited_for(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "a.md", tmp_path / "b.md"
    folder.mkdir()
    os.mkfifo(pipe)
    with pytest.raises(UnknownLesson, match=r"a.md” is a folder, and no lesson: choose"):
        load(folder)
    with pytest.raises(UnknownLesson, match=r"b.md” is a device or a pipe, and no lesson: choose"):
        load(pipe)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(b"+++\n\xff\xfe")
    with pytest.raises(LessonError, match=r"x.md:2: a lesson is text in UTF-8"):
        load(file)

    file.write_bytes(b"a" * 800_001)
    with pytest.raises(LessonError, match="larger than"):
        load(file)


# -- what would take too long ------------------------------------------------------------------


def test_a_lesson_of_very_many_pages_what_ifs_or_numbers_is_refused(tmp_path: Path) -> None:
    what_ifs = "".join(f"[what_if.a{n}]\nafter = 1000\n" for n in range(60))
    file = tmp_path / "x.md"
    for text, said in (
        (SMALL + "## A page\n\nText.\n\n" * 60, "at most 40 pages"),
        (SMALL.replace("[what_if.large]", f"{what_ifs}[what_if.large]"), "at most 40 what-ifs"),
        (SMALL + "{{ start.delta }}\n" * 3_000, "at most 2,000 numbers"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(LessonError, match=said):
            load(file)


def test_numbers_of_very_many_steps_are_not_all_kept() -> None:
    lesson = small()
    reference = Reference(lesson, lesson.page(1))
    first = reference.number(parse("at(1).delta").names().__next__())

    for step in range(200):
        reference.number(Name("page", step, "delta"))

    assert reference.number(Name("page", 1, "delta")) == first
