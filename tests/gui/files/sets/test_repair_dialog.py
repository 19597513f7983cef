"""Digits that are not as MNIST's are asked about before they are on the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.sets.repair_dialog import RepairDialog
from gui.files.settings import Settings
from gui.window.window import Window
from model.files.library import open_experiment
from model.files.survey.oddities import OddDigits, Repair
from tests.gui.helpers.window_bench import shown_window
from tests.model.files.survey.test_oddities import made, write


@pytest.fixture(autouse=True)
def no_mnist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache" / "digits"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several steps"), Settings()))


@contextmanager
def answered(click: Callable[[RepairDialog], object]) -> Iterator[list[str]]:
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RepairDialog):
            said.append(dialog.message.text())
            click(dialog)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    yield said
    timer.stop()


def dropped(qtbot: QtBot, window: Window, folder: Path) -> str:
    window.documents.drop([folder])
    qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
    return window.session.experiment.name


def test_each_repair_is_offered_and_shown(qtbot: QtBot) -> None:
    images, _ = made()
    repair = Repair(turn=4, invert=True, stretch=16, labels_from_one=True)
    dialog = RepairDialog(OddDigits("They are odd.", repair, "0", images[:10]))
    qtbot.addWidget(dialog)
    assert list(dialog.boxes) == ["turn", "invert", "stretch", "labels_from_one"]
    assert dialog.repair == repair
    before = dialog.sample.pixmap().toImage()
    dialog.boxes["turn"].click()
    assert dialog.repair == Repair(0, invert=True, stretch=16, labels_from_one=True)
    assert dialog.sample.pixmap().toImage() != before


def test_odd_digits_are_repaired_on_the_way_in(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    images, labels = made()
    folder = write(tmp_path / "mine", 255 - images, labels)
    with (
        answered(lambda dialog: dialog.open_button.click()) as said,
        qtbot.waitSignal(window.session.notices.refused) as remark,
    ):
        assert dropped(qtbot, window, folder) == "Digits, MNIST"
    assert len(said) == 1
    assert "its images are inverted" in said[0]
    assert remark.args == ["This is not the published MNIST"]
    digits = window.session.experiment.digits
    assert digits is not None
    assert (digits.images * 255 == images[: len(digits.images)].reshape(-1, 784)).all()
    window.documents.open("Several steps")
    with answered(lambda dialog: dialog.open_button.click()) as said:
        window.documents.open("Digits, MNIST")
        qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
    assert said == []
    assert window.session.experiment.name == "Digits, MNIST"


def test_who_cancels_keeps_the_bench(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    images, labels = made()
    folder = write(tmp_path / "mine", 255 - images, labels)
    window.session.edits.set_alpha(0.02)
    with answered(lambda dialog: dialog.cancel_button.click()) as said:
        assert dropped(qtbot, window, folder) == "Several steps"
    assert len(said) == 1
    assert window.session.state.setup.alpha == 0.02
    assert Settings().mnist_folder is None
