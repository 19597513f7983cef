"""Downloading where others are at work, too: other processes, and other users."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT
from tests.model.files import mnist_server as faults
from tests.model.files.mnist_server import MnistServer
from tests.model.files.test_download import FILES, FIRST, PACKED, check_complete, get, names_in


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 is not to be reached through a proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[MnistServer]:
    with MnistServer(PACKED) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "mnist"


# What a download that was killed has left behind.


def part_folder(folder: Path, days: float, file_days: float) -> Path:
    part = folder / f".part-{days}-{file_days}"
    part.mkdir(parents=True)
    (part / FIRST).write_bytes(PACKED[FIRST][:100])
    for path, age in ((part / FIRST, file_days), (part, days)):
        then = time.time() - age * 24 * 3600
        os.utime(path, (then, then))
    return part


def test_old_parts_are_swept(folder: Path, server: MnistServer, tmp_path: Path) -> None:
    old = part_folder(folder, 1.1, 1.1)
    older = part_folder(folder, 400, 40)
    fresh = part_folder(folder, 0, 0)
    alive = part_folder(folder, 3, 0.01)
    mine = folder / "part-of-mine"
    mine.mkdir()
    get(folder, server)
    assert not old.exists()
    assert not older.exists()
    assert names_in(folder) == {*PACKED, fresh.name, alive.name, mine.name}


def test_what_only_looks_like_an_old_part_is_left_alone(
    folder: Path, server: MnistServer, tmp_path: Path
) -> None:
    elsewhere = part_folder(tmp_path / "elsewhere", 3, 3)
    folder.mkdir(parents=True)
    try:
        (folder / ".part-link").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    (folder / ".part-file").write_text("a file")
    old = part_folder(folder, 3, 3)
    get(folder, server)
    assert (elsewhere / FIRST).exists()
    assert (folder / ".part-file").exists()
    assert not old.exists()


# Two at once, and somebody else's folder.

DOWNLOAD = """
import json, sys
from pathlib import Path
from model.files.download import download_mnist
from model.files.survey.published import PublishedFile

folder, url, files = json.loads(sys.stdin.read())
download_mnist(
    Path(folder), mirrors=[url], files={name: PublishedFile(*file) for name, file in files.items()}
)
"""


def test_two_processes_at_once(folder: Path, server: MnistServer) -> None:
    both = threading.Barrier(2)

    def together(handler: Any) -> None:
        # Not before the other has asked, too.
        both.wait(30.0)
        faults.whole(PACKED[FIRST])(handler)

    server.answers[FIRST] = together
    files = {name: (file.sha256, file.n_bytes) for name, file in FILES.items()}
    order = json.dumps([str(folder), server.url, files])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", DOWNLOAD],
            cwd=PROJECT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda process: process.communicate(order, timeout=120), processes))
    assert [errors for _, errors in ends] == ["", ""]
    assert [process.returncode for process in processes] == [0, 0]
    assert server.asked.count(FIRST) == 2
    check_complete(folder)


AS_ANOTHER = """
import importlib, os, sys
from pathlib import Path

# While it may still read them.
for name in (
    "encodings.idna",
    "pooch",
    "requests",
    "model.digits",
    "model.files.download",
    "model.files.idx",
):
    importlib.import_module(name)
from model.files.download import download_mnist
from model.files.survey.published import PublishedFile
from model.errors import DigitsError

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
folder, url = sys.argv[1:]
try:
    download_mnist(Path(folder), mirrors=[url], files={"a": PublishedFile("0" * 64, 3)})
except DigitsError as error:
    print(error)
"""


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that every user may look into, which the folder of a test is not."""
    with tempfile.TemporaryDirectory(prefix="wb-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only the superuser can become another user; others have `read_only`",
)
@pytest.mark.parametrize("within", ["", "mnist", "deeper/mnist"])
def test_cache_that_belongs_to_another_user(
    open_to_all: Path, server: MnistServer, within: str
) -> None:
    cache = open_to_all / "cache"
    cache.mkdir()
    cache.chmod(0o555)
    folder = cache / within
    done = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, str(folder), server.url],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if "PermissionError" in done.stderr and "setuid" in done.stderr:
        pytest.skip("this process may not become another user")
    assert done.stderr == ""
    assert done.stdout.startswith(f"MNIST cannot be written to the folder {folder} (")
    assert len(done.stdout.splitlines()) == 1
    assert server.asked == []
    assert list(cache.iterdir()) == []
