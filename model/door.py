"""The one door for words: every sentence that a person sees is looked up here.

A sentence is written whole, in English, with named slots for what is computed, and is found in
the catalogue of the language in force (gettext); where there is none it stays as it is written.
The signs of numbers are the catalogue's, too: its translation of `HOW_NUMBERS_ARE_WRITTEN`.
"""

from __future__ import annotations

import gettext
import re
import string
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import resources
from importlib.resources.abc import Traversable
from numbers import Number
from pathlib import Path


def mark(sentence: str) -> str:
    """A sentence of a table, to be found by who collects them; it is said when it is shown."""
    return sentence


_DOMAIN = "weightbench"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"
# What a translator makes of it says how numbers are written: 1.234,5 in German.
HOW_NUMBERS_ARE_WRITTEN = mark("1,234.5")
# What a translator makes of it is the name of the language, in that language.
NAME_OF_LANGUAGE = mark("English")
_NUMBER = re.compile(r"1(?P<thousands>\D?)234(?P<decimal>[.,])5")
# The signs of a number's text as str.translate takes them; none where they are those of English.
_signs: dict[int, str] = {}
_ENGLISH = gettext.NullTranslations()
# Whether what is written now goes into a file.
_in_files: ContextVar[bool] = ContextVar("in_files", default=False)


class _Formatter(string.Formatter):
    """Fills slots as str.format does, with numbers as the language in force writes them."""

    def format_field(self, value: object, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return written(text) if isinstance(value, Number) else text


_formatter = _Formatter()


def choose_language(*codes: str, folder: Path | None = None) -> None:
    """Speak the first of these languages that has a catalogue, or else English.

    ``codes`` are like "de" or "pt_BR"; the catalogues lie in ``folder``, or with the program.
    """
    global _catalogue, _signs, _code  # noqa: PLW0603 -- one program speaks one language
    with resources.as_file(resources.files("resources") / "locale") as own:
        where = own if folder is None else folder
        # English is what the sentences are written in, and needs no catalogue.
        wanted = codes[: next((at for at, code in enumerate(codes) if _is_english(code)), None)]
        _catalogue = gettext.NullTranslations()
        if wanted:
            _catalogue = gettext.translation(_DOMAIN, where, wanted, fallback=True)
    header = _catalogue.info().get("language", "")
    _code = header if header and wanted else "en"
    found = _NUMBER.fullmatch(_catalogue.gettext(HOW_NUMBERS_ARE_WRITTEN))
    signs = (found["thousands"], found["decimal"]) if found else (",", ".")
    _signs = {} if signs == (",", ".") else {ord(","): signs[0], ord("."): signs[1]}


def _is_english(code: str) -> bool:
    return re.match(r"(en|c|posix)\b|en_", code, re.IGNORECASE) is not None


def languages() -> dict[str, str]:
    """The languages that are spoken here, code -> name in that language; English first.

    Each catalogue is read, which takes some milliseconds.
    """
    folder = resources.files("resources") / "locale"
    names = {"en": NAME_OF_LANGUAGE}
    for code in sorted(each.name for each in folder.iterdir()) if folder.is_dir() else ():
        if is_spoken(code):
            with _file_of(code).open("rb") as stream:
                names[code] = gettext.GNUTranslations(stream).gettext(NAME_OF_LANGUAGE)
    return names


def language() -> str:
    """The code of the language in force."""
    return _code


def is_spoken(code: str) -> bool:
    """Whether there is a catalogue of a language, or none is needed."""
    return code == "en" or ("/" not in code and _file_of(code).is_file())


def _file_of(code: str) -> Traversable:
    return resources.files("resources") / "locale" / code / "LC_MESSAGES" / f"{_DOMAIN}.mo"


def say(sentence: str, /, **slots: object) -> str:
    """A whole sentence with its named slots filled: ``say("step {step:,}", step=3)``."""
    # An empty text would find the head of the catalogue.
    found = _in_force().gettext(sentence) if sentence else ""
    return _filled(found, slots) if slots else found


def say_count(one: str, many: str, n: int, /, **slots: object) -> str:
    """A sentence that depends on a number, which stands in it as the slot ``n``.

    Both stand in the catalogue together, or each by itself where a table has them marked.
    """
    spoken = _in_force()
    found = spoken.ngettext(one, many, n)
    if found in (one, many):
        found = spoken.gettext(found)
    return _filled(found, {"n": n, **slots})


def _filled(sentence: str, slots: dict[str, object]) -> str:
    if _signs and not _in_files.get():
        return _formatter.vformat(sentence, (), slots)
    return sentence.format(**slots)


def _in_force() -> gettext.NullTranslations:
    return _ENGLISH if _in_files.get() else _catalogue


@contextmanager
def as_in_files() -> Iterator[None]:
    """Speak English and write numbers with the point: a file is the same in every language."""
    token = _in_files.set(True)
    try:
        yield
    finally:
        _in_files.reset(token)


def written(number: str) -> str:
    """A number that was written as English does, as the language in force does: 0.5 as 0,5."""
    return number.translate(_signs) if _signs and not _in_files.get() else number


def has_decimal_comma() -> bool:
    """Whether a comma in a number parts its decimals from the rest, and no thousands."""
    return _signs.get(ord("."), ".") == ","


def listed(texts: Iterable[str]) -> str:
    """Several texts, one after the other; apart from each other where they hold commas, too."""
    return say(", ").join(texts)
