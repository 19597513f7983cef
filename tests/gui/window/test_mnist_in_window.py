"""MNIST that is missing, damaged, chosen, dropped: the window finds it, says so, and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from gui.files import mnist_dialog
from gui.files.mnist_dialog import MnistDialog
from gui.files.settings import Settings
from gui.window.window import Window
from model.files.cache import cache_folder
from model.files.library import open_experiment
from tests.gui.helpers.mnist_bench import (
    answered,
    cancel,
    spoil,
    take_small_digits,
    write_experiment,
    write_mnist,
)
from tests.gui.helpers.window_bench import shown_window

FIRST = "Several steps"


@pytest.fixture(autouse=True)
def no_mnist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(FIRST), Settings()))


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait for what is being read, and for what is read in its place."""
    qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
    qtbot.waitUntil(lambda: not window.session.playback.running, timeout=20_000)


def opened(qtbot: QtBot, window: Window, name: str = "Digits, MNIST") -> str:
    window.documents.open(name)
    settle(qtbot, window)
    return window.session.experiment.name


def refuse_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(QMessageBox, "question")


# -- files at fault ---------------------------------------------------------------------------


def test_a_damaged_cache_can_be_repaired_by_a_download(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spoil(write_mnist(cache_folder()))

    def download(folder: Path, **_: object) -> None:
        for file in write_mnist(tmp_path / "sound").iterdir():
            file.replace(folder / file.name)

    monkeypatch.setattr(mnist_dialog, "download_mnist", download)
    with answered(lambda dialog: dialog.download_button.click()) as said:
        assert opened(qtbot, window) == "Digits, MNIST"
    assert "train-images-idx3-ubyte.gz is cut short" in said[0]
    assert "downloaded" in said[0]


def test_a_download_helps_where_a_named_folder_is_gone(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(tmp_path / "unplugged"))
    monkeypatch.setattr(mnist_dialog, "download_mnist", lambda folder, **_: write_mnist(folder))
    with answered(lambda dialog: dialog.download_button.click()) as said:
        assert opened(qtbot, window) == "Digits, MNIST"
    assert "no file train-images" in said[0]
    assert opened(qtbot, window, FIRST) == FIRST
    with answered(cancel) as said:
        assert opened(qtbot, window) == "Digits, MNIST"
    assert said == []


def test_a_damaged_folder_is_not_remembered(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_questions(monkeypatch)
    folder = write_mnist(tmp_path / "mine")
    spoil(folder)
    window.session.edits.set_alpha(0.02)
    with answered(cancel) as said:
        window.documents.drop([folder])
        settle(qtbot, window)
    assert "is cut short" in said[0]
    assert Settings().mnist_folder is None
    assert window.session.experiment.name == FIRST
    assert window.session.state.setup.alpha == 0.02


def test_a_folder_is_remembered_once_its_digits_are_there(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = write_mnist(tmp_path / "mine")
    window.documents.drop([folder])
    settle(qtbot, window)
    assert window.session.experiment.name == "Digits, MNIST"
    assert Settings().mnist_folder == folder


def test_a_remembered_folder_that_is_empty_is_passed_over(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = write_mnist(tmp_path / "mine")
    window.documents.drop([folder])
    settle(qtbot, window)
    write_mnist(cache_folder())
    for file in folder.iterdir():
        file.unlink()
    window.documents.open(FIRST)
    assert opened(qtbot, window) == "Digits, MNIST"


def test_a_chosen_folder_without_mnist_is_refused(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_mnist(cache_folder())
    (tmp_path / "empty").mkdir()
    chosen = str(tmp_path / "empty")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: chosen)
    window.documents.ask_mnist_folder()
    assert "There is no file train-images-idx3-ubyte" in window.places.notice.text
    assert not window.documents.opener.busy


@pytest.mark.parametrize(
    ("click", "name"),
    [
        (lambda dialog: dialog.download_button.click(), "Digits, MNIST"),
        (take_small_digits, "Digits, 8x8"),
        (cancel, FIRST),
    ],
)
def test_mnist_can_be_downloaded_from_the_menu(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, click: object, name: str
) -> None:
    monkeypatch.setattr(mnist_dialog, "download_mnist", lambda folder, **_: write_mnist(folder))
    assert callable(click)
    with answered(click):
        window.menus.actions["download"].trigger()
    settle(qtbot, window)
    assert window.session.experiment.name == name


def test_edits_outlive_the_small_digits_if_they_are_to_stay(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.session.edits.set_alpha(0.02)
    answers = iter([QMessageBox.StandardButton.Cancel])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    with answered(take_small_digits):
        window.documents.drop([write_experiment(tmp_path / "mine.json", "mnist", 5)])
        settle(qtbot, window)
        qtbot.waitUntil(lambda: next(answers, None) is None)
    assert window.session.state.setup.alpha == 0.02


# -- steps that were asked for -------------------------------------------------------------------


@pytest.mark.parametrize("click", [cancel, take_small_digits])
def test_steps_asked_for_are_not_taken_on_another_experiment(
    qtbot: QtBot, window: Window, click: object
) -> None:
    assert callable(click)
    window.documents.open("Digits, MNIST")
    window.documents.take_once_open(3000)
    with answered(click):
        settle(qtbot, window)
    window.documents.open("Several outputs")
    settle(qtbot, window)
    assert window.session.playback.length == 0


def test_steps_asked_for_are_taken_once_mnist_is_there(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = write_mnist(tmp_path / "mine")

    def take(dialog: MnistDialog) -> None:
        dialog.take_folder(folder)

    window.documents.open("Digits, MNIST")
    window.documents.take_once_open(300)
    with answered(take):
        qtbot.waitUntil(lambda: window.session.playback.length == 300, timeout=20_000)
    assert Settings().mnist_folder == folder


# -- the number of images -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [200, 700])
def test_another_number_of_images_begins_afresh_and_leaves_the_file(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    file = write_experiment(tmp_path / "mine.json", "mnist", 600)
    folder = write_mnist(tmp_path / "mnist")
    window.documents.drop([folder])
    settle(qtbot, window)
    opened(qtbot, window, str(file))
    window.session.edits.visit(550)
    window.session.playback.take(50)
    assert window.documents.save()
    assert opened(qtbot, window, str(file)) == "mine"
    before = file.read_bytes()

    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (count, True))
    window.menus.actions["count"].trigger()
    settle(qtbot, window)

    session = window.session
    assert session.experiment.name == "mine"
    assert len(session.experiment.setup.examples) == count
    assert (session.playback.length, session.path.edits) == (0, ())
    assert window.documents.file is None
    asked: list[str] = []

    def choose_nothing(_: Window, title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_nothing)
    assert not window.documents.save()
    assert len(asked) == 1
    assert file.read_bytes() == before


def test_another_number_of_images_is_still_of_no_file_after_a_restart(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, window, str(write_experiment(tmp_path / "mine.json", "digits", 300)))
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (100, True))
    window.documents.ask_count()
    settle(qtbot, window)
    window.close()
    window.bring_back()
    settle(qtbot, window)
    assert len(window.session.experiment.setup.examples) == 100
    assert window.documents.file is None


def test_another_number_of_images_can_be_had_once_mnist_is_back(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_mnist(tmp_path / "mnist")
    window.documents.drop([folder])
    settle(qtbot, window)
    moved = folder.rename(tmp_path / "moved")
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (30, True))
    with answered(lambda dialog: dialog.take_folder(moved)):
        window.documents.ask_count()
        settle(qtbot, window)
        qtbot.waitUntil(lambda: len(window.session.experiment.setup.examples) == 30, timeout=20_000)


def test_the_variable_comes_before_a_folder_of_an_earlier_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    earlier, named = write_mnist(tmp_path / "earlier"), write_mnist(tmp_path / "named")
    spoil(earlier)
    Settings().mnist_folder = earlier
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(named))
    window = Window(open_experiment(FIRST), Settings())
    window.show()
    assert opened(qtbot, window) == "Digits, MNIST"
    # It was named for this start, not chosen for the next ones.
    assert Settings().mnist_folder == earlier
    window.close()
    window.deleteLater()


def test_other_edits_at_the_same_place_of_the_history_are_asked_about(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.documents.open("Digits, 8x8")
    settle(qtbot, window)
    session = window.session
    session.edits.set_weight(0, 20, 0.5)
    asked = []

    def cancel_it(*_: object) -> QMessageBox.StandardButton:
        asked.append(session.edits.undo_text)
        return QMessageBox.StandardButton.Cancel

    discard = QMessageBox.StandardButton.Discard
    monkeypatch.setattr(QMessageBox, "question", lambda *_: discard)
    assert window.documents.may_leave()
    window.documents.open("Digits, 8x8")
    session.edits.undo()
    session.edits.set_weight(0, 20, 0.75)
    monkeypatch.setattr(QMessageBox, "question", cancel_it)
    settle(qtbot, window)

    assert len(asked) == 1
    assert session.state.weights[0, 20] == 0.75
