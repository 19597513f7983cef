"""One file for each bench, one owner for each file, however the owner before it ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.errors import ExperimentError
from model.files.experiment_file import dump
from model.files.kept.bench import BenchState, experiment_text, read_state, usable_path, written
from model.files.kept.lock import MAX_SILENCE_S, Lock
from model.files.kept.shelf import MAX_BENCHES, Shelf
from model.files.library import open_experiment
from model.path.saved import saved_path
from tests.conftest import PROJECT

# Owns a bench and says so; then waits to be killed.
OWNER = """
import sys
from pathlib import Path
from model.files.kept.bench import BenchState
from model.files.kept.shelf import Shelf

bench = Shelf(Path(sys.argv[1])).new()
bench.write(BenchState("Other"), ["{}"])
print(bench.file, flush=True)
sys.stdin.read()
"""


def some_text() -> str:
    experiment = open_experiment("Several steps")
    return dump(experiment, saved_path(experiment), 0)


def test_what_is_kept_comes_back_with_its_state(tmp_path: Path) -> None:
    state = BenchState("Zwölf \udcff", tmp_path / "a \udcfe.json", True, True, False)
    bench = Shelf(tmp_path / "benches").new()
    bench.write(state, [some_text()])
    assert bench.state() == state
    assert experiment_text(bench.file.read_text(encoding="utf-8")).strip() == some_text().strip()
    assert open_experiment(str(bench.file)).name == "Several steps"


def test_what_is_no_kept_bench_is_read_as_it_is() -> None:
    for text in ("", "{}", some_text(), '{"format": "weightbench/bench", \n}'):
        assert experiment_text(text) == text


@pytest.mark.parametrize("cut", [0, 1, 20, 60, 100])
def test_a_first_line_that_is_cut_short_is_a_fault(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "bench-a.json"
    file.write_text("".join(written(BenchState("x"), ["{}"]))[:cut])
    with pytest.raises(ExperimentError, match="is no bench that was kept"):
        read_state(file)


@pytest.mark.parametrize(
    "value",
    [None, 3, [], ["/a"], "", " ", "a", "./a", "/\0", "/" + "x" * 4096, "/" + "x" * 256, "/\ud800"],
)
def test_what_can_be_no_path_is_none(value: object) -> None:
    assert usable_path(value) is None


def test_a_bench_has_one_owner_at_a_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    bench = shelf.new()
    bench.write(BenchState("x"), ["{}"])
    assert shelf.claim(bench.file) is None
    assert shelf.unowned() == []
    bench.release()
    (again,) = shelf.unowned()
    assert again.file == bench.file
    assert again.owned
    assert shelf.claim(bench.file) is None
    again.remove()
    assert list(tmp_path.iterdir()) == []


def test_the_bench_of_another_process_is_free_once_that_is_killed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    command = [sys.executable, "-c", OWNER, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        file = Path(owner.stdout.readline().strip())
        assert shelf.claim(file) is None
        owner.kill()
        owner.wait()
        bench = shelf.claim(file)
    assert bench is not None
    assert bench.state() == BenchState("Other")


def test_the_bench_of_another_computer_is_free_once_nothing_is_heard_of_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    bench = shelf.new()
    bench.write(BenchState("x"), ["{}"])
    bench.release()
    lock = bench.file.with_suffix(".lock")
    lock.write_text("another.example 4711 0123456789abcdef")
    assert shelf.claim(bench.file) is None
    long_ago = time.time() - MAX_SILENCE_S - 1
    os.utime(lock, (long_ago, long_ago))
    assert shelf.claim(bench.file) is not None


@pytest.mark.parametrize("record", [b"", b"garbage", b"\xff\0" * 400, b"a b c", b"x 99 y z"])
def test_whatever_stands_in_a_lock_of_nobody_it_can_be_taken(tmp_path: Path, record: bytes) -> None:
    file = tmp_path / "a.lock"
    file.write_bytes(record)
    long_ago = time.time() - MAX_SILENCE_S - 1
    os.utime(file, (long_ago, long_ago))
    assert Lock.take(file) is not None


def test_an_owner_notices_that_another_computer_took_its_bench(tmp_path: Path) -> None:
    bench = Shelf(tmp_path).new()
    before = bench.owned
    bench.file.with_suffix(".lock").write_text("another.example 4711 0123456789abcdef")
    assert (before, bench.owned) == (True, False)
    bench.release()
    assert bench.file.with_suffix(".lock").read_text().startswith("another.example")


def test_locks_of_benches_that_never_were_are_removed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "bench-abc.lock").write_text("")
    (tmp_path / "notes.lock").write_text("")
    mine = shelf.new()
    assert shelf.unowned() == []
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"notes.lock", mine.file.with_suffix(".lock").name}


def test_there_are_only_so_many_benches(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(MAX_BENCHES):
        (tmp_path / f"bench-{number}.json").touch()
    with pytest.raises(OSError, match="benches are kept in"):
        shelf.new()


def test_only_ordinary_files_of_its_names_are_benches(tmp_path: Path) -> None:
    (tmp_path / "bench-1.json").mkdir()
    (tmp_path / "bench-a b.json").touch()
    (tmp_path / "other.json").touch()
    (tmp_path / "bench-2.told.json").touch()
    shelf = Shelf(tmp_path)
    assert shelf.files() == [tmp_path / "bench-2.told.json"]
    assert tmp_path / "other.json" not in shelf
    assert tmp_path / "bench-2.told.json" in shelf
