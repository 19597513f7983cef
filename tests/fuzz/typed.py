"""Tables of numbers, blocks that are pasted and answers to lessons, as inputs and as readers."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from model.classroom.answers import (
    Answers,
    AnswersError,
    GivenAnswer,
    PageMark,
    answers_text,
    checksum,
    read_answers,
)
from model.errors import ExperimentError
from model.files.tables.block import read_block
from model.files.tables.errors import TableError
from model.files.tables.opening import Wanted, experiment_of_table
from tests.fuzz.changes import changed, changed_json

TABLES = (
    b"A,B,C\n1,2,3\n4,5.5,6\n-7,8e-3,9\n",
    b"A;B;C\r\n1,5;2;3\r\n4;5,25;6\r\n",
    b'"a, b"\tcolour\ttarget\n1\tred\t0\n2\t"blue ""sky"""\t1\n\t\tNA\n',
    "größe;ziel\n1.234,5;0\n2.000,25;1\n".encode("cp1252"),
    "A,C\n1,2\n3,4\n".encode("utf-16"),
    b"1 2 3\n4 5 6\n",
)
BLOCKS = (
    b"1\t2\n3\t4\n", b"1,5;2\n3;4,25", b"0.5", b"1 2 3\n4 5 6", b"1,234\n5,678", b'"1"\t"2"\t\n',
    "\u22121\t1e-3".encode(), b"\t\n\t", b"(3)\t[1, 2]", b"1_000\tnan\tinf",
)  # fmt: skip
_WANTED = (
    Wanted(), Wanted(missing="leave out"), Wanted(("A",), ("C",), scale="standard"),
    Wanted(one_hot=("colour",), header=False),
)  # fmt: skip


def read_a_table(content: bytes, folder: Path) -> str:
    """Open it as it seems to be written, and as somebody says that it is."""
    refused = []
    with TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "a.csv"
        file.write_bytes(content)
        for wanted in _WANTED:
            try:
                examples = experiment_of_table(file, wanted).setup.examples
            except ExperimentError as error:
                refused.append(str(error))
            else:
                assert np.isfinite(examples.base_inputs).all()
                assert np.isfinite(examples.base_targets).all()
    return refused[0] if len(refused) == len(_WANTED) else ""


def read_a_block(content: bytes, folder: Path) -> str:
    """Read the numbers of what was copied."""
    try:
        assert np.isfinite(read_block(content.decode("utf-8", "surrogateescape"))).all()
    except TableError as error:
        return str(error)
    return ""


def answers() -> tuple[bytes, ...]:
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


def changed_answers(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
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


def read_some_answers(content: bytes, folder: Path) -> str:
    """Read what a learner handed in."""
    with TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "a.json"
        file.write_bytes(content)
        try:
            answers_text(read_answers(file)).encode()
        except AnswersError as error:
            return str(error)
    return ""
