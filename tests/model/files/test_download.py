"""Downloading: whatever the servers and the disk do, only the published files stay."""

import errno
import gzip
import hashlib
import itertools
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

import pytest

from model.errors import DigitsError
from model.files.download import (
    MIRRORS,
    DownloadCancelled,
    download_mnist,
)
from model.files.mnist import MNIST_FILES, load_mnist
from model.files.survey.published import PUBLISHED_FILES, PublishedFile
from tests.model.files import mnist_server as faults
from tests.model.files.mnist_server import Answer, MnistServer, idx

SIDE = 28
N_IMAGES = 100
FIRST = f"{MNIST_FILES[0]}.gz"
# Longer than any wait in these tests: a test that has to wait for it has failed.
LONG = 60.0


def made_up_contents() -> dict[str, bytes]:
    """Four files in the form of MNIST's; noise, so that packing does not make them small."""
    noise = b"".join(hashlib.sha256(bytes([i // 256, i % 256])).digest() for i in range(2450))
    labels = bytes(byte % 10 for byte in noise[:N_IMAGES])
    images = idx((N_IMAGES, SIDE, SIDE), noise[: N_IMAGES * SIDE * SIDE])
    train_images, train_labels, test_images, test_labels = MNIST_FILES
    return {
        train_images: images,
        train_labels: idx((N_IMAGES,), labels),
        test_images: idx((1, SIDE, SIDE), noise[-SIDE * SIDE :]),
        test_labels: idx((1,), b"\4"),
    }


CONTENTS = made_up_contents()
PACKED = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in CONTENTS.items()}
FILES = {
    name: PublishedFile(hashlib.sha256(content).hexdigest(), len(content))
    for name, content in CONTENTS.items()
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 is not to be reached through a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(10.0)
        assert not thread.is_alive(), f"{thread.name} was left behind"


@pytest.fixture
def server() -> Iterator[MnistServer]:
    with MnistServer(PACKED) as running:
        yield running


@pytest.fixture
def other() -> Iterator[MnistServer]:
    """A second, good mirror."""
    with MnistServer(PACKED) as running:
        yield running


@pytest.fixture
def closed() -> str:
    """The address of a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "mnist"


def get(folder: Path, *servers: MnistServer | str, **options: Any) -> None:
    mirrors = [server if isinstance(server, str) else server.url for server in servers]
    options.setdefault("timeout", LONG)
    download_mnist(folder, mirrors=mirrors, files=FILES, **options)


def refusal(folder: Path, *servers: MnistServer | str, **options: Any) -> str:
    with pytest.raises(DigitsError) as caught:
        get(folder, *servers, **options)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def check_complete(folder: Path) -> None:
    """All four files and nothing else, byte for byte, and fit to be learnt from."""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == PACKED
    assert load_mnist(folder, N_IMAGES).images.shape == (N_IMAGES, SIDE * SIDE)


# All is well.


def test_download(folder: Path, server: MnistServer) -> None:
    get(folder, server)
    check_complete(folder)
    assert server.asked == list(PACKED)


def test_progress(folder: Path, server: MnistServer) -> None:
    calls: list[tuple[int, int | None, str]] = []
    get(folder, server, progress=lambda *call: calls.append(call))
    for name, packed in PACKED.items():
        done = [n for n, _, file_name in calls if file_name == name]
        assert done == sorted(set(done))
        assert done[-1] == len(packed)
        assert {total for _, total, file_name in calls if file_name == name} == {len(packed)}
    assert len([call for call in calls if call[2] == FIRST]) > 2


def test_size_unknown(folder: Path, server: MnistServer) -> None:
    server.answers[FIRST] = faults.without_length(PACKED[FIRST])
    totals = set()
    get(folder, server, progress=lambda _, total, name: totals.add((name, total)))
    check_complete(folder)
    assert (FIRST, None) in totals


def test_redirect(folder: Path, server: MnistServer, other: MnistServer) -> None:
    server.answers[FIRST] = faults.redirect(other.url + FIRST)
    get(folder, server)
    check_complete(folder)
    assert other.asked == [FIRST]


def test_redirect_with_an_endless_page(
    folder: Path, server: MnistServer, other: MnistServer
) -> None:
    server.answers[FIRST] = faults.redirect_endless(other.url + FIRST)
    get(folder, server)
    check_complete(folder)


def test_server_that_declares_the_file_as_packed_content(folder: Path, server: MnistServer) -> None:
    server.answers[FIRST] = faults.declared_packed(PACKED[FIRST])
    get(folder, server)
    check_complete(folder)


def test_other_packing_of_the_same_content(folder: Path, server: MnistServer) -> None:
    repacked = gzip.compress(CONTENTS[MNIST_FILES[0]], 1, mtime=1)
    assert repacked != PACKED[FIRST]
    server.answers[FIRST] = faults.whole(repacked)
    get(folder, server)
    assert (folder / FIRST).read_bytes() == repacked
    load_mnist(folder, N_IMAGES)


def test_nothing_is_printed_or_logged(
    folder: Path,
    server: MnistServer,
    other: MnistServer,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.answers[FIRST] = faults.cut(PACKED[FIRST])
    caplog.set_level(logging.INFO)
    get(folder, server, other)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_published_files_from_a_local_server(folder: Path, mnist_folder: Path) -> None:
    bodies = {f"{name}.gz": (mnist_folder / f"{name}.gz").read_bytes() for name in MNIST_FILES}
    with MnistServer(bodies) as server:
        download_mnist(folder, mirrors=[server.url])
    assert load_mnist(folder, 10).labels.tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]


def test_there_are_several_mirrors_and_all_four_hashes() -> None:
    assert len(set(MIRRORS)) >= 2
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in MIRRORS)
    assert tuple(PUBLISHED_FILES) == MNIST_FILES


# What is there already.


def test_files_that_are_there_are_not_downloaded_again(folder: Path, server: MnistServer) -> None:
    get(folder, server)
    server.asked.clear()
    get(folder, server)
    assert server.asked == []
    check_complete(folder)


def test_unpacked_file_that_is_there_counts(folder: Path, server: MnistServer) -> None:
    folder.mkdir(parents=True)
    (folder / MNIST_FILES[0]).write_bytes(CONTENTS[MNIST_FILES[0]])
    get(folder, server)
    assert FIRST not in server.asked
    assert FIRST not in names_in(folder)


@pytest.mark.parametrize(
    "content",
    [b"", PACKED[FIRST][:-1], PACKED[FIRST] + b"!", gzip.compress(CONTENTS[MNIST_FILES[0]] + b"!")],
)
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_damaged_file_that_is_there_is_replaced(
    folder: Path, server: MnistServer, content: bytes, suffix: str
) -> None:
    folder.mkdir(parents=True)
    (folder / f"{MNIST_FILES[0]}{suffix}").write_bytes(content)
    get(folder, server)
    assert (folder / FIRST).read_bytes() == PACKED[FIRST]
    load_mnist(folder, N_IMAGES)


def test_complete_folder_needs_no_network(folder: Path, server: MnistServer, closed: str) -> None:
    get(folder, server)
    get(folder, closed)


# One mirror fails: the next one helps. All fail: one sentence says how.

BAD_ANSWERS: dict[str, tuple[Answer, str]] = {
    "not found": (faults.status(404), "answered with HTTP status 404"),
    "server error": (faults.status(503), "answered with HTTP status 503"),
    "empty": (faults.whole(b""), "sent something else than the published file"),
    "a web page": (faults.whole(b"<html>Log in"), "sent something else than the published file"),
    "wrong bytes": (
        faults.whole(PACKED[FIRST][:999] + b"!" + PACKED[FIRST][1000:]),
        "sent something else than the published file",
    ),
    "other digits": (
        faults.whole(gzip.compress(CONTENTS[MNIST_FILES[2]])),
        "sent something else than the published file",
    ),
    "cut": (faults.cut(PACKED[FIRST]), "broke off the transfer"),
    "cut unannounced": (
        faults.cut_without_length(PACKED[FIRST]),
        "sent something else than the published file",
    ),
    "decompression bomb": (
        faults.whole(gzip.compress(bytes(50_000_000))),
        "sent something else than the published file",
    ),
    "endless": (faults.endless, "sent more bytes than the file can have"),
    "announced too long": (
        faults.with_length(PACKED[FIRST], 3_000_000_000),
        "announced more bytes than the file can have",
    ),
    "announced far too long": (
        faults.with_length(b"", "9" * 5000),
        "announced more bytes than the file can have",
    ),
    "nonsense length": (faults.nonsense_length(PACKED[FIRST]), "broke off the transfer"),
}
SLOW_ANSWERS: dict[str, tuple[Answer, str]] = {
    "stalled": (faults.stall(PACKED[FIRST]), "sent nothing for 0.3 seconds"),
    "dripping": (faults.drip(PACKED[FIRST]), "sent nothing for 0.3 seconds"),
}
NO_ANSWERS: dict[str, tuple[Answer, str]] = {
    "silent": (faults.silent, "seems to be offline"),
    "hangs up": (faults.hang_up, "seems to be offline"),
    "not HTTP": (faults.nonsense, "seems to be offline"),
}
ANSWERS = BAD_ANSWERS | SLOW_ANSWERS | NO_ANSWERS


@pytest.mark.parametrize("kind", ANSWERS)
def test_fault_of_the_only_mirror(folder: Path, server: MnistServer, kind: str) -> None:
    server.answers[FIRST], says = ANSWERS[kind]
    timeout = LONG if kind in BAD_ANSWERS else 0.3
    sentence = refusal(folder, server, timeout=timeout)
    assert says in sentence
    assert FIRST in sentence
    assert '"Digits, 8x8"' in sentence
    assert names_in(folder) == set()


@pytest.mark.parametrize("kind", ANSWERS)
def test_next_mirror_helps(
    folder: Path, server: MnistServer, other: MnistServer, kind: str
) -> None:
    server.answers[FIRST] = ANSWERS[kind][0]
    get(folder, server, other, timeout=LONG if kind in BAD_ANSWERS else 0.3)
    check_complete(folder)
    # A mirror that has failed is not asked for the next files while another one serves.
    assert server.asked == [FIRST]
    assert other.asked == list(PACKED)


def test_dead_mirror(folder: Path, closed: str, server: MnistServer) -> None:
    get(folder, closed, server)
    check_complete(folder)


def test_each_mirror_has_one_file_only(
    folder: Path, server: MnistServer, other: MnistServer
) -> None:
    names = list(PACKED)
    for name in names[::2]:
        server.answers[name] = faults.status(404)
    for name in names[1::2]:
        other.answers[name] = faults.status(404)
    get(folder, server, other)
    check_complete(folder)


def test_offline(folder: Path, closed: str) -> None:
    sentence = refusal(folder, closed)
    assert "this computer seems to be offline" in sentence
    assert '"Digits, 8x8"' in sentence


def test_name_that_does_not_exist(folder: Path) -> None:
    assert "seems to be offline" in refusal(folder, "http://mirror.invalid/")


def test_endless_answer_is_cut_off_where_the_file_must_end(
    folder: Path, server: MnistServer
) -> None:
    server.answers[FIRST] = faults.endless
    received: list[int] = []
    refusal(folder, server, progress=lambda n, _total, _name: received.append(n))
    assert received[-1] < 1.1 * len(CONTENTS[MNIST_FILES[0]])


def test_decompression_bomb_is_not_unpacked(folder: Path, server: MnistServer) -> None:
    server.answers[FIRST] = faults.whole(gzip.compress(bytes(60_000_000)))
    polls = itertools.count()  # one for each chunk that arrives, one for each megabyte unpacked
    refusal(folder, server, cancelled=lambda: next(polls) < 0)
    assert next(polls) < 30


def test_mirror_without_a_secure_connection(folder: Path, server: MnistServer) -> None:
    sentence = refusal(folder, server.url.replace("http:", "https:"))
    assert "offered no connection that can be trusted" in sentence
    assert "offline" not in sentence


def test_each_mirror_is_named_with_its_fault(
    folder: Path, server: MnistServer, other: MnistServer, closed: str
) -> None:
    server.answers[FIRST] = faults.status(404)
    other.answers[FIRST] = faults.cut(PACKED[FIRST])
    sentence = refusal(folder, server, other, closed)
    for url, says in (
        (server.url, "answered with HTTP status 404"),
        (other.url, "broke off the transfer"),
        (closed, "could not be reached"),
    ):
        assert f"{url[7:-1]} {says}" in sentence
    assert "offline" not in sentence


def test_files_that_were_complete_stay(folder: Path, server: MnistServer) -> None:
    last = list(PACKED)[-1]
    server.answers[last] = faults.status(404)
    assert last in refusal(folder, server)
    assert names_in(folder) == set(PACKED) - {last}


def test_old_file_stays_until_the_new_one_is_whole(folder: Path, server: MnistServer) -> None:
    folder.mkdir(parents=True)
    (folder / FIRST).write_bytes(b"old")
    server.answers[FIRST] = faults.cut(PACKED[FIRST])
    refusal(folder, server)
    assert (folder / FIRST).read_bytes() == b"old"
    assert names_in(folder) == {FIRST}


# Cancelling. The long timeout proves that cancelling does not wait for it.


def test_cancelled_before_it_starts(folder: Path, server: MnistServer) -> None:
    with pytest.raises(DownloadCancelled):
        get(folder, server, cancelled=lambda: True)
    assert names_in(folder) == set()


def test_cancelled_midway(folder: Path, server: MnistServer) -> None:
    received: list[int] = []
    with pytest.raises(DownloadCancelled):
        get(
            folder,
            server,
            progress=lambda n, _total, _name: received.append(n),
            cancelled=lambda: len(received) >= 2,
        )
    assert len(received) == 2
    assert received[-1] < len(PACKED[FIRST])
    assert names_in(folder) == set()


def test_cancelled_after_one_file(folder: Path, server: MnistServer) -> None:
    names: set[str] = set()
    with pytest.raises(DownloadCancelled):
        get(
            folder,
            server,
            progress=lambda _n, _total, name: names.add(name),
            cancelled=lambda: len(names) == 2,
        )
    assert names_in(folder) == {FIRST}


def test_cancelled_before_the_server_answers(folder: Path, server: MnistServer) -> None:
    server.answers[FIRST] = faults.silent
    polls = itertools.count()
    with pytest.raises(DownloadCancelled):
        get(folder, server, cancelled=lambda: next(polls) > 5)
    assert names_in(folder) == set()


def test_cancelled_during_a_stall(folder: Path, server: MnistServer) -> None:
    server.answers[FIRST] = faults.stall(PACKED[FIRST])
    polls = itertools.count()
    with pytest.raises(DownloadCancelled):
        get(folder, server, cancelled=lambda: next(polls) > 9)  # half the file is 3 chunks
    assert names_in(folder) == set()
    # The transfer has ended too, while the server is still holding the line.
    transfers = [thread for thread in threading.enumerate() if thread.name == "mnist-transfer"]
    for thread in transfers:
        thread.join(5.0)
        assert not thread.is_alive()


def test_error_in_the_callers_progress_leaves_nothing(folder: Path, server: MnistServer) -> None:
    def broken(n: int, total: int | None, name: str) -> None:
        raise KeyError(name)

    with pytest.raises(KeyError):
        get(folder, server, progress=broken)
    assert names_in(folder) == set()


# The disk.


class FullAfterOneChunk:
    """A file on a disk that has room for one chunk more."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = path.open("xb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()

    def write(self, chunk: bytes) -> int:
        if self.file.tell():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(chunk)


def full_device(_path: Path) -> object:
    """Open the device that the kernel has for this purpose."""
    return Path("/dev/full").open("ab")


FULL_DISKS = [FullAfterOneChunk] + ([full_device] if Path("/dev/full").exists() else [])


@pytest.mark.parametrize("open_on_full_disk", FULL_DISKS)
def test_no_space(
    folder: Path,
    server: MnistServer,
    monkeypatch: pytest.MonkeyPatch,
    open_on_full_disk: Callable[[Path], object],
) -> None:
    open_path = Path.open

    def open_(path: Path, mode: str = "r") -> object:
        return open_on_full_disk(path) if mode == "wb" else open_path(path, mode)

    monkeypatch.setattr(Path, "open", open_)
    sentence = refusal(folder, server)
    assert sentence == f"There is no space left for MNIST in the folder {folder}."
    assert server.asked == [FIRST]  # another mirror would not help
    assert names_in(folder) == set()


def file_in_the_way(tmp_path: Path) -> Path:
    (tmp_path / "mnist").write_text("a file")
    return tmp_path / "mnist"


def beneath_a_file(tmp_path: Path) -> Path:
    return file_in_the_way(tmp_path) / "deeper" / "mnist"


def read_only(tmp_path: Path) -> Path:
    folder = tmp_path / "mnist"
    folder.mkdir()
    folder.chmod(0o500)
    return folder


# Permissions do not hold back the superuser, nor do these bits anyone on Windows.
UNWRITABLE = [file_in_the_way, beneath_a_file]
if hasattr(os, "geteuid") and os.geteuid() != 0:
    UNWRITABLE.append(read_only)


@pytest.mark.parametrize("make", UNWRITABLE)
def test_folder_that_cannot_be_written(
    tmp_path: Path, server: MnistServer, make: Callable[[Path], Path]
) -> None:
    folder = make(tmp_path)
    sentence = refusal(folder, server)
    assert sentence.startswith("MNIST cannot be written to ")
    assert str(folder) in sentence
    assert server.asked == []


def test_permission_denied(
    folder: Path, server: MnistServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*args: object, **kwargs: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "mkdir", denied)
    expected = f"MNIST cannot be written to the folder {folder} (Permission denied)."
    assert refusal(folder, server) == expected
