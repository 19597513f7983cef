"""What is dropped on the window: experiments, images, MNIST, and anything else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.image_bench import digits_experiment
from tests.gui.helpers.mnist_bench import write_experiment, write_mnist
from tests.gui.helpers.window_bench import shown_window

FIRST = "Several steps"
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MADE_UP = "made-up digits"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(FIRST), Settings()))


@pytest.fixture
def on_images(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(digits_experiment(), Settings()))


def drop(target: QWidget, *files: Path) -> None:
    """Drop files on a widget, or on what lies behind it where it does not take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy = Qt.DropAction.CopyAction
    enters = QDragEnterEvent(QPoint(9, 9), copy, data, LEFT, NO_KEYS)
    enters.ignore()
    QApplication.sendEvent(target, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), copy, data, LEFT, NO_KEYS))


def settle(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)


def picture(folder: Path, name: str = "seven.png") -> Path:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for row in range(8, 32):
        image.setPixelColor(20, row, QColor("black"))
    writer = QImageWriter(str(folder / name), QByteArray(b"png"))
    assert writer.write(image)
    return folder / name


def test_an_image_dropped_anywhere_becomes_the_input(
    qtbot: QtBot, on_images: Window, tmp_path: Path
) -> None:
    file = picture(tmp_path, "seven")
    edits = on_images.session.edits
    for target in (on_images, panels.weight_images(on_images), panels.image_input(on_images)):
        with qtbot.waitSignal(edits.changed):
            drop(target, file)
        assert edits.undo_text == "loaded seven"
        on_images.session.playback.take(1)
    assert on_images.session.experiment.name == MADE_UP


def test_an_image_is_refused_where_inputs_are_no_image(window: Window, tmp_path: Path) -> None:
    window.session.edits.set_alpha(0.02)
    drop(window, picture(tmp_path))
    assert "seven.png: " in window.places.notice.text
    assert "Digits, 8x8" in window.places.notice.text
    assert window.session.experiment.name == FIRST


@pytest.mark.parametrize("name", ["notes.txt", "clip.gif", "broken.json"])
def test_edits_are_not_asked_about_for_what_is_no_experiment(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr(QMessageBox, "question")
    window.session.edits.set_alpha(0.02)
    file = tmp_path / name
    file.write_bytes(b"GIF89a\xff\xfe")
    drop(window, file)
    assert name in window.places.notice.text
    assert window.session.state.setup.alpha == 0.02


@pytest.mark.parametrize("name", ["Several outputs", "Digits, 8x8"])
def test_edits_are_asked_about_once_the_experiment_is_read(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = tmp_path / "mine.json"
    if name == "Digits, 8x8":
        write_experiment(file, "digits", 30)
    else:
        other = Window(open_experiment(name))
        assert other.documents.write(file)
        other.deleteLater()
    buttons = QMessageBox.StandardButton
    answers = iter([buttons.Cancel, buttons.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    window.session.edits.set_alpha(0.02)

    drop(window, file)
    settle(qtbot, window)
    assert window.session.state.setup.alpha == 0.02
    drop(window, file)
    settle(qtbot, window)
    assert window.documents.file == file
    assert next(answers, None) is None


@pytest.mark.parametrize("chosen", [slice(0, 1), slice(0, 4), slice(1, 3)])
def test_files_of_mnist_mean_their_folder(
    qtbot: QtBot, window: Window, tmp_path: Path, chosen: slice
) -> None:
    folder = write_mnist(tmp_path / "mine")
    drop(window, *sorted(folder.iterdir())[chosen])
    settle(qtbot, window)
    assert window.session.experiment.name == "Digits, MNIST"
    assert Settings().mnist_folder == folder


@pytest.mark.parametrize("as_files", [False, True])
def test_mnist_dropped_on_the_input_goes_to_the_window(
    qtbot: QtBot, on_images: Window, tmp_path: Path, as_files: bool
) -> None:
    folder = write_mnist(tmp_path / "mine")
    files = sorted(folder.iterdir())[:1] if as_files else [folder]
    drop(panels.image_input(on_images).paper, *files)
    settle(qtbot, on_images)
    assert on_images.session.experiment.name == "Digits, MNIST"


def test_several_files_that_are_not_mnist_are_refused(window: Window, tmp_path: Path) -> None:
    drop(window, picture(tmp_path, "one.png"), picture(tmp_path, "two.png"))
    assert "2 files" in window.places.notice.text
    assert window.session.experiment.name == FIRST


NO_FILES = (
    "https://example.org/a.json", "file:", "file://", "file:///a%00b", "file:beside.json",
    "file:///" + "x" * 300, "file:///" + "x/" * 3000,
)  # fmt: skip


def test_what_is_no_file_is_not_taken(window: Window) -> None:
    for address in NO_FILES:
        data = QMimeData()
        data.setUrls([QUrl(address)])
        enters = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
        enters.ignore()
        QApplication.sendEvent(window, enters)
        assert not enters.isAccepted(), address


def test_a_file_of_a_built_in_experiment_is_saved_elsewhere(window: Window, qtbot: QtBot) -> None:
    own = Path(str(resources.files("resources"))) / "experiments" / "05-several-outputs.json"
    before = own.read_bytes()
    drop(window, own)
    qtbot.waitUntil(lambda: window.session.experiment.name == "Several outputs")
    assert window.documents.file is None
    assert not window.documents.save_to(own)
    assert own.read_bytes() == before
    assert window.documents.file is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["pipe.csv", "pipe.md", "pipe.png", "pipe.weights.csv"])
def test_a_pipe_is_told_and_not_waited_for(
    qtbot: QtBot, window: Window, tmp_path: Path, name: str
) -> None:
    told: list[str] = []
    window.session.notices.refused.connect(told.append)
    os.mkfifo(tmp_path / name)
    drop(window, tmp_path / name)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert name in told[0]
