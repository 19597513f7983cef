"""The one door for words: languages, the signs of numbers, and files that stay as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from model import door
from model.door import as_in_files, choose_language, listed, mark, say, say_count, written
from model.words import numbers


def make_catalogue(folder: Path, code: str, **sentences: str) -> None:
    catalog = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for english, translated in {
        door.HOW_NUMBERS_ARE_WRITTEN: "1.234,5",
        ", ": "; ",
        "step {step:,}": "Schritt {step:,}",
        "{name} is {size:.3f}": "{name} ist {size:.3f}",
        "froze {n:,} weight": "{n:,} Gewicht eingefroren",
        "froze {n:,} weights": "{n:,} Gewichte eingefroren",
        **sentences,
    }.items():
        catalog.add(english, translated)
    catalog.add(("{n:,} step", "{n:,} steps"), ("{n:,} Schritt", "{n:,} Schritte"))
    stream = io.BytesIO()
    write_mo(stream, catalog)
    file = folder / code / "LC_MESSAGES" / "weightbench.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(stream.getvalue())


@pytest.fixture
def german(tmp_path: Path) -> Iterator[None]:
    make_catalogue(tmp_path, "de")
    choose_language("de", folder=tmp_path)
    yield
    choose_language("en")


@pytest.mark.usefixtures("german")
def test_sentences_and_the_numbers_in_them_are_those_of_the_language() -> None:
    assert say("step {step:,}", step=1_234_567) == "Schritt 1.234.567"
    assert say("{name} is {size:.3f}", name="win 0.5", size=0.25) == "win 0.5 ist 0,250"
    assert say_count("{n:,} step", "{n:,} steps", 1) == "1 Schritt"
    assert say_count("{n:,} step", "{n:,} steps", 1000) == "1.000 Schritte"
    # In a table they are marked one by one.
    marked = mark("froze {n:,} weight"), mark("froze {n:,} weights")
    assert [say_count(*marked, n) for n in (1, 2)] == [
        "1 Gewicht eingefroren", "2 Gewichte eingefroren",
    ]  # fmt: skip
    assert listed(["0,5", "1,5"]) == "0,5; 1,5"


@pytest.mark.usefixtures("german")
def test_what_has_no_translation_is_said_in_english_with_the_numbers_of_the_language() -> None:
    assert say("new: {size:.1f}", size=0.5) == "new: 0,5"


@pytest.mark.usefixtures("german")
def test_every_way_to_write_a_number_has_the_comma() -> None:
    assert numbers.short(-0.0123) == "\u22120,0123"
    assert numbers.plain(1234.5) == "1234,5"
    assert numbers.percent(0.655) == "65,5 %"
    assert numbers.signed(2.5e-7) == "+2,50e\u221207"
    assert numbers.exact(0.1) == "0,1"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("text", "value"),
    [("0,5", 0.5), ("0.5", 0.5), ("1,234", 1.234), ("1.234", 1.234), ("1.234,5", 1234.5)],
)
def test_the_comma_is_read_and_the_point_is_always_read_too(text: str, value: float) -> None:
    assert numbers.parse(text) == value


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("value", [0.1, -1.234, 1e22, 5e-324, 123456.789, 1234.0, -0.001])
def test_what_is_written_with_a_comma_is_read_back_as_the_same_number(value: float) -> None:
    assert numbers.parse(numbers.exact(value)) == value


@pytest.mark.usefixtures("german")
def test_a_file_is_the_same_in_every_language() -> None:
    with as_in_files():
        assert say("step {step:,}", step=1000) == "step 1,000"
        assert numbers.exact(0.5) == "0.5"
        assert written("0.5") == "0.5"
    assert written("0.5") == "0,5"


def test_a_language_that_is_not_there_is_english(tmp_path: Path) -> None:
    make_catalogue(tmp_path, "de")
    choose_language("xx", "en_GB", "de", folder=tmp_path)
    assert say("step {step:,}", step=1000) == "step 1,000"


def test_the_first_language_that_is_there_is_spoken(tmp_path: Path) -> None:
    make_catalogue(tmp_path, "de")
    choose_language("xx", "de_AT", "en", folder=tmp_path)
    try:
        assert say("step {step:,}", step=1000) == "Schritt 1.000"
    finally:
        choose_language("en")
