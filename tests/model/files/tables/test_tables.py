"""A table of numbers becomes an experiment, or it is said why it cannot."""

from __future__ import annotations

import csv
import io
import math
import statistics
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.digits import DigitSet
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.files.kinds import is_table
from model.files.tables.choice import Choice, experiment_of, remarks, suggest
from model.files.tables.dialect import guess
from model.files.tables.errors import TableError
from model.files.tables.opening import Wanted, column_names, experiment_of_table
from model.files.tables.table import Table, read_table
from model.path.saved import new_path

EUROPEAN = (
    '\ufeffName;"Größe\r\n(cm)";Gewicht;Alter;\r\n'
    '"Müller, A";"1,80";"75,5";30;\r\n"Weiß";1,65;60,0;;\r\n"Ö";1,7;70;40;\r\n'
)


def table_of(text: str) -> Table:
    content = text.encode()
    return read_table(content, guess(content), "data.csv")


def inputs_of(experiment: Experiment) -> list[list[float]]:
    rows: list[list[float]] = experiment.setup.examples.base_inputs.tolist()
    return rows


def targets_of(experiment: Experiment) -> list[list[float]]:
    rows: list[list[float]] = experiment.setup.examples.base_targets.tolist()
    return rows


def test_semicolons_decimal_commas_a_mark_umlauts_line_breaks_and_an_empty_column() -> None:
    table = table_of(EUROPEAN)
    assert [column.name for column in table.columns] == ["Name", "Größe (cm)", "Gewicht", "Alter"]
    assert table.columns[0].cells[0] == "Müller, A"
    assert table.columns[1].values.tolist() == [1.8, 1.65, 1.7]
    assert math.isnan(table.columns[3].values[1])


def test_a_missing_cell_is_named_by_row_and_column_and_its_row_can_be_left_out() -> None:
    table = table_of(EUROPEAN)
    choice = suggest(table)
    assert choice == Choice(("Größe (cm)", "Gewicht"), ("Alter",))
    with pytest.raises(TableError, match="no value in row 3 of “Alter”: write one there, or"):
        experiment_of(table, choice, "x")
    experiment = experiment_of(table, replace(choice, missing="leave out"), "x")
    assert inputs_of(experiment) == [[1.8, 75.5], [1.7, 70.0]]
    assert targets_of(experiment) == [[30.0], [40.0]]
    assert experiment.about == "2 of the rows of data.csv; one without a value is left out."


def test_rows_are_numbered_as_a_spreadsheet_does_even_below_empty_ones() -> None:
    table = table_of("a,b\n1,2\n,\n\n3,\n4,5\n")
    assert table.rows.tolist() == [2, 5, 6]
    with pytest.raises(TableError, match="row 5 of “b”"):
        experiment_of(table, Choice(("a",), ("b",)), "x")


def test_words_become_a_column_for_each_value_on_request_alone() -> None:
    table = table_of("size,colour,kind\n1,red,x\n2,blue,y\n3,red,x\n")
    with pytest.raises(TableError, match="“colour” holds words, such as “red” in row 2"):
        experiment_of(table, Choice(("size", "colour"), ("kind",), frozenset(("kind",))), "x")
    choice = Choice(("size", "colour"), ("kind",), frozenset(("colour", "kind")))
    experiment = experiment_of(table, choice, "x")
    assert experiment.inputs == ("size", "colour = blue", "colour = red")
    assert experiment.outputs == ("x", "y")
    assert inputs_of(experiment) == [[1, 0, 1], [2, 1, 0], [3, 0, 1]]
    assert targets_of(experiment) == [[1, 0], [0, 1], [1, 0]]


def test_constant_columns_and_identifiers_are_pointed_out_and_not_suggested() -> None:
    table = table_of("id,one,x,who,y\n1,7,5,ann,1\n2,7,6,bob,2\n3,7,8,cat,4\n4,7,9,dan,8\n")
    assert suggest(table) == Choice(("x",), ("y",))
    said = " ".join(remarks(table))
    assert "“one” is the same in every row" in said
    assert "“id” seems to number or name the rows" in said
    assert "“who” seems to number or name the rows" in said
    assert "“x”" not in said


def test_a_few_numbers_in_a_row_may_be_what_was_measured() -> None:
    assert suggest(table_of("x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n")).inputs == ("x",)


def test_standardised_inputs_keep_the_raw_ones_and_a_constant_input_beside_them() -> None:
    table = table_of("a,b,same,y\n1,10,3,1\n2,30,3,2\n6,20,3,4\n")
    choice = Choice(("a", "b", "same"), ("y",), scale="standard")
    experiment = experiment_of(table, choice, "x")
    assert experiment.inputs == ("a", "b", "same", "constant")
    assert experiment.constant == "constant"
    for column, values in ((0, (1, 2, 6)), (1, (10, 30, 20))):
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        for row, value in enumerate(values):
            assert inputs_of(experiment)[row][column] == pytest.approx(
                (value - mean) / deviation, rel=1e-12
            )
    assert [row[2:] for row in inputs_of(experiment)] == [[3.0, 1.0]] * 3
    assert experiment.transform is not None
    assert experiment.transform.raw[:, :3].tolist() == [[1, 10, 3], [2, 30, 3], [6, 20, 3]]
    without = experiment_of(table, replace(choice, constant=False), "x")
    assert without.constant is None


