"""How a table is written is told from its content, whatever program wrote it."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.files.tables.dialect import DELIMITERS, Dialect, bytes_of_copied, guess, rows_of, text_of
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS, Notation
from model.files.tables.table import read_table


@pytest.mark.parametrize(
    ("text", "delimiter", "notation", "header"),
    [
        ("a,b\n1,2\n3,4\n", ",", Notation("."), True),
        ("a;b\n1,5;2,5\n3;4\n", ";", Notation(","), True),
        ("a;b\n1.5;2.5\n3;4\n", ";", Notation("."), True),
        ("a\tb\n1,5\t2\n3\t4\n", "\t", Notation(","), True),
        ("a|b\n1|2\n3|4\n", "|", Notation("."), True),
        ("a b  c\n1 2 3\n 4   5 6\n", " ", Notation("."), True),
        ("1,2\n3,4\n5,6.5\n", ",", Notation("."), False),
        ("sep=;\na;b\n1;2\n", ";", Notation("."), True),
        ("# made by hand\n# in May\na,b\n1,2\n", ",", Notation("."), True),
        ("a;b\n1.234,5;2\n2.234,5;3\n", ";", Notation(",", "."), True),
        ('a,b\n"1,234.5",2\n"22,234.5",3\n', ",", Notation(".", ","), True),
        ("a;b\n1 234,5;2\n2\u202f234,5;3\n", ";", Notation(",", " "), True),
        ("a;b\n1'234.5;2\n2'234.5;3\n", ";", Notation(".", "'"), True),
        ('name,b\n"Smith, J",2\n"Doe, A",3\n', ",", Notation("."), True),
        ("year,2019,2020\nx,1,2\ny,3,4\n", ",", Notation("."), False),
        ("a,2019,2020\n5,1,2\n6,3,4\n", ",", Notation("."), True),
        ("a,b\n-1e-3,\u22122\n+4,NA\n", ",", Notation("."), True),
    ],
)
def test_a_dialect_is_told(text: str, delimiter: str, notation: Notation, header: bool) -> None:
    assert guess(text.encode()) == Dialect("utf-8", delimiter, notation, header)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_an_encoding_is_told_and_its_mark_is_no_part_of_a_name(codec: str, encoding: str) -> None:
    content = "größe;höhe\r\n1,5;2\r\n3;4\r\n".encode(codec)
    dialect = guess(content)
    assert dialect.encoding == encoding
    table = read_table(content, dialect, "x.csv")
    assert [column.name for column in table.columns] == ["größe", "höhe"]


def test_bytes_that_are_no_text_in_an_encoding_are_refused_with_the_place() -> None:
    with pytest.raises(TableError, match=r"bytes from 2 on are no text in UTF-8: choose another"):
        text_of(b"ab\xff\xfe", "utf-8")
    with pytest.raises(TableError, match="character of number zero"):
        text_of(b"a\0b", "utf-8")


CELLS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="#"), min_size=1, max_size=6
)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from([sign for sign in DELIMITERS if sign != " "]),
)
def test_what_a_program_writes_is_read_again(rows: list[list[str]], delimiter: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([["one", "two"], *rows])
    assert list(rows_of(stream.getvalue(), delimiter)) == [["one", "two"], *rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused_in_one_sentence(content: bytes) -> None:
    with suppress(TableError):
        table = read_table(content, guess(content), "x.csv")
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert all(len(column.cells) == len(table) for column in table.columns)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(NOTATIONS))
def test_a_number_is_read_as_it_was_written(value: float, notation: Notation) -> None:
    written = repr(value).replace(".", notation.decimal)
    assert notation.value(written) == value


@pytest.mark.parametrize(
    "cell", ["1_000", "0x10", "1.2.3", "1,2,3", "12 kg", "inf", "1e", "", "٣x"]
)
def test_what_only_looks_like_a_number_is_none(cell: str) -> None:
    assert [notation for notation in NOTATIONS if notation.matches(cell)] == []


def test_digits_of_any_script_are_numbers() -> None:
    assert Notation(".").value("\u0663.\u0664") == 3.4
    assert Notation(".").value("\u22125") == -5.0


def test_a_cell_far_longer_than_any_number_is_none() -> None:
    notation = Notation()
    assert notation.value("0" * 999 + "7") == 7.0
    assert notation.value("0" * 1_000 + "7") is None
    assert not notation.matches("\u0663" * 10_000)


@pytest.mark.parametrize(
    "text", ["a\0,b\n1,2\n", "\0" * 40, "1,2\n\ud800,3\n", "\ufeff1,2", "\xff\xfe1"]
)
def test_what_was_copied_is_read_as_it_was_whatever_is_in_it(text: str) -> None:
    content = bytes_of_copied(text)
    dialect = guess(content)
    assert dialect.encoding == "utf-8"
    read = text_of(content, dialect.encoding)
    assert len(read) == len(text.removeprefix("\ufeff"))
    assert [letter for letter in read if letter in "0123456789,\n"] == [
        letter for letter in text if letter in "0123456789,\n"
    ]
