"""What translators work on: every sentence there is, a language's catalogue, and what it lacks."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from model.lessons.lesson import Lesson, Text
from model.lessons.library import built_in, load
from model.lessons.templates import BETWEEN_PARAGRAPHS

PROJECT = Path(__file__).resolve().parents[2]
LOCALE = PROJECT / "resources" / "locale"
DOMAIN = "weightbench"
_KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2), "mark_count": (1, 2)}
_LINE = 100


def template() -> Catalog:
    """Every sentence that the program says, each with the file where it stands."""
    catalog = Catalog(project="Weightbench", charset="utf-8", fuzzy=False)
    for where, message, comments in _gathered():
        catalog.add(message, locations=[(where, 0)], auto_comments=comments)
    return catalog


@cache
def _gathered() -> tuple[tuple[str, str | tuple[str, ...], tuple[str, ...]], ...]:
    """Where each sentence stands, the sentence or its plurals, and comments; some seconds' work."""
    gathered: list[tuple[str, str | tuple[str, ...], tuple[str, ...]]] = []
    for package in ("model", "gui"):
        found = extract_from_dir(PROJECT / package, keywords=_KEYWORDS)
        for name, _line, message, comments, _context in found:
            if message and message != ("", ""):
                where = f"{package}/{Path(name).as_posix()}"
                gathered.append((where, message, tuple(comments)))
    others = (*_of_experiments(), *_of_lessons())
    return (*gathered, *((where, paragraph, ()) for where, paragraph in others))


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


def write_compiled(code: str, catalog: Catalog) -> None:
    """Put what the program reads beside what translators wrote."""
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
