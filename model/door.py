"""The one door for words: every sentence that a person sees is looked up here.

A sentence is written whole, in English, with named slots for what is computed, and is found in
the catalogue of the language in force (gettext); where there is none it stays as it is written.
"""

from __future__ import annotations

import gettext
from importlib import resources

_DOMAIN = "weightbench"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(*codes: str) -> None:
    """Speak the first of these languages that has a catalogue, or else English.

    ``codes`` are like "de" or "pt_BR".
    """
    global _catalogue  # noqa: PLW0603 -- one program speaks one language
    folder = resources.files("resources") / "locale"
    with resources.as_file(folder) as path:
        _catalogue = gettext.translation(_DOMAIN, path, codes, fallback=True)


def say(sentence: str, /, **slots: object) -> str:
    """A whole sentence with its named slots filled: ``say("step {step:,}", step=3)``."""
    found = _catalogue.gettext(sentence)
    return found.format(**slots) if slots else found


def say_count(one: str, many: str, n: int, /, **slots: object) -> str:
    """A sentence that depends on a number, which stands in it as the slot ``n``."""
    return _catalogue.ngettext(one, many, n).format(n=n, **slots)


def mark(sentence: str) -> str:
    """A sentence of a table, to be found by who collects them; it is said when it is shown."""
    return sentence
