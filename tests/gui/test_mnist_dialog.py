"""The question where MNIST is, with a real server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui import mnist_dialog
from gui.mnist_dialog import MnistDialog
from model.digits import cache_folder
from model.download import download_mnist
from tests.model.mnist_server import MnistServer, stall, status, whole
from tests.model.test_download import FILES
from tests.model.test_download import PACKED as BODIES


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
    at_fault = MnistDialog(fault=f"{deep / 'train-images-idx3-ubyte.gz'} is cut short.")
    qtbot.addWidget(at_fault)
    with qtbot.waitExposed(at_fault):
        at_fault.show()
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