def test_inputs_from_zero_to_one() -> None:
    table = table_of("a,y\n2,1\n4,2\n10,4\n")
    experiment = experiment_of(table, Choice(("a",), ("y",), scale="unit"), "x")
    assert inputs_of(experiment) == [[0.0], [0.25], [1.0]]
    assert experiment.constant is None


def test_alpha_is_half_of_the_limit_of_the_examples() -> None:
    table = table_of("a,b,y\n3,4,1\n1,1,2\n")
    experiment = experiment_of(table, Choice(("a", "b"), ("y",)), "x")
    assert experiment.setup.alpha == pytest.approx(0.5 * 2 / (3**2 + 4**2), rel=1e-15)
    given_alpha = experiment_of(table, Choice(("a", "b"), ("y",), alpha=0.3), "x")
    assert given_alpha.setup.alpha == 0.3
    still = experiment_of(table_of("a,y\n0,1\n0,2\n"), Choice(("a",), ("y",)), "x")
    assert still.setup.alpha > 0


@pytest.mark.parametrize(
    ("text", "choice", "problem"),
    [
        ("a,b\n1,2\n", Choice((), ("b",)), "no input is chosen"),
        ("a,b\n1,2\n", Choice(("a",), ()), "no target is chosen"),
        ("a,b\n1,2\n", Choice(("a",), ("a",)), "“a” is chosen twice"),
        ("a,b\n1,2\n", Choice(("q",), ("b",)), "no column “q”: the columns are “a”, “b”"),
        ("a,b\n1,2\n1,x\n2,2\n", Choice(("a",), ("b",)), "“x” in row 3 of “b” is not a finite"),
        ("a,b\n1,\n,2\n", Choice(("a",), ("b",), missing="leave out"), "no row has a value"),
        ("a,b\n1,2e9\n2,1\n", Choice(("a",), ("b",)), "row 2 of “b” is beyond 1,000,000,000"),
        (
            "a,b\n" + "".join(f"w{i},1\nw{i},2\n" for i in range(101)),
            Choice(("a",), ("b",), frozenset(("a",))),
            "“a” has 101 different values",
        ),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(
    text: str, choice: Choice, problem: str
) -> None:
    with pytest.raises(TableError, match=problem) as fault:
        experiment_of(table_of(text), choice, "x")
    assert str(fault.value).startswith("data.csv: ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "there are no cells in it"),
        ("\n \n,,\n", "there are no cells in it"),
        ("a,b\n1,2\n3,4,5\n", "row 3 has 3 cells, and the header 2: look at that row"),
        ('a,b\n1,"2\n' + "x" * 200_000, "too long for a table, so a quote may not be closed"),
    ],
)
def test_a_table_that_cannot_be_read_is_said_with_the_row(text: str, problem: str) -> None:
    with pytest.raises(TableError, match=problem):
        table_of(text)


def test_columns_with_the_same_name_or_none_are_told_apart() -> None:
    table = table_of("a,a,,b\n1,2,3,4\n5,6,7,8\n")
    assert [column.name for column in table.columns] == ["a", "a (2)", "column 3", "b"]


@given(
    st.lists(
        st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False, width=32)] * 3), min_size=2, max_size=8
    ),
    st.sampled_from(["none", "standard", "unit"]),
)
def test_the_experiment_saves_and_reopens_to_the_last_bit(
    rows: list[tuple[float, float, float]], scale: str
) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("a", "b", "y"), *rows])
    table = table_of(stream.getvalue())
    choice = Choice(("a", "b"), ("y",), scale=scale)  # type: ignore[arg-type]
    experiment = experiment_of(table, choice, "x")
    text = dump(experiment, new_path(experiment), 0)
    again = parse(text, _no_images)
    assert np.array_equal(again.setup.examples.base_inputs, experiment.setup.examples.base_inputs)
    assert np.array_equal(again.setup.examples.base_targets, experiment.setup.examples.base_targets)
    assert again.inputs == experiment.inputs
    assert again.constant == experiment.constant
    assert dump(again, new_path(again), 0) == text


def _no_images(source: str, count: int) -> DigitSet:
    raise AssertionError(f"{count} images of {source} are not asked for")


def test_a_file_is_a_table_by_its_bytes_and_opens_with_what_was_said(tmp_path: Path) -> None:
    file = tmp_path / "heights.dat"
    file.write_bytes("höhe;gewicht;art\n1,5;2,5;x\n2;3;y\n".encode("cp1252"))
    assert is_table(file)
    assert not is_table(tmp_path)
    assert not is_table(tmp_path / "nothing.csv")
    experiment = experiment_of_table(file, Wanted(inputs=("HÖHE",), targets=("art",)))
    assert experiment.name == "heights"
    assert experiment.inputs == ("höhe",)
    assert experiment.outputs == ("x", "y")


def test_names_of_columns_in_one_text() -> None:
    assert column_names('a, "b, too",c') == ("a", "b, too", "c")
    for nonsense in ("", "a,,b", '"a'):
        with pytest.raises(TableError, match="is no list of names with commas"):
            column_names(nonsense)
