from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest

from model.files.saving import drop_unfinished, remove_unfinished, save_bytes, save_text, whole_file
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


def test_what_cannot_be_begun_is_told_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "no such folder" / "a.pdf"
    with pytest.raises(FileNotFoundError) as told:
        save_bytes(file, b"x")
    assert told.value.filename == str(file)


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


# -- what is no ordinary file ---------------------------------------------------------------

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")


@needs_pipes
@pytest.mark.parametrize("through_link", [False, True])
def test_a_pipe_is_refused_and_stays(tmp_path: Path, through_link: bool) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    _link(link, pipe)
    with pytest.raises(OSError, match="pipe, and only ordinary files are replaced"):
        save_text(link if through_link else pipe, "new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@needs_pipes
def test_a_link_to_a_device_is_refused_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "a.json"
    _link(link, Path("/dev/null"))
    with pytest.raises(OSError, match="device, and only ordinary files"):
        save_text(link, "new")
    assert link.is_symlink()
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert list(tmp_path.iterdir()) == [link]


@needs_pipes
def test_a_socket_and_a_folder_are_refused_and_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        with pytest.raises(OSError, match="socket, and only ordinary files"):
            save_text(Path("s"), "new")
    Path("folder").mkdir()
    with pytest.raises(OSError, match="folder, and only ordinary files"):
        save_text(Path("folder"), "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "s"]


@needs_pipes
def test_what_became_a_pipe_while_it_was_written_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    def write() -> None:
        with whole_file(file) as stream:
            stream.write(b"new")
            os.mkfifo(file)

    with pytest.raises(OSError, match="pipe"):
        write()
    assert stat.S_ISFIFO(file.stat().st_mode)
    assert list(tmp_path.iterdir()) == [file]


# -- what ended programs left ---------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from model.files.saving import whole_file

with whole_file(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@needs_pipes
def test_what_a_killed_program_left_is_removed_by_the_next_save_there(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    subprocess.run([sys.executable, "-c", KILLED, str(file)], cwd=PROJECT, check=False)
    assert len(list(tmp_path.iterdir())) == 2
    assert file.read_text() == "old"
    save_text(file, "new")
    assert list(tmp_path.iterdir()) == [file]


@needs_pipes
def test_what_others_left_or_are_writing_is_left_alone(tmp_path: Path) -> None:
    with whole_file(tmp_path / "mine.txt") as stream:
        mine = Path(stream.name)
        name = re.fullmatch(
            r"(\.mine\.txt\.)([0-9a-f]{8})-\d+-([0-9a-f]{8}\.unfinished)", mine.name
        )
        assert name is not None
        others = [
            tmp_path / f"{name[1]}00000000-1-{name[3]}",  # of another computer
            tmp_path / f"{name[1]}{name[2]}-{os.getppid()}-{name[3]}",  # of one that runs
            tmp_path / ".mine.txt.unfinished",
            tmp_path / f"{name[1]}{name[2]}-x-{name[3]}",
            tmp_path / ".mine.txt.1234abcd",
        ]
        for other in others:
            other.write_text("x")
        folder = tmp_path / f"{name[1]}{name[2]}-{ended_pid()}-{name[3]}"
        folder.mkdir()
        link = tmp_path / f".x{name[1]}{name[2]}-{ended_pid()}-{name[3]}"
        _link(link, others[0])
        remove_unfinished(tmp_path)
        assert mine.exists()
        assert all(other.exists() for other in others)
        assert folder.is_dir()
        assert link.is_symlink()


def test_what_is_unfinished_for_a_day_is_removed_whoever_began_it(tmp_path: Path) -> None:
    old, young = (tmp_path / f".a.00000000-1-0000000{n}.unfinished" for n in (1, 2))
    for file in (old, young):
        file.write_text("x")
    os.utime(old, (1e9, 1e9))
    remove_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == [young]


def ended_pid() -> int:
    """The number of a process that is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


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
