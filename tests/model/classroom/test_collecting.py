"""Answers in files: what is read back, what is refused, and the page of a class."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.classroom.answers import (
    Answers,
    AnswersError,
    GivenAnswer,
    PageMark,
    answers_text,
    read_answers,
)
from model.classroom.collecting import collect, revealed, write_collected
from model.files.saving import save_text

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=20)
given_answers = st.builds(
    GivenAnswer, id=texts, page=st.integers(1, 9), question=texts, said=texts, right=st.booleans(),
    reveals=st.sampled_from(["", "split-evenly", "same-for-all", "unknown-idea"]),
    sure=st.sampled_from(["", "guess", "think", "sure"]),
)  # fmt: skip
all_answers = st.builds(
    Answers, lesson=texts, title=texts, name=texts,
    pages=st.lists(
        st.builds(PageMark, page=st.integers(1, 9), mark=st.sampled_from(["", "done", "skipped"]),
                  hints=st.integers(0, 5), shown=st.booleans()), max_size=4).map(tuple),
    answers=st.lists(given_answers, max_size=5).map(tuple),
)  # fmt: skip


def answers(number: int, reveals: str = "split-evenly") -> Answers:
    return Answers(
        "one-delta", "Delta and weight_delta", f"Learner {number}",
        (PageMark(1, "done", 1), PageMark(2, "shown", 3, shown=True)),
        (
            GivenAnswer("how_many", 1, "How many?", "Three: <b>equal</b> parts", False, reveals,
                        "sure"),
            GivenAnswer("share", 2, "What is it?", "-1.19", True),
        ),
    )  # fmt: skip


@given(all_answers)
def test_what_is_saved_is_read_back(tmp_path_factory: pytest.TempPathFactory, one: Answers) -> None:
    file = tmp_path_factory.mktemp("answers") / "one.json"
    file.write_text(answers_text(one), encoding="utf-8")

    assert read_answers(file) == one


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text[:-20], "cut short"),
        (lambda text: text.replace("-1.19", "-1.2"), "not as it was saved"),
        (lambda text: text.replace("/answers", "/experiment"), "no file of answers"),
        (lambda text: "[" * len(text), "cut short"),
        (lambda text: text[:0], "cut short"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "newer"),
        (lambda text: text + " " * 2_000_000, "too large"),
    ],
)
def test_what_is_no_file_of_answers_is_refused_in_a_sentence(
    tmp_path: Path, change: object, sentence: str
) -> None:
    assert callable(change)
    file = tmp_path / "one.json"
    file.write_text(change(answers_text(answers(1))), encoding="utf-8")

    with pytest.raises(AnswersError, match=rf"one\.json: .*{sentence}"):
        read_answers(file)


def test_thirty_files_become_a_table_and_a_page(tmp_path: Path) -> None:
    ideas = ["split-evenly", "same-for-all", "split-evenly"]
    for number in range(30):
        text = answers_text(answers(number, ideas[number % 3]))
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    (tmp_path / "copy.json").write_text(answers_text(answers(3)), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not looked at", encoding="utf-8")

    found = collect(tmp_path)
    table, page = write_collected(found, tmp_path)

    assert len(found.answers) == 30
    assert sorted(fault.partition(":")[0] for fault in found.faults) == ["broken.json", "copy.json"]
    assert [(one.name, len(one.learners)) for one in revealed(found.answers)] == [
        ("split-evenly", 20), ("same-for-all", 10),
    ]  # fmt: skip
    html = page.read_text(encoding="utf-8")
    assert html.index("20 of 30 learners") < html.index("10 of 30 learners")
    assert "delta is split evenly among the inputs" in html
    assert "&lt;b&gt;equal&lt;/b&gt; parts" in html
    assert "<b>equal" not in html
    assert "quite sure: 20" in html
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert len(rows) == 60
    assert rows[0]["misconception"] == "split-evenly"
    assert {row["right"] for row in rows} == {"yes", "no"}


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    one = replace(answers(1), name="=HYPERLINK(1)")
    (tmp_path / "one.json").write_text(answers_text(one), encoding="utf-8")

    table, _ = write_collected(collect(tmp_path), tmp_path)

    assert (
        next(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))["name"]
        == "'=HYPERLINK(1)"
    )


def test_half_a_letter_in_a_name_or_an_answer_can_be_handed_in(tmp_path: Path) -> None:
    said = replace(answers(1).answers[0], said="\udfff")
    file = tmp_path / "a.json"
    save_text(file, answers_text(replace(answers(1), name="Ada \ud800", answers=(said,))))
    found = read_answers(file)
    assert (found.name, found.answers[0].said) == ("Ada ?", "?")


def test_the_name_may_be_left_out(tmp_path: Path) -> None:
    one = replace(answers(1), name="")
    assert json.loads(answers_text(one))["name"] == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_among_the_files_of_a_class_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(answers_text(answers(1)), encoding="utf-8")

    found = collect(tmp_path)

    assert len(found.answers) == 1
    assert [fault.partition(" (")[0] for fault in found.faults] == ["a.json: cannot be read"]
