"""Numbers in texts: how each format writes them, and what is no template."""

from __future__ import annotations

import gettext

import pytest

from model import door
from model.lessons import LessonError, Reference, Scopes, Text, fill
from model.lessons.templates import TemplateError, check_markdown, pictures, pieces, plain_text
from tests.model.lessons.made_up import small


@pytest.fixture
def scopes() -> Scopes:
    lesson = small()
    return Scopes(Reference(lesson, lesson.page(1)))


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("start.delta", "−0.14"),
        ("at(1).delta", "−0.03624"),
        ("at(1).delta | 2", "−0.036"),
        ("at(1).delta | 12", "−0.0362425"),
        ("0.1 + 0.2 | exact", "0.30000000000000004"),
        ("-start.delta | signed", "+0.14"),
        ("start.delta | signed", "−0.14"),
        ("start.delta | 1 signed", "−0.1"),
        ("0 | signed", "0"),
        ("0.9749", "0.9749"),
        ("0.97491 | percent", "97.5 %"),
        ("0.97491 | 2 percent", "97 %"),
        ("0.5 | percent", "50 %"),
        ("1 | percent", "100 %"),
        ("0.99999 | percent", "99.9 %"),
        ("-0.06 | percent", "−6 %"),
        ("1234.5 | whole", "1,234"),
        ("-1234.5 | whole", "−1,234"),
        ("8.5 | exact", "8.5"),
        ("1 | count step", "1 step"),
        ("3 | count step", "3 steps"),
        ("1200 | count weight", "1,200 weights"),
        ("1e-16", "1e−16"),
    ],
)
def test_a_number_is_written_as_its_format_says(
    scopes: Scopes, template: str, written: str
) -> None:
    assert fill(Text(f"so {{{{ {template} }}}}.", 1), scopes) == f"so {written}."


@pytest.mark.parametrize(
    "form", ["", "18", "0", "3.5", "signed signed", "whole exact", "3 whole", "count", "count cat",
             "percent 3 4", "exact!"]
)  # fmt: skip
def test_what_is_no_format_is_refused(form: str) -> None:
    with pytest.raises(TemplateError, match="is no format"):
        pieces(f"{{{{ start.delta | {form} }}}}")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("one\n{{ start.delta", 8, "“{{” stands alone"),
        ("one\ntwo }}", 8, "“}}” stands alone"),
        ("one\n\n{{ detla }}", 9, "did you mean “delta”"),
        ("{{ start.delta\n\n}}", 7, "ends in the paragraph"),
        ("a\nb <img src=x>", 8, "“<img src=x>” begins HTML"),
        ("a </b>", 7, "begins HTML"),
        ("a <!-- b", 7, "begins HTML"),
        ("[here](other.md)", 7, "a lesson has no links"),
        ("see https://example.org", 7, "a lesson has no links"),
        ("see www.example.org", 7, "a lesson has no links"),
        ("a\n[b]: file.md", 8, "a lesson has no links"),
    ],
)
def test_what_no_text_may_hold_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(LessonError, match=r"^x") as refused:
        check_markdown(Text(text, 7), "x.md")

    assert refused.value.line == line
    assert said in str(refused.value)


def test_signs_that_only_resemble_html_or_links_may_stand() -> None:
    check_markdown(Text("a < b, [a] and ![a dog](dog.png) - `x[i] (i)`", 1), "x.md")


def test_pictures_are_found_with_their_lines() -> None:
    text = Text("a\n![a dog](dog.png) ![](b.png)\n![c][d]", 5)

    assert list(pictures(text)) == [("a dog", "dog.png", 6), ("", "b.png", 6), ("c", "", 7)]


def test_a_number_without_a_value_is_a_dash(scopes: Scopes) -> None:
    text = Text("{{ you.second }} and {{ now.delta }} and {{ 1 / 0 }}", 1)

    assert fill(text, scopes) == "– and – and –"


def test_numbers_are_left_out_of_what_was_typed() -> None:
    assert plain_text(Text("a {{ start.w[a] | 3 }} b", 1)) == "a   b"


class _German(gettext.NullTranslations):
    """Knows one paragraph, and another one badly."""

    def gettext(self, message: str) -> str:
        return {
            "Delta is {{ start.delta }}.": "{{ start.delta }} ist Delta.",
            "Alpha is {{ start.alpha }}.": "{{ start.alhpa ist Alpha.",
        }.get(message, message)


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_catalogue", _German())


@pytest.mark.usefixtures("german")
def test_a_text_is_translated_by_paragraphs(scopes: Scopes) -> None:
    text = Text("Delta is {{ start.delta }}.\n\nAlpha is {{ start.alpha }}.\n\nAs it is.", 1)

    assert fill(text, scopes) == "−0.14 ist Delta.\n\nAlpha is 0.01.\n\nAs it is."
