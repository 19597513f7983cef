"""The file on the bench: another program changes it, and a person goes back to what was saved."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.files import keeper
from gui.files.choosing import FileChooser
from gui.files.documents import Documents
from gui.session import Session
from gui.window.notice_bar import NoticeBar
from model.files.library import open_experiment
from tests.gui.files.test_keeper import started
from tests.gui.helpers.showing import on_screen

LEFT = Qt.MouseButton.LeftButton
CHANGED = "“mine.json” was changed by another program."
BOTH = (
    "“mine.json” was changed by another program, and there are changes here as well: saving asks "
    "which to keep."
)


class Bench(QWidget):
    """What a window has of files and notices, without its panels."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(open_experiment("Several steps"), self)
        self.documents = Documents(self.session, None, self)
        self.notice = NoticeBar(self.session, self)
        self.said: list[str] = []
        self.session.notices.refused.connect(self.said.append)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Bench]:
    bench = on_screen(qtbot, Bench(), (800, 100))
    yield bench
    bench.documents.opener.wait()


@pytest.fixture
def file(window: Bench, tmp_path: Path) -> Path:
    """The file on the bench: three steps long."""
    file = tmp_path / "mine.json"
    window.session.playback.take(3)
    assert window.documents.save_to(file)
    return file


def changed_elsewhere(file: Path, alpha: float = 0.07) -> None:
    """Another program writes the file, in as many bytes and at the same time if it can."""
    data = json.loads(file.read_text(encoding="utf-8"))
    data["alpha"] = alpha
    file.write_text(json.dumps(data), encoding="utf-8")


def activate(window: QWidget) -> None:
    """A person comes back to the window from another program."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def answering(qtbot: QtBot, button: str) -> tuple[QTimer, list[str]]:
    """Press this button of the question that comes up, and keep what it says."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            said.append(box.text())
            found = {each.text().replace("&", ""): each for each in box.buttons()}
            qtbot.mouseClick(found[button], LEFT)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    return timer, said


def alpha_in(file: Path) -> float:
    return float(json.loads(file.read_text(encoding="utf-8"))["alpha"])


def test_a_file_that_changed_is_offered_again_where_nothing_was_edited(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    notice = window.notice
    changed_elsewhere(file)
    activate(window)
    qtbot.waitUntil(lambda: notice.text == CHANGED)
    qtbot.mouseClick(notice.offer_button, LEFT)
    qtbot.waitUntil(lambda: window.session.state.setup.alpha == 0.07)
    assert notice.text == ""
    assert (window.documents.file, window.documents.edited) == (file, False)
    assert window.documents.save()


def test_own_saves_a_touched_file_and_a_lost_one_say_nothing(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    disk, looked = window.documents.on_disk, window.documents.on_disk.looked
    for change in (
        lambda: window.documents.save_to(file),
        lambda: os.utime(file, (1, 1)),
        lambda: file.rename(file.with_suffix(".away")),
    ):
        change()
        with qtbot.waitSignal(looked):
            activate(window)
        assert window.notice.text == ""
    assert disk.found() == "gone"


def test_with_edits_here_it_is_said_once_that_both_were_changed(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    window.session.edits.set_alpha(0.02)
    changed_elsewhere(file)
    for _ in range(2):
        with qtbot.waitSignal(window.documents.on_disk.looked):
            activate(window)
    assert [one for one in window.said if one] == [BOTH]


@pytest.mark.parametrize(
    ("button", "is_saved", "alpha"),
    [("Cancel", False, 0.07), ("Overwrite", True, 0.02), ("Reload", False, 0.07)],
)
def test_saving_over_what_another_program_wrote_asks_first(
    qtbot: QtBot, window: Bench, file: Path, button: str, is_saved: bool, alpha: float
) -> None:
    window.session.edits.set_alpha(0.02)
    text = file.read_text(encoding="utf-8")
    changed_elsewhere(file)
    timer, said = answering(qtbot, button)
    assert window.documents.save() is is_saved
    timer.stop()
    assert said == [CHANGED]
    if button == "Reload":
        assert window.session.state.setup.alpha == 0.07
    if is_saved:
        assert file.read_text(encoding="utf-8") != text
        # The alpha of the beginning stays; what was edited is an edit.
        data = json.loads(file.read_text(encoding="utf-8"))
        assert data["session"]["edits"][-1]["to"] == [alpha]
        assert window.documents.save()
    else:
        assert alpha_in(file) == alpha
    assert window.documents.edited is (button == "Cancel")


def test_it_can_be_saved_elsewhere_instead(
    qtbot: QtBot, window: Bench, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = file.with_name("other.json")
    monkeypatch.setattr(FileChooser, "file_to_save", lambda *_: other)
    changed_elsewhere(file)
    answering(qtbot, "Save as…")
    assert window.documents.save()
    assert (window.documents.file, alpha_in(file)) == (other, 0.07)


def test_a_file_that_is_gone_is_noticed_when_it_is_saved(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    file.unlink()
    _, said = answering(qtbot, "Cancel")
    assert not window.documents.save()
    assert not file.exists()
    answering(qtbot, "Save it there again")
    assert window.documents.save()
    assert said == ["“mine.json” is not there any more."]
    assert file.exists()


def test_revert_goes_back_to_the_file_as_it_was_saved(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    playback, disk = window.session.playback, window.documents.on_disk
    alpha = window.session.state.setup.alpha

    def can_revert() -> bool:
        return disk.can_revert

    assert not can_revert()
    # Steps alone can be taken again: nothing is asked.
    playback.take(2)
    assert can_revert()
    disk.revert()
    qtbot.waitUntil(lambda: (playback.length, playback.position) == (3, 3))
    assert not can_revert()
    window.session.edits.set_alpha(0.02)
    _, said = answering(qtbot, "Cancel")
    disk.revert()
    assert window.session.state.setup.alpha == 0.02
    answering(qtbot, "Revert")
    disk.revert()
    assert said == ["Go back to “mine.json” as it was saved?"]
    assert window.session.state.setup.alpha == alpha
    qtbot.waitUntil(lambda: playback.position == 3)
    assert not window.documents.edited
    window.documents.set_file(None, edited=True)
    assert not can_revert()


def test_a_file_that_changes_while_the_window_is_closed_is_noticed_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_KEEP_AFTER_MS", 10)
    file = tmp_path / "mine.json"
    with started() as window:
        window.session.playback.take(3)
        revert = window.commands["revert"]
        assert not revert.isEnabled()
        assert window.documents.save_to(file)
        assert not revert.isEnabled()
        window.session.edits.set_alpha(0.02)
        assert revert.isEnabled()
        window.session.edits.undo()
        assert not revert.isEnabled()
    with started() as window:
        with qtbot.waitSignal(window.documents.on_disk.looked):
            activate(window)
        assert (window.documents.file, window.places.notice.text) == (file, "")
    changed_elsewhere(file)
    with started() as window:
        notice = window.places.notice
        qtbot.waitUntil(lambda: notice.text == CHANGED)


def test_what_changes_while_a_lesson_is_open_is_noticed_after_it(
    qtbot: QtBot, window: Bench, file: Path
) -> None:
    set_file: Callable[[Path | None], None] = window.documents.set_file
    set_file(None)
    changed_elsewhere(file)
    set_file(file)
    qtbot.waitUntil(lambda: window.notice.text == CHANGED)
