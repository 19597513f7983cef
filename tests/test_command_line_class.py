"""The command line in class: worksheets, collected answers, and what does not go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.__main__ import main
from gui.look.theme import look
from model.classroom.answers import Answers, GivenAnswer, answers_text

ONE = Answers(
    "one-delta", "Delta and weight_delta", "", (),
    (GivenAnswer("how_many", 1, "How many?", "Three", False, "split-evenly"),),
)  # fmt: skip


def test_answers_of_a_folder_become_a_table_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.json").write_text(answers_text(ONE), encoding="utf-8")

    assert main(["--collect", str(tmp_path)]) == 0

    assert "1 file of answers" in capsys.readouterr().out
    assert "split evenly" in (tmp_path / "answers.html").read_text(encoding="utf-8")
    assert (tmp_path / "answers.csv").read_text(encoding="utf-8").count("\n") == 2


def test_a_file_that_is_left_out_is_told_and_the_others_are_collected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.json").write_text(answers_text(ONE), encoding="utf-8")
    (tmp_path / "two.json").write_text(answers_text(ONE)[:-9], encoding="utf-8")

    assert main(["--collect", str(tmp_path)]) == 1

    assert "two.json" in capsys.readouterr().err
    assert (tmp_path / "answers.html").is_file()


def test_a_worksheet_is_a_pdf(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"

    assert main(["--worksheet", "the-update", str(file)]) == 0

    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    # The picture of the bench is in it.
    assert b"/Image" in content


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--collect", "nowhere"], "is no folder"),
        (["--collect", "."], "no file of answers"),
        (["--worksheet", "one-delta", "sheet.txt"], "must end in .pdf"),
        (["--worksheet", "no-such-lesson", "sheet.pdf"], "there is no lesson"),
        (["--answers"], "--answers goes with"),
        (["--pace", "3"], "--pace goes with"),
        (["--demo", "one-delta", "--pace", "soon"], "is not a number"),
        (["--demo", "one-delta", "--pace", "0"], "from 0.1 to 3600"),
        (["--demo", "one-delta", "--steps", "3"], "--demo goes with"),
        (["--language", "xx"], "none of en, de"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 2

    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_worksheet_leaves_the_type_of_the_window_as_it_is(tmp_path: Path) -> None:
    before = look.theme.font().pixelSize()

    assert main(["--worksheet", "the-update", str(tmp_path / "sheet.pdf")]) == 0

    assert look.theme.font().pixelSize() == before > 0
