from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest

from model.files.saving import drop_unfinished, save_bytes, save_text, whole_file
from tests.conftest import PROJECT


def test_what_is_saved_is_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "zwölf")
    assert file.read_text(encoding="utf-8") == "zwölf"
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="No space"):
        save_bytes(file, b"new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


FULL_DISK = """
import resource, sys
from pathlib import Path
from model.files.saving import save_bytes

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
for size in (1_000, 99_000, 150_000, 400_000):
    try:
        save_bytes(Path(sys.argv[1]), bytes(size))
    except OSError as error:
        print(size, error.strerror)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_is_full_while_writing_leaves_no_litter(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    command = [sys.executable, "-c", FULL_DISK, str(file)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=True)
    assert [line.split()[0] for line in run.stdout.splitlines()] == ["150000", "400000"]
    assert file.stat().st_size == 99_000
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    ordinary, saved = tmp_path / "ordinary", tmp_path / "saved"
    ordinary.write_text("x")
    save_text(saved, "x")
    assert saved.stat().st_mode == ordinary.stat().st_mode


def test_a_link_stays_a_link_and_its_file_is_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    _link(link, real)
    save_text(link, "new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert list((tmp_path / "there").iterdir()) == [real]


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    _link(link, tmp_path / "real.txt")
    save_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


def test_links_in_a_circle_are_an_error_and_stay(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    _link(one, other)
    _link(other, one)
    with pytest.raises(OSError, match=r"symbolic links|one\.txt"):
        save_text(one, "new")
    assert {path for path in tmp_path.iterdir() if path.is_symlink()} == {one, other}
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o444])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    file.chmod(mode)
    save_text(file, "new")
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_private_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    file.chmod(0o600)
    with whole_file(file) as stream:
        stream.write(b"new")
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_the_umask_of_the_process_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another thread would make files with the wrong mode meanwhile.
    def changed(mask: int) -> int:
        raise AssertionError("the umask belongs to the whole process")

    monkeypatch.setattr(os, "umask", changed)
    save_text(tmp_path / "a.txt", "x")


def test_until_the_end_the_old_file_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "old")
    with whole_file(file) as stream:
        stream.write(b"new")
        stream.flush()
        assert file.read_text(encoding="utf-8") == "old"
    assert file.read_text(encoding="utf-8") == "new"


def test_an_interruption_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    save_text(file, "old")

    def interrupted() -> None:
        with whole_file(file) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_longest_name_that_a_disk_takes_can_be_saved(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 251 + ".txt")
    save_text(file, "x")
    assert file.read_text(encoding="utf-8") == "x"


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("links cannot be made here")


@pytest.mark.parametrize("through_a_link", [False, True])
def test_what_comes_with_the_program_is_never_written(tmp_path: Path, through_a_link: bool) -> None:
    own = Path(str(resources.files("resources"))) / "experiments" / "01-one-delta.json"
    before = own.read_bytes()
    file = own
    if through_a_link:
        file = tmp_path / "mine.json"
        file.symlink_to(own)
    with pytest.raises(PermissionError, match="belongs to Weightbench"):
        save_text(file, "mine")
    assert own.read_bytes() == before
    with pytest.raises(PermissionError):
        save_text(own.with_name("new.json"), "mine")
    assert not own.with_name("new.json").exists()


def test_what_is_being_written_is_dropped_where_the_process_ends(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b"before")
    with suppress(FileNotFoundError), whole_file(file) as stream:
        stream.write(b"after")
        drop_unfinished()
        assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == b"before"
