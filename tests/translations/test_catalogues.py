"""The catalogues: up to date, compiled, with the slots of what they translate."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from model.door import choose_language
from model.lessons.templates import Format
from tests.translations.catalogues import (
    PROJECT,
    catalogue,
    codes,
    compiled,
    po_file,
    shares,
    template,
)
from tests.translations.pseudo import PSEUDO, pseudo_text

# What must be in a translation as often as in the sentence.
SLOT = re.compile(
    r"\{\{.*?\}\}|\{[^{}]*\}|</?[a-z_]*>|(?<!`)`[^`\n]+`(?!`)|(?<=\])\([^)\s]*\)", re.DOTALL
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


def test_the_window_and_every_lesson_are_whole_in_german() -> None:
    counted = shares("de")

    assert len(counted) >= 20
    assert {part: n for part, (n, _) in counted.items()} == {
        part: n_all for part, (_, n_all) in counted.items()
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


@cache
def said() -> list[tuple[str, ast.expr]]:
    """What each call that says or marks a sentence is given for it, and where that stands."""
    takes = {"say": 1, "mark": 1, "say_count": 2, "mark_count": 2}
    return [
        (f"{file.relative_to(PROJECT)}:{call.lineno}", argument)
        for package in ("model", "gui")
        for file in (PROJECT / package).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in takes
        for argument in call.args[: takes[call.func.id]]
    ]


def test_a_sentence_is_said_whole_and_gathered_whole() -> None:
    glued = [
        where
        for where, argument in said()
        if isinstance(argument, ast.BinOp | ast.JoinedStr)
        or (isinstance(argument, ast.IfExp) and has_bare_text(argument))
    ]

    assert not glued


def test_each_sentence_of_the_code_is_gathered(sentences: Catalog) -> None:
    # Within an f-string, or in the slots of another sentence, it would not be.
    gathered = {
        text
        for message in sentences
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    lost = [
        where
        for where, argument in said()
        if isinstance(argument, ast.Constant) and argument.value not in gathered
    ]

    assert not lost


@pytest.mark.parametrize("noun", ["step", "pixel", "picture"])
def test_both_forms_of_a_counted_sentence_are_found(tmp_path: Path, noun: str) -> None:
    file = tmp_path / PSEUDO / "LC_MESSAGES" / "weightbench.mo"
    file.parent.mkdir(parents=True)
    made = template()
    both = made[f"{{n:,}} {noun}"]
    both.string = ("{n} q", "{n} qq")
    file.write_bytes(compiled(made))
    choose_language(PSEUDO, folder=tmp_path)

    found = [Format("count", noun=noun).write(n) for n in (1, 3)]

    choose_language("en")
    assert found == ["1 q", "3 qq"]


def has_bare_text(choice: ast.IfExp) -> bool:
    """Whether a sentence in it is not marked, so that it would be gathered with the other."""
    return any(isinstance(side, ast.Constant) for side in (choice.body, choice.orelse))
