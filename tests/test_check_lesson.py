"""The command that checks a lesson: what it prints, how it ends, and that it needs no window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gui.__main__ import main
from tests.model.lessons.made_up import SMALL

PROJECT = Path(__file__).resolve().parents[1]


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_lesson_that_passes_is_said_with_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, SMALL)

    assert main(["--check-lesson", str(file)]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{file}: nothing is wrong. Pages: 2, numbers computed: 11, ")
    assert "wrong answers: 3, tasks: 1, claims that hold: 1" in line


def test_each_fault_is_a_line_that_names_the_file_as_it_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, SMALL.replace("at = 0", "at = -1").replace('do = "Press', 'du = "Press'))
    monkeypatch.chdir(tmp_path)

    assert main(["--check-lesson", "mine.md"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["mine.md:28", "mine.md:50"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"# A lesson\n", b"+++\n+++\n"])
def test_what_is_no_lesson_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(content)

    assert main(["--check-lesson", str(file)]) == 1
    assert capsys.readouterr().out.startswith(f"{file}:")


@pytest.mark.parametrize("name", ["", "no-such.md", ".", "a\0b"])
def test_what_is_no_file_is_nonsense(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check-lesson", name]) == 2
    assert "no file" in capsys.readouterr().err


def test_nothing_of_the_window_is_imported() -> None:
    code = (
        "import sys\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "from gui.__main__ import main\n"
        "sys.exit(main(['--check-lesson', 'resources/lessons/07-freezing-one-weight.md']))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert "nothing is wrong" in result.stdout
