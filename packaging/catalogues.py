"""What translators work on: gathers the sentences, brings catalogues up to date, compiles them.

    python packaging/catalogues.py update        after sentences changed: every language's .po
    python packaging/catalogues.py compile       after a .po changed: the .mo the program reads
    python packaging/catalogues.py count         how much of each part each language has
    python packaging/catalogues.py begin CODE    a language that is new
    python packaging/catalogues.py pseudo        the pseudo-language (code: qps), for tests

A lesson's message is one paragraph: where it is changed, its translation is stale and the
original is shown until the paragraph is translated anew. Needs Babel, which users do not.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from model.door import HOW_NUMBERS_ARE_WRITTEN  # noqa: E402 -- found by the line above
from model.lessons.lesson import Lesson, Text  # noqa: E402
from model.lessons.library import built_in, load  # noqa: E402
from model.lessons.templates import BETWEEN_PARAGRAPHS  # noqa: E402

LOCALE = PROJECT / "resources" / "locale"
DOMAIN = "weightbench"
PSEUDO = "qps"
_KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2)}
_LINE = 100
# What a translator leaves as it is: numbers to be filled in, code, pictures, breaks, keys.
_KEPT = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|`[^`]*`|!\[[^\]]*\]\([^)]*\)|&(?=\w)|\*\*|\n[ \t#>*-]*")
_ACCENTED = str.maketrans("aceinorsuyzACEINORSUYZ", "åçéîñöřšüýžÅÇÉÎÑÖŘŠÜÝŽ")
_LONGER = 0.4


def template() -> Catalog:
    """Every sentence that the program says, each with the file where it stands."""
    catalog = Catalog(project="Weightbench", charset="utf-8", fuzzy=False)
    for package in ("model", "gui"):
        found = extract_from_dir(PROJECT / package, keywords=_KEYWORDS)
        for name, _line, message, comments, _context in found:
            if message and message != ("", ""):
                where = f"{package}/{Path(name).as_posix()}"
                catalog.add(message, locations=[(where, 0)], auto_comments=comments)
    for where, paragraph in (*_of_experiments(), *_of_lessons()):
        catalog.add(paragraph, locations=[(where, 0)])
    return catalog


def _of_experiments() -> Iterator[tuple[str, str]]:
    for file in sorted((PROJECT / "resources" / "experiments").glob("*.json")):
        experiment = json.loads(file.read_text(encoding="utf-8"))
        for key in ("name", "about"):
            if experiment.get(key):
                yield f"resources/experiments/{file.name}", experiment[key]


def _of_lessons() -> Iterator[tuple[str, str]]:
    for heading in built_in():
        lesson = load(heading.id)
        where = f"resources/lessons/{heading.file}"
        for paragraph in dict.fromkeys(paragraphs(lesson)):
            yield where, paragraph


def paragraphs(lesson: Lesson) -> Iterator[str]:
    """The messages of a lesson: titles, and the paragraphs of all its texts."""
    yield lesson.title
    yield lesson.about
    for page in lesson.pages:
        yield page.title
        yield from (part for text in texts(page) for part in _parts(text))


def texts(thing: object) -> Iterator[Text]:
    """All texts in a part of a lesson, however deep."""
    if isinstance(thing, Text):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from texts(each)


def _parts(text: Text) -> Iterator[str]:
    return (part for part in BETWEEN_PARAGRAPHS.split(text.markdown) if part.strip())


def po_file(code: str) -> Path:
    """Where the catalogue of a language lies, for translators."""
    return LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def codes() -> list[str]:
    """The languages that there are."""
    return sorted(file.parents[1].name for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def catalogue(code: str) -> Catalog:
    """The catalogue of a language as its translators left it."""
    with po_file(code).open("rb") as stream:
        return read_po(stream, locale=code)


def update(code: str) -> None:
    """Bring a language's file up to date: what is new is empty, what is gone is at the end."""
    catalog = catalogue(code) if po_file(code).is_file() else Catalog(locale=code, fuzzy=False)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.project = "Weightbench"
    catalog.copyright_holder = "The Weightbench contributors"
    catalog.header_comment = f"# Weightbench in the language {code}; docs/translating.md says how."
    po_file(code).parent.mkdir(parents=True, exist_ok=True)
    with po_file(code).open("wb") as stream:
        write_po(stream, catalog, width=_LINE, sort_by_file=True, omit_header=False)


def compiled(catalog: Catalog) -> bytes:
    """What the program reads."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


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


def _write_compiled(code: str, catalog: Catalog) -> None:
    file = po_file(code).with_suffix(".mo")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(compiled(catalog))


def shares(code: str) -> dict[str, tuple[int, int]]:
    """For each part (a lesson, gui, model) how many of its sentences a language has, of how many.

    What is stale or fuzzy is not counted.
    """
    catalog = catalogue(code)
    counts: dict[str, tuple[int, int]] = {}
    for message in template():
        if not message.id:
            continue
        done = is_translated(catalog, message.id)
        for where, _ in message.locations:
            part = where if where.startswith("resources/lessons") else where.split("/")[0]
            n, n_all = counts.get(part, (0, 0))
            counts[part] = (n + done, n_all + 1)
    return counts


def is_translated(catalog: Catalog, wanted: str | tuple[str, ...] | list[str]) -> bool:
    """Whether a catalogue has a sentence, in all its plurals."""
    there = catalog.get(wanted if isinstance(wanted, str) else wanted[0])
    if there is None or there.fuzzy or not there.string:
        return False
    return isinstance(there.string, str) or all(there.string)


def _print_shares(code: str) -> None:
    for part, (done, all_of_them) in sorted(shares(code).items()):
        print(f"{code}  {done:5,} of {all_of_them:5,}  {part}")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("update", "compile", "count", "begin", "pseudo"))
    parser.add_argument("code", nargs="?")
    options = parser.parse_args()
    if options.action == "pseudo":
        _write_compiled(PSEUDO, pseudo())
    for code in [options.code] if options.code else codes():
        if options.action in ("update", "begin"):
            update(code)
        elif options.action == "compile":
            _write_compiled(code, catalogue(code))
        elif options.action == "count":
            _print_shares(code)


if __name__ == "__main__":
    main()
