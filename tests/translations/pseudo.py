"""A language that nobody speaks, longer than English by two fifths: what lacks its accents and
brackets was never looked up, and what is cut would be cut in other languages.
"""

from __future__ import annotations

import re
from functools import cache

from babel.messages.catalog import Catalog

from model.door import HOW_NUMBERS_ARE_WRITTEN
from tests.translations.catalogues import template

PSEUDO = "qps"
# What a translator leaves as it is: numbers to be filled in, code, pictures, breaks, keys.
_KEPT = re.compile(
    r"</?[a-z_]*>|\{\{.*?\}\}|\{[^{}]*\}|`[^`]*`|!\[[^\]]*\]\([^)]*\)|&(?=\w)|\*\*|\n[ \t#>*-]*"
)
_ACCENTED = str.maketrans("aceinorsuyzACEINORSUYZ", "åçéîñöřšüýžÅÇÉÎÑÖŘŠÜÝŽ")
_LONGER = 0.4


def pseudo() -> Catalog:
    """Every sentence longer by two fifths, with accents, in brackets: what lacks them is not said.

    What stands in a slot is as it is; numbers are written 1’234,5.
    """
    made = Catalog(locale="de", charset="utf-8", fuzzy=False)
    for message in template():
        if not message.id:
            continue
        if isinstance(message.id, tuple | list):
            made.add(tuple(message.id), tuple(pseudo_text(one) for one in message.id))
        else:
            made.add(message.id, pseudo_text(message.id))
    made[HOW_NUMBERS_ARE_WRITTEN].string = "1’234,5"
    return made


def pseudo_text(sentence: str) -> str:
    """A sentence in the pseudo-language, with its slots, code and breaks as they were."""
    if not any(letter.isalpha() for letter in _KEPT.sub("", sentence)):
        return sentence
    text, at = "", 0
    for kept in _KEPT.finditer(sentence):
        text += sentence[at : kept.start()].translate(_ACCENTED) + kept[0]
        at = kept.end()
    text += sentence[at:].translate(_ACCENTED)
    n_more = round(_LONGER * len(_KEPT.sub("", sentence)))
    longer = " ".join("~" * min(6, n_more - n) for n in range(0, n_more, 7))
    body, end = text.rstrip(), text[len(text.rstrip()) :]
    start = body[: len(body) - len(body.lstrip())]
    return (
        f"{start}[{body.lstrip()} {longer}]{end}"
        if n_more > 1
        else f"{start}[{body.lstrip()}]{end}"
    )


# A word with a vowel of English in it, as a word of the pseudo-language has none.
_ENGLISH = re.compile(r"[A-Za-z]*[aeiouAEIOU][A-Za-z]*[A-Za-z]|[aeiouAEIOU][A-Za-z]+")


@cache
def english_words(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """The words of a text that were not looked up; ``names`` are data and may be as they are.

    A window says the most of its texts again and again.
    """
    for name in _phrases(names):
        text = text.replace(name, " ")
    return tuple(word for word in _ENGLISH.findall(text) if word not in names)


@cache
def _phrases(names: frozenset[str]) -> tuple[str, ...]:
    """Those that are no single words; the longest first, as they may have others in them."""
    phrases = (name for name in names if not name.isalpha())
    return tuple(sorted(phrases, key=len, reverse=True))
