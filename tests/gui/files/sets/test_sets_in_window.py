"""Pictures that a person brings open in the window by clicks, keys and drops."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import ascii_uppercase
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from gui.__main__ import main
from gui.files.sets.lost_dialog import LostDialog
from gui.files.sets.reading_dialog import ReadingDialog
from gui.files.sets.repair_dialog import RepairDialog
from gui.files.settings import Settings
from gui.files.tables.dialog import TableDialog
from gui.window.window import Window
from model.digits import DigitSet, Origin
from model.files.library import open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.window_bench import end_window, shown_window
from tests.gui.window.test_dropping import drop, settle
from tests.model.files.sets.replicas import glyph, pictures, write_idx, write_npz, write_pixels

LEFT = Qt.MouseButton.LeftButton
FIRST = "Several steps"
LETTERS = [at % 26 for at in range(104)]
Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(FIRST), Settings()))


@contextmanager
def answered(kind: type[Dialog], answer: Callable[[Dialog], object]) -> Iterator[list[str]]:
    """Answer a dialog of that kind whenever it is there; its title is noted."""
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isVisible():
            seen.append(dialog.windowTitle())
            answer(dialog)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    try:
        yield seen
    finally:
        timer.stop()


def digits_of(window: Window) -> DigitSet:
    digits = window.session.experiment.digits
    assert digits is not None
    return digits


def origin_of(window: Window) -> Origin:
    origin = digits_of(window).origin
    assert origin is not None
    return origin


def shows(window: Window, kind: int, at: int = 0) -> bool:
    """Whether an image to learn from is the picture of a class, upright."""
    digits = digits_of(window)
    image: NDArray[np.float64] = digits.images[at].reshape(digits.shape)
    return bool(np.array_equal(image * 255, glyph(kind, digits.shape)))


def write_folder(top: Path, side: int = 28) -> Path:
    for at, name in enumerate(("Anna", "Ben", "Zoë")):
        (top / name).mkdir(parents=True)
        for number in range(7):
            pixels = np.ascontiguousarray(glyph(at, (side, side)))
            image = QImage(pixels.data, side, side, side, QImage.Format.Format_Grayscale8)
            assert image.copy().save(str(top / name / f"{number}.png"))
    return top


def write_letters(folder: Path) -> Path:
    turned = np.ascontiguousarray(pictures(LETTERS).transpose(0, 2, 1))
    return write_idx(folder, "emnist-letters-train-{kind}", turned, [n + 1 for n in LETTERS])


def test_letters_open_by_the_menu_and_every_panel_follows_their_classes(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_letters(tmp_path / "emnist")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    with qtbot.waitSignal(window.session.notices.refused) as told:
        window.commands.actions["open"].trigger()
        settle(qtbot, window)
    assert told.args is not None
    assert "like EMNIST letters by name, which was not checked" in told.args[0]
    session = window.session
    assert session.experiment.outputs == tuple(ascii_uppercase)
    assert all(shows(window, label, at) for at, label in enumerate(digits_of(window).labels))
    label = int(digits_of(window).labels[session.state.example or 0])
    image_input = panels.image_input(window)
    assert image_input.caption.text.endswith(f"labelled {ascii_uppercase[label]}")
    choice = image_input.targets.choice
    assert [choice.itemText(at) for at in range(choice.count())] == list(ascii_uppercase)
    assert choice.currentText() == ascii_uppercase[label]
    examples = panels.examples(window)
    assert not examples.buttons
    assert examples.choice.count() == 27
    examples.choice.setCurrentIndex(3)
    examples.choice.activated.emit(3)
    shown = [int(digits_of(window).labels[at]) for at in examples.strip.visible_examples]
    assert set(shown) == {2}
    assert examples.strip.words(examples.strip.visible_examples[0]).endswith("labelled C")
    session.playback.take(30)
    session.view.show(panel="quality")
    quality = panels.quality(window)
    qtbot.waitUntil(lambda: not window.busy and quality.confusion.pointed_at is None)
    qtbot.waitUntil(lambda: "26" not in quality.accuracy.text() and quality.accuracy.text() != "…")
    assert quality.confusion.words((0, 25)).startswith("A taken for Z")
    edges = quality.confusion.cell_rect((25, 25))
    assert edges.width() >= 1
    assert edges.right() <= quality.confusion.width()
    # A label by its name, as a script gives it.
    qtbot.keyClick(choice, Qt.Key.Key_End)
    assert session.state.target.argmax() == 25


def test_a_dropped_folder_is_read_turned_otherwise_saved_and_found_again(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "faces")
    drop(window, folder)
    settle(qtbot, window)
    assert window.session.experiment.outputs == ("Anna", "Ben", "Zoë")
    assert window.session.experiment.name == "faces"
    assert not window.documents.edited
    upright = digits_of(window).images.copy()

    def turn(dialog: ReadingDialog) -> None:
        before = dialog.sample.pixmap().toImage()
        dialog.exchanged.click()
        dialog.inverted.click()
        assert dialog.sample.pixmap().toImage() != before
        dialog.share.setValue(34)
        dialog.seed.setValue(7)
        qtbot.mouseClick(dialog.open_button, LEFT)

    with answered(ReadingDialog, turn) as seen:
        window.commands.actions["how_read"].trigger()
        settle(qtbot, window)
    assert len(seen) == 1
    origin = origin_of(window)
    assert (origin.turned, origin.inverted, origin.held_out, origin.seed) == (4, True, 0.34, 7)
    digits = digits_of(window)
    assert len(digits.held_out_images) == 7
    first = digits.images[0].reshape(28, 28)
    assert any(np.array_equal(1 - first.T, image.reshape(28, 28)) for image in upright)
    file = tmp_path / "mine.json"
    window.session.playback.take(5)
    assert window.documents.save_to(file)
    assert '"path": "faces"' in file.read_text(encoding="utf-8")
    window.documents.open(FIRST)
    shutil.move(folder, tmp_path / "moved")

    def point(dialog: LostDialog) -> None:
        assert not dialog.anyway_button.isVisible()
        assert "are not at" in dialog.message.text()
        dialog.take(tmp_path / "moved")

    with answered(LostDialog, point) as seen:
        window.documents.open(str(file))
        settle(qtbot, window)
    assert len(seen) == 1
    assert window.documents.file == file
    assert origin_of(window).path == tmp_path / "moved"
    assert np.array_equal(digits_of(window).images, digits.images)
    assert window.session.playback.destination == (5, 5)


def test_a_bench_whose_pictures_were_changed_is_asked_about_at_the_next_start(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = write_npz(tmp_path / "a.npz", x=pictures(LETTERS), y=np.array(LETTERS))
    window = Window(open_experiment(FIRST), Settings())
    window.show()
    window.documents.open(str(file))
    settle(qtbot, window)
    window.session.playback.take(40)
    window.session.edits.set_alpha(0.001)
    end_window(window)
    write_npz(file, x=pictures(LETTERS), y=np.array(LETTERS[::-1]))

    def start(answer: Callable[[LostDialog], object]) -> Window:
        window = Window(open_experiment(FIRST), Settings())
        with answered(LostDialog, answer) as seen:
            window.bring_back()
            window.show()
            settle(qtbot, window)
            qtbot.waitUntil(lambda: len(seen) == 1)
        return window

    window = start(lambda dialog: qtbot.mouseClick(dialog.cancel_button, LEFT))
    assert window.session.experiment.name == FIRST
    assert "are not those that it was saved with: the bench as you" in window.places.notice.text
    end_window(window)
    window = start(lambda dialog: qtbot.mouseClick(dialog.anyway_button, LEFT))
    qtbot.waitUntil(lambda: not window.session.playback.restoring)
    assert window.session.experiment.name == "a"
    assert window.session.state.setup.alpha == 0.001
    assert window.session.playback.position == 40
    assert "are not those that it was saved with" in digits_of(window).remark
    end_window(window)


def test_what_is_in_doubt_is_asked_a_table_of_pixels_and_dark_ink(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    file = write_pixels(tmp_path / "digits.csv", pictures(LETTERS[:60], (8, 8)), LETTERS[:60])

    def press(dialog: TableDialog) -> None:
        if dialog.pixels_button.isVisible():
            qtbot.mouseClick(dialog.pixels_button, LEFT)

    with answered(TableDialog, press) as seen:
        drop(window, file)
        qtbot.waitUntil(lambda: window.session.experiment.name == "digits", timeout=20_000)
    assert seen
    assert digits_of(window).shape == (8, 8)
    assert shows(window, int(digits_of(window).labels[0]))
    dark = write_npz(
        tmp_path / "dark.npz", x=255 - pictures(LETTERS[:60]), y=np.array(LETTERS[:60])
    )

    def agree(dialog: RepairDialog) -> None:
        assert list(dialog.boxes) == ["invert"]
        qtbot.mouseClick(dialog.open_button, LEFT)

    # What was answered is remembered.
    for times in (1, 0):
        with answered(RepairDialog, agree) as asked:
            drop(window, dark)
            settle(qtbot, window)
        assert len(asked) == times
        assert origin_of(window).inverted
        assert shows(window, int(digits_of(window).labels[0]))


def test_files_of_one_set_are_dropped_together_and_what_is_none_is_said(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    write_letters(tmp_path / "set")
    drop(window, *sorted((tmp_path / "set").iterdir()))
    settle(qtbot, window)
    assert window.session.experiment.name == "EMNIST letters"
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    settle(qtbot, window)
    assert "has neither folders of pictures" in window.places.notice.text
    bad = write_folder(tmp_path / "bad")
    (bad / "Ben" / "3.png").write_bytes(b"no picture")
    drop(window, bad)
    settle(qtbot, window)
    assert "bad/Ben: 3.png: " in window.places.notice.text
    assert window.places.notice.text.endswith("mend it or take it out")
    assert window.session.experiment.name == "EMNIST letters"


def test_reading_is_given_up_by_a_button(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "faces")
    asked: list[bool] = []

    def slowly(file: Path, cancelled: Callable[[], bool]) -> NDArray[np.float64]:
        while not cancelled():
            asked.append(True)
            time.sleep(0.002)
        raise ValueError(f"{file.name}: was given up")

    window.documents.opener.decode = slowly
    with qtbot.waitSignal(window.documents.given_up):
        drop(window, folder)
        qtbot.waitUntil(lambda: bool(asked))
        bar = window.loading_bar
        assert bar is not None
        assert bar.isVisible()
        qtbot.mouseClick(bar.cancel_button, LEFT)
    assert not bar.isVisible()
    assert "you cancelled it" in window.places.notice.text
    assert window.session.experiment.name == FIRST


def test_the_command_line_opens_sets_and_is_told_where_pictures_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, saved = write_folder(tmp_path / "faces"), tmp_path / "saved.json"
    assert main([str(folder), "--trace", "2"]) == 0
    assert "pred Zoë" in capsys.readouterr().out
    options = ["--turned", "yes", "--inverted", "no", "--held-out", "0.5", "--held-out-seed", "3"]
    assert main([str(folder), *options, "--steps", "4", "--export", str(saved)]) == 0
    assert '"path": "faces"' in saved.read_text(encoding="utf-8")
    folder.rename(tmp_path / "moved")
    assert main([str(saved), "--trace", "2"]) == 2
    assert "are not at" in (said := capsys.readouterr().err)
    assert "--pictures PATH says where they are" in said
    assert main([str(saved), "--trace", "2", "--pictures", str(tmp_path / "moved")]) == 0
    said = capsys.readouterr().err
    assert said.startswith("weightbench: moved: rows and columns were exchanged, so that the pict")
    assert main([FIRST, "--trace", "1", "--turned", "yes"]) == 2
    assert "--turned goes with pictures of your own" in capsys.readouterr().err
    assert main([str(tmp_path / "moved"), "--held-out", "2", "--trace", "1"]) == 2
    assert "--held-out: '2' is no number from 0.01 to 0.9" in capsys.readouterr().err
    assert main([str(tmp_path / "moved"), "--held-out-seed", "-1", "--trace", "1"]) == 2
    assert "'-1' is not a whole number from 0 to 999,999,999" in capsys.readouterr().err


def test_sets_and_tables_are_among_the_recent_files_and_what_was_pasted_is_not(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder, table = write_folder(tmp_path / "set"), tmp_path / "table.csv"
    table.write_text("a,b,c\n1,2,3\n2,3,4\n")

    def wait_for(name: str) -> None:
        qtbot.waitUntil(lambda: window.session.experiment.name == name)

    with answered(TableDialog, lambda dialog: qtbot.mouseClick(dialog.open_button, LEFT)):
        window.documents.open(str(folder))
        settle(qtbot, window)
        window.documents.open(str(table))
        wait_for("table")
        QApplication.clipboard().setText("a\tb\n1\t2\n")
        window.session.edits.mark_saved()
        window.documents.paste_table()
        wait_for("the clipboard")
    assert window.documents.recent == [table, folder]
    window.session.edits.mark_saved()
    window.documents.ask_open_named(str(folder))
    settle(qtbot, window)
    assert digits_of(window).classes == ("Anna", "Ben", "Zoë")
    assert Settings().recent == [folder, table]
