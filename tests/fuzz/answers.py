"""Answers to lessons, as learners hand them in, for the fuzzer."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from model.classroom.answers import (
    Answers,
    AnswersError,
    GivenAnswer,
    PageMark,
    answers_text,
    checksum,
    read_answers,
)
from tests.fuzz.changes import changed, changed_json


def files() -> tuple[bytes, ...]:
    """What two learners answered, of whom one has no name."""
    given = (
        GivenAnswer("share", 1, "What is it?", "-1.19 <b>", False, "split-evenly", "sure"),
        GivenAnswer("how_many", 2, "How many?", "Three", True),
    )
    pages = (PageMark(1, "done", 2), PageMark(2, "shown", 3, shown=True))
    return tuple(
        answers_text(Answers("one-delta", "Delta", name, pages, given)).encode()
        for name in ("", "Ada \u202e")
    )


def changed_file(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed, and mostly with a checksum that fits, so that the rest is read, too."""
    found = changed_json(content, others, chance)
    if chance.random() < 0.2:
        return changed(found, others, chance)
    try:
        values = json.loads(found)
    except (ValueError, RecursionError):
        return found
    if isinstance(values, dict):
        values.pop("checksum", None)
        values["checksum"] = checksum(values)
    return json.dumps(values).encode()


def read_file(content: bytes, folder: Path) -> str:
    """Read what a learner handed in."""
    with TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "a.json"
        file.write_bytes(content)
        try:
            answers_text(read_answers(file)).encode()
        except AnswersError as error:
            return str(error)
    return ""
