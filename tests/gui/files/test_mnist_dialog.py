"""The question where MNIST is, with a real server on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.files import mnist_dialog
from gui.files.mnist_dialog import MnistDialog
from model.files.cache import cache_folder
from model.files.download import DownloadCancelled, download_mnist
from tests.gui.helpers.showing import on_screen
from tests.model.files.mnist_server import (
    Answer,
    MnistServer,
    silent,
    stall,
    status,
    whole,
    with_length,
)
from tests.model.files.test_download import FILES
from tests.model.files.test_download import PACKED as BODIES


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MnistServer]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with MnistServer() as made:
        local = partial(download_mnist, mirrors=[made.url], files=FILES, timeout=5.0)
        monkeypatch.setattr(mnist_dialog, "download_mnist", local)
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MnistDialog]:
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))
    made = MnistDialog()
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.done(0)
    made.deleteLater()


def test_a_download_ends_with_the_files_in_the_cache(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer, tmp_path: Path
) -> None:
    server.answers = {name: whole(body) for name, body in BODIES.items()}
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
        assert not dialog.download_button.isEnabled()
    assert dialog.folder == cache_folder()
    assert {file.name for file in (tmp_path / "cache" / "mnist").iterdir()} == set(BODIES)


def test_a_stalled_download_is_cancelled_and_leaves_nothing(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer, tmp_path: Path
) -> None:
    server.answers = {name: stall(body) for name, body in BODIES.items()}
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(server.asked), timeout=5000)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.download_button.isEnabled, timeout=5000)
    assert "cancelled" in dialog.message.text()
    assert dialog.isVisible()
    folder = tmp_path / "cache" / "mnist"
    assert not folder.exists() or not list(folder.iterdir())


def test_a_failure_is_said_and_the_small_digits_remain(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer
) -> None:
    server.answers = dict.fromkeys(BODIES, status(503))
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.download_button.isEnabled, timeout=10_000)
    assert "8x8" in dialog.message.text()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.small_button, Qt.MouseButton.LeftButton)
    assert dialog.folder is None


def test_what_it_says_is_seen_in_full(dialog: MnistDialog, tmp_path: Path, qtbot: QtBot) -> None:
    def seen() -> bool:
        message = dialog.message
        return message.height() >= message.heightForWidth(message.width())

    assert seen()
    deep = tmp_path.joinpath(*["a folder in a folder"] * 20)
    dialog.take_folder(deep)
    assert str(deep) in dialog.message.text()
    qtbot.waitUntil(seen)
    dialog.done(0)
    at_fault = on_screen(
        qtbot, MnistDialog(fault=f"{deep / 'train-images-idx3-ubyte.gz'} is cut short.")
    )
    assert at_fault.message.height() >= at_fault.message.heightForWidth(at_fault.message.width())


def test_a_folder_without_the_files_is_not_taken(dialog: MnistDialog, tmp_path: Path) -> None:
    dialog.take_folder(tmp_path)
    assert str(tmp_path) in dialog.message.text()
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_a_folder_with_the_files_is_taken(
    qtbot: QtBot, dialog: MnistDialog, mnist_folder: Path
) -> None:
    with qtbot.waitSignal(dialog.accepted):
        dialog.take_folder(mnist_folder)
    assert dialog.folder == mnist_folder


PORTION = 16_384


def in_portions(body: bytes, more: threading.Semaphore) -> Answer:
    """Send a portion each time that the test asks for one."""

    def answer(handler: Any) -> None:
        handler.head(Content_Length=len(body))
        for start in range(0, len(body), PORTION):
            while not more.acquire(timeout=0.05):
                if handler.mnist.closing.is_set():
                    return
            handler.wfile.write(body[start : start + PORTION])

    return answer


def is_at(dialog: MnistDialog, value: int) -> bool:
    return dialog.progress.value() == value


def test_the_bar_and_its_words_say_how_much_of_a_file_has_come(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer
) -> None:
    more = threading.Semaphore(0)
    name, body = next(iter(BODIES.items()))
    server.answers = {name: in_portions(body, more)}
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    assert dialog.progress.isVisible()
    assert (dialog.progress.minimum(), dialog.progress.maximum()) == (0, 0)
    shown = []
    for portions in range(1, 5):
        more.release()
        done = portions * PORTION
        expected = 1000 * done // len(body)
        qtbot.waitUntil(partial(is_at, dialog, expected), timeout=5000)
        assert dialog.progress.maximum() == 1000
        assert dialog.progress.text() == f"{expected // 10}%"
        assert dialog.message.text() == f"{name}: {done / 1e6:.1f} of 0.1 MB"
        shown.append(dialog.message.text())
        # Signs that follow each other faster than eyes can are left out.
        qtbot.wait(80)
    assert len(set(shown)) == 2
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.download_button.isEnabled, timeout=5000)
    assert not dialog.progress.isVisible()


def test_a_server_that_does_not_say_how_much_there_is_leaves_the_bar_without_an_end(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer
) -> None:
    name, body = next(iter(BODIES.items()))

    def unknown(handler: Any) -> None:
        handler.head()
        handler.wfile.write(body[:PORTION])
        handler.mnist.closing.wait()

    server.answers = {name: unknown}
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text() == f"{name}: 0.0 MB", timeout=5000)
    assert (dialog.progress.minimum(), dialog.progress.maximum()) == (0, 0)


def test_a_server_that_announces_gigabytes_is_named(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer
) -> None:
    server.answers = {name: with_length(body, 3_000_000_000) for name, body in BODIES.items()}
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.download_button.isEnabled, timeout=5000)
    assert "announced more bytes than the file can have" in dialog.message.text()


def test_the_bar_holds_any_number_of_bytes(
    qtbot: QtBot, dialog: MnistDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def large(
        _folder: Path, progress: Callable[[int, int, str], object], cancelled: Callable[[], bool]
    ) -> None:
        progress(1_500_000_000, 3_000_000_000, "large")
        while not cancelled():
            time.sleep(0.01)
        raise DownloadCancelled

    monkeypatch.setattr(mnist_dialog, "download_mnist", large)
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.progress.value() == 500, timeout=5000)
    assert dialog.progress.text() == "50%"
    assert dialog.message.text() == "large: 1500.0 of 3000.0 MB"


def test_cancelling_waits_for_no_server(
    qtbot: QtBot, dialog: MnistDialog, server: MnistServer
) -> None:
    # The server of these tests is given up after five seconds.
    server.answers = dict.fromkeys(BODIES, silent)
    qtbot.mouseClick(dialog.download_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(server.asked), timeout=5000)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.download_button.isEnabled, timeout=2000)
    assert dialog.message.text() == "The download was cancelled."
