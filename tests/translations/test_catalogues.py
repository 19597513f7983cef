"""The catalogues: up to date, compiled, with the slots of what they translate."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message

from model.door import choose_language, mark, say_count
from tests.translations.catalogues import (
    PROJECT,
    catalogue,
    codes,
    compiled,
    po_file,
    shares,
    template,
)
from tests.translations.pseudo import pseudo_text

# What must be in a translation as often as in the sentence.
SLOT = re.compile(
    r"\{\{.*?\}\}|\{[^{}]*\}|</?[a-z_]*>|(?<!`)`[^`\n]+`(?!`)|(?<=\])\([^)\s]*\)", re.DOTALL
)
WHOLE_IN_GERMAN = (
    "gui",
    "model",
    "resources",
    "resources/lessons/00-the-bench.md",
    "resources/lessons/01-one-delta.md",
    "resources/lessons/02-the-update.md",
)


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return template()


def pairs(message: Message) -> list[tuple[str, str]]:
    """Sentences and what they became; a plural is held against the plural."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    return [(ids[min(at, len(ids) - 1)], text) for at, text in enumerate(strings) if text]


def slots(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s+", " ", slot) for slot in SLOT.findall(text))


@pytest.mark.parametrize("code", codes())
def test_a_translation_has_the_slots_of_its_sentence(code: str) -> None:
    wrong = [
        f"{text!r} of {sentence!r}"
        for message in catalogue(code)
        if message.id and message.string
        for sentence, text in pairs(message)
        if slots(sentence) != slots(text)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", codes())
def test_what_the_program_reads_is_what_translators_wrote(code: str) -> None:
    assert po_file(code).with_suffix(".mo").read_bytes() == compiled(catalogue(code)), (
        "run `make words`"
    )


@pytest.mark.parametrize("code", codes())
def test_each_sentence_there_is_stands_in_the_catalogue(code: str, sentences: Catalog) -> None:
    there = catalogue(code)
    missing = [message.id for message in sentences if message.id and message.id not in there]

    assert not missing, f"run `make words`: {missing[:5]}"


def test_the_window_and_the_first_lessons_are_whole_in_german() -> None:
    counted = shares("de")

    assert {part: counted[part] for part in WHOLE_IN_GERMAN} == {
        part: (counted[part][1],) * 2 for part in WHOLE_IN_GERMAN
    }


def test_menus_in_german_have_a_letter_each() -> None:
    told = {message.id: message.string for message in catalogue("de")}
    titles = [
        told[title]
        for title in ("&File", "&Edit", "&Run", "E&xperiments", "Le&ssons", "&View", "&Help")
    ]
    letters = [re.findall(r"&(.)", str(title)) for title in titles]

    assert all(len(found) == 1 for found in letters)
    assert len({found[0].lower() for found in letters}) == len(letters)


@pytest.mark.parametrize(
    "sentence",
    ["{n:,} of {all:,} steps", "<positive>blue</> pushes", "see `w[0]` and **a**", "&Open…", "{a}"],
)
def test_the_pseudo_language_leaves_slots_and_marks_alone(sentence: str) -> None:
    made = pseudo_text(sentence)

    assert slots(made) == slots(sentence)
    assert made.count("**") == sentence.count("**")
    assert ("&" in made) == ("&" in sentence)


def test_a_sentence_is_said_whole_and_gathered_whole() -> None:
    glued = [
        f"{file.relative_to(PROJECT)}:{call.lineno}"
        for package in ("model", "gui")
        for file in (PROJECT / package).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("say", "say_count", "mark")
        for argument in call.args[: 2 if call.func.id == "say_count" else 1]
        if isinstance(argument, ast.BinOp | ast.JoinedStr)
        or (isinstance(argument, ast.IfExp) and has_bare_text(argument))
    ]

    assert not glued


def test_no_pair_of_sentences_that_is_counted_stays_english() -> None:
    """A pair in a table, marked one by one, is translated as one that is said on the spot."""
    choose_language("de")
    try:
        assert say_count(mark("painted {n:,} weight of {whose}"),
                         mark("painted {n:,} weights of {whose}"), 2, whose="a",
                         ) == "2 Gewichte von a gemalt"  # fmt: skip
        assert say_count(mark("{n:,} step"), mark("{n:,} steps"), 1) == "1 Schritt"
    finally:
        choose_language("en")


def has_bare_text(choice: ast.IfExp) -> bool:
    """Whether a sentence in it is not marked, so that it would be gathered with the other."""
    return any(isinstance(side, ast.Constant) for side in (choice.body, choice.orelse))
