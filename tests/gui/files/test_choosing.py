"""Names that get their ending, dialogs that remember their folder, and recent files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from gui.files.choosing import file_title, with_ending
from gui.files.recent import MAX_RECENT, read, with_file, written
from gui.files.settings import Settings
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import end_window, shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several steps"), Settings()))


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Let the dialogs be answered with a file; the list notes where each began."""

    def answer(chosen: str) -> list[str]:
        begun: list[str] = []

        def choose(*args: object) -> tuple[str, str]:
            begun.append(str(args[2]))
            return chosen, ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
        return begun

    return answer


# -- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("my", "my.json"),
        ("my.json", "my.json"),
        ("my.JSON", "my.JSON"),
        ("results.1", "results.1.json"),
        ("my.txt", "my.txt.json"),
        (".hidden", ".hidden.json"),
    ],
)
def test_a_name_gets_its_ending(name: str, whole: str) -> None:
    assert with_ending(Path("folder", name), ".json") == Path("folder", whole)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("toes: 8.5 / 9", "toes- 8.5 - 9"),
        ("..", "experiment"),
        (" .hidden ", "hidden"),
        ("a\nb\x00c", "a-b-c"),
        ("x" * 5000, "x" * 200),
    ],
)
def test_any_name_of_an_experiment_makes_a_name_of_a_file(name: str, title: str) -> None:
    assert file_title(name) == title


# -- dialogs ---------------------------------------------------------------------------------


def test_my_is_saved_as_my_json_and_names_the_window(
    window: Window, tmp_path: Path, begins: Callable[[str], list[str]]
) -> None:
    window.session.edits.set_alpha(0.02)
    begins(str(tmp_path / "my"))

    assert window.documents.ask_save_as()

    assert (tmp_path / "my.json").is_file()
    assert not (tmp_path / "my").exists()
    assert window.windowTitle() == "my.json – Weightbench"
    window.session.edits.set_alpha(0.03)
    assert window.windowTitle() == "my.json (edited) – Weightbench"


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_that_the_dialog_did_not_ask_about_is_asked_about(
    window: Window,
    tmp_path: Path,
    begins: Callable[[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    replace: bool,
) -> None:
    (tmp_path / "my.json").write_text("old", encoding="utf-8")
    begins(str(tmp_path / "my"))
    buttons = QMessageBox.StandardButton
    asked: list[str] = []

    def question(*args: object) -> QMessageBox.StandardButton:
        asked.append(str(args[2]))
        return buttons.Yes if replace else buttons.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)

    assert window.documents.ask_save_as() is replace

    assert asked == ["my.json is there already. Replace it?"]
    assert ((tmp_path / "my.json").read_text(encoding="utf-8") == "old") is not replace


def test_a_picture_gets_its_ending_and_says_where_it_lies(
    window: Window, tmp_path: Path, begins: Callable[[str], list[str]]
) -> None:
    begins(str(tmp_path / "bench"))
    window.exporter.ask_picture()

    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")
    assert str(tmp_path / "bench.png") in window.places.notice.text

    begins(str(tmp_path / "bench.jpg"))
    window.exporter.ask_picture()
    assert "PNG" in window.places.notice.text
    assert [file.name for file in tmp_path.glob("bench*")] == ["bench.png"]


def test_dialogs_begin_where_the_last_one_ended_also_after_a_restart(
    window: Window, tmp_path: Path, begins: Callable[[str], list[str]]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    begins(str(here / "my"))
    window.documents.ask_save_as()

    began = begins("")
    window.documents.ask_open()
    window.exporter.ask_picture()
    assert [Path(at).parent if at.endswith(".png") else Path(at) for at in began] == [here, here]
    assert Settings().folder == here


def test_a_folder_that_is_gone_is_not_where_a_dialog_begins(
    window: Window, tmp_path: Path, begins: Callable[[str], list[str]]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    begins(str(gone / "bench"))
    window.exporter.ask_picture()
    (gone / "bench.png").unlink()
    gone.rmdir()

    began = begins("")
    window.documents.ask_open()
    assert began == [str(Path.home())]


# -- recent files ----------------------------------------------------------------------------


def test_the_list_is_bounded_and_holds_each_file_once() -> None:
    files: list[Path] = []
    for number in [*range(20), 15]:
        files = with_file(files, Path(f"/tmp/{number}.json"))
    assert len(files) == MAX_RECENT
    assert [int(file.stem) for file in files[:3]] == [15, 19, 18]
    assert read(written(files)) == files


@pytest.mark.parametrize(
    "text",
    [
        "", "not json", "{}", "null", "3", "[" * 100_000,
        json.dumps([3, None, [], "", "relative.json", "/a\x00b", "/a\nb", "/" + "x" * 5000]),
    ],
)  # fmt: skip
def test_nonsense_in_the_settings_is_no_file(text: str) -> None:
    assert read(text) == []


def recent_of(window: Window) -> list[QAction]:
    menu = window.findChild(QMenu, "recent")
    assert menu is not None
    for title in window.menuBar().findChildren(QMenu):
        title.aboutToShow.emit()
    return menu.actions()


def test_what_was_saved_can_be_opened_again_from_the_menu(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "R&D.json"
    window.session.edits.set_alpha(0.02)
    assert window.documents.save_to(file)
    window.documents.ask_open_named("Several outputs")
    assert window.session.experiment.name == "Several outputs"

    (action,) = recent_of(window)
    assert action.text() == "R&&D.json"
    action.trigger()

    assert window.session.experiment.name == "Several steps"
    assert window.session.state.setup.alpha == 0.02
    assert Settings().recent == [file]


def test_two_windows_keep_one_list(window: Window, tmp_path: Path) -> None:
    other = Window(open_experiment("Several steps"), Settings())
    assert window.documents.save_to(tmp_path / "a.json")
    assert other.documents.save_to(tmp_path / "b.json")
    assert window.documents.save_to(tmp_path / "c.json")
    assert [file.stem for file in Settings().recent] == ["c", "b", "a"]
    end_window(other)


def test_a_recent_file_that_is_gone_is_named_and_forgotten(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "gone.json"
    assert window.documents.save_to(file)
    file.unlink()

    recent_of(window)[0].trigger()

    assert "gone.json" in window.places.notice.text
    assert window.session.experiment.name == "Several steps"
    assert recent_of(window) == []
    assert Settings().recent == []


def test_the_experiment_on_the_bench_is_ticked(window: Window, tmp_path: Path) -> None:
    def ticked() -> list[str]:
        return [a.text() for a in window.findChildren(QAction) if a.isChecked() and a.data()]

    assert "Several steps" in ticked()
    window.documents.ask_open_named("Several outputs")
    assert "Several outputs" in ticked()
    assert "Several steps" not in ticked()
    assert window.documents.save_to(tmp_path / "my.json")
    assert "Several outputs" not in ticked()
