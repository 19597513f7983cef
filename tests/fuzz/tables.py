"""Tables of numbers for the fuzzer: files of every encoding and delimiter, and copied text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from model.experiment import SCALES, Experiment
from model.files.experiment_file import dump, parse
from model.files.sources import load_images
from model.files.tables.block import read_block
from model.files.tables.choice import experiment_of, remarks, suggest
from model.files.tables.dialect import DELIMITERS, guess
from model.files.tables.encodings import ENCODINGS
from model.files.tables.errors import TableError
from model.files.tables.opening import Wanted, experiment_of_table
from model.files.tables.table import read_table
from model.path.saved import new_path, saved_path
from tests.fuzz.changes import changed

_PLAIN = "height,weight,kind\n1.5,2.5,x\n2,3,y\n3,,x\n4e1,-1,y\n"
_GERMAN = (
    '\ufeffHöhe;"Gewicht\nin kg";Art;\r\n1,5;"2,5";x;\r\n1.234,5;-3;y;\r\n"1 000";;"""z""";\r\n'
)
_COPIED = "a\tb\tc\n1\t2\t3\n4\t5\t6\n7,5\t8\t\n"
_OTHERS = (
    "1 2 3\n4  5 6\n7 8 9\n", "sep=|\na|b\n1|2\n", "# by hand\nx;y\n1'000,5;2\n", "a,b\n", ",\n",
    "id,x,y\n" + "".join(f"{row},{row * row},{-row}\n" for row in range(30)),
    "a,a,\n1,2,3\n1,2,4\n", 'a,b\n"1,2\n', "a,b\n\u0661\u066b\u0665,\u22122\n3,½\n",
)  # fmt: skip
_TABLES = (
    b"A,B,C\n1,2,3\n4,5.5,6\n-7,8e-3,9\n",
    b"A;B;C\r\n1,5;2;3\r\n4;5,25;6\r\n",
    b'"a, b"\tcolour\ttarget\n1\tred\t0\n2\t"blue ""sky"""\t1\n\t\tNA\n',
    "größe;ziel\n1.234,5;0\n2.000,25;1\n".encode("cp1252"),
    "A,C\n1,2\n3,4\n".encode("utf-16"),
    b"1 2 3\n4 5 6\n",
)
_BLOCKS = (
    b"1\t2\n3\t4\n", b"1,5;2\n3;4,25", b"0.5", b"1 2 3\n4 5 6", b"1,234\n5,678", b'"1"\t"2"\t\n',
    "\u22121\t1e-3".encode(), b"\t\n\t", b"(3)\t[1, 2]", b"1_000\tnan\tinf",
)  # fmt: skip
# What tables are made of: a change at random seldom makes one of these.
_PARTS = (
    b";", b",", b"\t", b"|", b'"', b'""', b"\r\n", b"\n", b"\n\n", b"NA", b"nan", b"inf", b"1e308",
    b"-1e-320", b"1e999", b"1.234,5", b"1,234.5", b"0x10", b"1_000", b"sep=;\n", b"\xef\xbb\xbf",
    b"\xff\xfe", "−3".encode(), "\u202f".encode(), "\u2028".encode(), b"\0", b"\x1a", b"#",
)  # fmt: skip
_STEPS = 5


def files() -> tuple[bytes, ...]:
    """Tables as files: one text in every encoding, and some oddities."""
    texts = [_PLAIN.encode(), _GERMAN.encode(), *(text.encode() for text in _OTHERS)]
    named = (encoding for encoding in ENCODINGS if encoding != "windows-1252")
    texts += [_PLAIN.encode(encoding) for encoding in named]
    return (*texts, *_TABLES, "Größe;Maß\r\n1,5;2\r\n2,5;3\r\n".encode("cp1252"))


def copied() -> tuple[bytes, ...]:
    """Tables as spreadsheets and web pages put them on the clipboard."""
    return (_COPIED.encode(), _PLAIN.encode(), *(text.encode() for text in _OTHERS))


def blocks() -> tuple[bytes, ...]:
    """Blocks of numbers as spreadsheets copy them, and what is none."""
    return (b"1\t2\n3\t4,5\n", b"1;2;3\n4;5;6", b"1,5\n2,5\n", b"1 2\n3 4\n", *_BLOCKS, *copied())


def changed_table(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Changed at random, or a part of tables put in at a random place, or rows repeated."""
    kind = chance.random()
    at = chance.randrange(len(content) + 1)
    if kind < 0.45:
        return changed(content, others, chance)
    if kind < 0.9:
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(content) + 1)
            content = content[:at] + chance.choice(_PARTS) + content[at + chance.randrange(3) :]
        return content
    return content[:at] + content[at:] * chance.choice((2, 20, 200))


def read_table_file(content: bytes, folder: Path) -> str:
    """Open a table's file, as the command line and as the dialog do."""
    file = folder / "some.csv"
    file.write_bytes(content)
    # What is wanted of it differs from input to input, and is the same for the same input.
    chance = random.Random(content[:200] + bytes([len(content) % 251]))
    wanted = Wanted(
        missing=chance.choice(("stop", "leave out", "leave out")),
        scale=chance.choice(SCALES),
        constant=chance.choice((None, True, False)),
        encoding=chance.choice((*[None] * 12, *ENCODINGS)),
        delimiter=chance.choice((*[None] * 15, *DELIMITERS)),
        decimal=chance.choice((*[None] * 6, ".", ",")),
        header=chance.choice((*[None] * 6, True, False)),
    )
    sentence = _read_as_guessed(content)
    try:
        _use(experiment_of_table(file, wanted))
    except TableError as error:
        return str(error)
    return sentence


def read_copied(content: bytes, folder: Path) -> str:
    """Make an experiment of a copied text, as the window does."""
    return _read_as_guessed(content.decode("utf-8", "replace").encode("utf-8", "replace"))


def read_copied_block(content: bytes, folder: Path) -> str:
    """Paste a block of numbers into the table of examples."""
    try:
        values = read_block(content.decode("utf-8", "replace"))
    except TableError as error:
        return str(error)
    assert values.ndim == 2
    assert np.isfinite(values).all()
    return ""


def _read_as_guessed(content: bytes) -> str:
    try:
        table = read_table(content, guess(content), "some.csv")
        for column in table.columns:
            column.find_out()
        for remark in remarks(table):
            assert "\n" not in remark
        _use(experiment_of(table, replace(suggest(table), missing="leave out"), "some"))
    except TableError as error:
        return str(error)
    return ""


def _use(experiment: Experiment) -> None:
    """What was made of it learns, and is the same once it was saved and read again."""
    path = new_path(experiment)
    path.extend(_STEPS)
    text = dump(experiment, path, path.length)
    again = parse(text, lambda name, count: load_images(name, count, None))
    other = saved_path(again)
    other.extend(path.length - other.length)
    assert other.length == path.length, "saved and read, the path has another length"
    assert other.weights(path.length).tobytes() == path.weights(path.length).tobytes()
