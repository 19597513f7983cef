"""From one start to the next: nothing is lost, whatever the window is closed in the middle of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.files.keeper import Keeper
from gui.files.settings import Settings
from gui.window.window import Window
from model.errors import ExperimentError
from model.files.kept.bench import BenchState, experiment_text
from model.files.kept.shelf import MAX_BENCHES, Shelf
from model.files.library import open_experiment
from model.path.saved import saved_path
from tests.gui.helpers.mnist_bench import answered, cancel, take_small_digits, write_mnist
from tests.gui.helpers.window_bench import end_window

FIRST = "Several steps"


def shelf() -> Shelf:
    return Shelf(Settings().benches)


def kept() -> list[str]:
    """The experiments that are kept, the last one first; of a newer version, all that is kept."""
    texts = []
    for file in shelf().files():
        text = file.read_text(encoding="utf-8")
        try:
            texts.append(experiment_text(text))
        except ExperimentError:
            texts.append(text)
    return texts


@contextmanager
def started(name: str = FIRST) -> Iterator[Window]:
    """A window as the application starts it, with what was left brought back."""
    window = Window(open_experiment(name), Settings())
    window.bring_back()
    window.show()
    try:
        yield window
    finally:
        end_window(window)


def test_unsaved_edits_are_still_unsaved_after_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert window.documents.edited
        answers = iter([QMessageBox.StandardButton.Cancel])
        monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
        assert not window.documents.may_leave()
        assert next(answers, None) is None  # it was asked
        assert window.session.state.setup.alpha == 0.02


def test_the_file_that_was_saved_last_is_still_the_one_to_save_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with started() as window:
        assert window.documents.save_to(Path("first.json"))
        window.documents.open("first.json")
        window.session.edits.set_alpha(0.02)
        assert window.documents.save_to(Path("second.json"))
    monkeypatch.chdir(tmp_path.parent)
    with started() as window:
        assert window.documents.file == tmp_path / "second.json"
        assert not window.documents.edited


def test_another_experiment_asked_for_by_name_leaves_unsaved_edits_where_they_are_found() -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
    window = Window(open_experiment("Several outputs"), Settings())
    window.step_aside()
    first_choice = window.documents.first_choice
    assert first_choice is not None
    assert str(first_choice) in window.places.notice.label.text
    window.session.playback.take(3)
    window.close()
    window.deleteLater()

    assert saved_path(open_experiment(str(first_choice))).setup.alpha == 0.02
    with started() as window:
        assert window.session.experiment.name == "Several outputs"


def test_another_experiment_asked_for_by_name_keeps_no_bench_without_edits() -> None:
    with started() as window:
        window.session.playback.take(3)
    window = Window(open_experiment("Several outputs"), Settings())
    window.step_aside()
    assert window.documents.first_choice is None
    window.close()
    window.deleteLater()


def test_closing_on_the_way_back_keeps_the_whole_path(qtbot: QtBot) -> None:
    with started() as window:
        window.session.playback.take(3_000_000)
        window.session.playback.seek(2_500_000)
    with started() as window:
        assert window.session.playback.restoring
    with started() as window:
        qtbot.waitUntil(lambda: not window.session.playback.running, timeout=120_000)
        assert (window.session.playback.length, window.session.playback.position) == (
            3_000_000,
            2_500_000,
        )


def test_closing_while_images_are_read_keeps_them(qtbot: QtBot) -> None:
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            window.documents.open("Digits, 8x8")
        window.session.playback.take(100)
    with started() as window:
        assert window.session.experiment.name == FIRST
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            pass
        qtbot.waitUntil(lambda: not window.session.playback.running)
        assert window.session.experiment.name == "Digits, 8x8"
        assert window.session.playback.length == 100


def test_a_bench_of_a_newer_version_is_set_aside() -> None:
    newer = json.dumps({"format": "weightbench/experiment", "version": 99})
    file = keep_text(newer)
    with started() as window:
        assert window.session.experiment.name == FIRST
        assert "newer" in window.places.notice.text
        assert str(file) in window.places.notice.text
        window.session.playback.take(3)
    assert kept()[1].strip() == newer
    assert open_experiment(str(shelf().files()[0])).name == FIRST


def test_a_bench_whose_own_form_is_newer_is_set_aside_too() -> None:
    file = keep_text("{}")
    newer = file.read_text(encoding="utf-8").replace('"version": 1', '"version": 2', 1)
    file.write_text(newer, encoding="utf-8")
    with started() as window:
        assert "newer" in window.places.notice.text
        window.session.playback.take(3)
    assert newer in [one.read_text(encoding="utf-8") for one in shelf().files()]


def keep_text(text: str, state: BenchState = BenchState("Kept", has_work=True)) -> Path:  # noqa: B008
    """Put a bench on the shelf that was kept a while ago."""
    bench = shelf().new()
    bench.write(state, [text])
    os.utime(bench.file, (1e9, 1e9))
    bench.release()
    return bench.file


# -- when MNIST is not there --------------------------------------------------------------


@pytest.fixture
def left_on_mnist(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bench on MNIST was left, and MNIST is gone; the text of the kept file."""
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WEIGHTBENCH_MNIST", str(write_mnist(tmp_path / "stick")))
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            window.documents.open("Digits, MNIST")
        window.session.playback.take(60)
        window.session.edits.set_alpha(0.002)
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    (text,) = kept()
    return text


