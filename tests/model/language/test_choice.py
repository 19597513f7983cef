"""Which language is spoken: what is asked for, what was chosen, or what the system is set to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.door import choose_language, say
from model.files.export import export
from model.files.library import open_experiment
from model.language import choice


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))
    yield
    choose_language("en")


@pytest.mark.parametrize(
    ("variables", "codes"),
    [
        ({"LANG": "de_AT.UTF-8"}, ["de_AT"]),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR@euro"}, ["fr_FR"]),
        ({"LANG": "de_DE", "LC_ALL": "C.UTF-8"}, ["en"]),
        ({"LANG": "en_US", "LANGUAGE": "de:fr:../../x"}, ["de", "fr"]),
        ({"LANG": "?*"}, ["en"]),
    ],
)
def test_the_system_is_asked_as_gettext_asks_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], codes: list[str]
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert choice.of_system() == codes


def test_what_was_chosen_is_spoken_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    choice.choose("de")
    choice.speak()
    assert choice.chosen() == "de"
    assert say("&File") == "&Datei"

    choice.choose(choice.SYSTEM)
    choice.speak()
    assert choice.chosen() == choice.SYSTEM
    assert say("&File") == "&File"


@pytest.mark.parametrize("content", [b"", b"xx", b"../../..", b"\xff\xfe", b"de" * 10_000, b"de/x"])
def test_nonsense_where_it_is_kept_is_the_system(tmp_path: Path, content: bytes) -> None:
    choice.choose("de")
    file = next((tmp_path / "cache").glob("language"))
    file.write_bytes(content)

    assert choice.chosen() == choice.SYSTEM


@pytest.mark.parametrize("code", ["xx", "", "../de", "de\x00"])
def test_a_language_that_is_asked_for_must_be_there(code: str) -> None:
    with pytest.raises(choice.UnknownLanguage, match="is none of en, de"):
        choice.speak(code)


@pytest.mark.parametrize("ending", [".csv", ".json", ".py", ".txt", ".weights.csv"])
def test_a_file_is_the_same_whatever_language_is_spoken(tmp_path: Path, ending: str) -> None:
    experiment = open_experiment("Several inputs and outputs")
    written = {}
    for code in ("en", "de"):
        choose_language(code)
        file = tmp_path / code / f"file{ending}"
        file.parent.mkdir()
        export(experiment, 3, file)
        written[code] = file.read_bytes()

    assert written["de"] == written["en"]