def come_back(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
    qtbot.waitUntil(lambda: not window.session.playback.running, timeout=20_000)


def test_a_bench_whose_images_are_gone_comes_back_with_them(
    qtbot: QtBot, left_on_mnist: str, tmp_path: Path
) -> None:
    for _ in range(2):
        with answered(cancel) as said, started() as window:
            come_back(qtbot, window)
            assert "no file train-images" in said[0]
            assert str(shelf().files()[0]) in window.places.notice.text
    assert kept() == [left_on_mnist]
    (tmp_path / "unplugged").rename(tmp_path / "stick")
    with started() as window:
        come_back(qtbot, window)
        assert window.session.experiment.name == "Digits, MNIST"
        assert (window.session.playback.length, window.session.state.setup.alpha) == (60, 0.002)
        assert window.documents.edited
        assert window.documents.file is None
    assert kept() == [left_on_mnist]


def test_other_work_is_kept_beside_a_bench_whose_images_are_gone(
    qtbot: QtBot, left_on_mnist: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answered(cancel), started() as window:
        come_back(qtbot, window)
        window.session.edits.set_alpha(0.033)
    monkeypatch.delenv("WEIGHTBENCH_MNIST")
    begun: list[str] = []

    def choose_nothing(_: QWidget, title: str, begins_at: str, kinds: str) -> tuple[str, str]:
        begun.append(begins_at)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose_nothing)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    with started() as window:
        assert window.session.state.setup.alpha == 0.033
        aside = shelf().files()[1]
        assert str(aside) in window.places.notice.text
        window.documents.ask_open()
        assert begun == [str(aside)]
        with answered(lambda dialog: dialog.take_folder(tmp_path / "unplugged")):
            window.documents.open(begun[0])
            come_back(qtbot, window)
        assert window.session.playback.length == 60
    assert kept() == [left_on_mnist]
    with started() as window:  # told of once
        come_back(qtbot, window)
        assert window.places.notice.text == "This is not the published MNIST"


def test_the_small_digits_do_not_take_the_place_of_a_bench_on_mnist(
    qtbot: QtBot, left_on_mnist: str
) -> None:
    with answered(take_small_digits), started() as window:
        qtbot.waitUntil(lambda: window.session.experiment.name == "Digits, 8x8", timeout=20_000)
        assert str(shelf().files()[0]) in window.places.notice.text
    assert kept()[1] == left_on_mnist
    assert open_experiment(str(shelf().files()[0])).name == "Digits, 8x8"


def test_nothing_is_kept_where_there_is_no_room_beside(
    qtbot: QtBot, left_on_mnist: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, MAX_BENCHES):
        shelf().folder.joinpath(f"bench-{number}.told.json").touch()
        os.utime(shelf().folder / f"bench-{number}.told.json", (1e9, 1e9))
    answers = iter([QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    with answered(cancel), started() as window:
        come_back(qtbot, window)
        window.session.edits.set_alpha(0.5)
    assert next(answers, None) is None  # it was asked
    assert kept()[0] == left_on_mnist
    assert len(kept()) == MAX_BENCHES


# -- on its way back ------------------------------------------------------------------------


@pytest.fixture
def left_on_digits(qtbot: QtBot) -> str:
    """A bench was left that takes a while to come back; the text of the kept file."""
    with started() as window:
        with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
            window.documents.open("Digits, 8x8")
        window.session.edits.set_alpha(0.002)
    (text,) = kept()
    return text


def test_what_is_edited_on_the_way_back_takes_no_place(left_on_digits: str) -> None:
    with started() as window:
        assert window.documents.opener.busy
        window.session.edits.set_alpha(0.033)
    assert kept()[1] == left_on_digits
    with started() as window:
        assert window.session.state.setup.alpha == 0.033
        assert str(shelf().files()[1]) in window.places.notice.text


def test_what_is_opened_on_the_way_back_takes_no_place(left_on_digits: str) -> None:
    with started() as window:
        assert window.documents.opener.busy
        window.documents.open("Several outputs")
        assert str(shelf().files()[0]) in window.places.notice.text
    assert kept()[1] == left_on_digits
    with started() as window:
        assert window.session.experiment.name == "Several outputs"


def test_what_cannot_be_opened_on_the_way_back_changes_nothing(
    qtbot: QtBot, left_on_digits: str
) -> None:
    with started() as window:
        assert window.documents.opener.busy
        window.documents.open("nothing.json")
        come_back(qtbot, window)
        assert window.session.experiment.name == "Digits, 8x8"
        assert window.documents.edited
    assert kept() == [left_on_digits]


# -- where nothing can be kept ----------------------------------------------------------------


def in_the_way() -> None:
    """A file where the folder of the benches is to be: as good as any other reason."""
    folder = shelf().folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")


def test_edits_that_cannot_be_kept_are_asked_about(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_the_way()
    file = tmp_path / "saved.json"
    buttons = QMessageBox.StandardButton
    answers = iter([buttons.Cancel, buttons.Save])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    with started() as window:
        window.documents.open("Digits, 8x8")
        window.session.edits.set_alpha(0.02)
        assert not window.close()
        assert window.isVisible()
        assert "cannot be kept" in window.places.notice.text
        assert not window.statusBar().isVisible()
        assert window.close()
    assert next(answers, None) is None
    assert open_experiment(str(file)).edits


def test_a_fault_in_closing_leaves_the_window_and_the_next_close_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buttons = QMessageBox.StandardButton
    answers = iter([buttons.Cancel, buttons.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))

    def broken(_: Keeper) -> bool:
        raise RuntimeError("wrong on purpose")

    with started() as window:
        window.session.edits.set_alpha(0.02)
        monkeypatch.setattr(Keeper, "keep", broken)
        with pytest.raises(RuntimeError, match="wrong on purpose"):
            window.close()
        assert window.isVisible()
        assert not window.close()
        assert window.close()
    assert next(answers, None) is None


def test_a_bench_without_edits_closes_even_if_it_cannot_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_the_way()
    monkeypatch.delattr(QMessageBox, "question")
    with started() as window:
        window.session.playback.take(5)
        assert window.close()


def test_edits_made_while_images_are_read_are_asked_about(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started() as window:
        monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Cancel)
        window.documents.open("Digits, 8x8")
        window.session.edits.set_alpha(0.5)
        qtbot.waitUntil(lambda: not window.documents.opener.busy, timeout=20_000)
        qtbot.wait(50)
        assert window.session.experiment.name == FIRST
        assert window.session.state.setup.alpha == 0.5


def test_strange_settings_do_no_harm() -> None:
    settings = Settings()
    settings._store.setValue("theme", ["a", "b"])  # noqa: SLF001 - a damaged file, made here
    settings._store.setValue("speed", "\u00b2")  # noqa: SLF001
    assert settings.theme == "system"
    assert settings.speed is None


def test_a_change_gives_up_what_was_being_restored(qtbot: QtBot) -> None:
    with started() as window:
        window.session.playback.take(5_000_000)
    with started() as window:
        assert window.session.playback.restoring
        window.session.edits.set_alpha(0.001)
        assert not window.session.playback.running
        assert window.session.playback.length < 5_000_000
